//! The built-in composer: from words to two short songs, offline.
//!
//! ```text
//! style::parse      what it should be like
//! compose::compose  form, chords, tune            words: syllables
//! arrange::arrange  the band and what it plays
//! mix::perform      notes to samples              synth: single sounds
//! master::master    balance, loudness, ceiling
//! encode::encode    MP3                           cover::draw: PNG
//! ```
//!
//! Pure: no file, no clock, no thread, no global state. The same request, seed and take make the
//! same samples on every machine; each stage draws from chance of its own ([`rng`]).

pub mod arrange;
pub mod compose;
pub mod cover;
pub mod encode;
pub mod master;
pub mod mix;
pub mod progress;
pub mod rng;
pub mod style;
pub mod synth;
pub mod time;
mod timeline;
pub mod words;

use std::ops::ControlFlow;
use std::time::Duration;

use crate::song::{Label, Request, Timeline};
use progress::{Progress, Stage};

/// One finished take.
#[derive(Clone, Debug, PartialEq)]
pub struct Rendered {
    /// An MP3 file.
    pub audio: Vec<u8>,
    /// A PNG file, square.
    pub cover: Vec<u8>,
    /// How long it plays.
    pub duration: Duration,
    /// Beats per minute.
    pub bpm: f32,
    /// The key, such as "A minor".
    pub key: String,
    /// What begins when: its sections, and the lines that are sung.
    pub timeline: Timeline,
}

/// Why there is no take.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SketchError {
    /// The caller wanted to stop.
    #[error("the sketch was stopped")]
    Cancelled,
    /// The MP3 encoder refused.
    #[error("the sketch could not be encoded as MP3: {0}")]
    Encode(String),
    /// The picture could not be made.
    #[error("the sketch's cover could not be drawn: {0}")]
    Cover(String),
}

/// Composes, renders and encodes one take of a request. Takes some 20 ms of work a second of
/// sound; call it off the threads that must not wait.
///
/// `progress` hears 0.0 to 1.0, rising, at least every 50 ms of work; when it breaks, the work
/// stops soon.
///
/// # Errors
///
/// [`SketchError::Cancelled`] after a break; [`SketchError::Encode`] and [`SketchError::Cover`]
/// when a file cannot be made.
pub fn render(
    request: &Request,
    take: Label,
    progress: &mut dyn FnMut(f32) -> ControlFlow<()>,
) -> Result<Rendered, SketchError> {
    let mut progress = Progress::new(progress);
    progress.at(Stage::Compose, 0, 1)?;
    let song = compose::compose(request, take);
    let score = arrange::arrange(&song, request.seed, take);
    progress.at(Stage::Compose, 1, 1)?;
    let mix = mix::perform(&score, &mut progress)?;
    let samples = mix.left.len();
    let master = master::master(mix, &mut progress)?;
    let audio = encode::encode(&master, &mut progress)?;
    let cover = cover::draw(&song, request.seed, take)?;
    progress.at(Stage::Cover, 1, 1)?;
    Ok(Rendered {
        audio,
        cover,
        duration: Duration::from_secs_f64(samples as f64 / f64::from(time::SAMPLE_RATE)),
        bpm: song.style.tempo.bpm,
        key: song.style.key.to_string(),
        timeline: timeline::of(&song),
    })
}

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
