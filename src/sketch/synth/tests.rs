//! Facts about single sounds.

use super::*;

const ALL: [Instrument; 23] = [
    Instrument::Piano,
    Instrument::ElectricPiano,
    Instrument::Organ,
    Instrument::Bell,
    Instrument::SteelGuitar,
    Instrument::NylonGuitar,
    Instrument::CleanGuitar,
    Instrument::MutedGuitar,
    Instrument::Overdrive,
    Instrument::SoloGuitar,
    Instrument::Pad,
    Instrument::Strings,
    Instrument::Supersaw,
    Instrument::Pluck,
    Instrument::Horn,
    Instrument::Choir,
    Instrument::SquareLead,
    Instrument::SawLead,
    Instrument::Flute,
    Instrument::FingerBass,
    Instrument::UprightBass,
    Instrument::SynthBass,
    Instrument::SubBass,
];

#[test]
fn every_instrument_sounds_starts_and_ends_in_silence() {
    let waves = Waves::new();
    for instrument in ALL {
        for pitch in [33, 60, 84] {
            let sound = note(&waves, instrument, pitch, 0.3, 0.8);
            for side in [Some(&sound.left), sound.right.as_ref()].into_iter().flatten() {
                assert!(side.iter().all(|sample| sample.is_finite()), "{instrument:?} {pitch}");
                assert!(side.iter().all(|sample| sample.abs() < 1.5), "{instrument:?} {pitch}");
                assert!(side.last().unwrap().abs() < 0.01);
                assert!((0.1..1.2).contains(&(side.len() as f32 / RATE)));
            }
            assert!(sound.left.iter().any(|sample| sample.abs() > 0.05), "{instrument:?} {pitch}");
        }
    }
}

/// The strength of a frequency in a sound (Goertzel).
fn strength(samples: &[f32], hertz: f32) -> f32 {
    let w = core::f32::consts::TAU * hertz / RATE;
    let (mut re, mut im) = (0.0_f64, 0.0_f64);
    for (i, sample) in samples.iter().enumerate() {
        re += f64::from(*sample) * f64::from(w * i as f32).cos();
        im += f64::from(*sample) * f64::from(w * i as f32).sin();
    }
    (re * re + im * im).sqrt() as f32
}

#[test]
fn every_instrument_is_in_tune() {
    let waves = Waves::new();
    for instrument in ALL {
        let sound = note(&waves, instrument, 57, 1.0, 0.8);
        let sound = &sound.left[8_000..sound.left.len().min(30_000)];
        // A quarter tone away there is less than at the note or its octave.
        let at = |hertz: f32| strength(sound, hertz) + strength(sound, 2.0 * hertz);
        let (low, note, high) = (at(220.0 * 0.971), at(220.0), at(220.0 * 1.029));
        assert!(note > 2.0 * low.max(high), "{instrument:?}: {low} {note} {high}");
    }
}

#[test]
fn every_drum_of_every_kit_is_a_short_full_stroke() {
    use Drum::{Brush, Clap, Crash, Hat, HighTom, Kick, LowTom, OpenHat, Ride, Rim, Shaker, Snare};
    for kit in [Kit::Acoustic, Kit::Loud, Kit::Machine, Kit::Gated, Kit::Trap, Kit::Dusty] {
        for drum in [
            Kick,
            Snare,
            Rim,
            Clap,
            Hat,
            OpenHat,
            Ride,
            Crash,
            Shaker,
            HighTom,
            LowTom,
            Brush,
            Drum::Tambourine,
        ] {
            let sound = hit(kit, drum);
            let peak = sound.left.iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
            assert!((0.8..=1.0).contains(&peak), "{kit:?} {drum:?}: {peak}");
            assert!(sound.left.len() < (2.1 * RATE) as usize);
        }
    }
}
