//! How far a task is: when the gateway is asked, and what its answers mean.
//!
//! None of this costs. A task that the gateway has is never failed by trouble on the way to it: it
//! stalls, and can be resumed.

use std::time::Duration;

use jiff::Timestamp;

use crate::gateway::{Gateway, Polled};
use crate::song::{Exchange, Failure, FailureClass, Job, JobId, JobState, Purpose};
use crate::studio::pending::Ticket;
use crate::studio::watch::{Asked, after};
use crate::studio::{Effect, Model, Redraw, Tone, literal};

/// So often in a row a gateway may say that it does not know a task.
const MISSING: u32 = 4;

impl Model {
    /// Does what is due: asks, sends again, fetches again. Nobody who leaves begins anything.
    pub(super) fn ask_what_is_due(&mut self) {
        if self.is_leaving() {
            return;
        }
        let mut is_waiting = false;
        for id in self.watch.take_due(self.now) {
            let Some(job) = self.queue.get(id) else { continue };
            match job.state {
                JobState::Waiting => is_waiting = true,
                JobState::Sending { .. } => self.create(id),
                JobState::Running { .. } => self.poll(id),
                JobState::Fetching { .. } => self.fetch(id),
                _ => self.watch.forget(id),
            }
        }
        if is_waiting {
            self.start_next();
        }
    }

    fn poll(&mut self, id: JobId) {
        let Some(job) = self.queue.get(id) else { return };
        let Some(task) = job.receipt.task.clone() else { return };
        let profile = job.request.params.profile.clone();
        self.watch.awaits(id, Asked::Poll, self.now);
        self.effects.push(Effect::Poll { id, profile, task });
    }

    /// The journal has the gateway's name for the task: now it may be asked about.
    pub(super) fn task_written(&mut self, id: JobId) {
        let Some(job) = self.queue.get(id) else { return };
        let JobState::Running { since } = job.state else { return };
        // It was let go and taken up before the journal answered the first time.
        if self.watch.turn(id).is_none() {
            self.watch.put(id, self.first_poll(job, since));
        }
    }

    /// When a task is asked about first: the gateway's clock began when the request was sent.
    pub(super) fn first_poll(&self, job: &Job, since: Timestamp) -> Timestamp {
        let first = self.gateway_of(job).map_or(Duration::ZERO, |offer| offer.poll.first);
        // A clock that was set back since then must not make it wait for that hour to come again.
        after(since.min(self.now), first).max(self.now)
    }

    /// The gateway tells about the task.
    pub(super) fn polled(&mut self, id: JobId, polled: Polled) {
        if !self.watch.answered(id, Asked::Poll) {
            return;
        }
        let Some(job) = self.queue.get(id) else { return };
        let JobState::Running { since } = job.state else { return };
        let Some(plan) = self.gateway_of(job).map(|offer| offer.poll) else {
            let failure = self.no_way(job);
            return self.stall(id, failure);
        };
        match polled {
            Polled::Working { receipt, provisional: _ } => {
                if self.queue.hear(id, receipt) {
                    self.change(id, JobState::Running { since }, Ticket::Other);
                }
                if self.watch.turn(id).is_some_and(|turn| turn.trouble.is_some()) {
                    self.mark(Redraw::QUEUE);
                }
                self.watch.asked(id, &plan, self.now, &mut self.dice);
                self.stall_if_too_long(id, None);
            }
            Polled::Complete(receipt) => {
                self.queue.hear(id, receipt);
                self.watch.begin_anew(id);
                self.change(id, JobState::Fetching { since }, Ticket::Tracks(id));
            }
            Polled::Failed { receipt, failure } => {
                self.heard_of_account(id, &receipt);
                self.queue.hear(id, receipt);
                self.fail(id, failure);
            }
            Polled::Refused(failure) => {
                let advice = "Put the key or the profile right, then {retry-job} on the job; it \
                              is watched again and costs nothing";
                self.stall(id, Failure { advice: advice.to_owned(), ..failure });
            }
            Polled::Missing(failure) => {
                let trouble = failure.message.clone();
                if self.watch.missed(id, trouble, self.now, &mut self.dice) >= MISSING {
                    self.stall(id, failure);
                }
                self.mark(Redraw::QUEUE);
            }
            Polled::Again { failure, retry_after } => {
                let trouble = failure.message.clone();
                self.watch.failed(id, trouble, retry_after, self.now, &mut self.dice);
                self.stall_if_too_long(id, Some(failure));
                self.mark(Redraw::QUEUE);
            }
        }
    }

    fn stall_if_too_long(&mut self, id: JobId, trouble: Option<Failure>) {
        let Some(offer) = self.queue.get(id).and_then(|job| self.gateway_of(job)) else { return };
        let Some(watched) = self.watch.turn(id).and_then(|turn| turn.since) else { return };
        let time = Duration::try_from(self.now.duration_since(watched));
        if time.unwrap_or_default() <= offer.patience() {
            return;
        }
        let failure = trouble.unwrap_or_else(|| not_done(offer));
        self.stall(id, failure);
    }

    /// A task is let go that the gateway may have charged for.
    pub(super) fn stall(&mut self, id: JobId, failure: Failure) {
        let since = self.queue.get(id).and_then(|job| job.state.since()).unwrap_or(self.now);
        let said = format!("Job {id}: {}. {}", literal(&failure.message), failure.advice);
        self.say(Tone::Warning, said);
        self.end(id, JobState::Stalled { since, at: self.now, failure });
    }

    /// Somebody says that a job is done: it is asked about now, and believed then.
    pub(super) fn hint(&mut self, token: &str) {
        let job = self.queue.running().find(|job| {
            job.callback_token.as_deref() == Some(token)
                && matches!(job.state, JobState::Running { .. })
        });
        let Some(id) = job.map(|job| job.id) else { return };
        self.watch.hurry(id, self.now);
        let exchange = Exchange {
            at: self.now,
            purpose: Purpose::Callback,
            request: "The gateway called; what it says is not read".to_owned(),
            status: None,
            answer: "It is asked now".to_owned(),
            milliseconds: 0,
            repeated: 0,
        };
        self.exchanged(id, exchange);
    }
}

fn not_done(offer: &Gateway) -> Failure {
    let minutes = offer.patience().as_secs() / 60;
    Failure::new(
        FailureClass::Busy,
        format!("{} is not done after {minutes} minutes", offer.label),
        "It is not lost: {retry-job} on the job watches it again",
    )
}
