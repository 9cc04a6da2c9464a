//! The window with all about a take: its facts, and its moments, which can be played.

use std::time::Duration;

use super::List;
use crate::song::TakeId;

/// A row of the window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TakeRow {
    /// Nothing.
    Gap,
    /// A fact: its name and what it says.
    Fact(&'static str, String),
    /// What the rows below are.
    Heading(&'static str),
    /// A section begins.
    Section(Duration, String),
    /// A line is sung.
    Line(Duration, String),
    /// A note of the listener, by its place among the notes of the take.
    Note(Duration, String, usize),
    /// Words of ours about what is not there.
    Hint(&'static str),
}

impl TakeRow {
    /// Where it can be played from.
    pub fn at(&self) -> Option<Duration> {
        match self {
            Self::Section(at, _) | Self::Line(at, _) | Self::Note(at, ..) => Some(*at),
            _ => None,
        }
    }
}

/// What the window shows; the selection is on a row that can be played, where there is one.
#[derive(Debug)]
pub struct TakeDetail {
    /// The take.
    pub take: TakeId,
    /// All rows.
    pub rows: Vec<TakeRow>,
    /// The selection among the rows.
    pub list: List,
}
