//! A line to be typed.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::song::clock;
use crate::studio::wrap::{cells, text_cells};
use crate::studio::{Action, Ask, Question};
use crate::tui::Look;
use crate::tui::views::brush::{fit, put};
use unicode_segmentation::UnicodeSegmentation;

/// What is asked.
pub(super) fn title(question: Question) -> String {
    match question {
        Question::Note { at, .. } => format!("Note at {}", clock(at)),
        Question::Why(_) => "Why this one?".to_owned(),
    }
}

pub(super) fn draw(asked: &Ask, inner: Rect, look: &Look, buffer: &mut Buffer) {
    let theme = &look.theme;
    let at = put(buffer, (inner.x + 1, inner.y), 2, look.glyphs.after, theme.accent) + 1;
    let (shown, _) = shown(asked, room(inner));
    put(buffer, (at, inner.y), room(inner) + 1, shown, theme.base);
    let leave = match asked.question {
        Question::Note { .. } => "drops it",
        Question::Why(_) => "leaves it out",
    };
    let hint =
        format!("{} keeps   {} {leave}", look.key(Action::Choose), look.key(Action::Dismiss));
    let wide = inner.width.saturating_sub(4);
    let hint = fit(&hint, wide, look.glyphs.more);
    put(buffer, (inner.x + 3, inner.y + 1), wide, &hint, theme.dim);
}

/// Where the cursor stands.
pub(super) fn cursor(asked: &Ask, inner: Rect) -> Option<Position> {
    let (_, cell) = shown(asked, room(inner));
    (!inner.is_empty()).then(|| Position::new(inner.x + 3 + cell, inner.y))
}

/// Cells for what is typed, before the cursor after it.
fn room(inner: Rect) -> u16 {
    inner.width.saturating_sub(5)
}

/// The part of the line that is on screen, which has the cursor in it, and the cursor's cell.
fn shown(asked: &Ask, room: u16) -> (&str, u16) {
    let line = asked.text.lines().first().map(String::as_str).unwrap_or_default();
    let cursor = asked.text.cursor_byte().min(line.len());
    let before = &line[..cursor];
    let mut used = text_cells(before);
    let mut from = 0;
    for grapheme in before.graphemes(true) {
        if used <= usize::from(room) {
            break;
        }
        used -= cells(grapheme);
        from += grapheme.len();
    }
    (&line[from..], used as u16)
}
