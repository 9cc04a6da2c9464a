//! The tabs of a screen that shows one pane at a time.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;

use super::brush::put;
use super::queue;
use crate::studio::{Model, Pane};
use crate::tui::Look;

pub(super) fn draw(model: &Model, look: &Look, buffer: &mut Buffer) {
    let area = *buffer.area();
    for (pane, x, label) in labels(model, area) {
        let style = if pane == model.focus {
            look.theme.accent.add_modifier(Modifier::BOLD | Modifier::UNDERLINED)
        } else {
            look.theme.dim
        };
        put(buffer, (x, area.y), area.right().saturating_sub(x), &label, style);
    }
}

/// The pane whose tab is under the pointer.
pub(in crate::tui) fn pane_at(model: &Model, tabs: Rect, at: Position) -> Option<Pane> {
    if !tabs.contains(at) {
        return None;
    }
    labels(model, tabs)
        .into_iter()
        .find(|(_, x, label)| (*x..x + label.len() as u16).contains(&at.x))
        .map(|(pane, ..)| pane)
}

/// The tabs with the cell where each begins. The counts tell what moved elsewhere.
fn labels(model: &Model, area: Rect) -> [(Pane, u16, String); 4] {
    let count = |name: &str, count: usize| match count {
        0 => name.to_owned(),
        count => format!("{name} {count}"),
    };
    let mut x = area.x + 1;
    Pane::ALL.map(|pane| {
        let label = match pane {
            Pane::Lyrics => "1 Lyrics".to_owned(),
            Pane::Song => "2 Song".to_owned(),
            Pane::Queue => queue::title("3 Queue", model),
            Pane::Takes => count("4 Takes", model.takes.all().len()),
        };
        let at = x;
        x += label.len() as u16 + 3;
        (pane, at, label)
    })
}
