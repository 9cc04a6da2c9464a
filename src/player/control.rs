//! The control thread: takes commands, keeps the deck's state, tells what happens.
//!
//! While nothing plays it sleeps in `recv` without a timeout: no timer, no wakeup, and after
//! [`LINGER`] no stream either, so the device is free and its callbacks have ended.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use super::deck::{Deck, Loop};
use super::feed::Feeds;
use super::message::Message;
use super::output::{self, Call, OutputKind};
use super::pair::{Pair, Which};
use super::picture::Picture;
use super::rack::Rack;
use super::tape::Tape;
use super::{Command, Device, Event, Gain, LONGEST, RATE, State, Stretch, frames_in};

/// Between two statuses of a take that plays...
pub(super) const BEAT: Duration = Duration::from_millis(40);
/// ...and where they carry a picture.
const FRAME: Duration = Duration::from_nanos(33_333_333);
/// How long the device stays open after the sound: longer than its buffer lasts, and than a hand
/// takes to change its mind.
const LINGER: Duration = Duration::from_millis(500);
/// The shortest loop: three of its crossfades, and what is rendered in one go.
const SHORTEST: u64 = 1024;

/// The state of the control thread.
pub(super) struct Control {
    pub(super) deck: Arc<Deck>,
    pub(super) rack: Rack,
    pub(super) feeds: Feeds,
    pub(super) post: Sender<Message>,
    events: Box<dyn FnMut(Event) + Send>,
    pub(super) pair: Pair,
    /// What was asked for: stopped, playing, paused or ended.
    pub(super) state: State,
    /// A take was put on the deck to be played later and is not there yet.
    pub(super) cueing: bool,
    pub(super) volume: u8,
    pub(super) muted: bool,
    pub(super) is_matched: bool,
    pub(super) looped: Option<Loop>,
    pub(super) picture: Option<Picture>,
    /// The frame that was told last, below which only a seek goes: a device that opens late or has
    /// a longer buffer than the one before must not move the playhead back.
    pub(super) shown: u64,
    pub(super) next_beat: Instant,
    close_at: Option<Instant>,
    /// Tapes that a renderer may still hold; see [`Deck::cue`].
    pub(super) retired: Vec<Arc<Tape>>,
}

impl Control {
    /// An empty deck at full volume. `post` leads to the inbox that [`Control::run`] will read.
    pub(super) fn new(
        output: OutputKind,
        feeds: Feeds,
        post: Sender<Message>,
        events: Box<dyn FnMut(Event) + Send>,
    ) -> Self {
        let deck = Deck::new();
        Self {
            rack: Rack::new(output, Arc::clone(&deck), post.clone()),
            deck,
            feeds,
            post,
            events,
            pair: Pair::default(),
            state: State::Stopped,
            cueing: false,
            volume: 100,
            muted: false,
            is_matched: true,
            looped: None,
            picture: None,
            shown: 0,
            next_beat: Instant::now(),
            close_at: None,
            retired: Vec::new(),
        }
    }

    /// Works until [`Message::Quit`].
    pub(super) fn run(mut self, inbox: &Receiver<Message>) {
        loop {
            let message = match self.due() {
                None => inbox.recv().map_err(RecvTimeoutError::from),
                Some(at) => inbox.recv_timeout(at.saturating_duration_since(Instant::now())),
            };
            match message {
                Ok(Message::Quit) | Err(RecvTimeoutError::Disconnected) => break,
                Ok(message) => self.take(message),
                Err(RecvTimeoutError::Timeout) => {}
            }
            self.keep_time();
        }
        self.pair.clear();
    }

    /// When there is something to do without a message.
    fn due(&self) -> Option<Instant> {
        let plays = self.state == State::Playing && self.rack.is_clocked();
        let beat = plays.then_some(self.next_beat);
        let retry = if plays { self.rack.retry_at() } else { None };
        beat.into_iter().chain(retry).chain(self.close_at).min()
    }

    fn keep_time(&mut self) {
        let now = Instant::now();
        if self.due().is_some_and(|due| due <= now) {
            if self.close_at.is_some_and(|at| at <= now) {
                self.close_at = None;
                self.rack.close();
            }
            if self.state == State::Playing && self.next_beat <= now {
                self.next_beat = now + self.beat_time();
                let device = self.rack.check();
                self.tell_device(device);
                self.beat();
            }
            if self.state == State::Playing && self.rack.retry_at().is_some_and(|at| at <= now) {
                let device = self.rack.open();
                self.tell_device(device);
            }
        }
        self.retired.retain(|tape| Arc::strong_count(tape) > 1);
    }

    fn beat_time(&self) -> Duration {
        if self.picture.is_some() { FRAME } else { BEAT }
    }

    fn take(&mut self, message: Message) {
        match message {
            Message::Command(command) => self.obey(command),
            Message::Load { ticket, news } => self.hear(ticket, news),
            Message::Call { serial, call: Call::Lost(why) } => {
                let device = self.rack.lose(serial, why, self.state == State::Playing);
                self.tell_device(device);
            }
            Message::Call { call: Call::Turned, .. } if self.state == State::Playing => self.beat(),
            Message::Call { call: Call::Turned, .. } if self.deck.is_settled() => self.rack.close(),
            Message::Outputs(names) => self.say(Event::Outputs(names)),
            Message::Call { .. } | Message::Quit => {}
        }
    }

    fn obey(&mut self, command: Command) {
        let moved = |from: u64, by: f32| from as f64 + f64::from(by) * f64::from(RATE);
        match command {
            Command::Open { take, rival, play } => self.open(take, rival, play),
            Command::Switch => self.switch(),
            Command::Toggle => self.toggle(),
            Command::Pause if self.state == State::Playing => self.halt(State::Paused),
            Command::Stop if self.state != State::Stopped => {
                self.deck.play(false);
                self.move_to(0);
                self.halt(State::Stopped);
            }
            Command::Pause | Command::Stop => {}
            Command::SeekBy(by) => self.seek(moved(self.deck.playhead(), by).max(0.0) as u64),
            Command::SeekTo(time) => self.seek(frames_in(time)),
            Command::Loop(stretch) => self.set_loop(stretch),
            Command::Volume(percent) => {
                self.volume = percent.min(100);
                self.set_gain();
            }
            Command::Mute(muted) => {
                self.muted = muted;
                self.set_gain();
            }
            Command::Match(is_matched) => {
                self.is_matched = is_matched;
                self.set_sides();
                self.tell();
            }
            Command::Spectrum(wanted) => {
                self.picture = wanted.then(|| self.picture.take().unwrap_or_else(Picture::new));
                self.tell();
            }
            Command::Output(kind) => {
                self.rack.set_kind(kind);
                if self.state == State::Playing {
                    self.start();
                }
            }
            Command::ListOutputs => self.list_outputs(),
            Command::Close => {
                self.unload();
                self.halt(State::Stopped);
            }
        }
    }

    fn toggle(&mut self) {
        if self.pair.heard().is_none() {
            return;
        }
        match self.state {
            State::Playing => return self.halt(State::Paused),
            State::Ended => self.move_to(0),
            _ => {}
        }
        self.start();
    }

    fn switch(&mut self) {
        let Some(rival) = self.pair.rival() else { return };
        let (tape, head) = (Arc::clone(&rival.tape), self.deck.playhead());
        if tape.end().is_some_and(|end| end <= head) {
            return self.tell();
        }
        // It is begun by now, unless it is asked for very early.
        if let Err(take) = self.pair.begin(Which::Rival, &self.feeds, &self.post) {
            return self.is_gone(take, false);
        }
        self.pair.switch();
        let before = self.deck.switch(tape, self.pair.side(), self.shown);
        self.retired.extend(before);
        if self.state == State::Ended {
            self.state = State::Paused;
        }
        self.tell();
    }

    pub(super) fn start(&mut self) {
        self.deck.play(true);
        self.cueing = false;
        self.close_at = None;
        let has_nothing =
            self.pair.heard().is_some_and(|it| !it.tape.is_whole() && it.tape.ready() == 0);
        if has_nothing && !self.rack.is_open() {
            // A device that opens with the first frames plays them at once; one that is open has a
            // buffer of silence to play before.
            self.state = State::Playing;
            return self.tell();
        }
        let device = self.rack.open();
        self.tell_device(device);
        if !self.rack.is_open() {
            return self.halt(State::Paused);
        }
        self.state = State::Playing;
        self.next_beat = Instant::now() + self.beat_time();
        self.tell();
    }

    /// Lets the sound fade, and soon the device go.
    pub(super) fn halt(&mut self, state: State) {
        self.deck.play(false);
        self.state = state;
        let lingers = self.rack.is_clocked();
        self.close_at = lingers.then(|| Instant::now() + LINGER);
        self.tell();
    }

    pub(super) fn unload(&mut self) {
        self.retired.extend(self.pair.clear());
        self.deck.play(false);
        self.deck.set_loop(None);
        (self.looped, self.cueing, self.shown) = (None, false, 0);
        self.retired.extend(self.deck.cue(None, 0, 0));
    }

    pub(super) fn cue_heard(&mut self, frame: u64) {
        let tape = self.pair.heard().map(|heard| Arc::clone(&heard.tape));
        self.shown = frame;
        self.retired.extend(self.deck.cue(tape, self.pair.side(), frame));
    }

    fn move_to(&mut self, frame: u64) {
        self.shown = 0;
        self.deck.seek(frame);
    }

    fn seek(&mut self, frame: u64) {
        let Some(end) = self.end() else { return };
        if matches!(self.state, State::Stopped | State::Ended) {
            self.state = State::Paused;
        }
        self.move_to(frame.min(end));
        self.tell();
    }

    /// How far the playhead can go in the take that is heard, as far as that is known.
    fn end(&self) -> Option<u64> {
        let heard = self.pair.heard()?;
        Some(heard.tape.length().unwrap_or_else(|| frames_in(LONGEST)))
    }

    fn set_loop(&mut self, stretch: Option<Stretch>) {
        let Some(end) = self.end() else { return };
        let looped = stretch
            .map(|Stretch { from, to }| Loop { from: frames_in(from), to: frames_in(to).min(end) });
        if self.looped.is_some() {
            // What was told of the last lap is no place to wait at.
            self.shown = 0;
        }
        self.looped = looped.filter(|it| it.from + SHORTEST <= it.to);
        self.deck.set_loop(self.looped);
        // Who is past its end, or will be before the renderer hears of it, goes to its start.
        if let Some(Loop { from, to }) = self.looped
            && self.deck.playhead() + SHORTEST / 2 >= to
        {
            self.move_to(from);
            if self.state == State::Ended {
                self.state = State::Paused;
            }
        }
        self.tell();
    }

    fn set_gain(&mut self) {
        // The third power: equal steps of the key sound like equal steps.
        let gain = if self.muted { 0.0 } else { (f32::from(self.volume) / 100.0).powi(3) };
        self.deck.set_gain(gain);
        self.tell();
    }

    pub(super) fn set_sides(&mut self) {
        for side in [0, 1] {
            let gain = match self.pair.gain(side, self.is_matched) {
                Gain::Matched(decibels) => 10_f32.powf(decibels / 20.0),
                Gain::Delivered | Gain::Matching => 1.0,
            };
            self.deck.set_side(side, gain);
        }
    }

    /// The system may take its time with the list.
    fn list_outputs(&self) {
        let post = self.post.clone();
        let list = move || _ = post.send(Message::Outputs(output::names()));
        if let Err(error) = thread::Builder::new().name("outputs".into()).spawn(list) {
            tracing::error!(%error, "no thread to list the outputs on");
        }
    }

    /// Once in a while as it plays: is it over, and where is it?
    fn beat(&mut self) {
        let end = self.pair.heard().and_then(|heard| heard.tape.end());
        if end.is_some_and(|end| self.deck.playhead() >= end) {
            self.halt(State::Ended);
        } else {
            self.tell();
        }
    }

    pub(super) fn say(&mut self, event: Event) {
        (self.events)(event);
    }

    fn tell_device(&mut self, device: Option<Device>) {
        if let Some(device) = device {
            self.say(Event::Device(device));
        }
    }
}
