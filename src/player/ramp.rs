//! A gain that moves in a straight line, so that no change clicks.

/// A gain on its way to where it shall be, stepped once a frame.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ramp {
    gain: f32,
    target: f32,
    step: f32,
    /// Frames that a change takes.
    frames: u32,
}

impl Default for Ramp {
    /// Open, and staying so.
    fn default() -> Self {
        Self::at(1.0, 1)
    }
}

impl Ramp {
    /// At `gain` and staying there; changes will take `frames`.
    pub(super) fn at(gain: f32, frames: u32) -> Self {
        Self { gain, target: gain, step: 0.0, frames }
    }

    /// Sets off for `target`, which it reaches after its number of frames.
    pub(super) fn aim(&mut self, target: f32) {
        if target.to_bits() != self.target.to_bits() {
            self.target = target;
            self.step = (target - self.gain) / self.frames as f32;
        }
    }

    /// Is at `gain` now.
    pub(super) fn jump(&mut self, gain: f32) {
        *self = Self::at(gain, self.frames);
    }

    /// The gain of the last frame.
    pub(super) fn value(&self) -> f32 {
        self.gain
    }

    /// Whether the gain is 0 and stays there.
    pub(super) fn is_closed(&self) -> bool {
        self.gain == 0.0 && self.target == 0.0
    }

    /// Whether the gain is 0 now.
    pub(super) fn is_silent(&self) -> bool {
        self.gain == 0.0
    }

    /// The gain for the next frame.
    pub(super) fn step(&mut self) -> f32 {
        let left = self.target - self.gain;
        // The last step lands on the target exactly: full volume is a gain of one, not nearly.
        self.gain = if left.abs() <= self.step.abs() { self.target } else { self.gain + self.step };
        self.gain
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_arrives_in_its_time_and_lands_exactly() {
        let mut ramp = Ramp::at(1.0, 480);
        ramp.aim(0.3);
        let gains: Vec<f32> = (0..500).map(|_| ramp.step()).collect();
        assert!(gains[477] > 0.3 && gains[481] <= 0.3, "{} {}", gains[477], gains[481]);
        assert_eq!(gains[499].to_bits(), 0.3_f32.to_bits());
        assert!(gains.windows(2).all(|pair| pair[0] >= pair[1] && pair[0] - pair[1] < 0.002));
        ramp.aim(0.0);
        (0..481).for_each(|_| _ = ramp.step());
        assert!(ramp.is_closed());
    }

    #[test]
    fn it_can_be_turned_around_on_the_way() {
        let mut ramp = Ramp::at(0.0, 100);
        ramp.aim(1.0);
        (0..50).for_each(|_| _ = ramp.step());
        ramp.aim(0.0);
        (0..101).for_each(|_| _ = ramp.step());
        assert!(ramp.is_closed());
    }
}
