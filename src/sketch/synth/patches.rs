//! The settings of every instrument.

use super::analog::Analog;
use super::envelope::Envelope;
use super::modal::{Frequency, Struck};
use super::pluck::Pluck;
use super::wave::Shape;
use crate::sketch::arrange::Instrument;

/// How an instrument makes its sound.
pub enum Patch {
    /// Oscillators through a swept filter.
    Analog(&'static Analog),
    /// A string.
    Pluck(&'static Pluck),
    /// Struck partials that die away.
    Struck(&'static Struck),
    /// One wave bends another.
    Frequency(&'static Frequency),
    /// An organ's drawbars: the levels of its partials.
    Drawbars(&'static [(f32, f32)]),
}

/// The patch of an instrument.
pub fn of(instrument: Instrument) -> Patch {
    match instrument {
        Instrument::Piano => Patch::Struck(&PIANO),
        Instrument::ElectricPiano => Patch::Frequency(&ELECTRIC_PIANO),
        Instrument::Bell => Patch::Frequency(&BELL),
        Instrument::Organ => Patch::Drawbars(&ORGAN),
        Instrument::SteelGuitar => Patch::Pluck(&STEEL),
        Instrument::NylonGuitar => Patch::Pluck(&NYLON),
        Instrument::CleanGuitar => Patch::Pluck(&CLEAN),
        Instrument::MutedGuitar => Patch::Pluck(&MUTED),
        Instrument::Overdrive => Patch::Analog(&OVERDRIVE),
        Instrument::SoloGuitar => Patch::Analog(&SOLO_GUITAR),
        Instrument::UprightBass => Patch::Pluck(&UPRIGHT),
        Instrument::FingerBass => Patch::Pluck(&FINGER),
        Instrument::Pad => Patch::Analog(&PAD),
        Instrument::Strings => Patch::Analog(&STRINGS),
        Instrument::Supersaw => Patch::Analog(&SUPERSAW),
        Instrument::Pluck => Patch::Analog(&PLUCK),
        Instrument::Horn => Patch::Analog(&HORN),
        Instrument::Choir => Patch::Analog(&CHOIR),
        Instrument::SquareLead => Patch::Analog(&SQUARE_LEAD),
        Instrument::SawLead => Patch::Analog(&SAW_LEAD),
        Instrument::Flute => Patch::Analog(&FLUTE),
        Instrument::SynthBass => Patch::Analog(&SYNTH_BASS),
        Instrument::SubBass => Patch::Analog(&SUB_BASS),
    }
}

const fn envelope(attack: f32, decay: f32, sustain: f32, release: f32) -> Envelope {
    Envelope { attack, decay, sustain, release }
}

static PIANO: Struck =
    Struck { ring: 5.0, stretch: 0.000_11, bright: 3_400.0, strike: 0.118, release: 0.22 };

static ELECTRIC_PIANO: Frequency = Frequency {
    ratio: 1.0,
    depth: 0.19,
    depth_decay: 0.9,
    shimmer: (14.0, 0.035, 0.12),
    envelope: envelope(0.003, 1.6, 0.12, 0.18),
    tremolo: 0.18,
};
static BELL: Frequency = Frequency {
    ratio: 3.5,
    depth: 0.22,
    depth_decay: 0.35,
    shimmer: (7.1, 0.05, 0.08),
    envelope: envelope(0.002, 0.7, 0.0, 0.6),
    tremolo: 0.0,
};
static ORGAN: [(f32, f32); 6] =
    [(0.5, 0.55), (1.0, 1.0), (1.5, 0.3), (2.0, 0.5), (3.0, 0.28), (4.0, 0.16)];

static STEEL: Pluck = Pluck {
    bright: 0.86,
    ring: 3.0,
    place: 0.13,
    body: 0.45,
    drive: 0.0,
    air: 9_000.0,
    release: 0.12,
};
static NYLON: Pluck = Pluck {
    bright: 0.52,
    ring: 2.0,
    place: 0.2,
    body: 0.7,
    drive: 0.0,
    air: 6_000.0,
    release: 0.14,
};
static CLEAN: Pluck = Pluck {
    bright: 0.7,
    ring: 3.2,
    place: 0.22,
    body: 0.0,
    drive: 0.5,
    air: 5_500.0,
    release: 0.1,
};
static MUTED: Pluck = Pluck {
    bright: 0.5,
    ring: 0.35,
    place: 0.1,
    body: 0.0,
    drive: 0.9,
    air: 4_500.0,
    release: 0.05,
};
static UPRIGHT: Pluck = Pluck {
    bright: 0.34,
    ring: 1.7,
    place: 0.28,
    body: 0.5,
    drive: 0.4,
    air: 3_000.0,
    release: 0.09,
};
static FINGER: Pluck = Pluck {
    bright: 0.5,
    ring: 2.8,
    place: 0.2,
    body: 0.0,
    drive: 0.9,
    air: 3_800.0,
    release: 0.07,
};

/// The settings that most patches share.
const PLAIN: Analog = Analog {
    shape: Shape::Saw,
    left: &[0.0],
    right: None,
    sub: 0.0,
    breath: 0.0,
    cutoff: 2_000.0,
    sweep: 0.0,
    sweep_time: 0.3,
    resonance: 0.75,
    floor: 0.0,
    drive: 0.0,
    cabinet: None,
    formants: None,
    vibrato: 0.0,
    fall: 0.0,
    envelope: envelope(0.01, 1.0, 0.8, 0.1),
};

static OVERDRIVE: Analog = Analog {
    left: &[-4.0, 5.0],
    cutoff: 2_600.0,
    sweep: 1_800.0,
    drive: 6.0,
    cabinet: Some(4_200.0),
    floor: 90.0,
    envelope: envelope(0.003, 2.5, 0.75, 0.06),
    ..PLAIN
};
static SOLO_GUITAR: Analog = Analog {
    left: &[0.0],
    cutoff: 2_300.0,
    sweep: 2_200.0,
    sweep_time: 0.5,
    drive: 3.5,
    cabinet: Some(3_900.0),
    floor: 180.0,
    vibrato: 14.0,
    envelope: envelope(0.008, 3.0, 0.8, 0.12),
    ..PLAIN
};
static PAD: Analog = Analog {
    left: &[-7.0, 4.0],
    right: Some(&[-4.0, 8.0]),
    cutoff: 1_100.0,
    sweep: 500.0,
    sweep_time: 1.2,
    floor: 130.0,
    envelope: envelope(0.25, 4.0, 0.85, 0.7),
    ..PLAIN
};
static STRINGS: Analog = Analog {
    left: &[-10.0, 1.0, 8.0],
    right: Some(&[-7.0, -2.0, 11.0]),
    cutoff: 3_200.0,
    sweep: -900.0,
    sweep_time: 0.25,
    floor: 170.0,
    vibrato: 7.0,
    envelope: envelope(0.12, 5.0, 0.9, 0.35),
    ..PLAIN
};
static SUPERSAW: Analog = Analog {
    left: &[-16.0, -4.0, 10.0],
    right: Some(&[-11.0, 3.0, 17.0]),
    cutoff: 3_500.0,
    sweep: 5_000.0,
    sweep_time: 0.35,
    floor: 140.0,
    envelope: envelope(0.004, 0.9, 0.7, 0.14),
    ..PLAIN
};
static PLUCK: Analog = Analog {
    left: &[-6.0, 5.0],
    cutoff: 500.0,
    sweep: 5_200.0,
    sweep_time: 0.09,
    resonance: 1.2,
    floor: 150.0,
    envelope: envelope(0.002, 0.28, 0.05, 0.18),
    ..PLAIN
};
static HORN: Analog = Analog {
    left: &[-3.0, 3.0],
    cutoff: 1_900.0,
    sweep: -1_100.0,
    sweep_time: 0.06,
    resonance: 0.9,
    breath: 0.012,
    floor: 120.0,
    vibrato: 9.0,
    envelope: envelope(0.035, 1.8, 0.85, 0.12),
    ..PLAIN
};
static CHOIR: Analog = Analog {
    left: &[-11.0, 1.0, 9.0],
    right: Some(&[-8.0, -2.0, 12.0]),
    cutoff: 4_000.0,
    formants: Some([(640.0, 6.0, 1.0), (1_080.0, 8.0, 0.6), (2_650.0, 9.0, 0.3)]),
    breath: 0.02,
    vibrato: 10.0,
    envelope: envelope(0.12, 5.0, 0.9, 0.4),
    ..PLAIN
};
static SQUARE_LEAD: Analog = Analog {
    shape: Shape::Square,
    left: &[-3.0, 3.0],
    cutoff: 2_600.0,
    sweep: 2_400.0,
    sweep_time: 0.18,
    vibrato: 9.0,
    envelope: envelope(0.008, 1.2, 0.75, 0.14),
    ..PLAIN
};
static SAW_LEAD: Analog = Analog {
    left: &[-8.0, 0.0, 7.0],
    cutoff: 2_800.0,
    sweep: 3_000.0,
    sweep_time: 0.25,
    resonance: 1.0,
    vibrato: 8.0,
    envelope: envelope(0.006, 1.5, 0.75, 0.16),
    ..PLAIN
};
static FLUTE: Analog = Analog {
    shape: Shape::Square,
    left: &[0.0],
    cutoff: 900.0,
    sweep: 500.0,
    sweep_time: 0.1,
    resonance: 0.7,
    breath: 0.05,
    vibrato: 11.0,
    envelope: envelope(0.04, 3.0, 0.9, 0.13),
    ..PLAIN
};
static SYNTH_BASS: Analog = Analog {
    left: &[-4.0, 4.0],
    sub: 0.6,
    cutoff: 320.0,
    sweep: 1_900.0,
    sweep_time: 0.12,
    resonance: 1.1,
    drive: 0.8,
    envelope: envelope(0.003, 0.7, 0.7, 0.05),
    ..PLAIN
};
static SUB_BASS: Analog = Analog {
    shape: Shape::Sine,
    left: &[0.0],
    cutoff: 6_000.0,
    drive: 1.6,
    fall: 12.0,
    envelope: envelope(0.003, 1.4, 0.55, 0.12),
    ..PLAIN
};
