//! All of the player on one line.

use ratatui::buffer::Buffer;
use ratatui::style::Modifier;

use super::super::brush::{fit, put, put_right};
use super::line::facts;
use super::places::Places;
use super::{label, length, state_mark};
use crate::song::{Take, clock};
use crate::studio::Model;
use crate::studio::wrap::text_cells;
use crate::tui::Look;

pub(super) fn draw(take: &Take, places: &Places, model: &Model, look: &Look, buffer: &mut Buffer) {
    let (area, wave) = (places.line, places.waves[0]);
    let (theme, y) = (&look.theme, area.y);
    let x = put(buffer, (area.x + 1, y), 2, state_mark(model, look), theme.base) + 1;
    let (name, hue) = label(take.id, model, look);
    let x = put(buffer, (x, y), 4, &name, hue.add_modifier(Modifier::BOLD)) + 2;
    let position = clock(model.deck.status.position);
    let left = put_right(buffer, (wave.x.saturating_sub(1), y), 8, &position, theme.base);
    let room = left.saturating_sub(x + 1);
    put(buffer, (x, y), room, &fit(&take.title, room, look.glyphs.more), theme.base);
    let mut x = wave.right() + 1;
    if let Some(total) = length(take, model).filter(|_| !model.is_hidden(take.id)) {
        x = put(buffer, (x, y), 8, &clock(total), theme.dim) + 1;
    }
    let mut end = area.right().saturating_sub(1);
    for (text, style) in facts(model, look) {
        let wide = text_cells(&text) as u16;
        if wide == 0 {
            continue;
        }
        if x + wide > end {
            break;
        }
        end = put_right(buffer, (end, y), wide, &text, style).saturating_sub(2);
    }
}
