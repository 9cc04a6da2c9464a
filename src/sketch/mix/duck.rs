//! Ducking: the kick pushes the band down for a moment and the band swings back up, as a
//! compressor keyed by the kick would have it.

use super::sample;
use crate::sketch::arrange::{Drum, Score};
use crate::sketch::time::RATE;

/// Samples with the same gain.
pub(super) const BLOCK: usize = 64;

/// The gain of each block; none where the genre does not duck.
pub(super) fn curve(score: &Score, samples: usize) -> Option<Vec<f32>> {
    if score.duck <= 0.0 {
        return None;
    }
    let mut curve = vec![1.0_f32; samples / BLOCK + 1];
    let recovery = (score.tempo.step_seconds() * 3.4).min(0.36);
    let blocks = (recovery * RATE / BLOCK as f32) as usize;
    for hit in score.hits.iter().filter(|hit| hit.drum == Drum::Kick) {
        let start = sample(score.tempo, hit.step, 0.0) / BLOCK;
        for (i, gain) in curve.iter_mut().skip(start).take(blocks).enumerate() {
            let place = i as f32 / blocks as f32;
            let back = place * place * (3.0 - 2.0 * place);
            *gain = gain.min(1.0 - score.duck * hit.velocity * (1.0 - back));
        }
    }
    // No steps between blocks that could be heard.
    for i in 1..curve.len() {
        curve[i] = curve[i].max(curve[i - 1] - 0.12);
    }
    Some(curve)
}
