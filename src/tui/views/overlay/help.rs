//! All keys, from the table of actions, with the names that the configuration knows.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use crate::studio::{Entry, Scope, TABLE};
use crate::tui::Look;
use crate::tui::views::brush::{fit, put, put_right};

/// Cells for the keys of an action.
const KEYS: u16 = 30;

enum Row {
    Scope(&'static str),
    Keys(String, &'static Entry),
    Gap,
}

pub(super) fn draw(top: usize, inner: Rect, look: &Look, buffer: &mut Buffer) {
    let rows = rows(look);
    let room = usize::from(inner.height.saturating_sub(1));
    let top = top.min(rows.len().saturating_sub(room));
    let shown = rows.iter().skip(top).take(room);
    for (y, row) in (inner.y..).zip(shown) {
        match row {
            Row::Gap => {}
            Row::Scope(title) => {
                let style = look.theme.tag.add_modifier(Modifier::BOLD);
                put(buffer, (inner.x + 1, y), inner.width, title, style);
            }
            Row::Keys(keys, entry) => {
                let keys = fit(keys, KEYS, look.glyphs.more);
                put(buffer, (inner.x + 2, y), KEYS, &keys, look.theme.accent);
                let x = inner.x + KEYS + 3;
                // The names are for the configuration; on a narrow screen they give way.
                let name = if inner.width < 78 { "" } else { entry.name };
                let end = put_right(buffer, (inner.right() - 1, y), 20, name, look.theme.dim);
                let room = end.saturating_sub(x + 1);
                put(
                    buffer,
                    (x, y),
                    room,
                    &fit(entry.title, room, look.glyphs.more),
                    look.theme.base,
                );
            }
        }
    }
    let below = rows.len().saturating_sub(top + room);
    let text = if below > 0 { format!("{below} more below ") } else { "end ".to_owned() };
    let at = (inner.right(), inner.bottom().saturating_sub(1));
    put_right(buffer, at, inner.width, &text, look.theme.dim);
}

fn rows(look: &Look) -> Vec<Row> {
    let mut rows = Vec::new();
    for scope in Scope::ALL {
        if !rows.is_empty() {
            rows.push(Row::Gap);
        }
        rows.push(Row::Scope(scope.title()));
        for entry in TABLE.iter().filter(|entry| entry.scope == scope) {
            let keys = look.keymap.keys(entry.action).iter();
            let keys: Vec<String> = keys.map(|key| key.label(look.glyphs.unicode)).collect();
            rows.push(Row::Keys(keys.join("  "), entry));
        }
    }
    rows
}
