//! One timetable for all jobs: when each is asked about, sent again or fetched next.
//!
//! It holds no state of a job but how often something went wrong in a row; what is due is done by
//! the job's state.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use jiff::Timestamp;

use super::dice::Dice;
use crate::gateway::Poll;
use crate::song::JobId;

/// After a failure the first wait is this long, and each doubles...
const BACKOFF: Duration = Duration::from_secs(2);
/// ...up to this.
const LONGEST: Duration = Duration::from_secs(60);

/// What a job waits for.
#[derive(Clone, Debug, Default)]
pub struct Turn {
    /// When it is due; none while an answer is awaited.
    pub due: Option<Timestamp>,
    /// How often in a row it went wrong.
    pub failures: u32,
    /// Since when it is watched.
    pub since: Option<Timestamp>,
    /// What went wrong last, while it does.
    pub trouble: Option<String>,
    /// How often it was asked about.
    polls: u32,
    /// Whether addresses that had expired were asked for anew.
    pub is_renewed: bool,
}

/// The timetable.
#[derive(Debug, Default)]
pub struct Watch {
    turns: BTreeMap<JobId, Turn>,
    due: BTreeSet<(Timestamp, JobId)>,
}

impl Watch {
    /// What a job waits for, if it is watched.
    pub fn turn(&self, id: JobId) -> Option<&Turn> {
        self.turns.get(&id)
    }

    /// The next moment at which something is due.
    pub fn next(&self) -> Option<Timestamp> {
        self.due.first().map(|(at, _)| *at)
    }

    /// Whether a job must wait for a later moment.
    pub fn is_held(&self, id: JobId, now: Timestamp) -> bool {
        self.turns.get(&id).and_then(|turn| turn.due).is_some_and(|due| due > now)
    }

    /// Takes out the jobs that are due; each is awaited until it is put in again.
    pub(super) fn take_due(&mut self, now: Timestamp) -> Vec<JobId> {
        let mut ready = Vec::new();
        while let Some((at, id)) = self.due.first().copied().filter(|(at, _)| *at <= now) {
            self.due.remove(&(at, id));
            if let Some(turn) = self.turns.get_mut(&id) {
                turn.due = None;
                ready.push(id);
            }
        }
        ready
    }

    /// Puts a job in at a moment.
    pub(super) fn put(&mut self, id: JobId, at: Timestamp) -> &mut Turn {
        let turn = self.turns.entry(id).or_default();
        turn.since.get_or_insert(at);
        if let Some(before) = turn.due.replace(at) {
            self.due.remove(&(before, id));
        }
        self.due.insert((at, id));
        turn
    }

    /// Awaits an answer about a job.
    pub(super) fn awaits(&mut self, id: JobId) {
        let turn = self.turns.entry(id).or_default();
        if let Some(before) = turn.due.take() {
            self.due.remove(&(before, id));
        }
    }

    /// Forgets a job; late answers about it find nothing to change.
    pub(super) fn forget(&mut self, id: JobId) {
        if let Some(before) = self.turns.remove(&id).and_then(|turn| turn.due) {
            self.due.remove(&(before, id));
        }
    }

    /// All went well: the next question after the usual time, slower the longer it takes.
    pub(super) fn asked(&mut self, id: JobId, poll: &Poll, now: Timestamp, dice: &mut Dice) {
        let turn = self.turns.entry(id).or_default();
        turn.failures = 0;
        turn.trouble = None;
        turn.polls = turn.polls.saturating_add(1);
        // A tenth slower with each question.
        let slower = 1.1_f64.powi(turn.polls.min(40) as i32 - 1);
        let wait = poll.every.mul_f64(slower).min(poll.slowest);
        let at = after(now, dice.about(wait).max(poll.every));
        self.put(id, at);
    }

    /// Something went wrong: again later, and later each time; never before the gateway says.
    /// Gives how often it went wrong in a row.
    pub(super) fn failed(
        &mut self,
        id: JobId,
        trouble: String,
        asked_to_wait: Option<Duration>,
        now: Timestamp,
        dice: &mut Dice,
    ) -> u32 {
        let turn = self.turns.entry(id).or_default();
        turn.failures = turn.failures.saturating_add(1);
        turn.trouble = Some(trouble);
        let failures = turn.failures;
        let doubled = BACKOFF.saturating_mul(1 << (failures - 1).min(8)).min(LONGEST);
        let asked_to_wait = asked_to_wait.unwrap_or_default();
        // Jitter only ever adds to what the gateway asks for.
        let wait = dice.about(doubled).max(asked_to_wait + dice.about(asked_to_wait / 10));
        self.put(id, after(now, wait));
        failures
    }
}

/// A moment later; the last of all moments if there is none.
pub(super) fn after(now: Timestamp, wait: Duration) -> Timestamp {
    now.saturating_add(wait).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(seconds).unwrap()
    }

    #[test]
    fn what_is_due_comes_out_in_order_and_once() {
        let mut watch = Watch::default();
        watch.put(JobId(1), at(20));
        watch.put(JobId(2), at(10));
        watch.put(JobId(2), at(15));
        assert_eq!(watch.next(), Some(at(15)));
        assert!(watch.take_due(at(14)).is_empty());
        assert_eq!(watch.take_due(at(30)), [JobId(2), JobId(1)]);
        assert_eq!(watch.next(), None);
        watch.put(JobId(1), at(40));
        watch.forget(JobId(1));
        assert_eq!((watch.next(), watch.take_due(at(50))), (None, vec![]));
    }

    #[test]
    fn waits_grow_are_bounded_and_never_shorter_than_asked() {
        let (mut watch, mut dice) = (Watch::default(), Dice::new([1; 32]));
        let mut waits = Vec::new();
        for _ in 0..20 {
            watch.failed(JobId(1), "busy".into(), None, at(0), &mut dice);
            waits.push(watch.next().unwrap().as_second());
        }
        assert!((1..=2).contains(&waits[0]), "{waits:?}");
        assert!(waits.iter().all(|wait| *wait <= 72) && waits[19] >= 48, "{waits:?}");
        for _ in 0..20 {
            let asked = Some(Duration::from_secs(300));
            watch.failed(JobId(1), "busy".into(), asked, at(0), &mut dice);
            assert!((300..=340).contains(&watch.next().unwrap().as_second()));
        }
        let poll = Poll {
            first: Duration::from_secs(45),
            every: Duration::from_secs(5),
            slowest: Duration::from_secs(10),
        };
        for _ in 0..50 {
            watch.asked(JobId(1), &poll, at(0), &mut dice);
            assert!((5..=12).contains(&watch.next().unwrap().as_second()));
        }
        assert_eq!(watch.turn(JobId(1)).unwrap().failures, 0);
    }
}
