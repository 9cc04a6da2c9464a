//! The picture of what is heard: taken from the tape, where the ear is.

use std::time::{Duration, Instant};

use super::Spectrum;
use super::spectrum::Analyser;
use super::tape::Tape;

/// Frames that are looked at where the playhead jumped, and at most.
const WINDOW: u64 = 4096;

/// Follows the playhead.
pub(super) struct Picture {
    analyser: Analyser,
    /// The frame that was looked at last, and when.
    frame: u64,
    at: Instant,
    sound: Vec<f32>,
    last: Spectrum,
}

impl Picture {
    /// Nothing was heard yet.
    pub(super) fn new() -> Self {
        Self {
            analyser: Analyser::new(),
            frame: 0,
            at: Instant::now(),
            sound: Vec::with_capacity(2 * WINDOW as usize),
            last: Spectrum::default(),
        }
    }

    /// What is heard at a frame of a tape that is turned down to `gain`.
    pub(super) fn look(&mut self, tape: &Tape, frame: u64, gain: f32) -> Spectrum {
        let since = std::mem::replace(&mut self.frame, frame);
        let is_near = since <= frame && frame - since <= WINDOW;
        let from = if is_near { since } else { frame.saturating_sub(WINDOW) };
        self.sound.clear();
        let frames = (from..frame).map_while(|frame| tape.frame(frame));
        self.sound.extend(frames.flatten().map(|sample| sample * gain));
        self.analyser.push(&self.sound);
        let elapsed = self.at.elapsed().min(Duration::from_secs(1));
        self.at = Instant::now();
        self.last = self.analyser.look(elapsed);
        self.last
    }

    /// What was seen last.
    pub(super) fn still(&self) -> Spectrum {
        self.last
    }
}
