//! A take: one finished recording.

use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{JobId, Lufs, Remarks, SongId, TakeId, Timeline};

/// One recording on disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Take {
    /// Its name.
    pub id: TakeId,
    /// The song it belongs to.
    pub song: SongId,
    /// The song's title when it was made.
    pub title: String,
    /// The song's how-manieth request made it, from 1.
    pub version: u32,
    /// The model that made it, such as `sketch-1`.
    pub made_by: String,
    /// When it was on disk.
    pub created: Timestamp,
    /// How long it plays.
    pub duration: Duration,
    /// The recording.
    pub audio: PathBuf,
    /// Its cover, where there is one.
    pub cover: Option<PathBuf>,
    /// How loud each of [`Take::PEAKS`] equal spans is (RMS), 0 to 255.
    pub peaks: Vec<u8>,
    /// How loud it is as a whole; none while nobody has measured it, and for silence.
    #[serde(default)]
    pub loudness: Option<Lufs>,
    /// What is sung when, where its maker told.
    #[serde(default, skip_serializing_if = "Timeline::is_empty")]
    pub timeline: Timeline,
    /// What the listener thinks of it.
    #[serde(default, skip_serializing_if = "Remarks::is_empty")]
    pub remarks: Remarks,
}

impl Take {
    /// How many spans the waveform overview has.
    pub const PEAKS: usize = 200;

    /// The job that made it.
    pub fn job(&self) -> JobId {
        self.id.job
    }
}
