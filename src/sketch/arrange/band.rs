//! What a band is made of. Patterns are written as text, a bar of sixteen steps a line.

use super::grooves::Groove;
use super::instrument::{Instrument, Kit};

/// A band as a table holds it.
#[derive(Clone, Copy)]
pub(super) struct Band {
    pub kit: Kit,
    /// For calm, middle and strong sections.
    pub grooves: [Groove; 3],
    pub bass: Bass,
    pub layers: &'static [Layer],
    pub lead: Instrument,
}

/// A bass and its lines for calm and for strong sections. A digit is the scale step above the
/// chord's root (`1`, `3`, `5`, `7`, `8`), `a` leads to the next root, `.` holds on, `-` rests.
#[derive(Clone, Copy)]
pub(super) struct Bass {
    pub instrument: Instrument,
    pub lines: [&'static str; 2],
}

/// An instrument that plays the chords. In its pattern `X`, `x`, `o` strike the chord, ever more
/// softly; `D` and `U` strum it down and up; a digit plays one of its notes from below; `B` its
/// bass; `.` holds on, `-` rests.
#[derive(Clone, Copy)]
pub(super) struct Layer {
    pub instrument: Instrument,
    pub pattern: &'static str,
    /// The energy from which it plays.
    pub from: f32,
    /// Decibels.
    pub gain: f32,
    pub pan: f32,
}

/// A layer in one line of a table.
pub(super) const fn layer(
    instrument: Instrument,
    pattern: &'static str,
    from: f32,
    gain: f32,
    pan: f32,
) -> Layer {
    Layer { instrument, pattern, from, gain, pan }
}

/// A bass in one line of a table.
pub(super) const fn bass(instrument: Instrument, calm: &'static str, strong: &'static str) -> Bass {
    Bass { instrument, lines: [calm, strong] }
}
