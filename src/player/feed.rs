//! Recordings on their way: what somebody writes to a file while the player reads it.

use std::collections::HashMap;
use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::tape::Tape;
use crate::song::TakeId;

/// The recordings that arrive now, by take. Clones are the same.
#[derive(Clone, Debug, Default)]
pub struct Feeds {
    open: Arc<Mutex<HashMap<TakeId, Feed>>>,
}

impl Feeds {
    /// Announces a recording that arrives in a file, which need not be there yet. One that was
    /// announced under this name before is given up.
    pub fn announce(&self, take: TakeId, path: &Path) -> Feed {
        let feed = Feed::new(path);
        if let Some(before) = self.lock().insert(take, feed.clone()) {
            before.break_off("it is fetched anew");
        }
        feed
    }

    /// Forgets a recording; who reads it already goes on.
    pub fn forget(&self, take: TakeId) {
        self.lock().remove(&take);
    }

    /// The recording that arrives under this name.
    pub(super) fn get(&self, take: TakeId) -> Option<Feed> {
        self.lock().get(&take).cloned()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<TakeId, Feed>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One recording on its way. Clones are the same; who fetches it tells, who plays it hears.
#[derive(Clone)]
pub struct Feed {
    shared: Arc<Shared>,
}

struct Shared {
    path: PathBuf,
    stand: Mutex<Stand>,
    changed: Condvar,
}

#[derive(Clone, Debug, Default)]
struct Stand {
    /// Bytes that are in the file.
    bytes: u64,
    /// How often it began anew with other bytes.
    edition: u32,
    end: Option<Result<(), String>>,
}

/// How it ended for a reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// It has other bytes now than this reader began with.
    Anew,
    /// No more will come, and that is why.
    Broken(String),
}

impl Feed {
    fn new(path: &Path) -> Self {
        let (stand, changed) = (Mutex::default(), Condvar::new());
        Self { shared: Arc::new(Shared { path: path.to_owned(), stand, changed }) }
    }

    /// So many bytes are in the file now.
    pub fn grow(&self, bytes: u64) {
        self.change(|stand| stand.bytes = bytes);
    }

    /// The file begins anew: it has other bytes than were there before.
    pub fn begin_anew(&self) {
        self.change(|stand| {
            *stand = Stand { edition: stand.edition + 1, ..Stand::default() };
        });
    }

    /// All of it is there.
    pub fn finish(&self) {
        self.change(|stand| stand.end = Some(Ok(())));
    }

    /// No more will come, and that is why.
    pub fn break_off(&self, why: &str) {
        self.change(|stand| stand.end = stand.end.take().or(Some(Err(why.to_owned()))));
    }

    /// Has all readers look whether they are still wanted.
    pub(super) fn nudge(&self) {
        // Who is just about to wait holds the lock until it does, and would miss this.
        drop(self.lock());
        self.shared.changed.notify_all();
    }

    /// Which edition of its bytes is arriving.
    pub(super) fn edition(&self) -> u32 {
        self.lock().edition
    }

    /// Why a reader of that edition got no further; none where it was not the feed's fault.
    pub(super) fn ending(&self, edition: u32) -> Option<Ending> {
        let stand = self.lock();
        match &stand.end {
            _ if stand.edition != edition => Some(Ending::Anew),
            Some(Err(why)) => Some(Ending::Broken(why.clone())),
            _ => None,
        }
    }

    fn change(&self, how: impl FnOnce(&mut Stand)) {
        how(&mut self.lock());
        self.nudge();
    }

    fn lock(&self) -> MutexGuard<'_, Stand> {
        self.shared.stand.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Feed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Feed").field(&self.shared.path).finish()
    }
}

/// Reads a recording as it arrives: waits where there is nothing yet, for as long as the tape that
/// it is for is wanted.
pub(super) struct FeedReader {
    feed: Feed,
    tape: Arc<Tape>,
    edition: u32,
    file: Option<File>,
    at: u64,
}

impl FeedReader {
    /// From the first byte.
    pub(super) fn new(feed: Feed, tape: Arc<Tape>) -> Self {
        let edition = feed.lock().edition;
        Self { feed, tape, edition, file: None, at: 0 }
    }

    /// Waits for bytes; how many of them can be read now, 0 at the end.
    fn wait(&self) -> io::Result<u64> {
        let mut stand = self.feed.lock();
        loop {
            if self.tape.is_unwanted() || stand.edition != self.edition {
                return Err(io::Error::other("nobody wants these bytes any more"));
            }
            match &stand.end {
                _ if stand.bytes > self.at => return Ok(stand.bytes - self.at),
                Some(Ok(())) => return Ok(0),
                Some(Err(why)) => return Err(io::Error::other(why.clone())),
                None => {}
            }
            stand = self.feed.shared.changed.wait(stand).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Read for FeedReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let there = self.wait()?;
        if there == 0 || buffer.is_empty() {
            return Ok(0);
        }
        let file = match &mut self.file {
            Some(file) => file,
            None => self.file.insert(File::open(&self.feed.shared.path)?),
        };
        let most = buffer.len().min(usize::try_from(there).unwrap_or(usize::MAX));
        let read = file.read(&mut buffer[..most])?;
        if read == 0 {
            return Err(io::Error::other("the file that it arrives in was cut short"));
        }
        self.at += read as u64;
        Ok(read)
    }
}
