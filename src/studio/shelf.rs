//! How long a job's takes are there to be fetched.

use jiff::{SignedDuration, Timestamp};

use super::Model;
use crate::song::{Job, JobState};

/// Where the takes of a job that was paid for are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    /// On this disk, all of them.
    Disk,
    /// At the gateway, until then.
    Until(Timestamp),
}

impl Model {
    /// Where the takes of a job are; none while there are none, or nobody says how long they stay.
    pub fn shelf(&self, job: &Job) -> Option<Shelf> {
        job.receipt.task.as_ref()?;
        let kept = self.takes.of(job.id).count();
        if kept > 0 && kept >= job.receipt.tracks.len() {
            return Some(Shelf::Disk);
        }
        if job.receipt.tracks.is_empty() || matches!(job.state, JobState::Failed { .. }) {
            return None;
        }
        let days = self.gateway_of(job)?.retention_days?;
        // A gateway's clock may be wrong, but it was not done before it was asked.
        let done = job.receipt.completed.or(job.state.since()).unwrap_or(job.created);
        let done = done.clamp(job.created, self.shown.max(job.created));
        let kept_for = SignedDuration::from_hours(24 * i64::from(days));
        Some(Shelf::Until(done.saturating_add(kept_for).unwrap_or(Timestamp::MAX)))
    }

    /// Whether the user has something to decide about a job.
    pub fn needs_user(&self, job: &Job) -> bool {
        match job.state {
            JobState::Unknown { .. } | JobState::Stalled { .. } => true,
            JobState::Waiting => self.way_of(job).is_none(),
            _ => false,
        }
    }
}
