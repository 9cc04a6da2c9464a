//! How takes are heard: what each of the player's keys does, and what is shown and remembered of it.

use crate::library::{Record, Settings};
use crate::player::Command;
use crate::studio::pending::Ticket;
use crate::studio::{Action, Model, Pictures, Redraw, Repeat, Tone};

impl Model {
    /// What the keys of the player do.
    pub(super) fn listen(&mut self, action: Action) {
        match action {
            Action::PlayPause => self.play_pause(),
            Action::PlayTake => self.play_selected(),
            Action::NextTake => self.play_neighbour(1),
            Action::PreviousTake => self.play_neighbour(-1),
            Action::Stop => self.stop(),
            Action::SeekBack | Action::Rewind => self.seek(-5.0),
            Action::SeekForward | Action::Forward => self.seek(5.0),
            Action::StepBack | Action::RewindStep => self.seek(-1.0),
            Action::StepForward | Action::ForwardStep => self.seek(1.0),
            Action::PreviousSection => self.seek_section(false),
            Action::NextSection => self.seek_section(true),
            Action::To0 => self.seek_tenth(0),
            Action::To10 => self.seek_tenth(1),
            Action::To20 => self.seek_tenth(2),
            Action::To30 => self.seek_tenth(3),
            Action::To40 => self.seek_tenth(4),
            Action::To50 => self.seek_tenth(5),
            Action::To60 => self.seek_tenth(6),
            Action::To70 => self.seek_tenth(7),
            Action::To80 => self.seek_tenth(8),
            Action::To90 => self.seek_tenth(9),
            Action::PlayLine => self.play_line(),
            Action::SwitchTake => self.switch_take(),
            Action::LoopStart => self.loop_start(),
            Action::LoopEnd => self.loop_end(),
            Action::LoopClear => self.loop_clear(),
            Action::Repeat => self.next_repeat(),
            Action::PlayPair => self.play_pair(),
            Action::Mute => self.mute(),
            Action::MatchLoudness => self.match_loudness(),
            Action::Pictures => self.next_pictures(),
            Action::SoundOutput => self.ask_outputs(),
            Action::Blind => self.blind(),
            Action::Pick => self.pick(),
            Action::Note => self.note(),
            Action::TakeInfo => self.show_take(),
            Action::DeleteNote => self.delete_note(),
            Action::VolumeUp => self.change_volume(5),
            Action::VolumeDown => self.change_volume(-5),
            _ => {}
        }
    }

    /// The player listens as it did at the end of the last run.
    pub(in crate::studio) fn take_up_listening(&mut self) {
        if self.listening.as_delivered {
            self.send(Command::Match(false));
        }
        if self.listening.pictures == Pictures::Spectrum {
            if self.motion {
                self.send(Command::Spectrum(true));
            } else {
                self.listening.pictures = Pictures::Wave;
            }
        }
    }

    /// What is remembered of how the user listens.
    pub(super) fn settings(&self) -> Settings {
        Settings {
            volume: self.volume,
            pictures: self.listening.pictures,
            as_delivered: self.listening.as_delivered,
        }
    }

    pub(super) fn remember_settings(&mut self) {
        self.record(Ticket::Other, Record::Settings(self.settings()));
    }

    pub(super) fn change_volume(&mut self, by: i8) {
        let volume = self.volume.saturating_add_signed(by).min(100);
        if volume == self.volume {
            let end = if by > 0 { "loudest" } else { "quietest" };
            return self.say(Tone::Plain, format!("This is the {end} there is"));
        }
        self.volume = volume;
        self.send(Command::Volume(self.volume));
        self.remember_settings();
        self.mark(Redraw::PLAYER);
    }

    fn mute(&mut self) {
        let muted = !self.deck.status.muted;
        self.send(Command::Mute(muted));
        let text = if muted { "Silent; {mute} brings the sound back" } else { "Sound again" };
        self.say(Tone::Plain, text);
    }

    fn match_loudness(&mut self) {
        if self.listening.blind.is_some() {
            let text = "Without names both are equally loud: the louder one would seem the better";
            return self.say(Tone::Plain, text);
        }
        self.listening.as_delivered = !self.listening.as_delivered;
        self.send(Command::Match(!self.listening.as_delivered));
        self.remember_settings();
        self.mark(Redraw::PLAYER);
        let text = if self.listening.as_delivered {
            "Loudness: as delivered"
        } else {
            "Loudness: matched; the louder of a pair is turned down"
        };
        self.say(Tone::Plain, text);
    }

    fn next_repeat(&mut self) {
        let (next, text) = match self.listening.repeat {
            Repeat::Off => (Repeat::Take, "Repeat: the take"),
            Repeat::Take => (Repeat::Pair, "Repeat: the pair, one after the other"),
            Repeat::Pair => (Repeat::Off, "Repeat: nothing"),
        };
        self.listening.repeat = next;
        self.mark(Redraw::PLAYER);
        self.say(Tone::Plain, text);
    }

    fn next_pictures(&mut self) {
        let before = self.listening.pictures;
        let (next, text) = match before {
            Pictures::Off => (Pictures::Wave, "Waveform"),
            Pictures::Wave if self.motion => (Pictures::Spectrum, "Waveform and spectrum"),
            Pictures::Wave => (
                Pictures::Off,
                "No picture; a spectrum moves, and motion is off in the configuration",
            ),
            Pictures::Spectrum => (Pictures::Off, "No picture"),
        };
        self.listening.pictures = next;
        if (before == Pictures::Spectrum) != (next == Pictures::Spectrum) {
            self.send(Command::Spectrum(next == Pictures::Spectrum));
        }
        self.remember_settings();
        // The player may need more room, or less.
        self.mark(Redraw::ALL);
        self.say(Tone::Plain, text);
    }
}
