//! Rhythm: where in its bars each syllable of a phrase falls.
//!
//! A shortest path over the sixteenth grid: stressed syllables are drawn to strong beats, the gaps
//! follow a rhythmic cell that gives a section its swagger, and a breath is left at the end.

use crate::sketch::rng::Rng;
use crate::sketch::time::{STEPS_PER_BAR, STEPS_PER_BEAT};
use crate::sketch::words::Phrase;

/// The longest gap between two syllables of a phrase, in steps.
const WIDEST: usize = 8;

/// A syllable in time, in steps from the start of the phrase's first bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Onset {
    pub step: u32,
    pub length: u32,
}

/// The habit of a section: how its phrases begin and how their syllables follow each other.
#[derive(Clone, Debug)]
pub(super) struct Feel {
    /// Gaps relative to the even one, taken in turn.
    cell: &'static [f32],
    /// The step at which phrases like to begin.
    pickup: u32,
}

impl Feel {
    /// Draws a habit; `busy` music begins on the beat, calm music likes to come in late.
    pub fn draw(rng: &mut Rng) -> Self {
        const CELLS: [&[f32]; 7] = [
            &[1.0, 1.0, 1.0, 1.0],
            &[1.0, 1.0, 2.0],
            &[1.5, 1.5, 1.0],
            &[2.0, 1.0, 1.0],
            &[1.5, 0.5, 1.0, 1.0],
            &[0.75, 0.75, 1.5],
            &[1.0, 0.5, 0.5, 2.0],
        ];
        Self { cell: rng.pick(&CELLS), pickup: rng.pick(&[0, 0, 2, 2, 4]) }
    }
}

/// Places the syllables of a phrase in its `bars`: one onset each, rising, none overlapping.
pub(super) fn place(phrase: &Phrase, bars: u32, feel: &Feel) -> Vec<Onset> {
    let count = phrase.syllables.len();
    let window = (bars * STEPS_PER_BAR) as usize;
    let breath = if bars == 1 { 2 } else { 4 };
    let room = window.saturating_sub(breath).max(count);
    // Eighths where they fit, sixteenths where the words are many.
    let grid = if count * 2 <= room { 2 } else { 1 };
    let steps = path(phrase, feel, room, grid)
        .unwrap_or_else(|| (0..count).map(|i| i * room / count.max(1)).collect());
    let end = window - breath / 2;
    (0..steps.len())
        .map(|i| {
            let next = steps.get(i + 1).copied();
            // The last syllable is held, but leaves the breath.
            let longest = if next.is_some() { 6 } else { 10 };
            let length = next.unwrap_or(end).saturating_sub(steps[i]).clamp(1, longest);
            Onset { step: steps[i] as u32, length: length as u32 }
        })
        .collect()
}

/// The cheapest rising path of onsets below `room`, all on the grid, or none if there is no path.
fn path(phrase: &Phrase, feel: &Feel, room: usize, grid: usize) -> Option<Vec<usize>> {
    let count = phrase.syllables.len();
    let even = ((room as f32 * 0.85) / count as f32).clamp(grid as f32, 4.0);
    let mut best = vec![(f32::INFINITY, 0_usize); count * room];
    for i in 0..count {
        let left = (count - 1 - i) * grid; // steps that the rest needs
        for step in (0..room.saturating_sub(left)).step_by(grid) {
            let here = metre_cost(phrase, i, step);
            let cell = best.get_mut(i * room + step)?;
            if i == 0 {
                let early = step as f32 - feel.pickup as f32;
                *cell = (here + early.abs() * if early > 0.0 { 0.9 } else { 0.35 }, 0);
                continue;
            }
            let wanted = even * feel.cell[(i - 1) % feel.cell.len()];
            let inside = !phrase.syllables[i - 1].ends_word;
            let mut found = (f32::INFINITY, 0);
            for gap in (grid..=WIDEST.min(step)).step_by(grid) {
                let before = best[(i - 1) * room + step - gap].0;
                let stretch = (gap as f32 - wanted).abs() * 0.55;
                let torn = if inside && gap > 4 { (gap - 4) as f32 * 0.6 } else { 0.0 };
                let cost = before + here + stretch + torn;
                if cost < found.0 {
                    found = (cost, step - gap);
                }
            }
            best[i * room + step] = found;
        }
    }
    let last = best.get((count.checked_sub(1)?) * room..)?;
    let end = (0..room).min_by(|&a, &b| last[a].0.total_cmp(&last[b].0))?;
    if !last[end].0.is_finite() {
        return None;
    }
    let mut steps = vec![end; count];
    for i in (1..count).rev() {
        steps[i - 1] = best[i * room + steps[i]].1;
    }
    Some(steps)
}

/// How wrong a syllable is at a step of the bar; negative where it is right.
fn metre_cost(phrase: &Phrase, index: usize, step: usize) -> f32 {
    let weight = weight(step as u32);
    let last = index + 1 == phrase.syllables.len();
    match (phrase.syllables[index].stressed, last) {
        (_, true) => -0.7 * weight,
        (true, _) => -0.55 * weight,
        (false, _) => 0.4 * (weight - 1.0).max(0.0),
    }
}

/// How strong a step of the bar is: 4 for its first beat, 0 for an odd sixteenth.
pub(super) fn weight(step: u32) -> f32 {
    match step % STEPS_PER_BAR {
        0 => 4.0,
        8 => 3.0,
        step if step % STEPS_PER_BEAT == 0 => 2.0,
        step if step % 2 == 0 => 1.0,
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sketch::words::{MAX_SYLLABLES, phrases};

    #[test]
    fn every_syllable_has_its_own_onset_inside_the_phrase() {
        for seed in 0..20 {
            let feel = Feel::draw(&mut Rng::stream(seed, "feel"));
            for count in 1..=MAX_SYLLABLES {
                for bars in [1, 2, 4] {
                    let onsets = place(&Phrase::wordless("", count), bars, &feel);
                    assert_eq!(onsets.len(), count);
                    assert!(onsets.windows(2).all(|w| w[0].step + w[0].length <= w[1].step));
                    assert!(onsets.iter().all(|o| o.step + o.length <= bars * STEPS_PER_BAR));
                }
            }
        }
    }

    #[test]
    fn stressed_syllables_fall_on_beats_more_often_than_others() {
        let mut beats = [(0, 0); 2];
        for seed in 0..20 {
            let feel = Feel::draw(&mut Rng::stream(seed, "feel"));
            for line in ["neon on the window and a river in the rain", "waiting for the morning"] {
                let phrase = &phrases(line)[0];
                for (syllable, onset) in phrase.syllables.iter().zip(place(phrase, 2, &feel)) {
                    let tally = &mut beats[usize::from(syllable.stressed)];
                    tally.0 += u32::from(onset.step % STEPS_PER_BEAT == 0);
                    tally.1 += 1;
                }
            }
        }
        let share = |(on, all): (u32, u32)| on as f32 / all as f32;
        assert!(share(beats[1]) > share(beats[0]) + 0.2, "{beats:?}");
    }
}
