//! Whether there is enough to play: a take that arrives more slowly than it plays is held before
//! it breaks off, and goes on when there is some in store.

use super::RATE;
use super::ramp::Ramp;
use super::tape::Tape;

/// Frames of the way into the silence and out of it.
const FADE: u32 = 480;
/// What must be in store after the first time that it ran out; twice as much after each other
/// time, up to [`MOST`].
const STORE: u64 = RATE as u64 / 4;
const MOST: u64 = RATE as u64;

/// Holds and lets go.
pub(super) struct Flow {
    ramp: Ramp,
    waits: bool,
    /// Frames that must be in store before it goes on.
    store: u64,
}

impl Flow {
    /// Nothing came yet.
    pub(super) fn new() -> Self {
        Self { ramp: Ramp::at(0.0, FADE), waits: true, store: 0 }
    }

    /// Another place or another take: what ran out before says nothing about it.
    pub(super) fn renew(&mut self) {
        self.store = 0;
    }

    /// Looks whether `ahead` frames can be played from `frame`, with a way out after them. The way
    /// in is none where nothing sounds yet, and at the top: a first attack belongs to its take.
    pub(super) fn look(&mut self, tape: &Tape, frame: u64, ahead: u64, is_silent: bool) {
        // In this order: what was ready before it was whole is all that there is.
        let is_whole = tape.is_whole();
        let has = |frames: u64| tape.ready() >= frame.saturating_add(frames);
        let needed = ahead + u64::from(FADE);
        if is_whole || (self.waits && has(needed.max(self.store))) {
            self.waits = false;
            if frame == 0 || is_silent {
                self.ramp.jump(1.0);
            }
            self.ramp.aim(1.0);
        } else if !self.waits && !has(needed) {
            self.waits = true;
            self.store = (self.store * 2).clamp(STORE, MOST);
            self.ramp.aim(0.0);
        }
    }

    /// Whether it waits for frames.
    pub(super) fn waits(&self) -> bool {
        self.waits
    }

    /// Whether nothing is to be played.
    pub(super) fn is_closed(&self) -> bool {
        self.ramp.is_closed()
    }

    /// The gain for the next frame.
    pub(super) fn step(&mut self) -> f32 {
        self.ramp.step()
    }
}
