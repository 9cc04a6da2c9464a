//! The way to the gateways: requests, questions and downloads, on a thread of its own.
//!
//! It does what it is told, once, and tells what came of it; whether anything is done again is the
//! studio's to decide. The thread begins with the first errand: who only sketches has none.

mod account;
mod arriving;
mod callback;
mod download;
mod errand;
mod fetch;
mod hide;
mod pen;
mod story;
mod way;

use std::collections::{BTreeSet, HashMap};
use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use futures_util::FutureExt as _;
use tokio::sync::mpsc::error::SendError;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;
use tokio::task::AbortHandle;

use crate::player::Feeds;
use crate::song::{Failure, FailureClass, JobId};
use crate::studio::Event;

pub(in crate::runtime) use errand::Errand;
pub use way::{Way, Ways};

/// The courier. Dropping it gives up everything that is on its way.
pub(super) struct Courier {
    errands: Option<UnboundedSender<Errand>>,
    start: Option<Start>,
    thread: Option<JoinHandle<()>>,
    news: UnboundedSender<Event>,
}

/// What a courier needs to begin.
struct Start {
    ways: Ways,
    dir: PathBuf,
    feeds: Feeds,
    news: UnboundedSender<Event>,
}

impl Courier {
    /// A courier that knows these ways, by profile, and keeps takes in song folders under `dir`.
    /// What it fetches can be heard from `feeds` meanwhile.
    pub(super) fn new(
        ways: Ways,
        dir: PathBuf,
        feeds: Feeds,
        news: UnboundedSender<Event>,
    ) -> Self {
        let must_listen = ways.listens().next().is_some();
        let start = Some(Start { ways, dir, feeds, news: news.clone() });
        let mut courier = Self { errands: None, start, thread: None, news };
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
        let Some(errands) = &self.errands else { return };
        if let Err(SendError(errand)) = errands.send(errand) {
            tracing::error!("the courier has stopped; something was not sent");
            self.answer(&errand, "there is no thread to reach it from");
        }
    }

    /// What nobody does is answered all the same: nothing waits for ever.
    fn answer(&self, errand: &Errand, why: &str) {
        if let Some(event) = errand.owed().not_begun(why) {
            let _ = self.news.send(event);
        }
    }

    fn begin(&mut self) {
        let Some(start) = self.start.take() else { return };
        let (errands, inbox) = unbounded_channel();
        self.errands = Some(errands);
        let work = thread::Builder::new().name("courier".into()).spawn(|| run(start, inbox));
        match work {
            Ok(thread) => self.thread = Some(thread),
            Err(error) => tracing::error!(%error, "no thread for the courier"),
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

fn run(start: Start, mut inbox: UnboundedReceiver<Errand>) {
    let news = start.news.clone();
    let begun = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let why = match begun {
        Ok(runtime) => {
            let ended = runtime.block_on(work(start, &mut inbox));
            // Nobody waits for a decoder that is still at it.
            runtime.shutdown_background();
            match ended {
                Ok(()) => return,
                Err(error) => error.to_string(),
            }
        }
        Err(error) => error.to_string(),
    };
    tracing::error!(why, "gateways cannot be reached");
    while let Some(errand) = inbox.blocking_recv() {
        if let Some(event) = errand.owed().not_begun(&why) {
            let _ = news.send(event);
        }
    }
}

async fn work(
    start: Start,
    inbox: &mut UnboundedReceiver<Errand>,
) -> Result<(), crate::gateway::TransportError> {
    for address in start.ways.listens().collect::<BTreeSet<_>>() {
        tokio::spawn(callback::listen(address, start.news.clone()));
    }
    let office = Arc::new(account::Office::new(start.ways, start.dir, start.feeds, start.news)?);
    let mut at_work: HashMap<JobId, AbortHandle> = HashMap::new();
    while let Some(errand) = inbox.recv().await {
        let (office, owed) = (Arc::clone(&office), errand.owed());
        at_work.retain(|_, task| !task.is_finished());
        match errand {
            Errand::Create(job) => {
                let there = Arc::clone(&office);
                watched(&office, owed, async move { there.create(&job).await });
            }
            Errand::Balance(profile) => {
                let there = Arc::clone(&office);
                watched(&office, owed, async move { there.balance(profile).await });
            }
            Errand::Poll { id, profile, task } => {
                let there = Arc::clone(&office);
                let asking = async move { there.poll(id, &profile, &task).await };
                at_work.insert(id, watched(&office, owed, asking));
            }
            Errand::Fetch { job, kept } => {
                let id = job.id;
                let fetching = fetch::fetch(Arc::clone(&office), job, kept);
                at_work.insert(id, watched(&office, owed, fetching));
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

/// Sets something going; should it break down, that is the answer.
fn watched(
    office: &Arc<account::Office>,
    owed: errand::Owed,
    work: impl Future<Output = ()> + Send + 'static,
) -> AbortHandle {
    let office = Arc::clone(office);
    let work = async move {
        if AssertUnwindSafe(work).catch_unwind().await.is_err()
            && let Some(event) = owed.broke_down()
        {
            office.tell(event);
        }
    };
    tokio::spawn(work).abort_handle()
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
