//! Leaving without a loss: the words are safe, the journal has everything, and every request that
//! costs has its answer. Nothing new begins meanwhile.

use crate::library::Record;
use crate::studio::model::PATIENCE;
use crate::studio::pending::{Errand, Sure};
use crate::studio::{Action, Effect, Event, Model, Overlay, Tone};

use super::sure::HELD;

impl Model {
    /// The user wants to leave. Asked for once more, it does not wait for what others owe.
    pub(super) fn quit(&mut self) {
        let since = self.pressed_before(Sure::Leave);
        if !self.is_asked_to_leave() {
            return self.when_saved(Errand::Leave);
        }
        if since.is_some_and(|since| since >= HELD) && !self.saving.is_open() {
            self.effects.push(Effect::Quit);
        }
    }

    /// Any key but the one to leave means to stay; whether it did.
    pub(super) fn stays(&mut self, event: &Event) -> bool {
        let is_other = match event {
            Event::Act(action) => *action != Action::Quit,
            Event::Type(_) | Event::Paste(_) | Event::Unknown(_) => true,
            _ => false,
        };
        let stays = is_other && self.is_asked_to_leave();
        if stays {
            self.errand = None;
            self.sure = None;
            self.start_next();
        }
        stays
    }

    /// The words are safe: leaves, once all answers that are worth money are here.
    pub(super) fn leave(&mut self) {
        self.errand = Some((Errand::Leave, self.now));
        self.retry_refused();
        let awaited = if self.watch.creates() > 0 {
            "A request is on its way; its answer is awaited. {quit} again leaves at once, and its \
             outcome will be unknown; any other key stays"
        } else if self.is_owed() {
            "The journal has not yet taken everything. {quit} again leaves at once; any other key \
             stays"
        } else {
            return;
        };
        self.say(Tone::Warning, awaited);
    }

    /// The words are not safe, and the user is asked; work goes on meanwhile.
    pub(super) fn cannot_leave(&mut self, why: String) {
        self.errand = None;
        self.open(Overlay::Unsaved(why));
        self.start_next();
    }

    /// A disk that does not answer must not keep the user.
    pub(super) fn give_up_if_due(&mut self) {
        let is_due = self.errand.as_ref().is_some_and(|(_, since)| *since + PATIENCE <= self.now);
        if !is_due || !self.saving.is_open() {
            return;
        }
        let why = "the disk does not answer";
        match self.errand.take() {
            Some((Errand::Leave, _)) => self.cannot_leave(why.to_owned()),
            _ => self.say(Tone::Bad, format!("This song stays on the desk: {why}")),
        }
    }

    pub(super) fn quit_anyway(&mut self) {
        if matches!(self.overlay, Some(Overlay::Unsaved(_))) {
            self.effects.push(Effect::Quit);
        }
    }

    /// The words go to a file of their own, because the journal cannot take them.
    pub(super) fn rescue(&mut self) {
        self.effects.push(Effect::Rescue(self.sheet()));
        self.dismiss();
    }

    /// The system wants the program to end; there is nobody left to ask.
    pub(super) fn terminate(&mut self) {
        self.ending.get_or_insert(self.now);
        self.keep_asked();
        if self.saving.is_changed() {
            self.send_draft();
        }
        self.retry_refused();
    }

    /// Whether nothing new may begin, because the program is about to end.
    pub(in crate::studio) fn is_leaving(&self) -> bool {
        self.ending.is_some() || self.is_asked_to_leave()
    }

    fn is_asked_to_leave(&self) -> bool {
        matches!(self.errand, Some((Errand::Leave, _)))
    }

    /// Whether the journal or a gateway still owes an answer that is worth money, or words.
    fn is_owed(&self) -> bool {
        let costs = |record: &Record| {
            matches!(record, Record::Job(_) | Record::Takes { .. } | Record::Remarks { .. })
        };
        !self.is_settled()
            || self.refused.iter().any(|(_, record)| costs(record))
            || self.watch.creates() > 0
    }

    /// Leaves when what was waited for is here.
    pub(super) fn leave_if_ready(&mut self) {
        let is_over = self.ending.is_some_and(|since| since + self.patience() <= self.now);
        let is_asked = self.is_asked_to_leave() && !self.saving.is_open();
        if is_over || ((is_asked || self.ending.is_some()) && !self.is_owed()) {
            self.effects.push(Effect::Quit);
        }
    }
}
