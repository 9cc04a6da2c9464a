//! Brings a recording to the player's rate: a windowed sinc, in exact steps, so that there is no
//! drift and the number of frames is right to the frame.
//!
//! Flat within 0.1 dB to 19 kHz from 44.1 kHz, images and aliases below -85 dB. A recording that is
//! at the player's rate already passes through untouched.

use std::f64::consts::PI;

use super::Frame;
use super::RATE;

/// Input frames under the window when the rate rises; it widens in proportion when it falls.
const TAPS: usize = 96;
/// Of the narrower band, so that the slope ends about where the band does.
const CUTOFF: f64 = 0.94;
/// Kaiser's shape for a stop band at -90 dB.
const BETA: f64 = 9.0;
/// Rates with an odd ratio share this many sub-frame positions; the usual ones need fewer.
const PHASES: u64 = 2048;

/// A resampler from one rate to [`RATE`].
pub(super) struct Resampler {
    /// The ratio `from / RATE` in lowest terms.
    from: u64,
    to: u64,
    /// `phases` rows of `taps` coefficients, each twice: once for left, once for right.
    kernel: Vec<f32>,
    phases: u64,
    taps: usize,
    history: Vec<Frame>,
    /// Where the next output frame lies: sub-frame position in units of `1 / to`.
    part: u64,
    received: u64,
    sent: u64,
}

impl Resampler {
    /// From `rate` frames a second.
    pub(super) fn new(rate: u32) -> Self {
        let shared = gcd(u64::from(rate), u64::from(RATE));
        let (from, to) = (u64::from(rate) / shared, u64::from(RATE) / shared);
        let narrow = (from as f64 / to as f64).max(1.0);
        let taps = ((TAPS as f64 * narrow) as usize).next_multiple_of(4);
        let phases = to.min(PHASES);
        let kernel = if from == to { Vec::new() } else { kernel(phases, taps, CUTOFF / narrow) };
        // Half a window of silence before the first frame keeps the first output at time zero.
        let history = vec![[0.0; 2]; taps / 2 - 1];
        Self { from, to, kernel, phases, taps, history, part: 0, received: 0, sent: 0 }
    }

    /// Frames at [`RATE`] that `frames` of the recording make.
    pub(super) fn length(&self, frames: u64) -> u64 {
        (frames * self.to).div_ceil(self.from)
    }

    /// Takes frames in and appends to `out` what can be computed so far.
    pub(super) fn push(&mut self, block: &[Frame], out: &mut Vec<Frame>) {
        self.received += block.len() as u64;
        if self.kernel.is_empty() {
            out.extend_from_slice(block);
        } else {
            self.history.extend_from_slice(block);
            self.drain(u64::MAX, out);
        }
    }

    /// Appends the rest, after the last [`Resampler::push`].
    pub(super) fn finish(&mut self, out: &mut Vec<Frame>) {
        if !self.kernel.is_empty() {
            self.history.resize(self.history.len() + self.taps, [0.0; 2]);
            self.drain(self.length(self.received), out);
        }
    }

    fn drain(&mut self, end: u64, out: &mut Vec<Frame>) {
        let mut first = 0;
        while first + self.taps <= self.history.len() && self.sent < end {
            let phase = (self.part * self.phases / self.to) as usize;
            let row = &self.kernel[phase * self.taps * 2..][..self.taps * 2];
            out.push(convolve(self.history[first..first + self.taps].as_flattened(), row));
            self.sent += 1;
            self.part += self.from;
            first += (self.part / self.to) as usize;
            self.part %= self.to;
        }
        // A step is shorter than the window, so this is within what is here.
        self.history.drain(..first);
    }
}

/// Interleaved samples against interleaved coefficients, in eight lanes for the compiler's sake.
fn convolve(samples: &[f32], row: &[f32]) -> Frame {
    let mut lanes = [0.0_f32; 8];
    for (samples, row) in samples.chunks_exact(8).zip(row.chunks_exact(8)) {
        for ((lane, sample), weight) in lanes.iter_mut().zip(samples).zip(row) {
            *lane += sample * weight;
        }
    }
    [lanes[0] + lanes[2] + lanes[4] + lanes[6], lanes[1] + lanes[3] + lanes[5] + lanes[7]]
}

fn kernel(phases: u64, taps: usize, cutoff: f64) -> Vec<f32> {
    let centre = (taps / 2 - 1) as f64;
    let half = taps as f64 / 2.0;
    let mut kernel = Vec::with_capacity(phases as usize * taps * 2);
    for phase in 0..phases {
        let part = phase as f64 / phases as f64;
        let row: Vec<f64> = (0..taps)
            .map(|tap| tap as f64 - centre - part)
            .map(|time| cutoff * sinc(cutoff * time) * kaiser(time / half))
            .collect();
        // Every phase passes a constant unchanged, or the constant would hum.
        let sum: f64 = row.iter().sum();
        kernel.extend(row.iter().flat_map(|weight| [(weight / sum) as f32; 2]));
    }
    kernel
}

fn sinc(x: f64) -> f64 {
    if x == 0.0 { 1.0 } else { (PI * x).sin() / (PI * x) }
}

fn kaiser(x: f64) -> f64 {
    bessel(BETA * (1.0 - x * x).max(0.0).sqrt()) / bessel(BETA)
}

/// The modified Bessel function of the first kind, order zero, by its series.
fn bessel(x: f64) -> f64 {
    let mut term = 1.0;
    let mut sum = 1.0;
    for k in 1..64 {
        term *= (x / (2.0 * f64::from(k))).powi(2);
        sum += term;
    }
    sum
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sine of `hertz` through the resampler in uneven blocks.
    fn sine(rate: u32, hertz: f64, frames: usize) -> Vec<Frame> {
        let at = |n: usize| (2.0 * PI * hertz * n as f64 / f64::from(rate)).sin() as f32;
        let input: Vec<Frame> = (0..frames).map(|n| [at(n), -at(n)]).collect();
        let mut resampler = Resampler::new(rate);
        let mut out = Vec::new();
        for block in input.chunks(97) {
            resampler.push(block, &mut out);
        }
        resampler.finish(&mut out);
        out
    }

    #[test]
    fn a_tone_keeps_its_pitch_its_level_and_its_sides() {
        for rate in [8_000, 11_025, 22_050, 32_000, 44_100, 47_999, 88_200, 96_000, 192_000] {
            let hertz = 1_000.0;
            let out = sine(rate, hertz, rate as usize / 20);
            let window = 800..out.len() - 800;
            let worst = window
                .map(|n| {
                    let want = (2.0 * PI * hertz * n as f64 / f64::from(RATE)).sin();
                    let [left, right] = out[n].map(f64::from);
                    (left - want).abs().max((right + want).abs())
                })
                .fold(0.0, f64::max);
            let limit = if rate == 47_999 { 1e-3 } else { 4e-5 };
            assert!(worst < limit, "{rate} Hz: off by {worst}");
        }
    }

    #[test]
    fn the_treble_is_kept() {
        let out = sine(44_100, 19_000.0, 4_410);
        let within = &out[400..out.len() - 400];
        let power: f64 = within.iter().map(|frame| f64::from(frame[0]).powi(2)).sum();
        let level = 10.0 * (2.0 * power / within.len() as f64).log10();
        assert!(level.abs() < 0.1, "{level} dB");
    }

    /// How strong the tone is in what came out, and everything else, in decibels.
    fn tone_and_rest(out: &[Frame], hertz: f64) -> (f64, f64) {
        let within = &out[out.len() / 4..out.len() / 4 * 3];
        let angle = |n: usize| 2.0 * PI * hertz * n as f64 / f64::from(RATE);
        let (mut sines, mut cosines, mut products) = (0.0, 0.0, 0.0);
        let (mut with_sine, mut with_cosine) = (0.0, 0.0);
        for (n, frame) in within.iter().enumerate() {
            let ((sin, cos), sample) = (angle(n).sin_cos(), f64::from(frame[0]));
            (sines, cosines, products) =
                (sines + sin * sin, cosines + cos * cos, products + sin * cos);
            (with_sine, with_cosine) = (with_sine + sample * sin, with_cosine + sample * cos);
        }
        let whole = sines * cosines - products * products;
        let sine = (with_sine * cosines - with_cosine * products) / whole;
        let cosine = (with_cosine * sines - with_sine * products) / whole;
        let rest = within.iter().enumerate().map(|(n, frame)| {
            let (sin, cos) = angle(n).sin_cos();
            (f64::from(frame[0]) - sine * sin - cosine * cos).powi(2)
        });
        let rest = 2.0 * rest.sum::<f64>() / within.len() as f64;
        (20.0 * sine.hypot(cosine).log10(), 10.0 * rest.max(1e-20).log10())
    }

    #[test]
    fn a_band_keeps_its_level_and_has_no_images() {
        for rate in [8_000, 11_025, 22_050, 32_000, 44_100, 88_200, 96_000, 192_000, 384_000] {
            let nyquist = f64::from(rate.min(RATE)) / 2.0;
            for part in [0.01, 0.1, 0.37, 0.5, 0.71, 0.86] {
                let hertz = nyquist * part;
                let out = sine(rate, hertz, rate as usize / 8);
                let (level, rest) = tone_and_rest(&out, hertz);
                assert!(level.abs() < 0.1, "{rate} Hz, {hertz} Hz: {level} dB");
                assert!(rest < -85.0, "{rate} Hz, {hertz} Hz: {rest} dB of something else");
            }
        }
    }

    #[test]
    fn what_cannot_be_played_is_taken_out() {
        let out = sine(96_000, 30_000.0, 9_600);
        let loudest = out[400..out.len() - 400].iter().map(|f| f[0].abs()).fold(0.0, f32::max);
        assert!(loudest < 5e-5, "an alias at {loudest}");
    }

    #[test]
    fn no_frame_is_lost_or_made() {
        for (rate, frames, want) in
            [(44_100, 44_100, 48_000), (8_000, 10, 60), (96_000, 3, 2), (48_000, 5, 5)]
        {
            let out = sine(rate, 100.0, frames);
            assert_eq!(out.len(), want, "{rate}");
            assert_eq!(out.len() as u64, Resampler::new(rate).length(frames as u64));
        }
    }
}
