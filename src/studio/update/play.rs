//! Hearing the takes.

use crate::library::{Record, Settings};
use crate::player::{self, Command, Recording, Source, State};
use crate::song::{Take, TakeId};
use crate::studio::pending::Ticket;
use crate::studio::{Model, Redraw, Tone, literal};

impl Model {
    pub(super) fn play_pause(&mut self) {
        match (self.deck.status.take, self.deck.status.state) {
            (Some(_), State::Playing | State::Paused | State::Loading) => {
                self.send(Command::Toggle);
            }
            // Stopped or at its end: what is selected is what the user wants to hear.
            (open, _) => match self.takes.selected() {
                Some(take) if Some(take.id) == open => self.send(Command::Toggle),
                Some(_) => self.play_selected(),
                None => self.say(Tone::Plain, "Nothing to play yet; {generate} makes two takes"),
            },
        }
    }

    pub(super) fn play_selected(&mut self) {
        let Some(take) = self.takes.selected().map(|take| take.id) else {
            return self.say(Tone::Plain, "There is no take yet; {generate} makes two");
        };
        self.open_take(take, true);
    }

    /// Puts a take into the player, and the other of its pair beside it.
    pub(super) fn open_take(&mut self, id: TakeId, play: bool) {
        let recording = |take: &Take| Recording {
            take: take.id,
            source: Source::File(take.audio.clone()),
            loudness: take.loudness,
        };
        let Some(take) = self.takes.get(id).map(recording) else { return };
        let rival = self.takes.of(id.job).find(|other| other.id != id).map(recording);
        self.send(Command::Open { take, rival, play });
    }

    pub(super) fn play_neighbour(&mut self, by: isize) {
        let from = self.playing().or_else(|| self.takes.selected().map(|take| take.id));
        let Some(from) = from else {
            return self.say(Tone::Plain, "There is no take yet; {generate} makes two");
        };
        let Some(next) = self.takes.neighbour(from, by).map(|take| take.id) else {
            let end = if by > 0 { "last" } else { "first" };
            return self.say(Tone::Plain, format!("This is the {end} take of the list"));
        };
        self.takes.select(next);
        self.mark(Redraw::TAKES);
        self.play_selected();
    }

    pub(super) fn seek(&mut self, seconds: f32) {
        if self.playing().is_none() {
            return self.say(Tone::Plain, "Nothing is in the player");
        }
        self.send(Command::SeekBy(seconds));
    }

    pub(super) fn change_volume(&mut self, by: i8) {
        let volume = self.volume.saturating_add_signed(by).min(100);
        if volume == self.volume {
            let end = if by > 0 { "loudest" } else { "quietest" };
            return self.say(Tone::Plain, format!("This is the {end} there is"));
        }
        self.volume = volume;
        self.send(Command::Volume(self.volume));
        self.record(Ticket::Other, Record::Settings(Settings { volume: self.volume }));
        self.mark(Redraw::PLAYER);
    }

    pub(super) fn player_news(&mut self, news: player::Event) {
        match news {
            player::Event::Status(status) => {
                let before = &self.deck.status;
                if (before.take, before.state) != (status.take, status.state) {
                    self.mark(Redraw::TAKES);
                }
                self.deck.status = status;
                self.mark(Redraw::PLAYER);
            }
            player::Event::Device(device) => {
                // Told once, not at every play.
                let was_silent = matches!(self.deck.device, player::Device::Silent { .. });
                if matches!(device, player::Device::Silent { .. }) && !was_silent {
                    self.say(
                        Tone::Warning,
                        "There is no sound device; takes run by the clock alone",
                    );
                }
                self.deck.device = device;
                self.mark(Redraw::PLAYER);
            }
            player::Event::Measured { .. }
            | player::Event::Growing { .. }
            | player::Event::Outputs(_) => {}
            player::Event::Flawed { take, what, advice } => {
                self.say(Tone::Warning, format!("Take {take}: {}. {advice}", literal(&what)));
            }
            player::Event::Failed { take, what, advice } => {
                self.say(Tone::Bad, format!("Take {take}: {}. {advice}", literal(&what)));
            }
        }
    }
}
