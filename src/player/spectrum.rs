//! From samples to the picture of them: 32 bands of equal pitch that rise at once and fall gently.

use std::f32::consts::PI;
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::time::Duration;

use realfft::num_complex::Complex;
use realfft::{RealFftPlanner, RealToComplex};

use super::{RATE, Spectrum};

/// Frames that are looked at together, 43 ms.
const WINDOW: usize = 2048;
const BINS: usize = WINDOW / 2 + 1;
/// Hertz from one bin to the next.
const STEP: f32 = RATE as f32 / WINDOW as f32;
const BANDS: usize = Spectrum::BANDS;
/// The lower edge of the first band and the upper one of the last, hertz.
const LOWEST: f32 = 40.0;
const HIGHEST: f32 = 16_000.0;
/// Decibels from nothing to full scale.
const RANGE: f32 = 72.0;
/// A Hann window adds up to half of its length, and a sine has half of its strength at each sign.
const FULL: f32 = WINDOW as f32 / 4.0;
/// Seconds in which a band comes up by two thirds.
const ATTACK: f32 = 0.012;
/// Decibels a second.
const BAND_FALL: f32 = 60.0;
const PEAK_FALL: f32 = 12.0;
/// How long a peak stays before it falls, seconds.
const HOLD: f32 = 0.4;

/// Where a band lies.
struct Band {
    /// Its lower and its upper edge, in bins.
    edges: [f32; 2],
    /// The whole bins in it; empty where it is narrower than a bin.
    bins: RangeInclusive<usize>,
}

/// A band as it is seen.
#[derive(Clone, Copy, Default)]
struct Sight {
    /// Decibels above the floor.
    band: f32,
    peak: f32,
    /// Seconds that the peak still stays.
    hold: f32,
}

/// Looks at the last frames of what is heard. It allocates at its start and never again.
pub struct Analyser {
    fft: Arc<dyn RealToComplex<f32>>,
    window: Vec<f32>,
    bands: Vec<Band>,
    /// The last frames, a ring for each side.
    sides: [Vec<f32>; 2],
    next: usize,
    input: Vec<f32>,
    output: Vec<Complex<f32>>,
    scratch: Vec<Complex<f32>>,
    /// How strong each bin is in the louder side; 1.0 is a sine at full scale.
    bins: Vec<f32>,
    sights: [Sight; BANDS],
}

impl Default for Analyser {
    fn default() -> Self {
        Self::new()
    }
}

impl Analyser {
    /// Has heard nothing yet.
    pub fn new() -> Self {
        let fft = RealFftPlanner::<f32>::new().plan_fft_forward(WINDOW);
        let hann = |n: usize| 0.5 - 0.5 * (2.0 * PI * n as f32 / WINDOW as f32).cos();
        Self {
            window: (0..WINDOW).map(hann).collect(),
            bands: (0..BANDS).map(band).collect(),
            sides: [vec![0.0; WINDOW], vec![0.0; WINDOW]],
            next: 0,
            input: fft.make_input_vec(),
            output: fft.make_output_vec(),
            scratch: fft.make_scratch_vec(),
            bins: vec![0.0; BINS],
            sights: [Sight::default(); BANDS],
            fft,
        }
    }

    /// Takes in interleaved stereo at [`RATE`], -1.0 to 1.0.
    pub fn push(&mut self, samples: &[f32]) {
        let [left, right] = &mut self.sides;
        for frame in samples.chunks_exact(2) {
            (left[self.next], right[self.next]) = (frame[0], frame[1]);
            self.next = (self.next + 1) % WINDOW;
        }
    }

    /// The picture, so long after the one before.
    pub fn look(&mut self, elapsed: Duration) -> Spectrum {
        self.transform();
        let seconds = elapsed.as_secs_f32();
        let attack = 1.0 - (-seconds / ATTACK).exp();
        let mut spectrum = Spectrum::default();
        for (n, sight) in self.sights.iter_mut().enumerate() {
            let level = self.bands[n].level(&self.bins);
            sight.move_to(level, attack, seconds);
            spectrum.bands[n] = shade(sight.band);
            spectrum.peaks[n] = shade(sight.peak);
        }
        spectrum
    }

    fn transform(&mut self) {
        self.bins.fill(0.0);
        for side in &self.sides {
            let (newer, older) = side.split_at(self.next);
            let heard = older.iter().chain(newer).zip(&self.window);
            for (input, (sample, weight)) in self.input.iter_mut().zip(heard) {
                *input = sample * weight;
            }
            // It fails only where lengths differ, and these were made for it.
            let done =
                self.fft.process_with_scratch(&mut self.input, &mut self.output, &mut self.scratch);
            if done.is_ok() {
                for (bin, value) in self.bins.iter_mut().zip(&self.output) {
                    *bin = bin.max(value.norm_sqr());
                }
            }
        }
        for bin in &mut self.bins {
            *bin = bin.sqrt() / FULL;
        }
    }
}

fn band(n: usize) -> Band {
    let edge = |n: usize| LOWEST * (HIGHEST / LOWEST).powf(n as f32 / BANDS as f32) / STEP;
    let edges = [edge(n), edge(n + 1)];
    Band { edges, bins: edges[0].ceil() as usize..=(edges[1].ceil() as usize - 1) }
}

impl Band {
    /// How strong the strongest tone in it is, in decibels above the floor.
    fn level(&self, bins: &[f32]) -> f32 {
        let [low, high] = self.edges;
        // A window blurs a tone over three bins. Where a band is narrower than that, what is
        // between two bins at its middle tells it from its neighbours.
        let middle = f32::midpoint(low, high);
        let below = middle as usize;
        let mut level = bins[below] + (bins[below + 1] - bins[below]) * middle.fract();
        let strongest = self.bins.clone().max_by(|a, b| bins[*a].total_cmp(&bins[*b]));
        if high - low > 1.0
            && let Some(strongest) = strongest
        {
            level = level.max(bins[strongest]);
        }
        // The nearest bins on both sides may be those of a tone that lies in here.
        let around = low as usize..=high.ceil() as usize;
        let tops = around.filter(|bin| strongest.is_none_or(|top| bin.abs_diff(top) < 2));
        for top in tops {
            if let Some((place, height)) = tone(bins, top)
                && (low..high).contains(&place)
            {
                level = level.max(height);
            }
        }
        (20.0 * level.max(1e-9).log10() + RANGE).clamp(0.0, RANGE)
    }
}

/// The tone whose strongest bin this is: where it lies between the bins, and how strong it is.
/// Both follow from the shape of the window, as the louder neighbour shows it.
fn tone(bins: &[f32], top: usize) -> Option<(f32, f32)> {
    let (before, here, after) = (bins[top.checked_sub(1)?], bins[top], *bins.get(top + 1)?);
    if here <= 0.0 || here < before || here < after {
        return None;
    }
    let ratio = before.max(after) / here;
    let off = ((2.0 * ratio - 1.0) / (ratio + 1.0)).clamp(0.0, 0.5);
    let lost = if off > 0.0 { (PI * off).sin() / (PI * off) / (1.0 - off * off) } else { 1.0 };
    let place = top as f32 + if after > before { off } else { -off };
    Some((place, here / lost))
}

impl Sight {
    fn move_to(&mut self, level: f32, attack: f32, seconds: f32) {
        self.band = if level > self.band {
            self.band + (level - self.band) * attack
        } else {
            level.max(self.band - BAND_FALL * seconds)
        };
        let falling = (seconds - self.hold).max(0.0);
        self.hold = (self.hold - seconds).max(0.0);
        self.peak -= PEAK_FALL * falling;
        if self.band >= self.peak {
            (self.peak, self.hold) = (self.band, HOLD);
        }
    }
}

fn shade(level: f32) -> u8 {
    (level / RANGE * 255.0).round() as u8
}

#[cfg(test)]
mod tests {
    use std::f64::consts::TAU;

    use super::*;

    const BEAT: Duration = Duration::from_millis(33);

    /// Interleaved frames of a tone on both sides, from a frame on.
    fn tone_at(hertz: f64, gain: f64, from: usize, frames: usize) -> Vec<f32> {
        let at = |n: usize| ((TAU * hertz * n as f64 / f64::from(RATE)).sin() * gain) as f32;
        (from..from + frames).flat_map(|n| [at(n); 2]).collect()
    }

    /// What a tone looks like once it has stood for a third of a second.
    fn picture(hertz: f64, gain: f64) -> Spectrum {
        let mut analyser = Analyser::new();
        let mut last = Spectrum::default();
        for beat in 0..10 {
            analyser.push(&tone_at(hertz, gain, beat * 1584, 1584));
            last = analyser.look(BEAT);
        }
        last
    }

    fn decibels(shade: u8) -> f64 {
        f64::from(shade) / 255.0 * 72.0 - 72.0
    }

    /// The frequency in the middle of a band.
    fn middle(band: usize) -> f64 {
        40.0 * 400.0_f64.powf((band as f64 + 0.5) / 32.0)
    }

    #[test]
    fn a_tone_is_in_its_band_and_as_strong_as_it_is() {
        for band in 0..32 {
            for gain in [1.0, 0.1, 0.01] {
                let picture = picture(middle(band), gain);
                let loudest = picture.bands.iter().max().unwrap();
                assert_eq!(picture.bands[band], *loudest, "{band}: {:?}", picture.bands);
                let off = decibels(*loudest) - 20.0 * gain.log10();
                assert!(off.abs() < 1.5, "band {band}: off by {off} dB");
            }
        }
    }

    #[test]
    fn a_tone_between_two_bins_is_as_strong() {
        for hertz in [50.0, 90.0, 130.0, 250.0, 1_007.8, 5_003.9, 12_011.7] {
            let loudest = *picture(hertz, 0.5).bands.iter().max().unwrap();
            let off = decibels(loudest) + 6.02;
            assert!(off.abs() < 1.5, "{hertz} Hz: off by {off} dB");
        }
    }

    #[test]
    fn low_bands_do_not_all_show_the_same() {
        let bands = picture(middle(1), 1.0).bands;
        assert!(decibels(bands[4]) < -9.0, "{bands:?}");
        assert!(decibels(bands[6]) < -25.0, "{bands:?}");
        assert!(bands[10..].iter().all(|band| decibels(*band) < -50.0), "{bands:?}");
    }

    #[test]
    fn each_side_counts_by_itself() {
        let both = picture(1_000.0, 0.5);
        for sides in [[1.0, 0.0], [0.0, 1.0], [1.0, -1.0]] {
            let mut analyser = Analyser::new();
            let mut sound = tone_at(1_000.0, 0.5, 0, 48_000);
            sound
                .chunks_exact_mut(2)
                .for_each(|f| (f[0], f[1]) = (f[0] * sides[0], f[1] * sides[1]));
            analyser.push(&sound);
            let alone = analyser.look(Duration::from_secs(1));
            let loudest = alone.bands.iter().max().unwrap();
            assert!(loudest.abs_diff(*both.bands.iter().max().unwrap()) < 2, "{sides:?}");
        }
    }

    #[test]
    fn silence_is_nothing() {
        let mut analyser = Analyser::new();
        assert_eq!(analyser.look(BEAT), Spectrum::default());
        analyser.push(&vec![0.0; 9_600]);
        assert_eq!(analyser.look(BEAT), Spectrum::default());
        // Below the floor: half a step of 16 bits.
        assert_eq!(picture(1_000.0, 1.5e-5), Spectrum::default());
    }

    #[test]
    fn bands_fall_gently_and_peaks_later_and_slower() {
        let mut analyser = Analyser::new();
        analyser.push(&tone_at(1_000.0, 1.0, 0, 48_000));
        let top = analyser.look(Duration::from_secs(1));
        let band = (0..32).max_by_key(|band| top.bands[*band]).unwrap();
        assert!(top.bands[band] > 250);
        analyser.push(&[0.0; 2 * WINDOW]);
        let after = analyser.look(BEAT);
        let fallen = decibels(top.bands[band]) - decibels(after.bands[band]);
        assert!((1.0..3.0).contains(&fallen), "{fallen} dB");
        assert_eq!(after.peaks[band], top.peaks[band], "it stays a while");
        let later = analyser.look(Duration::from_millis(1_367));
        let fallen = decibels(top.peaks[band]) - decibels(later.peaks[band]);
        assert!((11.0..13.0).contains(&fallen), "{fallen} dB");
        assert_eq!(later.bands[band], 0);
        assert_eq!(analyser.look(Duration::from_secs(10)), Spectrum::default());
    }

    #[test]
    fn a_peak_is_never_below_its_band() {
        let mut analyser = Analyser::new();
        for beat in 0..60 {
            let gain = [0.05, 0.9, 0.3][beat / 7 % 3];
            analyser.push(&tone_at(60.0 * (beat + 1) as f64, gain, 0, 1584));
            let look = analyser.look(BEAT);
            let pairs = look.bands.iter().zip(&look.peaks);
            assert!(pairs.clone().all(|(band, peak)| peak >= band), "{look:?}");
        }
    }
}
