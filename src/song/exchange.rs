//! One word of a job's story: a request and its answer, without anything secret.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What a request was for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// To order the takes: the one that costs.
    Create,
    /// To ask how far they are.
    Poll,
    /// To fetch a recording.
    Audio,
    /// To fetch a cover.
    Cover,
    /// A callback that came in from the gateway.
    Callback,
}

/// A request and what came back. No key is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exchange {
    /// When the request left.
    pub at: Timestamp,
    /// What it was for.
    pub purpose: Purpose,
    /// Method, URL, headers and body, as text.
    pub request: String,
    /// The HTTP status, where an answer came.
    #[serde(default)]
    pub status: Option<u16>,
    /// The answer's body as text, cut where it is very long; or what happened instead of one.
    pub answer: String,
    /// How long it took.
    #[serde(default)]
    pub milliseconds: u64,
    /// How many more times in a row the same answer came, which are not told one by one.
    #[serde(default)]
    pub repeated: u32,
}
