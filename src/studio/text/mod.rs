//! A text under the writer's hands: the words, or one field of the Song pane.
//!
//! tui-textarea keeps the lines, the cursor, the selection and the history; this adds what a
//! writer expects on top: movement by grapheme and by wrapped row, undo by the word, a scroll
//! position that follows the cursor. It never draws.

mod motion;
#[cfg(test)]
mod tests;

use tui_textarea::{DataCursor, TextArea};

use crate::song::{Cursor, clean_line, clean_text};
pub use motion::{Motion, Scroll};

/// How many single edits can be undone.
const HISTORY: usize = 20_000;

/// The text area counts lines, and characters of a line, in 16 bits.
const LONGEST: usize = u16::MAX as usize;

/// A line, or the number of lines, would be longer than can be edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLong;

/// Whether line ends may be typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One line; a paste is joined.
    Line,
    /// Many lines, soft-wrapped.
    Page,
}

/// How the last edit was made; edits of one kind in a row are undone together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Type,
    Gap,
    Erase,
    Other,
}

/// An editable text.
pub struct Text {
    area: TextArea<'static>,
    shape: Shape,
    /// Sizes of the groups of edits that one undo takes back.
    undo: Vec<usize>,
    redo: Vec<usize>,
    /// The kind of the open group; `None` when the next edit begins a new one.
    open: Option<Kind>,
    /// The cell that vertical movement tries to keep.
    goal: Option<usize>,
    /// Cells across and rows down, as last told by the screen.
    size: (usize, usize),
    scroll: Scroll,
    characters: usize,
}

impl Text {
    /// A text with the cursor at its start.
    pub fn new(shape: Shape, content: &str) -> Self {
        let content = match shape {
            Shape::Line => clean_line(content),
            Shape::Page => clean_text(content),
        };
        let characters = content.chars().count();
        let mut area = TextArea::new(content.split('\n').map(str::to_owned).collect());
        area.set_max_histories(HISTORY);
        Self {
            area,
            shape,
            undo: Vec::new(),
            redo: Vec::new(),
            open: None,
            goal: None,
            size: (80, 24),
            scroll: Scroll::default(),
            characters,
        }
    }

    /// The lines, at least one.
    pub fn lines(&self) -> &[String] {
        self.area.lines()
    }

    /// The whole text.
    pub fn content(&self) -> String {
        self.lines().join("\n")
    }

    /// Its length in Unicode scalar values, line ends included.
    pub fn characters(&self) -> usize {
        self.characters
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.characters == 0
    }

    /// Where the cursor is.
    pub fn cursor(&self) -> Cursor {
        let DataCursor(line, column) = self.area.cursor();
        Cursor { line, column }
    }

    /// The byte of the cursor within its line.
    pub fn cursor_byte(&self) -> usize {
        let cursor = self.cursor();
        byte_of(&self.lines()[cursor.line], cursor.column)
    }

    /// The selected part, start before end, if it is not empty.
    pub fn selection(&self) -> Option<(Cursor, Cursor)> {
        let (start, end) = self.area.selection_range()?;
        let cursor = |(line, column)| Cursor { line, column };
        (start != end).then(|| (cursor(start), cursor(end)))
    }

    /// The first row on screen.
    pub fn scroll(&self) -> Scroll {
        self.scroll
    }

    /// Tells how many cells and rows the screen has for this text.
    pub fn resize(&mut self, cells: usize, rows: usize) {
        self.size = (cells.max(1), rows.max(1));
        self.reveal();
        self.fill_page();
    }

    /// Types one character.
    ///
    /// # Errors
    /// When the line is as long as lines can be; nothing is changed then.
    pub fn insert(&mut self, c: char) -> Result<(), TooLong> {
        let is_safe = c == '\n' || !clean_text(c.encode_utf8(&mut [0; 4])).is_empty();
        if !is_safe || (self.shape == Shape::Line && c == '\n') {
            return Ok(());
        }
        let line = self.cursor().line;
        if self.lines()[line].len() >= LONGEST && self.lines()[line].chars().count() >= LONGEST
            || c == '\n' && self.lines().len() >= LONGEST
        {
            return Err(TooLong);
        }
        let kind = match c {
            '\n' => Kind::Other,
            c if c.is_whitespace() => Kind::Gap,
            _ => Kind::Type,
        };
        let erased = self.selected_edits();
        self.edit(kind, erased + 1, |area| area.insert_char(c));
        Ok(())
    }

    /// Puts in a whole text as one edit.
    ///
    /// # Errors
    /// When a line, or the number of lines, would be longer than can be; nothing is changed then.
    pub fn paste(&mut self, text: &str) -> Result<(), TooLong> {
        let text = match self.shape {
            Shape::Line => clean_line(text),
            Shape::Page => clean_text(text),
        };
        if text.is_empty() {
            return Ok(());
        }
        // The line that it goes into grows by its first and last line at most.
        let here = self.lines()[self.cursor().line].len();
        let is_too_long = |line: &str| here + line.len() >= LONGEST;
        if text.split('\n').any(is_too_long)
            || text.split('\n').count() + self.lines().len() >= LONGEST
        {
            return Err(TooLong);
        }
        let erased = self.selected_edits();
        self.edit(Kind::Other, erased + 1, |area| {
            area.insert_str(&text);
        });
        Ok(())
    }

    /// Deletes the selection, or the grapheme before the cursor.
    pub fn delete_back(&mut self) {
        if !self.delete_selected() {
            self.erase_to(self.before());
        }
    }

    /// Deletes the selection, or the grapheme after the cursor.
    pub fn delete_forward(&mut self) {
        if !self.delete_selected() {
            self.erase_to(self.after());
        }
    }

    /// Deletes the selection, or what `motion` would pass over.
    pub fn delete_to(&mut self, motion: Motion) {
        if self.delete_selected() {
            return;
        }
        self.select(motion);
        self.delete_selected();
    }

    /// Cuts the selection into the clipboard that Refrain keeps; returns it.
    pub fn cut(&mut self) -> Option<String> {
        self.selection()?;
        self.edit(Kind::Other, 1, |area| {
            area.cut();
        });
        Some(self.area.yank_text())
    }

    /// The selected text.
    pub fn copy(&self) -> Option<String> {
        let (start, end) = self.selection()?;
        let lines = &self.lines()[start.line..=end.line];
        let last = lines.len() - 1;
        let part = |(index, line): (usize, &String)| {
            let from = if index == 0 { byte_of(line, start.column) } else { 0 };
            let to = if index == last { byte_of(line, end.column) } else { line.len() };
            line[from..to].to_owned()
        };
        Some(lines.iter().enumerate().map(part).collect::<Vec<_>>().join("\n"))
    }

    /// Selects everything.
    pub fn select_all(&mut self) {
        self.area.select_all();
        self.moved();
    }

    /// Takes back the last edit, or the last word typed. Whether there was one.
    pub fn undo(&mut self) -> bool {
        let Some(edits) = self.undo.pop() else { return false };
        self.area.cancel_selection();
        for _ in 0..edits {
            self.area.undo();
        }
        self.redo.push(edits);
        self.changed();
        true
    }

    /// Does again what was taken back. Whether there was something.
    pub fn redo(&mut self) -> bool {
        let Some(edits) = self.redo.pop() else { return false };
        self.area.cancel_selection();
        for _ in 0..edits {
            self.area.redo();
        }
        self.undo.push(edits);
        self.changed();
        true
    }

    /// How many entries the history gets when a selection is replaced.
    fn selected_edits(&self) -> usize {
        usize::from(self.selection().is_some())
    }

    fn delete_selected(&mut self) -> bool {
        if self.selection().is_none() {
            self.area.cancel_selection();
            return false;
        }
        self.edit(Kind::Other, 1, cut_away);
        true
    }

    fn erase_to(&mut self, place: Option<Cursor>) {
        if let Some(place) = place {
            self.area.start_selection();
            self.jump(place);
            self.edit(Kind::Erase, 1, cut_away);
        }
    }

    fn edit(&mut self, kind: Kind, edits: usize, change: impl FnOnce(&mut TextArea<'static>)) {
        change(&mut self.area);
        self.redo.clear();
        let goes_on = match (self.open, kind) {
            // A space ends a word but belongs to it.
            (Some(Kind::Type | Kind::Gap), Kind::Gap) => true,
            (open, kind) => open == Some(kind) && kind != Kind::Other,
        };
        match self.undo.last_mut() {
            Some(group) if goes_on => *group += edits,
            _ => self.undo.push(edits),
        }
        self.changed();
        self.open = Some(kind);
    }

    fn changed(&mut self) {
        self.characters =
            self.lines().iter().map(|line| line.chars().count() + 1).sum::<usize>() - 1;
        self.goal = None;
        self.moved();
    }

    fn moved(&mut self) {
        self.open = None;
        self.reveal();
    }
}

/// `cut` is the way to delete a selection; what was cut before stays.
fn cut_away(area: &mut TextArea<'static>) {
    let kept = area.yank_text();
    area.cut();
    area.set_yank_text(kept);
}

/// The byte of character `column` of a line.
pub fn byte_of(line: &str, column: usize) -> usize {
    line.char_indices().nth(column).map_or(line.len(), |(at, _)| at)
}
