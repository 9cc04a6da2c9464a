//! One studio at a time on one library.
//!
//! The lock is the operating system's on an open file, so a crash gives it back. The file itself
//! stays; the number in it only serves the message. It is never taken as a sign of life.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::path::Path;

use super::OpenError;

/// Held for as long as this value lives.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of a data directory without waiting for it.
    pub(super) fn take(dir: &Path) -> Result<Self, OpenError> {
        let path = dir.join("library.lock");
        let fault =
            |error: std::io::Error| OpenError::Fault { path: path.clone(), fault: error.into() };
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(fault)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(OpenError::InUse { dir: dir.to_owned(), pid: holder(&file) });
            }
            Err(TryLockError::Error(error)) => return Err(fault(error)),
        }
        file.set_len(0).map_err(fault)?;
        writeln!(file, "{}", std::process::id()).map_err(fault)?;
        Ok(Self { _file: file })
    }
}

/// The process that wrote its number into the lock, if it came so far.
fn holder(file: &File) -> Option<u32> {
    let mut text = String::new();
    file.take(16).read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}
