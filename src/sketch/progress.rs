//! How far a take is, told often and never backwards; the one place where a cancel is heard.

use std::ops::ControlFlow;

use super::SketchError;

/// The stages that take time, and the share of the whole each one has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Style, form, harmony, melody, arrangement.
    Compose,
    /// Notes and drum hits.
    Synth,
    /// Reverb and delay.
    Mix,
    /// Balance, loudness, limiter.
    Master,
    /// MP3.
    Encode,
    /// The picture.
    Cover,
}

impl Stage {
    /// Where the stage begins and ends, as shares of the whole; measured on a song of a minute.
    fn span(self) -> (f32, f32) {
        match self {
            Self::Compose => (0.0, 0.01),
            Self::Synth => (0.01, 0.30),
            Self::Mix => (0.30, 0.36),
            Self::Master => (0.36, 0.48),
            Self::Encode => (0.48, 0.97),
            Self::Cover => (0.97, 1.0),
        }
    }
}

/// Passes progress to the caller and his wish to stop back to the stages.
pub struct Progress<'a> {
    tell: &'a mut dyn FnMut(f32) -> ControlFlow<()>,
    told: f32,
}

impl<'a> Progress<'a> {
    /// Tells the given function.
    pub fn new(tell: &'a mut dyn FnMut(f32) -> ControlFlow<()>) -> Self {
        Self { tell, told: 0.0 }
    }

    /// A stage has done `done` of its `whole`.
    ///
    /// # Errors
    ///
    /// [`SketchError::Cancelled`] when the caller wants to stop.
    pub fn at(&mut self, stage: Stage, done: usize, whole: usize) -> Result<(), SketchError> {
        let (begin, end) = stage.span();
        let share = (done as f32 / whole.max(1) as f32).clamp(0.0, 1.0);
        self.told = (begin + (end - begin) * share).max(self.told);
        match (self.tell)(self.told) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(SketchError::Cancelled),
        }
    }
}
