//! The control thread: takes commands, keeps the deck's state, tells what happens.
//!
//! While nothing plays it sleeps in `recv` without a timeout: no timer, no wakeup, and after
//! [`LINGER`] no stream either, so the device is free and its callbacks have ended.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use super::deck::Deck;
use super::loader::{self, News};
use super::message::Message;
use super::output::{Call, OutputKind};
use super::rack::Rack;
use super::tape::Tape;
use super::{Command, Device, Event, LONGEST, ProbeError, State, Status, frames_in, time_of};
use crate::song::TakeId;

/// Between two statuses of a take that plays.
const BEAT: Duration = Duration::from_millis(40);
/// How long the device stays open after the sound: longer than its buffer lasts, and than a hand
/// takes to change its mind.
const LINGER: Duration = Duration::from_millis(500);

/// The take on the deck.
struct Loaded {
    take: TakeId,
    tape: Arc<Tape>,
    /// Whether it plays as soon as it can.
    eager: bool,
}

/// The state of the control thread.
pub(super) struct Control {
    deck: Arc<Deck>,
    rack: Rack,
    post: Sender<Message>,
    events: Box<dyn FnMut(Event) + Send>,
    loaded: Option<Loaded>,
    ticket: u64,
    state: State,
    volume: u8,
    /// The length that was told last.
    told: Option<u64>,
    /// The frame that was told last, below which only a seek goes: a device that opens late or has
    /// a longer buffer than the one before must not move the playhead back.
    shown: u64,
    next_beat: Instant,
    close_at: Option<Instant>,
    /// Tapes that a renderer may still hold; see [`Deck::cue`].
    retired: Vec<Arc<Tape>>,
}

impl Control {
    /// An empty deck at full volume. `post` leads to the inbox that [`Control::run`] will read.
    pub(super) fn new(
        output: OutputKind,
        post: Sender<Message>,
        events: Box<dyn FnMut(Event) + Send>,
    ) -> Self {
        let deck = Deck::new();
        Self {
            rack: Rack::new(output, Arc::clone(&deck), post.clone()),
            deck,
            post,
            events,
            loaded: None,
            ticket: 0,
            state: State::Stopped,
            volume: 100,
            told: None,
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
        if let Some(loaded) = &self.loaded {
            loaded.tape.discard();
        }
    }

    /// When there is something to do without a message.
    fn due(&self) -> Option<Instant> {
        let beat =
            (self.state == State::Playing && !self.rack.is_by_hand()).then_some(self.next_beat);
        beat.into_iter().chain(self.close_at).min()
    }

    fn keep_time(&mut self) {
        let now = Instant::now();
        if self.due().is_some_and(|due| due <= now) {
            if self.close_at.is_some_and(|at| at <= now) {
                self.close_at = None;
                self.rack.close();
            }
            if self.state == State::Playing && self.next_beat <= now {
                self.next_beat = now + BEAT;
                let device = self.rack.check();
                self.tell_device(device);
                self.beat();
            }
        }
        self.retired.retain(|tape| Arc::strong_count(tape) > 1);
    }

    fn take(&mut self, message: Message) {
        match message {
            Message::Command(command) => self.obey(command),
            Message::Load { ticket, news } if ticket == self.ticket => self.hear(news),
            Message::Call { serial, call: Call::Lost(why) } => {
                let device = self.rack.lose(serial, why, self.state == State::Playing);
                self.tell_device(device);
            }
            Message::Call { call: Call::Turned, .. } if self.state == State::Playing => self.beat(),
            Message::Call { call: Call::Turned, .. } if self.deck.is_settled() => self.rack.close(),
            Message::Load { .. } | Message::Call { .. } | Message::Quit => {}
        }
    }

    fn obey(&mut self, command: Command) {
        let moved = |from: u64, by: f32| from as f64 + f64::from(by) * f64::from(super::RATE);
        match command {
            Command::Open { take, path, play } => {
                self.unload();
                self.ticket += 1;
                let (ticket, post) = (self.ticket, self.post.clone());
                let tape = Tape::new();
                self.loaded = Some(Loaded { take, tape: Arc::clone(&tape), eager: play });
                self.halt(State::Loading);
                loader::load(path, tape, move |news| _ = post.send(Message::Load { ticket, news }));
            }
            Command::Toggle => self.toggle(),
            Command::Pause => match self.state {
                State::Playing => self.halt(State::Paused),
                State::Loading => self.set_eager(false),
                State::Stopped | State::Paused | State::Ended => {}
            },
            Command::Stop => match self.state {
                State::Playing | State::Paused | State::Ended => {
                    self.deck.play(false);
                    self.move_to(0);
                    self.halt(State::Stopped);
                }
                State::Loading => self.set_eager(false),
                State::Stopped => {}
            },
            Command::SeekBy(by) => self.seek(moved(self.deck.playhead(), by).max(0.0) as u64),
            Command::SeekTo(time) => self.seek(frames_in(time)),
            Command::Volume(percent) => {
                self.volume = percent.min(100);
                // The third power: equal steps of the key sound like equal steps.
                self.deck.set_gain((f32::from(self.volume) / 100.0).powi(3));
                self.tell();
            }
            Command::Close => {
                self.unload();
                self.halt(State::Stopped);
            }
        }
    }

    fn hear(&mut self, news: News) {
        let Some(loaded) = &self.loaded else { return };
        match (news, self.state) {
            (News::Begun | News::Whole, State::Loading) if loaded.eager => self.begin(),
            (News::Whole, State::Loading) => {
                let tape = Arc::clone(&loaded.tape);
                self.cue(Some(tape));
                self.halt(State::Stopped);
            }
            // Only now it is known for sure how long it is.
            (News::Whole, state) if state != State::Playing && loaded.tape.end() != self.told => {
                self.tell();
            }
            (News::Failed(error), _) => self.fail(&error),
            (News::Begun | News::Whole, _) => {}
        }
    }

    fn fail(&mut self, error: &ProbeError) {
        let take = self.loaded.as_ref().map(|loaded| loaded.take);
        self.unload();
        if let Some(take) = take {
            tracing::warn!(%take, %error, "the take cannot be played");
            let (what, advice) = (error.to_string(), error.advice().into());
            (self.events)(Event::Failed { take, what, advice });
        }
        self.halt(State::Stopped);
    }

    fn toggle(&mut self) {
        let Some(loaded) = &self.loaded else { return };
        match self.state {
            State::Playing => self.halt(State::Paused),
            State::Paused | State::Stopped => self.start(),
            State::Ended => {
                self.move_to(0);
                self.start();
            }
            State::Loading => {
                let (eager, ready) = (!loaded.eager, loaded.tape.frame(0).is_some());
                self.set_eager(eager);
                if eager && ready {
                    self.begin();
                }
            }
        }
    }

    fn set_eager(&mut self, eager: bool) {
        if let Some(loaded) = &mut self.loaded {
            loaded.eager = eager;
        }
    }

    fn begin(&mut self) {
        let tape = self.loaded.as_ref().map(|loaded| Arc::clone(&loaded.tape));
        self.cue(tape);
        self.start();
    }

    fn start(&mut self) {
        self.deck.play(true);
        let device = self.rack.open();
        self.tell_device(device);
        if !self.rack.is_open() {
            return self.halt(State::Paused);
        }
        self.state = State::Playing;
        self.close_at = None;
        self.next_beat = Instant::now() + BEAT;
        self.tell();
    }

    /// Lets the sound fade, and soon the device go.
    fn halt(&mut self, state: State) {
        self.deck.play(false);
        self.state = state;
        let lingers = self.rack.is_open() && !self.rack.is_by_hand();
        self.close_at = lingers.then(|| Instant::now() + LINGER);
        self.tell();
    }

    fn unload(&mut self) {
        if let Some(loaded) = self.loaded.take() {
            loaded.tape.discard();
        }
        self.deck.play(false);
        self.cue(None);
    }

    fn cue(&mut self, tape: Option<Arc<Tape>>) {
        self.shown = 0;
        self.retired.extend(self.deck.cue(tape, 0));
    }

    fn move_to(&mut self, frame: u64) {
        self.shown = 0;
        self.deck.seek(frame);
    }

    fn seek(&mut self, frame: u64) {
        let Some(loaded) = &self.loaded else { return };
        let end = loaded.tape.length().unwrap_or_else(|| frames_in(LONGEST));
        match self.state {
            State::Loading => return,
            State::Playing | State::Paused => {}
            State::Stopped | State::Ended => self.state = State::Paused,
        }
        self.move_to(frame.min(end));
        self.tell();
    }

    /// Once in a while as it plays: is it over, and where is it?
    fn beat(&mut self) {
        let end = self.loaded.as_ref().and_then(|loaded| loaded.tape.end());
        if end.is_some_and(|end| self.deck.playhead() >= end) {
            self.halt(State::Ended);
        } else {
            self.tell();
        }
    }

    fn tell(&mut self) {
        let tape = self.loaded.as_ref().map(|loaded| &loaded.tape);
        // A take that has ended is heard to its end, by the time anybody reads this.
        let latency = if self.state == State::Ended { 0 } else { self.rack.latency() };
        let heard = self.deck.heard(latency).max(self.shown);
        self.shown = heard;
        self.told = tape.and_then(|tape| tape.length());
        let end = tape.and_then(|tape| tape.end());
        let level = self.deck.take_level();
        (self.events)(Event::Status(Status {
            take: self.loaded.as_ref().map(|loaded| loaded.take),
            state: self.state,
            position: time_of(end.map_or(heard, |end| heard.min(end))),
            total: self.told.map(time_of),
            level: if self.state == State::Playing { level } else { 0.0 },
            volume: self.volume,
        }));
    }

    fn tell_device(&mut self, device: Option<Device>) {
        if let Some(device) = device {
            (self.events)(Event::Device(device));
        }
    }
}
