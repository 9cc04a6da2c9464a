//! What the user decides about a job: give it up, or try it again.

use jiff::Timestamp;

use super::sure::HELD;
use crate::song::{Failure, FailureClass, Job, JobId, JobState};
use crate::studio::pending::{Sure, Ticket};
use crate::studio::{Effect, Model, Tone, literal};

impl Model {
    pub(super) fn cancel_job(&mut self) {
        let Some(job) = self.job_at_hand() else {
            return self.say(Tone::Plain, "There is no job to cancel");
        };
        let id = job.id;
        let is_built_in = job.receipt.task.is_none();
        let cancelled = JobState::Cancelled { at: self.now };
        match job.state {
            JobState::Waiting => {
                self.end(id, cancelled);
                self.say(Tone::Plain, format!("Job {id} is cancelled; nothing was sent"));
                // It may have kept those behind it waiting.
                self.start_next();
            }
            JobState::Running { .. } if is_built_in => {
                self.effects.push(Effect::Cancel(id));
                self.say(Tone::Plain, format!("Stopping job {id}"));
            }
            JobState::Sending { since } if self.watch.turn(id).is_some_and(|t| t.due.is_some()) => {
                let failure = Failure::new(
                    FailureClass::Unknown,
                    "An answer to the request was lost, and it is not sent again for now",
                    "",
                );
                self.outcome_unknown(id, since, failure);
                self.start_next();
            }
            JobState::Sending { .. } => {
                let text = format!("The request of job {id} is on its way; wait for the answer");
                self.say(Tone::Warning, text);
            }
            JobState::Running { .. } | JobState::Fetching { .. } | JobState::Stalled { .. } => {
                self.effects.push(Effect::Cancel(id));
                self.end(id, cancelled);
                let text = format!(
                    "Job {id} is let go, but the gateway has it and may charge; {{retry-job}} takes it up again"
                );
                self.say(Tone::Warning, text);
                self.start_next();
            }
            // The key was pressed for what it was before.
            JobState::Unknown { at, .. } if self.now.duration_since(at) < HELD => {}
            JobState::Unknown { .. } => {
                self.end(id, cancelled);
                let text = format!(
                    "Job {id} is forgotten; if it was charged, the gateway's site may show its takes"
                );
                self.say(Tone::Plain, text);
            }
            _ => self.say(Tone::Plain, format!("Job {id} is over: {}", job.state.word())),
        }
    }

    pub(super) fn retry_job(&mut self) {
        let Some(job) = self.job_at_hand().cloned() else {
            return self.say(Tone::Plain, "There is no job to try again");
        };
        let id = job.id;
        match job.state {
            // The gateway may have listed a take since that had no address then.
            JobState::Done { since, .. }
                if job.receipt.task.is_some()
                    && self.takes.of(id).count() < 2
                    && self.way_of(&job).is_some() =>
            {
                self.say(Tone::Plain, format!("Job {id}: asking once more for its takes"));
                self.change(id, JobState::Running { since }, Ticket::Task(id));
            }
            JobState::Done { .. } => {
                let text = format!("Job {id} is done; there is nothing to try again");
                self.say(Tone::Plain, text);
            }
            JobState::Running { .. }
            | JobState::Waiting
            | JobState::Fetching { .. }
            | JobState::Sending { .. } => self.hurry(id),
            // Never to another gateway than the one it was meant for.
            _ if self.way_of(&job).is_none() => {
                let Failure { message, advice, .. } = self.no_way(&job);
                self.say(Tone::Bad, format!("{}. {advice}", literal(&message)));
            }
            JobState::Stalled { since, .. } => self.resume(id, since),
            JobState::Cancelled { .. } if job.receipt.task.is_some() => {
                self.resume(id, job.created);
            }
            JobState::Unknown { since, .. } if self.is_repeatable(&job) => {
                // The key makes it the same action: it is paid once.
                self.say(Tone::Plain, format!("Job {id} is sent again with its key: paid once"));
                self.watch.doubt(id);
                self.change(id, JobState::Sending { since }, Ticket::Sending(id));
            }
            JobState::Unknown { .. } => self.pay_again(id, "Its outcome is unknown"),
            JobState::Failed { .. } if job.receipt.task.is_some() => {
                self.pay_again(id, "It was taken and failed");
            }
            // Nothing was charged.
            JobState::Failed { .. } => self.order(job.song, job.request),
            // Whether it was sent once is not known any more.
            JobState::Cancelled { .. } => self.pay_again(id, "It was given up"),
        }
    }

    /// A new action for a job that may have been paid already.
    fn pay_again(&mut self, id: JobId, why: &str) {
        let Some(job) = self.queue.get(id).cloned() else { return };
        let offer = self.gateway_of(&job);
        let is_free = offer.is_some_and(crate::gateway::Gateway::is_free);
        let price = offer.map_or(String::new(), |offer| {
            format!(" ({})", literal(offer.price(&job.request.params.model)))
        });
        let doubt = format!("{why}; {{retry-job}} again sends it as a new paid action{price}");
        if !is_free && !self.is_sure(Sure::Again(id), doubt) {
            return;
        }
        if matches!(job.state, JobState::Unknown { .. }) {
            self.end(id, JobState::Cancelled { at: self.now });
        }
        self.order(job.song, job.request);
    }

    /// Watches a task again that was let go; first the journal has to have what is asked with.
    fn resume(&mut self, id: JobId, since: Timestamp) {
        let Some(job) = self.queue.get(id) else { return };
        if job.receipt.task.is_none() {
            return self.say(Tone::Bad, "The gateway never named the task; nothing can be asked");
        }
        if job.receipt.tracks.is_empty() {
            self.change(id, JobState::Running { since }, Ticket::Task(id));
        } else {
            self.change(id, JobState::Fetching { since }, Ticket::Tracks(id));
        }
        self.say(Tone::Plain, format!("Job {id} is watched again"));
    }

    /// Whether its request may be sent again as the same action, which is paid once: it has a key,
    /// and the gateway still knows keys of that age.
    pub(super) fn is_repeatable(&self, job: &Job) -> bool {
        let age = self.now.duration_since(job.state.since().unwrap_or(job.created));
        let age = std::time::Duration::try_from(age).unwrap_or_default();
        let knows = self.gateway_of(job).is_some_and(|offer| age <= offer.remembers_keys());
        knows && job.idempotency_key.is_some()
    }

    /// What waits for its moment happens now, or as soon as the gateway wants to hear of it.
    fn hurry(&mut self, id: JobId) {
        let said = match self.watch.hurry(id, self.now) {
            Some(at) if at <= self.now => {
                self.ask_what_is_due();
                format!("Job {id}: asking now")
            }
            Some(at) => {
                let seconds = at.duration_since(self.now).as_secs().saturating_add(1);
                format!("Job {id}: its gateway asks to be left alone for {seconds} s")
            }
            None if self.queue.waiting().any(|job| job.id == id) => {
                format!("Job {id} waits for its turn; nothing was sent yet")
            }
            None => format!("Job {id} is on its way; there is nothing to hurry"),
        };
        self.say(Tone::Plain, said);
    }
}
