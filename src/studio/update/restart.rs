//! Work that an earlier run left goes on, as far as that is safe.

use std::time::Duration;

use crate::song::{Failure, FailureClass, Job, JobId, JobState};
use crate::studio::watch::after;
use crate::studio::{Model, Tone};

/// Many at once are spread over about this.
const SOON: Duration = Duration::from_secs(1);

impl Model {
    /// Takes up all that was cut off.
    pub(in crate::studio) fn take_up(&mut self) {
        let left: Vec<Job> = self.queue.running().cloned().collect();
        let is_going_on = !left.is_empty();
        for job in left {
            self.take_up_job(&job);
        }
        let unknown = self.queue.open().any(|job| matches!(job.state, JobState::Unknown { .. }));
        if self.notice.text.is_empty() {
            if unknown {
                let text = "The outcome of a request is unknown; {queue} shows it and what to do";
                self.say(Tone::Warning, text);
            } else if is_going_on {
                self.say(Tone::Plain, "Going on with what was cut off");
            }
        }
        self.start_next();
    }

    fn take_up_job(&mut self, job: &Job) {
        let (id, since) = (job.id, job.state.since().unwrap_or(job.created));
        // The built-in engine can always begin again, once its profile is there.
        if self.is_built_in(&job.gateway) {
            self.queue.set(id, JobState::Waiting);
            return;
        }
        let has_way = self.way_of(job).is_some();
        let is_sending = matches!(job.state, JobState::Sending { .. });
        if is_sending && self.is_repeatable(job) {
            // It may have arrived; with its key it may arrive again.
            self.watch.doubt(id);
            self.watch.put(id, self.now);
        } else if is_sending || job.receipt.task.is_none() {
            let why = if !has_way {
                self.no_way(job).message
            } else if is_sending {
                "Refrain ended while the request was on its way, so its answer was lost".into()
            } else {
                "The journal has no name for the task".into()
            };
            let failure = Failure::new(FailureClass::Unknown, why, "");
            self.outcome_unknown(id, since, failure);
        } else if has_way {
            self.watch_again(id, job);
        } else {
            let failure = self.no_way(job);
            self.stall(id, failure);
        }
    }

    fn watch_again(&mut self, id: JobId, job: &Job) {
        let mut at = after(self.now, self.dice.about(SOON));
        if let JobState::Running { since } = job.state {
            at = at.max(self.first_poll(job, since));
        }
        self.watch.put(id, at);
    }

    /// Whether a gateway is the engine on this machine, by whatever profile.
    fn is_built_in(&self, gateway: &str) -> bool {
        let profile = self.profiles.iter().find(|profile| profile.gateway == gateway);
        profile.is_some_and(|profile| profile.offer.dialect.is_built_in())
    }

    /// Why a job's gateway cannot be reached.
    pub(super) fn no_way(&self, job: &Job) -> Failure {
        let (profile, gateway) = (&job.request.params.profile, &job.gateway);
        let exists = self.profiles.iter().any(|candidate| candidate.name == *profile);
        let why = if exists { "leads to another gateway by now" } else { "is not there any more" };
        Failure::new(
            FailureClass::Auth,
            format!("It was sent to {gateway} by the profile {profile}, which {why}"),
            "Put the profile back into the configuration, then {retry-job} on the job",
        )
    }
}
