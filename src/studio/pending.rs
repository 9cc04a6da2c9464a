//! What waits: for the journal's answer, for safe words, for a second word of the user.

use crate::song::{Draft, JobId, Request, SongId, TakeId};

/// What a journal ticket was for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ticket {
    /// A job that may begin once it is written.
    Intent(JobId),
    /// A job whose request may leave once it is written that it does.
    Sending(JobId),
    /// A job that may be asked about once the gateway's name for it is written.
    Task(JobId),
    /// A job whose takes may be fetched once their addresses are written.
    Tracks(JobId),
    /// A job whose takes are all there once it is written.
    Done(JobId),
    /// The words; [`Saving`] waits for the answer.
    Draft,
    /// Nothing waits for it.
    Other,
}

/// What the user wants once the words on the desk are safe.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Errand {
    /// To leave.
    Leave,
    /// An empty desk.
    New,
    /// Another song, to be read from the journal.
    Open(SongId),
    /// Another song, which was read.
    Put(Box<Draft>),
}

/// What is asked for twice before it is done, because it costs money or words.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Sure {
    /// To send a song in spite of a warning.
    Generate(Box<Request>),
    /// To pay anew for a job.
    Again(JobId),
    /// To drop a line that was typed.
    Drop,
    /// To delete a note about a take, by its place among them.
    Delete(TakeId, usize),
    /// To leave while requests are on their way.
    Leave,
}
