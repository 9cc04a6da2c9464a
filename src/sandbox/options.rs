//! How a sandbox behaves. Only values.

use std::time::Duration;

use axum::body::Bytes;

/// How a sandbox behaves.
#[derive(Clone, Debug)]
pub struct Options {
    /// The port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// When tasks move on.
    pub pace: Pace,
    /// What every account has at first, in the gateway's own unit: credits, or dollars at APIXO.
    pub credits: u32,
    /// Where the takes come from.
    pub sound: Sound,
    /// The script of faults, as TOML; empty for none.
    pub script: String,
    /// Hears one line a request, without keys.
    pub log: Option<fn(&str)>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            pace: Pace::Takes(Duration::from_secs(8)),
            credits: 1000,
            sound: Sound::PerTask,
            script: String::new(),
            log: None,
        }
    }
}

/// When tasks move on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// A task takes so long, or as long as its takes take to render if that is longer.
    Takes(Duration),
    /// By hand: each poll of a task finds it one stage further than the poll before. Nothing
    /// waits for a clock, so tests can see every stage.
    Polls,
}

/// Where the takes come from.
#[derive(Clone, Debug)]
pub enum Sound {
    /// Every task's takes are rendered from its words and style.
    PerTask,
    /// One short pair, rendered when it is first needed, for all tasks: for load tests.
    OnePair,
    /// These, in turn, for all tasks.
    Given(Vec<Recording>),
}

/// A finished take.
#[derive(Clone, Debug)]
pub struct Recording {
    pub(super) audio: Bytes,
    pub(super) cover: Bytes,
    pub(super) duration: Duration,
}

impl Recording {
    /// From an MP3 file, a PNG file, and how long it plays.
    pub fn new(audio: Vec<u8>, cover: Vec<u8>, duration: Duration) -> Self {
        Self { audio: audio.into(), cover: cover.into(), duration }
    }
}
