//! What a dialect is: the words of one gateway, there and back.
//!
//! A dialect is pure: a request in, the parts of a call out; an answer in, what it means out. No
//! socket, no clock, no file. What an answer means for money is decided here and nowhere else:
//! [`Created`] says whether a create may be sent again.

mod apiin;
mod apimall;
mod apixo;
mod classify;
mod feed;
mod fields;
mod flat;
mod read;
#[cfg(test)]
mod tests;
mod udioapi;
mod udioapi_v2;

use std::fmt;
use std::time::Duration;

use secrecy::SecretString;
use serde::Deserialize;

use super::{Answer, Call};
use crate::song::{Failure, Receipt, Request, Track};

/// The dialects there are, as the catalogue names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dialect {
    /// No gateway at all: the built-in composer.
    Sketch,
    /// APIXO.
    Apixo,
    /// API Mall.
    Apimall,
    /// apiin.one.
    Apiin,
    /// udioapi.pro, the API of its document.
    Udioapi,
    /// udioapi.pro, version 2 of its API.
    UdioapiV2,
}

/// What a create says.
#[derive(Clone, Copy, Debug)]
pub struct Order<'a> {
    /// The song.
    pub request: &'a Request,
    /// The same on every attempt at one action of the user's; only for those that know it.
    pub idempotency_key: Option<&'a str>,
    /// Where the gateway may say that it is done.
    pub callback: Option<&'a str>,
}

/// How a gateway is reached.
#[derive(Clone, Debug)]
pub struct Access<'a> {
    /// Without a slash at its end.
    pub base_url: &'a str,
    /// The key.
    pub key: &'a SecretString,
    /// What only this gateway has.
    pub extras: &'a Extras,
}

/// Settings of a profile that only some gateways know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extras {
    /// APIXO: `auto`, `value` or `official`.
    pub provider: Option<String>,
    /// udioapi.pro: `default` or `second`.
    pub cluster: Option<String>,
}

/// What the answer to a create means.
#[derive(Clone, Debug, PartialEq)]
pub enum Created {
    /// The gateway has the task; [`Receipt::task`] names it.
    Accepted(Receipt),
    /// It was refused and nothing was charged; it must be changed, or the account must.
    Refused(Failure),
    /// It was refused for now and nothing was charged: it may be sent again by itself.
    Busy {
        /// Why.
        failure: Failure,
        /// How long the gateway asks to wait.
        retry_after: Option<Duration>,
    },
    /// The idempotency key is known there with another request, or is being worked on: nothing may
    /// be sent again by itself, not even with the key.
    Conflict(Failure),
    /// The gateway may have taken it: it must not be sent again by itself without an
    /// idempotency key.
    Unknown(Failure),
}

/// What the answer to a poll means. None of these costs anything.
#[derive(Clone, Debug, PartialEq)]
pub enum Polled {
    /// Not done yet.
    Working {
        /// What was said so far; its tracks are empty.
        receipt: Receipt,
        /// Recordings that can be heard already but will be replaced.
        provisional: Vec<Track>,
    },
    /// Done; all recordings are in [`Receipt::tracks`], which is not empty.
    Complete(Receipt),
    /// The task is over without takes.
    Failed {
        /// What was said, such as credits that came back.
        receipt: Receipt,
        /// Why.
        failure: Failure,
    },
    /// The gateway refuses to tell: the key, the host.
    Refused(Failure),
    /// The gateway does not know the task.
    Missing(Failure),
    /// No word about the task: too many questions, a trouble of the gateway's, nonsense.
    Again {
        /// Why.
        failure: Failure,
        /// How long the gateway asks to wait.
        retry_after: Option<Duration>,
    },
}

/// What is left on an account.
#[derive(Clone, Debug, PartialEq)]
pub struct Balance {
    /// For people: `$8.40`, `108 credits`.
    pub text: String,
}

/// The words of one gateway.
pub trait Speak: Send + Sync {
    /// Orders the takes. The one call that costs.
    fn create(&self, order: &Order<'_>, access: &Access<'_>) -> Call;

    /// What the answer to [`Speak::create`] means.
    fn created(&self, answer: &Answer) -> Created;

    /// Asks how far a task is.
    fn poll(&self, task: &str, access: &Access<'_>) -> Call;

    /// What the answer to [`Speak::poll`], or a callback with the same body, means.
    fn polled(&self, answer: &Answer) -> Polled;

    /// Asks what is left on the account, where the gateway tells.
    fn balance(&self, _: &Access<'_>) -> Option<Call> {
        None
    }

    /// What the answer to [`Speak::balance`] means.
    ///
    /// # Errors
    /// When it says no, or nothing that can be understood.
    fn balanced(&self, answer: &Answer) -> Result<Balance, Failure> {
        Err(classify::no_balance(&read::Reply::read(answer)))
    }
}

impl Dialect {
    /// Who speaks it; nobody speaks to the built-in engine.
    pub fn speaker(self) -> Option<&'static dyn Speak> {
        match self {
            Self::Sketch => None,
            Self::Apixo => Some(&apixo::Apixo),
            Self::Apimall => Some(&apimall::Apimall),
            Self::Apiin => Some(&apiin::APIIN),
            Self::Udioapi => Some(&udioapi::Udioapi),
            Self::UdioapiV2 => Some(&udioapi_v2::UDIOAPI_V2),
        }
    }

    /// Whether a create may be sent again with the same key.
    pub fn is_idempotent(self) -> bool {
        self == Self::Apimall
    }

    /// Whether it tells what is left on an account.
    pub fn tells_balance(self) -> bool {
        matches!(self, Self::Apixo | Self::Apimall)
    }

    /// Whether it can say by itself that a task is done.
    pub fn calls_back(self) -> bool {
        matches!(self, Self::Apixo | Self::Apiin | Self::Udioapi | Self::UdioapiV2)
    }

    /// Whether takes are made on this machine.
    pub fn is_built_in(self) -> bool {
        self == Self::Sketch
    }
}

impl fmt::Display for Balance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text.fmt(f)
    }
}
