//! The only place that knows what time it is.

use std::cell::Cell;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};

/// A source of moments that never runs backwards.
pub trait Clock {
    /// The present moment.
    fn now(&self) -> Timestamp;

    /// How long it is until a moment; nothing if it has passed.
    fn until(&self, moment: Timestamp) -> Duration {
        Duration::try_from(moment.duration_since(self.now())).unwrap_or_default()
    }
}

/// The system's clock. Where somebody sets it back it goes on from where it was, so that nothing
/// that is due has to wait for the hour to come again.
#[derive(Debug)]
pub struct SystemClock {
    /// A moment, and when it was.
    anchor: Cell<(Timestamp, Instant)>,
}

/// As far ahead of the steady clock the system's must be to be believed: it was set, or the
/// machine slept.
const AHEAD: SignedDuration = SignedDuration::from_secs(1);

impl SystemClock {
    /// A clock that begins with the system's time.
    pub fn start() -> Self {
        Self { anchor: Cell::new((Timestamp::now(), Instant::now())) }
    }

    fn at(&self, system: Timestamp, steady: Instant) -> Timestamp {
        let (moment, when) = self.anchor.get();
        let passed = SignedDuration::try_from(steady.duration_since(when)).unwrap_or_default();
        let now = moment.saturating_add(passed).unwrap_or(moment);
        if system.duration_since(now) < AHEAD {
            return now;
        }
        self.anchor.set((system, steady));
        system
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        self.at(Timestamp::now(), Instant::now())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_never_runs_backwards_and_catches_up_after_sleep() {
        let clock = SystemClock::start();
        let (start, steady) = clock.anchor.get();
        let later = |seconds: u64| steady + Duration::from_secs(seconds);
        let hour = SignedDuration::from_hours(1);
        assert_eq!(clock.at(start - hour, later(5)), start + SignedDuration::from_secs(5));
        assert_eq!(clock.at(start + hour, later(6)), start + hour);
        assert_eq!(clock.at(start, later(7)), start + hour + SignedDuration::from_secs(1));
    }
}
