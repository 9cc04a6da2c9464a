//! The mixing desk: notes become two channels.
//!
//! Part by part, every distinct note is rendered once and laid down wherever it returns, so that
//! no more than one note is held in memory beside the mix.

mod delay;
mod desk;
mod duck;
mod reverb;

use super::SketchError;
use super::arrange::{Drum, Hit, Part, Score};
use super::progress::{Progress, Stage};
use super::synth::{self, Waves};
use super::time::{RATE, Tempo};
use desk::{Desk, Send};

/// Two channels of samples, equally long.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stereo {
    /// The left channel.
    pub left: Vec<f32>,
    /// The right channel.
    pub right: Vec<f32>,
}

/// Silence before the first note, in seconds: encoders smear a sound that starts at once.
const LEAD_IN: f64 = 0.05;
/// What rings after the last bar, in seconds.
const TAIL: f32 = 2.2;
/// The velocities that notes are rendered at; the rest is gain.
const VELOCITIES: [f32; 4] = [0.45, 0.65, 0.82, 1.0];

/// Plays a score.
///
/// # Errors
///
/// [`SketchError::Cancelled`] when the caller wants to stop.
pub fn perform(score: &Score, progress: &mut Progress) -> Result<Stereo, SketchError> {
    let seconds = score.tempo.seconds(score.end) as f32 + TAIL;
    let mut desk = Desk::new((seconds * RATE) as usize);
    let dips = duck::curve(score, desk.len());
    let waves = Waves::new();
    let whole: usize = score.parts.iter().map(|part| part.notes.len()).sum::<usize>().max(1);
    let mut done = 0;
    for part in &score.parts {
        for group in groups(part, score.tempo) {
            let sound = synth::note(
                &waves,
                part.instrument,
                group.pitch,
                group.milliseconds as f32 / 1000.0,
                VELOCITIES.get(group.loud).copied().unwrap_or(1.0),
            );
            for (at, velocity, step) in &group.places {
                let touch = velocity / VELOCITIES.get(group.loud).copied().unwrap_or(1.0);
                let send = Send {
                    gain: decibels(part.gain + level(score, *step)) * touch,
                    pan: part.pan,
                    reverb: part.reverb,
                    delay: part.delay,
                };
                desk.lay(&sound, *at, send, dips.as_deref().map(|dips| (dips, part.duck)));
            }
            done += group.places.len();
            progress.at(Stage::Synth, done, whole)?;
        }
    }
    drums(score, &mut desk);
    progress.at(Stage::Synth, 1, 1)?;
    desk.effects(score, progress)
}

/// Notes that sound the same.
struct Group {
    pitch: u8,
    milliseconds: u32,
    loud: usize,
    /// The sample each one starts at, its velocity, and its step.
    places: Vec<(usize, f32, u32)>,
}

/// The distinct notes of a part.
fn groups(part: &Part, tempo: Tempo) -> Vec<Group> {
    let mut notes: Vec<(u8, u32, usize, usize, f32, u32)> = part
        .notes
        .iter()
        .map(|played| {
            let note = played.note;
            let seconds = tempo.span_seconds(note.start, note.length) * 0.96;
            // To 10 ms, so that swung and straight neighbours share a rendering.
            let milliseconds = ((seconds * 100.0).round() as u32).max(4) * 10;
            let loud = VELOCITIES.iter().position(|v| note.velocity <= v + 0.09).unwrap_or(3);
            let at = sample(tempo, note.start, played.late);
            (note.pitch, milliseconds, loud, at, note.velocity, note.start)
        })
        .collect();
    notes.sort_by_key(|&(pitch, milliseconds, loud, at, ..)| (pitch, milliseconds, loud, at));
    let mut groups: Vec<Group> = Vec::new();
    for (pitch, milliseconds, loud, at, velocity, step) in notes {
        let place = (at, velocity, step);
        match groups.last_mut() {
            Some(group)
                if (group.pitch, group.milliseconds, group.loud) == (pitch, milliseconds, loud) =>
            {
                group.places.push(place);
            }
            _ => groups.push(Group { pitch, milliseconds, loud, places: vec![place] }),
        }
    }
    groups
}

/// The moment of a step in seconds from the first sample.
pub fn moment(tempo: Tempo, step: u32) -> f64 {
    tempo.seconds(step) + LEAD_IN
}

/// The sample at which a step begins.
fn sample(tempo: Tempo, step: u32, late: f32) -> usize {
    ((moment(tempo, step) + f64::from(late)) * f64::from(RATE)) as usize
}

/// The level of the section at a step, in decibels.
fn level(score: &Score, step: u32) -> f32 {
    let next = score.levels.partition_point(|(start, _)| *start <= step);
    next.checked_sub(1).and_then(|i| score.levels.get(i)).map_or(0.0, |(_, level)| *level)
}

fn decibels(gain: f32) -> f32 {
    libm::exp10f(gain / 20.0)
}

fn drums(score: &Score, desk: &mut Desk) {
    let mut hits: Vec<&Hit> = score.hits.iter().collect();
    hits.sort_by_key(|hit| (hit.drum, hit.step));
    for strokes in hits.chunk_by(|a, b| a.drum == b.drum) {
        let Some(drum) = strokes.first().map(|hit| hit.drum) else { continue };
        let sound = synth::hit(score.kit, drum);
        let (gain, pan, reverb) = place(drum);
        for hit in strokes {
            // Softer strokes fall off faster than linearly, as sticks do.
            let touch = hit.velocity * (0.4 + 0.6 * hit.velocity);
            let gain = decibels(gain + 0.6 * level(score, hit.step)) * touch;
            let at = sample(score.tempo, hit.step, 0.0);
            desk.lay(&sound, at, Send { gain, pan, reverb, delay: 0.0 }, None);
        }
    }
}

/// Level of the peak in decibels, place from left to right, share for the reverb.
fn place(drum: Drum) -> (f32, f32, f32) {
    match drum {
        Drum::Kick => (-7.5, 0.0, 0.0),
        Drum::Snare => (-10.0, 0.03, 0.1),
        Drum::Rim => (-15.0, 0.15, 0.12),
        Drum::Clap => (-12.5, -0.06, 0.14),
        Drum::Hat => (-18.5, 0.3, 0.02),
        Drum::OpenHat => (-19.5, 0.3, 0.03),
        Drum::Ride => (-20.5, -0.35, 0.05),
        Drum::Crash => (-17.0, -0.25, 0.12),
        Drum::Shaker => (-21.0, -0.4, 0.04),
        Drum::Tambourine => (-21.5, 0.45, 0.06),
        Drum::HighTom => (-11.5, 0.35, 0.12),
        Drum::LowTom => (-11.0, -0.35, 0.12),
        Drum::Brush => (-16.5, 0.08, 0.08),
    }
}
