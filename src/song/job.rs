//! A job: one request to a gateway, from the key press to its takes.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Draft, Failure, JobId, Mode, Params, Receipt, SongId};

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

/// Where a job stands. What a state means for money is said at each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum JobState {
    /// Journalled; waits for its turn. Nothing was sent.
    Waiting,
    /// The request is on its way, or was when the program ended: it may have arrived.
    Sending {
        /// Since when.
        since: Timestamp,
    },
    /// At work: the gateway has it and said its task id, or the built-in engine composes it.
    Running {
        /// When the work began.
        since: Timestamp,
    },
    /// The gateway is done, and the takes are being fetched; [`Receipt::tracks`] has their URLs.
    Fetching {
        /// When the work began.
        since: Timestamp,
    },
    /// Not watched any more, though the gateway has it and may have charged: it can be resumed.
    Stalled {
        /// When the work began.
        since: Timestamp,
        /// When it was last watched.
        at: Timestamp,
        /// Why it was let go.
        failure: Failure,
    },
    /// The answer to the request was lost: whether the gateway has it, and charged, nobody knows.
    Unknown {
        /// When it was sent.
        since: Timestamp,
        /// When the answer was given up.
        at: Timestamp,
        /// How it was lost.
        failure: Failure,
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
    /// Given up by the user.
    Cancelled {
        /// When.
        at: Timestamp,
    },
}

impl JobState {
    /// Whether nothing more will happen by itself.
    pub fn is_at_rest(&self) -> bool {
        self.ended().is_some()
    }

    /// Whether the user may still have something to do about it.
    pub fn is_open(&self) -> bool {
        !matches!(self, Self::Done { .. } | Self::Failed { .. } | Self::Cancelled { .. })
    }

    /// The word for it, in the journal and on the command line.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sending { .. } => "sending",
            Self::Running { .. } => "running",
            Self::Fetching { .. } => "fetching",
            Self::Stalled { .. } => "stalled",
            Self::Unknown { .. } => "unknown",
            Self::Done { .. } => "done",
            Self::Failed { .. } => "failed",
            Self::Cancelled { .. } => "cancelled",
        }
    }

    /// When the work began, or the request was sent.
    pub fn since(&self) -> Option<Timestamp> {
        match self {
            Self::Sending { since }
            | Self::Running { since }
            | Self::Fetching { since }
            | Self::Stalled { since, .. }
            | Self::Unknown { since, .. }
            | Self::Done { since, .. } => Some(*since),
            Self::Waiting | Self::Failed { .. } | Self::Cancelled { .. } => None,
        }
    }

    /// When it came to rest.
    pub fn ended(&self) -> Option<Timestamp> {
        match self {
            Self::Stalled { at, .. }
            | Self::Unknown { at, .. }
            | Self::Done { at, .. }
            | Self::Failed { at, .. }
            | Self::Cancelled { at } => Some(*at),
            Self::Waiting | Self::Sending { .. } | Self::Running { .. } | Self::Fetching { .. } => {
                None
            }
        }
    }

    /// What went wrong, where something did.
    pub fn failure(&self) -> Option<&Failure> {
        match self {
            Self::Stalled { failure, .. }
            | Self::Unknown { failure, .. }
            | Self::Failed { failure, .. } => Some(failure),
            _ => None,
        }
    }
}

/// One request at one gateway.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Job {
    /// Its number.
    pub id: JobId,
    /// The song it was made from.
    pub song: SongId,
    /// The song's how-manieth request, from 1.
    pub version: u32,
    /// The gateway's name in the catalogue when it was ordered: a profile of the same name may
    /// lead elsewhere by now.
    #[serde(default = "built_in")]
    pub gateway: String,
    /// What was asked for.
    pub request: Request,
    /// When the user asked.
    pub created: Timestamp,
    /// One for each action of the user's, the same on every attempt, where the gateway takes it.
    #[serde(default)]
    pub idempotency_key: Option<String>,
    /// Names the job in a callback's path; nobody else can guess it.
    #[serde(default)]
    pub callback_token: Option<String>,
    /// What the gateway has said about it.
    #[serde(default)]
    pub receipt: Receipt,
    /// Where it stands.
    #[serde(flatten)]
    pub state: JobState,
}

impl Job {
    /// A job that nothing has happened to.
    pub fn new(
        id: JobId,
        song: SongId,
        version: u32,
        gateway: impl Into<String>,
        request: Request,
        created: Timestamp,
    ) -> Self {
        Self {
            id,
            song,
            version,
            gateway: gateway.into(),
            request,
            created,
            idempotency_key: None,
            callback_token: None,
            receipt: Receipt::default(),
            state: JobState::Waiting,
        }
    }
}

/// The gateway of jobs that were ordered when there was only one.
fn built_in() -> String {
    "sketch".to_owned()
}
