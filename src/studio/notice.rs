//! The line about what just happened.

use jiff::Timestamp;

/// How a notice is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// This is so.
    #[default]
    Plain,
    /// This went well.
    Good,
    /// Mind this.
    Warning,
    /// This went wrong.
    Bad,
}

/// The line about what just happened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notice {
    /// What happened; for trouble also why and what to do.
    pub text: String,
    /// How it is meant.
    pub tone: Tone,
    /// When it was said.
    pub at: Timestamp,
}

/// A text of the user's for a notice, where `{action-name}` stands for a key.
pub(super) fn literal(text: &str) -> String {
    text.replace('{', "{{")
}
