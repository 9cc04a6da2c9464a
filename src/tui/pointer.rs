//! What is under the pointer, and what a press or a turn of the wheel there means.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

use super::areas::{Areas, inside, words_in};
use super::views;
use crate::studio::{Event, Model, Overlay, Pane, Spot};

/// What the user means by it; `None` is nothing.
pub(super) fn meant(mouse: MouseEvent, areas: &Areas, model: &Model) -> Option<Event> {
    let at = Position { x: mouse.column, y: mouse.row };
    let wheel = |rows| {
        let over = if model.overlay.is_some() { None } else { Some(areas.pane_at(at)?) };
        Some(Event::Wheel { over, rows })
    };
    let click = |drag| Some(Event::Click { spot: spot(areas, model, at)?, drag });
    match mouse.kind {
        MouseEventKind::Down(MouseButton::Left) => click(false),
        MouseEventKind::Drag(MouseButton::Left) => click(true),
        MouseEventKind::ScrollUp => wheel(-3),
        MouseEventKind::ScrollDown => wheel(3),
        _ => None,
    }
}

/// What is under the pointer.
fn spot(areas: &Areas, model: &Model, at: Position) -> Option<Spot> {
    if let Some(overlay) = &model.overlay {
        let frame = areas.overlay(overlay);
        let list = inside(frame);
        // A picker's list begins under what is typed.
        let first = if matches!(overlay, Overlay::Take(_)) { list.y } else { list.y + 2 };
        return Some(if !frame.contains(at) {
            Spot::Outside
        } else if list.contains(at) && at.y >= first {
            Spot::Overlay(usize::from(at.y - first))
        } else {
            return None;
        });
    }
    if let Some(pane) = areas.tabs.and_then(|tabs| views::tabs::pane_at(model, tabs, at)) {
        return Some(Spot::Pane(pane));
    }
    if let Some(part) = views::player::part_at(areas.player, areas.cover, at, model) {
        return Some(Spot::Playhead(part));
    }
    let pane = areas.pane_at(at)?;
    let frame = areas.pane(pane)?;
    let list = inside(frame);
    let row = usize::from(at.y.saturating_sub(list.y));
    let is_inside = list.contains(at);
    Some(match pane {
        Pane::Lyrics if is_inside => {
            let text = words_in(frame);
            Spot::Words { row, cell: usize::from(at.x.saturating_sub(text.x)) }
        }
        Pane::Song if is_inside => match views::song::field_at(list, at.y, model) {
            Some(field) => Spot::Field(field),
            None => Spot::Pane(pane),
        },
        Pane::Queue if is_inside => Spot::Queue(row),
        Pane::Takes if is_inside => Spot::Takes(row),
        _ => Spot::Pane(pane),
    })
}
