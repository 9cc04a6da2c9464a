//! A key with its modifiers: as the terminal tells it, as the configuration writes it, as the
//! screen shows it.

use std::fmt;
use std::str::FromStr;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A key, brought into one form so that different terminals' tales of it compare equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    code: KeyCode,
    modifiers: KeyModifiers,
}

/// Names that differ from the character itself.
const NAMES: &[(&str, KeyCode, &str)] = &[
    ("space", KeyCode::Char(' '), "Space"),
    ("tab", KeyCode::Tab, "Tab"),
    ("enter", KeyCode::Enter, "Enter"),
    ("esc", KeyCode::Esc, "Esc"),
    ("backspace", KeyCode::Backspace, "Backspace"),
    ("delete", KeyCode::Delete, "Delete"),
    ("insert", KeyCode::Insert, "Insert"),
    ("left", KeyCode::Left, "←"),
    ("right", KeyCode::Right, "→"),
    ("up", KeyCode::Up, "↑"),
    ("down", KeyCode::Down, "↓"),
    ("home", KeyCode::Home, "Home"),
    ("end", KeyCode::End, "End"),
    ("pageup", KeyCode::PageUp, "PgUp"),
    ("pagedown", KeyCode::PageDown, "PgDn"),
];

impl Key {
    fn new(code: KeyCode, modifiers: KeyModifiers) -> Self {
        let mut modifiers =
            modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT);
        let code = match code {
            KeyCode::BackTab => {
                modifiers |= KeyModifiers::SHIFT;
                KeyCode::Tab
            }
            KeyCode::Char(c) if modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) => {
                KeyCode::Char(c.to_ascii_lowercase())
            }
            // The character itself says whether Shift was down.
            KeyCode::Char(c) => {
                modifiers.remove(KeyModifiers::SHIFT);
                KeyCode::Char(c)
            }
            other => other,
        };
        Self { code, modifiers }
    }

    /// The character that the key types into a text, if it types one.
    pub fn typed(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if self.modifiers.is_empty() => Some(c),
            _ => None,
        }
    }

    /// How a person reads it.
    pub fn label(self, unicode: bool) -> String {
        let mut label = String::new();
        for (modifier, name) in [
            (KeyModifiers::CONTROL, "Ctrl+"),
            (KeyModifiers::ALT, "Alt+"),
            (KeyModifiers::SHIFT, "Shift+"),
        ] {
            if self.modifiers.contains(modifier) {
                label.push_str(name);
            }
        }
        match (NAMES.iter().find(|(_, code, _)| *code == self.code), self.code) {
            (Some((name, _, shown)), _) if !unicode && !shown.is_ascii() => {
                label.push_str(&name[..1].to_uppercase());
                label.push_str(&name[1..]);
            }
            (Some((_, _, shown)), _) => label.push_str(shown),
            (None, KeyCode::Char(c)) if label.is_empty() => label.push(c),
            (None, KeyCode::Char(c)) => label.push(c.to_ascii_uppercase()),
            (None, KeyCode::F(n)) => label.extend(["F", &n.to_string()]),
            (None, other) => label.push_str(&other.to_string()),
        }
        label
    }
}

impl From<KeyEvent> for Key {
    fn from(event: KeyEvent) -> Self {
        Self::new(event.code, event.modifiers)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.label(true))
    }
}

impl FromStr for Key {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut modifiers = KeyModifiers::NONE;
        let mut rest = text.trim();
        while let Some((name, tail)) = rest.split_once('+').filter(|(_, tail)| !tail.is_empty()) {
            modifiers |= match name.to_ascii_lowercase().as_str() {
                "ctrl" | "control" => KeyModifiers::CONTROL,
                "alt" | "meta" | "option" => KeyModifiers::ALT,
                "shift" => KeyModifiers::SHIFT,
                other => return Err(format!("{other:?} is not ctrl, alt or shift")),
            };
            rest = tail;
        }
        let lower = rest.to_ascii_lowercase();
        let mut characters = rest.chars();
        let code = if let Some((_, code, _)) = NAMES.iter().find(|(name, ..)| *name == lower) {
            *code
        } else if let (Some(c), None) = (characters.next(), characters.next()) {
            KeyCode::Char(c)
        } else if let Some(n @ 1..=12) = lower.strip_prefix('f').and_then(|n| n.parse().ok()) {
            KeyCode::F(n)
        } else {
            let names = NAMES.iter().map(|(name, ..)| *name);
            let near = names
                .map(|name| (strsim::jaro_winkler(name, &lower), name))
                .max_by(|a, b| a.0.total_cmp(&b.0))
                .filter(|(score, _)| *score > 0.8);
            return Err(match near {
                Some((_, name)) => format!("there is no key {rest:?}; did you mean {name:?}?"),
                None => {
                    format!("there is no key {rest:?}; write it like \"ctrl+g\", \"f8\", \"space\"")
                }
            });
        };
        Ok(Self::new(code, modifiers))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Key {
        text.parse().unwrap()
    }

    #[test]
    fn terminals_tell_the_same_key_in_many_ways() {
        let told = |code, modifiers| Key::from(KeyEvent::new(code, modifiers));
        assert_eq!(told(KeyCode::BackTab, KeyModifiers::SHIFT), key("shift+tab"));
        assert_eq!(told(KeyCode::Char('?'), KeyModifiers::SHIFT), key("?"));
        assert_eq!(told(KeyCode::Char('G'), KeyModifiers::CONTROL), key("ctrl+g"));
        assert_eq!(told(KeyCode::Char(' '), KeyModifiers::CONTROL), key("Ctrl+Space"));
        assert_ne!(key("g"), key("G"));
    }

    #[test]
    fn keys_read_as_they_are_shown() {
        for (text, label) in [
            ("ctrl+g", "Ctrl+G"),
            ("alt+left", "Alt+←"),
            ("+", "+"),
            ("ctrl++", "Ctrl++"),
            ("f12", "F12"),
            ("G", "G"),
        ] {
            assert_eq!(key(text).to_string(), label);
        }
        assert_eq!(key("alt+left").label(false), "Alt+Left");
    }

    #[test]
    fn a_wrong_key_says_what_is_wrong() {
        assert!("hyper+x".parse::<Key>().unwrap_err().contains("hyper"));
        assert!("entr".parse::<Key>().unwrap_err().contains("\"enter\""));
        for wrong in ["", "f99", "ctrl+", "xyzzy"] {
            assert!(wrong.parse::<Key>().is_err(), "{wrong:?}");
        }
    }
}
