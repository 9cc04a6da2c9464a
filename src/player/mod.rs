//! The player: two takes on one playhead, the audio device, and the check that a file is audio at all.
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
mod feed;
mod flow;
mod intake;
mod loader;
mod loading;
mod loudness;
mod message;
mod output;
mod padding;
mod pair;
mod peaks;
mod picture;
mod probe;
mod rack;
mod ramp;
mod render;
mod resample;
mod spectrum;
mod status;
mod survey;
mod tape;
#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::song::{Lufs, TakeId};

pub use error::ProbeError;
pub use feed::{Feed, Feeds};
pub use output::{Crank, OutputKind};
pub use probe::{Probe, probe};
pub use spectrum::Analyser;

/// Left and right, -1.0 to 1.0.
type Frame = [f32; 2];

/// Frames a second inside the player; every take is brought to it when it is decoded.
pub const RATE: u32 = 48_000;

/// The longest recording that is accepted. A minute takes 11.5 MB while it is on the deck.
pub const LONGEST: Duration = Duration::from_secs(60 * 60);

/// A recording and what is known of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Recording {
    /// Its name, which comes back in every status.
    pub take: TakeId,
    /// Where its bytes are.
    pub source: Source,
    /// How loud it is, where somebody has measured it already.
    pub loudness: Option<Lufs>,
}

/// Where the bytes of a recording are.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// In a whole file: MP3, WAV, FLAC, Ogg Vorbis or AAC.
    File(PathBuf),
    /// On their way, announced under the take's name in the [`Feeds`] of this player.
    Arriving,
}

/// What the player can be told. None of these waits; what came of it arrives as an [`Event`].
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Puts a take on the deck in place of what was there, the playhead at its top.
    Open {
        /// The one that is heard.
        take: Recording,
        /// The other of its pair, for [`Command::Switch`]. One that is on the deck already, under
        /// the same name, is not decoded again.
        rival: Option<Recording>,
        /// Whether it starts as soon as its first frames are decoded.
        play: bool,
    },
    /// The other of the pair is heard from now on, at the same place. Where the other is over by
    /// then, nothing changes.
    Switch,
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
    /// Plays this stretch again and again; none plays on. Ends within the take, and is let go
    /// when another pair is put on the deck.
    Loop(Option<Stretch>),
    /// Percent, 0 to 100, on a third-power curve: equal steps are heard as equal steps.
    Volume(u8),
    /// Silence, whatever the volume is, or not.
    Mute(bool),
    /// Whether the louder of a pair is turned down to the other's loudness. It is at the start.
    Match(bool),
    /// Whether the statuses carry a picture of the sound, 30 a second. They do not at the start.
    Spectrum(bool),
    /// Plays on another output from now on; what plays goes on there.
    Output(OutputKind),
    /// Asks for [`Event::Outputs`].
    ListOutputs,
    /// Takes the take off the deck and frees its memory.
    Close,
}

/// What the deck is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// At the top, or empty.
    #[default]
    Stopped,
    /// Waits for the first decoded frames, or where it shall not play, for all of them.
    Loading,
    /// The playhead moves.
    Playing,
    /// It shall play, but what is under the playhead has not arrived yet; the playhead waits.
    Buffering,
    /// The playhead is held.
    Paused,
    /// Played to the end.
    Ended,
}

/// From here to there, from the top of a recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Its first moment.
    pub from: Duration,
    /// Where it is over.
    pub to: Duration,
}

/// What is done about the loudness of a pair.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Gain {
    /// Nothing: as delivered, or alone on the deck.
    #[default]
    Delivered,
    /// Not known yet, because not all of both is decoded.
    Matching,
    /// The take that is heard is turned down by so many decibels, 0.0 or below.
    Matched(f32),
}

/// A picture of what is heard: 32 bands from 40 Hz to 16 kHz, equal steps of pitch, 0 for -72 dB
/// and below, 255 for full scale.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spectrum {
    /// How strong each band is.
    pub bands: [u8; Self::BANDS],
    /// How strong each was a while ago; it falls slowly.
    pub peaks: [u8; Self::BANDS],
}

impl Spectrum {
    /// How many bands there are.
    pub const BANDS: usize = 32;
}

/// Where the player stands. While it plays some 25 a second, 30 with a picture; otherwise one per
/// change.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Status {
    /// The take that is heard.
    pub take: Option<TakeId>,
    /// The other on the deck.
    pub rival: Option<TakeId>,
    /// What the deck is doing.
    pub state: State,
    /// What is heard now, from the top: frames rendered less the device's latency.
    pub position: Duration,
    /// How long the take is: as its header says until it is decoded, then exactly.
    pub total: Option<Duration>,
    /// The same of the other.
    pub rival_total: Option<Duration>,
    /// How far the take has arrived and is decoded, while that is not all of it.
    pub ready: Option<Duration>,
    /// Whether what is there of the take is not all of it.
    pub broken: bool,
    /// What is played again and again.
    pub looped: Option<Stretch>,
    /// The loudest sample since the status before, left and right, after the volume, 0.0 to 1.0.
    pub level: [f32; 2],
    /// What is done about its loudness.
    pub gain: Gain,
    /// Percent, 0 to 100.
    pub volume: u8,
    /// Whether it is silent, whatever the volume is.
    pub muted: bool,
    /// What it looks like; still while nothing plays.
    pub spectrum: Spectrum,
}

/// What the sound goes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Device {
    /// Nothing has played yet, so none was asked for.
    Unopened,
    /// A device, by the name the system gives it.
    Sound(String),
    /// None, because silence was chosen.
    Off,
    /// None: the playhead moves by the clock and nothing is heard. It is tried again, at the next
    /// play and now and then while it plays.
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
    /// All of a take is decoded.
    Measured {
        /// The take.
        take: TakeId,
        /// How long it is.
        duration: Duration,
        /// How loud it is; none for silence.
        loudness: Option<Lufs>,
        /// How loud each of [`crate::song::Take::PEAKS`] equal spans is, see
        /// [`crate::song::Take::peaks`].
        peaks: Vec<u8>,
    },
    /// A take that arrives has grown, told once a second at most.
    Growing {
        /// The take.
        take: TakeId,
        /// How much is decoded.
        ready: Duration,
        /// As in [`Event::Measured`], of what is decoded.
        peaks: Vec<u8>,
    },
    /// The outputs that the system has now, by name.
    Outputs(Vec<String>),
    /// A take plays, but not as it should: it is shorter than it says, or stopped arriving.
    Flawed {
        /// The take.
        take: TakeId,
        /// What happened and why.
        what: String,
        /// What to do now.
        advice: String,
    },
    /// A take could not be put on the deck, or on the other's place: it is off it now.
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
    /// the control thread and should only pass on what it gets. `feeds` are the recordings on their
    /// way that [`Source::Arriving`] means.
    pub fn spawn(
        output: OutputKind,
        feeds: Feeds,
        events: impl FnMut(Event) + Send + 'static,
    ) -> Self {
        let (post, inbox) = mpsc::channel();
        let (going, gone) = mpsc::channel();
        let reply = post.clone();
        let thread = thread::Builder::new().name("player".into()).spawn(move || {
            control::Control::new(output, feeds, reply, Box::new(events)).run(&inbox);
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
