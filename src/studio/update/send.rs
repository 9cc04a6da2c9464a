//! The request leaves, and its answer comes: the rules of money.
//!
//! A request that may have arrived is never sent again by itself, unless the gateway knows an
//! idempotency key. Once an answer was lost, nothing that is said later to the same request proves
//! that nothing was charged: it stays [`JobState::Sending`], and never goes back to waiting.

use jiff::Timestamp;

use crate::gateway::Created;
use crate::song::{Failure, FailureClass, JobId, JobState, Receipt};
use crate::studio::pending::Ticket;
use crate::studio::watch::Asked;
use crate::studio::{Effect, Model, Redraw, Tone, literal};

/// So often in a row a request is tried that was turned away, or that may be sent again.
const SENDS: u32 = 8;

impl Model {
    /// The journal answers about a job whose request is to leave.
    pub(super) fn sending_written(&mut self, id: JobId, result: Result<(), String>) {
        let Some(JobState::Sending { since }) = self.queue.get(id).map(|job| job.state.clone())
        else {
            return;
        };
        match result {
            Ok(()) if !self.is_leaving() => self.create(id),
            // It is taken up again by the next run, or when the user stays.
            Ok(()) if self.watch.is_doubtful(id) => self.watch.put(id, self.now),
            Ok(()) => self.change(id, JobState::Waiting, Ticket::Other),
            Err(why) => {
                let failure = Failure::new(
                    FailureClass::Storage,
                    format!("Nothing was sent, because the journal did not take it: {why}"),
                    "Make room or fix the folder, then {retry-job} on the job",
                );
                if self.watch.is_doubtful(id) {
                    // The journal still has it as unknown, and so it is.
                    return self.outcome_unknown(id, since, failure);
                }
                self.turned_away(id, failure, None);
                self.start_next();
            }
        }
    }

    /// The one call that costs. The journal has that it leaves.
    pub(super) fn create(&mut self, id: JobId) {
        let Some(job) = self.queue.get(id).cloned() else { return };
        self.watch.awaits(id, Asked::Create, self.now);
        self.effects.push(Effect::Create(Box::new(job)));
    }

    /// The gateway answers the request.
    pub(super) fn created(&mut self, id: JobId, created: Created) {
        let is_awaited = self.watch.answered(id, Asked::Create);
        let Some(job) = self.queue.get(id) else { return };
        let has_key = job.idempotency_key.is_some();
        let (since, created) = match (&job.state, created) {
            // A task with a name is worth having whenever its name comes.
            (
                JobState::Sending { since } | JobState::Unknown { since, .. },
                Created::Accepted(receipt),
            ) => return self.accepted(id, *since, receipt),
            (JobState::Sending { since }, created) if is_awaited => (*since, created),
            _ => return,
        };
        match created {
            Created::Accepted(_) => {}
            Created::Refused(failure) => self.refused(id, since, failure),
            Created::Busy { failure, retry_after } => self.turned_away(id, failure, retry_after),
            Created::Unknown(failure) if has_key => self.answer_lost(id, since, failure),
            Created::Conflict(failure) | Created::Unknown(failure) => {
                self.outcome_unknown(id, since, failure);
            }
        }
    }

    fn accepted(&mut self, id: JobId, since: Timestamp, receipt: Receipt) {
        self.heard_of_account(id, &receipt);
        self.queue.hear(id, receipt);
        self.watch.forget(id);
        self.change(id, JobState::Running { since }, Ticket::Task(id));
    }

    fn refused(&mut self, id: JobId, since: Timestamp, failure: Failure) {
        use FailureClass::{Invalid, Moderation};
        // The same words would have been refused the first time; a key or an account that does
        // not do now may have done then.
        if self.watch.is_doubtful(id) && !matches!(failure.class, Invalid | Moderation) {
            let message = format!("An answer was lost, and then: {}", failure.message);
            return self.outcome_unknown(id, since, Failure { message, ..failure });
        }
        self.fail(id, failure);
    }

    /// It was not taken, for now; again later.
    fn turned_away(
        &mut self,
        id: JobId,
        failure: Failure,
        retry_after: Option<std::time::Duration>,
    ) {
        let Some(since) = self.queue.get(id).and_then(|job| job.state.since()) else { return };
        let (now, trouble) = (self.now, failure.message.clone());
        let failures = self.watch.failed(id, trouble, retry_after, now, &mut self.dice);
        match (self.watch.is_doubtful(id), failures >= SENDS) {
            (true, true) => return self.outcome_unknown(id, since, failure),
            (false, true) => return self.fail(id, failure),
            (true, false) => self.mark(Redraw::QUEUE),
            (false, false) => self.change(id, JobState::Waiting, Ticket::Other),
        }
        self.say(Tone::Warning, format!("Job {id} waits: {}", literal(&failure.message)));
    }

    fn answer_lost(&mut self, id: JobId, since: Timestamp, failure: Failure) {
        self.watch.doubt(id);
        let (now, trouble) = (self.now, failure.message.clone());
        if self.watch.failed(id, trouble, None, now, &mut self.dice) >= SENDS {
            return self.outcome_unknown(id, since, failure);
        }
        let text = format!("Job {id}: {}; its key makes asking again safe", failure.message);
        self.say(Tone::Warning, literal(&text));
        self.mark(Redraw::QUEUE);
    }

    pub(super) fn outcome_unknown(&mut self, id: JobId, since: Timestamp, mut failure: Failure) {
        let job = self.queue.get(id);
        let offer = job.and_then(|job| self.gateway_of(job));
        let advice = if job.is_some_and(|job| self.is_repeatable(job)) {
            UNKNOWN_WITH_KEY
        } else if offer.is_some_and(|offer| offer.dialect.tells_balance()) {
            UNKNOWN
        } else {
            UNKNOWN_WITHOUT_BALANCE
        };
        advice.clone_into(&mut failure.advice);
        failure.class = FailureClass::Unknown;
        let said = format!("Job {id}: {}. {}", literal(&failure.message), failure.advice);
        self.say(Tone::Bad, said);
        self.end(id, JobState::Unknown { since, at: self.now, failure });
    }
}

/// What to do where nobody knows and a key makes it safe to ask again.
const UNKNOWN_WITH_KEY: &str = "On the job: {retry-job} sends it again with its key, so that it \
     is paid once; {cancel-job} forgets it";
/// What to do where nobody knows and the gateway tells nothing of the account.
const UNKNOWN_WITHOUT_BALANCE: &str = "It is not sent again by itself. Look at the gateway's site \
     whether it has the song; on the job, {retry-job} pays anew and {cancel-job} forgets it";
/// What to do where nobody knows.
const UNKNOWN: &str = "It is not sent again by itself. On the job: {check-balance} \
     looks at the account, {retry-job} pays anew, {cancel-job} forgets it";
