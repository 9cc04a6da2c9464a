//! The window with all about a take: its facts, and its moments, which can be played.

use std::time::Duration;

use super::wrap::rows;
use super::{List, Model};
use crate::song::{Part, Take, TakeId, clock};

/// Cells of a row that are not the listener's words.
const MARGIN: usize = 22;

/// A row of the window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TakeRow {
    /// Nothing.
    Gap,
    /// A fact: its name and what it says.
    Fact(&'static str, String),
    /// What the rows below are.
    Heading(&'static str),
    /// A section begins.
    Section(Duration, String),
    /// A line is sung.
    Line(Duration, String),
    /// A note of the listener, by its place among the notes of the take.
    Note(Duration, String, usize),
    /// The note above goes on.
    More(String),
    /// Words of ours about what is not there; `{action-name}` stands for a key.
    Hint(&'static str),
}

impl TakeRow {
    /// Where it can be played from.
    pub fn at(&self) -> Option<Duration> {
        match self {
            Self::Section(at, _) | Self::Line(at, _) | Self::Note(at, ..) => Some(*at),
            _ => None,
        }
    }
}

/// What the window shows; the selection is on a row that can be played, where there is one.
#[derive(Debug)]
pub struct TakeDetail {
    /// The take.
    pub take: TakeId,
    /// All rows.
    pub rows: Vec<TakeRow>,
    /// The selection among the rows.
    pub list: List,
}

impl TakeDetail {
    pub(super) fn new(take: TakeId, rows: Vec<TakeRow>) -> Self {
        let mut new = Self { take, rows, list: List::default() };
        let first = new.playable().next().unwrap_or(0);
        new.list.selected = first;
        new
    }

    /// The selected row, where it can be played.
    pub fn selected(&self) -> Option<&TakeRow> {
        self.rows.get(self.list.selected).filter(|row| row.at().is_some())
    }

    /// The section and the line that sound at a moment of the take, by their rows: the last of
    /// each kind that has begun.
    pub fn sounding(&self, position: Duration) -> [Option<usize>; 2] {
        let section = |row: &TakeRow| matches!(row, TakeRow::Section(at, _) if *at <= position);
        let line = |row: &TakeRow| matches!(row, TakeRow::Line(at, _) if *at <= position);
        [self.rows.iter().rposition(section), self.rows.iter().rposition(line)]
    }

    /// Takes in rows as they are now; the selection stays on the moment it was on.
    pub(super) fn tell(&mut self, rows: Vec<TakeRow>) {
        let selected = self.selected().cloned();
        self.rows = rows;
        let same = selected.and_then(|old| self.rows.iter().position(|row| *row == old));
        self.select(same.unwrap_or(self.list.selected));
    }

    /// Tells how many rows the screen has.
    pub(super) fn resize(&mut self, height: usize) {
        self.list.resize(height, self.rows.len());
        self.select(self.list.selected);
    }

    /// Selects the playable row `by` places further; without one, the rows are scrolled.
    pub(super) fn step(&mut self, by: isize) {
        let playable: Vec<_> = self.playable().collect();
        match playable.iter().position(|row| *row == self.list.selected) {
            Some(at) => {
                let next = at.saturating_add_signed(by).min(playable.len() - 1);
                self.select(playable[next]);
            }
            None => {
                let end = self.rows.len().saturating_sub(self.list.height);
                self.list.top = self.list.top.saturating_add_signed(by).min(end);
            }
        }
    }

    /// Selects the playable row that is nearest to a row.
    pub(super) fn select(&mut self, row: usize) {
        let nearest = self.playable().min_by_key(|playable| playable.abs_diff(row));
        let Some(nearest) = nearest else {
            self.list.selected = 0;
            let end = self.rows.len().saturating_sub(self.list.height);
            self.list.top = self.list.top.min(end);
            return;
        };
        // The facts above the first moment can be seen too.
        if self.playable().next() == Some(nearest) {
            self.list.top = 0;
        }
        self.list.select(nearest, self.rows.len());
    }

    fn playable(&self) -> impl Iterator<Item = usize> {
        let rows = self.rows.iter().enumerate();
        rows.filter(|(_, row)| row.at().is_some()).map(|(index, _)| index)
    }
}

impl Model {
    /// The listener's words, cut into what a row of the window holds.
    fn wrapped<'a>(&self, text: &'a str) -> impl Iterator<Item = String> + use<'a> {
        let cells = self.sizes.overlay.0.saturating_sub(MARGIN).max(16);
        rows(text, cells).into_iter().map(move |row| text[row].trim_end().to_owned())
    }

    /// All about a take whose name is not hidden.
    pub(super) fn rows_of(&self, take: &Take) -> Vec<TakeRow> {
        let arrives = self.takes.is_arriving(take.id);
        let unless = |arrives: bool, known: String, not: &str| {
            if arrives { not.to_owned() } else { known }
        };
        let length = unless(take.duration.is_zero(), clock(take.duration), "not known yet");
        let measured = take.loudness.map(|loudness| loudness.to_string());
        let file = unless(arrives, take.audio.display().to_string(), "on its way");
        let mut rows = vec![
            TakeRow::Fact("Song", format!("{} v{}", take.title, take.version)),
            TakeRow::Fact("Take", take.id.label.to_string()),
            TakeRow::Fact("Made by", take.made_by.clone()),
            TakeRow::Fact("Length", length),
            TakeRow::Fact("Loudness", measured.unwrap_or_else(|| "not measured yet".into())),
            TakeRow::Fact("File", file),
        ];
        let remarks = &take.remarks;
        if remarks.star {
            rows.push(TakeRow::Fact("Star", "the one to keep".into()));
        }
        if !remarks.why.is_empty() {
            let names = std::iter::once("Why").chain(std::iter::repeat(""));
            let parts = names.zip(self.wrapped(&remarks.why));
            rows.extend(parts.map(|(name, part)| TakeRow::Fact(name, part)));
        }
        rows.extend([TakeRow::Gap, TakeRow::Heading("Notes")]);
        if remarks.notes.is_empty() {
            rows.push(TakeRow::Hint("None yet; {note} notes something while the take plays"));
        }
        for (place, note) in remarks.notes.iter().enumerate() {
            let mut parts = self.wrapped(&note.text);
            rows.extend(parts.next().map(|part| TakeRow::Note(note.at, part, place)));
            rows.extend(parts.map(TakeRow::More));
        }
        rows.extend([TakeRow::Gap, TakeRow::Heading("Sections and lines")]);
        if take.timeline.is_empty() {
            rows.push(TakeRow::Hint("This take does not tell what is sung when"));
        }
        rows.extend(take.timeline.moments().iter().map(|moment| match moment.what {
            Part::Section => TakeRow::Section(moment.at, moment.text.clone()),
            Part::Line => TakeRow::Line(moment.at, moment.text.clone()),
        }));
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::song::{JobId, Label};

    #[test]
    fn one_section_and_one_line_sound_at_a_time() {
        let at = Duration::from_secs;
        let rows = vec![
            TakeRow::Heading("Sung"),
            TakeRow::Section(at(0), "Verse".into()),
            TakeRow::Line(at(2), "one".into()),
            TakeRow::Line(at(4), "two".into()),
            TakeRow::Section(at(6), "Chorus".into()),
            TakeRow::Line(at(7), "three".into()),
            TakeRow::Note(at(3), "here".into(), 0),
        ];
        let detail = TakeDetail::new(TakeId { job: JobId(1), label: Label::A }, rows);
        let heard = [1, 3, 6, 9].map(|now| detail.sounding(at(now)));
        let [verse, chorus] = [Some(1), Some(4)];
        assert_eq!(heard, [[verse, None], [verse, Some(2)], [chorus, Some(3)], [chorus, Some(5)]]);
    }
}
