//! The jobs, newest first on screen.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use jiff::Timestamp;

use super::List;
use crate::gateway::Gateway;
use crate::song::{Job, JobId, JobState, Receipt, SongId};

/// How far a job is, as honestly as it is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Progress {
    /// Told by who does the work, 0.0 to 1.0.
    Measured(f32),
    /// Guessed from the usual time, 0.0 to below 1.0.
    Estimated(f32),
    /// The usual time is over.
    Overdue,
}

/// All jobs and the selection among them.
#[derive(Debug, Default)]
pub struct Queue {
    /// Oldest first.
    jobs: Vec<Job>,
    measured: BTreeMap<JobId, f32>,
    /// Those that something is still to be done about; old libraries have many more that are over.
    open: BTreeSet<JobId>,
    /// Of those, the ones on their way...
    running: BTreeSet<JobId>,
    /// ...and the ones that wait for their turn.
    waiting: BTreeSet<JobId>,
    versions: BTreeMap<SongId, u32>,
    next: JobId,
    /// The selection, in rows from the newest.
    pub list: List,
}

impl Queue {
    /// The jobs that were there at the start, and the number for the next one.
    pub fn new(mut jobs: Vec<Job>, next: JobId) -> Self {
        jobs.sort_by_key(|job| job.id);
        let mut queue = Self { next, ..Self::default() };
        for job in &jobs {
            queue.note(job);
        }
        queue.jobs = jobs;
        for index in 0..queue.jobs.len() {
            queue.sort(index);
        }
        queue
    }

    /// Newest first, as on screen.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = &Job> {
        self.jobs.iter().rev()
    }

    /// How many jobs there are.
    pub fn len(&self) -> usize {
        self.jobs.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.jobs.is_empty()
    }

    /// Those that are on their way or wait for the user, oldest first.
    pub fn open(&self) -> impl Iterator<Item = &Job> {
        self.open.iter().filter_map(|id| self.get(*id))
    }

    /// How many of those there are.
    pub fn open_count(&self) -> usize {
        self.open.len()
    }

    /// Those on their way: sent, at work or being fetched; oldest first.
    pub fn running(&self) -> impl DoubleEndedIterator<Item = &Job> {
        self.running.iter().filter_map(|id| self.get(*id))
    }

    /// Those that wait, oldest first.
    pub fn waiting(&self) -> impl Iterator<Item = &Job> {
        self.waiting.iter().filter_map(|id| self.get(*id))
    }

    /// The job of that number.
    pub fn get(&self, id: JobId) -> Option<&Job> {
        self.index(id).map(|index| &self.jobs[index])
    }

    /// The selected job.
    pub fn selected(&self) -> Option<&Job> {
        self.rows().nth(self.list.selected)
    }

    /// The number for the next job.
    pub fn next_id(&self) -> JobId {
        self.next
    }

    /// How often a song was sent.
    pub fn versions(&self, song: SongId) -> u32 {
        self.versions.get(&song).copied().unwrap_or(0)
    }

    /// Adds a job at the top and selects it.
    pub fn add(&mut self, job: Job) {
        self.next = JobId(job.id.0 + 1);
        self.note(&job);
        self.jobs.push(job);
        self.sort(self.jobs.len() - 1);
        self.list.select(0, self.jobs.len());
    }

    /// Changes where a job stands; gives the job as it is then.
    pub fn set(&mut self, id: JobId, state: JobState) -> Option<&Job> {
        let index = self.index(id)?;
        if state.is_at_rest() {
            self.measured.remove(&id);
        }
        self.jobs[index].state = state;
        self.sort(index);
        Some(&self.jobs[index])
    }

    /// Notes what the gateway said about a job; whether it was anything new.
    pub fn hear(&mut self, id: JobId, said: Receipt) -> bool {
        let Some(index) = self.index(id) else { return false };
        let receipt = &mut self.jobs[index].receipt;
        let before = receipt.clone();
        receipt.add(said);
        *receipt != before
    }

    /// Notes how far a job is.
    pub fn measure(&mut self, id: JobId, done: f32) {
        if self.get(id).is_some_and(|job| !job.state.is_at_rest()) {
            self.measured.insert(id, done.clamp(0.0, 1.0));
        }
    }

    /// How long a job has been or was at work.
    pub fn elapsed(job: &Job, now: Timestamp) -> Option<Duration> {
        let to = job.state.ended().unwrap_or(now);
        Duration::try_from(to.duration_since(job.state.since()?)).ok()
    }

    /// How far a running job is.
    pub fn progress(&self, job: &Job, gateway: &Gateway, now: Timestamp) -> Option<Progress> {
        let JobState::Running { .. } = job.state else { return None };
        if let Some(done) = self.measured.get(&job.id) {
            return Some(Progress::Measured(*done));
        }
        let part =
            Self::elapsed(job, now)?.as_secs_f32() / gateway.typical().as_secs_f32().max(0.1);
        Some(if part > 1.0 { Progress::Overdue } else { Progress::Estimated(part * 0.95) })
    }

    fn note(&mut self, job: &Job) {
        let version = self.versions.entry(job.song).or_default();
        *version = job.version.max(*version);
    }

    /// Puts a job into the sets that its state belongs to.
    fn sort(&mut self, index: usize) {
        fn put(set: &mut BTreeSet<JobId>, id: JobId, belongs: bool) {
            if belongs {
                set.insert(id);
            } else {
                set.remove(&id);
            }
        }
        let Job { id, state, .. } = &self.jobs[index];
        let is_waiting = *state == JobState::Waiting;
        put(&mut self.open, *id, state.is_open());
        put(&mut self.waiting, *id, is_waiting);
        put(&mut self.running, *id, !is_waiting && !state.is_at_rest());
    }

    fn index(&self, id: JobId) -> Option<usize> {
        self.jobs.binary_search_by_key(&id, |job| job.id).ok()
    }
}
