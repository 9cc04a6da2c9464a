//! The song on paper: form, chords and tune. Nothing here knows how anything sounds.

mod chord;
mod contour;
mod form;
mod harmony;
mod melody;
mod progressions;
mod rhythm;

use crate::song::{Label, Request};

use super::style::{self, Style};
use super::time::{STEPS_PER_BAR, Tempo};
pub use chord::Chord;
pub use form::{Form, Section};

/// One note. Times are in steps from the first bar; see [`super::time`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Note {
    /// The step it starts at.
    pub start: u32,
    /// How long it is held, in steps, at least 1.
    pub length: u32,
    /// MIDI pitch: 60 is middle C.
    pub pitch: u8,
    /// 0.0 to 1.0.
    pub velocity: f32,
}

/// A composed song.
#[derive(Clone, Debug)]
pub struct Song {
    /// What it is like.
    pub style: Style,
    /// Its sections.
    pub form: Form,
    /// Its chords, one after the other without a gap from the first step to the last.
    pub chords: Vec<Chord>,
    /// The sung tune: one note a syllable.
    pub melody: Vec<Note>,
    /// What the lead plays where nobody sings: the hook in the intro, solos.
    pub interludes: Vec<Note>,
}

impl Song {
    /// The feel and the speed.
    pub fn tempo(&self) -> Tempo {
        self.style.tempo
    }

    /// The step at which the last bar ends.
    pub fn end(&self) -> u32 {
        self.form.bars() * STEPS_PER_BAR
    }

    /// The section that plays at a step.
    pub fn section_at(&self, step: u32) -> Option<&Section> {
        self.form.sections.iter().find(|section| section.steps().contains(&step))
    }

    /// The chord that sounds at a step.
    pub fn chord_at(&self, step: u32) -> Option<&Chord> {
        chord::at(&self.chords, step)
    }
}

/// Composes one take of a request.
pub fn compose(request: &Request, take: Label) -> Song {
    let style = style::parse(request, take);
    let form = form::plan(request, &style, take);
    let chords = harmony::harmonise(&form, &style, request.seed, take);
    let tune = melody::Tune::new(&form, &chords, &style, request, take);
    let (melody, interludes) = tune.write();
    Song { style, form, chords, melody, interludes }
}

#[cfg(test)]
mod tests;
