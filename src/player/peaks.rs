//! The waveform overview of a recording whose length is not known until it ends.
//!
//! It tells how much sounds, not the highest sample: a mastered song touches its ceiling everywhere.

use super::Frame;
use crate::song::Take;

/// Bins that are kept; at least half of them are in use, so a span of the overview is made of 32
/// or more.
const BINS: usize = Take::PEAKS * 64;

/// Collects the power of bins: when they are full, pairs of them merge and each covers twice as
/// much.
pub(super) struct Peaks {
    /// Sums of the squares of the louder channel.
    bins: Vec<f64>,
    /// Frames a bin covers.
    width: u64,
    /// Frames in the last bin.
    filled: u64,
    frames: u64,
}

impl Peaks {
    /// Nothing yet.
    pub(super) fn new() -> Self {
        Self { bins: Vec::with_capacity(BINS), width: 1, filled: 1, frames: 0 }
    }

    /// Takes frames in.
    pub(super) fn push(&mut self, block: &[Frame]) {
        self.frames += block.len() as u64;
        for [left, right] in block {
            let louder = f64::from(left.abs().max(right.abs()));
            if self.filled == self.width {
                if self.bins.len() == BINS {
                    self.merge();
                }
                self.bins.push(0.0);
                self.filled = 0;
            }
            self.filled += 1;
            if let Some(last) = self.bins.last_mut() {
                *last += louder * louder;
            }
        }
    }

    fn merge(&mut self) {
        for n in 0..BINS / 2 {
            self.bins[n] = self.bins[2 * n] + self.bins[2 * n + 1];
        }
        self.bins.truncate(BINS / 2);
        self.width *= 2;
        self.filled = self.width;
    }

    /// How loud each of [`Take::PEAKS`] equal spans is: its RMS, 0 to 255.
    pub(super) fn finish(&self) -> Vec<u8> {
        let spans = Take::PEAKS as u64;
        (0..spans)
            .map(|span| {
                let first = span * self.frames / spans / self.width;
                let end = ((span + 1) * self.frames / spans).div_ceil(self.width).max(first + 1);
                let bins = self.bins.get(first as usize..(end as usize).min(self.bins.len()));
                let bins = bins.unwrap_or_default();
                // The last bin may be half empty.
                let frames = (end * self.width).min(self.frames).saturating_sub(first * self.width);
                let power = bins.iter().sum::<f64>() / frames.max(1) as f64;
                (power.sqrt().min(1.0) * 255.0).round() as u8
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rising_sound_rises_evenly_at_any_length() {
        for frames in [200_usize, 12_801, 1_000_000] {
            let mut peaks = Peaks::new();
            let sound: Vec<Frame> =
                (0..frames).map(|n| [0.0, -(n as f32 / frames as f32)]).collect();
            sound.chunks(1152).for_each(|block| peaks.push(block));
            let peaks = peaks.finish();
            assert_eq!(peaks.len(), Take::PEAKS);
            for (span, peak) in peaks.iter().enumerate() {
                let want = (span as f32 + 0.5) / 200.0 * 255.0;
                assert!((f32::from(*peak) - want).abs() < 2.0, "{frames}, {span}: {peak}");
            }
        }
    }

    #[test]
    fn few_frames_or_none_still_make_a_whole_overview() {
        assert_eq!(Peaks::new().finish(), vec![0; Take::PEAKS]);
        let mut peaks = Peaks::new();
        peaks.push(&[[1.5, 0.0], [0.0, 0.5]]);
        let peaks = peaks.finish();
        assert_eq!((peaks[0], peaks[199]), (255, 128));
    }
}
