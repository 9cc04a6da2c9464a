//! The player: one deck, the audio device, and the check that a file is audio at all.
//!
//! A take is decoded once, by its own thread, into a tape in memory. The deck is a handful of
//! atomics: what shall sound, from where, how loud. Whatever pulls frames (the device, a silent
//! clock, a test's hand) does so through a renderer, which never reads a file, allocates or waits.
//! One control thread owns the device; it opens it at the first play, closes it when nothing
//! sounds, and then sleeps until the next command.
//!
//! It never draws, never touches the library, and never prints: what there is to say is an
//! [`Event`] or a line in the log.

mod control;
mod deck;
mod decoder;
mod error;
mod loader;
mod message;
mod output;
mod peaks;
mod probe;
mod rack;
mod ramp;
mod render;
mod resample;
mod tape;
#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::song::TakeId;

pub use error::ProbeError;
pub use output::{Crank, OutputKind};
pub use probe::{Probe, probe};

/// Frames a second inside the player; every take is brought to it when it is decoded.
pub const RATE: u32 = 48_000;

/// The longest recording that is accepted. A minute takes 11.5 MB while it is on the deck.
pub const LONGEST: Duration = Duration::from_secs(60 * 60);

/// What the player can be told. None of these waits; what came of it arrives as an [`Event`].
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Puts a take on the deck in place of the one before.
    Open {
        /// Its name, which comes back in every status.
        take: TakeId,
        /// The recording, MP3 or WAV.
        path: PathBuf,
        /// Whether it starts as soon as its first frames are decoded.
        play: bool,
    },
    /// Plays what is paused or stopped, pauses what plays; from the top where it had ended.
    Toggle,
    /// Holds the playhead.
    Pause,
    /// Holds and returns to the top.
    Stop,
    /// Moves the playhead by seconds, back where negative; stays within the take.
    SeekBy(f32),
    /// Moves the playhead to a time from the top; stays within the take.
    SeekTo(Duration),
    /// Percent, 0 to 100, on a third-power curve: equal steps are heard as equal steps.
    Volume(u8),
    /// Takes the take off the deck and frees its memory.
    Close,
}

/// What the deck is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// At the top, or empty.
    Stopped,
    /// Waits for the first decoded frames, or where it shall not play, for all of them.
    Loading,
    /// The playhead moves.
    Playing,
    /// The playhead is held.
    Paused,
    /// Played to the end.
    Ended,
}

/// Where the player stands. While it plays about 25 a second; otherwise one per change.
#[derive(Clone, Debug, PartialEq)]
pub struct Status {
    /// The take on the deck.
    pub take: Option<TakeId>,
    /// What the deck is doing.
    pub state: State,
    /// What is heard now, from the top: frames rendered less the device's latency.
    pub position: Duration,
    /// How long the take is: as its header says until it is decoded, then exactly.
    pub total: Option<Duration>,
    /// The loudest sample since the status before, after the volume, 0.0 to 1.0.
    pub level: f32,
    /// Percent, 0 to 100.
    pub volume: u8,
}

/// What the sound goes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Device {
    /// Nothing has played yet, so none was asked for.
    Unopened,
    /// A device, by the name the system gives it.
    Sound(String),
    /// None: the playhead moves by the clock and nothing is heard. The next play tries again.
    Silent {
        /// What happened, in words for the person who listens.
        why: String,
    },
}

/// What the player has to say.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// Where it stands.
    Status(Status),
    /// The output changed.
    Device(Device),
    /// A take could not be put on the deck, which is empty now.
    Failed {
        /// The take.
        take: TakeId,
        /// What happened and why.
        what: String,
        /// What to do now.
        advice: String,
    },
}

/// How long a dropped player waits for its control thread, which a hung sound server may hold.
const FAREWELL: Duration = Duration::from_millis(80);

/// The handle to the control thread. Dropping it stops the sound, closes the device and ends the
/// threads, within 100 ms.
#[derive(Debug)]
pub struct Player {
    post: Sender<message::Message>,
    gone: Receiver<()>,
    thread: Option<JoinHandle<()>>,
}

impl Player {
    /// Starts the control thread. Nothing is opened before the first play; `events` is called on
    /// the control thread and should only pass on what it gets.
    pub fn spawn(output: OutputKind, events: impl FnMut(Event) + Send + 'static) -> Self {
        let (post, inbox) = mpsc::channel();
        let (going, gone) = mpsc::channel();
        let reply = post.clone();
        let thread = thread::Builder::new().name("player".into()).spawn(move || {
            control::Control::new(output, reply, Box::new(events)).run(&inbox);
            drop(going);
        });
        let thread = thread
            .inspect_err(|error| tracing::error!(%error, "the player's thread did not start"))
            .ok();
        Self { post, gone, thread }
    }

    /// Sends a command and returns at once.
    pub fn send(&self, command: Command) {
        // It fails only where the thread is gone, and then there is nobody to tell.
        let _ = self.post.send(message::Message::Command(command));
    }
}

impl Drop for Player {
    fn drop(&mut self) {
        let _ = self.post.send(message::Message::Quit);
        let hung = matches!(self.gone.recv_timeout(FAREWELL), Err(mpsc::RecvTimeoutError::Timeout));
        if hung {
            tracing::warn!("the audio device does not answer; leaving it behind");
        } else if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Frames at [`RATE`] as time.
fn time_of(frames: u64) -> Duration {
    let rate = u64::from(RATE);
    Duration::new(frames / rate, ((frames % rate) * 1_000_000_000 / rate) as u32)
}

/// Time as frames at [`RATE`], the nearest.
fn frames_in(time: Duration) -> u64 {
    time.as_secs()
        .saturating_mul(u64::from(RATE))
        .saturating_add((f64::from(time.subsec_nanos()) * f64::from(RATE) / 1e9).round() as u64)
}
