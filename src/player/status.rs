//! What the control thread tells of where it stands.

use super::control::Control;
use super::deck::Loop;
use super::pair::Loaded;
use super::{Event, RATE, Spectrum, State, Status, Stretch, time_of};

impl Control {
    /// Says where it stands.
    pub(super) fn tell(&mut self) {
        let heard_frame = self.heard();
        let status = self.status(heard_frame);
        self.say(Event::Status(status));
    }

    /// The frame that is heard now.
    fn heard(&mut self) -> u64 {
        // A take that has ended is heard to its end, by the time anybody reads this.
        let latency = if self.state == State::Ended { 0 } else { self.rack.latency() };
        let heard = self.deck.heard(latency);
        // A loop goes back, and rightly so.
        self.shown = if self.looped.is_some() { heard } else { heard.max(self.shown) };
        self.shown
    }

    fn status(&mut self, frame: u64) -> Status {
        let state = self.told_state();
        let levels = self.deck.take_levels();
        let heard = self.pair.heard();
        let tape = heard.map(|heard| &heard.tape);
        let position = match tape.and_then(|tape| tape.end()) {
            Some(end) => frame.min(end),
            None => frame,
        };
        let arriving = heard.filter(|heard| heard.is_arriving());
        let rival = self.pair.rival();
        let side = self.pair.side();
        let spectrum = match (&mut self.picture, tape) {
            (Some(picture), Some(tape)) if state == State::Playing => {
                picture.look(tape, position, self.deck.side(side))
            }
            (Some(picture), _) => picture.still(),
            (None, _) => Spectrum::default(),
        };
        Status {
            take: heard.map(Loaded::take),
            rival: rival.map(Loaded::take),
            state,
            position: time_of(position),
            total: tape.and_then(|tape| tape.length()).map(time_of),
            rival_total: rival.and_then(|rival| rival.tape.length()).map(time_of),
            ready: arriving.map(|heard| time_of(heard.tape.ready())),
            broken: heard.is_some_and(|heard| heard.is_broken),
            looped: self
                .looped
                .map(|Loop { from, to }| Stretch { from: time_of(from), to: time_of(to) }),
            level: if state == State::Playing { levels } else { [0.0; 2] },
            gain: self.pair.gain(side, self.is_matched),
            volume: self.volume,
            muted: self.muted,
            spectrum,
        }
    }

    /// Whether it waits for frames. A file's decoder is given the moment that it needs.
    fn is_starved(&self, heard: &Loaded) -> bool {
        let is_near = || heard.tape.ready() > self.deck.playhead() + u64::from(RATE) / 20;
        self.deck.is_starved() && (heard.is_arriving() || !is_near())
    }

    /// What was asked for, or what keeps it from happening.
    fn told_state(&self) -> State {
        let Some(heard) = self.pair.heard() else { return self.state };
        let is_whole = heard.tape.is_whole();
        match self.state {
            _ if self.cueing => State::Loading,
            State::Playing if !is_whole && heard.tape.ready() == 0 => State::Loading,
            State::Playing if !is_whole && self.is_starved(heard) => State::Buffering,
            state => state,
        }
    }
}
