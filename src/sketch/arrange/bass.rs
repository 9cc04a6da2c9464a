//! The bass: its line played over the chords.

use super::band::Bass;
use super::voicing::at_or_above;
use super::{Part, Played};
use crate::sketch::compose::{Chord, Note, Song};
use crate::sketch::time::STEPS_PER_BAR;

/// The lowest note, a MIDI pitch: the low E of a bass.
const LOWEST: u8 = 28;
/// The energy from which there is a bass, and from which it plays its strong line.
const ENTERS: f32 = 0.36;
const STRONG: f32 = 0.68;

/// Plays the bass through the song.
pub(super) fn play(bass: Bass, song: &Song) -> Part {
    let mut notes = Vec::new();
    for (i, chord) in song.chords.iter().enumerate() {
        let Some(section) = song.section_at(chord.start) else { continue };
        let last = chord.end() == song.end();
        if section.energy < ENTERS && !last {
            continue;
        }
        let line = if last { "1" } else { bass.lines[usize::from(section.energy >= STRONG)] };
        let next = song.chords.get(i + 1).unwrap_or(chord);
        let loud = 0.65 + 0.25 * section.energy;
        for (start, length, tone) in tones(line.as_bytes(), chord) {
            let pitch = pitch(tone, chord, next);
            let accent = if start.is_multiple_of(STEPS_PER_BAR) { 1.0 } else { 0.9 };
            let note = Note { start, length, pitch, velocity: loud * accent };
            notes.push(Played { note, late: 0.0 });
        }
    }
    let gain = -0.5;
    Part { instrument: bass.instrument, notes, gain, pan: 0.0, reverb: 0.0, delay: 0.0, duck: 0.7 }
}

/// The tones of a line within a chord: start, length and character. Every chord gets its root,
/// unless the line rests there.
fn tones(line: &[u8], chord: &Chord) -> Vec<(u32, u32, u8)> {
    let at = |step: u32| {
        let tone = line.get((step % STEPS_PER_BAR) as usize).copied().unwrap_or(b'.');
        if tone == b'.' && step == chord.start && !step.is_multiple_of(STEPS_PER_BAR) {
            b'1'
        } else {
            tone
        }
    };
    (chord.start..chord.end())
        .filter(|&step| !matches!(at(step), b'.' | b'-'))
        .map(|step| {
            let until = (step + 1..chord.end()).find(|&next| at(next) != b'.');
            (step, until.unwrap_or(chord.end()) - step, at(step))
        })
        .collect()
}

fn pitch(tone: u8, chord: &Chord, next: &Chord) -> u8 {
    let root = at_or_above(chord.root, LOWEST);
    let above = |index: usize, otherwise: u8| chord.tones.get(index).copied().unwrap_or(otherwise);
    match tone {
        b'3' => root + if chord.tones.len() > 2 { above(1, 7) } else { 12 },
        b'5' => root + chord.tones.iter().copied().find(|t| matches!(t, 6 | 7)).unwrap_or(7),
        b'7' => root + above(3, 12),
        b'8' => root + 12,
        // A semitone below the next root leads into it.
        b'a' => at_or_above(next.root, LOWEST + 1) - 1,
        _ => root,
    }
}
