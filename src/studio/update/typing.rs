//! Keys that write: into the words, a field, a slider or a picker.

use crate::studio::text::Motion;
use crate::studio::{
    Action, Effect, Field, Model, Overlay, Pane, Redraw, Text, Tone, TooLong, literal,
};

impl Model {
    /// What the keys of a text do; all others are the player's.
    pub(super) fn write(&mut self, action: Action) {
        match action {
            Action::Undo
            | Action::Redo
            | Action::Cut
            | Action::Copy
            | Action::PasteKept
            | Action::Newline
            | Action::DeleteBack
            | Action::DeleteForward
            | Action::DeleteWordBack
            | Action::DeleteWordForward
            | Action::DeleteToEnd => self.edit(action),
            Action::SelectAll => drop(self.with_text(Text::select_all)),
            Action::Left => self.go(Motion::Left),
            Action::Right => self.go(Motion::Right),
            Action::Up => self.go(Motion::Up(1)),
            Action::Down => self.go(Motion::Down(1)),
            Action::WordLeft => self.go(Motion::WordLeft),
            Action::WordRight => self.go(Motion::WordRight),
            Action::LineStart => self.go(Motion::LineStart),
            Action::LineEnd => self.go(Motion::LineEnd),
            Action::PageUp => self.go(Motion::Up(self.text_page())),
            Action::PageDown => self.go(Motion::Down(self.text_page())),
            Action::TextStart => self.go(Motion::Start),
            Action::TextEnd => self.go(Motion::End),
            Action::SelectLeft => self.extend(Motion::Left),
            Action::SelectRight => self.extend(Motion::Right),
            Action::SelectUp => self.extend(Motion::Up(1)),
            Action::SelectDown => self.extend(Motion::Down(1)),
            Action::SelectWordLeft => self.extend(Motion::WordLeft),
            Action::SelectWordRight => self.extend(Motion::WordRight),
            Action::SelectLineStart => self.extend(Motion::LineStart),
            Action::SelectLineEnd => self.extend(Motion::LineEnd),
            _ => self.listen(action),
        }
    }

    pub(super) fn type_char(&mut self, c: char) {
        if let Some(Overlay::Pick(picker)) = &mut self.overlay {
            picker.insert(c.encode_utf8(&mut [0; 4]));
            self.mark(Redraw::OVERLAY);
        } else if self.overlay.is_some() && !self.is_typing() {
            self.type_in_window(c);
        } else if !self.is_typing() {
            self.type_on_control(c);
        } else {
            self.put(|text| text.insert(c));
        }
    }

    /// Puts something into the text that has the cursor, or says that it is too long.
    fn put(&mut self, put: impl FnOnce(&mut Text) -> Result<(), TooLong>) {
        match self.with_text(put) {
            Some(Err(TooLong)) => self.say(
                Tone::Warning,
                "Nothing was put in: a text has 65,000 lines of 65,000 characters at most",
            ),
            Some(Ok(())) => self.wrote(),
            None => {}
        }
    }

    /// Digits set a slider: 6 is 0.60; a letter chooses nothing by accident.
    fn type_on_control(&mut self, c: char) {
        let digit = c.to_digit(10).filter(|_| self.focus == Pane::Song);
        let field = self.desk.field;
        if let (Some(digit), Some(weight)) = (digit, self.desk.weight_mut(field)) {
            *weight = crate::song::Weight::hundredths(digit as u8 * 10);
            self.touched();
            self.mark(Redraw::SONG);
        } else if !c.is_control() {
            self.unknown(c.encode_utf8(&mut [0; 4]));
        }
    }

    /// A key that cannot act says so.
    pub(super) fn unknown(&mut self, key: &str) {
        let text = format!("{} does nothing here; {{help}} shows all keys", literal(key));
        self.say(Tone::Plain, text);
    }

    pub(super) fn paste(&mut self, text: &str) {
        if let Some(Overlay::Pick(picker)) = &mut self.overlay {
            picker.insert(text);
            self.mark(Redraw::OVERLAY);
        } else if self.is_typing() {
            self.put(|target| target.paste(text));
        } else {
            self.say(Tone::Warning, "Nothing was pasted: go to the lyrics or a text field first");
        }
    }

    /// The text that has the cursor.
    fn text(&mut self) -> Option<&mut Text> {
        if let Some(Overlay::Ask(ask)) = &mut self.overlay {
            return Some(&mut ask.text);
        }
        match self.focus {
            Pane::Lyrics => Some(self.desk.words_mut()),
            Pane::Song => {
                let field = self.desk.field;
                self.desk.field_text_mut(field)
            }
            Pane::Queue | Pane::Takes => None,
        }
    }

    pub(super) fn with_text<T>(&mut self, act: impl FnOnce(&mut Text) -> T) -> Option<T> {
        let part = match self.focus {
            _ if self.is_asking() => Redraw::OVERLAY,
            Pane::Lyrics => Redraw::WORDS,
            // The header shows a title otherwise than a first line that reads the same.
            _ if self.desk.field == Field::Title => Redraw::SONG | Redraw::HEADER,
            _ => Redraw::SONG,
        };
        self.mark(part);
        self.text().map(act)
    }

    pub(super) fn go(&mut self, motion: Motion) {
        self.with_text(|text| text.go(motion));
        self.moved();
    }

    pub(super) fn extend(&mut self, motion: Motion) {
        self.with_text(|text| text.select(motion));
        self.moved();
    }

    /// The cursor is part of what is found again after a restart.
    pub(super) fn moved(&mut self) {
        if self.focus == Pane::Lyrics && !self.is_asking() {
            self.touch();
        }
    }

    fn is_asking(&self) -> bool {
        matches!(self.overlay, Some(Overlay::Ask(_)))
    }

    pub(super) fn text_page(&self) -> usize {
        self.sizes.words.1.saturating_sub(1).max(1)
    }

    pub(super) fn edit(&mut self, action: Action) {
        match action {
            Action::Undo => {
                if self.with_text(Text::undo) == Some(false) {
                    return self.say(Tone::Plain, "Nothing more to undo");
                }
            }
            Action::Redo => {
                if self.with_text(Text::redo) == Some(false) {
                    return self.say(Tone::Plain, "Nothing more to redo");
                }
            }
            Action::Copy => return self.clip(|text| text.copy(), "copy"),
            Action::Cut => self.clip(Text::cut, "cut"),
            Action::PasteKept => {
                let kept = self.clipboard.clone();
                if kept.is_empty() {
                    return self.say(
                        Tone::Plain,
                        "Nothing was cut or copied here yet; paste from elsewhere with your terminal's own key",
                    );
                }
                return self.put(|text| text.paste(&kept));
            }
            Action::Newline => return self.put(|text| text.insert('\n')),
            Action::DeleteBack => drop(self.with_text(Text::delete_back)),
            Action::DeleteForward => drop(self.with_text(Text::delete_forward)),
            Action::DeleteWordBack => self.delete_to(Motion::WordLeft),
            Action::DeleteWordForward => self.delete_to(Motion::WordRight),
            Action::DeleteToEnd => self.delete_to(Motion::LineEnd),
            _ => return,
        }
        self.wrote();
    }

    fn delete_to(&mut self, motion: Motion) {
        self.with_text(|text| text.delete_to(motion));
    }

    fn clip(&mut self, take: impl FnOnce(&mut Text) -> Option<String>, what: &str) {
        match self.with_text(take).flatten() {
            Some(text) => {
                self.clipboard.clone_from(&text);
                self.effects.push(Effect::Copy(text));
            }
            None => self
                .say(Tone::Plain, format!("Nothing to {what}: select with Shift and the arrows")),
        }
    }

    /// The text that has the cursor changed.
    fn wrote(&mut self) {
        if self.is_asking() {
            // What was asked about these words was not asked about others.
            self.sure = None;
        } else {
            self.touched();
        }
    }

    /// The song on the desk changed.
    pub(super) fn touched(&mut self) {
        self.touch();
        // What was asked about another song was not asked about this one.
        self.sure = None;
        self.look_over();
    }
}
