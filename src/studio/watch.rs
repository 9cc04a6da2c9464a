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

/// Nobody hurries more often than this, however long a key is held.
const SHORTEST: Duration = Duration::from_secs(1);

/// What was asked about a job and is not answered yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// To make it: the one that costs.
    Create,
    /// How far it is.
    Poll,
    /// For its takes.
    Fetch,
}

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
    /// Whether addresses that had expired were asked for anew.
    pub is_renewed: bool,
    /// How often it was asked about.
    polls: u32,
    /// How often the gateway did not know it.
    missing: u32,
    /// What it was asked, and when it was asked last.
    asked: Option<Asked>,
    asked_at: Option<Timestamp>,
    /// Whether somebody hurried it while it was being asked about: the answer may be from before.
    is_hurried: bool,
    /// Until when the gateway asks to be left alone.
    earliest: Option<Timestamp>,
    /// Whether an answer to its request was lost: it may have arrived, whatever is said now.
    is_doubtful: bool,
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

    /// How many requests have left and are not answered.
    pub(super) fn creates(&self) -> usize {
        self.turns.values().filter(|turn| turn.asked == Some(Asked::Create)).count()
    }

    /// Takes out the jobs that are due.
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
    pub(super) fn put(&mut self, id: JobId, at: Timestamp) {
        let turn = self.turns.entry(id).or_default();
        turn.since.get_or_insert(at);
        if let Some(before) = turn.due.replace(at) {
            self.due.remove(&(before, id));
        }
        self.due.insert((at, id));
    }

    /// Nothing is due about a job until something else happens.
    pub(super) fn pause(&mut self, id: JobId) {
        let turn = self.turns.entry(id).or_default();
        if let Some(before) = turn.due.take() {
            self.due.remove(&(before, id));
        }
    }

    /// Awaits an answer about a job.
    pub fn awaits(&mut self, id: JobId, what: Asked, now: Timestamp) {
        self.pause(id);
        let turn = self.turns.entry(id).or_default();
        turn.asked = Some(what);
        turn.asked_at = Some(now);
    }

    /// Whether an answer of that kind is awaited.
    pub(super) fn is_awaited(&self, id: JobId, what: Asked) -> bool {
        self.turns.get(&id).is_some_and(|turn| turn.asked == Some(what))
    }

    /// Takes in an answer; whether it was awaited. One that comes twice, or after the job was
    /// given up, is not.
    pub(super) fn answered(&mut self, id: JobId, what: Asked) -> bool {
        let turn = self.turns.get_mut(&id).filter(|turn| turn.asked == Some(what));
        turn.is_some_and(|turn| turn.asked.take().is_some())
    }

    /// Whether the request of a job may have arrived before.
    pub(super) fn is_doubtful(&self, id: JobId) -> bool {
        self.turns.get(&id).is_some_and(|turn| turn.is_doubtful)
    }

    /// An answer to the request was lost.
    pub(super) fn doubt(&mut self, id: JobId) {
        self.turns.entry(id).or_default().is_doubtful = true;
    }

    /// Forgets a job; late answers about it find nothing to change.
    pub(super) fn forget(&mut self, id: JobId) {
        if let Some(before) = self.turns.remove(&id).and_then(|turn| turn.due) {
            self.due.remove(&(before, id));
        }
    }

    /// A job that waits for its moment is done as soon as that is decent: gives when.
    pub(super) fn hurry(&mut self, id: JobId, now: Timestamp) -> Option<Timestamp> {
        let turn = self.turns.get_mut(&id)?;
        let Some(due) = turn.due else {
            turn.is_hurried = turn.asked == Some(Asked::Poll);
            return None;
        };
        let decent = turn.asked_at.map(|at| after(at, SHORTEST));
        let earliest = [turn.earliest, decent].into_iter().flatten().max();
        let at = earliest.map_or(now, |earliest| earliest.max(now)).min(due);
        self.put(id, at);
        Some(at)
    }

    /// What went wrong before does not count for what comes now.
    pub(super) fn begin_anew(&mut self, id: JobId) {
        let turn = self.turns.entry(id).or_default();
        (turn.failures, turn.missing, turn.trouble, turn.earliest) = (0, 0, None, None);
    }

    /// The takes are not where they were: it is asked about once more.
    pub(super) fn renew(&mut self, id: JobId, now: Timestamp) {
        self.begin_anew(id);
        self.turns.entry(id).or_default().is_renewed = true;
        self.put(id, now);
    }

    /// All went well: the next question after the usual time, slower the longer it takes.
    pub(super) fn asked(&mut self, id: JobId, poll: &Poll, now: Timestamp, dice: &mut Dice) {
        self.begin_anew(id);
        let turn = self.turns.entry(id).or_default();
        turn.polls = turn.polls.saturating_add(1);
        // A tenth slower with each question.
        let slower = 1.1_f64.powi(turn.polls.min(40) as i32 - 1);
        let wait = poll.every.mul_f64(slower).min(poll.slowest);
        let at = after(now, dice.about(wait).max(poll.every));
        self.put(id, at);
        if self.turns.get_mut(&id).is_some_and(|turn| std::mem::take(&mut turn.is_hurried)) {
            self.hurry(id, now);
        }
    }

    /// The gateway does not know the task. Gives how often it said so.
    pub(super) fn missed(
        &mut self,
        id: JobId,
        trouble: String,
        now: Timestamp,
        dice: &mut Dice,
    ) -> u32 {
        let missing = self.turns.get(&id).map_or(0, |turn| turn.missing).saturating_add(1);
        self.failed(id, trouble, None, now, dice);
        self.turns.entry(id).or_default().missing = missing;
        missing
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
        // Another trouble in between, and it is not in a row.
        turn.missing = 0;
        turn.trouble = Some(trouble);
        turn.earliest = asked_to_wait.map(|wait| after(now, wait));
        let failures = turn.failures;
        let doubled = BACKOFF.saturating_mul(1 << (failures - 1).min(8)).min(LONGEST);
        let asked_to_wait = asked_to_wait.unwrap_or_default();
        // Jitter only ever adds to what the gateway asks for.
        let wait =
            dice.about(doubled).max(asked_to_wait.saturating_add(dice.about(asked_to_wait / 10)));
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

    #[test]
    fn an_answer_counts_once_and_only_where_it_is_awaited() {
        let mut watch = Watch::default();
        assert!(!watch.answered(JobId(1), Asked::Poll));
        watch.put(JobId(1), at(5));
        watch.awaits(JobId(1), Asked::Poll, at(5));
        assert_eq!(watch.next(), None);
        assert!(!watch.answered(JobId(1), Asked::Create));
        assert!(watch.answered(JobId(1), Asked::Poll));
        assert!(!watch.answered(JobId(1), Asked::Poll));
    }

    #[test]
    fn who_hurries_is_decent() {
        let (mut watch, mut dice) = (Watch::default(), Dice::new([1; 32]));
        assert_eq!(watch.hurry(JobId(1), at(0)), None, "not watched");
        watch.put(JobId(1), at(45));
        assert_eq!(watch.hurry(JobId(1), at(10)), Some(at(10)));
        watch.awaits(JobId(1), Asked::Poll, at(10));
        assert_eq!(watch.hurry(JobId(1), at(10)), None, "on its way");
        let poll = Poll { first: LONGEST, every: LONGEST, slowest: LONGEST };
        watch.asked(JobId(1), &poll, at(10), &mut dice);
        assert_eq!(watch.next(), Some(at(11)), "once more, for what came meanwhile");
        watch.asked(JobId(1), &poll, at(20), &mut dice);
        assert!(watch.next() >= Some(at(80)), "and not again");
        watch.awaits(JobId(1), Asked::Poll, at(10));
        watch.failed(JobId(1), "busy".into(), None, at(10), &mut dice);
        assert_eq!(watch.hurry(JobId(1), at(10)), Some(at(11)));
        let hour = Some(Duration::from_secs(3600));
        watch.failed(JobId(1), "busy".into(), hour, at(20), &mut dice);
        assert_eq!(watch.hurry(JobId(1), at(30)), Some(at(3620)));
    }

    #[test]
    fn no_number_is_too_large() {
        let (mut watch, mut dice) = (Watch::default(), Dice::new([1; 32]));
        watch.put(JobId(1), at(0));
        if let Some(turn) = watch.turns.get_mut(&JobId(1)) {
            (turn.failures, turn.missing, turn.polls) = (u32::MAX, u32::MAX, u32::MAX);
        }
        let for_ever = Some(Duration::MAX);
        assert_eq!(watch.failed(JobId(1), "x".into(), for_ever, at(0), &mut dice), u32::MAX);
        assert_eq!(watch.next(), Some(Timestamp::MAX));
        assert_eq!(watch.missed(JobId(1), "x".into(), at(0), &mut dice), 1, "in a row only");
        let poll = Poll { first: BACKOFF, every: BACKOFF, slowest: LONGEST };
        watch.asked(JobId(1), &poll, Timestamp::MAX, &mut dice);
        assert_eq!(watch.next(), Some(Timestamp::MAX));
    }
}
