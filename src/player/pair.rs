//! The takes on the deck: the one that is heard and the other of its pair.

use std::sync::Arc;
use std::sync::mpsc::Sender;

use super::feed::{Feed, Feeds};
use super::loader::{self, Origin};
use super::message::Message;
use super::tape::Tape;
use super::{Gain, Recording, Source};
use crate::song::{Lufs, TakeId};

/// How loud a take is.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Loudness {
    /// Nobody has measured it yet.
    Unknown,
    /// It is silence.
    None,
    Of(Lufs),
}

/// A take on the deck.
pub(super) struct Loaded {
    pub(super) recording: Recording,
    pub(super) tape: Arc<Tape>,
    /// Tells its news from those of another loading.
    ticket: u64,
    loudness: Loudness,
    /// Whether what is there is not all of it.
    pub(super) is_broken: bool,
    /// Where it arrives from.
    feed: Option<Feed>,
    /// Whether somebody decodes it, or did.
    begun: bool,
}

impl Loaded {
    fn new(recording: Recording) -> Self {
        let loudness = recording.loudness.map_or(Loudness::Unknown, Loudness::Of);
        Self {
            recording,
            tape: Tape::new(),
            ticket: 0,
            loudness,
            is_broken: false,
            feed: None,
            begun: false,
        }
    }

    /// Its name.
    pub(super) fn take(&self) -> TakeId {
        self.recording.take
    }

    /// Whether more of it is to come from elsewhere.
    pub(super) fn is_arriving(&self) -> bool {
        self.feed.is_some() && !self.tape.is_whole()
    }

    /// Whether this is what is wanted: a take that arrived and is in a file now is the same. What
    /// broke off may be whole by now.
    fn is(&self, wanted: &Recording) -> bool {
        !self.is_broken
            && self.recording.take == wanted.take
            && (self.recording.source == wanted.source || self.recording.source == Source::Arriving)
    }

    fn discard(&self) {
        self.tape.discard();
        if let Some(feed) = &self.feed {
            feed.nudge();
        }
    }
}

/// At most two takes, and which of them is heard.
#[derive(Default)]
pub(super) struct Pair {
    slots: [Option<Loaded>; 2],
    heard: usize,
    next_ticket: u64,
}

impl Pair {
    /// The take that is heard.
    pub(super) fn heard(&self) -> Option<&Loaded> {
        self.slots[self.heard].as_ref()
    }

    /// The other one.
    pub(super) fn rival(&self) -> Option<&Loaded> {
        self.slots[1 - self.heard].as_ref()
    }

    /// The place of the take that is heard, 0 or 1.
    pub(super) fn side(&self) -> usize {
        self.heard
    }

    /// Whether a take is on the deck.
    pub(super) fn holds(&self, take: TakeId) -> bool {
        self.slots.iter().flatten().any(|loaded| loaded.take() == take)
    }

    /// The other one is heard from now on.
    pub(super) fn switch(&mut self) {
        self.heard = 1 - self.heard;
    }

    /// Puts takes in place of those there are, which come back; one that is there already stays.
    pub(super) fn put(&mut self, take: Recording, rival: Option<Recording>) -> Vec<Arc<Tape>> {
        let mut before: Vec<Loaded> = self.slots.iter_mut().filter_map(Option::take).collect();
        let mut slot = |wanted: Recording| match before.iter().position(|it| it.is(&wanted)) {
            Some(index) => before.swap_remove(index),
            None => Loaded::new(wanted),
        };
        self.slots = [Some(slot(take)), rival.map(slot)];
        self.heard = 0;
        before.into_iter().map(Self::retire).collect()
    }

    /// Takes both off; what they were on comes back.
    pub(super) fn clear(&mut self) -> Vec<Arc<Tape>> {
        self.slots.iter_mut().filter_map(Option::take).map(Self::retire).collect()
    }

    /// Takes off the one with that ticket, and what it was on.
    pub(super) fn remove(&mut self, ticket: u64) -> Option<(TakeId, Arc<Tape>)> {
        let slot = self.slots.iter_mut().find(|slot| has(slot.as_ref(), ticket))?;
        slot.take().map(|loaded| (loaded.take(), Self::retire(loaded)))
    }

    fn retire(loaded: Loaded) -> Arc<Tape> {
        loaded.discard();
        loaded.tape
    }

    /// The take of a loading.
    pub(super) fn with(&mut self, ticket: u64) -> Option<&mut Loaded> {
        self.slots.iter_mut().find(|slot| has(slot.as_ref(), ticket))?.as_mut()
    }

    /// Whether it is the one that is heard.
    pub(super) fn is_heard(&self, ticket: u64) -> bool {
        has(self.slots[self.heard].as_ref(), ticket)
    }

    /// Starts decoding what nobody decodes yet: first the one that is heard, and the other once
    /// that has begun. Who asks for a take that does not arrive any more gets it back.
    pub(super) fn begin(
        &mut self,
        which: Which,
        feeds: &Feeds,
        post: &Sender<Message>,
    ) -> Result<(), TakeId> {
        let index = match which {
            Which::Heard => self.heard,
            Which::Rival => 1 - self.heard,
        };
        let Some(loaded) = self.slots[index].as_mut().filter(|loaded| !loaded.begun) else {
            return Ok(());
        };
        let take = loaded.take();
        let origin = match &loaded.recording.source {
            Source::File(path) => Origin::File(path.clone()),
            Source::Arriving => match feeds.get(take) {
                Some(feed) => Origin::Feed(feed),
                None => {
                    self.slots[index] = None;
                    return Err(take);
                }
            },
        };
        if let Origin::Feed(feed) = &origin {
            loaded.feed = Some(feed.clone());
        }
        loaded.begun = true;
        self.next_ticket += 1;
        loaded.ticket = self.next_ticket;
        let (ticket, post) = (loaded.ticket, post.clone());
        loader::load(origin, Arc::clone(&loaded.tape), move |news| {
            // Nobody hears it any more where this fails.
            let _ = post.send(Message::Load { ticket, news });
        });
        Ok(())
    }

    /// The take of that ticket is to be decoded again from its first byte; the tape it was on.
    pub(super) fn renew(&mut self, ticket: u64) -> Option<Arc<Tape>> {
        let loaded = self.with(ticket)?;
        loaded.begun = false;
        (loaded.loudness, loaded.is_broken) = (Loudness::Unknown, false);
        Some(std::mem::replace(&mut loaded.tape, Tape::new()))
    }

    /// How loud the take of that ticket is.
    pub(super) fn measured(&mut self, ticket: u64, loudness: Option<Lufs>) {
        if let Some(loaded) = self.with(ticket) {
            loaded.loudness = loudness.map_or(Loudness::None, Loudness::Of);
        }
    }

    /// What is done about the loudness of the one at `side`: the louder one is turned down to the
    /// other. Nothing is turned up, for there may be no room above.
    pub(super) fn gain(&self, side: usize, is_matched: bool) -> Gain {
        let (Some(own), Some(other)) = (&self.slots[side], &self.slots[1 - side]) else {
            return Gain::Delivered;
        };
        match (own.loudness, other.loudness) {
            _ if !is_matched => Gain::Delivered,
            (Loudness::Of(own), Loudness::Of(other)) => {
                Gain::Matched((other.value() - own.value()).min(0.0))
            }
            (Loudness::None, _) | (_, Loudness::None) => Gain::Delivered,
            (Loudness::Unknown, _) | (_, Loudness::Unknown) => Gain::Matching,
        }
    }
}

/// One of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    Heard,
    Rival,
}

fn has(slot: Option<&Loaded>, ticket: u64) -> bool {
    slot.is_some_and(|loaded| loaded.begun && loaded.ticket == ticket)
}
