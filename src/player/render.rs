//! Turns the deck's wishes into samples.
//!
//! Runs on the audio thread: no I/O, no allocation, no lock that waits. Each stream has a renderer
//! of its own, made from the deck when the stream opens and gone with it.

use std::sync::Arc;

use super::deck::{Cue, Deck};
use super::decoder::Frame;
use super::ramp::Ramp;

/// Frames of a change in volume, a pause or a change of take: 10 ms.
const RAMP: u32 = 480;
/// Frames of the crossfade of a seek.
const SEEK: u32 = 128;

/// What follows a deck.
pub(super) struct Renderer {
    deck: Arc<Deck>,
    /// The cue that sounds; its `frame` is the playhead.
    now: Cue,
    mark: Option<u64>,
    /// What sounded before, on its way out, and how far out it is.
    before: Option<(Cue, Ramp)>,
    /// The way in of what sounds now.
    entry: Ramp,
    transport: Ramp,
    volume: Ramp,
}

impl Renderer {
    /// Follows a deck from where its playhead stands.
    pub(super) fn new(deck: Arc<Deck>) -> Self {
        let volume = Ramp::at(deck.gain(), RAMP);
        Self {
            deck,
            now: Cue::default(),
            mark: None,
            before: None,
            entry: Ramp::at(1.0, SEEK),
            transport: Ramp::at(0.0, RAMP),
            volume,
        }
    }

    /// Fills `out` with interleaved stereo.
    pub(super) fn render(&mut self, out: &mut [f32]) {
        let playing = self.deck.is_playing();
        self.follow(playing);
        self.transport.aim(if playing { 1.0 } else { 0.0 });
        self.volume.aim(self.deck.gain());
        let mut peak = 0.0_f32;
        for out in out.chunks_exact_mut(2) {
            let gain = self.volume.step();
            // Held: the playhead stays where it is.
            let frame = if self.transport.is_closed() { [0.0; 2] } else { self.frame(gain) };
            peak = peak.max(frame[0].abs()).max(frame[1].abs());
            out.copy_from_slice(&frame);
        }
        if let Some(mark) = self.mark {
            let settled = !playing && self.transport.is_closed();
            self.deck.report(mark, self.now.frame, peak.min(1.0), settled);
        }
    }

    /// Takes up a new cue: at once in silence, by a crossfade while something sounds. While the
    /// sound fades out the cue waits, or the fade would be of the wrong place.
    fn follow(&mut self, playing: bool) {
        let silent = self.transport.is_silent();
        if (silent || playing && self.before.is_none())
            && let Some(cue) = self.deck.new_cue(self.mark)
        {
            self.mark = Some(cue.mark);
            let before = std::mem::replace(&mut self.now, cue);
            if !silent {
                self.cross(before);
            }
        }
        if silent {
            self.before = None;
            self.entry.jump(1.0);
            // The top of a take is not faded in: its first attack belongs to it.
            if playing && self.now.frame == 0 {
                self.transport.jump(1.0);
            }
        }
    }

    fn cross(&mut self, before: Cue) {
        let frames = if same_tape(&before, &self.now) { SEEK } else { RAMP };
        self.entry = Ramp::at(if self.now.frame == 0 { 1.0 } else { 0.0 }, frames);
        self.entry.aim(1.0);
        let mut exit = Ramp::at(1.0, frames);
        exit.aim(0.0);
        self.before = Some((before, exit));
    }

    fn frame(&mut self, volume: f32) -> Frame {
        let gain = self.transport.step() * volume;
        let entry = self.entry.step();
        let mut mix = advance(&mut self.now).map(|sample| sample * entry);
        if let Some((before, exit)) = &mut self.before {
            let gain = exit.step();
            let tail = advance(before);
            mix = [mix[0] + tail[0] * gain, mix[1] + tail[1] * gain];
            if exit.is_closed() {
                self.before = None;
            }
        }
        mix.map(|sample| sample * gain)
    }
}

/// The frame under a playhead, which moves on only where there is one: a take that is not decoded
/// that far waits in silence, one that has ended stays at its end.
fn advance(cue: &mut Cue) -> Frame {
    let frame = cue.frame_at(cue.frame);
    cue.frame += u64::from(frame.is_some());
    frame.unwrap_or_default()
}

fn same_tape(a: &Cue, b: &Cue) -> bool {
    matches!((&a.tape, &b.tape), (Some(a), Some(b)) if Arc::ptr_eq(a, b))
}
