//! What a listener thinks of a take.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A note about a moment of a recording.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// From the start of the recording.
    pub at: Duration,
    /// One line.
    pub text: String,
    /// When it was written.
    pub written: Timestamp,
}

/// Whether a take is the one to keep, and what was noted about it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Remarks {
    /// The better one of its pair.
    pub star: bool,
    /// Why, in the listener's words; empty where nothing was said.
    pub why: String,
    /// By their moment.
    pub notes: Vec<Note>,
}

impl Remarks {
    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Adds a note.
    pub fn note(&mut self, note: Note) {
        let place = self.notes.partition_point(|other| other.at <= note.at);
        self.notes.insert(place, note);
    }
}
