//! Everything that a running sandbox knows, under one lock; and how a task moves on.

use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;

use super::account::{Accounts, Amount};
use super::callbacks;
use super::delivery::Reply;
use super::faults::{Fault, Faults};
use super::ledger::Ledger;
use super::options::{Options, Pace};
use super::recordings::Recordings;
use super::tasks::{Failure, Fate, Stage, Task};
use super::voices::voice;
use super::wire::{Links, TakeView, View};
use super::{Dialect, ids};

/// How many tasks are known; the oldest are forgotten first.
const KEPT: usize = 10_000;

/// A running sandbox.
pub(super) struct Desk {
    pub(super) address: SocketAddr,
    pub(super) recordings: Recordings,
    pace: Pace,
    credits: Amount,
    log: Option<fn(&str)>,
    books: Mutex<Books>,
}

/// What changes.
pub(super) struct Books {
    pub(super) accounts: Accounts,
    pub(super) faults: Faults,
    pub(super) ledger: Ledger,
    /// The answers by `Idempotency-Key`.
    pub(super) remembered: HashMap<String, Remembered>,
    tasks: HashMap<String, Task>,
    order: VecDeque<String>,
    number: u64,
    serial: u64,
}

/// A create that can be answered again.
pub(super) struct Remembered {
    pub(super) body: Value,
    pub(super) task: String,
    pub(super) reply: Reply,
    /// Whether its first answer is out, or lost.
    pub(super) is_settled: bool,
}

impl Books {
    fn new(credits: Amount, faults: Faults) -> Self {
        Self {
            accounts: Accounts::new(credits),
            faults,
            ledger: Ledger::default(),
            remembered: HashMap::new(),
            tasks: HashMap::new(),
            order: VecDeque::new(),
            number: 0,
            serial: 0,
        }
    }

    pub(super) fn task(&self, id: &str) -> Option<&Task> {
        self.tasks.get(id)
    }

    /// The tasks, the oldest first.
    pub(super) fn tasks(&self) -> impl Iterator<Item = &Task> {
        self.order.iter().filter_map(|id| self.tasks.get(id))
    }

    /// The serial and the number of the next task.
    pub(super) fn next_task(&mut self) -> (u64, u64) {
        self.serial += 1;
        self.number += 1;
        (self.serial, self.number)
    }

    pub(super) fn add(&mut self, task: Task) {
        if self.order.len() >= KEPT
            && let Some(oldest) = self.order.pop_front()
        {
            self.tasks.remove(&oldest);
            self.remembered.retain(|_, remembered| remembered.task != oldest);
        }
        self.order.push_back(task.id.clone());
        self.tasks.insert(task.id.clone(), task);
    }

    /// Moves a task to a stage, with what that costs; false when it stays.
    fn reach(&mut self, id: &str, stage: Stage) -> bool {
        let Some(task) = self.tasks.get_mut(id) else { return false };
        let before = task.stage;
        let dialect = task.dialect;
        let refund = task.reach(stage, Timestamp::now());
        let moved = task.stage != before;
        if let Some(refund) = refund {
            self.accounts.refund(dialect, refund);
        }
        moved
    }
}

impl Desk {
    pub(super) fn new(options: Options, address: SocketAddr, faults: Faults) -> Self {
        let credits = Amount::credits(i64::from(options.credits));
        Self {
            address,
            recordings: Recordings::new(options.sound),
            pace: options.pace,
            credits,
            log: options.log,
            books: Mutex::new(Books::new(credits, faults)),
        }
    }

    pub(super) fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Everything as at the start: tasks, accounts, ledger; the script begins anew. Ids go on, so
    /// that nothing of before is taken for something new.
    pub(super) fn reset(&self) {
        let mut books = self.books();
        let mut faults = std::mem::take(&mut books.faults);
        faults.rewind();
        let serial = books.serial;
        *books = Books { serial, ..Books::new(self.credits, faults) };
    }

    /// Tells one request.
    pub(super) fn log(&self, who: &str, what: &str, task: &str, status: u16, fault: Option<&str>) {
        let Some(log) = self.log else { return };
        let now = Timestamp::now().strftime("%H:%M:%SZ");
        let fault = fault.map(|fault| format!("  ({fault})")).unwrap_or_default();
        log(&format!("{now}  {who:<10}  {what:<8}  {task:<30}  {status}{fault}"));
    }

    /// A request's own id.
    pub(super) fn request_id(&self) -> String {
        let mut books = self.books();
        books.serial += 1;
        ids::ulid("req", books.serial)
    }

    /// A task as it is told, with what a script does to it.
    pub(super) fn view<'a>(&self, task: &'a Task, fault: Option<&Fault>) -> View<'a> {
        let count = match fault {
            Some(Fault::Takes { count }) => *count,
            _ => task.takes,
        };
        let there = match task.stage {
            Stage::Done => count,
            stage => task.takes_at(stage).min(count),
        };
        let link = |index: usize| {
            let path = format!("/files/{}/{}", task.id, index + 1);
            let base = match fault {
                Some(Fault::RelativeUrl) => path,
                Some(Fault::FileUrl) => format!("file:///etc/hostname?{path}"),
                _ => format!("http://{}{path}", self.address),
            };
            let duration = task.durations.get(index).or(task.durations.first());
            Links {
                audio: format!("{base}.mp3"),
                image: format!("{base}.png"),
                duration: duration.copied().unwrap_or_default(),
            }
        };
        let takes = (0..count)
            .map(|index| TakeView { index, links: (index < there).then(|| link(index)) })
            .collect();
        View {
            task,
            takes,
            word: (fault == Some(&Fault::UnknownState)).then_some("QUANTUM_SUPERPOSITION"),
            is_broken: fault == Some(&Fault::BadResultJson),
        }
    }

    /// Makes a task fail now, unless it has ended.
    pub(super) fn fail(self: &Arc<Self>, id: &str, failure: Failure) {
        let mut books = self.books();
        if let Some(task) = books.tasks.get_mut(id).filter(|task| !task.stage.is_end()) {
            task.fate = Fate::Fails(failure);
            books.reach(id, Stage::Failed);
            drop(books);
            callbacks::call(self, id, Stage::Failed);
        }
    }

    /// Moves a task to its next stage as soon as the takes of that stage are there.
    pub(super) async fn advance(self: &Arc<Self>, id: &str) {
        let Some((task, next)) = self.next(id) else { return };
        let mut durations = Vec::new();
        for index in 0..task.takes_at(next) {
            let request = task.order.request(task.serial);
            match self.recordings.take(task.serial, index, request).await {
                Ok(take) => durations.push(round(take.duration)),
                Err(message) => {
                    return self.fail(id, Failure { code: "Unknown error".into(), message });
                }
            }
        }
        {
            let mut books = self.books();
            if let Some(task) = books.tasks.get_mut(id) {
                task.durations = durations;
            }
            if !books.reach(id, next) {
                return;
            }
        }
        callbacks::call(self, id, next);
    }

    fn next(&self, id: &str) -> Option<(Task, Stage)> {
        let books = self.books();
        let task = books.task(id)?;
        let next = task.next_stage();
        (next != task.stage).then(|| (task.clone(), next))
    }

    /// A poll has come: at [`Pace::Polls`], each but the first moves the task on.
    pub(super) async fn polled(self: &Arc<Self>, id: &str) {
        let is_first = {
            let mut books = self.books();
            books.ledger.poll(id);
            let Some(task) = books.tasks.get_mut(id) else { return };
            task.polls += 1;
            task.polls == 1
        };
        if self.pace == Pace::Polls && !is_first {
            self.advance(id).await;
        }
    }

    /// Takes a task through its stages by the clock.
    pub(super) async fn perform(self: Arc<Self>, id: String) {
        let Pace::Takes(pace) = self.pace else { return };
        // The takes are begun at once; the stages wait for them.
        if let Some((task, _)) = self.next(&id).filter(|(task, _)| task.fate == Fate::Done) {
            let desk = Arc::clone(&self);
            tokio::spawn(async move {
                for index in 0..task.takes {
                    let request = task.order.request(task.serial);
                    // A failure is told to whoever waits for the take.
                    let _ = desk.recordings.take(task.serial, index, request).await;
                }
            });
        }
        let begin = tokio::time::Instant::now();
        while let Some((_, next)) = self.next(&id) {
            let share = match next {
                Stage::Queued | Stage::Working => pace / 8,
                Stage::First => pace * 5 / 8,
                Stage::Done | Stage::Failed => pace,
            };
            tokio::time::sleep_until(begin + share).await;
            self.advance(&id).await;
        }
    }

    /// What the dialect of a task says of it.
    pub(super) fn status_of(&self, task: &Task, fault: Option<&Fault>, request: &str) -> Value {
        voice(task.dialect).status(&self.view(task, fault), request)
    }

    /// What is left on an account.
    pub(super) fn left(&self, dialect: Dialect) -> Amount {
        self.books().accounts.left(dialect)
    }

    /// How long a callback's receiver is left in peace before the next attempt.
    pub(super) fn callback_pause(&self) -> Duration {
        match self.pace {
            Pace::Takes(pace) => pace.min(Duration::from_secs(5)),
            Pace::Polls => Duration::ZERO,
        }
    }
}

/// In seconds, to hundredths as the gateways tell it.
fn round(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 100.0).round() / 100.0
}
