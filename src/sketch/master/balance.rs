//! Balance: a broad equaliser that nudges a mix towards the spectrum of finished records, where
//! each octave is a little quieter than the one below.

use crate::sketch::mix::Stereo;
use crate::sketch::synth::Biquad;

/// The middles of the bands in hertz.
const BANDS: [f32; 5] = [75.0, 270.0, 1_000.0, 3_300.0, 9_000.0];
/// The levels they should have relative to each other, in decibels.
const WANTED: [f32; 5] = [0.0, -2.0, -6.5, -11.5, -16.5];
/// How far the equaliser goes, in decibels.
const REACH: f32 = 5.0;
/// Samples that are measured together, one in five of them, and at most some sixty.
const SPAN: usize = 8_192;
const EVERY: usize = 5;
const MOST: usize = 60;

/// The equaliser, set for a mix.
pub(super) struct Balance {
    sections: [Biquad; 6],
}

impl Balance {
    /// Listens to a mix and sets the equaliser.
    pub fn measure(mix: &Stereo) -> Self {
        let levels = levels(mix);
        let mean = |values: &[f32; 5]| values.iter().sum::<f32>() / 5.0;
        let offset = mean(&levels) - mean(&WANTED);
        let mut nudge = [0.0; 5];
        for (band, nudge) in nudge.iter_mut().enumerate() {
            *nudge = (0.75 * (WANTED[band] + offset - levels[band])).clamp(-REACH, REACH);
        }
        Self {
            sections: [
                Biquad::high_pass(28.0, 0.7),
                Biquad::low_shelf(130.0, nudge[0]),
                Biquad::bell(BANDS[1], 0.8, nudge[1]),
                Biquad::bell(BANDS[2], 0.7, nudge[2]),
                Biquad::bell(BANDS[3], 0.8, nudge[3]),
                Biquad::high_shelf(7_000.0, nudge[4]),
            ],
        }
    }

    /// One sample of both channels.
    pub fn run(&mut self, pair: [f32; 2]) -> [f32; 2] {
        self.sections.iter_mut().fold(pair, |pair, section| section.run(pair))
    }
}

/// The level of each band in decibels, from samples of the whole song.
fn levels(mix: &Stereo) -> [f32; 5] {
    let mut powers = [1e-9_f64; 5];
    let every = EVERY.max(mix.left.len() / SPAN / MOST);
    let spans = mix.left.chunks(SPAN).zip(mix.right.chunks(SPAN)).step_by(every);
    let mut filters = BANDS.map(|hertz| Biquad::band_pass(hertz, 0.9));
    for (left, right) in spans {
        for (left, right) in left.iter().zip(right) {
            for (filter, power) in filters.iter_mut().zip(&mut powers) {
                let [l, r] = filter.run([*left, *right]);
                *power += f64::from(l * l + r * r);
            }
        }
    }
    powers.map(|power| 10.0 * libm::log10(power) as f32)
}
