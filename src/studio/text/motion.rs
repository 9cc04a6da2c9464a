//! Moving about in a text: by grapheme, by word, by wrapped row; and what of it is on screen.

use std::ops::Range;

use tui_textarea::CursorMove;
use unicode_segmentation::UnicodeSegmentation;

use super::{Shape, Text};
use crate::song::Cursor;
use crate::studio::wrap;

/// The first row on screen: a line, and a wrapped row within it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Scroll {
    /// Line from 0.
    pub line: usize,
    /// Wrapped row within the line, from 0.
    pub row: usize,
}

/// A way to move the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    /// One grapheme.
    Left,
    /// One grapheme.
    Right,
    /// One wrapped row, or several.
    Up(usize),
    /// One wrapped row, or several.
    Down(usize),
    /// One word.
    WordLeft,
    /// One word.
    WordRight,
    /// The start of the line.
    LineStart,
    /// The end of the line.
    LineEnd,
    /// The start of the text.
    Start,
    /// The end of the text.
    End,
}

impl Text {
    /// Moves the cursor and drops the selection.
    pub fn go(&mut self, motion: Motion) {
        self.area.cancel_selection();
        self.step(motion);
    }

    /// Moves the cursor and selects what it passes.
    pub fn select(&mut self, motion: Motion) {
        if !self.area.is_selecting() {
            self.area.start_selection();
        }
        self.step(motion);
    }

    /// Puts the cursor at a place in the text, or the nearest one there is.
    pub fn go_to(&mut self, cursor: Cursor) {
        self.area.cancel_selection();
        self.jump(cursor);
        self.goal = None;
        self.moved();
    }

    /// Puts the cursor where the pointer is: `row` and `cell` from the text's top left on screen.
    /// With `select`, from where it was.
    pub fn point(&mut self, row: usize, cell: usize, select: bool) {
        if select && !self.area.is_selecting() {
            self.area.start_selection();
        } else if !select {
            self.area.cancel_selection();
        }
        let mut at = self.scroll;
        self.walk_down(&mut at, row);
        self.land(at, cell);
        self.goal = None;
        self.moved();
    }

    /// Scrolls by rows, down if positive; the cursor stays on screen.
    pub fn scroll_by(&mut self, rows: isize) {
        let mut top = self.scroll;
        if rows < 0 {
            self.walk_up(&mut top, rows.unsigned_abs());
        } else {
            self.walk_down(&mut top, rows.unsigned_abs());
        }
        self.scroll = top;
        let (row, cell) = self.visual();
        let mut bottom = top;
        self.walk_down(&mut bottom, self.size.1 - 1);
        if row < top || row > bottom {
            self.area.cancel_selection();
            self.land(row.clamp(top, bottom), self.goal.unwrap_or(cell));
        }
    }

    fn step(&mut self, motion: Motion) {
        let goal = self.goal.take();
        match motion {
            Motion::Left => self.jump(self.before().unwrap_or_default()),
            Motion::Right => self.jump(self.after().unwrap_or_else(|| self.cursor())),
            Motion::Up(rows) | Motion::Down(rows) => {
                let (mut at, cell) = self.visual();
                let from = at;
                let cell = goal.unwrap_or(cell);
                match motion {
                    Motion::Up(_) => self.walk_up(&mut at, rows),
                    _ => self.walk_down(&mut at, rows),
                }
                match motion {
                    // As everywhere: up on the first row goes to its start, down to its end.
                    Motion::Up(_) if at == from => self.area.move_cursor(CursorMove::Head),
                    _ if at == from => self.area.move_cursor(CursorMove::End),
                    _ => self.land(at, cell),
                }
                self.goal = Some(cell);
            }
            Motion::WordLeft => self.area.move_cursor(CursorMove::WordBack),
            Motion::WordRight => self.area.move_cursor(CursorMove::WordForward),
            Motion::LineStart => self.area.move_cursor(CursorMove::Head),
            Motion::LineEnd => self.area.move_cursor(CursorMove::End),
            Motion::Start => self.jump(Cursor::default()),
            Motion::End => {
                let line = self.lines().len() - 1;
                self.jump(Cursor { line, column: usize::MAX });
            }
        }
        self.moved();
    }

    /// The place a grapheme before the cursor; over the start of a line to the one above.
    pub(super) fn before(&self) -> Option<Cursor> {
        let Cursor { line, column } = self.cursor();
        let text = &self.lines()[line][..self.cursor_byte()];
        match text.graphemes(true).next_back() {
            Some(grapheme) => Some(Cursor { line, column: column - grapheme.chars().count() }),
            None => Some(Cursor { line: line.checked_sub(1)?, column: usize::MAX }),
        }
    }

    /// The place a grapheme after the cursor; over the end of a line to the one below.
    pub(super) fn after(&self) -> Option<Cursor> {
        let Cursor { line, column } = self.cursor();
        let text = &self.lines()[line][self.cursor_byte()..];
        match text.graphemes(true).next() {
            Some(grapheme) => Some(Cursor { line, column: column + grapheme.chars().count() }),
            None => (line + 1 < self.lines().len()).then_some(Cursor { line: line + 1, column: 0 }),
        }
    }

    /// Puts the cursor at a place, or the nearest one there is. By number only: the text area's
    /// own steps go by width and stumble over characters without any.
    pub(super) fn jump(&mut self, to: Cursor) {
        let line = to.line.min(self.lines().len() - 1);
        let column = to.column.min(self.lines()[line].chars().count());
        // Longer texts are refused, see `LONGEST`.
        let near = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
        self.area.move_cursor(CursorMove::Jump(near(line), near(column)));
    }

    fn rows_of(&self, line: usize) -> Vec<Range<usize>> {
        let text = &self.lines()[line];
        match self.shape {
            Shape::Line => std::iter::once(0..text.len()).collect(),
            Shape::Page => wrap::rows(text, self.size.0),
        }
    }

    /// The wrapped row of the cursor, and its cell there.
    fn visual(&self) -> (Scroll, usize) {
        let line = self.cursor().line;
        let (row, cell) =
            wrap::locate(&self.lines()[line], &self.rows_of(line), self.cursor_byte());
        (Scroll { line, row }, cell)
    }

    fn land(&mut self, at: Scroll, cell: usize) {
        let text = &self.lines()[at.line];
        let byte = wrap::byte_at(text, &self.rows_of(at.line), at.row, cell);
        let column = text[..byte].chars().count();
        self.jump(Cursor { line: at.line, column });
    }

    fn walk_up(&self, at: &mut Scroll, mut rows: usize) {
        while rows > at.row && at.line > 0 {
            rows -= at.row + 1;
            at.line -= 1;
            at.row = self.rows_of(at.line).len() - 1;
        }
        at.row = at.row.saturating_sub(rows);
    }

    fn walk_down(&self, at: &mut Scroll, mut rows: usize) {
        loop {
            let below = self.rows_of(at.line).len().saturating_sub(at.row + 1);
            if rows <= below {
                at.row += rows;
                return;
            }
            if at.line + 1 == self.lines().len() {
                at.row += below;
                return;
            }
            rows -= below + 1;
            *at = Scroll { line: at.line + 1, row: 0 };
        }
    }

    /// Scrolls back where there is more room now than there are rows below the first.
    pub(super) fn fill_page(&mut self) {
        let line = self.lines().len() - 1;
        let mut lowest = Scroll { line, row: self.rows_of(line).len() - 1 };
        self.walk_up(&mut lowest, self.size.1 - 1);
        self.scroll = self.scroll.min(lowest);
    }

    /// Scrolls as little as it takes to have the cursor on screen.
    pub(super) fn reveal(&mut self) {
        let (cursor, _) = self.visual();
        let mut highest = cursor;
        self.walk_up(&mut highest, self.size.1 - 1);
        self.scroll = self.scroll.clamp(highest, cursor);
    }
}
