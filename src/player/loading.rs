//! The control thread's part in loading takes: what is asked of the decoders, and what comes of it.

use std::time::Instant;

use super::control::{BEAT, Control};
use super::loader::{Flaw, News};
use super::pair::{Loaded, Which};
use super::picture::Picture;
use super::{Event, ProbeError, Recording, State, time_of};
use crate::song::{Lufs, TakeId};

impl Control {
    pub(super) fn open(&mut self, take: Recording, rival: Option<Recording>, play: bool) {
        let was_on = self.pair.holds(take.take);
        let before = self.pair.put(take, rival);
        self.retired.extend(before);
        // Else its last frame will be news.
        let was_there = self.is_there();
        if let Err(take) = self.pair.begin(Which::Heard, &self.feeds, &self.post) {
            return self.is_gone(take, true);
        }
        if !was_on {
            self.looped = None;
            self.deck.set_loop(None);
        }
        self.picture = self.picture.take().map(|_| Picture::new());
        if !play {
            self.deck.play(false);
        }
        self.cue_heard(0);
        self.set_sides();
        self.begin_rival();
        self.cueing = !play && !was_there;
        if play { self.start() } else { self.halt(State::Stopped) }
    }

    /// Whether a take that is not to be played yet is where it can be.
    fn is_there(&self) -> bool {
        self.pair
            .heard()
            .is_some_and(|it| it.tape.is_whole() || (it.is_arriving() && it.tape.ready() > 0))
    }

    /// The other is decoded when there is something to hear of the first.
    fn begin_rival(&mut self) {
        let is_there = self.pair.heard().is_some_and(|heard| heard.tape.ready() > 0);
        if is_there && let Err(take) = self.pair.begin(Which::Rival, &self.feeds, &self.post) {
            self.is_gone(take, false);
        }
    }

    /// A take does not arrive any more, and is off the deck.
    pub(super) fn is_gone(&mut self, take: TakeId, was_heard: bool) {
        let what = "the recording is not on its way any more".to_owned();
        let advice = "Play it once more; if it did not come, its job says why".to_owned();
        self.say(Event::Failed { take, what, advice });
        self.has_lost(was_heard);
    }

    /// One of the two is off the deck.
    fn has_lost(&mut self, was_heard: bool) {
        if was_heard {
            self.unload();
            self.halt(State::Stopped);
        } else {
            self.set_sides();
            self.tell();
        }
    }

    pub(super) fn hear(&mut self, ticket: u64, news: News) {
        let is_heard = self.pair.is_heard(ticket);
        let Some(take) = self.pair.with(ticket).map(|loaded| loaded.take()) else { return };
        match news {
            News::Begun => {
                self.begin_rival();
                if is_heard {
                    self.is_ready();
                }
            }
            News::Grown { peaks } => {
                let ready = self.pair.with(ticket).map_or(0, |loaded| loaded.tape.ready());
                self.say(Event::Growing { take, ready: time_of(ready), peaks });
                if is_heard && self.state != State::Playing {
                    self.tell();
                }
            }
            News::Whole { peaks, loudness, flaw } => self.is_whole(ticket, peaks, loudness, flaw),
            News::Anew => {
                let before = self.pair.renew(ticket);
                self.retired.extend(before);
                let at = self.deck.playhead();
                if is_heard {
                    self.cue_heard(at);
                }
                let which = if is_heard { Which::Heard } else { Which::Rival };
                if let Err(take) = self.pair.begin(which, &self.feeds, &self.post) {
                    self.is_gone(take, is_heard);
                }
            }
            News::Failed(error) => self.fail(ticket, &error),
        }
    }

    /// The first frames of the take that is heard are there.
    fn is_ready(&mut self) {
        if self.state == State::Playing && !self.rack.is_open() {
            self.start();
        } else if self.state == State::Playing && self.rack.is_clocked() {
            // The device will have rendered some of them by then.
            self.next_beat = self.next_beat.min(Instant::now() + BEAT / 4);
        } else if self.state == State::Playing {
            self.tell();
        } else if self.cueing && self.pair.heard().is_some_and(Loaded::is_arriving) {
            self.cueing = false;
            self.tell();
        }
    }

    fn is_whole(
        &mut self,
        ticket: u64,
        peaks: Vec<u8>,
        loudness: Option<Lufs>,
        flaw: Option<Flaw>,
    ) {
        self.pair.measured(ticket, loudness);
        self.begin_rival();
        self.set_sides();
        let is_heard = self.pair.is_heard(ticket);
        let Some(loaded) = self.pair.with(ticket) else { return };
        loaded.is_broken = flaw.is_some();
        let take = loaded.take();
        let duration = time_of(loaded.tape.end().unwrap_or_default());
        match flaw {
            // What is not all of it says nothing about the take.
            Some(Flaw { what, advice }) => self.say(Event::Flawed { take, what, advice }),
            None => self.say(Event::Measured { take, duration, loudness, peaks }),
        }
        self.cueing &= !is_heard;
        if self.state != State::Playing {
            self.tell();
        }
    }

    fn fail(&mut self, ticket: u64, error: &ProbeError) {
        let is_heard = self.pair.is_heard(ticket);
        let Some((take, tape)) = self.pair.remove(ticket) else { return };
        self.retired.push(tape);
        tracing::warn!(%take, %error, "the take cannot be played");
        let (what, advice) = (error.to_string(), error.advice().into());
        self.say(Event::Failed { take, what, advice });
        self.has_lost(is_heard);
    }
}
