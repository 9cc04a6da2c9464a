//! A library that is only looked at, while a studio may have it open.
//!
//! The lock of a studio is not taken and the library is not changed, not even to bring it up to date.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use super::{Contents, Fault, LoadError, OpenError, read, schema};
use crate::song::{Exchange, JobId};

/// What a library held at one moment.
#[derive(Debug)]
pub struct Glance {
    db: Connection,
    contents: Contents,
}

impl Glance {
    /// Looks into the library of a data directory; none where no library was ever begun.
    ///
    /// # Errors
    /// If it is from another version, not a library or damaged, or if the disk says no.
    pub fn at(dir: &Path) -> Result<Option<Self>, OpenError> {
        let fault = |path: PathBuf, fault: Fault| OpenError::Fault { path, fault };
        let dir = std::path::absolute(dir).map_err(|error| fault(dir.into(), error.into()))?;
        let path = dir.join("library.db");
        if !path.try_exists().map_err(|error| fault(path.clone(), error.into()))? {
            return Ok(None);
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = Connection::open_with_flags(&path, flags)
            .map_err(|error| schema::refuse(error, &path))?;
        if !schema::look(&db, &path)? {
            return Ok(None);
        }
        let contents = read::contents(&db, &dir).map_err(|why| fault(path, why))?;
        Ok(Some(Self { db, contents }))
    }

    /// Everything but the stories.
    pub fn contents(&self) -> &Contents {
        &self.contents
    }

    /// What was asked and answered about a job, the oldest first, at the same moment.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn story(&self, job: JobId) -> Result<Vec<Exchange>, LoadError> {
        read::story(&self.db, job)
            .map_err(|fault| LoadError { what: format!("the story of job {job}"), fault })
    }
}
