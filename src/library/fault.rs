//! Why the disk or the database said no, in the classes that need different advice.

use std::io;

use rusqlite::{ErrorCode, ffi};

/// What stood in the way. Its text completes "... could not be saved: ".
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// No space left, or no quota.
    #[error("the disk is full")]
    Full,
    /// The file system or the database takes no writes.
    #[error("the place is read-only")]
    ReadOnly,
    /// The permissions say no.
    #[error("this user may not write there")]
    Denied,
    /// A file of the same name stands in the way.
    #[error("a file stands where a folder is needed")]
    NotAFolder,
    /// Another program has locked the database.
    #[error("another program is holding the library file")]
    Busy,
    /// The database contradicts itself; the words are SQLite's.
    #[error("the library file is damaged ({0})")]
    Damaged(String),
    /// It is there but not in a form that this version knows.
    #[error("it is not written in a way this version understands ({0})")]
    Unknown(String),
    /// Anything else, in the words of the system.
    #[error("{0}")]
    Other(String),
}

impl Fault {
    /// What to do now.
    pub fn advice(&self) -> &'static str {
        match self {
            Self::Full => "Free some space on that disk; nothing that was saved before is lost.",
            Self::ReadOnly | Self::Denied => {
                "Make the data directory writable, or start with --data-dir and a folder that is."
            }
            Self::NotAFolder | Self::Other(_) => {
                "Check the data directory, or start with --data-dir and another folder."
            }
            Self::Busy => "Close the program that has library.db open, then try again.",
            Self::Damaged(_) => {
                "Nothing was changed. Put back a copy of library.db, or move it away to start \
                 afresh; the recordings and lyrics are in the folder songs."
            }
            Self::Unknown(_) => "It was left as it is; a newer Refrain may be able to read it.",
        }
    }
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            io::ErrorKind::PermissionDenied => Self::Denied,
            io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => Self::NotAFolder,
            _ => Self::Other(error.to_string()),
        }
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        let Some(code) = error.sqlite_error() else {
            return match error {
                rusqlite::Error::FromSqlConversionFailure(..)
                | rusqlite::Error::InvalidColumnType(..)
                | rusqlite::Error::IntegralValueOutOfRange(..) => Self::Unknown(error.to_string()),
                other => Self::Other(other.to_string()),
            };
        };
        match code.code {
            // The shared memory beside the database is a file too; it grows before it is used.
            _ if code.extended_code == ffi::SQLITE_IOERR_SHMSIZE => Self::Full,
            ErrorCode::DiskFull => Self::Full,
            ErrorCode::ReadOnly => Self::ReadOnly,
            ErrorCode::PermissionDenied => Self::Denied,
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Busy,
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => {
                Self::Damaged(error.to_string())
            }
            _ => Self::Other(error.to_string()),
        }
    }
}

impl From<serde_json::Error> for Fault {
    fn from(error: serde_json::Error) -> Self {
        Self::Unknown(error.to_string())
    }
}
