//! A gateway's answers, and when it is asked next: the rules of money.
//!
//! A request that may have arrived is never sent again by itself, unless the gateway knows an
//! idempotency key. A task that the gateway has is never failed by trouble on the way to it: it
//! stalls, and can be resumed.

use crate::gateway::{Balance, Created, Polled};
use crate::song::{Failure, FailureClass, JobId, JobState, Receipt};
use crate::studio::pending::Ticket;
use crate::studio::watch::after;
use crate::studio::{Effect, Model, Redraw, Tone, literal};

/// So often in a row a request is tried that was turned away, or that may be sent again.
const SENDS: u32 = 8;
/// So often in a row a gateway may say that it does not know a task.
const MISSING: u32 = 4;
/// So often in a row the takes of a job are tried.
const FETCHES: u32 = 6;

impl Model {
    /// Work that an earlier run left goes on, as far as that is safe.
    pub(in crate::studio) fn take_up(&mut self) {
        let left: Vec<JobId> = self.queue.running().map(|job| job.id).collect();
        for id in &left {
            self.take_up_job(*id);
        }
        let unknown = self.queue.open().filter(|job| job.state.word() == "unknown").count();
        if self.notice.text.is_empty() {
            if unknown > 0 {
                let text = "The outcome of a request is unknown; {queue} shows it and what to do";
                self.say(Tone::Warning, text);
            } else if !left.is_empty() {
                self.say(Tone::Plain, "Going on with what was cut off");
            }
        }
        self.start_next();
    }

    fn take_up_job(&mut self, id: JobId) {
        let Some(job) = self.queue.get(id).cloned() else { return };
        let is_built_in = self.gateway_of(&job).map(|offer| offer.dialect.is_built_in());
        match (&job.state, is_built_in) {
            // The built-in engine can always begin again.
            (_, Some(true)) => drop(self.queue.set(id, JobState::Waiting)),
            (_, None) => {
                let failure = self.no_way(&job.request.params.profile, &job.gateway);
                match job.state {
                    JobState::Sending { since } => self.outcome_unknown(id, since, failure),
                    _ => self.stall(id, failure),
                }
            }
            // It may have arrived; with a key it may arrive again.
            (JobState::Sending { .. }, _) if job.idempotency_key.is_some() => {
                self.watch.put(id, self.now);
            }
            (JobState::Sending { since }, _) => {
                let failure = Failure::new(
                    FailureClass::Unknown,
                    "Refrain ended while the request was on its way, so its answer was lost",
                    UNKNOWN,
                );
                self.outcome_unknown(id, *since, failure);
            }
            (JobState::Running { .. }, _) if job.receipt.task.is_none() => {
                let failure = Failure::new(
                    FailureClass::Unknown,
                    "The journal has no name for the task",
                    UNKNOWN,
                );
                self.outcome_unknown(id, job.created, failure);
            }
            _ => {
                // Many at once are spread over a moment.
                let soon = self.dice.about(std::time::Duration::from_secs(1));
                self.watch.put(id, after(self.now, soon));
            }
        }
    }

    fn no_way(&self, profile: &str, gateway: &str) -> Failure {
        let exists = self.profiles.iter().any(|candidate| candidate.name == profile);
        let why = if exists { "leads to another gateway by now" } else { "is not there any more" };
        Failure::new(
            FailureClass::Auth,
            format!("It was sent to {gateway} by the profile {profile}, which {why}"),
            "Put the profile back into the configuration, then {retry-job} on the job",
        )
    }

    /// Does what is due: asks, sends again, fetches again.
    pub(super) fn ask_what_is_due(&mut self) {
        let mut is_waiting = false;
        for id in self.watch.take_due(self.now) {
            let Some(job) = self.queue.get(id) else { continue };
            match job.state {
                JobState::Waiting => is_waiting = true,
                JobState::Sending { .. } => {
                    let job = Box::new(job.clone());
                    self.effects.push(Effect::Create(job));
                }
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
        self.effects.push(Effect::Poll { id, profile, task });
    }

    fn fetch(&mut self, id: JobId) {
        let Some(job) = self.queue.get(id).cloned() else { return };
        let kept = self.takes.of(id).cloned().collect();
        self.effects.push(Effect::Fetch { job: Box::new(job), kept });
    }

    /// The gateway answers the request.
    pub(super) fn created(&mut self, id: JobId, created: Created) {
        let Some(job) = self.queue.get(id) else { return };
        let JobState::Sending { since } = job.state else { return };
        let has_key = job.idempotency_key.is_some();
        match created {
            Created::Accepted(receipt) => {
                self.heard_of_account(id, &receipt);
                self.queue.hear(id, receipt);
                self.watch.forget(id);
                self.change(id, JobState::Running { since }, Ticket::Task(id));
            }
            Created::Refused(failure) => self.fail(id, failure),
            Created::Busy { failure, retry_after } => {
                let trouble = failure.message.clone();
                let now = self.now;
                if self.watch.failed(id, trouble, retry_after, now, &mut self.dice) >= SENDS {
                    return self.fail(id, failure);
                }
                self.say(Tone::Warning, format!("Job {id} waits: {}", literal(&failure.message)));
                self.change(id, JobState::Waiting, Ticket::Other);
            }
            Created::Unknown(failure) if has_key => {
                let trouble = failure.message.clone();
                if self.watch.failed(id, trouble, None, self.now, &mut self.dice) >= SENDS {
                    return self.outcome_unknown(id, since, failure);
                }
                let text =
                    format!("Job {id}: {}; its key makes asking again safe", failure.message);
                self.say(Tone::Warning, literal(&text));
                self.mark(Redraw::QUEUE);
            }
            Created::Conflict(failure) | Created::Unknown(failure) => {
                self.outcome_unknown(id, since, failure);
            }
        }
    }

    /// The journal has the gateway's name for the task: now it may be asked about.
    pub(super) fn task_written(&mut self, id: JobId) {
        let Some(job) = self.queue.get(id) else { return };
        let JobState::Running { since } = job.state else { return };
        let first =
            self.gateway_of(job).map_or(std::time::Duration::ZERO, |offer| offer.poll.first);
        // The gateway's clock began when the request was sent.
        self.watch.put(id, after(since, first).max(self.now));
    }

    /// The journal has the addresses of the takes.
    pub(super) fn tracks_written(&mut self, id: JobId) {
        if self.queue.get(id).is_some_and(|job| matches!(job.state, JobState::Fetching { .. })) {
            self.watch.awaits(id);
            self.fetch(id);
        }
    }

    fn outcome_unknown(&mut self, id: JobId, since: jiff::Timestamp, mut failure: Failure) {
        let has_key = self.queue.get(id).is_some_and(|job| job.idempotency_key.is_some());
        let advice = if has_key { UNKNOWN_WITH_KEY } else { UNKNOWN };
        advice.clone_into(&mut failure.advice);
        let said = format!("Job {id}: {}. {}", literal(&failure.message), failure.advice);
        self.say(Tone::Bad, said);
        self.end(id, JobState::Unknown { since, at: self.now, failure });
    }

    fn stall(&mut self, id: JobId, failure: Failure) {
        let since = self.queue.get(id).and_then(|job| job.state.since()).unwrap_or(self.now);
        let said = format!("Job {id}: {}. {}", literal(&failure.message), failure.advice);
        self.say(Tone::Warning, said);
        self.end(id, JobState::Stalled { since, at: self.now, failure });
    }

    /// The gateway tells about the task.
    pub(super) fn polled(&mut self, id: JobId, polled: Polled) {
        let Some(job) = self.queue.get(id) else { return };
        let JobState::Running { since } = job.state else { return };
        let Some(offer) = self.gateway_of(job).cloned() else { return };
        match polled {
            Polled::Working { receipt, provisional: _ } => {
                if self.queue.hear(id, receipt) {
                    self.change(id, JobState::Running { since }, Ticket::Other);
                }
                if self.watch.turn(id).is_some_and(|turn| turn.trouble.is_some()) {
                    self.mark(Redraw::QUEUE);
                }
                self.watch.asked(id, &offer.poll, self.now, &mut self.dice);
                self.stall_if_too_long(id, &offer, None);
            }
            Polled::Complete(receipt) => {
                self.queue.hear(id, receipt);
                self.watch.awaits(id);
                self.change(id, JobState::Fetching { since }, Ticket::Tracks(id));
            }
            Polled::Failed { receipt, failure } => {
                self.heard_of_account(id, &receipt);
                self.queue.hear(id, receipt);
                self.fail(id, failure);
            }
            Polled::Refused(failure) => self.stall(id, failure),
            Polled::Missing(failure) => {
                let trouble = failure.message.clone();
                if self.watch.failed(id, trouble, None, self.now, &mut self.dice) >= MISSING {
                    self.stall(id, failure);
                }
                self.mark(Redraw::QUEUE);
            }
            Polled::Again { failure, retry_after } => {
                let trouble = failure.message.clone();
                self.watch.failed(id, trouble, retry_after, self.now, &mut self.dice);
                self.stall_if_too_long(id, &offer, Some(failure));
                self.mark(Redraw::QUEUE);
            }
        }
    }

    fn stall_if_too_long(
        &mut self,
        id: JobId,
        offer: &crate::gateway::Gateway,
        trouble: Option<Failure>,
    ) {
        let Some(watched) = self.watch.turn(id).and_then(|turn| turn.since) else { return };
        let time = std::time::Duration::try_from(self.now.duration_since(watched));
        if time.unwrap_or_default() <= offer.patience() {
            return;
        }
        let minutes = offer.patience().as_secs() / 60;
        self.stall(
            id,
            trouble.unwrap_or_else(|| {
                Failure::new(
                    FailureClass::Busy,
                    format!("{} is not done after {minutes} minutes", offer.label),
                    "It is not lost: {retry-job} on the job watches it again",
                )
            }),
        );
    }

    /// Some takes could not be fetched.
    pub(super) fn not_fetched(&mut self, id: JobId, failure: Failure) {
        let Some(JobState::Fetching { since }) = self.queue.get(id).map(|job| job.state.clone())
        else {
            return;
        };
        let is_renewed = self.watch.turn(id).is_some_and(|turn| turn.is_renewed);
        match failure.class {
            // The gateway may have a new address for it.
            FailureClass::Gone if !is_renewed => {
                self.watch.put(id, self.now).is_renewed = true;
                self.change(id, JobState::Running { since }, Ticket::Other);
            }
            FailureClass::Gone | FailureClass::Storage => self.stall(id, failure),
            _ => {
                let trouble = failure.message.clone();
                if self.watch.failed(id, trouble, None, self.now, &mut self.dice) >= FETCHES {
                    self.stall(id, failure);
                }
                self.mark(Redraw::QUEUE);
            }
        }
    }

    /// Somebody says that a job is done: it is asked about now, and believed then.
    pub(super) fn hint(&mut self, token: &str) {
        let job = self.queue.running().find(|job| {
            job.callback_token.as_deref() == Some(token)
                && matches!(job.state, JobState::Running { .. })
        });
        let Some(id) = job.map(|job| job.id) else { return };
        // One that is being asked about already needs no other question.
        if self.watch.turn(id).is_some_and(|turn| turn.due.is_some()) {
            self.watch.put(id, self.now);
        }
    }

    /// What an answer says about the account is what the header shows; else it is asked for.
    fn heard_of_account(&mut self, id: JobId, receipt: &Receipt) {
        let Some(profile) = self.queue.get(id).map(|job| job.request.params.profile.clone()) else {
            return;
        };
        match receipt.credits_left {
            Some(left) => {
                self.balances.insert(profile, format!("{left} credits"));
                self.mark(Redraw::HEADER);
            }
            None => self.effects.push(Effect::Balance(profile)),
        }
    }

    pub(super) fn balance(&mut self, profile: String, result: Result<Balance, Failure>) {
        let is_asked = self.asked_balance.as_ref() == Some(&profile);
        if is_asked {
            self.asked_balance = None;
        }
        match result {
            Ok(Balance { text }) => {
                if is_asked {
                    self.say(Tone::Plain, literal(&format!("{profile}: {text} left")));
                }
                self.balances.insert(profile, text);
                self.mark(Redraw::HEADER);
            }
            Err(failure) if is_asked => {
                let said = format!("{}. {}", literal(&failure.message), failure.advice);
                self.say(Tone::Warning, said);
            }
            Err(_) => {}
        }
    }
}

/// What to do where nobody knows and a key makes it safe to ask again.
const UNKNOWN_WITH_KEY: &str = "On the job: {retry-job} sends it again with its key, so that it \
     is paid once; {cancel-job} forgets it";
/// What to do where nobody knows.
const UNKNOWN: &str = "It is not sent again by itself. On the job: {check-balance} looks at the \
     account, {retry-job} pays anew, {cancel-job} forgets it";
