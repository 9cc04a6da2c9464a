//! A selection in rows that may be more than the screen has.

/// Which row is selected, and which is the first on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct List {
    /// The selected row, from 0.
    pub selected: usize,
    /// The first row on screen, from 0.
    pub top: usize,
    /// How many rows the screen has.
    pub height: usize,
}

impl Default for List {
    fn default() -> Self {
        Self { selected: 0, top: 0, height: 1 }
    }
}

impl List {
    /// Selects the row `by` below, within `len` rows.
    pub fn step(&mut self, by: isize, len: usize) {
        self.select(self.selected.saturating_add_signed(by), len);
    }

    /// Selects a row, or the last of `len`; scrolls as little as it takes to see it.
    pub fn select(&mut self, row: usize, len: usize) {
        self.selected = row.min(len.saturating_sub(1));
        self.reveal(self.selected);
        self.top = self.top.min(len.saturating_sub(self.height));
    }

    /// Scrolls as little as it takes to have `row` on screen.
    pub fn reveal(&mut self, row: usize) {
        let highest = (row + 1).saturating_sub(self.height.max(1));
        self.top = self.top.clamp(highest, row);
    }

    /// Tells how many rows the screen has.
    pub fn resize(&mut self, height: usize, len: usize) {
        self.height = height.max(1);
        self.select(self.selected, len);
    }

    /// A page, in rows.
    pub fn page(&self) -> isize {
        self.height.saturating_sub(1).max(1) as isize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_selected_row_is_always_on_screen() {
        let mut list = List { height: 3, ..List::default() };
        for (step, selected, top) in [(1, 1, 0), (2, 3, 1), (99, 9, 7), (-1, 8, 7), (-99, 0, 0)] {
            list.step(step, 10);
            assert_eq!((list.selected, list.top), (selected, top), "after {step}");
        }
    }

    #[test]
    fn nothing_can_be_selected_in_nothing() {
        let mut list = List::default();
        list.step(5, 0);
        assert_eq!((list.selected, list.top), (0, 0));
        list.resize(0, 0);
        list.select(3, 1);
        assert_eq!(list.selected, 0);
    }
}
