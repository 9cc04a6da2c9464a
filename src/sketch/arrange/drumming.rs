//! The drums: grooves by energy, fills where a section ends, a crash where a strong one begins.

use super::Hit;
use super::grooves::Groove;
use super::instrument::Drum;
use crate::sketch::compose::{Section, Song};
use crate::sketch::rng::Rng;
use crate::sketch::time::STEPS_PER_BAR;
use crate::song::Label;

/// The energies from which the middle and the strong groove play.
const MIDDLE: f32 = 0.47;
const STRONG: f32 = 0.72;

/// Plays the drums through the song.
pub(super) fn play(grooves: &[Groove; 3], song: &Song, seed: u64, take: Label) -> Vec<Hit> {
    let mut rng = Rng::stream(seed, &format!("drums {take}"));
    let mut hits = Vec::new();
    let sections = &song.form.sections;
    for (i, section) in sections.iter().enumerate() {
        let groove = grooves[level(section.energy)];
        let next = sections.get(i + 1);
        for bar in 0..section.bars {
            let start = (section.bar + bar) * STEPS_PER_BAR;
            if start + STEPS_PER_BAR >= song.end() {
                break; // the last bar belongs to the last chord
            }
            let last = bar + 1 == section.bars;
            let fills = last && next.is_some() && plays_snare(groove);
            let until =
                if fills { STEPS_PER_BAR - fill_length(section, next) } else { STEPS_PER_BAR };
            bar_of(groove, start, until, &mut rng, &mut hits);
            if fills {
                fill(start + until..start + STEPS_PER_BAR, &mut rng, &mut hits);
            }
        }
        if i > 0 && section.energy >= STRONG && plays_snare(groove) {
            let step = section.steps().start;
            hits.push(Hit { drum: Drum::Crash, step, velocity: 0.6 + 0.3 * section.energy });
        }
    }
    if hits.iter().any(|hit| hit.drum == Drum::Kick) {
        let step = song.end().saturating_sub(STEPS_PER_BAR);
        hits.push(Hit { drum: Drum::Kick, step, velocity: 0.7 });
        hits.push(Hit { drum: Drum::Crash, step, velocity: 0.35 });
    }
    hits.sort_by_key(|hit| (hit.step, hit.drum));
    hits.dedup_by_key(|hit| (hit.step, hit.drum));
    hits
}

fn level(energy: f32) -> usize {
    usize::from(energy >= MIDDLE) + usize::from(energy >= STRONG)
}

fn plays_snare(groove: Groove) -> bool {
    groove.iter().any(|(drum, _)| matches!(drum, Drum::Snare | Drum::Clap))
}

/// Half a bar before something stronger, otherwise a beat.
fn fill_length(section: &Section, next: Option<&Section>) -> u32 {
    if next.is_some_and(|next| next.energy > section.energy + 0.1) { 8 } else { 4 }
}

fn bar_of(groove: Groove, start: u32, until: u32, rng: &mut Rng, hits: &mut Vec<Hit>) {
    for &(drum, pattern) in groove {
        for (step, stroke) in (0..until).zip(pattern.bytes()) {
            let velocity = match stroke {
                b'X' => 1.0,
                b'x' => 0.8,
                b'o' => 0.55,
                b'-' => 0.32,
                _ => continue,
            };
            let human = 1.0 + 0.07 * rng.signed();
            hits.push(Hit { drum, step: start + step, velocity: (velocity * human).min(1.0) });
        }
    }
}

/// A fill that grows towards its end; the hands choose one of three.
fn fill(steps: std::ops::Range<u32>, rng: &mut Rng, hits: &mut Vec<Hit>) {
    let length = steps.end - steps.start;
    let kind = rng.below(3);
    for (i, step) in steps.enumerate() {
        let i = i as u32;
        let velocity = 0.5 + 0.45 * (i + 1) as f32 / length as f32;
        let drum = match kind {
            0 if i * 2 < length => Drum::Snare,
            0 if i * 4 < length * 3 => Drum::HighTom,
            0 => Drum::LowTom,
            1 if i % 3 == 2 => Drum::Kick,
            1 => Drum::Snare,
            _ if i % 2 == 1 && i * 2 < length => continue,
            _ => Drum::Snare,
        };
        hits.push(Hit { drum, step, velocity });
    }
}
