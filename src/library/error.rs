//! What can go wrong with a library, each as one sentence for the user and one piece of advice.

use std::path::PathBuf;

use super::Fault;

/// Why a library was not opened. Whatever is there has been left as it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Another studio has it.
    #[error("the library in {} is already open in another Refrain{}", .dir.display(), process(*.pid))]
    InUse {
        /// The data directory.
        dir: PathBuf,
        /// The process that has it, where it said so.
        pid: Option<u32>,
    },
    /// A newer Refrain wrote it.
    #[error(
        "the library {} is of version {found}, and this Refrain knows only up to version {known}",
        .path.display()
    )]
    Newer {
        /// The database.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// The newest version that this program can read.
        known: i64,
    },
    /// An older Refrain wrote it, and it is only looked at.
    #[error(
        "the library {} is of version {found}, and this Refrain reads version {known}",
        .path.display()
    )]
    Older {
        /// The database.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// The version that this program reads.
        known: i64,
    },
    /// A file that Refrain did not make has the library's name.
    #[error("{} is not a Refrain library: {why}", .path.display())]
    NotALibrary {
        /// The file.
        path: PathBuf,
        /// What it is instead.
        why: String,
    },
    /// The disk or the database said no.
    #[error("the library {} cannot be opened: {fault}", .path.display())]
    Fault {
        /// The file or folder that was tried.
        path: PathBuf,
        /// Why.
        fault: Fault,
    },
}

impl OpenError {
    /// What to do now.
    pub fn advice(&self) -> &'static str {
        match self {
            Self::InUse { .. } => {
                "Close the other one, or start with --data-dir and another folder."
            }
            Self::Newer { .. } => {
                "Update Refrain, or start with --data-dir and another folder; the library was not \
                 changed."
            }
            Self::Older { .. } => {
                "Open the studio once, which brings it up to date; this looked and changed nothing."
            }
            Self::NotALibrary { .. } => {
                "Move that file away, or start with --data-dir and another folder; the file was \
                 not changed."
            }
            Self::Fault { fault, .. } => fault.advice(),
        }
    }
}

/// Why something was not saved. What was saved before is still there, and later writes may work.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what} could not be saved: {fault}")]
pub struct WriteError {
    /// What: "the draft of song 3".
    pub what: String,
    /// Why.
    pub fault: Fault,
}

impl WriteError {
    /// What to do now.
    pub fn advice(&self) -> &'static str {
        self.fault.advice()
    }
}

/// Why something in the library cannot be shown. It is left as it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what} could not be read: {fault}")]
pub struct LoadError {
    /// What: "job 12".
    pub what: String,
    /// Why.
    pub fault: Fault,
}

impl LoadError {
    /// What to do now.
    pub fn advice(&self) -> &'static str {
        self.fault.advice()
    }
}

fn process(pid: Option<u32>) -> String {
    pid.map(|pid| format!(" (process {pid})")).unwrap_or_default()
}
