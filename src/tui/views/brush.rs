//! Small strokes that several views share.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::Line;
use ratatui::widgets::{Block, Widget};
use unicode_segmentation::UnicodeSegmentation;

use crate::studio::wrap::{cells, text_cells};
use crate::studio::{Model, Pane};
use crate::tui::Look;

/// Draws `text` from `x` on, in at most `room` cells; gives the cell after it.
pub(super) fn put(
    buffer: &mut Buffer,
    (x, y): (u16, u16),
    room: u16,
    text: &str,
    style: Style,
) -> u16 {
    if !buffer.area().contains((x, y).into()) {
        return x;
    }
    buffer.set_stringn(x, y, text, usize::from(room), style).0
}

/// Draws the bytes `row` of a line, those in `marked` in the second style.
pub(super) fn put_marked(
    buffer: &mut Buffer,
    (mut x, y): (u16, u16),
    room: u16,
    line: &str,
    row: Range<usize>,
    marked: Option<Range<usize>>,
    (plain, mark): (Style, Style),
) {
    let right = x + room;
    let marked = marked.unwrap_or(row.end..row.end);
    let (from, to) = (marked.start.clamp(row.start, row.end), marked.end.clamp(row.start, row.end));
    for (part, style) in [(row.start..from, plain), (from..to, mark), (to..row.end, plain)] {
        let part = line.get(part).unwrap_or_default();
        x = put(buffer, (x, y), right.saturating_sub(x), part, style);
    }
}

/// Draws `text` so that it ends before `right`; gives its first cell.
pub(super) fn put_right(
    buffer: &mut Buffer,
    (right, y): (u16, u16),
    room: u16,
    text: &str,
    style: Style,
) -> u16 {
    let wide = (text_cells(text) as u16).min(room);
    let x = right.saturating_sub(wide);
    put(buffer, (x, y), wide, text, style);
    x
}

/// `text` in at most `room` cells, with a mark where it was cut.
pub(super) fn fit(text: &str, room: u16, more: &str) -> String {
    let room = usize::from(room);
    if text.len() <= room || text_cells(text) <= room {
        return text.to_owned();
    }
    let mut short = String::new();
    let mut used = cells(more);
    for grapheme in text.graphemes(true) {
        used += cells(grapheme);
        if used > room {
            break;
        }
        short.push_str(grapheme);
    }
    short.push_str(more);
    short
}

/// Draws the frame of a pane; gives what is inside.
pub(super) fn frame(
    pane: Pane,
    title: &str,
    model: &Model,
    look: &Look,
    buffer: &mut Buffer,
) -> Rect {
    let theme = &look.theme;
    let has_keys = model.focus == pane && model.overlay.is_none();
    let (edge, name) = if has_keys {
        (theme.accent, theme.accent.add_modifier(Modifier::BOLD))
    } else {
        (theme.faint, theme.dim)
    };
    let number = pane as usize + 1;
    let block = Block::bordered()
        .border_set(look.glyphs.frame)
        .border_style(edge)
        .title(Line::styled(format!(" {number} {title} "), name));
    let area = *buffer.area();
    let inner = block.inner(area);
    block.render(area, buffer);
    inner
}

/// Lines near the top of an empty pane.
pub(super) fn teach(lines: &[(&str, Style)], area: Rect, buffer: &mut Buffer) {
    let top = area.y + area.height.saturating_sub(lines.len() as u16).min(1);
    for (row, (text, style)) in (top..area.bottom()).zip(lines) {
        put(buffer, (area.x + 1, row), area.width.saturating_sub(2), text, *style);
    }
}

/// How much of a limit is used: amber from 90 %, red and marked above it. Where there is no limit,
/// the plain count.
pub(super) fn counter(used: usize, limit: Option<usize>, look: &Look) -> (String, Style) {
    let Some(limit) = limit else { return (used.to_string(), look.theme.dim) };
    let count = format!("{used}/{limit}");
    if used > limit {
        (format!("{} {count}", look.glyphs.warning), look.theme.bad)
    } else if used.saturating_mul(10) >= limit.saturating_mul(9) {
        (count, look.theme.warning)
    } else {
        (count, look.theme.dim)
    }
}
