//! The last line of the player: what is sung, or what can be done.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::brush::{fit, put};
use crate::studio::wrap::text_cells;
use crate::studio::{Action, Model, Pane};
use crate::tui::Look;

pub(super) fn draw(area: Rect, model: &Model, look: &Look, buffer: &mut Buffer) {
    let (theme, more) = (&look.theme, look.glyphs.more);
    let position = model.deck.status.position;
    // Words would tell the take that has them from the other.
    let heard = model.heard().filter(|take| !model.is_hidden(take.id));
    let timeline = heard.map(|take| &take.timeline).filter(|timeline| !timeline.is_empty());
    let Some(timeline) = timeline else { return keys(area, model, look, buffer) };
    let x = area.x + 1;
    let room = area.width.saturating_sub(2);
    let mut at = x;
    if let Some(line) = timeline.line_at(position) {
        at = put(buffer, (x, area.y), room, look.glyphs.plays, theme.accent) + 1;
        let room = area.right().saturating_sub(at + 1);
        at = put(buffer, (at, area.y), room, &fit(&line.text, room, more), theme.base) + 3;
    }
    if let Some(next) = timeline.lines().find(|line| line.at > position) {
        let room = area.right().saturating_sub(at + 1);
        // Half a word of what comes is worth nothing.
        if room > 12 {
            put(buffer, (at, area.y), room, &fit(&next.text, room, more), theme.dim);
        }
    }
}

/// What can be done with what is heard.
fn keys(area: Rect, model: &Model, look: &Look, buffer: &mut Buffer) {
    let is_pair = model.deck.status.rival.is_some();
    let is_hidden = model.playing().is_some_and(|take| model.is_hidden(take));
    // What the bottom line says there is not said twice.
    let is_elsewhere = model.focus != Pane::Takes;
    let hints = [
        (Action::SwitchTake, "hears the other", is_pair),
        (Action::Pick, "stars the better one", is_hidden),
        (Action::Blind, "shows the names", is_hidden),
        (Action::LoopStart, "loops from here", is_elsewhere && !is_hidden),
        (Action::LoopEnd, "to here", is_elsewhere && !is_hidden),
        (Action::MatchLoudness, "matches loudness", is_pair && !is_hidden),
        (Action::Pictures, "changes the pictures", !is_hidden),
    ];
    let mut text = String::new();
    for (action, word, _) in hints.into_iter().filter(|(.., is_possible)| *is_possible) {
        let gap = if text.is_empty() { "" } else { "   " };
        let Some(key) = look.key_here(action, model) else { continue };
        let hint = format!("{gap}{key} {word}");
        if text_cells(&text) + text_cells(&hint) + 2 > usize::from(area.width) {
            break;
        }
        text.push_str(&hint);
    }
    let room = area.width.saturating_sub(2);
    put(buffer, (area.x + 1, area.y), room, &text, look.theme.dim);
}
