//! Plucked strings: noise that goes round in a delay line and loses its edge (Karplus-Strong,
//! tuned with an all-pass as Jaffe and Smith do).

use super::envelope::fade_out;
use super::filter::Sweep;
use super::{Sound, soften};
use crate::sketch::rng::Rng;
use crate::sketch::time::RATE;

/// The settings of a string.
pub struct Pluck {
    /// 0.0 dull to 1.0 wire.
    pub bright: f32,
    /// Seconds to -60 dB at the low A of a guitar; higher strings ring shorter.
    pub ring: f32,
    /// Where it is plucked, as a share of its length.
    pub place: f32,
    /// How much of a wooden body is heard.
    pub body: f32,
    /// Gain before saturation, or 0.
    pub drive: f32,
    /// The upper limit of the sound in hertz.
    pub air: f32,
    /// Seconds until a released string is silent.
    pub release: f32,
}

/// A note.
pub fn render(patch: &Pluck, hertz: f32, seconds: f32, velocity: f32, rng: &mut Rng) -> Sound {
    let lasting = patch.ring * libm::powf(110.0 / hertz, 0.45);
    let length = ((seconds.min(lasting) + patch.release) * RATE) as usize;
    let mut samples =
        string(patch, hertz, lasting, (seconds * RATE) as usize, length, velocity, rng);
    if patch.drive > 0.0 {
        for sample in &mut samples {
            *sample = soften(*sample * (0.5 + patch.drive));
        }
    }
    let mut air = Sweep::new(patch.air, 0.7);
    let mut floor = Sweep::new(hertz * 0.6, 0.7);
    let mut body = [(115.0, 1.6), (225.0, 2.0)].map(|(hertz, q)| Sweep::new(hertz, q));
    for sample in &mut samples {
        let x = floor.high(air.low(*sample));
        *sample = x + patch.body * body.iter_mut().map(|band| band.band(x)).sum::<f32>();
    }
    fade_out(&mut samples);
    Sound { left: samples, right: None }
}

fn string(
    patch: &Pluck,
    hertz: f32,
    lasting: f32,
    held: usize,
    length: usize,
    velocity: f32,
    rng: &mut Rng,
) -> Vec<f32> {
    // The damping filter delays by `damp` samples, the all-pass by the fraction that is left.
    let damp = 0.5 * (1.0 - patch.bright);
    let period = RATE / hertz - damp;
    let whole = ((period - 0.3) as usize).max(2);
    let fraction = period - whole as f32;
    let tune = (1.0 - fraction) / (1.0 + fraction);
    let mut line = excitation(patch, whole, velocity, rng);
    let ringing = libm::exp10f(-3.0 / (lasting * hertz));
    let muted = libm::exp10f(-3.0 / (patch.release.max(0.02) * hertz));
    let (mut at, mut before, mut passed, mut last) = (0, 0.0_f32, 0.0_f32, 0.0_f32);
    (0..length)
        .map(|i| {
            let out = line.get(at).copied().unwrap_or_default();
            let dull = out * (1.0 - damp) + before * damp;
            before = out;
            let kept = dull * if i < held { ringing } else { muted };
            let tuned = tune * (kept - passed) + last;
            (last, passed) = (kept, tuned);
            if let Some(place) = line.get_mut(at) {
                *place = tuned;
            }
            at = if at + 1 == whole { 0 } else { at + 1 };
            out
        })
        .collect()
}

/// A burst of noise, softer for soft notes, with the notch of the place where it is plucked.
fn excitation(patch: &Pluck, whole: usize, velocity: f32, rng: &mut Rng) -> Vec<f32> {
    let soft = 0.2 + 0.7 * velocity * (0.4 + 0.6 * patch.bright);
    let mut level = 0.0;
    let noise: Vec<f32> = (0..whole)
        .map(|_| {
            level += soft * (rng.signed() - level);
            level
        })
        .collect();
    let notch = ((patch.place * whole as f32) as usize).max(1);
    let mean = 0.15 * noise.iter().sum::<f32>() / whole as f32;
    noise
        .iter()
        .zip(noise.iter().cycle().skip(whole - notch % whole))
        .map(|(here, there)| here - 0.85 * there - mean)
        .collect()
}
