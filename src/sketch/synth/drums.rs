//! Drums and cymbals: swept sines, noise through filters, clusters of square waves.

use core::f32::consts::TAU;

use super::envelope::fade_out;
use super::filter::Sweep;
use super::{Sound, soften};
use crate::sketch::arrange::{Drum, Kit};
use crate::sketch::rng::Rng;
use crate::sketch::time::RATE;

/// One stroke.
pub fn render(kit: Kit, drum: Drum) -> Sound {
    let mut rng = Rng::stream(0, &format!("{kit:?} {drum:?}"));
    let rng = &mut rng;
    let mut samples = match drum {
        Drum::Kick => kick(kit, rng),
        Drum::Snare => snare(kit, rng),
        Drum::Rim => rim(),
        Drum::Clap => clap(rng),
        Drum::Hat => cymbal(rng, 0.11, 0.028, 7_500.0, 0.35),
        Drum::OpenHat => cymbal(rng, 0.5, 0.13, 7_000.0, 0.35),
        Drum::Ride => cymbal(rng, 1.1, 0.3, 5_200.0, 0.55),
        Drum::Crash => cymbal(rng, 2.0, 0.5, 3_600.0, 0.2),
        Drum::Shaker => noise(rng, 0.1, 0.022, 6_000.0, 1.2, 0.012),
        Drum::Tambourine => cymbal(rng, 0.22, 0.05, 8_200.0, 0.6),
        Drum::HighTom => tone(175.0, 0.5, 70.0, 0.45, 0.13),
        Drum::LowTom => tone(105.0, 0.5, 60.0, 0.55, 0.17),
        Drum::Brush => noise(rng, 0.24, 0.06, 3_000.0, 0.6, 0.015),
    };
    if kit == Kit::Dusty {
        // An old sampler: no top, a little grit.
        let mut dull = Sweep::new(7_000.0, 0.7);
        for sample in &mut samples {
            *sample = dull.low(soften(*sample * 1.4) * 0.8);
        }
    }
    let peak = samples.iter().fold(1e-6_f32, |peak, sample| peak.max(sample.abs()));
    for sample in &mut samples {
        *sample /= peak;
    }
    fade_out(&mut samples);
    Sound { left: samples, right: None }
}

fn kick(kit: Kit, rng: &mut Rng) -> Vec<f32> {
    // Resting pitch in hertz, sweep above it as a factor, sweep and ring times, click, drive.
    let (rest, sweep, fast, decay, click, drive) = match kit {
        Kit::Acoustic => (58.0, 2.2, 90.0, 0.12, 0.35, 1.3),
        Kit::Loud => (56.0, 2.8, 80.0, 0.13, 0.6, 1.9),
        Kit::Machine => (50.0, 4.5, 55.0, 0.16, 0.3, 1.8),
        Kit::Gated => (54.0, 3.2, 70.0, 0.14, 0.5, 1.7),
        Kit::Trap => (46.0, 4.0, 60.0, 0.24, 0.3, 2.0),
        Kit::Dusty => (62.0, 2.0, 80.0, 0.11, 0.2, 1.6),
    };
    let mut samples = tone(rest, sweep, fast, 0.55, decay);
    let mut bright = Sweep::new(3_200.0, 0.8);
    for (i, sample) in samples.iter_mut().enumerate() {
        let beater = libm::expf(-(i as f32) / (0.003 * RATE));
        *sample = soften(drive * (*sample + click * beater * bright.band(rng.signed() * 2.0)));
    }
    samples
}

/// A sine that falls to its resting pitch and dies away.
fn tone(rest: f32, sweep: f32, fast: f32, seconds: f32, decay: f32) -> Vec<f32> {
    let mut phase = 0.0_f32;
    (0..(seconds * RATE) as usize)
        .map(|i| {
            let time = i as f32 / RATE;
            phase += rest * (1.0 + sweep * libm::expf(-time * fast)) / RATE;
            phase -= phase.floor();
            let rise = (time / 0.001).min(1.0);
            rise * libm::sinf(TAU * phase) * libm::expf(-time / decay)
        })
        .collect()
}

fn snare(kit: Kit, rng: &mut Rng) -> Vec<f32> {
    // Shell pitch in hertz, ring of shell and wires in seconds, wires, their colour in hertz.
    let (pitch, shell, wires, noise, colour, seconds) = match kit {
        Kit::Acoustic => (190.0, 0.07, 0.085, 0.75, 2_400.0, 0.4),
        Kit::Loud => (180.0, 0.09, 0.12, 0.9, 2_200.0, 0.5),
        Kit::Machine => (200.0, 0.06, 0.1, 0.9, 3_000.0, 0.4),
        Kit::Gated => (175.0, 0.1, 0.2, 1.1, 2_000.0, 0.24), // cut off: that is the gate
        Kit::Trap => (210.0, 0.05, 0.08, 1.0, 3_400.0, 0.3),
        Kit::Dusty => (205.0, 0.06, 0.07, 0.8, 2_000.0, 0.3),
    };
    let mut band = Sweep::new(colour, 0.5);
    let mut floor = Sweep::new(350.0, 0.7);
    (0..(seconds * RATE) as usize)
        .map(|i| {
            let time = i as f32 / RATE;
            let sag = 1.0 + 0.6 * libm::expf(-time * 120.0);
            let skin = libm::sinf(TAU * pitch * sag * time)
                + 0.6 * libm::sinf(TAU * pitch * 1.78 * sag * time);
            let x = rng.signed();
            let rattle = floor.high(band.band(x) * 1.6 + 0.35 * x) * libm::expf(-time / wires);
            0.6 * skin * libm::expf(-time / shell) + noise * rattle
        })
        .collect()
}

fn rim() -> Vec<f32> {
    (0..(0.08 * RATE) as usize)
        .map(|i| {
            let time = i as f32 / RATE;
            let wood = libm::sinf(TAU * 1_720.0 * time) + 0.7 * libm::sinf(TAU * 455.0 * time);
            wood * libm::expf(-time / 0.012)
        })
        .collect()
}

/// Several hands, almost together.
fn clap(rng: &mut Rng) -> Vec<f32> {
    let mut band = Sweep::new(1_250.0, 1.1);
    let mut air = Sweep::new(800.0, 0.7);
    (0..(0.35 * RATE) as usize)
        .map(|i| {
            let time = i as f32 / RATE;
            let hands: f32 = [0.0, 0.011, 0.021]
                .iter()
                .filter(|&&start| time >= start)
                .map(|start| libm::expf(-(time - start) / 0.005))
                .sum();
            let tail = if time > 0.028 { libm::expf(-(time - 0.028) / 0.07) } else { 0.0 };
            let x = rng.signed();
            air.high(band.band(x) + 0.2 * x) * (hands + 0.8 * tail)
        })
        .collect()
}

/// Metal: six square waves that fit nothing, and noise; `metal` is the balance.
fn cymbal(rng: &mut Rng, seconds: f32, decay: f32, floor: f32, metal: f32) -> Vec<f32> {
    const PITCHES: [f32; 6] = [2.0, 3.0, 4.16, 5.43, 6.79, 8.21];
    let mut phases = PITCHES.map(|_| rng.unit());
    let (mut first, mut second) = (Sweep::new(floor, 0.8), Sweep::new(floor * 0.8, 0.7));
    let mut smooth = Sweep::new(13_500.0, 0.7);
    (0..(seconds * RATE) as usize)
        .map(|i| {
            let time = i as f32 / RATE;
            let mut cluster = 0.0;
            for (phase, pitch) in phases.iter_mut().zip(PITCHES) {
                *phase += pitch * 207.0 / RATE;
                *phase -= phase.floor();
                cluster += if *phase < 0.5 { 0.3 } else { -0.3 };
            }
            let x = metal * cluster + (1.0 - metal) * rng.signed();
            let struck = libm::expf(-time / decay) + 0.4 * libm::expf(-time / (decay * 0.15));
            smooth.low(second.high(first.high(x))) * struck
        })
        .collect()
}

/// Noise around a frequency that swells and dies.
fn noise(rng: &mut Rng, seconds: f32, decay: f32, hertz: f32, q: f32, rise: f32) -> Vec<f32> {
    let mut band = Sweep::new(hertz, q);
    (0..(seconds * RATE) as usize)
        .map(|i| {
            let time = i as f32 / RATE;
            band.band(rng.signed()) * (time / rise).min(1.0) * libm::expf(-time / decay)
        })
        .collect()
}
