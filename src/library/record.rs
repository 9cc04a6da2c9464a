//! What can be remembered.

use jiff::Timestamp;

use super::Settings;
use crate::song::{Draft, Exchange, Job, JobId, Remarks, SongId, Take, TakeId};

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
    /// A word of a job's story. One that says the same as the last is counted there.
    Exchange {
        /// The job.
        job: JobId,
        /// What was asked and answered, without a key.
        exchange: Exchange,
    },
    /// What was measured about a take that is there already.
    Take(Take),
    /// What the listener thinks of a take; it replaces what was thought before.
    Remarks {
        /// The take.
        take: TakeId,
        /// All of it.
        remarks: Remarks,
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
            Self::Exchange { job, .. } => format!("the story of job {job}"),
            Self::Take(take) => format!("take {}", take.id),
            Self::Remarks { take, .. } => format!("what you think of take {take}"),
            Self::OnDesk(song) => format!("the change to song {song}"),
            Self::Settings(_) => "the settings".into(),
        }
    }
}
