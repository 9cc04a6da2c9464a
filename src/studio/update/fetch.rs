//! The takes of a finished task come, one by one, and each goes into the journal by itself.

use crate::library::Record;
use crate::song::{Failure, FailureClass, JobId, JobState, Take};
use crate::studio::pending::Ticket;
use crate::studio::watch::Asked;
use crate::studio::{Effect, Model, Redraw};

/// So often in a row the takes of a job are tried.
const FETCHES: u32 = 6;

impl Model {
    /// The journal has the addresses of the takes.
    pub(super) fn tracks_written(&mut self, id: JobId) {
        let state = self.queue.get(id).map(|job| &job.state);
        // It was let go and taken up before the journal answered the first time.
        let is_begun = self.watch.is_awaited(id, Asked::Fetch);
        if !matches!(state, Some(JobState::Fetching { .. })) || is_begun {
            return;
        }
        if self.is_leaving() {
            return self.watch.put(id, self.now);
        }
        self.fetch(id);
    }

    pub(super) fn fetch(&mut self, id: JobId) {
        let Some(job) = self.queue.get(id).cloned() else { return };
        let kept = self.takes.of(id).cloned().collect();
        self.watch.awaits(id, Asked::Fetch, self.now);
        self.effects.push(Effect::Fetch { job: Box::new(job), kept });
    }

    /// One take of a job is there; others may follow. It is on disk and was paid for, so it is
    /// kept even where the job was let go meanwhile.
    pub(super) fn fetched(&mut self, id: JobId, take: Take) {
        let Some(job) = self.queue.get(id).cloned() else { return };
        if matches!(job.state, JobState::Done { .. }) {
            return;
        }
        self.record(Ticket::Other, Record::Takes { job, takes: vec![take.clone()] });
        // It goes on: what went wrong before does not count for the others.
        self.watch.begin_anew(id);
        self.show_takes(vec![take]);
        self.mark_story(id);
    }

    /// Fetching ended.
    pub(super) fn fetch_ended(&mut self, id: JobId, result: Result<(), Failure>) {
        if !self.watch.answered(id, Asked::Fetch) {
            return;
        }
        let Some(JobState::Fetching { since }) = self.queue.get(id).map(|job| job.state.clone())
        else {
            return;
        };
        // What is tried again by itself is still on its way, and plays on where it is heard.
        match result {
            Ok(()) => self.done(id, Vec::new()),
            Err(failure) => self.not_fetched(id, since, failure),
        }
    }

    fn not_fetched(&mut self, id: JobId, since: jiff::Timestamp, failure: Failure) {
        let is_renewed = self.watch.turn(id).is_some_and(|turn| turn.is_renewed);
        match failure.class {
            // The gateway may have a new address for it.
            FailureClass::Gone if !is_renewed => {
                self.watch.renew(id, self.now);
                self.change(id, JobState::Running { since }, Ticket::Other);
            }
            FailureClass::Gone | FailureClass::Storage => self.stall(id, failure),
            _ => {
                let (now, trouble) = (self.now, failure.message.clone());
                if self.watch.failed(id, trouble, None, now, &mut self.dice) >= FETCHES {
                    self.stall(id, failure);
                }
                self.mark(Redraw::QUEUE);
            }
        }
    }
}
