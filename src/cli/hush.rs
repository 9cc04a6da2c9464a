//! Libraries that open sound devices write to standard error as they please. Meanwhile it goes to
//! the log.

use std::fs::File;
use std::io;

/// Standard error goes to the log until this is dropped; what is ours to say goes through it.
pub(super) struct Hush(File);

impl Hush {
    /// Where there is no log, nothing changes.
    pub(super) fn new(log: Option<&File>) -> io::Result<Self> {
        let own = Self(File::from(rustix::io::dup(io::stderr())?));
        if let Some(log) = log {
            rustix::stdio::dup2_stderr(log)?;
        }
        Ok(own)
    }
}

impl io::Write for Hush {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl Drop for Hush {
    fn drop(&mut self) {
        // Where it is gone, there is nobody to tell.
        let _ = rustix::stdio::dup2_stderr(&self.0);
    }
}
