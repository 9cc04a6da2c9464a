//! What the user decides about a job: give it up, try it again, look at the account.

use crate::song::{FailureClass, JobId, JobState};
use crate::studio::pending::{Sure, Ticket};
use crate::studio::{Effect, Model, Redraw, Tone, literal};

impl Model {
    pub(super) fn cancel_job(&mut self) {
        let Some(job) = self.queue.selected() else {
            return self.say(Tone::Plain, "There is no job to cancel");
        };
        let id = job.id;
        let is_built_in = job.receipt.task.is_none();
        let cancelled = JobState::Cancelled { at: self.now };
        match job.state {
            JobState::Waiting => {
                self.end(id, cancelled);
                self.say(Tone::Plain, format!("Job {id} is cancelled; nothing was sent"));
            }
            JobState::Running { .. } if is_built_in => {
                self.effects.push(Effect::Cancel(id));
                self.say(Tone::Plain, format!("Stopping job {id}"));
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
        let Some(job) = self.queue.selected().cloned() else {
            return self.say(Tone::Plain, "There is no job to try again");
        };
        let id = job.id;
        match job.state {
            JobState::Stalled { since, .. } => self.resume(id, since),
            JobState::Cancelled { .. } if job.receipt.task.is_some() => {
                self.resume(id, job.created);
            }
            JobState::Running { .. } | JobState::Waiting | JobState::Fetching { .. } => {
                self.hurry(id);
            }
            JobState::Unknown { since, .. } if job.idempotency_key.is_some() => {
                // The key makes it the same action: it is paid once.
                self.say(Tone::Plain, format!("Job {id} is sent again with its key: paid once"));
                self.change(id, JobState::Sending { since }, Ticket::Sending(id));
            }
            JobState::Unknown { .. } => self.pay_again(id, "Its outcome is unknown"),
            JobState::Failed { ref failure, .. }
                if matches!(failure.class, FailureClass::Task | FailureClass::Moderation) =>
            {
                self.pay_again(id, "It was taken and failed");
            }
            JobState::Failed { .. } | JobState::Cancelled { .. } => {
                self.order(job.song, job.request);
            }
            state => {
                let text = format!("Job {id} is {}; there is nothing to try again", state.word());
                self.say(Tone::Plain, text);
            }
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

    /// Watches a task again that was let go.
    fn resume(&mut self, id: JobId, since: jiff::Timestamp) {
        let Some(job) = self.queue.get(id) else { return };
        if self.way_of(job).is_none() {
            let profile = literal(&job.request.params.profile);
            let text = format!("The profile {profile} does not lead to its gateway any more");
            return self.say(Tone::Bad, text);
        }
        if job.receipt.task.is_none() {
            return self.say(Tone::Bad, "The gateway never named the task; nothing can be asked");
        }
        let state = if job.receipt.tracks.is_empty() {
            JobState::Running { since }
        } else {
            JobState::Fetching { since }
        };
        self.change(id, state, Ticket::Other);
        self.watch.put(id, self.now);
        self.ask_what_is_due();
        self.say(Tone::Plain, format!("Job {id} is watched again"));
    }

    /// What waits for its moment happens now.
    fn hurry(&mut self, id: JobId) {
        if self.watch.turn(id).is_some_and(|turn| turn.due.is_some()) {
            self.watch.put(id, self.now);
            self.ask_what_is_due();
            self.say(Tone::Plain, format!("Job {id}: asking now"));
        } else {
            self.say(Tone::Plain, format!("Job {id} is on its way; there is nothing to hurry"));
        }
    }

    /// Asks for the account of the selected job, or of the song on the desk.
    pub(super) fn check_balance(&mut self) {
        let job = self.queue.selected().filter(|_| self.focus == crate::studio::Pane::Queue);
        let profile = job
            .and_then(|job| self.way_of(job))
            .or_else(|| self.profile())
            .map(|profile| (profile.name.clone(), profile.offer.is_free()));
        match profile {
            None => self.say(Tone::Plain, "There is no gateway to ask"),
            Some((_, true)) => self.say(Tone::Plain, "The sketch engine costs nothing"),
            Some((profile, false)) => {
                self.say(Tone::Plain, format!("Asking {} what is left", literal(&profile)));
                self.asked_balance = Some(profile.clone());
                self.effects.push(Effect::Balance(profile));
            }
        }
        self.mark(Redraw::FOOTER);
    }
}
