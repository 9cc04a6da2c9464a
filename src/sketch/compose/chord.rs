//! Chords, read from Roman numerals.

use crate::sketch::style::{Key, Tonality};

/// A chord and when it sounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chord {
    /// The step it starts at.
    pub start: u32,
    /// How long it sounds, in steps.
    pub length: u32,
    /// The root as a pitch class: 0 is C.
    pub root: u8,
    /// Its tones in semitones above the root, rising from 0.
    pub tones: Vec<u8>,
}

impl Chord {
    /// Reads a numeral such as `ii7`, `bVII`, `V7`, `Imaj7` or `IVsus4` in a key. Degrees follow
    /// the scale of the key, so that `VI` in C minor is A flat; the case says major or minor.
    pub(super) fn numeral(numeral: &str, key: Key) -> Option<Self> {
        let (flat, rest) = match numeral.strip_prefix('b') {
            Some(rest) => (1, rest),
            None => (0, numeral),
        };
        let split = rest.find(|c| !matches!(c, 'i' | 'v' | 'I' | 'V')).unwrap_or(rest.len());
        let (degree, quality) = rest.split_at(split);
        let index = match degree.to_ascii_lowercase().as_str() {
            "i" => 0,
            "ii" => 1,
            "iii" => 2,
            "iv" => 3,
            "v" => 4,
            "vi" => 5,
            "vii" => 6,
            _ => return None,
        };
        let third = if degree.starts_with('i') || degree.starts_with('v') { 3 } else { 4 };
        let tones = match quality {
            "" => vec![0, third, 7],
            "5" => vec![0, 7],
            "7" => vec![0, third, 7, 10],
            "maj7" => vec![0, 4, 7, 11],
            "9" => vec![0, third, 7, 10, 14],
            "add9" => vec![0, third, 7, 14],
            "sus2" => vec![0, 2, 7],
            "sus4" => vec![0, 5, 7],
            "dim" => vec![0, 3, 6],
            "m7b5" => vec![0, 3, 6, 10],
            _ => return None,
        };
        let root = (key.tonic + key.scale()[index] + 12 - flat) % 12;
        Some(Self { start: 0, length: 0, root, tones })
    }

    /// The triad on the tonic.
    pub(super) fn tonic(key: Key) -> Self {
        let third = if key.tonality == Tonality::Minor { 3 } else { 4 };
        Self { start: 0, length: 0, root: key.tonic, tones: vec![0, third, 7] }
    }

    /// Whether a MIDI pitch is one of its tones, in any octave.
    pub fn contains(&self, pitch: u8) -> bool {
        let above = (pitch + 12 - self.root % 12) % 12;
        self.tones.iter().any(|tone| tone % 12 == above)
    }

    /// The step after its last.
    pub fn end(&self) -> u32 {
        self.start + self.length
    }

    /// Adds a seventh or a ninth from the key, for genres and weights that like them.
    pub(super) fn colour(&mut self, tone: u8) {
        if !self.tones.contains(&tone) {
            self.tones.push(tone);
            self.tones.sort_unstable();
        }
    }
}

/// The chord at a step among chords in order.
pub(super) fn at(chords: &[Chord], step: u32) -> Option<&Chord> {
    let next = chords.partition_point(|chord| chord.start <= step);
    chords.get(next.checked_sub(1)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_are_read_in_their_key() {
        let c_major = Key { tonic: 0, tonality: Tonality::Major };
        let a_minor = Key { tonic: 9, tonality: Tonality::Minor };
        for (numeral, key, root, tones) in [
            ("I", c_major, 0, vec![0, 4, 7]),
            ("vi", c_major, 9, vec![0, 3, 7]),
            ("bVII", c_major, 10, vec![0, 4, 7]),
            ("ii7", c_major, 2, vec![0, 3, 7, 10]),
            ("VI", a_minor, 5, vec![0, 4, 7]),
            ("V7", a_minor, 4, vec![0, 4, 7, 10]),
        ] {
            let chord = Chord::numeral(numeral, key).unwrap();
            assert_eq!((chord.root, chord.tones), (root, tones), "{numeral}");
        }
        for wrong in ["", "b", "X", "Ifoo", "vvv"] {
            assert_eq!(Chord::numeral(wrong, c_major), None);
        }
    }
}
