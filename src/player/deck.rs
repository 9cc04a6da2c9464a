//! The deck: what shall sound, from where and how loud, and how far it has got.
//!
//! The control thread writes the wishes and a renderer reads them; neither waits for the other.
//! Where the playhead stands lives here and not in a stream, so it outlasts every device.

use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};

use super::decoder::Frame;
use super::tape::Tape;

/// Bits of the head's word that hold the frame, 265 days; the rest are the cue's mark.
const FRAME_BITS: u32 = 40;
const FRAME_MASK: u64 = (1 << FRAME_BITS) - 1;
const MARK_MASK: u64 = u64::MAX >> FRAME_BITS;

/// Where to play from. Its mark tells a new cue from the one before.
#[derive(Clone, Default)]
pub(super) struct Cue {
    pub(super) mark: u64,
    pub(super) tape: Option<Arc<Tape>>,
    pub(super) frame: u64,
}

/// Shared by the control thread and one renderer at a time.
pub(super) struct Deck {
    cue: Mutex<Cue>,
    mark: AtomicU64,
    /// The mark of the cue that is followed and the next frame of it, in one word: a position is
    /// never taken for one of another take or of before a seek.
    head: AtomicU64,
    playing: AtomicBool,
    settled: AtomicBool,
    gain: AtomicU32,
    level: AtomicU32,
    blocks: AtomicU64,
}

impl Deck {
    /// Empty, held, at full volume.
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Self {
            cue: Mutex::default(),
            mark: AtomicU64::new(0),
            head: AtomicU64::new(0),
            playing: AtomicBool::new(false),
            settled: AtomicBool::new(true),
            gain: AtomicU32::new(1.0_f32.to_bits()),
            level: AtomicU32::new(0),
            blocks: AtomicU64::new(0),
        })
    }

    // For the control thread.

    /// Puts the playhead on a frame of a tape. Returns the tape that was cued before, for the
    /// caller to keep while a renderer may hold it: freeing 40 MB is no work for an audio thread.
    pub(super) fn cue(&self, tape: Option<Arc<Tape>>, frame: u64) -> Option<Arc<Tape>> {
        let mut cue = self.lock();
        cue.mark = (cue.mark + 1) & MARK_MASK;
        cue.frame = frame.min(FRAME_MASK);
        let before = std::mem::replace(&mut cue.tape, tape);
        self.mark.store(cue.mark, Ordering::Release);
        before
    }

    /// Moves the playhead within the tape that is cued.
    pub(super) fn seek(&self, frame: u64) {
        let tape = self.lock().tape.clone();
        self.cue(tape, frame);
    }

    /// Lets the playhead move or holds it.
    pub(super) fn play(&self, playing: bool) {
        if playing {
            self.settled.store(false, Ordering::Release);
        }
        self.playing.store(playing, Ordering::Release);
    }

    /// Sets the gain, 0.0 to 1.0.
    pub(super) fn set_gain(&self, gain: f32) {
        self.gain.store(gain.to_bits(), Ordering::Release);
    }

    /// The next frame to be rendered.
    pub(super) fn playhead(&self) -> u64 {
        self.heard(0)
    }

    /// The frame that is heard now through a device that is `latency` frames behind.
    pub(super) fn heard(&self, latency: u64) -> u64 {
        let cue = self.lock();
        match self.followed(cue.mark) {
            // What was rendered before a seek may still sound, but the place sought is shown.
            Some(frame) => frame.saturating_sub(latency).max(cue.frame),
            None => cue.frame,
        }
    }

    /// The loudest sample since it was asked the last time.
    pub(super) fn take_level(&self) -> f32 {
        f32::from_bits(self.level.swap(0, Ordering::Relaxed))
    }

    /// Counts rendered blocks; it stands still where nobody pulls.
    pub(super) fn blocks(&self) -> u64 {
        self.blocks.load(Ordering::Relaxed)
    }

    /// Whether the deck is held and the last of the sound has faded.
    pub(super) fn is_settled(&self) -> bool {
        self.settled.load(Ordering::Acquire)
    }

    // For a renderer.

    /// Whether the playhead shall move.
    pub(super) fn is_playing(&self) -> bool {
        self.playing.load(Ordering::Acquire)
    }

    /// The gain that is wanted.
    pub(super) fn gain(&self) -> f32 {
        f32::from_bits(self.gain.load(Ordering::Acquire))
    }

    /// The cue, if it is another than the one with `mark`. While the control thread is just
    /// setting it, none: the next block will find it. Where another renderer has followed it
    /// already, it starts where that one stopped.
    pub(super) fn new_cue(&self, mark: Option<u64>) -> Option<Cue> {
        if mark == Some(self.mark.load(Ordering::Acquire)) {
            return None;
        }
        let mut cue = match self.cue.try_lock() {
            Ok(cue) => cue.clone(),
            Err(TryLockError::Poisoned(cue)) => cue.into_inner().clone(),
            Err(TryLockError::WouldBlock) => return None,
        };
        cue.frame = self.followed(cue.mark).unwrap_or(cue.frame);
        Some(cue)
    }

    /// Tells how far the cue with `mark` was followed, and how loud the block was.
    pub(super) fn report(&self, mark: u64, frame: u64, peak: f32, settled: bool) {
        self.head.store(mark << FRAME_BITS | frame & FRAME_MASK, Ordering::Release);
        // Positive floats are ordered as their bits are.
        self.level.fetch_max(peak.to_bits(), Ordering::Relaxed);
        self.blocks.fetch_add(1, Ordering::Relaxed);
        if settled {
            self.settled.store(true, Ordering::Release);
        }
    }

    fn followed(&self, mark: u64) -> Option<u64> {
        let head = self.head.load(Ordering::Acquire);
        (head >> FRAME_BITS == mark).then_some(head & FRAME_MASK)
    }

    fn lock(&self) -> MutexGuard<'_, Cue> {
        self.cue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Cue {
    /// The frame at an index of the tape; none where there is no tape, or not yet.
    pub(super) fn frame_at(&self, index: u64) -> Option<Frame> {
        self.tape.as_ref()?.frame(index)
    }
}
