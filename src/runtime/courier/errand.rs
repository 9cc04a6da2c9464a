//! What the courier is told to do, and what it owes for it whatever happens.

use crate::gateway::{Created, Polled};
use crate::song::{Failure, FailureClass, Job, JobId, Take};
use crate::studio::{Event, JobNews};

/// Something to be done at a gateway.
#[derive(Debug)]
pub(in crate::runtime) enum Errand {
    /// Send the request of a job.
    Create(Box<Job>),
    /// Ask about a task.
    Poll { id: JobId, profile: String, task: String },
    /// Fetch the takes of a job that are not in `kept`.
    Fetch { job: Box<Job>, kept: Vec<Take> },
    /// Delete what fetching a job left.
    Sweep(JobId),
    /// Ask what is left on an account.
    Balance(String),
    /// Stop asking about and fetching a job.
    Cancel(JobId),
}

/// The answer that somebody waits for.
#[derive(Clone, Debug)]
pub(super) enum Owed {
    Create(JobId),
    Poll(JobId),
    Fetch(JobId),
    Balance(String),
    Nothing,
}

impl Errand {
    /// What is owed for it.
    pub(super) fn owed(&self) -> Owed {
        match self {
            Self::Create(job) => Owed::Create(job.id),
            Self::Poll { id, .. } => Owed::Poll(*id),
            Self::Fetch { job, .. } => Owed::Fetch(job.id),
            Self::Balance(profile) => Owed::Balance(profile.clone()),
            Self::Sweep(_) | Self::Cancel(_) => Owed::Nothing,
        }
    }
}

impl Owed {
    /// The answer where nothing was begun: nothing left this machine.
    pub(super) fn not_begun(self, why: &str) -> Option<Event> {
        let failure = Failure::new(
            FailureClass::Busy,
            format!("No gateway can be reached from here: {why}"),
            "Look for what the system lacks, such as its certificates; then start Refrain again",
        );
        self.with(failure, Created::Refused)
    }

    /// The answer where it broke down half way: what may have left, may have arrived.
    pub(super) fn broke_down(self) -> Option<Event> {
        let class = match self {
            Self::Create(_) => FailureClass::Unknown,
            _ => FailureClass::Busy,
        };
        let what = "Refrain broke down over the gateway's answer";
        let failure = Failure::new(class, what, "Please report it; the log has more");
        self.with(failure, Created::Unknown)
    }

    fn with(self, failure: Failure, created: impl FnOnce(Failure) -> Created) -> Option<Event> {
        Some(match self {
            Self::Create(id) => Event::Job(id, JobNews::Created(Box::new(created(failure)))),
            Self::Poll(id) => {
                let again = Polled::Again { failure, retry_after: None };
                Event::Job(id, JobNews::Polled(Box::new(again)))
            }
            Self::Fetch(id) => Event::Job(id, JobNews::FetchEnded(Err(failure))),
            Self::Balance(profile) => Event::Balance(profile, Err(failure)),
            Self::Nothing => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_happens_there_is_an_answer() {
        let id = JobId(1);
        for owed in [Owed::Create(id), Owed::Poll(id), Owed::Fetch(id), Owed::Balance("a".into())] {
            assert!(owed.clone().not_begun("no certificates").is_some());
            assert!(owed.broke_down().is_some());
        }
        // Nothing left, so nothing was charged; half way nobody knows.
        let created = |event: Option<Event>| match event {
            Some(Event::Job(_, JobNews::Created(created))) => *created,
            other => panic!("{other:?}"),
        };
        let refused = created(Owed::Create(id).not_begun("no certificates"));
        assert!(matches!(refused, Created::Refused(failure)
            if failure.message.contains("no certificates")));
        assert!(matches!(created(Owed::Create(id).broke_down()), Created::Unknown(_)));
    }
}
