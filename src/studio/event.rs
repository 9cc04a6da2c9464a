//! What happens to the studio, and what the studio wants done.

use super::{Action, Field, Now, Pane, Tone, Wish};
use crate::gateway::{Balance, Created, Polled};
use crate::library::{Record, Reply};
use crate::player;
use crate::song::{Exchange, Failure, Job, JobId, Label, SongId, Take};

/// Something happened.
#[derive(Debug)]
pub enum Event {
    /// A key, a palette row or a click asked for an action.
    Act(Action),
    /// A character was typed.
    Type(char),
    /// A key without a meaning here, as people read it.
    Unknown(String),
    /// A text was pasted.
    Paste(String),
    /// The pointer was pressed.
    Click {
        /// On what.
        spot: Spot,
        /// Whether it was dragged there.
        drag: bool,
    },
    /// The wheel was turned, down if positive.
    Wheel {
        /// Over which pane; `None` is a window on top.
        over: Option<Pane>,
        /// By how many rows.
        rows: isize,
    },
    /// The screen has new room.
    Sized(Sizes),
    /// A moment that [`super::Model::next_wake`] asked for has come.
    Tick,
    /// The journal answers.
    Journal(Reply),
    /// A job has news.
    Job(JobId, JobNews),
    /// Something was asked and answered about a job.
    Exchange(JobId, Box<Exchange>),
    /// A gateway called back about the job with this token. Anybody could have: it is only a
    /// reason to ask now.
    Hint(String),
    /// What is left on the account of a profile.
    Balance(String, Result<Balance, Failure>),
    /// The player has news.
    Player(player::Event),
    /// The system's own controls wish something.
    Media(Wish),
    /// The system wants the program to end: save and go.
    Terminate,
    /// Something outside is worth a line; for trouble what, why and what to do.
    Told(Tone, String),
}

/// What a job tells: the first four come from the built-in engine, the others from gateways.
#[derive(Clone, Debug, PartialEq)]
pub enum JobNews {
    /// How much is done, 0.0 to 1.0, as measured by who does it.
    Progress(f32),
    /// All takes are on disk.
    Done(Vec<Take>),
    /// It ended without takes.
    Failed(Failure),
    /// It stopped because it was asked to.
    Cancelled,
    /// What the gateway said to the request.
    Created(Box<Created>),
    /// What the gateway says about the task.
    Polled(Box<Polled>),
    /// A take is on its way and can be played as it arrives, under its own name.
    Arriving(Label),
    /// A take is on disk.
    Fetched(Box<Take>),
    /// All takes are on disk, or why some are not.
    FetchEnded(Result<(), Failure>),
}

/// Where the pointer is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Spot {
    /// In the words: row and cell from the text's top left on screen.
    Words {
        /// Row on screen.
        row: usize,
        /// Cell on screen.
        cell: usize,
    },
    /// On a row of the Song pane.
    Field(Field),
    /// On a row of the queue, counted from the first on screen.
    Queue(usize),
    /// On a row of the takes, counted from the first on screen.
    Takes(usize),
    /// Elsewhere in a pane, or on its tab.
    Pane(Pane),
    /// On the waveform of the player bar: 0.0 at its start, 1.0 at its end.
    Playhead(f32),
    /// On a row of the window on top.
    Overlay(usize),
    /// Beside the window on top.
    Outside,
}

/// How much room the parts of the screen have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sizes {
    /// Cells and rows for the words.
    pub words: (usize, usize),
    /// Rows of the queue.
    pub queue: usize,
    /// Rows of the takes.
    pub takes: usize,
    /// Cells and rows in the frame of a window on top.
    pub overlay: (usize, usize),
}

/// Something to be done outside.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Write to the journal and answer with the ticket.
    Record {
        /// Comes back with the answer.
        ticket: u64,
        /// What to write.
        record: Box<Record>,
    },
    /// Read a song from the journal.
    Load(SongId),
    /// Read a job's story from the journal.
    LoadStory(JobId),
    /// Compose a journalled job on this machine.
    Start(Box<Job>),
    /// Send the request of a job that is journalled as being sent. The one that costs.
    Create(Box<Job>),
    /// Ask a gateway how far a task is.
    Poll {
        /// The job.
        id: JobId,
        /// The way to its gateway.
        profile: String,
        /// The gateway's name for it.
        task: String,
    },
    /// Fetch the takes of a job that are not there yet.
    Fetch {
        /// The job, with the addresses in its receipt.
        job: Box<Job>,
        /// Its takes that are on disk.
        kept: Vec<Take>,
    },
    /// Delete what is left of fetching a job whose takes are all in the journal.
    Sweep(JobId),
    /// Ask what is left on the account of a profile.
    Balance(String),
    /// Stop the work on a job.
    Cancel(JobId),
    /// Tell the player.
    Player(player::Command),
    /// Show what plays on the system's own controls; none where nothing is in the player.
    Media(Option<Box<Now>>),
    /// Put a text into the system's clipboard.
    Copy(String),
    /// Write the words to a file beside the journal, because the journal cannot.
    Rescue(String),
    /// Write a job's story to a file beside the journal, for a claim at its gateway.
    WriteStory {
        /// The job.
        job: JobId,
        /// What to write.
        text: String,
    },
    /// Leave.
    Quit,
}
