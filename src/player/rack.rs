//! The output as the control thread has it: open or not, the real one or the silent clock that
//! stands in for it.

use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use super::Device;
use super::deck::Deck;
use super::message::Message;
use super::output::{self, OutputKind, Sink, Stream};

/// A device that has pulled nothing over so many looks, 2 s, has died without a word. Looks and not
/// seconds: after a stop of the whole program the device deserves its chance.
const PATIENCE: u32 = 50;

/// A device that is not there is tried again after this long...
const SOON: Duration = Duration::from_secs(1);
/// ...then after twice as long, up to this.
const LATE: Duration = Duration::from_secs(30);

/// At most one open stream, and what is known about the device.
pub(super) struct Rack {
    kind: OutputKind,
    deck: Arc<Deck>,
    post: Sender<Message>,
    stream: Option<Stream>,
    /// Tells the calls of this stream from late ones of the stream before.
    serial: u64,
    device: Device,
    /// The deck's block count, and at how many looks it was the same.
    pulse: (u64, u32),
    /// When the real output is tried again while the clock stands in, and how long after that.
    retry: Option<(Instant, Duration)>,
}

impl Rack {
    /// Nothing is opened yet.
    pub(super) fn new(kind: OutputKind, deck: Arc<Deck>, post: Sender<Message>) -> Self {
        Self {
            kind,
            deck,
            post,
            stream: None,
            serial: 0,
            device: Device::Unopened,
            pulse: (0, 0),
            retry: None,
        }
    }

    /// Sees to it that something pulls frames, and tries for the real output again where the clock
    /// stands in. Returns the device where it is another than before.
    pub(super) fn open(&mut self) -> Option<Device> {
        self.pulse = (self.deck.blocks(), 0);
        if self.stream.is_some() && !self.is_stand_in() {
            return None;
        }
        match self.open_as(&self.kind.clone()) {
            Ok(device) => {
                self.retry = None;
                self.note(device)
            }
            Err(why) => self.stand_in(why),
        }
    }

    /// Plays elsewhere from the next opening on.
    pub(super) fn set_kind(&mut self, kind: OutputKind) {
        self.close();
        (self.kind, self.retry) = (kind, None);
    }

    /// When to open it again, because the clock stands in.
    pub(super) fn retry_at(&self) -> Option<Instant> {
        self.retry.map(|(at, _)| at)
    }

    /// Closes the output. Where it was a device, it is free for others now.
    pub(super) fn close(&mut self) {
        self.stream = None;
    }

    /// The device of stream `serial` is gone. While the deck plays, the clock takes over.
    pub(super) fn lose(&mut self, serial: u64, why: String, playing: bool) -> Option<Device> {
        if serial != self.serial || self.stream.is_none() {
            return None;
        }
        tracing::warn!(%why, "the audio device is lost");
        self.close();
        if playing { self.stand_in(why) } else { self.note(Device::Silent { why }) }
    }

    /// A look at the device as it plays, some 25 a second: as [`Rack::lose`], if it has stopped
    /// pulling without saying so.
    pub(super) fn check(&mut self) -> Option<Device> {
        let blocks = self.deck.blocks();
        let idle = if blocks == self.pulse.0 { self.pulse.1 + 1 } else { 0 };
        self.pulse = (blocks, idle);
        let heard = self.stream.as_ref().is_some_and(|it| matches!(it.sink, Sink::Device(_)));
        if !heard || idle < PATIENCE {
            return None;
        }
        self.lose(self.serial, "the device takes no more sound".into(), true)
    }

    /// Whether a stream is open.
    pub(super) fn is_open(&self) -> bool {
        self.stream.is_some()
    }

    /// Whether something pulls by itself.
    pub(super) fn is_clocked(&self) -> bool {
        self.is_open() && !self.is_by_hand()
    }

    /// Whether a hand pulls, so that no clock counts.
    pub(super) fn is_by_hand(&self) -> bool {
        self.stream.as_ref().is_some_and(|stream| stream.sink == Sink::Hand)
    }

    /// Frames that are rendered before they are heard.
    pub(super) fn latency(&self) -> u64 {
        self.stream.as_ref().map_or(0, |stream| stream.latency)
    }

    fn is_stand_in(&self) -> bool {
        let clock = self.stream.as_ref().is_some_and(|stream| stream.sink == Sink::Clock);
        clock && !matches!(self.kind, OutputKind::Silent)
    }

    fn stand_in(&mut self, why: String) -> Option<Device> {
        let wait = self.retry.map_or(SOON, |(_, wait)| (wait * 2).min(LATE));
        self.retry = Some((Instant::now() + wait, wait));
        tracing::debug!(%why, "playing to a silent clock");
        if let Err(error) = self.open_as(&OutputKind::Silent) {
            tracing::error!(%error, "and that does not start either");
        }
        self.note(Device::Silent { why })
    }

    fn open_as(&mut self, kind: &OutputKind) -> Result<Device, String> {
        // First of all the old one: there is one renderer to a deck, and one device to a program.
        self.close();
        self.serial += 1;
        let (serial, post) = (self.serial, self.post.clone());
        let call = move |call| _ = post.send(Message::Call { serial, call });
        let stream = output::open(kind, &self.deck, call)?;
        let device = match &stream.sink {
            Sink::Device(name) => Device::Sound(name.clone()),
            Sink::Hand => Device::Sound("hand crank".into()),
            Sink::Clock => Device::Off,
        };
        self.stream = Some(stream);
        Ok(device)
    }

    fn note(&mut self, device: Device) -> Option<Device> {
        if device == self.device {
            return None;
        }
        self.device = device.clone();
        Some(device)
    }
}
