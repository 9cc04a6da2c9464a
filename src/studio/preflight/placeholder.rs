//! What a writer left to be filled in: `[insert name]`, `{artist}`, `TODO`, `___`.

use std::ops::Range;

/// Longer texts between brackets are meant to be there.
const LONGEST: usize = 40;

/// What stands between square brackets where a name should.
const NAMES: [&str; 14] = [
    "name",
    "artist",
    "artist name",
    "song name",
    "song title",
    "title",
    "city",
    "place",
    "lyrics",
    "text",
    "word",
    "adjective",
    "noun",
    "verb",
];

/// Ways to say that the words are still to be written.
const LATER: [&str; 6] = [
    "lyrics here",
    "lyrics go here",
    "lyrics goes here",
    "text here",
    "words go here",
    "lorem ipsum",
];

/// The bytes of the first placeholder in a line.
pub(super) fn find(line: &str) -> Option<Range<usize>> {
    let found = [brackets(line), marker(line), later(line), gap(line)];
    found.into_iter().flatten().min_by_key(|range| range.start)
}

fn brackets(line: &str) -> Option<Range<usize>> {
    let mut from = 0;
    while let Some(open) = line[from..].find(['[', '{', '<']).map(|at| at + from) {
        let close = match line.as_bytes()[open] {
            b'[' => ']',
            b'{' => '}',
            _ => '>',
        };
        from = open + 1;
        // Not a byte further than a placeholder is long: a line may be all brackets.
        let mut near = line[from..].char_indices().take(LONGEST);
        let Some((length, _)) = near.find(|(_, c)| *c == close) else { continue };
        let inner = &line[from..from + length];
        // "a < b and c > d" is arithmetic.
        let inner = if close == '>' { inner } else { inner.trim_matches(['{', ' ']) };
        if is_placeholder(inner, close) {
            return Some(open..from + length + 1);
        }
    }
    None
}

fn is_placeholder(inner: &str, close: char) -> bool {
    let is_name = !inner.is_empty()
        && inner.chars().all(|c| c.is_alphanumeric() || " _-'’".contains(c))
        && inner.chars().any(char::is_alphabetic);
    if close != ']' {
        return is_name && !inner.starts_with(' ');
    }
    let lower = inner.to_lowercase();
    lower.starts_with("insert ")
        || lower.starts_with("your ")
        || lower.ends_with(" here")
        || NAMES.contains(&lower.as_str())
}

/// Capitals only: "todo" is a word in Spanish, and "xxx" are kisses.
fn marker(line: &str) -> Option<Range<usize>> {
    ["TODO", "FIXME", "TBD", "XXX"].iter().find_map(|word| {
        let start = line.find(word)?;
        let end = start + word.len();
        let is_edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        let stands_alone =
            is_edge(line[..start].chars().next_back()) && is_edge(line[end..].chars().next());
        // In a line of capitals it may be the Spanish word.
        let is_shouted = *word == "TODO" && line.chars().filter(|c| c.is_uppercase()).count() > 12;
        (stands_alone && !is_shouted).then_some(start..end)
    })
}

fn later(line: &str) -> Option<Range<usize>> {
    // Few lines have either, and no other line need be copied.
    if !["here", "HERE", "psum", "PSUM"].iter().any(|word| line.contains(word)) {
        return None;
    }
    let lower = line.to_ascii_lowercase();
    LATER.iter().find_map(|phrase| lower.find(phrase).map(|at| at..at + phrase.len()))
}

fn gap(line: &str) -> Option<Range<usize>> {
    let start = line.find("___")?;
    let length = line[start..].bytes().take_while(|byte| *byte == b'_').count();
    Some(start..start + length)
}
