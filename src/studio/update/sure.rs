//! What is asked for twice before it is done, because it costs.

use jiff::{SignedDuration, Timestamp};

use crate::studio::pending::Sure;
use crate::studio::{Model, Tone};

/// A second press sooner than this is a key held down...
pub(super) const HELD: SignedDuration = SignedDuration::from_millis(800);
/// ...and later than this is another thought.
const LAPSE: SignedDuration = SignedDuration::from_secs(15);

impl Model {
    /// Whether it was asked for before, by another press of the key; if not, says why to ask.
    pub(super) fn is_sure(&mut self, what: Sure, doubt: impl Into<String>) -> bool {
        let since = self.pressed_before(what);
        if since.is_some_and(|since| (HELD..LAPSE).contains(&since)) {
            self.sure = None;
            return true;
        }
        self.say(Tone::Warning, doubt);
        false
    }

    /// When what was asked to be pressed again is another thought; leaving is its own matter.
    pub(in crate::studio) fn lapses(&self) -> Option<Timestamp> {
        let (asked, at) = self.sure.as_ref()?;
        (*asked != Sure::Leave).then(|| at.saturating_add(LAPSE).unwrap_or(*at))
    }

    /// What is not meant any more is not promised any more.
    pub(super) fn lapse_if_due(&mut self) {
        if self.lapses().is_some_and(|at| at <= self.now) {
            let asked = self.sure.take().map(|(_, at)| at);
            if asked == Some(self.notice.at) {
                self.say(Tone::Plain, "");
            }
        }
    }

    /// How long ago the same was asked for, with nothing else asked in between; a key that is held
    /// down asks again and again.
    pub(super) fn pressed_before(&mut self, what: Sure) -> Option<SignedDuration> {
        let before = self.sure.take().filter(|(asked, _)| *asked == what);
        self.sure = Some((what, self.now));
        before.map(|(_, at)| self.now.duration_since(at))
    }
}
