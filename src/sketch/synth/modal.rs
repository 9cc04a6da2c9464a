//! Sounds made of partials: piano strings, bells, electric pianos, organs.

use core::f32::consts::{PI, TAU};

use super::Sound;
use super::envelope::{Envelope, fade_out};
use super::wave::{Phase, Shape, Waves};
use crate::sketch::rng::Rng;
use crate::sketch::time::RATE;

/// Partials that are computed side by side.
const LANES: usize = 8;

/// A struck string.
pub struct Struck {
    /// Seconds to -60 dB of a low partial at middle C.
    pub ring: f32,
    /// Inharmonicity at middle C.
    pub stretch: f32,
    /// Where the partials of a loud note have fallen to a third, in hertz.
    pub bright: f32,
    /// Where the hammer strikes, as a share of the string.
    pub strike: f32,
    /// Seconds until a damped string is silent.
    pub release: f32,
}

/// A piano's note: decaying partials, two strings a note that beat against each other.
pub fn struck(patch: &Struck, hertz: f32, seconds: f32, velocity: f32, rng: &mut Rng) -> Sound {
    let lasting = patch.ring * libm::powf(261.6 / hertz, 0.5);
    let length = ((seconds.min(lasting) + patch.release) * RATE) as usize;
    let mut samples = vec![0.0; length];
    let cut = 500.0 + patch.bright * velocity * velocity + hertz;
    let stretch = patch.stretch * (hertz / 261.6);
    let mut partials = Vec::new();
    for k in 1..=20 {
        let k = k as f32;
        let partial = hertz * k * (1.0 + stretch * k * k).sqrt();
        if partial > 12_000.0 {
            break;
        }
        let notch = libm::fabsf(libm::sinf(PI * k * patch.strike)).max(0.1);
        let gain = notch * libm::expf(-partial / cut) / libm::powf(k, 0.6);
        let decay = 6.9 / (lasting * RATE) * (1.0 + 0.25 * k);
        // The struck string dies fast, the one beside it sings on.
        partials.push((partial, gain, decay * 3.0));
        partials.push((partial * (1.0 + 0.0004 * rng.signed()), 0.45 * gain, decay));
    }
    for group in partials.chunks(LANES) {
        ring_out(group, &mut samples);
    }
    thump(&mut samples, velocity, rng);
    let held = ((seconds * RATE) as usize).min(samples.len());
    let damped = libm::expf(-6.0 / (patch.release * RATE));
    let mut level = 1.0;
    for sample in samples.iter_mut().skip(held) {
        level *= damped;
        *sample *= level;
    }
    fade_out(&mut samples);
    Sound { left: samples, right: None }
}

/// Adds a group of partials: frequency in hertz, gain, decay a sample. Each is a number that turns
/// and shrinks; side by side they share the processor's lanes.
fn ring_out(partials: &[(f32, f32, f32)], samples: &mut [f32]) {
    let (mut re, mut im) = ([0.0_f32; LANES], [0.0_f32; LANES]);
    let (mut cos, mut sin) = ([0.0_f32; LANES], [0.0_f32; LANES]);
    for (lane, &(hertz, gain, decay)) in partials.iter().take(LANES).enumerate() {
        let shrink = libm::expf(-decay);
        re[lane] = gain;
        cos[lane] = libm::cosf(TAU * hertz / RATE) * shrink;
        sin[lane] = libm::sinf(TAU * hertz / RATE) * shrink;
    }
    for sample in samples {
        let mut sum = 0.0;
        for lane in 0..LANES {
            let (x, y) = (re[lane], im[lane]);
            re[lane] = x * cos[lane] - y * sin[lane];
            im[lane] = x * sin[lane] + y * cos[lane];
            sum += im[lane];
        }
        *sample += sum;
    }
}

/// The hammer.
fn thump(samples: &mut [f32], velocity: f32, rng: &mut Rng) {
    let mut level = 0.0;
    for (i, sample) in samples.iter_mut().take((0.03 * RATE) as usize).enumerate() {
        level += 0.12 * (rng.signed() - level);
        *sample += 0.5 * velocity * level * libm::expf(-(i as f32) / (0.006 * RATE));
    }
}

/// Frequency modulation of one sine by another.
pub struct Frequency {
    /// The modulator's frequency over the note's.
    pub ratio: f32,
    /// How far it bends at full velocity, in periods.
    pub depth: f32,
    /// How fast the bending fades, in seconds.
    pub depth_decay: f32,
    /// Ratio, level and decay in seconds of the tine above the note.
    pub shimmer: (f32, f32, f32),
    pub envelope: Envelope,
    /// The depth of the tremolo, which wanders between left and right.
    pub tremolo: f32,
}

/// An electric piano's or a bell's note.
pub fn frequency(
    waves: &Waves,
    patch: &Frequency,
    hertz: f32,
    seconds: f32,
    velocity: f32,
) -> Sound {
    let sine = waves.table(Shape::Sine, hertz);
    let (mut carrier, mut modulator, mut tine) =
        (Phase::default(), Phase::default(), Phase::default());
    let (ratio, level, decay) = patch.shimmer;
    let steps = [1.0, patch.ratio, ratio].map(|ratio| Phase::step((hertz * ratio).min(15_000.0)));
    // High notes bend less, or they turn shrill.
    let depth = patch.depth * velocity * (440.0 / hertz).clamp(0.3, 1.3);
    let (mut fade, mut glint) = (1.0, level * velocity);
    let fading = libm::expf(-1.0 / (patch.depth_decay * RATE));
    let glinting = libm::expf(-1.0 / (decay * RATE));
    let mut samples: Vec<f32> = (0..patch.envelope.samples(seconds))
        .map(|_| {
            fade *= fading;
            glint *= glinting;
            let bend = depth * fade * modulator.read(sine, steps[1], 0.0);
            carrier.read(sine, steps[0], bend) + glint * tine.read(sine, steps[2], 0.0)
        })
        .collect();
    patch.envelope.shape(&mut samples, seconds);
    if patch.tremolo == 0.0 {
        return Sound { left: samples, right: None };
    }
    let (mut slow, step) = (Phase::default(), Phase::step(4.3));
    let mut right = samples.clone();
    for (l, r) in samples.iter_mut().zip(&mut right) {
        let swing = patch.tremolo * slow.read(sine, step, 0.0);
        *l *= 1.0 + swing;
        *r *= 1.0 - swing;
    }
    Sound { left: samples, right: Some(right) }
}

/// An organ's note: partials at fixed levels, and the slow whirl of its loudspeaker.
pub fn drawbars(waves: &Waves, bars: &[(f32, f32)], hertz: f32, seconds: f32) -> Sound {
    let envelope = Envelope { attack: 0.008, decay: 1.0, sustain: 1.0, release: 0.06 };
    let sine = waves.table(Shape::Sine, hertz);
    let mut left = vec![0.0; envelope.samples(seconds)];
    let mut right = left.clone();
    for &(ratio, gain) in bars.iter().filter(|(ratio, _)| hertz * ratio < 14_000.0) {
        let (mut phase, step) = (Phase::at(ratio * 0.37), Phase::step(hertz * ratio));
        let (mut whirl, turn) = (Phase::at(ratio * 0.1), Phase::step(5.7));
        for (l, r) in left.iter_mut().zip(&mut right) {
            let partial = gain * phase.read(sine, step, 0.0);
            let swing = 0.14 * whirl.read(sine, turn, 0.0);
            *l += partial * (1.0 + swing);
            *r += partial * (1.0 - swing);
        }
    }
    envelope.shape(&mut left, seconds);
    envelope.shape(&mut right, seconds);
    Sound { left, right: Some(right) }
}
