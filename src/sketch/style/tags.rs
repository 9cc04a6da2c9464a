//! Tags: what the words of a style text ask for.

use super::genre::Genre;
use super::key::{self, Tonality};
use super::moods::{self, Mood};

/// As much of a style text as is read, in characters; nobody means the rest.
const LONGEST: usize = 4_000;

/// A place in the band that a text can ask for or rule out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Seat {
    Drums,
    Bass,
    Piano,
    ElectricPiano,
    Organ,
    Acoustic,
    Electric,
    Synth,
    Strings,
    Bells,
    Horns,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub(super) struct Tags {
    pub genre: Option<Genre>,
    pub bpm: Option<f32>,
    pub tonic: Option<u8>,
    pub tonality: Option<Tonality>,
    pub mood: Mood,
    pub instrumental: bool,
    pub low_voice: Option<bool>,
    pub wanted: Vec<Seat>,
    pub unwanted: Vec<Seat>,
}

impl Tags {
    /// Reads a style text. The first tag with a genre decides it; in "indie folk" that is the last
    /// word, as English has it.
    pub fn read(text: &str) -> Self {
        let mut tags = Self::default();
        for tag in split(text) {
            let words: Vec<&str> = tag.split(' ').collect();
            tags.read_tag(&words);
        }
        tags
    }

    /// Takes from another text what this one leaves open.
    pub fn add(&mut self, other: &Self) {
        self.genre = self.genre.or(other.genre);
        self.bpm = self.bpm.or(other.bpm);
        self.tonic = self.tonic.or(other.tonic);
        self.tonality = self.tonality.or(other.tonality);
        self.mood.add(other.mood);
        self.low_voice = self.low_voice.or(other.low_voice);
        self.wanted.extend(&other.wanted);
        self.unwanted.extend(&other.unwanted);
    }

    /// Takes out what a text of negative tags names.
    pub fn forbid(&mut self, text: &str) {
        for tag in split(text) {
            let words: Vec<&str> = tag.split(' ').collect();
            self.unwanted.extend(seats(&words));
            self.instrumental |=
                words.iter().any(|word| matches!(*word, "vocals" | "vocal" | "singing" | "voice"));
            if genre(&words) == self.genre {
                self.genre = None;
            }
        }
        let unwanted = &self.unwanted;
        self.wanted.retain(|seat| !unwanted.contains(seat));
    }

    fn read_tag(&mut self, words: &[&str]) {
        self.genre = self.genre.or_else(|| genre(words));
        let refused = matches!(words.first(), Some(&("no" | "without")));
        if refused {
            self.unwanted.extend(seats(words));
            self.instrumental |= words.iter().any(|word| word.starts_with("voc"));
            return;
        }
        self.wanted.extend(seats(words));
        for (i, word) in words.iter().enumerate() {
            if let Some(mood) = moods::mood(word) {
                self.mood.add(mood);
            }
            match *word {
                "bpm" => self.bpm = self.bpm.or_else(|| number(words.get(i.checked_sub(1)?)?)),
                "instrumental" => self.instrumental = true,
                "male" | "man" | "baritone" | "tenor" => self.low_voice = Some(true),
                "female" | "woman" | "girl" | "soprano" => self.low_voice = Some(false),
                "minor" => self.tonality = self.tonality.or(Some(Tonality::Minor)),
                "major" => self.tonality = self.tonality.or(Some(Tonality::Major)),
                word => self.bpm = self.bpm.or_else(|| number(word.strip_suffix("bpm")?)),
            }
            if let (None, Some((tonic, tonality))) = (self.tonic, key::read(&words[i..])) {
                self.tonic = Some(tonic);
                self.tonality = tonality.or(self.tonality);
            }
        }
    }
}

/// The tags of a text in plain lower-case words.
fn split(text: &str) -> Vec<String> {
    let text: String = text.chars().take(LONGEST).collect();
    text.to_lowercase()
        .split([',', ';', '/', '|', '\n'])
        .map(|tag| {
            let plain = tag.replace(|c: char| !c.is_alphanumeric() && !"&#♯♭.".contains(c), " ");
            let words = plain.split_whitespace().map(|word| word.trim_matches('.'));
            words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
        })
        .filter(|tag| !tag.is_empty())
        .collect()
}

fn number(word: &str) -> Option<f32> {
    word.parse::<f32>().ok().filter(|number| number.is_finite())
}

/// The genre that the words name last; of two names that end together the longer one.
fn genre(words: &[&str]) -> Option<Genre> {
    (1..=words.len()).rev().find_map(|end| {
        let longest = [4, 3, 2, 1].into_iter().filter_map(|length| end.checked_sub(length));
        longest.map(|start| words[start..end].join(" ")).find_map(|name| {
            GENRES.iter().find(|(names, _)| names.contains(&name.as_str())).map(|(_, genre)| *genre)
        })
    })
}

fn seats<'a>(words: &'a [&'a str]) -> impl Iterator<Item = Seat> + 'a {
    let electric = |i: usize| i > 0 && words.get(i - 1) == Some(&"electric");
    words.iter().enumerate().filter_map(move |(i, word)| {
        Some(match word.strip_suffix('s').unwrap_or(word) {
            "drum" | "percussion" | "beat" => Seat::Drums,
            "bas" => Seat::Bass, // "bass" without its last letter
            "rhode" | "wurlitzer" => Seat::ElectricPiano,
            "piano" if electric(i) => Seat::ElectricPiano,
            "piano" | "key" => Seat::Piano,
            "organ" => Seat::Organ,
            "riff" | "distortion" | "distorted" => Seat::Electric,
            "guitar" if electric(i) => Seat::Electric,
            "guitar" | "acoustic" | "ukulele" | "banjo" | "fingerpicked" => Seat::Acoustic,
            "synth" | "synthesizer" | "pad" => Seat::Synth,
            "string" | "violin" | "cello" | "orchestra" | "orchestral" => Seat::Strings,
            "bell" | "glockenspiel" | "celesta" => Seat::Bells,
            "bras" | "horn" | "trumpet" | "sax" | "saxophone" => Seat::Horns,
            _ => return None,
        })
    })
}

const GENRES: [(&[&str], Genre); 12] = [
    (
        &[
            "pop", "k pop", "kpop", "j pop", "teen pop", "disco", "funk", "musical", "latin",
            "r&b", "rnb", "soul", "gospel", "motown",
        ],
        Genre::Pop,
    ),
    (
        &[
            "rock",
            "punk",
            "grunge",
            "indie",
            "alternative",
            "britpop",
            "emo",
            "shoegaze",
            "blues",
            "indie pop",
            "pop punk",
        ],
        Genre::Rock,
    ),
    (
        &[
            "folk",
            "country",
            "americana",
            "bluegrass",
            "singer songwriter",
            "celtic",
            "unplugged",
            "campfire",
        ],
        Genre::Folk,
    ),
    (&["hip hop", "hiphop", "rap", "trap", "drill", "boom bap", "phonk", "grime"], Genre::HipHop),
    (&["jazz", "swing", "bossa", "bossa nova", "lounge", "big band", "cabaret"], Genre::Jazz),
    (
        &[
            "house",
            "edm",
            "techno",
            "trance",
            "dance",
            "club",
            "electronic",
            "electronica",
            "rave",
            "deep house",
            "drum and bass",
            "dubstep",
            "electro",
        ],
        Genre::House,
    ),
    (
        &[
            "synth pop",
            "synthpop",
            "synthwave",
            "electropop",
            "electro pop",
            "new wave",
            "80s",
            "retrowave",
            "vaporwave",
            "dream pop",
        ],
        Genre::SynthPop,
    ),
    (&["lo fi", "lofi", "chillhop", "lo fi hip hop", "lofi hip hop", "bedroom pop"], Genre::LoFi),
    (&["ballad", "lullaby", "torch song", "piano ballad", "slow"], Genre::Ballad),
    (
        &[
            "ambient",
            "cinematic",
            "drone",
            "soundscape",
            "meditation",
            "ethereal",
            "new age",
            "film score",
        ],
        Genre::Ambient,
    ),
    (&["reggae", "dub", "ska", "dancehall", "rocksteady", "roots reggae"], Genre::Reggae),
    (&["metal", "heavy metal", "metalcore", "hardcore", "thrash", "djent", "doom"], Genre::Metal),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn genres_are_found_in_their_company() {
        for (text, genre) in [
            ("Indie folk, warm", Genre::Folk),
            ("folk rock", Genre::Rock),
            ("synth-pop, rock", Genre::SynthPop),
            ("lo-fi hip hop", Genre::LoFi),
            ("dreamy, piano ballad", Genre::Ballad),
            ("UK drum and bass", Genre::House),
        ] {
            assert_eq!(Tags::read(text).genre, Some(genre), "{text}");
        }
        assert_eq!(Tags::read("popcorn, trapeze").genre, None);
    }

    #[test]
    fn seats_are_asked_for_and_ruled_out() {
        let mut tags = Tags::read("electric piano, strings, no bass, slide guitar");
        assert_eq!(tags.wanted, [Seat::ElectricPiano, Seat::Strings, Seat::Acoustic]);
        tags.forbid("drums, strings, vocals");
        assert_eq!(tags.unwanted, [Seat::Bass, Seat::Drums, Seat::Strings]);
        assert_eq!(tags.wanted, [Seat::ElectricPiano, Seat::Acoustic]);
        assert!(tags.instrumental);
    }
}
