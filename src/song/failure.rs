//! Why a job has no takes, in words for the person who paid.

use serde::{Deserialize, Serialize};

/// The classes of failure; each has its own advice and exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FailureClass {
    /// The request cannot be made as it stands: the field named must be mended.
    Invalid,
    /// The key or the host is wrong.
    Auth,
    /// The account is empty.
    Funds,
    /// The words were refused by moderation.
    Moderation,
    /// The gateway cannot be reached, or has too much to do.
    Busy,
    /// Whether the gateway has the job, nobody knows.
    Unknown,
    /// The work itself went wrong.
    Task,
    /// The gateway does not have it any more.
    Gone,
    /// The takes could not be kept on this machine: disk, permissions.
    Storage,
}

impl FailureClass {
    /// All of them, for tables and tests.
    pub const ALL: [Self; 9] = [
        Self::Invalid,
        Self::Auth,
        Self::Funds,
        Self::Moderation,
        Self::Busy,
        Self::Unknown,
        Self::Task,
        Self::Gone,
        Self::Storage,
    ];

    /// What it is, in two words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Invalid => "order refused",
            Self::Auth => "key refused",
            Self::Funds => "no credits",
            Self::Moderation => "words refused",
            Self::Busy => "gateway busy",
            Self::Unknown => "outcome unknown",
            Self::Task => "song failed",
            Self::Gone => "takes gone",
            Self::Storage => "disk trouble",
        }
    }
}

/// Why a job failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// What kind.
    pub class: FailureClass,
    /// What happened and why.
    pub message: String,
    /// What to do now.
    pub advice: String,
    /// The gateway's own code, for its support.
    #[serde(default)]
    pub code: Option<String>,
}

impl Failure {
    /// A failure of ours, without a gateway's code.
    pub fn new(class: FailureClass, message: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { class, message: message.into(), advice: advice.into(), code: None }
    }
}
