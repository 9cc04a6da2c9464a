//! All about a take: its facts, and its moments, which can be played.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use crate::song::clock;
use crate::studio::{Model, NAME, TakeDetail, TakeRow};
use crate::tui::Look;
use crate::tui::views::brush::{fit, put, put_right};

/// Cells for a moment and the gap after it.
const MOMENT: u16 = 9;

/// What the window is called; a name that is hidden stays so.
pub(super) fn title(detail: &TakeDetail, model: &Model) -> String {
    let id = detail.take;
    if model.is_hidden(id) {
        return format!("Take {}", model.alias(id));
    }
    match model.takes.get(id) {
        Some(take) => format!("Take {} of {} v{}", id.label, take.title, take.version),
        None => format!("Take {id}"),
    }
}

pub(super) fn draw(
    detail: &TakeDetail,
    inner: Rect,
    model: &Model,
    look: &Look,
    buffer: &mut Buffer,
) {
    let list = &detail.list;
    let is_heard = model.playing() == Some(detail.take);
    let sounding = is_heard.then(|| detail.sounding(model.deck.status.position));
    let rows = detail.rows.iter().enumerate().skip(list.top);
    for (y, (index, row)) in (inner.y..inner.bottom()).zip(rows) {
        let area = Rect { y, height: 1, ..inner };
        let is_selected = index == list.selected && row.at().is_some();
        let is_now = sounding.is_some_and(|rows| rows.contains(&Some(index)));
        draw_row(row, (is_selected, is_now), area, look, buffer);
    }
    let below = detail.rows.len().saturating_sub(list.top + usize::from(inner.height));
    if below > 0 {
        let text = format!(" {below} more below ");
        // On the frame, where it covers nothing.
        put_right(buffer, (inner.right(), inner.bottom()), inner.width, &text, look.theme.dim);
    }
}

fn draw_row(
    row: &TakeRow,
    (is_selected, is_now): (bool, bool),
    area: Rect,
    look: &Look,
    buffer: &mut Buffer,
) {
    let (theme, glyphs, y) = (&look.theme, &look.glyphs, area.y);
    let mut shade = Style::new();
    if is_selected {
        shade = theme.selected;
        buffer.set_style(area, shade);
        put(buffer, (area.x, y), 1, glyphs.pointer, theme.accent);
    }
    if is_now {
        put(buffer, (area.x + 1, y), 1, glyphs.plays, theme.accent.patch(shade));
    }
    let x = area.x + 3;
    let room = area.right().saturating_sub(x + 1);
    let bold = |style: Style| style.add_modifier(Modifier::BOLD);
    let mut moment = |at: Duration, mark: &str, text: &str, style: Style| {
        let style = if is_now { bold(theme.accent) } else { style };
        let ink = if is_now { theme.accent } else { theme.dim };
        put(buffer, (x, y), MOMENT, &format!("{:>5}", clock(at)), ink.patch(shade));
        let x = x + MOMENT - 2;
        put(buffer, (x, y), 1, mark, theme.tag.patch(shade));
        let room = room.saturating_sub(MOMENT);
        put(buffer, (x + 2, y), room, &fit(text, room, glyphs.more), style.patch(shade));
    };
    match row {
        TakeRow::Gap => {}
        TakeRow::Fact(name, text) => {
            put(buffer, (x, y), NAME as u16, name, theme.dim);
            let room = room.saturating_sub(NAME as u16);
            put(buffer, (x + NAME as u16, y), room, &fit(text, room, glyphs.more), theme.base);
        }
        TakeRow::Heading(text) => drop(put(buffer, (x, y), room, text, bold(theme.tag))),
        TakeRow::Section(at, text) => moment(*at, "", text, theme.tag),
        TakeRow::Line(at, text) => moment(*at, "", text, theme.base),
        TakeRow::Note(at, text, _) => moment(*at, glyphs.note, text, theme.base),
        TakeRow::More(text) => {
            let x = x + MOMENT;
            put(buffer, (x, y), room.saturating_sub(MOMENT), text, theme.base);
        }
        TakeRow::Hint(text) => {
            put(buffer, (x, y), room, &look.fill(text), theme.example);
        }
    }
}
