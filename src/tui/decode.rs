//! From the bytes that a terminal sends to the events that they mean. Never reads or waits.
//!
//! termina's parser knows keys and the mouse; pastes are collected here, so that a long one costs
//! no more than its length and one that breaks off is not lost.

use std::collections::VecDeque;

use crossterm::event::{
    Event as Told, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent,
    MouseEventKind,
};
use termina::event as heard;

const PASTE_BEGINS: &[u8] = b"\x1b[200~";
const PASTE_ENDS: &[u8] = b"\x1b[201~";

/// Bytes in, events out.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    parser: termina::Parser,
    /// What came of a paste that has not ended.
    paste: Option<Vec<u8>>,
    events: VecDeque<Told>,
}

impl Decoder {
    /// Takes bytes in, all that were there.
    pub(super) fn feed(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            bytes = match self.paste.take() {
                Some(paste) => self.go_on_pasting(paste, bytes),
                None => match find(bytes, PASTE_BEGINS) {
                    Some(at) => {
                        self.parse(&bytes[..at]);
                        self.paste = Some(Vec::new());
                        &bytes[at + PASTE_BEGINS.len()..]
                    }
                    None => {
                        self.parse(bytes);
                        &[]
                    }
                },
            };
        }
    }

    /// The oldest event that was not taken yet.
    pub(super) fn next(&mut self) -> Option<Told> {
        self.events.pop_front()
    }

    /// Whether the end of a paste is waited for.
    pub(super) fn is_pasting(&self) -> bool {
        self.paste.is_some()
    }

    /// Nothing more will come: gives up waiting for the end of a paste, but not what came of it.
    pub(super) fn end(&mut self) {
        if let Some(paste) = self.paste.take().filter(|paste| !paste.is_empty()) {
            self.events.push_back(pasted(&paste));
        }
    }

    /// Gives what follows the paste.
    fn go_on_pasting<'a>(&mut self, mut paste: Vec<u8>, bytes: &'a [u8]) -> &'a [u8] {
        // The end may have begun in the bytes before.
        let from = paste.len().saturating_sub(PASTE_ENDS.len() - 1);
        let before = paste.len();
        paste.extend_from_slice(bytes);
        match find(&paste[from..], PASTE_ENDS) {
            Some(at) => {
                let rest = from + at + PASTE_ENDS.len() - before;
                self.events.push_back(pasted(&paste[..from + at]));
                &bytes[rest..]
            }
            None => {
                self.paste = Some(paste);
                &[]
            }
        }
    }

    fn parse(&mut self, bytes: &[u8]) {
        self.parser.parse(bytes, false);
        while let Some(event) = self.parser.pop() {
            self.events.extend(told(event));
        }
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

fn pasted(bytes: &[u8]) -> Told {
    Told::Paste(String::from_utf8_lossy(bytes).into_owned())
}

/// In crossterm's words, which the rest of the house speaks.
fn told(event: heard::Event) -> Option<Told> {
    Some(match event {
        heard::Event::Key(key) => Told::Key(KeyEvent::new_with_kind(
            code(key.code)?,
            modifiers(key.modifiers),
            match key.kind {
                heard::KeyEventKind::Press => KeyEventKind::Press,
                heard::KeyEventKind::Repeat => KeyEventKind::Repeat,
                heard::KeyEventKind::Release => KeyEventKind::Release,
            },
        )),
        heard::Event::Mouse(mouse) => Told::Mouse(MouseEvent {
            kind: pointer(mouse.kind),
            column: mouse.column,
            row: mouse.row,
            modifiers: modifiers(mouse.modifiers),
        }),
        heard::Event::Paste(text) => Told::Paste(text),
        _ => return None,
    })
}

/// Keys that no action can have are not told.
fn code(code: heard::KeyCode) -> Option<KeyCode> {
    Some(match code {
        heard::KeyCode::Char(c) => KeyCode::Char(c),
        // What older terminals send for Ctrl+Space.
        heard::KeyCode::Null => KeyCode::Char(' '),
        heard::KeyCode::Enter => KeyCode::Enter,
        heard::KeyCode::Backspace => KeyCode::Backspace,
        heard::KeyCode::Tab => KeyCode::Tab,
        heard::KeyCode::BackTab => KeyCode::BackTab,
        heard::KeyCode::Escape => KeyCode::Esc,
        heard::KeyCode::Left => KeyCode::Left,
        heard::KeyCode::Right => KeyCode::Right,
        heard::KeyCode::Up => KeyCode::Up,
        heard::KeyCode::Down => KeyCode::Down,
        heard::KeyCode::Home => KeyCode::Home,
        heard::KeyCode::End => KeyCode::End,
        heard::KeyCode::PageUp => KeyCode::PageUp,
        heard::KeyCode::PageDown => KeyCode::PageDown,
        heard::KeyCode::Insert => KeyCode::Insert,
        heard::KeyCode::Delete => KeyCode::Delete,
        heard::KeyCode::Function(number) => KeyCode::F(number),
        _ => return None,
    })
}

fn modifiers(told: heard::Modifiers) -> KeyModifiers {
    [
        (heard::Modifiers::SHIFT, KeyModifiers::SHIFT),
        (heard::Modifiers::ALT, KeyModifiers::ALT),
        (heard::Modifiers::CONTROL, KeyModifiers::CONTROL),
    ]
    .into_iter()
    .filter(|(theirs, _)| told.contains(*theirs))
    .map(|(_, ours)| ours)
    .collect()
}

fn pointer(kind: heard::MouseEventKind) -> MouseEventKind {
    let button = |button| match button {
        heard::MouseButton::Left => MouseButton::Left,
        heard::MouseButton::Right => MouseButton::Right,
        heard::MouseButton::Middle => MouseButton::Middle,
    };
    match kind {
        heard::MouseEventKind::Down(which) => MouseEventKind::Down(button(which)),
        heard::MouseEventKind::Up(which) => MouseEventKind::Up(button(which)),
        heard::MouseEventKind::Drag(which) => MouseEventKind::Drag(button(which)),
        heard::MouseEventKind::Moved => MouseEventKind::Moved,
        heard::MouseEventKind::ScrollDown => MouseEventKind::ScrollDown,
        heard::MouseEventKind::ScrollUp => MouseEventKind::ScrollUp,
        heard::MouseEventKind::ScrollLeft => MouseEventKind::ScrollLeft,
        heard::MouseEventKind::ScrollRight => MouseEventKind::ScrollRight,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::Key;

    /// Keys as the configuration writes them, pastes in brackets, in one line.
    fn decode(pieces: &[&[u8]]) -> String {
        let mut decoder = Decoder::default();
        let mut said = Vec::new();
        for piece in pieces {
            decoder.feed(piece);
            while let Some(event) = decoder.next() {
                said.push(match event {
                    Told::Key(key) => Key::from(key).to_string(),
                    Told::Paste(text) => format!("[{text}]"),
                    other => format!("{other:?}"),
                });
            }
        }
        said.join(" ")
    }

    #[test]
    fn keys_are_what_terminals_send_for_them() {
        for (bytes, keys) in [
            (&b"a"[..], "a"),
            (b"\x1b", "Esc"),
            (b"\x07", "Ctrl+G"),
            (b"\0", "Ctrl+Space"),
            (b"\x1b2", "Alt+2"),
            (b"\x1b[Z", "Shift+Tab"),
            (b"\x1b[1;5C", "Ctrl+→"),
            (b"\x1bOP\x1b[19~", "F1 F8"),
            (b"\x1b[32;5u", "Ctrl+Space"),
            (b"\x7f\r\t", "Backspace Enter Tab"),
            ("é夜".as_bytes(), "é 夜"),
        ] {
            assert_eq!(decode(&[bytes]), keys, "{bytes:?}");
        }
    }

    #[test]
    fn a_paste_is_one_event_however_it_comes_in_pieces() {
        let whole = b"x\x1b[200~one\r\ntwo \x1b[31m\x1b[201~y";
        let want = "x [one\r\ntwo \x1b[31m] y";
        assert_eq!(decode(&[whole]), want);
        // Alone, the byte that begins an escape sequence is the Esc key; that cut has no answer.
        for cut in (0..whole.len()).filter(|cut| *cut != 2) {
            assert_eq!(decode(&[&whole[..cut], &whole[cut..]]), want, "cut at {cut}");
        }
        let (begin, rest) = whole.split_at(7);
        let pieces: Vec<&[u8]> = [begin].into_iter().chain(rest.chunks(1)).collect();
        assert_eq!(decode(&pieces), want);
    }

    #[test]
    fn a_paste_that_breaks_off_is_not_lost() {
        let mut decoder = Decoder::default();
        decoder.feed(b"\x1b[200~half");
        assert_eq!(decoder.next(), None);
        decoder.end();
        assert_eq!(decoder.next(), Some(Told::Paste("half".into())));
    }

    #[test]
    fn garbage_ends_and_harms_nothing_after_it() {
        let garbage = [&[0xff, 0xfe, 0x1b, b'[', b'9', b'9', b'9', b'z'][..], b"ok"].concat();
        assert!(decode(&[&garbage]).ends_with("o k"), "{}", decode(&[&garbage]));
    }
}
