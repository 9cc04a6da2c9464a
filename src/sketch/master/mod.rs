//! The master: balance, loudness, a ceiling, a fade.

mod balance;
mod limiter;
mod loudness;

use super::SketchError;
use super::mix::Stereo;
use super::progress::{Progress, Stage};
use super::time::RATE;
pub use loudness::Loudness;

/// The loudness of a finished take, in LUFS: where streaming services level music.
pub const TARGET: f32 = -14.0;
/// The highest true peak before encoding, in dBFS; the encoder adds up to half a decibel.
const CEILING: f32 = -1.7;
/// The end fades over this many seconds.
const FADE: f32 = 1.6;
/// Samples between two reports.
const SPAN: usize = 16_384;

/// Finishes a mix: about [`TARGET`] LUFS, no peak above -1 dBFS.
///
/// # Errors
///
/// [`SketchError::Cancelled`] when the caller wants to stop.
pub fn master(mut mix: Stereo, progress: &mut Progress) -> Result<Stereo, SketchError> {
    let whole = mix.left.len();
    let mut balance = balance::Balance::measure(&mix);
    let mut loudness = Loudness::default();
    for start in (0..whole).step_by(SPAN) {
        let end = (start + SPAN).min(whole);
        let sides = mix.left[start..end].iter_mut().zip(&mut mix.right[start..end]);
        for (left, right) in sides {
            let pair = balance.run([*left, *right]);
            loudness.push(pair);
            [*left, *right] = pair;
        }
        progress.at(Stage::Master, end, whole * 2)?;
    }
    fade(&mut mix);
    let ceiling = libm::exp10f(CEILING / 20.0);
    let mut peaks = limiter::peaks(&mix.left);
    progress.at(Stage::Master, 6, 10)?;
    for (peak, other) in peaks.iter_mut().zip(limiter::peaks(&mix.right)) {
        *peak = peak.max(other);
    }
    progress.at(Stage::Master, 7, 10)?;
    let gain = libm::exp10f((TARGET - loudness.integrated()) / 20.0).min(40.0);
    let gain = limiter::trim(&peaks, &loudness, gain, ceiling);
    progress.at(Stage::Master, 8, 10)?;
    limiter::limit(&mut mix.left, &peaks, gain, ceiling);
    progress.at(Stage::Master, 9, 10)?;
    limiter::limit(&mut mix.right, &peaks, gain, ceiling);
    progress.at(Stage::Master, 1, 1)?;
    Ok(mix)
}

/// Ends in silence.
fn fade(mix: &mut Stereo) {
    let length = ((FADE * RATE) as usize).min(mix.left.len());
    for side in [&mut mix.left, &mut mix.right] {
        for (i, sample) in side.iter_mut().rev().take(length).enumerate() {
            let place = i as f32 / length as f32;
            *sample *= place * place * (3.0 - 2.0 * place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ops::ControlFlow;

    fn tone(seconds: f32, gain: f32, hertz: f32) -> Stereo {
        let sample = |i| gain * libm::sinf(core::f32::consts::TAU * hertz * i as f32 / RATE);
        let left: Vec<f32> = (0..(seconds * RATE) as usize).map(sample).collect();
        Stereo { right: left.clone(), left }
    }

    #[test]
    fn a_stereo_tone_of_minus_20_measures_minus_20() {
        // EBU Tech 3341: a 1 kHz sine at -20 dBFS on both channels is -20 LUFS.
        let mut loudness = Loudness::default();
        let tone = tone(3.0, 0.1, 997.0);
        for (left, right) in tone.left.iter().zip(&tone.right) {
            loudness.push([*left, *right]);
        }
        assert!((loudness.integrated() + 20.0).abs() < 0.2, "{}", loudness.integrated());
    }

    #[test]
    fn quiet_and_loud_mixes_end_at_the_same_loudness_under_the_ceiling() {
        for gain in [0.01, 0.3, 3.0] {
            let mut tell = |_| ControlFlow::Continue(());
            let done = master(tone(4.0, gain, 220.0), &mut Progress::new(&mut tell)).unwrap();
            let mut loudness = Loudness::default();
            let mut peak = 0.0_f32;
            for (left, right) in done.left.iter().zip(&done.right) {
                loudness.push([*left, *right]);
                peak = peak.max(left.abs()).max(right.abs());
            }
            assert!((loudness.integrated() - TARGET).abs() < 1.0, "{}", loudness.integrated());
            assert!(peak < 0.83, "{peak}");
        }
    }

    #[test]
    fn silence_and_nothing_stay_what_they_are() {
        for samples in [0, 1, 100, 100_000] {
            let mix = Stereo { left: vec![0.0; samples], right: vec![0.0; samples] };
            let mut tell = |_| ControlFlow::Continue(());
            let done = master(mix, &mut Progress::new(&mut tell)).unwrap();
            assert!(done.left.iter().all(|sample| sample.abs() < 1e-6));
        }
    }
}
