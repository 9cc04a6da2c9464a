//! What can be remembered.

use jiff::Timestamp;

use super::Settings;
use crate::song::{Draft, Job, SongId, Take};

/// Something to be remembered. Each is one transaction: all of it is kept, or nothing.
#[derive(Clone, Debug, PartialEq)]
pub enum Record {
    /// The words and parameters of a song as they stand.
    Draft {
        /// The draft; it replaces the one before.
        draft: Draft,
        /// When it was typed.
        at: Timestamp,
    },
    /// A job in its present state. Journal it **before** its request leaves.
    Job(Job),
    /// A job's recordings, together with its new state, so that no job is done without its takes.
    Takes {
        /// The job in its new state.
        job: Job,
        /// Its takes. A path inside the data directory is kept relative to it.
        takes: Vec<Take>,
    },
    /// Which song is on the desk.
    OnDesk(SongId),
    /// Small things such as the volume.
    Settings(Settings),
}

impl Record {
    /// What a message calls it: "the draft of song 3".
    pub(super) fn what(&self) -> String {
        match self {
            Self::Draft { draft, .. } => format!("the draft of song {}", draft.song),
            Self::Job(job) => format!("job {}", job.id),
            Self::Takes { job, .. } => format!("the takes of job {}", job.id),
            Self::OnDesk(song) => format!("the change to song {song}"),
            Self::Settings(_) => "the settings".into(),
        }
    }
}
