//! The way to the gateways: requests, questions and downloads, on a thread of its own.
//!
//! It does what it is told, once, and tells what came of it; whether anything is done again is the
//! studio's to decide. The thread begins with the first errand: who only sketches has none.

mod account;
mod callback;
mod download;
mod fetch;
mod hide;
mod story;
mod way;

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;
use tokio::task::AbortHandle;

use crate::song::{Failure, FailureClass, Job, JobId, Take};
use crate::studio::{Event, Tone};

pub use way::{Way, Ways};

/// Something to be done at a gateway.
#[derive(Debug)]
pub(super) enum Errand {
    /// Send the request of a job.
    Create(Box<Job>),
    /// Ask about a task.
    Poll { id: JobId, profile: String, task: String },
    /// Fetch the takes of a job that are not in `kept`.
    Fetch { job: Box<Job>, kept: Vec<Take> },
    /// Delete what fetching a job left.
    Sweep(JobId),
    /// Ask what is left on an account.
    Balance(String),
    /// Stop asking about and fetching a job.
    Cancel(JobId),
}

/// The courier. Dropping it gives up everything that is on its way.
pub(super) struct Courier {
    errands: Option<UnboundedSender<Errand>>,
    start: Option<Start>,
    thread: Option<JoinHandle<()>>,
}

/// What a courier needs to begin.
struct Start {
    ways: Ways,
    dir: PathBuf,
    news: UnboundedSender<Event>,
}

impl Courier {
    /// A courier that knows these ways, by profile, and keeps takes in song folders under `dir`.
    pub(super) fn new(ways: Ways, dir: PathBuf, news: UnboundedSender<Event>) -> Self {
        let must_listen = ways.listens().next().is_some();
        let mut courier =
            Self { errands: None, start: Some(Start { ways, dir, news }), thread: None };
        if must_listen {
            courier.begin();
        }
        courier
    }

    /// Whether there was an errand yet.
    pub(super) fn is_at_work(&self) -> bool {
        self.errands.is_some()
    }

    /// Sends it on its way.
    pub(super) fn send(&mut self, errand: Errand) {
        self.begin();
        let sent = self.errands.as_ref().is_some_and(|errands| errands.send(errand).is_ok());
        if !sent {
            tracing::error!("the courier has stopped; something was not sent");
        }
    }

    fn begin(&mut self) {
        if let Some(start) = self.start.take() {
            let (errands, inbox) = unbounded_channel();
            self.errands = Some(errands);
            let news = start.news.clone();
            let work = thread::Builder::new().name("courier".into()).spawn(|| run(start, inbox));
            match work {
                Ok(thread) => self.thread = Some(thread),
                Err(error) => {
                    let text = format!("There is no thread to reach gateways from: {error}");
                    let _ = news.send(Event::Told(Tone::Bad, text));
                }
            }
        }
    }
}

impl Drop for Courier {
    fn drop(&mut self) {
        self.errands = None;
        if matches!(self.thread.take().map(JoinHandle::join), Some(Err(_))) {
            tracing::error!("the courier ended in a panic");
        }
    }
}

fn run(start: Start, inbox: UnboundedReceiver<Errand>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let news = start.news.clone();
    match runtime {
        Ok(runtime) => {
            if let Err(error) = runtime.block_on(work(start, inbox)) {
                let text = format!("Gateways cannot be reached: {error}");
                let _ = news.send(Event::Told(Tone::Bad, text));
            }
            // Nobody waits for a decoder that is still at it.
            runtime.shutdown_background();
        }
        Err(error) => {
            let text = format!("Gateways cannot be reached: {error}");
            let _ = news.send(Event::Told(Tone::Bad, text));
        }
    }
}

async fn work(
    start: Start,
    mut inbox: UnboundedReceiver<Errand>,
) -> Result<(), crate::gateway::TransportError> {
    for address in start.ways.listens().collect::<BTreeSet<_>>() {
        tokio::spawn(callback::listen(address, start.news.clone()));
    }
    let office = Arc::new(account::Office::new(start.ways, start.dir, start.news)?);
    let mut at_work: HashMap<JobId, AbortHandle> = HashMap::new();
    while let Some(errand) = inbox.recv().await {
        let office = Arc::clone(&office);
        at_work.retain(|_, task| !task.is_finished());
        match errand {
            Errand::Create(job) => drop(tokio::spawn(async move { office.create(&job).await })),
            Errand::Balance(profile) => {
                drop(tokio::spawn(async move { office.balance(profile).await }));
            }
            Errand::Poll { id, profile, task } => {
                let asking = tokio::spawn(async move { office.poll(id, &profile, &task).await });
                at_work.insert(id, asking.abort_handle());
            }
            Errand::Fetch { job, kept } => {
                let id = job.id;
                let fetching = tokio::spawn(async move { fetch::fetch(office, job, kept).await });
                at_work.insert(id, fetching.abort_handle());
            }
            Errand::Sweep(id) => drop(tokio::spawn(async move { office.sweep(id).await })),
            Errand::Cancel(id) => {
                if let Some(task) = at_work.remove(&id) {
                    task.abort();
                }
                // What had arrived can be fetched again, should it be wanted after all.
                drop(tokio::spawn(async move { office.sweep(id).await }));
            }
        }
    }
    Ok(())
}

/// Work that blocks, away from the thread that serves everybody.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Failure> {
    let (done, wait) = oneshot::channel();
    tokio::task::spawn_blocking(move || done.send(work()));
    wait.await.map_err(|_| {
        Failure::new(
            FailureClass::Storage,
            "Refrain broke down over it",
            "Please report it; {retry-job} on the job tries again",
        )
    })
}
