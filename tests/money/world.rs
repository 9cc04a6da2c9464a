//! A world for the driver by chance: a journal and a gateway that are slow, refuse, lose and
//! repeat, and that look at each effect as it comes.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use refrain::library::{Fault, Record, Reply, WriteError};
use refrain::runtime::Outside;
use refrain::song::{Job, JobId, JobState, Take, TakeId};
use refrain::studio::{Effect, Event};
use tokio::sync::mpsc::UnboundedSender;

use crate::stage::pair;

/// Something that the gateway was asked and has not answered.
#[derive(Clone, Debug)]
pub enum Question {
    Create(Box<Job>),
    Poll(JobId),
    Fetch(Box<Job>, Vec<Take>),
}

impl Question {
    pub fn id(&self) -> JobId {
        match self {
            Self::Create(job) | Self::Fetch(job, _) => job.id,
            Self::Poll(id) => *id,
        }
    }
}

/// What is known of the requests of one job.
#[derive(Clone, Debug, Default)]
pub struct Account {
    /// How often its request left.
    pub creates: u32,
    /// Whether the last answer proved that nothing was charged.
    pub may_repeat: bool,
    /// Whether the gateway has it, and charged.
    pub task: Option<String>,
    /// Whether the studio was told the task.
    pub is_told: bool,
}

pub struct World {
    /// What is on the disk.
    pub jobs: BTreeMap<JobId, Job>,
    pub takes: BTreeMap<TakeId, Take>,
    /// What the journal is to write, the oldest first.
    pub pending: VecDeque<(u64, Record)>,
    /// Jobs of which the journal refused something that did not come again yet.
    pub refused: BTreeSet<JobId>,
    pub questions: Vec<Question>,
    pub accounts: BTreeMap<JobId, Account>,
    /// Whether the journal and the gateway are as good as can be.
    pub is_kind: bool,
    pub news: UnboundedSender<Event>,
}

impl World {
    pub fn new(news: UnboundedSender<Event>) -> Self {
        Self {
            jobs: BTreeMap::new(),
            takes: BTreeMap::new(),
            pending: VecDeque::new(),
            refused: BTreeSet::new(),
            questions: Vec::new(),
            accounts: BTreeMap::new(),
            is_kind: false,
            news,
        }
    }

    pub fn tell(&self, event: Event) {
        let _ = self.news.send(event);
    }

    /// The journal does the oldest thing, or refuses it.
    pub fn write(&mut self, refuses: bool) {
        let Some((ticket, record)) = self.pending.pop_front() else { return };
        let result = if refuses {
            self.refused.extend(subject(&record));
            Err(WriteError { what: "it".into(), fault: Fault::Full })
        } else {
            self.keep(record);
            Ok(())
        };
        self.tell(Event::Journal(Reply::Written { ticket, result }));
    }

    fn keep(&mut self, record: Record) {
        match record {
            Record::Job(job) => self.keep_job(&job),
            Record::Takes { job, takes } => {
                self.keep_job(&job);
                self.takes.extend(takes.into_iter().map(|take| (take.id, take)));
            }
            _ => {}
        }
    }

    fn keep_job(&mut self, job: &Job) {
        if let Some(before) = self.jobs.insert(job.id, job.clone()) {
            assert_eq!(before.idempotency_key, job.idempotency_key, "a key changed");
            let task = before.receipt.task;
            assert!(task.is_none() || task == job.receipt.task, "a task changed its name");
        }
    }

    fn is_open(&self, id: JobId, alike: impl Fn(&Question) -> bool) -> bool {
        self.questions.iter().any(|question| question.id() == id && alike(question))
    }

    /// Whether the gateway owes an answer about a job.
    pub fn is_asked(&self, id: JobId) -> bool {
        self.is_open(id, |_| true)
    }

    /// Whether something outside will say more about a job.
    pub fn awaits(&self, id: JobId) -> bool {
        self.is_asked(id)
            || self.refused.contains(&id)
            || self.pending.iter().any(|(_, record)| subject(record) == Some(id))
    }

    fn check_create(&mut self, job: &Job) {
        let kept = self.jobs.get(&job.id).expect("the journal has the intent");
        assert!(matches!(kept.state, JobState::Sending { .. }), "sent as {:?}", kept.state);
        assert!(!self.is_open(job.id, |q| matches!(q, Question::Create(_))), "two at once");
        let account = self.accounts.entry(job.id).or_default();
        let may = account.creates == 0 || account.may_repeat || job.idempotency_key.is_some();
        assert!(may, "job {} was sent twice", job.id);
        assert!(!account.is_told, "job {} was sent again though it has a task", job.id);
        account.creates += 1;
        account.may_repeat = false;
    }
}

impl Outside for World {
    fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::Record { ticket, record } => {
                if let Some(id) = subject(&record) {
                    self.refused.remove(&id);
                }
                self.pending.push_back((ticket, *record));
            }
            Effect::Create(job) => {
                self.check_create(&job);
                self.questions.push(Question::Create(job));
            }
            Effect::Poll { id, task, .. } => {
                assert_eq!(self.jobs[&id].receipt.task, Some(task), "the journal has its task");
                assert!(!self.is_open(id, |q| matches!(q, Question::Poll(_))), "two polls");
                self.questions.push(Question::Poll(id));
            }
            Effect::Fetch { job, kept } => {
                assert_eq!(self.jobs[&job.id].receipt.tracks, job.receipt.tracks);
                assert!(!job.receipt.tracks.is_empty());
                assert!(!self.is_open(job.id, |q| matches!(q, Question::Fetch(..))), "two fetches");
                self.questions.push(Question::Fetch(job, kept));
            }
            Effect::Sweep(id) => {
                assert!(matches!(self.jobs[&id].state, JobState::Done { .. }));
                let all = pair(&self.jobs[&id]);
                assert!(all.iter().all(|take| self.takes.contains_key(&take.id)), "a take is lost");
            }
            Effect::Cancel(id) => self
                .questions
                .retain(|question| question.id() != id || matches!(question, Question::Create(_))),
            _ => {}
        }
    }
}

fn subject(record: &Record) -> Option<JobId> {
    match record {
        Record::Job(job) | Record::Takes { job, .. } => Some(job.id),
        _ => None,
    }
}
