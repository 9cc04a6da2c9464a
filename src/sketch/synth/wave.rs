//! Band-limited waveforms in tables, one an octave, and the oscillator that reads them.

use crate::sketch::time::RATE;

const BITS: u32 = 11;
const SIZE: usize = 1 << BITS;
const OCTAVES: usize = 10;
/// The lowest frequency a table of its own is made for; below it the first one serves.
const LOWEST: f32 = 27.5;

/// A periodic waveform; one sample more than its period, so that reading between two needs no wrap.
pub type Table = [f32; SIZE + 1];

/// All tables. Made once a take.
pub struct Waves {
    sine: Table,
    saws: Vec<Table>,
    squares: Vec<Table>,
}

/// The shapes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One partial.
    Sine,
    /// All partials.
    Saw,
    /// The odd ones.
    Square,
}

impl Waves {
    /// Computes the tables.
    pub fn new() -> Self {
        let mut sine = [0.0; SIZE + 1];
        for (i, sample) in sine.iter_mut().enumerate() {
            *sample = libm::sinf(core::f32::consts::TAU * i as f32 / SIZE as f32);
        }
        let tables = |step: usize| (0..OCTAVES).map(|octave| sum(&sine, octave, step)).collect();
        Self { saws: tables(1), squares: tables(2), sine }
    }

    /// The table of a shape that does not alias at a frequency.
    pub fn table(&self, shape: Shape, hertz: f32) -> &Table {
        let mut octave = 0;
        let mut top = LOWEST;
        while top < hertz && octave + 1 < OCTAVES {
            top *= 2.0;
            octave += 1;
        }
        match shape {
            Shape::Sine => &self.sine,
            Shape::Saw => self.saws.get(octave).unwrap_or(&self.sine),
            Shape::Square => self.squares.get(octave).unwrap_or(&self.sine),
        }
    }
}

impl Default for Waves {
    fn default() -> Self {
        Self::new()
    }
}

/// Every `step`th partial up to the limit of an octave's highest note, fading towards the limit so
/// that the edge does not ring.
fn sum(sine: &Table, octave: usize, step: usize) -> Table {
    let top = LOWEST * (1 << octave) as f32;
    let most = ((RATE * 0.45 / top) as usize).clamp(1, 500);
    let mut table = [0.0; SIZE + 1];
    for partial in (1..=most).step_by(step) {
        let place = partial as f32 / (most + 1) as f32;
        let fade = libm::cosf(core::f32::consts::FRAC_PI_2 * place);
        let gain = fade * fade / partial as f32;
        for (i, sample) in table.iter_mut().enumerate() {
            *sample += gain * sine[(i * partial) & (SIZE - 1)];
        }
    }
    table
}

/// A phase that runs round once a period.
#[derive(Clone, Copy, Debug, Default)]
pub struct Phase(u32);

impl Phase {
    /// At a place in the period, 0.0 to 1.0.
    pub fn at(place: f32) -> Self {
        Self((f64::from(place) * 4_294_967_296.0) as u32)
    }

    /// How far the phase runs in a sample at a frequency.
    pub fn step(hertz: f32) -> u32 {
        (f64::from(hertz) / f64::from(RATE) * 4_294_967_296.0) as u32
    }

    /// Reads the table, `bend` periods ahead, and moves on.
    pub fn read(&mut self, table: &Table, step: u32, bend: f32) -> f32 {
        let phase = self.0.wrapping_add((bend * 4_294_967_296.0) as i64 as u32);
        self.0 = self.0.wrapping_add(step);
        let index = (phase >> (32 - BITS)) as usize;
        let between = (phase << BITS) as f32 / 4_294_967_296.0;
        table[index] + (table[index + 1] - table[index]) * between
    }
}
