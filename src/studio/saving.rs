//! Whether the words are safe, and when they are next written down.

use jiff::{SignedDuration, Timestamp};

/// Words are written this long after the last key...
const PAUSE: SignedDuration = SignedDuration::from_millis(200);
/// ...but never later than this after the first one that is not yet safe.
const LONGEST: SignedDuration = SignedDuration::from_millis(1500);
/// After a failure it is tried again this much later.
const RETRY: SignedDuration = SignedDuration::from_secs(5);

/// What the header says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved {
    /// Everything is in the journal.
    Yes,
    /// Something is on its way.
    Soon,
    /// The journal refused, and why.
    No(String),
}

/// The state of the draft against the journal.
#[derive(Debug, Default)]
pub struct Saving {
    /// The first and the last change that are not yet on their way.
    changed: Option<(Timestamp, Timestamp)>,
    /// The ticket on its way.
    sent: Option<u64>,
    /// The last failure: when, and the journal's words.
    failed: Option<(Timestamp, String)>,
}

impl Saving {
    /// Notes a change.
    pub fn touch(&mut self, now: Timestamp) {
        let first = self.changed.map_or(now, |(first, _)| first);
        self.changed = Some((first, now));
    }

    /// When the draft should be written next.
    pub fn due(&self) -> Option<Timestamp> {
        let (first, last) = self.changed?;
        if self.sent.is_some() {
            return None;
        }
        if let Some((at, _)) = &self.failed {
            return Some(*at + RETRY);
        }
        Some((last + PAUSE).min(first + LONGEST))
    }

    /// Whether something is not yet safe.
    pub fn is_open(&self) -> bool {
        self.changed.is_some() || self.sent.is_some()
    }

    /// Whether it waits for an answer.
    pub fn is_sent(&self) -> bool {
        self.sent.is_some()
    }

    /// Whether there is anything to send.
    pub fn is_changed(&self) -> bool {
        self.changed.is_some()
    }

    /// Notes that the draft is on its way.
    pub fn send(&mut self, ticket: u64) {
        self.changed = None;
        self.sent = Some(ticket);
    }

    /// Takes the journal's answer; whether it was for the draft.
    pub fn answer(&mut self, ticket: u64, result: Result<(), String>, now: Timestamp) -> bool {
        if self.sent != Some(ticket) {
            return false;
        }
        self.sent = None;
        self.failed = result.err().map(|why| (now, why));
        if self.failed.is_some() {
            self.touch(now);
        }
        true
    }

    /// What the header says.
    pub fn saved(&self) -> Saved {
        match &self.failed {
            Some((_, why)) => Saved::No(why.clone()),
            None if self.is_open() => Saved::Soon,
            None => Saved::Yes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(milliseconds: i64) -> Timestamp {
        Timestamp::from_millisecond(milliseconds).unwrap()
    }

    #[test]
    fn it_waits_for_a_pause_but_not_for_ever() {
        let mut saving = Saving::default();
        assert_eq!(saving.due(), None);
        saving.touch(at(0));
        assert_eq!(saving.due(), Some(at(200)));
        saving.touch(at(1400));
        assert_eq!(saving.due(), Some(at(1500)));
        saving.send(1);
        assert_eq!((saving.due(), saving.saved()), (None, Saved::Soon));
        assert!(saving.answer(1, Ok(()), at(1600)));
        assert_eq!(saving.saved(), Saved::Yes);
    }

    #[test]
    fn a_refusal_is_said_and_tried_again() {
        let mut saving = Saving::default();
        saving.touch(at(0));
        saving.send(7);
        assert!(!saving.answer(6, Ok(()), at(1)), "another's ticket");
        assert!(saving.answer(7, Err("disk full".into()), at(10)));
        assert_eq!(saving.saved(), Saved::No("disk full".into()));
        assert_eq!(saving.due(), Some(at(5010)));
        saving.send(8);
        saving.answer(8, Ok(()), at(20));
        assert_eq!(saving.saved(), Saved::Yes);
        assert!(!saving.is_open());
    }
}
