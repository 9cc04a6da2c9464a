//! How loud a note is over its life.

use crate::sketch::time::RATE;

/// Attack, decay, sustain, release. Times in seconds.
#[derive(Clone, Copy, Debug)]
pub struct Envelope {
    pub attack: f32,
    /// The time constant of the fall to the sustain level.
    pub decay: f32,
    /// 0.0 to 1.0.
    pub sustain: f32,
    pub release: f32,
}

impl Envelope {
    /// The length in samples of a note that is held for `seconds`, release included.
    pub fn samples(&self, seconds: f32) -> usize {
        (((seconds + self.release).clamp(0.02, 20.0)) * RATE) as usize
    }

    /// Shapes a note that is held for `seconds`; it begins and ends in silence.
    pub fn shape(&self, samples: &mut [f32], seconds: f32) {
        let attack = (self.attack.min(seconds * 0.4) * RATE).max(24.0);
        let held = (seconds * RATE) as usize;
        let falling = libm::expf(-1.0 / (self.decay * RATE));
        let released = libm::expf(-5.0 / (self.release * RATE));
        let mut level = 1.0_f32;
        for (i, sample) in samples.iter_mut().enumerate() {
            let rise = (i as f32 / attack).min(1.0);
            if i >= held {
                level *= released;
            } else if rise >= 1.0 {
                level = self.sustain + (level - self.sustain) * falling;
            }
            *sample *= level * rise;
        }
        fade_out(samples);
    }
}

/// Ends in silence rather than with a click: the last 4 ms.
pub fn fade_out(samples: &mut [f32]) {
    let length = ((0.004 * RATE) as usize).min(samples.len());
    for (i, sample) in samples.iter_mut().rev().take(length).enumerate() {
        *sample *= i as f32 / length as f32;
    }
}
