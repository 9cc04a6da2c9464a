//! Loudness after ITU-R BS.1770: K-weighted power in gated blocks.

use crate::sketch::synth::Biquad;
use crate::sketch::time::SAMPLE_RATE;

/// Samples in a tenth of a second; a block is four of these.
pub(super) const TENTH: usize = SAMPLE_RATE as usize / 10;

/// A meter. Feed it samples, then ask.
pub struct Loudness {
    shelf: Biquad,
    floor: Biquad,
    sum: f64,
    count: usize,
    /// The mean K-weighted power of each tenth of a second.
    pub(super) tenths: Vec<f64>,
}

impl Default for Loudness {
    fn default() -> Self {
        Self {
            shelf: Biquad::high_shelf(1_500.0, 4.0),
            floor: Biquad::high_pass(38.1, 0.5),
            sum: 0.0,
            count: 0,
            tenths: Vec::new(),
        }
    }
}

impl Loudness {
    /// One sample of both channels.
    pub fn push(&mut self, pair: [f32; 2]) {
        let [left, right] = self.floor.run(self.shelf.run(pair));
        self.sum += f64::from(left * left + right * right);
        self.count += 1;
        if self.count == TENTH {
            self.tenths.push(self.sum / TENTH as f64);
            (self.sum, self.count) = (0.0, 0);
        }
    }

    /// The integrated loudness so far, in LUFS; -70 for silence.
    pub fn integrated(&self) -> f32 {
        integrated(&self.tenths)
    }
}

/// The integrated loudness of mean powers by tenths of a second.
pub(super) fn integrated(tenths: &[f64]) -> f32 {
    let blocks: Vec<f64> = tenths.windows(4).map(|block| block.iter().sum::<f64>() / 4.0).collect();
    let gated = |gate: f64| -> Option<f64> {
        let (sum, count) = blocks
            .iter()
            .filter(|power| lufs(**power) > gate)
            .fold((0.0, 0), |(sum, count), power| (sum + power, count + 1));
        (count > 0).then(|| sum / f64::from(count))
    };
    let Some(mean) = gated(-70.0) else { return -70.0 };
    lufs(gated(lufs(mean) - 10.0).unwrap_or(mean)) as f32
}

fn lufs(power: f64) -> f64 {
    -0.691 + 10.0 * libm::log10(power.max(1e-12))
}
