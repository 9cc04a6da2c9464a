//! The limiter: it sees a peak coming, is down in time, and comes back slowly.

use super::loudness::{self, Loudness, TENTH};
use crate::sketch::time::RATE;

/// Samples that share a gain: one millisecond, and a divisor of a tenth of a second.
const BLOCK: usize = 45;
/// Blocks that the limiter looks ahead.
const AHEAD: usize = 4;
/// Seconds in which it comes back by two thirds.
const RELEASE: f32 = 0.1;

/// The true peak of each block: between two samples a cubic guesses what the converter will make
/// of them.
pub(super) fn peaks(side: &[f32]) -> Vec<f32> {
    let loudest = |block: &[f32]| block.iter().fold(0.0_f32, |peak, x| peak.max(x.abs()));
    let mut peaks: Vec<f32> = side.chunks(BLOCK).map(loudest).collect();
    for (i, four) in side.windows(4).enumerate() {
        let between = 0.5625 * (four[1] + four[2]) - 0.0625 * (four[0] + four[3]);
        if let Some(peak) = peaks.get_mut((i + 1) / BLOCK) {
            *peak = peak.max(between.abs() * 1.05);
        }
    }
    peaks
}

/// The gain of each block, at most 1, after a make-up gain.
fn reductions(peaks: &[f32], gain: f32, ceiling: f32) -> Vec<f32> {
    let wanted: Vec<f32> =
        peaks.iter().map(|peak| (ceiling / (peak * gain).max(1e-9)).min(1.0)).collect();
    let back = libm::expf(-(BLOCK as f32) / (RELEASE * RATE));
    let mut last = 1.0_f32;
    (0..wanted.len())
        .map(|i| {
            let window = &wanted[i.saturating_sub(1)..(i + AHEAD).min(wanted.len())];
            let lowest = window.iter().copied().fold(1.0, f32::min);
            last = lowest.min(1.0 - (1.0 - last) * back);
            last
        })
        .collect()
}

/// The make-up gain with which the limited mix is as loud as `gain` alone would make it; at most
/// a few decibels more, for a limiter that works hard sounds so.
pub(super) fn trim(peaks: &[f32], loudness: &Loudness, gain: f32, ceiling: f32) -> f32 {
    let per_tenth = TENTH / BLOCK;
    let target = loudness.integrated();
    let mut trimmed = gain;
    for _ in 0..3 {
        let reductions = reductions(peaks, trimmed, ceiling);
        let heard: Vec<f64> = loudness
            .tenths
            .iter()
            .zip(reductions.chunks(per_tenth))
            .map(|(power, gains)| {
                let mean = gains.iter().map(|gain| gain * gain).sum::<f32>() / gains.len() as f32;
                power * f64::from(mean)
            })
            .collect();
        let applied = 20.0 * libm::log10f(trimmed / gain);
        let lost = target - (loudness::integrated(&heard) + applied);
        trimmed = (trimmed * libm::exp10f(lost / 20.0)).clamp(gain * 0.7, gain * 1.6);
    }
    trimmed
}

/// Applies the gain to a side and keeps it under the ceiling. `peaks` are those of both sides, so
/// that the picture does not wander.
pub(super) fn limit(side: &mut [f32], peaks: &[f32], gain: f32, ceiling: f32) {
    let reductions = reductions(peaks, gain, ceiling);
    let mut last = reductions.first().copied().unwrap_or(1.0);
    for (block, &next) in side.chunks_mut(BLOCK).zip(&reductions) {
        let slope = (next - last) / BLOCK as f32;
        for (i, sample) in block.iter_mut().enumerate() {
            let now = last + slope * (i + 1) as f32;
            *sample = (*sample * gain * now).clamp(-ceiling, ceiling);
        }
        last = next;
    }
}
