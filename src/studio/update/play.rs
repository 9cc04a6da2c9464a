//! Hearing the takes: which is in the player, and whether it plays.

use std::time::Duration;

use crate::player::{Command, Recording, Source, State};
use crate::song::TakeId;
use crate::studio::{Model, Redraw, Tone};

impl Model {
    pub(super) fn play_pause(&mut self) {
        use State::{Buffering, Loading, Paused, Playing};
        let is_used = matches!(self.deck.status.state, Playing | Paused | Loading | Buffering);
        // Who compares two takes without names plays those, wherever the list stands.
        let goes_on = |take: TakeId| is_used || self.is_hidden(take);
        if self.playing().is_some_and(goes_on) {
            return self.send(Command::Toggle);
        }
        // Stopped or at its end: what is selected is what the user wants to hear.
        match self.takes.selected() {
            Some(take) if Some(take.id) == self.playing() => self.send(Command::Toggle),
            Some(_) => self.play_selected(),
            None => self.say(Tone::Plain, "Nothing to play yet; {generate} makes two takes"),
        }
    }

    pub(super) fn play_selected(&mut self) {
        let Some(take) = self.takes.selected().map(|take| take.id) else {
            return self.say(Tone::Plain, "There is no take yet; {generate} makes two");
        };
        self.listening.in_turn = false;
        self.open_take(take, true);
    }

    pub(super) fn stop(&mut self) {
        self.listening.in_turn = false;
        // What was opened a moment ago may not have been told yet, and stops too.
        self.has_playhead();
        self.send(Command::Stop);
    }

    /// Puts a take into the player, and the other of its pair beside it.
    pub(super) fn open_take(&mut self, id: TakeId, play: bool) {
        let Some(take) = self.recording(id) else { return };
        if self.listening.blind.is_some() && !self.is_hidden(id) {
            self.end_blind();
        }
        let rival = self.other_of(id).and_then(|other| self.recording(other));
        self.send(Command::Open { take, rival, play });
    }

    fn recording(&self, id: TakeId) -> Option<Recording> {
        let take = self.takes.get(id)?;
        let source = if self.takes.is_arriving(id) {
            Source::Arriving
        } else {
            Source::File(take.audio.clone())
        };
        Some(Recording { take: id, source, loudness: take.loudness })
    }

    /// Plays a take from a moment.
    pub(super) fn play_from(&mut self, id: TakeId, at: Duration) {
        self.listening.in_turn = false;
        match self.deck.status.state {
            State::Playing | State::Buffering if self.playing() == Some(id) => {
                self.send(Command::SeekTo(at));
            }
            State::Paused | State::Stopped | State::Ended if self.playing() == Some(id) => {
                self.send(Command::SeekTo(at));
                self.send(Command::Toggle);
            }
            // What is being read may be meant to play or not.
            _ => {
                self.open_take(id, true);
                self.send(Command::SeekTo(at));
            }
        }
    }

    pub(super) fn play_neighbour(&mut self, by: isize) {
        let from = self.playing().or_else(|| self.takes.selected().map(|take| take.id));
        let Some(from) = from else {
            return self.say(Tone::Plain, "There is no take yet; {generate} makes two");
        };
        let Some(next) = self.takes.neighbour(from, by).map(|take| take.id) else {
            let end = if by > 0 { "last" } else { "first" };
            return self.say(Tone::Plain, format!("This is the {end} take of the list"));
        };
        // Only who goes elsewhere ends the comparison, and not who finds no way there.
        if self.listening.blind.is_some() {
            self.end_blind();
        }
        self.takes.select(next);
        self.mark(Redraw::TAKES);
        self.play_selected();
    }
}
