//! The takes, newest pair first, pairs kept together: those on disk, and those on their way.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::List;
use crate::song::{JobId, Label, Remarks, Take, TakeId};

/// A row of the pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// What the takes under it are takes of.
    Heading(JobId),
    /// A take, by its place: one of [`Takes::all`], or after those one that is on its way; see
    /// [`Takes::row_take`].
    Take(usize),
}

/// All takes and the selection among them.
#[derive(Debug, Default)]
pub struct Takes {
    all: Vec<Take>,
    /// On their way: they are listed and can be heard, and nobody else takes them for takes.
    coming: Vec<Take>,
    /// What was thought of takes that did not come after all; they may come later.
    thought: BTreeMap<TakeId, Remarks>,
    rows: Vec<Row>,
    /// The take that is listed first of its pair, where chance decides that.
    first: Option<TakeId>,
    /// The selection, in rows; it is never on a heading when there is a take.
    pub list: List,
}

impl Takes {
    /// The takes that were there at the start, in any order, and what was thought of others.
    pub fn new(takes: Vec<Take>, thought: BTreeMap<TakeId, Remarks>) -> Self {
        let mut new = Self { all: takes, thought, ..Self::default() };
        new.arrange();
        new.select_row(0, 1);
        new
    }

    /// Those on disk, newest pair first, A before B.
    pub fn all(&self) -> &[Take] {
        &self.all
    }

    /// All rows, headings included.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The take of a [`Row::Take`].
    pub fn row_take(&self, place: usize) -> Option<&Take> {
        self.all.get(place).or_else(|| self.coming.get(place.checked_sub(self.all.len())?))
    }

    /// The take of that name, on disk or on its way.
    pub fn get(&self, id: TakeId) -> Option<&Take> {
        self.row_take(self.place(id)?)
    }

    /// The takes of a job that are on disk.
    pub fn of(&self, job: JobId) -> impl Iterator<Item = &Take> {
        let first = self.all.partition_point(|take| take.job() > job);
        self.all[first..].iter().take_while(move |take| take.job() == job)
    }

    /// All takes of a job that can be heard, as they are listed.
    pub fn listed_of(&self, job: JobId) -> impl Iterator<Item = &Take> {
        self.listed().filter(move |take| take.job() == job)
    }

    /// Whether a take is on its way.
    pub fn is_arriving(&self, id: TakeId) -> bool {
        self.coming.iter().any(|take| take.id == id)
    }

    /// The selected take.
    pub fn selected(&self) -> Option<&Take> {
        match self.rows.get(self.list.selected)? {
            Row::Take(place) => self.row_take(*place),
            Row::Heading(_) => None,
        }
    }

    /// The take `by` places after `id` as they are listed.
    pub fn neighbour(&self, id: TakeId, by: isize) -> Option<&Take> {
        let at = self.listed().position(|take| take.id == id)?;
        self.listed().nth(at.checked_add_signed(by)?)
    }

    /// Adds takes that are on disk now; the selection stays on the take it was on. What was
    /// thought and measured of them while they came stays too.
    pub fn add(&mut self, mut takes: Vec<Take>) {
        for new in &mut takes {
            let thought = self.thought.remove(&new.id);
            let Some(old) = self.get(new.id) else {
                new.remarks = thought.unwrap_or_else(|| std::mem::take(&mut new.remarks));
                continue;
            };
            if new.remarks.is_empty() {
                new.remarks = old.remarks.clone();
            }
            new.loudness = new.loudness.or(old.loudness);
        }
        self.rearrange(|all, coming| {
            all.retain(|old| takes.iter().all(|new| new.id != old.id));
            coming.retain(|old| takes.iter().all(|new| new.id != old.id));
            all.extend(takes);
        });
    }

    /// Lists a take that is on its way; nothing where it is there already.
    pub fn arrive(&mut self, mut take: Take) {
        if self.get(take.id).is_some() {
            return;
        }
        take.remarks = self.thought.remove(&take.id).unwrap_or_default();
        self.rearrange(|_, coming| coming.push(take));
    }

    /// The takes of a job that are on their way do not come; whether there were any.
    pub fn give_up(&mut self, job: JobId) -> bool {
        let gone = |take: &&Take| take.job() == job;
        let thought: Vec<_> = self.coming.iter().filter(gone).cloned().collect();
        if thought.is_empty() {
            return false;
        }
        let thought = thought.into_iter().filter(|take| !take.remarks.is_empty());
        self.thought.extend(thought.map(|take| (take.id, take.remarks)));
        self.rearrange(|_, coming| coming.retain(|take| take.job() != job));
        true
    }

    /// What is thought of a take, whether it is there, on its way or did not come after all.
    pub fn remarks(&self, id: TakeId) -> Option<&Remarks> {
        let listed = self.get(id).map(|take| &take.remarks);
        listed.or_else(|| self.thought.get(&id))
    }

    /// The same, to change it: what is thought of a take that did not come waits for it.
    pub(super) fn remarks_mut(&mut self, id: TakeId) -> &mut Remarks {
        let mut all = self.all.iter_mut().chain(&mut self.coming);
        match all.find(|take| take.id == id) {
            Some(take) => &mut take.remarks,
            None => self.thought.entry(id).or_default(),
        }
    }

    /// The takes of a job that have the star, those that did not come after all too.
    pub(super) fn starred(&self, job: JobId) -> Vec<TakeId> {
        let listed = self.listed_of(job).map(|take| (take.id, &take.remarks));
        let thought = self.thought.iter().map(|(id, remarks)| (*id, remarks));
        let all = listed.chain(thought.filter(|(id, _)| id.job == job));
        all.filter(|(_, remarks)| remarks.star).map(|(id, _)| id).collect()
    }

    /// Changes what is known of a take, other than its name; gives what it is then.
    pub fn change(&mut self, id: TakeId, change: impl FnOnce(&mut Take)) -> Option<&Take> {
        let all = self.all.iter_mut().chain(&mut self.coming);
        let take = { all }.find(|take| take.id == id)?;
        change(take);
        Some(take)
    }

    /// Lists this take first of its pair; none lists A first everywhere. The selection stays where
    /// it is on screen, so that it does not tell which take went where.
    pub fn shuffle(&mut self, first: Option<TakeId>) {
        self.first = first;
        self.arrange();
    }

    /// Selects a take.
    pub fn select(&mut self, id: TakeId) {
        let place = self.place(id);
        let is_it = |row: &Row| matches!(row, Row::Take(at) if Some(*at) == place);
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

    fn place(&self, id: TakeId) -> Option<usize> {
        let kept = self.all.binary_search_by_key(&order(id), |take| order(take.id)).ok();
        let coming = || self.coming.iter().position(|take| take.id == id);
        kept.or_else(|| coming().map(|at| self.all.len() + at))
    }

    /// All takes as they are listed.
    pub(super) fn listed(&self) -> impl Iterator<Item = &Take> {
        self.rows.iter().filter_map(|row| match row {
            Row::Take(place) => self.row_take(*place),
            Row::Heading(_) => None,
        })
    }

    /// Changes which takes there are; the selection stays on the take it was on.
    fn rearrange(&mut self, change: impl FnOnce(&mut Vec<Take>, &mut Vec<Take>)) {
        let selected = self.selected().map(|take| take.id);
        change(&mut self.all, &mut self.coming);
        self.arrange();
        match selected.filter(|id| self.get(*id).is_some()) {
            Some(id) => self.select(id),
            None => self.select_row(self.list.selected, -1),
        }
    }

    fn arrange(&mut self) {
        self.all.sort_by_key(|take| order(take.id));
        let listed = self.all.iter().chain(&self.coming).map(|take| take.id).enumerate();
        let mut listed: Vec<_> = listed.collect();
        listed.sort_by_key(|(_, id)| (Reverse(id.job), Some(*id) != self.first, id.label));
        self.rows.clear();
        let mut job = None;
        for (place, id) in listed {
            if job.replace(id.job) != Some(id.job) {
                self.rows.push(Row::Heading(id.job));
            }
            self.rows.push(Row::Take(place));
        }
    }
}

/// Newest job first, A before B.
fn order(id: TakeId) -> (Reverse<JobId>, Label) {
    (Reverse(id.job), id.label)
}
