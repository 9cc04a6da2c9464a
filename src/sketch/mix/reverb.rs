//! A room: eight delay lines that feed each other (a feedback delay network with a Householder
//! matrix, after Jot), at half the sample rate.

use crate::sketch::style::Room;
use crate::sketch::time::RATE;

/// Lengths in samples at half the rate: primes, so that the echoes do not line up.
const LENGTHS: [f32; 8] = [691.0, 797.0, 907.0, 1033.0, 1153.0, 1283.0, 1399.0, 1511.0];

/// The network.
pub(super) struct Reverb {
    lines: [Vec<f32>; 8],
    at: [usize; 8],
    gains: [f32; 8],
    low: [f32; 8],
    damping: f32,
    early: Vec<f32>,
    early_at: usize,
    bass: f32,
    level: f32,
}

impl Reverb {
    /// A room.
    pub fn new(room: Room) -> Self {
        // Seconds to -60 dB, size, how much treble survives a round, level.
        let (ring, size, damping, level) = match room {
            Room::Live => (1.0, 0.75, 0.62, 0.5),
            Room::Hall => (2.0, 1.0, 0.6, 0.5),
            Room::Cathedral => (4.2, 1.5, 0.55, 0.5),
        };
        let lengths = LENGTHS.map(|length| (length * size) as usize | 1);
        Self {
            lines: lengths.map(|length| vec![0.0; length]),
            at: [0; 8],
            gains: lengths.map(|n| libm::exp10f(-3.0 * n as f32 / (ring * RATE / 2.0))),
            low: [0.0; 8],
            damping,
            early: vec![0.0; (0.018 * RATE / 2.0) as usize],
            early_at: 0,
            bass: 0.0,
            level,
        }
    }

    /// One sample in, both sides out.
    pub fn run(&mut self, x: f32) -> [f32; 2] {
        // The room does not boom: what is below some 250 Hz stays outside.
        self.bass += 0.07 * (x - self.bass);
        let x = std::mem::replace(&mut self.early[self.early_at], x - self.bass);
        self.early_at = if self.early_at + 1 == self.early.len() { 0 } else { self.early_at + 1 };

        let mut out = [0.0; 8];
        let mut sum = 0.0;
        for (k, out) in out.iter_mut().enumerate() {
            let sample = self.lines[k][self.at[k]];
            self.low[k] += self.damping * (sample - self.low[k]);
            *out = self.low[k] * self.gains[k];
            sum += *out;
        }
        for (k, out) in out.iter().enumerate() {
            let at = self.at[k];
            // The constant keeps silence from turning into denormals.
            self.lines[k][at] = out - 0.25 * sum + x + 1e-20;
            self.at[k] = if at + 1 == self.lines[k].len() { 0 } else { at + 1 };
        }
        let left = out[0] - out[2] + out[4] - out[6];
        let right = out[1] - out[3] + out[5] - out[7];
        [self.level * left, self.level * right]
    }
}
