//! The takes, newest pair first, pairs kept together.

use std::cmp::Reverse;

use super::List;
use crate::song::{JobId, Label, Take, TakeId};

/// A row of the pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// What the takes under it are takes of.
    Heading(JobId),
    /// A take, by its place among [`Takes::all`].
    Take(usize),
}

/// All takes and the selection among them.
#[derive(Debug, Default)]
pub struct Takes {
    all: Vec<Take>,
    rows: Vec<Row>,
    /// The selection, in rows; it is never on a heading when there is a take.
    pub list: List,
}

impl Takes {
    /// The takes that were there at the start, in any order.
    pub fn new(takes: Vec<Take>) -> Self {
        let mut new = Self { all: takes, ..Self::default() };
        new.arrange();
        new.select_row(0, 1);
        new
    }

    /// Newest pair first, A before B.
    pub fn all(&self) -> &[Take] {
        &self.all
    }

    /// All rows, headings included.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The take of that name.
    pub fn get(&self, id: TakeId) -> Option<&Take> {
        self.index(id).map(|index| &self.all[index])
    }

    /// The takes of a job.
    pub fn of(&self, job: JobId) -> impl Iterator<Item = &Take> {
        let first = self.all.partition_point(|take| take.job() > job);
        self.all[first..].iter().take_while(move |take| take.job() == job)
    }

    /// The selected take.
    pub fn selected(&self) -> Option<&Take> {
        match self.rows.get(self.list.selected)? {
            Row::Take(index) => self.all.get(*index),
            Row::Heading(_) => None,
        }
    }

    /// The take `by` places after `id` as they are listed.
    pub fn neighbour(&self, id: TakeId, by: isize) -> Option<&Take> {
        self.all.get(self.index(id)?.checked_add_signed(by)?)
    }

    /// Adds takes; the selection stays on the take it was on.
    pub fn add(&mut self, takes: Vec<Take>) {
        let selected = self.selected().map(|take| take.id);
        self.all.retain(|old| takes.iter().all(|new| new.id != old.id));
        self.all.extend(takes);
        self.arrange();
        match selected {
            Some(id) => self.select(id),
            None => self.select_row(0, 1),
        }
    }

    /// Selects a take.
    pub fn select(&mut self, id: TakeId) {
        let is_it = |row: &Row| matches!(row, Row::Take(index) if self.all[*index].id == id);
        if let Some(row) = self.rows.iter().position(is_it) {
            self.select_row(row, 1);
        }
    }

    /// Moves the selection by rows; headings are passed over.
    pub fn step(&mut self, by: isize) {
        let row = self.list.selected.saturating_add_signed(by);
        self.select_row(row, by.signum());
    }

    /// Selects a row, or from a heading the next take in `direction`.
    pub fn select_row(&mut self, row: usize, direction: isize) {
        let row = row.min(self.rows.len().saturating_sub(1));
        let is_take = |row: &usize| matches!(self.rows.get(*row), Some(Row::Take(_)));
        let below = (row..self.rows.len()).find(is_take);
        let above = (0..=row).rev().find(is_take);
        let found = if direction < 0 { above.or(below) } else { below.or(above) };
        self.list.select(found.unwrap_or(0), self.rows.len());
        // A pair is shown with its heading where there is room.
        if self.list.height > 1 && self.list.selected > 0 {
            self.list.top = self.list.top.min(self.list.selected - 1);
        }
    }

    /// Tells how many rows the screen has.
    pub fn resize(&mut self, height: usize) {
        self.list.resize(height, self.rows.len());
        self.select_row(self.list.selected, 1);
    }

    fn index(&self, id: TakeId) -> Option<usize> {
        self.all.binary_search_by_key(&order(id), |take| order(take.id)).ok()
    }

    fn arrange(&mut self) {
        self.all.sort_by_key(|take| order(take.id));
        self.rows.clear();
        let mut job = None;
        for (index, take) in self.all.iter().enumerate() {
            if job.replace(take.job()) != Some(take.job()) {
                self.rows.push(Row::Heading(take.job()));
            }
            self.rows.push(Row::Take(index));
        }
    }
}

/// Newest job first, A before B.
fn order(id: TakeId) -> (Reverse<JobId>, Label) {
    (Reverse(id.job), id.label)
}
