//! Oscillators through a swept filter: pads, strings, leads, basses, driven guitars.

use super::envelope::Envelope;
use super::filter::Sweep;
use super::wave::{Phase, Shape, Waves};
use super::{Sound, soften};
use crate::sketch::rng::Rng;
use crate::sketch::time::RATE;

/// Samples between two settings of filter and vibrato.
const CONTROL: usize = 32;

/// The settings of a patch. Frequencies in hertz, times in seconds, detuning in cents.
pub struct Analog {
    pub shape: Shape,
    /// The detuning of each oscillator on the left, or on both sides.
    pub left: &'static [f32],
    /// The same on the right, for wide sounds.
    pub right: Option<&'static [f32]>,
    /// The level of a sine an octave below.
    pub sub: f32,
    /// The level of noise.
    pub breath: f32,
    /// Where the low-pass comes to rest, besides the note's own frequency.
    pub cutoff: f32,
    /// How far above that it starts, at full velocity.
    pub sweep: f32,
    pub sweep_time: f32,
    pub resonance: f32,
    /// A high-pass that keeps a patch out of the bass, or 0.
    pub floor: f32,
    /// Gain before saturation, or 0.
    pub drive: f32,
    /// A loudspeaker's upper limit after the drive.
    pub cabinet: Option<f32>,
    /// Frequency, sharpness and gain of the resonances of a voice, instead of the low-pass.
    pub formants: Option<[(f32, f32, f32); 3]>,
    /// The depth of a vibrato that sets in after a quarter of a second, in cents.
    pub vibrato: f32,
    /// Semitones from which the pitch falls at the start, within some 20 ms.
    pub fall: f32,
    pub envelope: Envelope,
}

/// A note.
pub fn render(
    waves: &Waves,
    patch: &Analog,
    hertz: f32,
    seconds: f32,
    velocity: f32,
    rng: &mut Rng,
) -> Sound {
    let mut side = |detunings: &[f32]| {
        let mut samples = vec![0.0; patch.envelope.samples(seconds)];
        oscillate(waves, patch, hertz, detunings, &mut samples, rng);
        colour(patch, hertz, velocity, &mut samples);
        patch.envelope.shape(&mut samples, seconds);
        samples
    };
    Sound { left: side(patch.left), right: patch.right.map(&mut side) }
}

fn oscillate(
    waves: &Waves,
    patch: &Analog,
    hertz: f32,
    detunings: &[f32],
    samples: &mut [f32],
    rng: &mut Rng,
) {
    let table = waves.table(patch.shape, hertz * 1.02);
    let sine = waves.table(Shape::Sine, hertz);
    let mut voices: Vec<(Phase, f32)> = detunings
        .iter()
        .map(|cents| (Phase::at(rng.unit()), hertz * libm::exp2f(cents / 1200.0)))
        .collect();
    if patch.fall > 0.0 {
        for voice in &mut voices {
            voice.0 = Phase::default();
        } // the same thump every time
    }
    let gain = 1.0 / (voices.len().max(1) as f32).sqrt();
    let rate = rng.between(4.8, 5.6);
    let mut sub = Phase::default();
    for (block, chunk) in samples.chunks_mut(CONTROL).enumerate() {
        let time = (block * CONTROL) as f32 / RATE;
        let bend = bend(patch, rate, time);
        for (phase, hertz) in &mut voices {
            let step = Phase::step(*hertz * bend);
            for sample in chunk.iter_mut() {
                *sample += gain * phase.read(table, step, 0.0);
            }
        }
        if patch.sub > 0.0 {
            let step = Phase::step(hertz * 0.5);
            for sample in chunk.iter_mut() {
                *sample += patch.sub * sub.read(sine, step, 0.0);
            }
        }
        if patch.breath > 0.0 {
            let loud = patch.breath * (1.0 + 3.0 * libm::expf(-time * 25.0));
            for sample in chunk.iter_mut() {
                *sample += loud * rng.signed();
            }
        }
    }
}

/// The factor on the frequency at a time: vibrato and fall.
fn bend(patch: &Analog, rate: f32, time: f32) -> f32 {
    let mut semitones = 0.0;
    if patch.vibrato > 0.0 && time > 0.25 {
        let depth = ((time - 0.25) * 3.0).min(1.0) * patch.vibrato / 100.0;
        semitones += depth * libm::sinf(core::f32::consts::TAU * rate * time);
    }
    if patch.fall > 0.0 {
        semitones += patch.fall * libm::expf(-time * 60.0);
    }
    if semitones == 0.0 { 1.0 } else { libm::exp2f(semitones / 12.0) }
}

fn colour(patch: &Analog, hertz: f32, velocity: f32, samples: &mut [f32]) {
    if let Some(formants) = patch.formants {
        let mut bands = formants.map(|(hertz, q, gain)| (Sweep::new(hertz, q), gain));
        for sample in samples.iter_mut() {
            let x = *sample;
            *sample = 0.06 * x + bands.iter_mut().map(|(f, gain)| *gain * f.band(x)).sum::<f32>();
        }
        return;
    }
    let mut filter = Sweep::default();
    let rest = patch.cutoff * (0.6 + 0.4 * velocity) + hertz;
    for (block, chunk) in samples.chunks_mut(CONTROL).enumerate() {
        let time = (block * CONTROL) as f32 / RATE;
        let open = patch.sweep * velocity * libm::expf(-time / patch.sweep_time);
        filter.set((rest + open).max(80.0), patch.resonance);
        for sample in chunk {
            *sample = filter.low(*sample);
        }
    }
    if patch.drive > 0.0 {
        for sample in samples.iter_mut() {
            *sample = soften(*sample * patch.drive);
        }
    }
    if let Some(limit) = patch.cabinet {
        let (mut first, mut second) = (Sweep::new(limit, 0.8), Sweep::new(limit * 1.2, 0.6));
        for sample in samples.iter_mut() {
            *sample = second.low(first.low(*sample));
        }
    }
    if patch.floor > 0.0 {
        let mut filter = Sweep::new(patch.floor, 0.7);
        for sample in samples.iter_mut() {
            *sample = filter.high(*sample);
        }
    }
}
