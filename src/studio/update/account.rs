//! What is left on the accounts.

use crate::gateway::Balance;
use crate::song::{Failure, JobId, Receipt};
use crate::studio::{Effect, Model, Pane, Redraw, Tone, literal};

impl Model {
    /// What an answer says about the account is what the header shows; else it is asked for.
    pub(super) fn heard_of_account(&mut self, id: JobId, receipt: &Receipt) {
        let Some(profile) = self.queue.get(id).map(|job| job.request.params.profile.clone()) else {
            return;
        };
        match receipt.credits_left {
            Some(left) => {
                self.balances.insert(profile, format!("{left} credits"));
                self.mark(Redraw::HEADER);
            }
            None if self.is_leaving() => {}
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

    /// Asks for the account of the selected job, or of the song on the desk.
    pub(super) fn check_balance(&mut self) {
        let is_about_job = self.is_reading() || self.focus == Pane::Queue;
        let profile = self
            .job_at_hand()
            .filter(|_| is_about_job)
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
