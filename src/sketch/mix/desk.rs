//! Where sounds are laid down, and the two buses they feed.

use super::Stereo;
use super::delay::Delay;
use super::duck::BLOCK;
use super::reverb::Reverb;
use crate::sketch::SketchError;
use crate::sketch::arrange::Score;
use crate::sketch::progress::{Progress, Stage};
use crate::sketch::synth::Sound;

/// How a sound is laid down.
#[derive(Clone, Copy, Debug)]
pub(super) struct Send {
    /// A factor.
    pub gain: f32,
    /// -1.0 left to 1.0 right.
    pub pan: f32,
    pub reverb: f32,
    pub delay: f32,
}

/// The mix so far. The buses run at half the sample rate: their sound has no top.
pub(super) struct Desk {
    mix: Stereo,
    reverb: Vec<f32>,
    delay: Vec<f32>,
}

impl Desk {
    /// An empty desk of a length in samples.
    pub fn new(samples: usize) -> Self {
        let half = samples / 2 + 1;
        let mix = Stereo { left: vec![0.0; samples], right: vec![0.0; samples] };
        Self { mix, reverb: vec![0.0; half], delay: vec![0.0; half] }
    }

    pub fn len(&self) -> usize {
        self.mix.left.len()
    }

    /// Adds a sound from sample `at` on; what is beyond the end is lost. `dips` is the ducking
    /// curve and how much of it to take.
    pub fn lay(&mut self, sound: &Sound, at: usize, send: Send, dips: Option<(&[f32], f32)>) {
        let angle = (send.pan.clamp(-1.0, 1.0) + 1.0) * core::f32::consts::FRAC_PI_4;
        // Equal power, and unity in the middle.
        let middle = core::f32::consts::SQRT_2 * send.gain;
        let (left, right) = (middle * libm::cosf(angle), middle * libm::sinf(angle));
        let other = sound.right.as_ref().unwrap_or(&sound.left);
        for (side, source, gain) in
            [(&mut self.mix.left, &sound.left, left), (&mut self.mix.right, other, right)]
        {
            let Some(target) = side.get_mut(at..) else { return };
            match dips {
                Some((dips, share)) if share > 0.0 => {
                    let mut at = at;
                    let (mut target, mut source) = (target, source.as_slice());
                    while !target.is_empty() && !source.is_empty() {
                        let until = (BLOCK - at % BLOCK).min(target.len()).min(source.len());
                        let dip = dips.get(at / BLOCK).copied().unwrap_or(1.0);
                        let (now, later) = std::mem::take(&mut target).split_at_mut(until);
                        add(now, &source[..until], gain * (1.0 - share * (1.0 - dip)));
                        (target, source) = (later, &source[until..]);
                        at += until;
                    }
                }
                _ => add(target, source, gain),
            }
        }
        for (bus, share) in [(&mut self.reverb, send.reverb), (&mut self.delay, send.delay)] {
            if share > 0.0 {
                let Some(target) = bus.get_mut(at / 2..) else { return };
                let gain = share * send.gain * 0.5;
                for (sum, pair) in target.iter_mut().zip(sound.left.chunks_exact(2)) {
                    *sum += gain * (pair[0] + pair[1]);
                }
            }
        }
    }

    /// Adds delay and reverb to the mix.
    pub fn effects(
        mut self,
        score: &Score,
        progress: &mut Progress,
    ) -> Result<Stereo, SketchError> {
        const SPAN: usize = 8_192;
        let mut delay = Delay::new(score.tempo);
        let mut reverb = Reverb::new(score.room);
        let mut before = [0.0; 2];
        let whole = self.reverb.len();
        for start in (0..whole).step_by(SPAN) {
            for i in start..(start + SPAN).min(whole) {
                let echo = delay.run(self.delay[i]);
                let room = reverb.run(self.reverb[i] + 0.15 * (echo[0] + echo[1]));
                let wet = [echo[0] + room[0], echo[1] + room[1]];
                for (side, now, last) in [
                    (&mut self.mix.left, wet[0], before[0]),
                    (&mut self.mix.right, wet[1], before[1]),
                ] {
                    // Back to the full rate, halfway between two samples.
                    if let Some([first, second]) = side.get_mut(2 * i..2 * i + 2) {
                        *first += f32::midpoint(last, now);
                        *second += now;
                    }
                }
                before = wet;
            }
            progress.at(Stage::Mix, start + SPAN, whole)?;
        }
        Ok(self.mix)
    }
}

fn add(target: &mut [f32], source: &[f32], gain: f32) {
    for (sum, sample) in target.iter_mut().zip(source) {
        *sum += gain * sample;
    }
}
