//! How the user listens: what repeats, what is shown, what is hidden.

use std::collections::BTreeMap;
use std::time::Duration;

use super::Model;
pub use crate::library::Pictures;
use crate::song::{JobId, Label, Mode, Moment, Take, TakeId, Timeline, clock};

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
    /// The outputs were asked for, to be chosen from.
    pub(super) asks_outputs: bool,
    /// How loud takes that are arriving are so far, see [`Take::peaks`], and how much that is.
    pub growing: BTreeMap<TakeId, (Duration, Vec<u8>)>,
}

/// A place as a line for the playhead shows it: in quarters of a second.
pub fn in_step(position: Duration) -> Duration {
    const STEP: Duration = Duration::from_millis(250);
    STEP * (position.as_millis() / STEP.as_millis()) as u32
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
        // More than two there are at no gateway that is known.
        const NUMBERS: [&str; 5] = ["1", "2", "3", "4", "5"];
        let first = self.listening.blind.map_or(Label::A, |blind| blind.first);
        // As they are listed: the one that chance chose, then the others by their letters.
        let index = match take.label {
            label if label == first => 0,
            label if label < first => label.index() + 1,
            label => label.index(),
        };
        NUMBERS.get(index).copied().unwrap_or("?")
    }

    /// What a take is called now: by its letter, or where that is hidden by its number.
    pub fn called(&self, take: TakeId) -> String {
        if self.is_hidden(take) { self.alias(take).to_owned() } else { take.label.to_string() }
    }

    /// The other of a take's pair, on disk or on its way.
    pub fn other_of(&self, take: TakeId) -> Option<TakeId> {
        let on_deck = self.deck.status.rival.filter(|_| self.playing() == Some(take));
        let listed = || self.takes.listed_of(take.job).map(|other| other.id);
        on_deck.or_else(|| listed().find(|other| *other != take))
    }

    /// What is sung when in the take that is heard. Where names are hidden, and only one of the two
    /// tells that or each at its own times, it would tell which it is: then both go by the first.
    pub fn timeline_now(&self) -> Option<&Timeline> {
        let heard = self.heard()?;
        if !self.is_hidden(heard.id) {
            return Some(&heard.timeline);
        }
        let other = self.takes.get(self.other_of(heard.id)?)?;
        let pair = [&heard.timeline, &other.timeline];
        let tell = pair.iter().all(|timeline| !timeline.is_empty());
        let first = self.takes.of(heard.id.job).next()?;
        tell.then_some(&first.timeline)
    }

    /// The line that is sung now, where the take tells.
    pub fn line_now(&self) -> Option<&Moment> {
        self.timeline_now()?.line_at(self.deck.status.position)
    }

    /// The section that is heard now, where the take tells.
    pub fn section_now(&self) -> Option<&Moment> {
        self.timeline_now()?.section_at(self.deck.status.position)
    }

    /// The line of the lyrics on the desk that is sung now, from 0.
    pub fn lit_line(&self) -> Option<usize> {
        let is_of_song = self.heard()?.song == self.desk.song;
        if !is_of_song || self.desk.mode() != Mode::Lyrics {
            return None;
        }
        let position = self.deck.status.position;
        super::sung::line_of(self.timeline_now()?, position, self.desk.lyrics.lines())
    }

    /// The take that keys are about: the one in the window on top, the selected one where the
    /// takes have the keys, else the one that is heard.
    pub fn take_at_hand(&self) -> Option<TakeId> {
        if let Some(super::Overlay::Take(detail)) = &self.overlay {
            return Some(detail.take);
        }
        let selected = self.takes.selected().map(|take| take.id);
        let heard = self.playing();
        if self.focus == super::Pane::Takes { selected.or(heard) } else { heard.or(selected) }
    }

    /// Where the playhead is, for a message.
    pub(super) fn moment(&self) -> String {
        clock(self.deck.status.position)
    }
}
