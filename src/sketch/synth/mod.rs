//! The sound of single notes and drum strokes, computed by hand.
//!
//! Every distinct note is rendered once and used wherever it returns; [`crate::sketch::mix`] does
//! that. Transcendental functions come from `libm` and sums are plain, so that every machine
//! renders the same samples.

mod analog;
mod drums;
mod envelope;
mod filter;
mod modal;
mod patches;
mod pluck;
mod wave;

use super::arrange::{Drum, Instrument, Kit};
use super::rng::Rng;
use super::time::RATE;
use patches::Patch;
pub use wave::Waves;

pub(crate) use filter::Biquad;

/// A rendered note: mono, or left and right of equal length.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sound {
    /// The left channel, or the only one.
    pub left: Vec<f32>,
    /// The right channel where it differs.
    pub right: Option<Vec<f32>>,
}

/// The level all instruments are brought to: the RMS of a note's loudest 50 ms.
const LEVEL: f32 = 0.1;

/// A pitched note of the given MIDI pitch, held for `seconds`, at a velocity of 0.0 to 1.0.
pub fn note(
    waves: &Waves,
    instrument: Instrument,
    pitch: u8,
    seconds: f32,
    velocity: f32,
) -> Sound {
    let name = format!("{instrument:?} {pitch}");
    let mut rng = Rng::stream(u64::from(pitch), &name);
    let hertz = hertz(f32::from(pitch));
    let mut sound = match patches::of(instrument) {
        Patch::Analog(set) => analog::render(waves, set, hertz, seconds, velocity, &mut rng),
        Patch::Pluck(set) => pluck::render(set, hertz, seconds, velocity, &mut rng),
        Patch::Struck(set) => modal::struck(set, hertz, seconds, velocity, &mut rng),
        Patch::Frequency(set) => modal::frequency(waves, set, hertz, seconds, velocity),
        Patch::Drawbars(bars) => modal::drawbars(waves, bars, hertz, seconds),
    };
    level(&mut sound, LEVEL * (0.35 + 0.65 * velocity));
    sound
}

/// A stroke on a drum of a kit; its peak is near 1.0 for the kick.
pub fn hit(kit: Kit, drum: Drum) -> Sound {
    drums::render(kit, drum)
}

/// The frequency of a MIDI pitch in hertz.
pub(crate) fn hertz(pitch: f32) -> f32 {
    440.0 * libm::exp2f((pitch - 69.0) / 12.0)
}

/// Brings the loudest 50 ms to a level.
fn level(sound: &mut Sound, target: f32) {
    let span = (RATE * 0.05) as usize;
    let power = |samples: &[f32]| -> f32 {
        let spans = samples.chunks(span);
        spans.map(|span| span.iter().map(|x| x * x).sum::<f32>()).fold(0.0, f32::max) / span as f32
    };
    let sides = sound.right.as_deref().map_or(0.0, power).max(power(&sound.left));
    let gain = target / sides.sqrt().max(1e-6);
    for sample in sound.left.iter_mut().chain(sound.right.iter_mut().flatten()) {
        *sample *= gain;
    }
}

/// A soft ceiling: odd, smooth, never beyond ±1.
pub(crate) fn soften(x: f32) -> f32 {
    let x = x.clamp(-3.0, 3.0);
    x * (27.0 + x * x) / (27.0 + 9.0 * x * x)
}

#[cfg(test)]
mod tests;
