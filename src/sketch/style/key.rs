//! Keys and their scales.

use std::fmt;

/// Major or (natural) minor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tonality {
    /// The bright one.
    Major,
    /// The dark one.
    Minor,
}

/// A key: the home note and its scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// The home note as a pitch class: 0 is C, 11 is B.
    pub tonic: u8,
    /// Its scale.
    pub tonality: Tonality,
}

impl Key {
    /// The seven notes of the scale in semitones above the tonic.
    pub fn scale(self) -> [u8; 7] {
        match self.tonality {
            Tonality::Major => [0, 2, 4, 5, 7, 9, 11],
            Tonality::Minor => [0, 2, 3, 5, 7, 8, 10],
        }
    }

    /// Whether a MIDI pitch is in the scale.
    pub fn contains(self, pitch: u8) -> bool {
        self.scale().contains(&((pitch + 12 - self.tonic % 12) % 12))
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The spelling with fewer accidentals in the key signature.
        let names = match self.tonality {
            Tonality::Major => ["C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"],
            Tonality::Minor => ["C", "C#", "D", "Eb", "E", "F", "F#", "G", "G#", "A", "Bb", "B"],
        };
        let tonality = match self.tonality {
            Tonality::Major => "major",
            Tonality::Minor => "minor",
        };
        write!(f, "{} {tonality}", names[usize::from(self.tonic % 12)])
    }
}

/// Reads a key such as "a minor", "f# major", "eb min" or "c#m" from words in lower case.
pub(super) fn read(words: &[&str]) -> Option<(u8, Option<Tonality>)> {
    let (first, rest) = words.split_first()?;
    let (name, short) = match first.strip_suffix('m') {
        Some(name) if !name.is_empty() => (name, Some(Tonality::Minor)),
        _ => (*first, None),
    };
    let mut letters = name.chars();
    let natural = match letters.next()? {
        'c' => 0,
        'd' => 2,
        'e' => 4,
        'f' => 5,
        'g' => 7,
        'a' => 9,
        'b' => 11,
        _ => return None,
    };
    let (sign, rest) = match (letters.as_str(), rest) {
        ("#" | "♯", rest) | ("", ["sharp", rest @ ..]) => (1, rest),
        ("b" | "♭", rest) | ("", ["flat", rest @ ..]) => (11, rest),
        ("", rest) => (0, rest),
        _ => return None,
    };
    let tonality = match (short, rest.first()) {
        (Some(minor), _) => Some(minor),
        (None, Some(&("minor" | "min"))) => Some(Tonality::Minor),
        (None, Some(&("major" | "maj"))) => Some(Tonality::Major),
        _ => None,
    };
    // A lone letter is more often an article than a key.
    (tonality.is_some() || sign != 0).then_some(((natural + sign) % 12, tonality))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_as_they_are_written() {
        for (text, name) in [
            ("a minor", "A minor"),
            ("f# major", "F# major"),
            ("e flat major", "Eb major"),
            ("bb min", "Bb minor"),
            ("c#m", "C# minor"),
            ("b minor", "B minor"),
        ] {
            let words: Vec<&str> = text.split(' ').collect();
            let (tonic, tonality) = read(&words).unwrap();
            let key = Key { tonic, tonality: tonality.unwrap() };
            assert_eq!(key.to_string(), name);
        }
        for text in ["a", "a song", "am radio x".split_once(' ').unwrap().1, "m", "major", "dark"] {
            assert_eq!(read(&text.split(' ').collect::<Vec<_>>()), None, "{text}");
        }
    }

    #[test]
    fn a_scale_has_seven_notes_and_its_tonic() {
        for tonic in 0..12 {
            for tonality in [Tonality::Major, Tonality::Minor] {
                let key = Key { tonic, tonality };
                assert!(key.contains(60 + tonic));
                assert_eq!((60..72).filter(|&pitch| key.contains(pitch)).count(), 7);
            }
        }
    }
}
