//! What is to know of a recording's sound, gathered as it is decoded: its waveform and its
//! loudness.

use super::Frame;
use super::loudness::Meter;
use super::peaks::Peaks;
use crate::song::Lufs;

/// Gathers from the first frame to the last.
pub(super) struct Survey {
    peaks: Peaks,
    meter: Meter,
}

impl Survey {
    /// Of a recording at `rate` frames a second.
    pub(super) fn new(rate: u32) -> Self {
        Self { peaks: Peaks::new(), meter: Meter::new(rate) }
    }

    /// Takes frames in.
    pub(super) fn push(&mut self, block: &[Frame]) {
        self.peaks.push(block);
        self.meter.push(block);
    }

    /// How loud each of [`crate::song::Take::PEAKS`] equal spans is of what came so far: its RMS,
    /// 0 to 255.
    pub(super) fn peaks(&self) -> Vec<u8> {
        self.peaks.finish()
    }

    /// The same of all of it, and how loud it is as a whole; none for silence.
    pub(super) fn finish(self) -> (Vec<u8>, Option<Lufs>) {
        (self.peaks.finish(), self.meter.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_on_the_way_is_of_what_came_and_disturbs_nothing() {
        let frames: Vec<Frame> =
            (0..96_000).map(|n| [n as f32 / 96_000.0 * (n % 100) as f32 / 100.0; 2]).collect();
        let (mut survey, mut half) = (Survey::new(48_000), Survey::new(48_000));
        let mut undisturbed = Survey::new(48_000);
        undisturbed.push(&frames);
        half.push(&frames[..48_000]);
        for (n, block) in frames.chunks(1_000).enumerate() {
            if n == 48 {
                assert_eq!(survey.peaks(), half.peaks());
            }
            survey.push(block);
        }
        let (peaks, loudness) = survey.finish();
        assert_eq!((peaks, loudness), undisturbed.finish());
        assert!(loudness.is_some());
    }
}
