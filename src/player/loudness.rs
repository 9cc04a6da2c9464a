//! How loud a recording is as a whole, after EBU R 128: in gated blocks of 0.4 s, as ears weigh
//! the frequencies.

use ebur128::{EbuR128, Mode};

use super::Frame;
use crate::song::Lufs;

/// Measures from the first frame to the last.
pub(super) struct Meter {
    /// None where the rate cannot be measured; the decoder lets no such rate pass.
    ebu: Option<EbuR128>,
}

impl Meter {
    /// For stereo at `rate` frames a second.
    pub(super) fn new(rate: u32) -> Self {
        let ebu = EbuR128::new(2, rate, Mode::I)
            .inspect_err(|error| tracing::error!(%error, rate, "the loudness is not measured"));
        Self { ebu: ebu.ok() }
    }

    /// Takes frames in.
    pub(super) fn push(&mut self, block: &[Frame]) {
        if let Some(ebu) = &mut self.ebu {
            // It fails only where frames are cut in two, and these are whole.
            let _ = ebu.add_frames_f32(block.as_flattened());
        }
    }

    /// The loudness of all of it; none for silence and for less than 0.4 s.
    pub(super) fn finish(self) -> Option<Lufs> {
        self.ebu.and_then(|ebu| ebu.loudness_global().ok()).and_then(Lufs::new)
    }
}

#[cfg(test)]
mod tests {
    use std::f32::consts::TAU;

    use super::*;

    /// Seconds of a 997 Hz tone on both sides.
    fn tone(rate: u32, seconds: u32, gain: f32) -> Vec<Frame> {
        let at = |n: u32| (TAU * 997.0 * (n as f32 / rate as f32).fract()).sin() * gain;
        (0..rate * seconds).map(|n| [at(n); 2]).collect()
    }

    fn measure(rate: u32, sounds: &[Vec<Frame>]) -> Option<f32> {
        let mut meter = Meter::new(rate);
        for sound in sounds {
            sound.chunks(1152).for_each(|block| meter.push(block));
        }
        meter.finish().map(Lufs::value)
    }

    #[test]
    fn a_tone_is_as_loud_as_the_standard_says_at_any_rate() {
        // Full scale on one side is -3.01 LUFS, so on both it is 0 at this pitch.
        for rate in [8_000, 22_050, 44_100, 48_000, 96_000] {
            let loudness = measure(rate, &[tone(rate, 3, 0.1)]).unwrap();
            assert!((loudness + 20.0).abs() < 0.15, "{rate}: {loudness}");
        }
    }

    #[test]
    fn pauses_do_not_count() {
        let (tone, silence) = (tone(48_000, 4, 0.5), vec![[0.0; 2]; 480_000]);
        let alone = measure(48_000, std::slice::from_ref(&tone)).unwrap();
        let paused = measure(48_000, &[silence.clone(), tone, silence]).unwrap();
        assert!((alone - paused).abs() < 0.5, "{alone} and {paused}");
    }

    #[test]
    fn silence_and_next_to_nothing_have_no_loudness() {
        assert_eq!(measure(48_000, &[vec![[0.0; 2]; 96_000]]), None);
        assert_eq!(measure(48_000, &[tone(48_000, 1, 0.5)[..9_600].to_vec()]), None);
        assert_eq!(measure(48_000, &[]), None);
    }
}
