//! What the system's own controls show of the player, such as a panel's or a lock screen's, and
//! what they ask for.

use std::path::PathBuf;
use std::time::Duration;

use super::{Action, Blind};
use crate::player::State;
use crate::song::TakeId;

/// What plays, in words and pictures for other programs. Nothing in it tells what is hidden from
/// the listener.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Now {
    /// A name that no other take has at the same time: ASCII letters, digits and `_`.
    pub name: String,
    /// The song's title, on one line.
    pub title: String,
    /// Which take of it, and which version.
    pub take: String,
    /// How long it is, where that is known.
    pub length: Option<Duration>,
    /// A picture of it, where there is one.
    pub cover: Option<PathBuf>,
    /// What the player is doing.
    pub state: State,
    /// Where it is, from the top.
    pub position: Duration,
    /// Percent, 0 to 100.
    pub volume: u8,
    /// Whether there is a take after it in the list.
    pub has_next: bool,
    /// Whether there is one before it.
    pub has_previous: bool,
}

impl Now {
    /// Whether it shows the same, but for a part of a second.
    pub(super) fn shows(&self, other: &Self) -> bool {
        self.position.as_secs() == other.position.as_secs()
            && *self == Self { position: self.position, ..other.clone() }
    }
}

/// What [`Now`] is made from, cheap to compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Glance {
    pub take: TakeId,
    pub is_listed: bool,
    pub is_arriving: bool,
    pub has_cover: bool,
    pub blind: Option<Blind>,
    pub length: Option<Duration>,
    pub state: State,
    pub second: u64,
    pub volume: u8,
    pub neighbours: [bool; 2],
}

/// What the system's controls ask for.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    /// Do this. It is no key: who is about to leave does not stay for it.
    Act(Action),
    /// Move by seconds, back where negative.
    SeekBy(f32),
    /// Move to a time from the top of the take that has this name in [`Now`].
    SeekTo(String, Duration),
    /// Percent, 0 to 100.
    Volume(u8),
}
