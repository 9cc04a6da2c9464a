//! What can be known about a song before a request leaves: what keeps it from leaving, and what
//! its writer may want to look at first.
//!
//! It runs on every key, so that the screen tells it while the song is written. Nothing is ever
//! cut to fit: a text that is too long is the writer's to shorten.

mod needs;
mod placeholder;
mod room;
mod tags;
#[cfg(test)]
mod tests;
mod words;

use super::{Desk, Field};
use crate::gateway::Gateway;
use crate::song::Cursor;

/// What a finding means for the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gravity {
    /// It does not leave.
    Blocks,
    /// It may leave, but something is odd.
    Warns,
}

/// Something that was found about a song.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The row of the Song pane it is about; `None` is the words.
    pub field: Option<Field>,
    /// Where in the text of that row, or in the words; past the end of a line is its end.
    pub cursor: Option<Cursor>,
    /// What it means for the request.
    pub gravity: Gravity,
    /// What is wrong and what to do. Keys stand in it as `{action-name}`.
    pub message: String,
}

impl Finding {
    fn blocks(field: Option<Field>, message: impl Into<String>) -> Self {
        Self { field, cursor: None, gravity: Gravity::Blocks, message: message.into() }
    }

    fn warns(field: Option<Field>, message: impl Into<String>) -> Self {
        Self { field, cursor: None, gravity: Gravity::Warns, message: message.into() }
    }

    fn at(self, line: usize, column: usize) -> Self {
        Self { cursor: Some(Cursor { line, column }), ..self }
    }
}

/// Everything there is to say about the song on the desk at `gateway` with `model`: what keeps it
/// from leaving first, then what is odd; each in the order of its weight.
pub fn check(desk: &Desk, gateway: &Gateway, model: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    needs::model_sings(desk, gateway, model, &mut findings);
    room::check(desk, gateway, model, &mut findings);
    needs::words(desk, &mut findings);
    needs::needed(desk, gateway, &mut findings);
    // From here on nothing keeps the song from leaving.
    needs::unsung_words(desk, gateway, &mut findings);
    needs::known_model(gateway, model, &mut findings);
    words::check(desk, &mut findings);
    needs::wanted(desk, gateway, &mut findings);
    findings
}
