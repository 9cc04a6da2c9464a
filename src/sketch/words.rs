//! Lines as a singer sees them: phrases short enough for one breath, syllable by syllable.
//!
//! English is read by spelling rules, scripts that write syllables are counted by character, and
//! everything else by its letters. It guesses, it never refuses.

use crate::song::clean_line;

/// The most syllables that are sung in one breath.
pub const MAX_SYLLABLES: usize = 14;

/// One syllable: one note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Syllable {
    /// Whether it wants a strong place in the bar.
    pub stressed: bool,
    /// Whether it ends a word.
    pub ends_word: bool,
}

/// What is sung in one breath: a line, or a part of a long one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Phrase {
    /// The words in lower case, letters and spaces only; equal texts get equal music.
    pub text: String,
    /// The whole line as it is written, where the phrase begins one.
    pub line: Option<String>,
    /// At least one, at most [`MAX_SYLLABLES`].
    pub syllables: Vec<Syllable>,
}

impl Phrase {
    /// A phrase without words, for an instrument: `count` syllables in a lilt of strong and weak.
    pub fn wordless(name: &str, count: usize) -> Self {
        let syllables = (0..count.clamp(1, MAX_SYLLABLES))
            .map(|i| Syllable { stressed: i % 2 == 0, ends_word: true })
            .collect();
        Self { text: name.into(), line: None, syllables }
    }
}

/// The phrases of a line; none when nothing in it can be sung.
pub fn phrases(line: &str) -> Vec<Phrase> {
    let mut phrases = Vec::new();
    let mut phrase = Phrase::default();
    for word in line.split(|c: char| !c.is_alphanumeric() && !is_inside_word(c)) {
        let plain: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
        let plain = plain.to_lowercase();
        let mut rest = stresses(&plain);
        if rest.is_empty() {
            continue;
        }
        if phrase.syllables.len() + rest.len() > MAX_SYLLABLES && !phrase.syllables.is_empty() {
            phrases.push(std::mem::take(&mut phrase));
        }
        while rest.len() > MAX_SYLLABLES {
            let tail = rest.split_off(MAX_SYLLABLES);
            phrases.push(Phrase { text: plain.clone(), line: None, syllables: rest });
            rest = tail;
        }
        if !phrase.text.is_empty() {
            phrase.text.push(' ');
        }
        phrase.text.push_str(&plain);
        phrase.syllables.append(&mut rest);
    }
    if !phrase.syllables.is_empty() {
        phrases.push(phrase);
    }
    let mut phrases = balance(phrases);
    if let Some(first) = phrases.first_mut() {
        first.line = Some(clean_line(line));
    }
    phrases
}

/// Two phrases from one line share its syllables more evenly: a breath after 14 and one orphan
/// word sounds like a mistake.
fn balance(mut phrases: Vec<Phrase>) -> Vec<Phrase> {
    if let [first, second] = phrases.as_mut_slice() {
        while first.syllables.len() > second.syllables.len() + 4 {
            let Some((head, word)) = first.text.rsplit_once(' ') else { break };
            let count = stresses(word).len();
            if first.syllables.len() <= count {
                break;
            }
            second.text = format!("{word} {}", second.text);
            let moved = first.syllables.split_off(first.syllables.len() - count);
            second.syllables.splice(0..0, moved);
            first.text = head.to_owned();
        }
    }
    phrases
}

/// Marks that belong to a word rather than between two.
fn is_inside_word(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{200d}')
}

/// The syllables of a word in lower case.
fn stresses(word: &str) -> Vec<Syllable> {
    let count = count(word);
    let strong = match count {
        0 => return Vec::new(),
        1 => usize::from(WEAK.contains(&word)), // past the end: no stress at all
        _ if PREFIXES.iter().any(|prefix| word.starts_with(prefix)) => 1,
        4.. => count - 3, // the third from the end: me-LO-di-ous
        _ => 0,
    };
    (0..count)
        .map(|i| Syllable {
            stressed: i == strong || (i > strong && (i - strong) % 2 == 0 && i + 1 < count),
            ends_word: i + 1 == count,
        })
        .collect()
}

/// Little words that are sung lightly.
const WEAK: [&str; 36] = [
    "a", "an", "and", "as", "at", "but", "by", "can", "for", "from", "had", "has", "he", "her",
    "his", "i", "im", "in", "is", "it", "its", "me", "my", "of", "on", "or", "she", "so", "that",
    "the", "then", "to", "was", "we", "with", "your",
];

/// Beginnings that push the stress to the second syllable.
const PREFIXES: [&str; 14] = [
    "aga", "alo", "arou", "awa", "bec", "bef", "beg", "beh", "bel", "bet", "des", "rem", "ret",
    "unt",
];

/// How many syllables a word has; 0 when there is no letter and no digit in it.
fn count(word: &str) -> usize {
    let mut whole = 0; // characters that are a syllable each
    let mut groups = 0; // groups of vowels
    let mut letters = 0_usize;
    let mut after_vowel = false;
    for c in word.chars() {
        let vowel = is_vowel(c);
        if is_silent_mark(c) {
            continue;
        }
        if is_syllabic(c) || c.is_numeric() {
            whole += 1;
        } else if c.is_alphabetic() {
            letters += 1;
            groups += usize::from(vowel && !after_vowel);
        }
        after_vowel = vowel;
    }
    let spelled = match (letters, groups) {
        (0, _) => 0,
        (_, 0) => letters.div_ceil(if word.is_ascii() { 4 } else { 2 }),
        _ => groups.saturating_sub(silent_endings(word)).max(1),
    };
    whole + spelled
}

/// Endings of English words whose vowel is not heard.
fn silent_endings(word: &str) -> usize {
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    let vowel_before = |cut: usize| {
        word.chars().rev().nth(cut).is_some_and(|c| is_vowel(c) || !c.is_ascii_alphabetic())
    };
    if !word.is_ascii() {
        return 0;
    }
    if word.ends_with('e') {
        let syllabic_l = ends(&["le"]) && !vowel_before(2);
        return usize::from(!syllabic_l && !vowel_before(1));
    }
    if ends(&["ed"]) {
        return usize::from(!ends(&["ted", "ded"]) && !vowel_before(2));
    }
    let hissing = ends(&["ses", "zes", "ces", "ges", "xes", "shes", "ches"]);
    usize::from(ends(&["es"]) && !hissing && !vowel_before(2))
}

fn is_vowel(c: char) -> bool {
    "aeiouyàáâãäåæèéêëìíîïòóôõöøœùúûüýÿāēīōūőűаеёиоуыэюяіїєαεηιουωάέήίόύώ".contains(c)
}

/// Scripts in which a character is a syllable: kana, Han, Hangul.
fn is_syllabic(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{20000}'..='\u{3ffff}')
}

/// Kana that lean on the one before.
fn is_silent_mark(c: char) -> bool {
    matches!(c, 'ゃ' | 'ゅ' | 'ょ' | 'ャ' | 'ュ' | 'ョ' | 'ー' | 'っ' | 'ッ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_words_are_counted_as_they_are_sung() {
        for (word, syllables) in [
            ("window", 2),
            ("late", 1),
            ("little", 2),
            ("love", 1),
            ("loved", 1),
            ("wanted", 2),
            ("melodious", 3),
            ("fire", 1),
            ("the", 1),
            ("rhythm", 1),
            ("believe", 2),
            ("yes", 1),
            ("faces", 2),
            ("lanes", 1),
            ("tv", 1),
            ("1999", 4),
            ("see", 1),
            ("", 0),
        ] {
            assert_eq!(count(word), syllables, "{word}");
        }
    }

    #[test]
    fn other_scripts_are_sung_too() {
        assert_eq!(count("さくら"), 3);
        assert_eq!(count("きょう"), 2);
        assert_eq!(count("사랑해"), 3);
        assert_eq!(count("привет"), 2);
        assert_eq!(count("مرحبا"), 3);
        assert!(phrases("🎉🎉 ... !!!").is_empty());
    }

    #[test]
    fn a_long_line_is_sung_in_several_breaths() {
        for line in ["la ".repeat(1700), "桜".repeat(5000), "a".repeat(5000), "ab1".repeat(900)] {
            let phrases = phrases(&line);
            assert!(!phrases.is_empty());
            assert_eq!(phrases.iter().filter(|phrase| phrase.line.is_some()).count(), 1);
            for phrase in phrases {
                assert!((1..=MAX_SYLLABLES).contains(&phrase.syllables.len()));
            }
        }
    }

    #[test]
    fn content_words_are_stressed_and_little_words_are_not() {
        let line = phrases("Neon on the window");
        let stressed: Vec<bool> = line[0].syllables.iter().map(|s| s.stressed).collect();
        assert_eq!(stressed, [true, false, false, true, false]);
        assert_eq!(line[0].text, "neon on the window");
        assert_eq!(line[0].line.as_deref(), Some("Neon on the window"));
    }
}
