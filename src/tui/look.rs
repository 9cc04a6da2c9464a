//! How things look: theme, marks and the keys to name.

use ratatui::style::Style;

use super::{Glyphs, Key, Keymap, Theme};
use crate::song::Label;
use crate::studio::{Action, Model, Tone};

/// All that a view needs beside the model.
#[derive(Clone, Debug)]
pub struct Look {
    /// Colours.
    pub theme: Theme,
    /// Marks.
    pub glyphs: Glyphs,
    /// Keys.
    pub keymap: Keymap,
}

impl Look {
    /// The mark and colour of a take's letter, the same everywhere.
    pub fn label(&self, label: Label) -> (&'static str, Style) {
        if label.index().is_multiple_of(2) {
            (self.glyphs.take_a, self.theme.take_a)
        } else {
            (self.glyphs.take_b, self.theme.take_b)
        }
    }

    /// The colour of what is still to come of a take.
    pub fn rest(&self, label: Label) -> Style {
        if label.index().is_multiple_of(2) { self.theme.rest_a } else { self.theme.rest_b }
    }

    /// The mark and colour of a notice.
    pub fn tone(&self, tone: Tone) -> (&'static str, Style) {
        match tone {
            Tone::Plain => ("", self.theme.dim),
            Tone::Good => (self.glyphs.done, self.theme.good),
            Tone::Warning => (self.glyphs.warning, self.theme.warning),
            Tone::Bad => (self.glyphs.failed, self.theme.bad),
        }
    }

    /// The first key of an action.
    pub fn key(&self, action: Action) -> String {
        self.keymap.label(action, self.glyphs.unicode)
    }

    /// The key of an action where the user is, if one acts there: while something is typed none
    /// that types, else rather one that does, because it is shorter.
    pub fn key_here(&self, action: Action, model: &Model) -> Option<String> {
        let keys = self.keymap.keys(action);
        let types = |key: &&Key| key.typed().is_some();
        let key = if model.is_typing() {
            keys.iter().find(|key| !types(key))
        } else {
            keys.iter().find(types).or(keys.first())
        };
        key.map(|key| key.label(self.glyphs.unicode))
    }

    /// A text of the studio with keys in place of `{action-name}`s.
    pub fn fill(&self, text: &str) -> String {
        self.keymap.fill(text, self.glyphs.unicode)
    }
}
