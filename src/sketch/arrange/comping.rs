//! Comping: a layer's pattern played over the chords.

use super::band::Layer;
use super::instrument::Instrument;
use super::voicing;
use super::{Part, Played};
use crate::sketch::compose::{Chord, Note, Song};
use crate::sketch::rng::Rng;
use crate::sketch::time::STEPS_PER_BAR;

/// The lowest note of a guitar and the like, a MIDI pitch.
const LOW_E: u8 = 40;
/// The time between two strings of a strum, in seconds.
const STRUM: f32 = 0.011;

/// Plays a layer through the song.
pub(super) fn play(layer: &Layer, song: &Song, rng: &mut Rng) -> Part {
    let pattern = layer.pattern.as_bytes();
    let mut notes = Vec::new();
    let mut before: Vec<u8> = Vec::new();
    for chord in &song.chords {
        let Some(section) = song.section_at(chord.start) else { continue };
        if section.energy < layer.from {
            before.clear();
            continue;
        }
        let voicing = if layer.instrument == Instrument::Overdrive {
            power(chord)
        } else {
            voicing::close(chord, centre(layer.instrument), &before)
        };
        let last = chord.end() == song.end();
        for (start, length, stroke) in strokes(pattern, chord, last) {
            let loud = 0.62 + 0.3 * section.energy;
            strike(&voicing, chord, stroke, |pitch, accent, late| {
                let human = 1.0 + 0.06 * rng.signed();
                let velocity = (loud * accent * human).clamp(0.05, 1.0);
                notes.push(Played { note: Note { start, length, pitch, velocity }, late });
            });
        }
        before = voicing;
    }
    let (reverb, delay) = sends(layer.instrument);
    Part {
        instrument: layer.instrument,
        notes,
        gain: layer.gain,
        pan: layer.pan,
        reverb,
        delay,
        duck: 1.0,
    }
}

/// The strokes of a pattern within a chord: start, length and character. A sustained sound is
/// struck again when the chord changes under it; the last chord of a song is struck once.
fn strokes(pattern: &[u8], chord: &Chord, last: bool) -> Vec<(u32, u32, u8)> {
    if last {
        return vec![(chord.start, chord.length, b'x')];
    }
    let at = |step: u32| {
        let place = (step % STEPS_PER_BAR) as usize % pattern.len().max(1);
        pattern.get(place).copied().unwrap_or(b'-')
    };
    let held = |from: u32| {
        let until = (from + 1..chord.end()).find(|&step| at(step) != b'.').unwrap_or(chord.end());
        until - from
    };
    (chord.start..chord.end())
        .filter_map(|step| match at(step) {
            b'.' if step == chord.start && sustains(pattern, step) => {
                Some((step, held(step), b'x'))
            }
            b'.' | b'-' => None,
            stroke => Some((step, held(step), stroke)),
        })
        .collect()
}

/// Whether something struck earlier in the bar is still held at a step.
fn sustains(pattern: &[u8], step: u32) -> bool {
    let place = (step % STEPS_PER_BAR) as usize;
    let before = pattern.get(..place).unwrap_or_default();
    before.iter().rev().find(|&&stroke| stroke != b'.').is_some_and(|&stroke| stroke != b'-')
}

/// The notes of one stroke: pitch, accent and lateness in seconds.
fn strike(voicing: &[u8], chord: &Chord, stroke: u8, mut note: impl FnMut(u8, f32, f32)) {
    match stroke {
        b'0'..=b'9' => {
            let index = usize::from(stroke - b'0');
            let octave = (index / voicing.len().max(1)) as u8 * 12;
            if let Some(pitch) = voicing.get(index % voicing.len().max(1)) {
                note(pitch + octave, 0.85, 0.0);
            }
        }
        b'B' => note(voicing::at_or_above(chord.root, LOW_E), 0.95, 0.0),
        b'D' => {
            note(voicing::at_or_above(chord.root, LOW_E), 0.9, 0.0);
            for (i, &pitch) in voicing.iter().enumerate() {
                note(pitch, 1.0, STRUM * (i + 1) as f32);
            }
        }
        b'U' => {
            for (i, &pitch) in voicing.iter().rev().take(3).enumerate() {
                note(pitch, 0.7, STRUM * 0.8 * i as f32);
            }
        }
        _ => {
            let accent = match stroke {
                b'X' => 1.0,
                b'o' => 0.6,
                _ => 0.82,
            };
            for (i, &pitch) in voicing.iter().enumerate() {
                note(pitch, accent, 0.002 * i as f32);
            }
        }
    }
}

/// Root, fifth and octave, low: what distortion can bear.
fn power(chord: &Chord) -> Vec<u8> {
    let root = voicing::at_or_above(chord.root, LOW_E - 4);
    vec![root, root + 7, root + 12]
}

/// Where an instrument likes its chords, as a MIDI pitch.
fn centre(instrument: Instrument) -> u8 {
    match instrument {
        Instrument::SteelGuitar | Instrument::NylonGuitar | Instrument::MutedGuitar => 57,
        Instrument::Pad | Instrument::Organ => 60,
        Instrument::Strings | Instrument::Choir | Instrument::CleanGuitar => 64,
        Instrument::Supersaw | Instrument::Pluck | Instrument::Horn => 65,
        Instrument::Bell => 76,
        _ => 61,
    }
}

/// The shares for the reverb and the delay.
fn sends(instrument: Instrument) -> (f32, f32) {
    match instrument {
        Instrument::Pad | Instrument::Strings | Instrument::Choir => (0.4, 0.0),
        Instrument::Bell | Instrument::Pluck => (0.3, 0.22),
        Instrument::Overdrive | Instrument::MutedGuitar => (0.08, 0.0),
        Instrument::Supersaw => (0.22, 0.08),
        Instrument::CleanGuitar => (0.22, 0.12),
        _ => (0.18, 0.0),
    }
}
