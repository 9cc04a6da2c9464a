//! What the player tells.

use std::time::Duration;

use crate::library::Record;
use crate::player::{Device, Event, Spectrum, State, Status};
use crate::song::{Lufs, TakeId};
use crate::studio::pending::Ticket;
use crate::studio::{Model, Overlay, Pictures, Redraw, Tone, in_step, literal};

/// What a line for the playhead and a clock show of a status.
fn in_steps(status: &Status) -> Status {
    Status {
        position: in_step(status.position),
        ready: status.ready.map(in_step),
        level: [0.0; 2],
        spectrum: Spectrum::default(),
        ..status.clone()
    }
}

impl Model {
    pub(super) fn player_news(&mut self, news: Event) {
        match news {
            Event::Status(status) => self.stands(status),
            Event::Device(device) => {
                // Told once, not at every play.
                if let Device::Silent { why } = &device
                    && device != self.deck.device
                {
                    let why = literal(why.trim_end_matches('.'));
                    let text = format!("No sound: {why}; takes run by the clock");
                    self.say(Tone::Warning, text);
                }
                if let (Device::Silent { .. }, Device::Sound(name)) = (&self.deck.device, &device) {
                    let text = format!("There is sound again: {}", literal(name));
                    self.say(Tone::Good, text);
                }
                self.deck.device = device;
                self.mark(Redraw::PLAYER);
            }
            Event::Measured { take, duration, loudness, peaks } => {
                self.measured(take, duration, loudness, peaks);
            }
            Event::Growing { take, ready, peaks } => {
                if self.takes.is_arriving(take) {
                    self.listening.growing.insert(take, (ready, peaks));
                    self.mark(Redraw::PLAYER | Redraw::TAKES);
                }
            }
            Event::Outputs(names) => self.outputs_told(names),
            Event::Flawed { take, what, advice } => {
                let said = self.told_of(take, &what, &advice);
                self.say(Tone::Warning, said);
            }
            Event::Failed { take, what, advice } => {
                self.listening.in_turn = false;
                let mut said = self.told_of(take, &what, &advice);
                // One take alone cannot be compared.
                if self.is_hidden(take) {
                    self.end_blind();
                    said = format!("{}: {said}", self.notice.text);
                }
                self.say(Tone::Bad, said);
            }
        }
    }

    fn told_of(&self, take: TakeId, what: &str, advice: &str) -> String {
        let name = if self.is_hidden(take) { self.called(take) } else { take.to_string() };
        let (what, advice) = (self.without_names(take, what), self.without_names(take, advice));
        format!("Take {name}: {}. {advice}", literal(&what))
    }

    /// Where the player stands.
    fn stands(&mut self, status: Status) {
        let line = self.line_begun();
        let row = self.row_sounding();
        let before = std::mem::replace(&mut self.deck.status, status);
        let (take, state) = (self.deck.status.take, self.deck.status.state);
        if (before.take, before.state) != (take, state) {
            self.mark(Redraw::TAKES);
        }
        // Without pictures nothing of it moves faster.
        let is_line = self.listening.pictures == Pictures::Off;
        if !is_line || in_steps(&before) != in_steps(&self.deck.status) {
            self.mark(Redraw::PLAYER);
        }
        // A line that is not on screen is drawn once too often at most.
        if self.line_begun() != line {
            self.mark(Redraw::WORDS);
        }
        if self.row_sounding() != row {
            self.mark(Redraw::OVERLAY);
        }
        if before.take.map(|take| take.job) != take.map(|take| take.job) {
            self.listening.loop_from = None;
        }
        let is_new = before.state != State::Ended || before.take != take;
        if let Some(take) = take.filter(|_| state == State::Ended && is_new) {
            self.ended(take);
        }
    }

    /// The line of the song on the desk that is sung now, told by when it began.
    fn line_begun(&self) -> Option<(TakeId, Duration)> {
        let heard = self.heard().filter(|take| take.song == self.desk.song)?;
        Some((heard.id, self.line_now()?.at))
    }

    /// The rows of the window on the take that is heard that sound now.
    fn row_sounding(&self) -> [Option<usize>; 2] {
        match &self.overlay {
            Some(Overlay::Take(detail)) if self.playing() == Some(detail.take) => {
                detail.sounding(self.deck.status.position)
            }
            _ => [None; 2],
        }
    }

    /// All of a take is decoded: what nobody has measured yet is known now.
    fn measured(&mut self, id: TakeId, duration: Duration, loudness: Option<Lufs>, peaks: Vec<u8>) {
        self.listening.growing.remove(&id);
        let Some(before) = self.takes.get(id).filter(|take| take.loudness.is_none()).cloned()
        else {
            return;
        };
        let measured = |take: &mut crate::song::Take| {
            (take.duration, take.loudness, take.peaks) = (duration, loudness, peaks);
        };
        let Some(take) = self.takes.change(id, measured).filter(|take| **take != before).cloned()
        else {
            return;
        };
        // One that is on its way is no take yet.
        if !self.takes.is_arriving(id) {
            self.record(Ticket::Other, Record::Take(take));
        }
        self.mark(Redraw::TAKES | Redraw::PLAYER);
        self.tell_take(id);
    }
}
