//! Keys, written as in the configuration.

use crossterm::event::{Event as Told, KeyCode, KeyEvent, KeyModifiers};

pub fn told(key: &str) -> Told {
    let (modifiers, name) = match key.rsplit_once('+').filter(|(front, _)| !front.is_empty()) {
        Some((front, name)) => {
            let modifiers = front.split('+').map(|modifier| match modifier {
                "ctrl" => KeyModifiers::CONTROL,
                "alt" => KeyModifiers::ALT,
                "shift" => KeyModifiers::SHIFT,
                other => panic!("{other} is no modifier"),
            });
            (modifiers.collect(), name)
        }
        None => (KeyModifiers::NONE, key),
    };
    let code = match name {
        "enter" => KeyCode::Enter,
        "esc" => KeyCode::Esc,
        "tab" if modifiers.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
        "tab" => KeyCode::Tab,
        "up" => KeyCode::Up,
        "down" => KeyCode::Down,
        "left" => KeyCode::Left,
        "right" => KeyCode::Right,
        "home" => KeyCode::Home,
        "end" => KeyCode::End,
        "backspace" => KeyCode::Backspace,
        "delete" => KeyCode::Delete,
        "space" => KeyCode::Char(' '),
        "pageup" => KeyCode::PageUp,
        "pagedown" => KeyCode::PageDown,
        _ if name.len() > 1 && name.starts_with('f') => KeyCode::F(name[1..].parse().unwrap()),
        _ => KeyCode::Char(name.chars().next().unwrap()),
    };
    Told::Key(KeyEvent::new(code, modifiers))
}
