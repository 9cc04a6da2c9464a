//! The deck: what shall sound, from where and how loud, and how far it has got.
//!
//! The control thread writes the wishes and a renderer reads them; neither waits for the other.
//! Where the playhead stands lives here and not in a stream, so it outlasts every device.

use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::{Duration, Instant};

use super::Frame;
use super::frames_in;
use super::tape::Tape;

/// Bits of the head's word that hold the frame, 265 days; the rest are the cue's mark.
const FRAME_BITS: u32 = 40;
const FRAME_MASK: u64 = (1 << FRAME_BITS) - 1;
const MARK_MASK: u64 = u64::MAX >> FRAME_BITS;

/// What to play and from where. Its mark tells a new cue from the one before.
#[derive(Clone, Default)]
pub(super) struct Cue {
    pub(super) mark: u64,
    pub(super) tape: Option<Arc<Tape>>,
    /// Which of the two takes it is, for the gain.
    pub(super) side: usize,
    /// Where to begin...
    pub(super) frame: u64,
    /// The mark of the last cue that named a place. Who has followed a cue since then goes on from
    /// where it is, if this one names none: there is no jump then, not even of one frame.
    since: u64,
    goes_on: bool,
    /// The frame that is shown at least, until it is played past its loop.
    floor: u64,
    laps: u32,
}

impl Cue {
    /// Whether who followed the cue with `mark` goes on from where it is.
    pub(super) fn goes_on_from(&self, mark: Option<u64>) -> bool {
        let age = |mark: u64| self.mark.wrapping_sub(mark) & MARK_MASK;
        self.goes_on && mark.is_some_and(|mark| age(mark) <= age(self.since))
    }
}

/// Frames between which it is played again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Loop {
    pub(super) from: u64,
    pub(super) to: u64,
}

/// Shared by the control thread and one renderer at a time.
pub(super) struct Deck {
    cue: Mutex<Cue>,
    mark: AtomicU64,
    /// The mark of the cue that is followed and the next frame of it, in one word: a position is
    /// never taken for one of another take or of before a seek.
    head: AtomicU64,
    /// Its two ends in one word, 0 for none; see [`Loop`].
    looped: AtomicU64,
    /// How often a loop came to its end.
    laps: AtomicU32,
    playing: AtomicBool,
    /// Whether it should play and has nothing to play.
    starved: AtomicBool,
    settled: AtomicBool,
    gain: AtomicU32,
    /// The gains of the two takes.
    sides: [AtomicU32; 2],
    /// Left and right.
    levels: [AtomicU32; 2],
    blocks: AtomicU64,
    /// When the head was told, in nanoseconds since the deck was made.
    told: AtomicU64,
    made: Instant,
}

impl Deck {
    /// Empty, held, at full volume.
    pub(super) fn new() -> Arc<Self> {
        let one = || AtomicU32::new(1.0_f32.to_bits());
        Arc::new(Self {
            cue: Mutex::default(),
            mark: AtomicU64::new(0),
            head: AtomicU64::new(0),
            looped: AtomicU64::new(0),
            laps: AtomicU32::new(0),
            playing: AtomicBool::new(false),
            starved: AtomicBool::new(false),
            settled: AtomicBool::new(true),
            gain: one(),
            sides: [one(), one()],
            levels: [AtomicU32::new(0), AtomicU32::new(0)],
            blocks: AtomicU64::new(0),
            told: AtomicU64::new(0),
            made: Instant::now(),
        })
    }

    // For the control thread.

    /// Puts the playhead on a frame of a tape. Returns the tape that was cued before, for the
    /// caller to keep while a renderer may hold it: freeing 40 MB is no work for an audio thread.
    pub(super) fn cue(
        &self,
        tape: Option<Arc<Tape>>,
        side: usize,
        frame: u64,
    ) -> Option<Arc<Tape>> {
        self.put(Cue { tape, side, frame, floor: frame, ..Cue::default() })
    }

    /// Goes on with another tape where the playhead is. What is shown goes on from `shown`.
    pub(super) fn switch(&self, tape: Arc<Tape>, side: usize, shown: u64) -> Option<Arc<Tape>> {
        let frame = self.playhead();
        self.put(Cue {
            tape: Some(tape),
            side,
            frame,
            goes_on: true,
            floor: shown.min(frame),
            ..Cue::default()
        })
    }

    /// Moves the playhead within the tape that is cued.
    pub(super) fn seek(&self, frame: u64) {
        let (tape, side) = {
            let cue = self.lock();
            (cue.tape.clone(), cue.side)
        };
        self.cue(tape, side, frame);
    }

    fn put(&self, new: Cue) -> Option<Arc<Tape>> {
        let mut cue = self.lock();
        let mark = (cue.mark + 1) & MARK_MASK;
        let laps = self.laps.load(Ordering::Acquire);
        let frame = new.frame.min(FRAME_MASK);
        let since = if new.goes_on { cue.since } else { mark };
        let before = std::mem::replace(&mut *cue, Cue { mark, frame, since, laps, ..new });
        self.starved.store(false, Ordering::Release);
        self.mark.store(mark, Ordering::Release);
        before.tape
    }

    /// Lets the playhead move or holds it.
    pub(super) fn play(&self, playing: bool) {
        if playing {
            self.settled.store(false, Ordering::Release);
        }
        self.playing.store(playing, Ordering::Release);
    }

    /// Sets the gain of all that sounds, 0.0 to 1.0.
    pub(super) fn set_gain(&self, gain: f32) {
        self.gain.store(gain.to_bits(), Ordering::Release);
    }

    /// Sets the gain of a take, 0.0 to 1.0.
    pub(super) fn set_side(&self, side: usize, gain: f32) {
        self.sides[side].store(gain.to_bits(), Ordering::Release);
    }

    /// Sets what is played again and again; a loop ends within 24 hours.
    pub(super) fn set_loop(&self, looped: Option<Loop>) {
        let word = looped.map_or(0, |it| {
            it.from.min(u64::from(u32::MAX)) << 32 | it.to.min(u64::from(u32::MAX))
        });
        self.looped.store(word, Ordering::Release);
    }

    /// The next frame to be rendered.
    pub(super) fn playhead(&self) -> u64 {
        let cue = self.lock();
        self.followed(cue.mark).unwrap_or(cue.frame)
    }

    /// The frame that is heard now through a device that is `latency` frames behind.
    pub(super) fn heard(&self, latency: u64) -> u64 {
        let cue = self.lock();
        let Some(frame) = self.followed(cue.mark) else { return cue.floor };
        // What the device had to play then, it has been playing since.
        let since = if self.is_playing() { self.since_told() } else { 0 };
        let heard = frame.saturating_sub(latency.saturating_sub(since));
        if self.laps.load(Ordering::Acquire) == cue.laps {
            // What was rendered before a seek may still sound, but the place sought is shown.
            return heard.max(cue.floor);
        }
        match self.looped() {
            // The end of the lap before is still on its way to the ear.
            Some(Loop { from, to }) if frame >= from && heard < from => {
                to.saturating_sub(from - heard).max(from)
            }
            _ => heard,
        }
    }

    /// The loudest sample of each side since it was asked the last time.
    pub(super) fn take_levels(&self) -> [f32; 2] {
        [0, 1].map(|side| f32::from_bits(self.levels[side].swap(0, Ordering::Relaxed)))
    }

    /// Counts rendered blocks; it stands still where nobody pulls.
    pub(super) fn blocks(&self) -> u64 {
        self.blocks.load(Ordering::Relaxed)
    }

    /// Whether the last sound has faded since it was held.
    pub(super) fn is_settled(&self) -> bool {
        self.settled.load(Ordering::Acquire)
    }

    /// Whether it should play and waits for frames.
    pub(super) fn is_starved(&self) -> bool {
        self.starved.load(Ordering::Acquire)
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

    /// The gain that is wanted of a take.
    pub(super) fn side(&self, side: usize) -> f32 {
        f32::from_bits(self.sides[side].load(Ordering::Acquire))
    }

    /// What is played again and again.
    pub(super) fn looped(&self) -> Option<Loop> {
        let word = self.looped.load(Ordering::Acquire);
        (word != 0).then_some(Loop { from: word >> 32, to: word & u64::from(u32::MAX) })
    }

    /// A loop came to its end.
    pub(super) fn lap(&self) {
        self.laps.fetch_add(1, Ordering::AcqRel);
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
    pub(super) fn report(&self, mark: u64, frame: u64, report: &Report) {
        self.head.store(mark << FRAME_BITS | frame & FRAME_MASK, Ordering::Release);
        self.told.store(self.made.elapsed().as_nanos() as u64, Ordering::Release);
        for (level, peak) in self.levels.iter().zip(report.peaks) {
            // Positive floats are ordered as their bits are.
            level.fetch_max(peak.to_bits(), Ordering::Relaxed);
        }
        self.starved.store(report.starved, Ordering::Release);
        if report.settled {
            self.settled.store(true, Ordering::Release);
        }
    }

    /// A block was rendered, whatever was in it.
    pub(super) fn count(&self) {
        self.blocks.fetch_add(1, Ordering::Relaxed);
    }

    /// Frames that are played in the time since the head was told.
    fn since_told(&self) -> u64 {
        let told = Duration::from_nanos(self.told.load(Ordering::Acquire));
        frames_in(self.made.elapsed().saturating_sub(told))
    }

    fn followed(&self, mark: u64) -> Option<u64> {
        let head = self.head.load(Ordering::Acquire);
        (head >> FRAME_BITS == mark).then_some(head & FRAME_MASK)
    }

    fn lock(&self) -> MutexGuard<'_, Cue> {
        self.cue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a renderer tells of a block.
pub(super) struct Report {
    /// The loudest sample, left and right, 0.0 to 1.0.
    pub(super) peaks: Frame,
    /// It should have played and waited for frames.
    pub(super) starved: bool,
    /// It was held, and the sound has faded.
    pub(super) settled: bool,
}
