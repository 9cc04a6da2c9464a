//! Comparing a pair without knowing which is which, until the listener picks.

use crate::player::Command;
use crate::song::TakeId;
use crate::studio::{Blind, Model, Overlay, Redraw, Tone};

impl Model {
    /// Hides the names of a pair and plays it; once more, without a choice, shows them.
    pub(super) fn blind(&mut self) {
        if self.listening.blind.is_some() {
            self.end_blind();
            return self.playing().into_iter().for_each(|heard| self.follow(heard));
        }
        let Some(job) = self.take_at_hand().map(|take| take.job) else {
            return self.say(Tone::Plain, "There is no take yet; {generate} makes two");
        };
        let pair: Vec<_> = self.takes.listed_of(job).map(|take| take.id).collect();
        let [one, two, ..] = pair[..] else {
            return self.say(Tone::Plain, "Comparing needs two takes, and this one has no other");
        };
        // Its window tells names.
        if matches!(self.overlay, Some(Overlay::Take(_))) {
            self.dismiss();
        }
        // Neither the order nor what is heard first tells a name.
        let first = if self.dice.coin() { one } else { two };
        let begin = if self.dice.coin() { one } else { two };
        self.listening.blind = Some(Blind { job, first: first.label });
        self.takes.shuffle(Some(first));
        self.listening.in_turn = false;
        if self.listening.as_delivered {
            self.send(Command::Match(true));
        }
        self.open_take(begin, true);
        self.mark(Redraw::ALL);
        let text = "Without names: {switch-take} hears the other, {pick} picks what you hear, {blind} gives up";
        self.say(Tone::Plain, text);
    }

    /// The listener does not choose; the names are shown.
    pub(super) fn end_blind(&mut self) {
        if let Some(blind) = self.show_names() {
            self.say(Tone::Plain, format!("You did not choose; {} was 1", blind.first));
        }
    }

    /// Shows the names again; gives what they hid.
    fn show_names(&mut self) -> Option<Blind> {
        let blind = self.listening.blind.take()?;
        self.listening.in_turn = false;
        let selected = self.takes.selected().map(|take| take.id);
        self.takes.shuffle(None);
        if let Some(selected) = selected {
            self.takes.select(selected);
        }
        if self.listening.as_delivered {
            self.send(Command::Match(false));
        }
        self.mark(Redraw::ALL);
        Some(blind)
    }

    /// The one that is heard is the better one: its name is shown.
    pub(super) fn pick_blind(&mut self) {
        let Some(heard) = self.playing().filter(|take| self.is_hidden(*take)) else {
            return self.say(Tone::Plain, "Nothing is heard yet; {play-pause} plays");
        };
        let alias = self.alias(heard);
        self.show_names();
        self.follow(heard);
        self.star(heard);
        self.say(Tone::Good, format!("You chose {}, called {alias}", heard.label));
        self.ask_why(heard);
    }

    /// What is said about a recording, with what would tell its hidden name left out.
    pub(super) fn without_names(&self, take: TakeId, said: &str) -> String {
        let mut said = said.to_owned();
        if !self.is_hidden(take) {
            return said;
        }
        for other in self.takes.listed_of(take.job) {
            let path = other.audio.display().to_string();
            let name = other.audio.file_name().map(|name| name.display().to_string());
            let names = [path, name.unwrap_or_default(), other.id.to_string()];
            for name in names.iter().filter(|name| !name.is_empty()) {
                said = said.replace(name.as_str(), "the recording");
            }
        }
        said
    }
}
