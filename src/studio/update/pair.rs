//! Choosing between two takes: back and forth at the same place, one after the other, and what
//! happens where one of them is over.

use std::time::Duration;

use crate::player::{Command, State};
use crate::song::{TakeId, clock};
use crate::studio::{Model, Redraw, Repeat, Tone};

/// Less than this is no rest to go on with.
const REST: Duration = Duration::from_secs(1);

impl Model {
    /// The other of the pair is heard, at the same place.
    pub(super) fn switch_take(&mut self) {
        let Some(heard) = self.playing() else {
            let Some(take) = self.takes.selected().map(|take| take.id) else {
                return self.say(Tone::Plain, "There is no take yet; {generate} makes two");
            };
            self.play_selected();
            let text =
                format!("Now {}; {{switch-take}} once more hears the other", self.called(take));
            return self.say(Tone::Plain, text);
        };
        let Some(other) = self.other_of(heard) else {
            let text = "This take has no other to be compared with";
            return self.say(Tone::Plain, text);
        };
        let (position, state) = (self.deck.status.position, self.deck.status.state);
        let is_over = |end: &Duration| *end <= position;
        if let Some(end) = self.length_of_other(other).filter(is_over) {
            let is_hidden = self.is_hidden(other);
            let (other, heard, end) = (self.called(other), self.called(heard), clock(end));
            let text = if state == State::Ended {
                format!("{other} is over here too; {{play-pause}} plays from the top")
            } else if is_hidden {
                // Who knows how long each of them is would know its name.
                format!("{other} is over by now; {heard} goes on")
            } else {
                format!("{other} ended at {end}; {heard} goes on")
            };
            return self.say(Tone::Plain, text);
        }
        if self.deck.status.rival == Some(other) {
            self.send(Command::Switch);
            if state == State::Ended {
                // It waits where the shorter one ended.
                self.send(Command::Toggle);
            }
        } else {
            // It came after the first was put into the player.
            let plays = !matches!(state, State::Paused | State::Stopped);
            self.open_take(other, plays);
            self.send(Command::SeekTo(position));
        }
        self.follow(other);
        self.say(Tone::Plain, format!("Now {}", self.called(other)));
    }

    /// The list goes along with what is heard, where it stands on its pair; never so that it tells
    /// a name that is hidden.
    pub(super) fn follow(&mut self, take: TakeId) {
        let is_near = self.takes.selected().is_some_and(|selected| selected.job() == take.job);
        if is_near && !self.is_hidden(take) {
            self.takes.select(take);
            self.mark(Redraw::TAKES);
        }
    }

    fn length_of_other(&self, other: TakeId) -> Option<Duration> {
        let on_deck =
            self.deck.status.rival_total.filter(|_| self.deck.status.rival == Some(other));
        let known = || self.takes.get(other).map(|take| take.duration);
        on_deck.or_else(known).filter(|length| !length.is_zero())
    }

    /// Plays the selected pair: the first, then the second, then no more.
    pub(super) fn play_pair(&mut self) {
        let Some(take) = self.take_at_hand() else {
            return self.say(Tone::Plain, "There is no take yet; {generate} makes two");
        };
        let pair: Vec<_> = self.takes.listed_of(take.job).map(|take| take.id).collect();
        let [first, second, ..] = pair[..] else {
            return self.say(Tone::Plain, "This take has no other to be played after it");
        };
        self.open_take(first, true);
        self.listening.in_turn = true;
        let text = format!("{}, then {}", self.called(first), self.called(second));
        self.say(Tone::Plain, text);
    }

    /// The take that is heard came to its end.
    pub(super) fn ended(&mut self, take: TakeId) {
        let other = self.other_of(take);
        if self.listening.in_turn {
            let is_first = self.takes.listed_of(take.job).next().is_some_and(|it| it.id == take);
            return match other.filter(|_| is_first) {
                Some(other) => {
                    self.open_take(other, true);
                    self.follow(other);
                    self.say(Tone::Plain, format!("Now {}", self.called(other)));
                }
                None => self.listening.in_turn = false,
            };
        }
        match (self.listening.repeat, other) {
            (Repeat::Take, _) | (Repeat::Pair, None) => {
                self.send(Command::SeekTo(Duration::ZERO));
                self.send(Command::Toggle);
            }
            (Repeat::Pair, Some(other)) => {
                self.open_take(other, true);
                self.follow(other);
            }
            (Repeat::Off, Some(other)) => self.tell_rest(take, other),
            (Repeat::Off, None) => {}
        }
    }

    /// Where one of a pair is over, there may be more of the other worth hearing.
    fn tell_rest(&mut self, take: TakeId, other: TakeId) {
        let status = &self.deck.status;
        let is_hidden = self.is_hidden(take);
        // A take that is not all there does not come as far as its header says.
        let total = status.total.filter(|_| !status.broken);
        let end = total.unwrap_or(status.position);
        let ends = if status.broken && !is_hidden { "breaks off" } else { "ends" };
        let Some(rest) = self.length_of_other(other).filter(|length| *length >= end + REST) else {
            return;
        };
        // Who knows how long each of them is would know its name.
        let to = if is_hidden { String::new() } else { format!(" to {}", clock(rest)) };
        let (take, other) = (self.called(take), self.called(other));
        let text = format!("{take} {ends} here; {other} goes on{to}: {{switch-take}} hears it");
        self.say(Tone::Plain, text);
    }
}
