//! What looks odd in the words: slips in section tags, brackets that are open, places left to be
//! filled in, sections without lines.

use super::{Finding, placeholder, tags};
use crate::song::{Line, Mode, SectionKind, Vocal, section_kind};
use crate::studio::{Desk, literal};

/// So many bytes are looked at on each key; more than that no gateway takes.
const READ: usize = 64 * 1024;

/// So much is told at once.
const TOLD: usize = 20;

/// So many tags are compared with the known ones; no song has more.
const TAGS: usize = 400;

pub(super) fn check(desk: &Desk, findings: &mut Vec<Finding>) {
    let told = findings.len() + TOLD;
    let is_lyrics = desk.mode() == Mode::Lyrics;
    let lines = desk.words().lines();
    let mut left = READ;
    let mut compared = 0;
    // A section that has no lines yet: its tag, and the place for them.
    let mut open: Option<(&str, usize)> = None;
    // In an instrumental, sections without lines are as they should be.
    let wants_lines = is_lyrics && desk.choices().vocal != Vocal::None;
    let no_lines = |(tag, below): (&str, usize)| {
        let column = if below < lines.len() { 0 } else { usize::MAX };
        let message = format!("{} has no lines yet", literal(tag));
        Finding::warns(None, message).at(below.min(lines.len() - 1), column)
    };
    for (number, line) in lines.iter().enumerate() {
        let Some(rest) = left.checked_sub(line.len() + 1) else { return };
        left = rest;
        if findings.len() >= told {
            return;
        }
        match Line::read(line) {
            Line::Blank => continue,
            Line::Tag(tag) if is_lyrics => {
                if compared == TAGS {
                    return;
                }
                compared += 1;
                let kind = section_kind(tag);
                // A cue such as [Whispered] belongs to the section that it stands in.
                if kind != SectionKind::Other {
                    findings.extend(open.take().map(no_lines));
                    let wants_lines = wants_lines && !tags::stands_alone(tag, kind);
                    open = wants_lines.then_some((tag, number + 1));
                }
            }
            Line::Tag(_) | Line::Sung(_) => {
                open = None;
            }
        }
        let slip = if is_lyrics { slip(line, number) } else { None };
        findings.extend(slip.or_else(|| unfilled(line, number)));
    }
    findings.extend(open.map(no_lines));
}

/// What is wrong with the tag on a line, if it has one.
fn slip(line: &str, number: usize) -> Option<Finding> {
    let text = line.trim();
    let column = line.chars().take_while(|c| c.is_whitespace()).count();
    let message = if let Line::Tag(tag) = Line::read(line) {
        let meant = tags::slip_of(tag)?;
        format!("[{}]: did you mean [{meant}]?", literal(tag))
    } else if text.starts_with('[') && !text.contains(']') {
        format!("{} has no closing bracket", literal(&short(text)))
    } else {
        let meant = tags::misbracketed(text)?;
        format!("{} is sung as it stands; a section is written [{meant}]", literal(text))
    };
    Some(Finding::warns(None, message).at(number, column))
}

/// What on a line is still to be filled in.
fn unfilled(line: &str, number: usize) -> Option<Finding> {
    let found = placeholder::find(line)?;
    let column = line[..found.start].chars().count();
    let message = format!("Still to be filled in: {}", literal(&short(&line[found])));
    Some(Finding::warns(None, message).at(number, column))
}

/// The beginning of a text that may be long.
fn short(text: &str) -> String {
    const ROOM: usize = 24;
    match text.char_indices().nth(ROOM) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
