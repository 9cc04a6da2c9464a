//! How the user listens: what repeats, what is shown, what is hidden.

use std::collections::BTreeMap;
use std::time::Duration;

use super::Model;
use crate::song::{JobId, Label, Moment, Take, TakeId};

/// What is played again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Repeat {
    /// Nothing: a take is played to its end.
    #[default]
    Off,
    /// The take, again and again.
    Take,
    /// The pair: A, then B, then A.
    Pair,
}

/// Which pictures the player shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pictures {
    /// None: a line for the playhead.
    Off,
    /// The waveform of the whole take.
    #[default]
    Wave,
    /// That, and the spectrum of what is heard.
    Spectrum,
}

/// A pair is compared without knowing which is which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Blind {
    /// The pair.
    pub job: JobId,
    /// The take that is called "1".
    pub first: Label,
}

/// How the user listens.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listening {
    /// The names of this pair are hidden.
    pub blind: Option<Blind>,
    /// What is played again.
    pub repeat: Repeat,
    /// A pair is played one after the other, once.
    pub in_turn: bool,
    /// Which pictures are shown.
    pub pictures: Pictures,
    /// Takes are heard as delivered, not matched in loudness.
    pub as_delivered: bool,
    /// Where a loop begins whose end was not set yet.
    pub loop_from: Option<Duration>,
    /// How loud takes that are arriving are so far, see [`Take::peaks`], and how much that is.
    pub growing: BTreeMap<TakeId, (Duration, Vec<u8>)>,
}

impl Model {
    /// The take in the player, as it is known.
    pub fn heard(&self) -> Option<&Take> {
        self.takes.get(self.playing()?)
    }

    /// The other of the pair in the player.
    pub fn rival(&self) -> Option<&Take> {
        self.takes.get(self.deck.status.rival?)
    }

    /// Whether the name of a take is hidden from the listener now.
    pub fn is_hidden(&self, take: TakeId) -> bool {
        self.listening.blind.is_some_and(|blind| blind.job == take.job)
    }

    /// What a take whose name is hidden is called: "1" or "2".
    pub fn alias(&self, take: TakeId) -> &'static str {
        let first = self.listening.blind.is_some_and(|blind| blind.first == take.label);
        if first { "1" } else { "2" }
    }

    /// The line that is sung now, where the take tells.
    pub fn line_now(&self) -> Option<&Moment> {
        self.heard()?.timeline.line_at(self.deck.status.position)
    }

    /// The section that is heard now, where the take tells.
    pub fn section_now(&self) -> Option<&Moment> {
        self.heard()?.timeline.section_at(self.deck.status.position)
    }
}
