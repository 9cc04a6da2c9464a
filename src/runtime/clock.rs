//! The only place that knows what time it is.

use std::time::Duration;

use jiff::Timestamp;

/// A source of moments.
pub trait Clock {
    /// The present moment.
    fn now(&self) -> Timestamp;

    /// How long it is until a moment; nothing if it has passed.
    fn until(&self, moment: Timestamp) -> Duration {
        Duration::try_from(moment.duration_since(self.now())).unwrap_or_default()
    }
}

/// The system's clock.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}
