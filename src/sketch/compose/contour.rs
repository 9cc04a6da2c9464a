//! Pitch: the line that a phrase draws through the chords.
//!
//! A shortest path over the notes in the singer's range: chord tones on strong beats, steps rather
//! than leaps, the shape of the phrase, a cadence at its end.

use super::chord::Chord;
use crate::sketch::rng::Rng;
use crate::sketch::style::Key;

/// The line a phrase follows, as offsets from the centre of its register.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Shape {
    /// Up, then down.
    #[default]
    Arch,
    /// From above downwards.
    Fall,
    /// From below upwards.
    Rise,
    /// Down, then up.
    Valley,
}

impl Shape {
    /// Opposites stand two apart.
    pub const ALL: [Self; 4] = [Self::Arch, Self::Fall, Self::Valley, Self::Rise];

    /// One of them by number, counted round.
    pub fn nth(index: usize) -> Self {
        Self::ALL[index % Self::ALL.len()]
    }

    /// -1.0 to 1.0 at a place in the phrase from 0.0 to 1.0.
    fn height(self, place: f32) -> f32 {
        let bow = 1.0 - (2.0 * place - 1.0) * (2.0 * place - 1.0);
        match self {
            Self::Arch => 2.0 * bow - 1.0,
            Self::Fall => 1.0 - 2.0 * place,
            Self::Rise => 2.0 * place - 1.0,
            Self::Valley => 1.0 - 2.0 * bow,
        }
    }
}

/// What a phrase should be like.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    pub shape: Shape,
    /// The middle of its register, a MIDI pitch.
    pub centre: f32,
    /// How far it reaches above and below, in semitones.
    pub reach: f32,
    /// Whether it comes home at the end or stays open.
    pub closes: bool,
    /// How gladly it leaps, 0.0 to 1.0.
    pub leaps: f32,
    /// How gladly it stays on a note, 0.0 to 1.0: rap does.
    pub stays: f32,
}

/// A note that waits for its pitch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot<'a> {
    /// The chord under it.
    pub chord: &'a Chord,
    /// How much it is heard: the weight of its step, and its length.
    pub weight: f32,
}

/// The pitches of a phrase, one a slot, within `range` and in the key or the chord.
pub(super) fn draw(
    slots: &[Slot],
    line: Line,
    key: Key,
    range: (u8, u8),
    rng: &mut Rng,
) -> Vec<u8> {
    let pitches: Vec<u8> = (range.0..=range.1).collect();
    // Whims make one phrase differ from the next; they belong to places, so that a phrase of the
    // same rhythm over the same chords is the same tune.
    let mut costs: Vec<f32> = vec![0.0; slots.len() * pitches.len()];
    let mut from: Vec<usize> = vec![0; costs.len()];
    let wide = pitches.len();
    for (i, slot) in slots.iter().enumerate() {
        let place = i as f32 / (slots.len().max(2) - 1) as f32;
        let wanted = line.centre + line.reach * line.shape.height(place);
        for (j, &pitch) in pitches.iter().enumerate() {
            let whim = rng.unit() * (0.9 + line.leaps);
            let here = place_cost(*slot, pitch, key)
                + (f32::from(pitch) - wanted).abs() * 0.28
                + if i + 1 == slots.len() { cadence_cost(*slot, pitch, key, line) } else { 0.0 }
                + whim;
            let (before, cost) = match i {
                0 => (0, 0.0),
                _ => (0..wide)
                    .map(|k| (k, costs[(i - 1) * wide + k] + move_cost(pitches[k], pitch, line)))
                    .min_by(|a, b| a.1.total_cmp(&b.1))
                    .unwrap_or_default(),
            };
            costs[i * wide + j] = cost + here;
            from[i * wide + j] = before;
        }
    }
    let Some(row) = costs.len().checked_sub(wide) else { return Vec::new() };
    let last = &costs[row..];
    let mut at = (0..wide).min_by(|&a, &b| last[a].total_cmp(&last[b])).unwrap_or_default();
    let mut tune = vec![0; slots.len()];
    for i in (0..slots.len()).rev() {
        tune[i] = pitches[at];
        at = from[i * wide + at];
    }
    tune
}

/// How badly a pitch sits on its chord.
fn place_cost(slot: Slot, pitch: u8, key: Key) -> f32 {
    match (slot.chord.contains(pitch), key.contains(pitch)) {
        (true, _) => 0.0,
        // A semitone above a chord tone grinds against it.
        (false, true) if pitch > 0 && slot.chord.contains(pitch - 1) => 0.8 + 0.55 * slot.weight,
        (false, true) => 0.35 + 0.4 * slot.weight,
        (false, false) => 1000.0,
    }
}

/// How badly a pitch ends the phrase.
fn cadence_cost(slot: Slot, pitch: u8, key: Key, line: Line) -> f32 {
    let tonic = pitch % 12 == key.tonic;
    let root = pitch % 12 == slot.chord.root;
    match (slot.chord.contains(pitch), line.closes) {
        (false, _) => 4.0,
        (true, true) if tonic => -1.2,
        (true, true) if root => -0.6,
        (true, false) if tonic => 0.8,
        (true, _) => 0.0,
    }
}

/// How awkward it is to sing one pitch after another.
fn move_cost(from: u8, to: u8, line: Line) -> f32 {
    let leap = match from.abs_diff(to) {
        0 => return 0.9 - line.stays,
        1 | 2 => return 0.0,
        3 | 4 => 0.4,
        5 => 0.9,
        7 => 1.3,
        8 | 9 => 2.0,
        12 => 2.2,
        _ => 4.0,
    };
    leap * (1.3 - 0.7 * line.leaps)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sketch::style::Tonality;

    #[test]
    fn a_phrase_is_in_its_range_and_moves_mostly_by_step() {
        let key = Key { tonic: 2, tonality: Tonality::Minor };
        let chord = Chord::tonic(key);
        let slots = [Slot { chord: &chord, weight: 1.0 }; 12];
        let mut steps = 0;
        for seed in 0..20 {
            let mut rng = Rng::stream(seed, "line");
            let shape = rng.pick(&Shape::ALL);
            let line =
                Line { shape, centre: 66.0, reach: 4.0, closes: true, leaps: 0.2, stays: 0.0 };
            let tune = draw(&slots, line, key, (58, 74), &mut rng);
            assert!(tune.iter().all(|pitch| (58..=74).contains(pitch) && key.contains(*pitch)));
            assert!(chord.contains(tune[11]), "it ends on a chord tone");
            steps += tune.windows(2).filter(|w| w[0].abs_diff(w[1]) <= 4).count();
        }
        assert!(steps > 20 * 11 * 8 / 10, "{steps}");
    }
}
