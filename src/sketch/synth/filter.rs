//! Filters: a state-variable one that can be swept, and the biquads of the mixing desk.

use core::f32::consts::{PI, TAU};

use crate::sketch::time::RATE;

/// A state-variable filter in its topology-preserving form (Zavalishin): stable while it is swept.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sweep {
    gains: [f32; 3],
    damping: f32,
    state: [f32; 2],
}

impl Sweep {
    /// At a cutoff in hertz with a resonance; 0.7 is flat.
    pub fn new(hertz: f32, resonance: f32) -> Self {
        let mut filter = Self::default();
        filter.set(hertz, resonance);
        filter
    }

    /// Moves the cutoff.
    pub fn set(&mut self, hertz: f32, resonance: f32) {
        let g = libm::tanf(PI * (hertz / RATE).clamp(0.0005, 0.45));
        self.damping = 1.0 / resonance;
        let first = 1.0 / (1.0 + g * (g + self.damping));
        self.gains = [first, g * first, g * g * first];
    }

    fn run(&mut self, x: f32) -> (f32, f32) {
        let [g1, g2, g3] = self.gains;
        let [s1, s2] = self.state;
        let v3 = x - s2;
        let band = g1 * s1 + g2 * v3;
        let low = s2 + g2 * s1 + g3 * v3;
        self.state = [2.0 * band - s1, 2.0 * low - s2];
        (low, band)
    }

    /// What is below the cutoff.
    pub fn low(&mut self, x: f32) -> f32 {
        self.run(x).0
    }

    /// What is around it, at unit gain.
    pub fn band(&mut self, x: f32) -> f32 {
        self.run(x).1 * self.damping
    }

    /// What is above it.
    pub fn high(&mut self, x: f32) -> f32 {
        let (low, band) = self.run(x);
        x - self.damping * band - low
    }
}

/// A second-order section after the audio EQ cookbook (Bristow-Johnson), for both channels.
#[derive(Clone, Copy, Debug)]
pub struct Biquad {
    b: [f32; 3],
    a: [f32; 2],
    z: [[f32; 2]; 2],
}

impl Biquad {
    fn new(b: [f32; 3], a: [f32; 3]) -> Self {
        let scale = 1.0 / a[0];
        Self { b: b.map(|b| b * scale), a: [a[1] * scale, a[2] * scale], z: [[0.0; 2]; 2] }
    }

    /// Leaves what is above a frequency.
    pub fn high_pass(hertz: f32, q: f32) -> Self {
        let (cos, alpha) = angle(hertz, q);
        let b = f32::midpoint(1.0, cos);
        Self::new([b, -2.0 * b, b], [1.0 + alpha, -2.0 * cos, 1.0 - alpha])
    }

    /// Leaves what is around a frequency.
    pub fn band_pass(hertz: f32, q: f32) -> Self {
        let (cos, alpha) = angle(hertz, q);
        Self::new([alpha, 0.0, -alpha], [1.0 + alpha, -2.0 * cos, 1.0 - alpha])
    }

    /// Lifts or lowers what is around a frequency.
    pub fn bell(hertz: f32, q: f32, decibels: f32) -> Self {
        let (cos, alpha) = angle(hertz, q);
        let gain = libm::exp10f(decibels / 40.0);
        let (up, down) = (alpha * gain, alpha / gain);
        Self::new([1.0 + up, -2.0 * cos, 1.0 - up], [1.0 + down, -2.0 * cos, 1.0 - down])
    }

    /// Lifts or lowers what is below a frequency.
    pub fn low_shelf(hertz: f32, decibels: f32) -> Self {
        Self::shelf(hertz, decibels, -1.0)
    }

    /// Lifts or lowers what is above a frequency.
    pub fn high_shelf(hertz: f32, decibels: f32) -> Self {
        Self::shelf(hertz, decibels, 1.0)
    }

    fn shelf(hertz: f32, decibels: f32, side: f32) -> Self {
        let (cos, alpha) = angle(hertz, core::f32::consts::FRAC_1_SQRT_2);
        let gain = libm::exp10f(decibels / 40.0);
        let root = 2.0 * gain.sqrt() * alpha;
        let (plus, minus) = (gain + 1.0, (gain - 1.0) * side);
        Self::new(
            [
                gain * (plus + minus * cos + root),
                -2.0 * gain * (minus + plus * cos),
                gain * (plus + minus * cos - root),
            ],
            [plus - minus * cos + root, 2.0 * (minus - plus * cos), plus - minus * cos - root],
        )
    }

    /// Filters one sample of both channels.
    pub fn run(&mut self, x: [f32; 2]) -> [f32; 2] {
        let mut y = [0.0; 2];
        for side in 0..2 {
            let z = &mut self.z[side];
            y[side] = self.b[0] * x[side] + z[0];
            z[0] = self.b[1] * x[side] - self.a[0] * y[side] + z[1];
            z[1] = self.b[2] * x[side] - self.a[1] * y[side];
        }
        y
    }
}

fn angle(hertz: f32, q: f32) -> (f32, f32) {
    let w = TAU * (hertz / RATE).min(0.49);
    (libm::cosf(w), libm::sinf(w) / (2.0 * q))
}
