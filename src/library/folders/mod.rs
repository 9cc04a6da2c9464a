//! The song folders: every recording as a plain file, beside the words it was made from.
//!
//! `songs/0007 Paper Cups/v2 job 12/` has `Paper Cups A.mp3`, its cover, `lyrics.txt` and
//! `song.json`. A file has its own name only when it is whole and on the disk; until then it is a
//! `.part`. A whole file is never replaced by a different one.

mod naming;
mod sheet;
mod stage;

use std::path::{Path, PathBuf};
use std::{fs, io};

use super::{Fault, disk};
use crate::song::{Job, JobId, Label};

pub(super) use naming::highest;
pub use stage::{Staged, stage};

/// The folder of [`arrivals`], and what those in it begin with.
const INCOMING: &str = "incoming";
const JOB: &str = "job ";

/// The files of one take on their way to the library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incoming {
    /// Which take.
    pub label: Label,
    /// The recording as it was received.
    pub audio: Content,
    /// The recording's file name extension, without the dot.
    pub audio_ext: &'static str,
    /// The cover and its file name extension, where there is one.
    pub cover: Option<(Content, &'static str)>,
}

/// What will be in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Bytes in memory.
    Bytes(Vec<u8>),
    /// The bytes of another file of this machine, which stays where it is.
    File(PathBuf),
}

impl From<Vec<u8>> for Content {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes)
    }
}

/// Where the files of a job arrive before they are takes: a folder of the job's own, beside the
/// songs on the same disk. What is in it can be fetched again.
pub fn arrivals(dir: &Path, job: JobId) -> PathBuf {
    dir.join(INCOMING).join(format!("{JOB}{job}"))
}

/// Makes the folder that [`arrivals`] names, for this user alone.
///
/// # Errors
/// If the disk says no.
pub fn arrive(dir: &Path, job: JobId) -> io::Result<PathBuf> {
    let folder = arrivals(dir, job);
    disk::make_dir(&folder)?;
    Ok(folder)
}

/// Takes away what arrived for jobs that nobody fetches any more: a program that was killed had
/// no time to. What cannot be taken away stays; it is in nobody's way.
pub fn tidy(dir: &Path, is_fetched: impl Fn(JobId) -> bool) {
    let Ok(entries) = fs::read_dir(dir.join(INCOMING)) else { return };
    for entry in entries.filter_map(Result::ok) {
        let name = entry.file_name();
        let job = name.to_str().and_then(|name| name.strip_prefix(JOB)?.parse().ok()).map(JobId);
        if job.is_some_and(|job| !is_fetched(job)) {
            // See above.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Where the files of a take are. Paths are absolute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredTake {
    /// Which take.
    pub label: Label,
    /// The recording.
    pub audio: PathBuf,
    /// The cover, where there is one.
    pub cover: Option<PathBuf>,
}

/// Why the takes of a job could not be kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the takes of job {job} could not be kept in {}: {fault}", .path.display())]
pub struct StoreError {
    /// The job.
    pub job: JobId,
    /// The file or folder that was tried.
    pub path: PathBuf,
    /// Why.
    pub fault: Fault,
}

impl StoreError {
    /// What to do now.
    pub fn advice(&self) -> &'static str {
        self.fault.advice()
    }
}

/// Keeps the takes of a job in the song's folder under a data directory: [`stage`] and
/// [`Staged::publish`] in one step.
///
/// # Errors
/// If the disk says no. Files that got their names before that stay; no `.part` does.
pub fn store(dir: &Path, job: &Job, takes: &[Incoming]) -> Result<Vec<StoredTake>, StoreError> {
    stage(dir, job, takes)?.publish()
}
