//! The library: one SQLite file, open in one process.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::lock::Lock;
use super::{Contents, Fault, LoadError, OpenError, Record, WriteError};
use super::{disk, read, schema, write};
use crate::song::{Draft, Exchange, JobId, SongId};

/// The journal and index of everything made with Refrain. Every call may wait for the disk: a
/// studio talks to it through a [`super::Journal`].
#[derive(Debug)]
pub struct Library {
    // Dropped in this order: the file is closed before another studio may open it.
    pub(super) db: Connection,
    dir: PathBuf,
    _lock: Option<Lock>,
}

impl Library {
    /// Opens the library in a data directory, or starts one, and reads what is there.
    ///
    /// The directory is made if it is missing. When this returns, the library has been written to:
    /// a full or read-only disk is known before the first word is typed.
    ///
    /// # Errors
    /// If another process has it, if it is from a newer version, not a library or damaged, or if
    /// the disk says no. What is there is then left as it was.
    pub fn open(dir: &Path) -> Result<(Self, Contents), OpenError> {
        let fault = |path: &Path, fault: Fault| OpenError::Fault { path: path.to_owned(), fault };
        let dir = std::path::absolute(dir).map_err(|error| fault(dir, error.into()))?;
        disk::make_dir(&dir).map_err(|error| fault(&dir, error.into()))?;
        let lock = Lock::take(&dir)?;
        let path = dir.join("library.db");
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = Connection::open_with_flags(&path, flags)
            .map_err(|error| schema::refuse(error, &path))?;
        Self::prepare(db, &path, dir, Some(lock))
    }

    /// A library that is forgotten when it is dropped. Paths of takes are kept as they are given.
    ///
    /// # Errors
    /// If there is no memory for it.
    pub fn in_memory() -> Result<(Self, Contents), OpenError> {
        let path = Path::new(":memory:");
        let db = Connection::open_in_memory().map_err(|error| schema::refuse(error, path))?;
        Self::prepare(db, path, PathBuf::new(), None)
    }

    pub(super) fn prepare(
        mut db: Connection,
        path: &Path,
        dir: PathBuf,
        lock: Option<Lock>,
    ) -> Result<(Self, Contents), OpenError> {
        schema::prepare(&mut db, path)?;
        let contents = read::contents(&db, &dir)
            .map_err(|fault| OpenError::Fault { path: path.to_owned(), fault })?;
        // Only now: a damaged file is not written to.
        schema::prove_writable(&db, path)?;
        Ok((Self { db, dir, _lock: lock }, contents))
    }

    /// The data directory, absolute; empty for a library in memory.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Remembers one thing: all of it, and on the disk when this returns.
    ///
    /// # Errors
    /// If the disk or the database says no. Nothing of the record is then kept, everything before
    /// it is, and a later write may work again.
    pub fn write(&mut self, record: &Record) -> Result<(), WriteError> {
        self.transact(record).map_err(|fault| WriteError { what: record.what(), fault })
    }

    fn transact(&mut self, record: &Record) -> Result<(), Fault> {
        let change = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        write::record(&change, &self.dir, record)?;
        Ok(change.commit()?)
    }

    /// What was asked and answered about a job, the oldest first.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn story(&self, job: JobId) -> Result<Vec<Exchange>, LoadError> {
        read::story(&self.db, job)
            .map_err(|fault| LoadError { what: format!("the story of job {job}"), fault })
    }

    /// The draft of a song, if it was ever saved.
    ///
    /// # Errors
    /// If the database cannot be read, or the draft in it cannot be understood.
    pub fn draft(&self, song: SongId) -> Result<Option<Draft>, LoadError> {
        read::draft(&self.db, song)
            .map_err(|fault| LoadError { what: format!("the draft of song {song}"), fault })
    }
}
