//! A job: one request to a gateway, from the key press to its takes.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Draft, JobId, Mode, Params, SongId};

/// What was asked for, frozen at the moment of the submit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The words, or in describe mode the description.
    pub text: String,
    /// The parameters as they stood.
    pub params: Params,
    /// Where chance starts; the same request with the same seed makes the same sketch.
    pub seed: u64,
}

impl Request {
    /// Freezes a draft.
    pub fn freeze(draft: &Draft, seed: u64) -> Self {
        let text = match draft.params.mode {
            Mode::Lyrics => draft.lyrics.clone(),
            Mode::Describe => draft.description.clone(),
        };
        let mut params = draft.params.clone();
        draft.name().clone_into(&mut params.title);
        Self { text, params, seed }
    }
}

/// Where a job stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum JobState {
    /// Journalled; waits for its turn.
    Waiting,
    /// At work since the given moment.
    Running {
        /// When the work began.
        since: Timestamp,
    },
    /// All takes are on disk.
    Done {
        /// When the work began.
        since: Timestamp,
        /// When the last take was there.
        at: Timestamp,
    },
    /// Ended without takes.
    Failed {
        /// When it ended.
        at: Timestamp,
        /// Why.
        failure: Failure,
    },
    /// Stopped by the user.
    Cancelled {
        /// When.
        at: Timestamp,
    },
}

impl JobState {
    /// Whether nothing more will happen by itself.
    pub fn is_ended(&self) -> bool {
        !matches!(self, Self::Waiting | Self::Running { .. })
    }

    /// The word for it, in the journal and on the command line.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running { .. } => "running",
            Self::Done { .. } => "done",
            Self::Failed { .. } => "failed",
            Self::Cancelled { .. } => "cancelled",
        }
    }
}

/// The classes of failure; each has its own advice and exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FailureClass {
    /// The request cannot be made as it stands.
    Invalid,
    /// The takes could not be kept on this machine: disk, permissions.
    Storage,
    /// The work itself went wrong.
    Task,
}

/// Why a job failed, in words for the person who paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// What kind.
    pub class: FailureClass,
    /// What happened and why.
    pub message: String,
    /// What to do now.
    pub advice: String,
}

/// One request at one gateway.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// Its number.
    pub id: JobId,
    /// The song it was made from.
    pub song: SongId,
    /// The song's how-manieth request, from 1.
    pub version: u32,
    /// What was asked for.
    pub request: Request,
    /// When the user asked.
    pub created: Timestamp,
    /// Where it stands.
    #[serde(flatten)]
    pub state: JobState,
}
