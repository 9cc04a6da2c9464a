//! What the listener thinks of a take: the star of a pair and why, and notes about moments.

use std::time::Duration;

use crate::library::Record;
use crate::song::{Note, Remarks, TakeId, clock};
use crate::studio::pending::{Sure, Ticket};
use crate::studio::update::take_info::NOT_COME;
use crate::studio::{Model, Overlay, Question, Redraw, TakeRow, Tone, literal};

impl Model {
    /// Stars the take at hand, or takes its star back; without names, the one that is heard.
    pub(super) fn pick(&mut self) {
        if self.listening.blind.is_some() {
            return self.pick_blind();
        }
        let Some(take) = self.take_at_hand() else {
            return self.say(Tone::Plain, "There is no take yet; {generate} makes two");
        };
        let Some(is_starred) = self.takes.get(take).map(|take| take.remarks.star) else {
            return self.say(Tone::Plain, NOT_COME);
        };
        let name = self.full_name(take);
        let before = self.takes.starred(take.job).into_iter().find(|other| *other != take);
        if is_starred {
            // Why it was the better one stays; it was written.
            self.remark(take, |remarks| remarks.star = false);
            return self.say(Tone::Plain, format!("{name} has no star any more"));
        }
        self.star(take);
        let instead = before.map(|other| format!(", instead of {}", other.label));
        let text = format!("{name} is the one to keep{}", instead.unwrap_or_default());
        self.say(Tone::Good, text);
        self.ask_why(take);
    }

    /// Stars a take; the star of its pair is one.
    pub(super) fn star(&mut self, take: TakeId) {
        self.remark(take, |remarks| remarks.star = true);
        // One that did not come after all may still come, and bring its star along.
        for other in self.takes.starred(take.job) {
            if other != take {
                self.remark(other, |remarks| remarks.star = false);
            }
        }
    }

    pub(super) fn ask_why(&mut self, take: TakeId) {
        let why = self.takes.remarks(take).map(|remarks| remarks.why.clone());
        self.ask(Question::Why(take), &why.unwrap_or_default());
    }

    pub(super) fn give_reason(&mut self, take: TakeId, why: String) {
        let before = self.takes.remarks(take).map(|remarks| remarks.why.clone());
        let text = match (before.unwrap_or_default() == why, why.is_empty()) {
            (true, true) => format!("{} is starred, without a reason", self.full_name(take)),
            (true, false) => format!("{} is starred, for the same reason", self.full_name(take)),
            (false, true) => "The reason is gone; the star stays".into(),
            (false, false) => format!("The reason for {} is kept", self.full_name(take)),
        };
        self.remark(take, |remarks| remarks.why = why);
        self.say(Tone::Plain, text);
    }

    /// Asks for a note about this very moment, however long the typing takes.
    pub(super) fn note(&mut self) {
        if matches!(self.overlay, Some(Overlay::Ask(_))) {
            return self.say(Tone::Plain, "{choose} keeps this line first; {dismiss} drops it");
        }
        let Some(take) = self.playing() else {
            let text = "Notes are about moments: play a take first; {play-pause} does";
            return self.say(Tone::Plain, text);
        };
        self.ask(Question::Note { take, at: self.deck.status.position }, "");
    }

    pub(super) fn add_note(&mut self, take: TakeId, at: Duration, text: String) {
        if text.is_empty() {
            return self.say(Tone::Plain, "Nothing was noted");
        }
        let written = self.now;
        self.remark(take, |remarks| remarks.note(Note { at, text, written }));
        let text = format!("Noted at {} of {}", clock(at), self.called(take));
        self.say(Tone::Good, text);
    }

    /// Deletes the selected note in the window on a take.
    pub(super) fn delete_note(&mut self) {
        let selected = match &self.overlay {
            Some(Overlay::Take(detail)) => detail.selected().map(|row| (detail.take, row)),
            _ => None,
        };
        let Some((take, &TakeRow::Note(_, _, place))) = selected else {
            let text = "{take-detail} shows the notes of a take; one that is selected there can go";
            return self.say(Tone::Plain, text);
        };
        let doubt = "{delete-note} again deletes this note";
        if self.is_sure(Sure::Delete(take, place), doubt) {
            self.remark(take, |remarks| {
                if place < remarks.notes.len() {
                    remarks.notes.remove(place);
                }
            });
            self.say(Tone::Plain, "The note is deleted");
        }
    }

    /// Changes what is thought of a take, here and in the journal; of one that left the list while
    /// something about it was typed, too: what was typed is kept.
    fn remark(&mut self, id: TakeId, change: impl FnOnce(&mut Remarks)) {
        let kept = self.takes.remarks_mut(id);
        let before = kept.clone();
        change(kept);
        if *kept == before {
            return;
        }
        let remarks = kept.clone();
        self.record(Ticket::Other, Record::Remarks { take: id, remarks });
        self.mark(Redraw::TAKES | Redraw::PLAYER);
        self.tell_take(id);
    }

    /// A take by its letter and its song, for a message.
    fn full_name(&self, id: TakeId) -> String {
        let called = self.called(id);
        match self.takes.get(id) {
            Some(take) if !self.is_hidden(id) => {
                format!("{called} of {} v{}", literal(&take.title), take.version)
            }
            _ => called,
        }
    }
}
