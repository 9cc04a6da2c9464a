//! Musical time: bars, beats, steps, and where they fall in samples.

/// Samples per second of everything in this room.
pub const SAMPLE_RATE: u32 = 44_100;
/// [`SAMPLE_RATE`] for arithmetic.
pub const RATE: f32 = 44_100.0;
/// A step is a sixteenth note, the grid on which everything is written.
pub const STEPS_PER_BEAT: u32 = 4;
/// Steps in a bar of four beats.
pub const STEPS_PER_BAR: u32 = 16;

/// How late the off-beats are, as a share of the distance to the next one.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Swing {
    /// Even.
    #[default]
    Straight,
    /// Every second eighth is late; 0.33 is the triplet feel of jazz.
    Eighths(f32),
    /// Every second sixteenth is late: hip-hop and lo-fi.
    Sixteenths(f32),
}

/// How steps become seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tempo {
    /// Beats per minute.
    pub bpm: f32,
    /// The feel.
    pub swing: Swing,
}

impl Tempo {
    /// The length of an even step in seconds.
    pub fn step_seconds(&self) -> f32 {
        60.0 / self.bpm / STEPS_PER_BEAT as f32
    }

    /// The length of a bar in seconds.
    pub fn bar_seconds(&self) -> f32 {
        self.step_seconds() * STEPS_PER_BAR as f32
    }

    /// The moment of a step in seconds from the first bar, swing included.
    pub fn seconds(&self, step: u32) -> f64 {
        let late = match (self.swing, step % STEPS_PER_BEAT) {
            (Swing::Eighths(late) | Swing::Sixteenths(late), 1 | 3) => late,
            (Swing::Eighths(late), 2) => 2.0 * late,
            _ => 0.0,
        };
        (f64::from(step) + f64::from(late)) * f64::from(self.step_seconds())
    }

    /// How long a note lasts in seconds that starts at `start` and lasts `length` steps.
    pub fn span_seconds(&self, start: u32, length: u32) -> f32 {
        (self.seconds(start + length) - self.seconds(start)) as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swing_moves_the_off_beats_and_nothing_else() {
        let tempo = |swing| Tempo { bpm: 60.0, swing };
        assert!((tempo(Swing::Straight).seconds(6) - 1.5).abs() < 1e-6);
        let jazz = tempo(Swing::Eighths(1.0 / 3.0));
        assert!((jazz.seconds(6) - 1.0 - 2.0 / 3.0).abs() < 1e-6);
        for swing in [Swing::Eighths(0.33), Swing::Sixteenths(0.2)] {
            assert!((tempo(swing).seconds(8) - 2.0).abs() < 1e-6);
            let steps: Vec<f64> = (0..17).map(|step| tempo(swing).seconds(step)).collect();
            assert!(steps.windows(2).all(|pair| pair[1] > pair[0]), "time runs forward");
        }
    }
}
