//! A stretch of a take, played again and again.

use std::time::Duration;

use crate::player::{Command, Stretch};
use crate::song::clock;
use crate::studio::{Model, Redraw, Tone};

/// What is shorter is a noise rather than a stretch of music.
const SHORTEST: Duration = Duration::from_millis(200);

impl Model {
    /// A loop begins here; one that is played begins here from now on.
    pub(super) fn loop_start(&mut self) {
        if !self.has_playhead() {
            return;
        }
        let from = self.deck.status.position;
        if let Some(Stretch { to, .. }) = self.deck.status.looped {
            return self.put_loop(from, to);
        }
        self.listening.loop_from = Some(from);
        self.mark(Redraw::PLAYER);
        self.say(Tone::Plain, format!("Loop from {}; {{loop-end}} ends it", self.moment()));
    }

    /// The loop ends here: from where it was begun, else from the start of the section or the take.
    pub(super) fn loop_end(&mut self) {
        if !self.has_playhead() {
            return;
        }
        let looped = self.deck.status.looped.map(|stretch| stretch.from);
        let section = || self.section_now().map(|section| section.at);
        let from = self.listening.loop_from.or(looped).or_else(section).unwrap_or_default();
        self.put_loop(from, self.deck.status.position);
    }

    fn put_loop(&mut self, from: Duration, to: Duration) {
        if to < from + SHORTEST {
            let text = if to < from {
                format!("The loop from {} cannot end at {}", clock(from), clock(to))
            } else {
                format!("The loop from {} to there is too short to hear", clock(from))
            };
            return self.say(Tone::Plain, text);
        }
        self.listening.loop_from = None;
        self.send(Command::Loop(Some(Stretch { from, to })));
        self.mark(Redraw::PLAYER);
        let text =
            format!("{} to {}, again and again; {{loop-clear}} goes on", clock(from), clock(to));
        self.say(Tone::Plain, text);
    }

    pub(super) fn loop_clear(&mut self) {
        let was_begun = self.listening.loop_from.take().is_some();
        let is_looped = self.deck.status.looped.is_some();
        if is_looped {
            self.send(Command::Loop(None));
        }
        self.mark(Redraw::PLAYER);
        let text = match (is_looped, was_begun) {
            (true, _) => "No loop any more",
            (false, true) => "The loop that was begun is forgotten",
            (false, false) => "There is no loop; {loop-start} begins one",
        };
        self.say(Tone::Plain, text);
    }
}
