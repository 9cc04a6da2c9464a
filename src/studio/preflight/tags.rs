//! Section tags that look like slips: `[Chrous]`, `[Verse1]`, `(Chorus)`.
//!
//! Tags are free-form, and most unknown ones mean what they say. Only what can hardly be anything
//! but a known tag is pointed out.

use crate::song::{CUES, SECTIONS, SectionKind};

/// Longer tags are sentences.
const LONGEST: usize = 60;

/// Words that are near a known tag and right as they are: other forms, other languages, people.
const RIGHT: [&str; 17] = [
    "bride",
    "final",
    "finale",
    "instrument",
    "interludio",
    "outra",
    "refrein",
    "refren",
    "refreng",
    "refräng",
    "refrão",
    "refrén",
    "shot",
    "vers",
    "verso",
    "versos",
    "whisper",
];

/// The tag that was probably meant with the text between brackets, as it should be written.
pub(super) fn slip_of(tag: &str) -> Option<String> {
    if tag.len() > LONGEST || known(tag).is_some() {
        return None;
    }
    // What stands after a colon and the like is for the gateway's ears.
    let head = tag.split([':', ',', ';', '|', '–', '—', '(']).next().unwrap_or_default().trim();
    let lower = head.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    if words.is_empty() || has_known(&words, &lower) {
        return None;
    }
    let (name, number) = numbered(&lower);
    let meant = known(name).filter(|_| !number.is_empty()).or_else(|| near(name));
    if let Some(meant) = meant {
        return Some(with_number(meant, number));
    }
    // One of several words may be the slip: "Final Chrous".
    let at = words.iter().position(|word| near(word).is_some())?;
    if words.len() == 1 {
        return None;
    }
    let meant = words.iter().enumerate().map(|(index, word)| match near(word) {
        Some(meant) if index == at => meant.to_owned(),
        _ => (*word).to_owned(),
    });
    let spelled: Vec<_> = meant.collect();
    Some(capitalised(&spelled.join(" ")))
}

/// The section that a line in other brackets names: `(Chorus)`, `<Verse 2>`, `{Bridge}`. Such a
/// line is sung.
pub(super) fn misbracketed(line: &str) -> Option<String> {
    let line = line.trim();
    if line.len() > LONGEST {
        return None;
    }
    let pairs = [('(', ')'), ('{', '}'), ('<', '>')];
    let inner = pairs
        .iter()
        .find_map(|(open, close)| line.strip_prefix(*open)?.strip_suffix(*close))?
        .trim()
        .to_lowercase();
    let (name, number) = numbered(&inner);
    let section = SECTIONS.iter().find(|section| section.eq_ignore_ascii_case(name))?;
    Some(with_number(section, number))
}

/// Whether a section is empty by nature: nobody expects lines under it.
pub(super) fn stands_alone(tag: &str, kind: SectionKind) -> bool {
    use SectionKind::{Bridge, Chorus, PostChorus, PreChorus, Verse};
    match kind {
        Verse | PostChorus | Bridge => false,
        PreChorus | Chorus => {
            let lower = tag.to_lowercase();
            lower.contains("build") || lower.contains("drop")
        }
        _ => true,
    }
}

fn all() -> impl Iterator<Item = &'static str> {
    SECTIONS.into_iter().chain(CUES)
}

fn known(name: &str) -> Option<&'static str> {
    all().find(|tag| tag.eq_ignore_ascii_case(name))
}

/// Whether a known tag is among the words, be it in the plural.
fn has_known(words: &[&str], lower: &str) -> bool {
    let is_known = |word: &str| {
        let mut stems = ["s", "es", "ed", "ing"].iter().filter_map(|end| word.strip_suffix(end));
        known(word).is_some() || stems.any(|stem| known(stem).is_some())
    };
    known(lower).is_some()
        || words.iter().flat_map(|word| word.split(['-', '/', '&', '.'])).any(is_known)
        // Written in one word, or apart, it is understood as well.
        || ["prechorus", "postchorus", "fadeout"].contains(&lower.replace([' ', '-'], "").as_str())
}

/// A name, and the number after it.
fn numbered(lower: &str) -> (&str, &str) {
    let name = lower.trim_end_matches(|c: char| c.is_ascii_digit());
    (name.trim_end(), &lower[name.len()..])
}

fn with_number(name: &str, number: &str) -> String {
    if number.is_empty() { name.to_owned() } else { format!("{name} {number}") }
}

/// The known tag that is a slip of a finger away.
fn near(name: &str) -> Option<&'static str> {
    if name.chars().count() < 4 || RIGHT.contains(&name) {
        return None;
    }
    let near = all().filter_map(|tag| Some((tag, distance(name, &tag.to_lowercase())?)));
    near.min_by_key(|(_, distance)| *distance).map(|(tag, _)| tag)
}

/// How many slips apart a word and a tag are; none if they are two words. Nobody's first letter is
/// wrong, but it may come second.
fn distance(name: &str, tag: &str) -> Option<usize> {
    let mut pairs = name.chars().zip(tag.chars());
    let ((a, b), (c, d)) = (pairs.next()?, pairs.next()?);
    let starts_alike = a == b || (a == d && b == c);
    let apart = name.len().abs_diff(tag.len());
    if !starts_alike || apart > 2 {
        return None;
    }
    let distance = strsim::osa_distance(name, tag);
    let is_near = match tag {
        "verse" | "intro" | "outro" => distance == 1,
        // Hook, drop, break and so on: with another letter in it, it is another word.
        _ if tag.len() < 6 => distance == 1 && (apart == 1 || same_letters(name, tag)),
        _ => distance <= 2,
    };
    is_near.then_some(distance)
}

fn same_letters(one: &str, other: &str) -> bool {
    let sorted = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    sorted(one) == sorted(other)
}

fn capitalised(text: &str) -> String {
    let mut words = Vec::new();
    for word in text.split(' ') {
        let mut letters = word.chars();
        let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
        words.push(first + letters.as_str());
    }
    words.join(" ")
}
