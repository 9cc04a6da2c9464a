//! The writing desk: the lyrics, or the description.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;

use super::brush::{counter, frame, put, put_marked, put_right, teach};
use crate::song::{Cursor, Line, Mode, SectionKind, section_kind};
use crate::studio::{Action, Model, Pane, Text, byte_of, wrap};
use crate::tui::Look;
use crate::tui::areas::words_in;

/// Longer texts are not counted through on each key.
const COUNTED: usize = 50_000;

pub(super) fn draw(model: &Model, look: &Look, buffer: &mut Buffer) {
    let title = match model.desk.mode() {
        Mode::Lyrics => "Lyrics",
        Mode::Describe => "Description",
    };
    let area = *buffer.area();
    let inner = frame(Pane::Lyrics, title, model, look, buffer);
    let text = model.desk.words();
    if text.is_empty() {
        empty(model, look, words_in(area), buffer);
    } else {
        page(model, look, inner, words_in(area), buffer);
    }
    counts(model, look, area, buffer);
}

/// Where the cursor stands.
pub(super) fn cursor(model: &Model, area: Rect) -> Option<Position> {
    let text = model.desk.words();
    let room = words_in(area);
    let at = text.cursor();
    let line = &text.lines()[at.line];
    let rows = wrap::rows(line, usize::from(room.width));
    let (row, cell) = wrap::locate(line, &rows, text.cursor_byte());
    let scroll = text.scroll();
    let mut y = 0;
    for above in scroll.line..at.line {
        y += wrap::rows(&text.lines()[above], usize::from(room.width)).len();
    }
    let y = (y + row).checked_sub(scroll.row)?;
    // A space may hang over the end of its row.
    let x = cell.min(usize::from(room.width));
    (y < usize::from(room.height)).then(|| Position::new(room.x + x as u16, room.y + y as u16))
}

fn page(model: &Model, look: &Look, inner: Rect, room: Rect, buffer: &mut Buffer) {
    let (text, mode) = (model.desk.words(), model.desk.mode());
    let lit = model.lit_line();
    let lines = text.lines();
    let selection = text.selection();
    let scroll = text.scroll();
    let mut section = section_above(lines, scroll.line);
    let mut y = room.y;
    for (number, line) in lines.iter().enumerate().skip(scroll.line) {
        if y >= room.bottom() {
            break;
        }
        let read = Line::read(line);
        let style = match (mode, read) {
            (Mode::Lyrics, Line::Tag(tag)) => {
                section = Some(section_kind(tag));
                look.theme.tag
            }
            _ if lit == Some(number) => look.theme.accent.add_modifier(Modifier::BOLD),
            _ => look.theme.base,
        };
        if lit == Some(number) {
            put(buffer, (inner.x, y), 1, look.glyphs.plays, look.theme.accent);
        }
        let marked = selection.and_then(|selection| marked_bytes(line, number, selection));
        let skip = if number == scroll.line { scroll.row } else { 0 };
        for row in wrap::rows(line, usize::from(room.width)).into_iter().skip(skip) {
            if y >= room.bottom() {
                break;
            }
            let wide = inner.right().saturating_sub(room.x);
            let styles = (style, look.theme.marked);
            put_marked(buffer, (room.x, y), wide, line, row, marked.clone(), styles);
            if mode == Mode::Lyrics && read != Line::Blank {
                stripe(section, look, (inner.x + 1, y), buffer);
            }
            y += 1;
        }
    }
}

/// The section that the first line on screen is in.
fn section_above(lines: &[String], line: usize) -> Option<SectionKind> {
    lines[..line].iter().rev().take(COUNTED).find_map(|line| match Line::read(line) {
        Line::Tag(tag) => Some(section_kind(tag)),
        _ => None,
    })
}

/// The bytes of a line that are selected.
fn marked_bytes(line: &str, number: usize, (start, end): (Cursor, Cursor)) -> Option<Range<usize>> {
    if !(start.line..=end.line).contains(&number) {
        return None;
    }
    let from = if number == start.line { byte_of(line, start.column) } else { 0 };
    let to = if number == end.line { byte_of(line, end.column) } else { line.len() };
    Some(from..to)
}

/// The lines of a section belong together; choruses stand out.
fn stripe(section: Option<SectionKind>, look: &Look, at: (u16, u16), buffer: &mut Buffer) {
    let theme = &look.theme;
    let style = match section {
        Some(SectionKind::Chorus | SectionKind::PostChorus) => theme.take_a,
        Some(SectionKind::Bridge | SectionKind::Solo | SectionKind::Break) => theme.take_b,
        Some(_) => theme.tag,
        None => return,
    };
    put(buffer, at, 1, look.glyphs.stripe, style);
}

/// An empty page teaches.
fn empty(model: &Model, look: &Look, room: Rect, buffer: &mut Buffer) {
    let (dim, plain) = (look.theme.example, look.theme.dim);
    match model.desk.mode() {
        Mode::Lyrics => {
            let hint = format!("Write here, or press {} for a form.", look.key(Action::Template));
            let lines = [
                ("[Verse 1]", look.theme.tag),
                ("Neon on the window, cursor in the dark", dim),
                ("Counting every keystroke, waiting for a spark", dim),
                ("", dim),
                (hint.as_str(), plain),
            ];
            teach(&lines, room, buffer);
        }
        Mode::Describe => teach(
            &[
                ("An upbeat song about a summer road trip,", dim),
                ("two friends, one map, no plan.", dim),
                ("", dim),
                ("Say what it is about and how it should feel.", plain),
            ],
            room,
            buffer,
        ),
    }
}

/// On the lower edge: what the form is, and how much of the room is used.
fn counts(model: &Model, look: &Look, area: Rect, buffer: &mut Buffer) {
    let text = model.desk.words();
    let y = area.bottom().saturating_sub(1);
    let used = text.characters();
    let limit = model.limit(None);
    let mut left = area.x + 2;
    if model.desk.mode() == Mode::Lyrics && used > 0 && used <= COUNTED {
        let form = format!(" {} ", form(text, look.glyphs.dot));
        left = put(buffer, (left, y), area.width.saturating_sub(24), &form, look.theme.dim);
    }
    if used > 0 || limit.is_some() {
        let (count, style) = counter(used, limit, look);
        let right = area.right().saturating_sub(2);
        put_right(buffer, (right, y), right.saturating_sub(left), &format!(" {count} "), style);
    }
}

/// `lines: verse 4 · chorus 2`: how many lines are sung in each kind of section.
fn form(text: &Text, dot: &str) -> String {
    let mut kinds: Vec<(SectionKind, usize)> = Vec::new();
    let mut sung = 0;
    for line in text.lines() {
        match Line::read(line) {
            Line::Blank => {}
            Line::Tag(tag) => kinds.push((section_kind(tag), 0)),
            Line::Sung(_) => {
                sung += 1;
                if let Some((_, lines)) = kinds.last_mut() {
                    *lines += 1;
                }
            }
        }
    }
    let mut totals: Vec<(SectionKind, usize)> = Vec::new();
    for (kind, lines) in kinds.into_iter().filter(|(_, lines)| *lines > 0) {
        match totals.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, total)) => *total += lines,
            None => totals.push((kind, lines)),
        }
    }
    if totals.is_empty() {
        let s = if sung == 1 { "" } else { "s" };
        return format!("{sung} line{s}");
    }
    let words = totals.iter().map(|(kind, lines)| format!("{} {lines}", kind.word()));
    format!("lines: {}", words.collect::<Vec<_>>().join(&format!(" {dot} ")))
}
