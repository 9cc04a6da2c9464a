//! The band: who plays what, section by section. Nothing here makes a sound.

mod band;
mod bands;
mod bass;
mod comping;
mod drumming;
mod grooves;
mod instrument;
mod seating;
mod voicing;

use crate::song::Label;

use super::compose::{Note, Song};
use super::rng::Rng;
use super::style::Room;
use super::time::Tempo;
pub use instrument::{Drum, Instrument, Kit};

/// A note as it is played.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Played {
    /// The note as it is written.
    pub note: Note,
    /// How much later than written, in seconds: strums, and hands that are no machines.
    pub late: f32,
}

/// One instrument and everything it plays.
#[derive(Clone, Debug)]
pub struct Part {
    /// What it is.
    pub instrument: Instrument,
    /// What it plays, in order.
    pub notes: Vec<Played>,
    /// Its level in decibels, 0 being the lead's.
    pub gain: f32,
    /// -1.0 left to 1.0 right.
    pub pan: f32,
    /// The share that goes to the reverb.
    pub reverb: f32,
    /// The share that goes to the delay.
    pub delay: f32,
    /// How much of the ducking it takes, 0.0 to 1.0.
    pub duck: f32,
}

/// One stroke on the drums.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// What is struck.
    pub drum: Drum,
    /// The step.
    pub step: u32,
    /// 0.0 to 1.0.
    pub velocity: f32,
}

/// Everything that is played.
#[derive(Clone, Debug)]
pub struct Score {
    /// The feel and the speed.
    pub tempo: Tempo,
    /// The step at which the last bar ends.
    pub end: u32,
    /// The pitched parts; the lead is the last.
    pub parts: Vec<Part>,
    /// The drums, in order of time.
    pub hits: Vec<Hit>,
    /// How the drums sound.
    pub kit: Kit,
    /// Where it is played.
    pub room: Room,
    /// How far each kick pushes the ducked parts down, 0.0 to 1.0.
    pub duck: f32,
    /// The level of each section in decibels: the step it begins at, and its gain.
    pub levels: Vec<(u32, f32)>,
}

/// Arranges a song for the band of this take.
pub fn arrange(song: &Song, seed: u64, take: Label) -> Score {
    let mut rng = Rng::stream(seed, &format!("arrange {take}"));
    let band = seating::seat(bands::of(song.style.genre, take), &song.style, &mut rng);
    let mut parts: Vec<Part> =
        band.layers.iter().map(|layer| comping::play(layer, song, &mut rng)).collect();
    if let Some(bass) = band.bass {
        parts.push(bass::play(bass, song));
    }
    parts.retain(|part| !part.notes.is_empty());
    parts.push(lead(band.lead, song));
    let plan = song.style.genre.plan();
    let level = |energy: f32| -4.0 * (1.0 - energy);
    Score {
        tempo: song.tempo(),
        end: song.end(),
        parts,
        hits: if band.drums { drumming::play(&band.grooves, song, seed, take) } else { Vec::new() },
        kit: band.kit,
        room: plan.room,
        duck: plan.duck,
        levels: song.form.sections.iter().map(|s| (s.steps().start, level(s.energy))).collect(),
    }
}

/// The lead plays the tune: every syllable, and what stands between the sung lines.
fn lead(instrument: Instrument, song: &Song) -> Part {
    let up = instrument.octaves_up() * 12;
    let mut notes: Vec<Played> = song
        .melody
        .iter()
        .chain(&song.interludes)
        .map(|note| Played { note: Note { pitch: note.pitch + up, ..*note }, late: 0.0 })
        .collect();
    notes.sort_by_key(|played| played.note.start);
    Part { instrument, notes, gain: 0.0, pan: 0.0, reverb: 0.2, delay: 0.16, duck: 0.15 }
}

#[cfg(test)]
mod tests;
