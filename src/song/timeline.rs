//! What is sung when.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// What begins at a moment of a recording.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// From the start of the recording.
    pub at: Duration,
    /// What begins.
    pub what: Part,
    /// Its name, or its words; one line.
    pub text: String,
}

/// What can begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// A section, such as `Verse 1`.
    Section,
    /// A line of the lyrics.
    Line,
}

/// The sections and lines of a recording by time, where its maker tells them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timeline(Vec<Moment>);

impl Timeline {
    /// From moments in any order.
    pub fn new(mut moments: Vec<Moment>) -> Self {
        moments.sort_by_key(|moment| moment.at);
        Self(moments)
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All moments, the earliest first.
    pub fn moments(&self) -> &[Moment] {
        &self.0
    }

    /// The sections.
    pub fn sections(&self) -> impl DoubleEndedIterator<Item = &Moment> {
        self.0.iter().filter(|moment| moment.what == Part::Section)
    }

    /// The lines.
    pub fn lines(&self) -> impl DoubleEndedIterator<Item = &Moment> {
        self.0.iter().filter(|moment| moment.what == Part::Line)
    }

    /// The line that is sung at a moment: the last that began by then.
    pub fn line_at(&self, at: Duration) -> Option<&Moment> {
        self.lines().take_while(|line| line.at <= at).last()
    }

    /// The section at a moment.
    pub fn section_at(&self, at: Duration) -> Option<&Moment> {
        self.sections().take_while(|section| section.at <= at).last()
    }
}
