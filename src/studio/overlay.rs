//! Windows on top of the panes: help, pickers, a job's story, the question before a loss.

use std::time::Duration;

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::text::Motion;
use super::{Action, Detail, List, Shape, TABLE, TakeDetail, Text};
use crate::library::SongEntry;
use crate::song::{SongId, TakeId, clean_line};

/// What is on top. There is one at most.
pub enum Overlay {
    /// All keys.
    Help(List),
    /// A list to choose from by typing.
    Pick(Box<Picker>),
    /// A job's whole story.
    Job(Box<Detail>),
    /// All about a take.
    Take(Box<TakeDetail>),
    /// A line to be typed.
    Ask(Box<Ask>),
    /// Quitting would lose words: why they cannot be saved.
    Unsaved(String),
}

/// A line that is typed into a window of its own.
pub struct Ask {
    /// What for.
    pub question: Question,
    /// What was typed so far.
    pub text: Text,
    /// What stood there at first.
    pub(super) before: String,
    /// The take whose window was on top, and comes back afterwards.
    pub(super) back: Option<TakeId>,
}

impl Ask {
    pub(super) fn new(question: Question, before: &str, back: Option<TakeId>) -> Box<Self> {
        let mut text = Text::new(Shape::Line, before);
        text.go(Motion::End);
        Box::new(Self { question, text, before: before.to_owned(), back })
    }

    /// What was typed, if anything was.
    pub(super) fn typed(&self) -> Option<String> {
        let typed = self.text.content().trim().to_owned();
        (typed != self.before && !typed.is_empty()).then_some(typed)
    }
}

/// What a line is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// A note about a moment of a take.
    Note {
        /// The take.
        take: TakeId,
        /// The moment.
        at: Duration,
    },
    /// Why this take is the better one.
    Why(TakeId),
}

/// What a row of a picker stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Do this.
    Act(Action),
    /// Open this song.
    Song(SongId),
    /// Play there.
    Output(Outlet),
}

/// Where sound can go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outlet {
    /// Where the system sends it.
    System,
    /// To the output that the system calls so.
    Named(String),
    /// Nowhere: takes play in silence.
    Silent,
}

/// A row of a picker.
#[derive(Clone, Debug)]
pub struct Item {
    /// What is searched and shown.
    pub label: String,
    /// What it stands for.
    pub choice: Choice,
}

/// A list narrowed by typing.
pub struct Picker {
    /// What it is for.
    pub title: &'static str,
    /// The action that opened it, which also closes it.
    pub opened_by: Action,
    /// What was typed.
    pub query: Text,
    /// All rows.
    pub items: Vec<Item>,
    /// The rows that match, best first, by their place in `items`.
    pub matches: Vec<usize>,
    /// The selection among the matches.
    pub list: List,
}

impl Picker {
    fn new(title: &'static str, opened_by: Action, items: Vec<Item>) -> Box<Self> {
        let matches = (0..items.len()).collect();
        let query = Text::new(Shape::Line, "");
        Box::new(Self { title, opened_by, query, items, matches, list: List::default() })
    }

    /// Everything a key could do here.
    pub fn actions() -> Box<Self> {
        // What only means something to the hands on a text or in a window is left to the keys.
        let offered = TABLE.iter().filter(|entry| {
            !matches!(entry.scope, super::Scope::Overlay | super::Scope::Text | super::Scope::List)
                && entry.action != Action::Palette
        });
        let item = |entry: &super::Entry| Item {
            label: entry.title.to_owned(),
            choice: Choice::Act(entry.action),
        };
        Self::new("Find an action", Action::Palette, offered.map(item).collect())
    }

    /// All songs, the one last changed first.
    pub fn songs(songs: &[SongEntry]) -> Box<Self> {
        let mut songs: Vec<_> = songs.iter().collect();
        songs.sort_by_key(|song| std::cmp::Reverse(song.changed));
        let item = |song: &&SongEntry| Item {
            label: format!("{:>3}  {}", song.id, song.name),
            choice: Choice::Song(song.id),
        };
        Self::new("Open a song", Action::OpenSong, songs.iter().map(item).collect())
    }

    /// The outputs that the system has.
    pub fn outputs(names: Vec<String>) -> Box<Self> {
        let item = |label: String, outlet| Item { label, choice: Choice::Output(outlet) };
        let mut items = vec![item("The system's own choice".into(), Outlet::System)];
        items.extend(names.into_iter().map(|name| item(clean_line(&name), Outlet::Named(name))));
        items.push(item("None: play in silence".into(), Outlet::Silent));
        Self::new("Sound output", Action::SoundOutput, items)
    }

    /// The selected row.
    pub fn selected(&self) -> Option<&Item> {
        self.matches.get(self.list.selected).and_then(|index| self.items.get(*index))
    }

    /// Types into the query.
    pub fn insert(&mut self, text: &str) {
        // What is too long to type is too long to search for.
        let _ = self.query.paste(text);
        self.narrow();
    }

    /// Deletes backwards in the query.
    pub fn erase(&mut self) {
        self.query.go(Motion::End);
        self.query.delete_back();
        self.narrow();
    }

    fn narrow(&mut self) {
        let pattern =
            Pattern::parse(&self.query.content(), CaseMatching::Ignore, Normalization::Smart);
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut buffer = Vec::new();
        let mut scored: Vec<(u32, usize)> = Vec::new();
        for (index, item) in self.items.iter().enumerate() {
            let haystack = Utf32Str::new(&item.label, &mut buffer);
            scored.extend(pattern.score(haystack, &mut matcher).map(|score| (score, index)));
        }
        scored.sort_by_key(|(score, index)| (std::cmp::Reverse(*score), *index));
        self.matches = scored.into_iter().map(|(_, index)| index).collect();
        self.list.select(0, self.matches.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_narrows_and_erasing_widens() {
        let mut picker = Picker::actions();
        let all = picker.matches.len();
        picker.insert("newsong");
        assert_eq!(
            picker.selected().map(|item| item.choice.clone()),
            Some(Choice::Act(Action::NewSong))
        );
        assert!(picker.matches.len() < all);
        picker.insert("zzzz");
        assert!(picker.selected().is_none());
        for _ in 0..11 {
            picker.erase();
        }
        assert_eq!(picker.matches.len(), all);
    }
}
