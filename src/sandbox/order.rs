//! What a request orders, and why one is refused: the same for all dialects.

use serde_json::Value;

use crate::song::{Mode, Params, Request, Vocal};

use super::account::Amount;
use super::callbacks::Address;

/// A request that was understood.
#[derive(Clone, Debug)]
pub(super) struct Order {
    pub(super) model: String,
    pub(super) title: String,
    pub(super) style: String,
    /// What is sung; empty for an instrumental.
    pub(super) lyrics: String,
    pub(super) vocal: Vocal,
    pub(super) price: Amount,
    pub(super) callback: Option<Address>,
    /// The request as it came, without keys, for the dialects that tell it again.
    pub(super) echo: Value,
}

impl Order {
    pub(super) fn is_instrumental(&self) -> bool {
        self.vocal == Vocal::None
    }

    /// For the composer.
    pub(super) fn request(&self, seed: u64) -> Request {
        let params = Params {
            mode: Mode::Lyrics,
            title: self.title.clone(),
            style: self.style.clone(),
            vocal: self.vocal,
            ..Params::default()
        };
        Request { text: self.lyrics.clone(), params, seed }
    }
}

/// Who sings, where a gender was asked for in one of the two ways of writing it.
pub(super) fn vocal(instrumental: bool, gender: Option<&str>) -> Vocal {
    match gender {
        _ if instrumental => Vocal::None,
        Some("f" | "female") => Vocal::Female,
        Some(_) => Vocal::Male,
        None => Vocal::Auto,
    }
}

/// Why there is no task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// A field is missing, or is not what it should be; the message names it.
    Invalid(String),
    /// A text is too long; the message names the field.
    TooLong(String),
    /// No key, or a wrong one.
    Key,
    /// Not enough left.
    Funds,
    /// There is no such task.
    NoTask,
    /// The idempotency key is taken.
    Conflict(&'static str),
    /// What a script asks for.
    Scripted(u16),
}

impl Refusal {
    pub(super) fn status(&self) -> u16 {
        match self {
            Self::Invalid(_) | Self::TooLong(_) => 400,
            Self::Key => 401,
            Self::Funds => 402,
            Self::NoTask => 404,
            Self::Conflict(_) => 409,
            Self::Scripted(status) => *status,
        }
    }

    /// What can be said where the dialect has no words of its own.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Invalid(message) | Self::TooLong(message) => message.clone(),
            Self::Conflict(message) => (*message).to_owned(),
            other => match other.status() {
                400 => "Invalid request parameters",
                401 => "Missing or invalid API key",
                402 => "Insufficient balance",
                403 => "Access not approved",
                404 => "Task not found",
                409 => "Idempotency-Key conflict",
                422 => "Billing calculation failed",
                429 => "Rate limit exceeded or too many concurrent jobs",
                451 => "Prompt blocked by content moderation",
                502 => "Upstream provider or network error",
                503 => "Upstream provider is busy or temporarily unavailable",
                504 => "Upstream timeout",
                _ => "Internal server error",
            }
            .to_owned(),
        }
    }
}
