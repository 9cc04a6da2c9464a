//! The text fields: soft-wrapped into the rows they have, following the cursor.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::song::Cursor;
use crate::studio::{Field, Text, byte_of, wrap};
use crate::tui::Look;
use crate::tui::views::brush::{fit, put, put_marked};

pub(super) fn draw(
    field: Field,
    text: &Text,
    (is_current, is_used): (bool, bool),
    room: Rect,
    look: &Look,
    buffer: &mut Buffer,
) {
    let line = line(text);
    if line.is_empty() {
        let example = match field {
            // Nobody is invited to write what goes nowhere.
            _ if !is_used => return,
            Field::Title => "e.g. Midnight Compiler",
            Field::Style => "e.g. synth-pop, 120 bpm, warm",
            Field::Persona => "a voice's id at the gateway",
            _ => "e.g. noise, distortion",
        };
        let example = fit(example, room.width, look.glyphs.more);
        put(buffer, (room.x, room.y), room.width, &example, look.theme.example);
        return;
    }
    let ink = if is_used { look.theme.base } else { look.theme.dim };
    let rows = wrap::rows(line, usize::from(room.width));
    let top = if is_current { top(text, room) } else { 0 };
    let byte = |cursor: Cursor| byte_of(line, cursor.column);
    let marked = text.selection().map(|(start, end)| byte(start)..byte(end));
    for (y, (number, row)) in room.rows().zip(rows.iter().enumerate().skip(top)) {
        let is_cut = y.y + 1 == room.bottom() && number + 1 < rows.len() && !is_current;
        if is_cut {
            let rest = fit(&line[row.start..], room.width, look.glyphs.more);
            put(buffer, (room.x, y.y), room.width, &rest, ink);
            continue;
        }
        // A space may hang over the end of its row.
        let styles = (ink, look.theme.marked);
        let at = (room.x, y.y);
        put_marked(buffer, at, room.width + 1, line, row.clone(), marked.clone(), styles);
    }
}

/// Where the cursor stands.
pub(super) fn cursor(text: &Text, room: Rect) -> Position {
    let (row, cell) = located(text, room);
    let y = room.y + (row - top(text, room)) as u16;
    Position::new((room.x + cell as u16).min(room.right()), y)
}

fn line(text: &Text) -> &str {
    text.lines().first().map(String::as_str).unwrap_or_default()
}

/// The wrapped row and the cell of the cursor.
fn located(text: &Text, room: Rect) -> (usize, usize) {
    let rows = wrap::rows(line(text), usize::from(room.width));
    wrap::locate(line(text), &rows, text.cursor_byte())
}

/// The first row that is shown, so that the cursor is.
fn top(text: &Text, room: Rect) -> usize {
    (located(text, room).0 + 1).saturating_sub(usize::from(room.height.max(1)))
}
