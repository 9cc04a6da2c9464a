//! The thread that owns the library, so that the screen never waits for the disk.
//!
//! It sleeps on its channel and wakes for nothing else. It keeps the order of what it is sent;
//! only drafts that follow each other on the same song are folded into the last of them. A write
//! that fails is reported and does not stop the next.

use std::collections::VecDeque;
use std::io;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};

use super::{Library, LoadError, Record, WriteError};
use crate::song::{Draft, Exchange, JobId, SongId};

/// What the journal says back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// A record is on the disk, or why it is not.
    Written {
        /// The number that was given with the record.
        ticket: u64,
        /// Whether it is on the disk.
        result: Result<(), WriteError>,
    },
    /// A song that was asked for.
    Loaded {
        /// The song.
        song: SongId,
        /// Its draft, if it was ever saved.
        result: Result<Option<Draft>, LoadError>,
    },
    /// A job's story that was asked for.
    Story {
        /// The job.
        job: JobId,
        /// What was asked and answered, the oldest first.
        result: Result<Vec<Exchange>, LoadError>,
    },
}

/// A library on its own thread. Dropping it waits until everything sent is written.
#[derive(Debug)]
pub struct Journal {
    messages: Option<Sender<Message>>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug)]
enum Message {
    Record(u64, Box<Record>),
    Load(SongId),
    Story(JobId),
    Flush(Sender<()>),
}

impl Journal {
    /// Gives a library a thread. `done` is called there, once for each record and each load.
    ///
    /// # Errors
    /// If the system has no thread to give.
    pub fn spawn(library: Library, done: impl FnMut(Reply) + Send + 'static) -> io::Result<Self> {
        let (messages, inbox) = mpsc::channel();
        let thread = thread::Builder::new()
            .name("journal".into())
            .spawn(move || run(library, &inbox, done))?;
        Ok(Self { messages: Some(messages), thread: Some(thread) })
    }

    /// Sends something to be remembered. The reply has the same ticket.
    pub fn record(&self, ticket: u64, record: Record) {
        self.send(Message::Record(ticket, Box::new(record)));
    }

    /// Asks for a song's draft, as it is after everything sent before.
    pub fn load(&self, song: SongId) {
        self.send(Message::Load(song));
    }

    /// Asks for a job's story, as it is after everything sent before.
    pub fn story(&self, job: JobId) {
        self.send(Message::Story(job));
    }

    /// Waits until everything sent so far is written and replied to.
    pub fn flush(&self) {
        let (written, wait) = mpsc::channel();
        self.send(Message::Flush(written));
        // An error means that the thread is gone: there is nothing to wait for.
        wait.recv().ok();
    }

    fn send(&self, message: Message) {
        let sent = self.messages.as_ref().is_some_and(|messages| messages.send(message).is_ok());
        if !sent {
            tracing::error!("the journal has stopped; something was not saved");
        }
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        self.messages = None;
        let ended = self.thread.take().map(JoinHandle::join);
        if matches!(ended, Some(Err(_))) {
            tracing::error!("the journal ended in a panic");
        }
    }
}

fn run(mut library: Library, inbox: &Receiver<Message>, mut done: impl FnMut(Reply)) {
    let mut queue = VecDeque::new();
    let mut folded = Vec::new();
    while let Ok(message) = inbox.recv() {
        queue.push_back(message);
        queue.extend(inbox.try_iter());
        while let Some(message) = queue.pop_front() {
            match message {
                Message::Record(ticket, record) => {
                    folded.push(ticket);
                    if queue.front().is_some_and(|next| replaces(next, &record)) {
                        continue;
                    }
                    let result = library.write(&record);
                    for ticket in folded.drain(..) {
                        done(Reply::Written { ticket, result: result.clone() });
                    }
                }
                Message::Load(song) => {
                    done(Reply::Loaded { song, result: library.draft(song) });
                }
                Message::Story(job) => done(Reply::Story { job, result: library.story(job) }),
                // Whoever asked may have gone; then nobody waits.
                Message::Flush(written) => drop(written.send(())),
            }
            // A disk is slow and fingers are not: what came meanwhile may be folded.
            queue.extend(inbox.try_iter());
        }
    }
}

/// Whether writing `next` makes writing `record` before it pointless.
fn replaces(next: &Message, record: &Record) -> bool {
    let Message::Record(_, next) = next else { return false };
    match (&**next, record) {
        (Record::Draft { draft: next, .. }, Record::Draft { draft, .. }) => next.song == draft.song,
        _ => false,
    }
}
