//! A ping-pong delay of a dotted eighth, at half the sample rate.

use crate::sketch::time::{RATE, Tempo};

/// The delay lines of both sides.
pub(super) struct Delay {
    left: Vec<f32>,
    right: Vec<f32>,
    at: usize,
    low: [f32; 2],
}

/// How much of an echo echoes.
const FEEDBACK: f32 = 0.38;

impl Delay {
    /// In time with the song.
    pub fn new(tempo: Tempo) -> Self {
        let seconds = (tempo.step_seconds() * 3.0).min(0.6);
        let length = ((seconds * RATE / 2.0) as usize).max(1);
        Self { left: vec![0.0; length], right: vec![0.0; length], at: 0, low: [0.0; 2] }
    }

    /// One sample in, both sides out.
    pub fn run(&mut self, x: f32) -> [f32; 2] {
        let (left, right) = (self.left[self.at], self.right[self.at]);
        // Each round loses some of its top; the constant keeps silence from turning into denormals.
        for (low, echo) in self.low.iter_mut().zip([right * FEEDBACK + x, left * FEEDBACK]) {
            *low += 0.5 * (echo - *low) + 1e-20;
        }
        self.left[self.at] = self.low[0];
        self.right[self.at] = self.low[1];
        self.at += 1;
        if self.at == self.left.len() {
            self.at = 0;
        }
        [left, right]
    }
}
