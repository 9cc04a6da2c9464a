//! Turns the deck's wishes into samples.
//!
//! Runs on the audio thread: no I/O, no allocation, no lock that waits. Each stream has a renderer
//! of its own, made from the deck when the stream opens and gone with it.

use std::sync::Arc;

use super::Frame;
use super::deck::{Cue, Deck, Loop, Report};
use super::flow::Flow;
use super::ramp::Ramp;
use super::tape::Tape;

/// Frames of a change in volume, a pause or a change of take: 10 ms.
const RAMP: u32 = 480;
/// Frames of the crossfade of a seek.
const SEEK: u32 = 128;
/// Frames for which the deck is asked once.
const BLOCK: usize = 256;

/// A take that sounds, from its playhead on.
#[derive(Default)]
struct Voice {
    tape: Option<Arc<Tape>>,
    frame: u64,
    side: usize,
    gain: Ramp,
}

impl Voice {
    /// The frame under the playhead, which moves on only where there is one: a take that is not
    /// decoded that far waits in silence, one that has ended stays at its end.
    fn next(&mut self) -> Frame {
        let gain = self.gain.step();
        let Some(frame) = self.tape.as_ref().and_then(|tape| tape.frame(self.frame)) else {
            return Frame::default();
        };
        self.frame += 1;
        frame.map(|sample| sample * gain)
    }
}

/// What follows a deck.
pub(super) struct Renderer {
    deck: Arc<Deck>,
    now: Voice,
    mark: Option<u64>,
    /// What sounded before, on its way out, and how far out it is.
    before: Option<(Voice, Ramp)>,
    /// The way in of what sounds now.
    entry: Ramp,
    transport: Ramp,
    volume: Ramp,
    flow: Flow,
    looped: Option<Loop>,
}

impl Renderer {
    /// Follows a deck from where its playhead stands.
    pub(super) fn new(deck: Arc<Deck>) -> Self {
        let volume = Ramp::at(deck.gain(), RAMP);
        Self {
            deck,
            now: Voice::default(),
            mark: None,
            before: None,
            entry: Ramp::at(1.0, SEEK),
            transport: Ramp::at(0.0, RAMP),
            volume,
            flow: Flow::new(),
            looped: None,
        }
    }

    /// Fills `out` with interleaved stereo.
    pub(super) fn render(&mut self, out: &mut [f32]) {
        out.chunks_mut(BLOCK * 2).for_each(|block| self.block(block));
        self.deck.count();
    }

    fn block(&mut self, out: &mut [f32]) {
        let playing = self.deck.is_playing();
        self.follow(playing);
        self.transport.aim(if playing { 1.0 } else { 0.0 });
        self.volume.aim(self.deck.gain());
        self.now.gain.aim(self.deck.side(self.now.side));
        self.looped = self.loop_now();
        if self.flow.is_closed() {
            // Nothing sounds: there is nothing to fade.
            self.transport.jump(if playing { 1.0 } else { 0.0 });
        }
        let mut peaks = Frame::default();
        for out in out.chunks_exact_mut(2) {
            let gain = self.volume.step();
            let is_held = self.transport.is_closed() || self.flow.is_closed();
            // Held: the playhead stays where it is.
            let frame = if is_held { Frame::default() } else { self.frame(gain) };
            for (peak, sample) in peaks.iter_mut().zip(frame) {
                *peak = peak.max(sample.abs()).min(1.0);
            }
            out.copy_from_slice(&frame);
        }
        if let Some(mark) = self.mark {
            let settled = !playing && self.transport.is_closed();
            let starved = playing && self.flow.waits();
            self.deck.report(mark, self.now.frame, &Report { peaks, starved, settled });
        }
    }

    /// Takes up a new cue: at once in silence, by a crossfade while something sounds. While the
    /// sound fades out the cue waits, or the fade would be of the wrong place.
    fn follow(&mut self, playing: bool) {
        let silent = self.transport.is_silent() || self.flow.is_closed();
        if (silent || playing && self.before.is_none())
            && let Some(cue) = self.deck.new_cue(self.mark)
        {
            let before = self.take_up(cue);
            if !silent {
                let same = same_tape(before.tape.as_ref(), self.now.tape.as_ref());
                self.cross(before, if same { SEEK } else { RAMP });
            }
        }
        if silent {
            self.before = None;
            self.entry.jump(1.0);
        }
        if self.transport.is_silent() && playing && self.now.frame == 0 {
            // The top of a take is not faded in: its first attack belongs to it.
            self.transport.jump(1.0);
        }
        match &self.now.tape {
            Some(tape) => {
                let is_silent = self.transport.is_silent();
                self.flow.look(tape, self.now.frame, BLOCK as u64, is_silent);
            }
            None => self.flow = Flow::new(),
        }
    }

    /// What is played again and again. A take that ends within it turns back at its end.
    fn loop_now(&self) -> Option<Loop> {
        let Loop { from, to } = self.deck.looped()?;
        let end = self.now.tape.as_ref().and_then(|tape| tape.end()).unwrap_or(u64::MAX);
        let to = if end > from + u64::from(RAMP) { to.min(end) } else { to };
        Some(Loop { from, to })
    }

    /// Plays a cue from now on; what was played before.
    fn take_up(&mut self, cue: Cue) -> Voice {
        let frame = if cue.goes_on_from(self.mark) { self.now.frame } else { cue.frame };
        let gain = Ramp::at(self.deck.side(cue.side), RAMP);
        self.mark = Some(cue.mark);
        self.flow.renew();
        std::mem::replace(&mut self.now, Voice { tape: cue.tape, frame, side: cue.side, gain })
    }

    fn cross(&mut self, before: Voice, frames: u32) {
        self.entry = Ramp::at(if self.now.frame == 0 { 1.0 } else { 0.0 }, frames);
        self.entry.aim(1.0);
        let mut exit = Ramp::at(1.0, frames);
        exit.aim(0.0);
        self.before = Some((before, exit));
    }

    fn frame(&mut self, volume: f32) -> Frame {
        let gain = self.transport.step() * self.flow.step() * volume;
        let entry = self.entry.step();
        let mut mix = self.now.next().map(|sample| sample * entry);
        if let Some((before, exit)) = &mut self.before {
            let gain = exit.step();
            let tail = before.next();
            mix = [mix[0] + tail[0] * gain, mix[1] + tail[1] * gain];
            if exit.is_closed() {
                self.before = None;
            }
        }
        self.turn_back();
        mix.map(|sample| sample * gain)
    }

    /// At the end of a loop, back to its start.
    fn turn_back(&mut self) {
        let Some(Loop { from, to }) = self.looped.filter(|it| it.to == self.now.frame) else {
            return;
        };
        let (tape, side, gain) = (self.now.tape.clone(), self.now.side, self.now.gain);
        let before = Voice { tape, frame: to, side, gain };
        self.now.frame = from;
        // It may still have been on its way in.
        let gain = self.entry.value();
        self.cross(before, SEEK);
        if let Some((_, exit)) = &mut self.before {
            *exit = Ramp::at(gain, SEEK);
            exit.aim(0.0);
        }
        self.deck.lap();
    }
}

fn same_tape(a: Option<&Arc<Tape>>, b: Option<&Arc<Tape>>) -> bool {
    matches!((a, b), (Some(a), Some(b)) if Arc::ptr_eq(a, b))
}
