//! What is wrong with a configuration file, collected while it is read and told in order.
//!
//! Lines and columns are only counted for what is shown: a hostile file can hold a hundred
//! thousand mistakes, and a screen cannot.

use crate::song::clean_line;

/// How many problems one message shows.
const SHOWN: usize = 8;

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Line from 1.
    pub line: usize,
    /// Character in the line from 1.
    pub column: usize,
    /// What is wrong, in one line.
    pub what: String,
    /// What to do about it, in one line.
    pub advice: String,
}

/// The problems of one file that are worth showing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problems {
    /// The first of them, in the order of the file; never empty.
    pub shown: Vec<Problem>,
    /// How many more there are.
    pub more: usize,
}

/// A problem before it is worded.
enum Finding {
    Said {
        what: String,
        advice: String,
    },
    /// A key that nobody asked for; judged when all keys that exist are known.
    Unknown {
        section: String,
        key: String,
    },
}

/// Collects problems by byte offset.
pub(super) struct Findings<'t> {
    text: &'t str,
    line_starts: Vec<usize>,
    found: Vec<(usize, Finding)>,
    known: Vec<(String, &'static str)>,
}

impl<'t> Findings<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let line_starts = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        Self { text, line_starts, found: Vec::new(), known: Vec::new() }
    }

    /// Notes a problem at a byte offset.
    pub(super) fn add(
        &mut self,
        offset: usize,
        what: impl Into<String>,
        advice: impl Into<String>,
    ) {
        let said = Finding::Said { what: what.into(), advice: advice.into() };
        self.found.push((offset, said));
    }

    /// Notes that a key exists, for suggestions.
    pub(super) fn know(&mut self, section: &str, key: &'static str) {
        self.known.push((section.to_owned(), key));
    }

    /// Notes a key that does not exist in its section.
    pub(super) fn unknown(&mut self, offset: usize, section: &str, key: &str) {
        let unknown = Finding::Unknown { section: section.to_owned(), key: key.to_owned() };
        self.found.push((offset, unknown));
    }

    /// The line of a byte offset, from 1.
    pub(super) fn line(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= offset)
    }

    /// The character within its line, from 1.
    fn column(&self, offset: usize) -> usize {
        let start = self.line_starts[self.line(offset) - 1];
        self.text.get(start..offset).map_or(1, |before| before.chars().count() + 1)
    }

    /// Whether anything was found, and what.
    pub(super) fn finish(mut self) -> Result<(), Problems> {
        self.found.sort_by_key(|(offset, _)| *offset);
        let shown: Vec<_> = self.found.iter().take(SHOWN).map(|found| self.word(found)).collect();
        let more = self.found.len() - shown.len();
        if shown.is_empty() { Ok(()) } else { Err(Problems { shown, more }) }
    }

    fn word(&self, (offset, finding): &(usize, Finding)) -> Problem {
        let (what, advice) = match finding {
            Finding::Said { what, advice } => (what.clone(), advice.clone()),
            Finding::Unknown { section, key } => self.explain(section, key),
        };
        Problem {
            line: self.line(*offset),
            column: self.column(*offset),
            what: clean_line(&what),
            advice: clean_line(&advice),
        }
    }

    fn explain(&self, section: &str, key: &str) -> (String, String) {
        let what = format!("unknown key `{}` {}", excerpt(key), placed(section));
        let here = || self.known.iter().filter(|(home, _)| home == section).map(|(_, key)| *key);
        if let Some(near) = nearest(key, here()) {
            let advice = format!("Write `{near}`, or delete the line.");
            return (format!("{what}; did you mean `{near}`?"), advice);
        }
        if let Some((home, _)) = self.known.iter().find(|(_, known)| *known == key) {
            return (what, format!("`{key}` stands {}; move it there.", placed(home)));
        }
        let known = here().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
        (what, format!("Known there: {known}. Correct the name, or delete the line."))
    }
}

/// "in [screen]", or for the keys outside of any section "at the top of the file".
fn placed(section: &str) -> String {
    if section.is_empty() { "at the top of the file".into() } else { format!("in {section}") }
}

/// The word that was probably meant by a written one, where one is near enough.
pub fn nearest<'w>(written: &str, words: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    // Comparing costs the product of the lengths, and no word here is long.
    if written.len() > 40 {
        return None;
    }
    let written = written.to_lowercase();
    words
        .map(|word| (strsim::damerau_levenshtein(&written, word), word))
        .filter(|(distance, word)| *distance <= (word.len() / 3).max(1))
        .min()
        .map(|(_, word)| word)
}

/// What was written, short enough for a message.
pub(super) fn excerpt(written: &str) -> String {
    const LONGEST: usize = 40;
    match written.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &written[..end]),
        None => written.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_in_lines_and_characters_from_one() {
        let text = "a = 1\nçé = 2\n";
        let findings = Findings::new(text);
        assert_eq!((findings.line(0), findings.column(0)), (1, 1));
        let two = text.find('2').unwrap();
        assert_eq!((findings.line(two), findings.column(two)), (2, 6));
        assert_eq!((findings.line(text.len()), findings.column(text.len())), (3, 1));
    }

    #[test]
    fn a_near_word_is_suggested_and_a_far_one_is_not() {
        let words = ["color", "theme", "256"];
        let near = |written| nearest(written, words.into_iter());
        assert_eq!(near("colour"), Some("color"));
        assert_eq!(near("THEME"), Some("theme"));
        assert_eq!(near("tempo"), None);
        assert_eq!(near(&"color".repeat(100_000)), None);
    }

    #[test]
    fn problems_come_in_the_order_of_the_file_and_stop_at_a_screen() {
        let text = "x\n".repeat(50);
        let mut findings = Findings::new(&text);
        for line in (0..50).rev() {
            findings.add(line * 2, format!("p{line}"), "");
        }
        let problems = findings.finish().unwrap_err();
        assert_eq!((problems.shown.len(), problems.more), (SHOWN, 50 - SHOWN));
        assert_eq!(problems.shown[1].what, "p1");
        assert_eq!(problems.shown[1].line, 2);
    }
}
