//! From what the terminal tells to what the studio understands.

use crossterm::event::{Event as Told, KeyEventKind, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

use super::{Areas, Key, Keymap};
use crate::studio::{Event, Model};

/// Understands what the terminal told; `None` is nothing to the studio. A new size is the
/// screen's to take.
pub fn translate(told: Told, keymap: &Keymap, areas: &Areas, model: &Model) -> Option<Event> {
    match told {
        Told::Key(key) if key.kind == KeyEventKind::Release => None,
        Told::Key(key) => {
            let key = Key::from(key);
            match keymap.action(model.scopes(), key, model.is_typing()) {
                Some(action) => Some(Event::Act(action)),
                None => key.typed().map(Event::Type),
            }
        }
        Told::Paste(text) => Some(Event::Paste(text)),
        Told::Mouse(mouse) => pointer(mouse, areas, model),
        Told::Resize(..) | Told::FocusGained | Told::FocusLost => None,
    }
}

fn pointer(mouse: MouseEvent, areas: &Areas, model: &Model) -> Option<Event> {
    let at = Position { x: mouse.column, y: mouse.row };
    let wheel = |rows| {
        let over = if model.overlay.is_some() { None } else { Some(areas.pane_at(at)?) };
        Some(Event::Wheel { over, rows })
    };
    let click = |drag| Some(Event::Click { spot: areas.spot(model, at)?, drag });
    match mouse.kind {
        MouseEventKind::Down(MouseButton::Left) => click(false),
        MouseEventKind::Drag(MouseButton::Left) => click(true),
        MouseEventKind::ScrollUp => wheel(-3),
        MouseEventKind::ScrollDown => wheel(3),
        _ => None,
    }
}
