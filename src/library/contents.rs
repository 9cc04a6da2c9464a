//! What a library gives back when it is opened.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{LoadError, Settings};
use crate::song::{Draft, Job, JobId, Remarks, SongId, Take, TakeId};

/// What was there when the library was opened.
#[derive(Clone, Debug, PartialEq)]
pub struct Contents {
    /// The song last on the desk; a new song 1 in a new library.
    pub draft: Draft,
    /// Every song, the one changed last first.
    pub songs: Vec<SongEntry>,
    /// Every job, the newest last.
    pub jobs: Vec<Job>,
    /// Every take, by job and then by letter.
    pub takes: Vec<Take>,
    /// What was thought of takes that are not among them; they may still come.
    pub remarks: BTreeMap<TakeId, Remarks>,
    /// Small things such as the volume.
    pub settings: Settings,
    /// The number for the next new song: above the one on the desk, every saved one (readable or
    /// not), and every song folder.
    pub next_song: SongId,
    /// The number for the next job. Counts jobs that could not be read.
    pub next_job: JobId,
    /// What is in the library but could not be understood. It stays there, untouched.
    pub unreadable: Vec<LoadError>,
}

/// A song in the list of songs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SongEntry {
    /// Its number.
    pub id: SongId,
    /// Its title, or the words that stand for it.
    pub name: String,
    /// When its draft was last saved.
    pub changed: Timestamp,
}
