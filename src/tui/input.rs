//! From what the terminal tells to what the studio understands.

use crossterm::event::{Event as Told, KeyEventKind};

use super::{Areas, Key, Keymap, pointer};
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
                None => Some(match key.typed() {
                    Some(c) => Event::Type(c),
                    None => Event::Unknown(key.to_string()),
                }),
            }
        }
        Told::Paste(text) => Some(Event::Paste(text)),
        Told::Mouse(mouse) => pointer::meant(mouse, areas, model),
        Told::Resize(..) | Told::FocusGained | Told::FocusLost => None,
    }
}
