//! A line that is typed into a window of its own. What was typed is kept, unless it is dropped on
//! purpose.

use crate::song::{TakeId, clean_line};
use crate::studio::pending::Sure;
use crate::studio::{Ask, Model, Overlay, Question, Redraw, Tone};

impl Model {
    pub(super) fn ask(&mut self, question: Question, before: &str) {
        let back = match &self.overlay {
            Some(Overlay::Take(detail)) => Some(detail.take),
            _ => None,
        };
        self.open(Overlay::Ask(Ask::new(question, before, back)));
    }

    /// Takes in the line as it stands.
    pub(super) fn answer(&mut self) {
        if let Some(ask) = self.take_ask() {
            let back = ask.back;
            self.take_in(&ask);
            self.come_back(back);
        }
    }

    /// Something else comes on top: what was typed is kept.
    pub(super) fn keep_asked(&mut self) {
        if matches!(&self.overlay, Some(Overlay::Ask(ask)) if ask.typed().is_some())
            && let Some(ask) = self.take_ask()
        {
            self.take_in(&ask);
        }
    }

    /// Closes the window on top; a line that was typed is dropped only when asked for twice.
    pub(super) fn escape(&mut self) {
        let Some(Overlay::Ask(ask)) = &self.overlay else { return self.dismiss() };
        let doubt = "{choose} keeps what you typed; {dismiss} again drops it";
        if ask.typed().is_some() && !self.is_sure(Sure::Drop, doubt) {
            return;
        }
        if let Some(ask) = self.take_ask() {
            let text = match ask.question {
                Question::Note { .. } => "Nothing was noted",
                Question::Why(_) => "The star stays; why is as it was",
            };
            self.say(Tone::Plain, text);
            self.come_back(ask.back);
        }
    }

    fn take_ask(&mut self) -> Option<Box<Ask>> {
        match self.overlay.take() {
            Some(Overlay::Ask(ask)) => {
                self.sure = None;
                self.mark(Redraw::ALL);
                Some(ask)
            }
            other => {
                self.overlay = other;
                None
            }
        }
    }

    fn take_in(&mut self, ask: &Ask) {
        let line = clean_line(ask.text.content().trim());
        match ask.question {
            Question::Note { take, at } => self.add_note(take, at, line),
            Question::Why(take) => self.give_reason(take, line),
        }
    }

    /// The window that was on top before comes back.
    fn come_back(&mut self, take: Option<TakeId>) {
        if let Some(take) = take {
            self.open_detail(take);
        }
    }
}
