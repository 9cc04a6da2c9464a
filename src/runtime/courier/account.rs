//! Calls to gateways: create, poll, balance. Each goes out once.

use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use secrecy::SecretString;
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::{Mutex as AsyncMutex, Semaphore, SemaphorePermit};

use super::arriving::Arriving;
use super::aside;
use super::hide::Hide;
use super::story::{Begun, Stories};
use super::way::{Way, Ways};
use crate::gateway::{Answer, Balance, Call, Created, Polled, Transport, TransportError};
use crate::library::folders::arrivals;
use crate::player::Feeds;
use crate::song::{Exchange, Failure, FailureClass, Job, JobId, Purpose};
use crate::studio::{Event, JobNews};

/// So many questions are on their way to one gateway at once, however many jobs there are...
const QUESTIONS: usize = 32;
/// ...and so many files from it.
const FILES: usize = 4;

/// How much may be on its way for one profile: a gateway that does not answer keeps only those
/// waiting who wait for it.
struct Lane {
    questions: Semaphore,
    files: Semaphore,
}

/// Where everything comes together that errands share.
pub(super) struct Office {
    ways: Ways,
    pub(super) dir: PathBuf,
    pub(super) transport: Transport,
    lanes: HashMap<String, Lane>,
    stories: Stories,
    /// What may be heard of what is fetched.
    pub(super) arriving: Arriving,
    turns: Mutex<HashMap<JobId, Arc<AsyncMutex<()>>>>,
    news: UnboundedSender<Event>,
}

impl Office {
    pub(super) fn new(
        ways: Ways,
        dir: PathBuf,
        feeds: Feeds,
        news: UnboundedSender<Event>,
    ) -> Result<Self, TransportError> {
        let lane = || Lane { questions: Semaphore::new(QUESTIONS), files: Semaphore::new(FILES) };
        Ok(Self {
            lanes: ways.by_profile.keys().map(|profile| (profile.clone(), lane())).collect(),
            transport: Transport::new(ways.bounds)?,
            ways,
            dir,
            stories: Stories::default(),
            arriving: Arriving::new(feeds),
            turns: Mutex::default(),
            news,
        })
    }

    /// A place among the files that come for a profile; waits until there is one.
    pub(super) async fn place(&self, profile: &str) -> Option<SemaphorePermit<'_>> {
        // Never closed, so a permit always comes.
        self.lanes.get(profile)?.files.acquire().await.ok()
    }

    /// Tells the studio; it may have gone.
    pub(super) fn tell(&self, event: Event) {
        let _ = self.news.send(event);
    }

    pub(super) fn job(&self, id: JobId, news: JobNews) {
        self.tell(Event::Job(id, news));
    }

    pub(super) fn told(&self, id: JobId, exchange: Exchange) {
        self.tell(Event::Exchange(id, Box::new(exchange)));
    }

    fn way(&self, profile: &str) -> Result<&Way, Failure> {
        self.ways.by_profile.get(profile).ok_or_else(|| {
            Failure::new(
                FailureClass::Auth,
                format!("There is no profile {profile} that leads to a gateway"),
                "Put it back into the configuration, then {retry-job} on the job",
            )
        })
    }

    async fn send(
        &self,
        call: Call,
        purpose: Purpose,
        key: &SecretString,
    ) -> (Result<Answer, TransportError>, Exchange) {
        let begun = Begun::new(&call);
        let result = self.transport.send(call).await;
        let exchange = begun.ended(purpose, &result, key);
        (result, exchange)
    }

    /// Sends the request of a job: the call that costs.
    pub(super) async fn create(&self, job: &Job) {
        let created = match self.create_call(job).await {
            Ok((created, exchange)) => {
                // The answer first: the sooner the task is in the journal, the better.
                self.job(job.id, JobNews::Created(Box::new(created)));
                return self.told(job.id, exchange);
            }
            Err(failure) => Created::Refused(failure),
        };
        self.job(job.id, JobNews::Created(Box::new(created)));
    }

    async fn create_call(&self, job: &Job) -> Result<(Created, Exchange), Failure> {
        let way = self.way(&job.request.params.profile)?;
        let key = way.key().await?;
        let (result, exchange) = self.send(way.create(job, &key), Purpose::Create, &key).await;
        let label = &way.label;
        let created = match result {
            Ok(answer) => Hide(&key).created(way.speaker.created(&answer)),
            Err(error @ TransportError::NotSent(_)) => {
                Created::Busy { failure: unreachable(label, &error), retry_after: None }
            }
            Err(error @ (TransportError::Lost(_) | TransportError::TooLarge)) => {
                let what = format!("{label} may have the request or not: {error}");
                // What to do about it is the studio's to say.
                Created::Unknown(Failure::new(FailureClass::Unknown, what, ""))
            }
        };
        if matches!(&created, Created::Refused(failure) if failure.class == FailureClass::Auth) {
            way.forget_key().await;
        }
        Ok((created, exchange))
    }

    /// Asks about a task.
    pub(super) async fn poll(&self, id: JobId, profile: &str, task: &str) {
        let _permit = match self.lanes.get(profile) {
            // Never closed, so a permit always comes.
            Some(lane) => lane.questions.acquire().await.ok(),
            None => None,
        };
        let polled = self.poll_call(id, profile, task).await.unwrap_or_else(Polled::Refused);
        if !matches!(polled, Polled::Working { .. } | Polled::Again { .. }) {
            self.forget(id);
        }
        self.job(id, JobNews::Polled(Box::new(polled)));
    }

    async fn poll_call(&self, id: JobId, profile: &str, task: &str) -> Result<Polled, Failure> {
        let way = self.way(profile)?;
        let key = way.key().await?;
        let (result, exchange) = self.send(way.poll(task, &key), Purpose::Poll, &key).await;
        for exchange in self.stories.asked(id, exchange) {
            self.told(id, exchange);
        }
        let polled = match result {
            Ok(answer) => Hide(&key).polled(way.speaker.polled(&answer)),
            Err(error) => {
                Polled::Again { failure: unreachable(&way.label, &error), retry_after: None }
            }
        };
        if matches!(polled, Polled::Refused(_)) {
            way.forget_key().await;
        }
        Ok(polled)
    }

    /// Asks what is left on an account.
    pub(super) async fn balance(&self, profile: String) {
        let result = self.balance_call(&profile).await;
        self.tell(Event::Balance(profile, result));
    }

    async fn balance_call(&self, profile: &str) -> Result<Balance, Failure> {
        let way = self.way(profile)?;
        let key = way.key().await?;
        let call = way.balance(&key).ok_or_else(|| {
            Failure::new(
                FailureClass::Invalid,
                format!("{} has no way to ask what is left", way.label),
                "Its site tells",
            )
        })?;
        let result = self.transport.send(call).await;
        let answer = result.map_err(|error| unreachable(&way.label, &error))?;
        let balance = way.speaker.balanced(&answer).map_err(|failure| Hide(&key).failure(failure));
        if matches!(&balance, Err(failure) if failure.class == FailureClass::Auth) {
            way.forget_key().await;
        }
        balance
    }

    /// Forgets what was said about a job.
    pub(super) fn forget(&self, id: JobId) {
        if let Some(last) = self.stories.forget(id) {
            self.told(id, last);
        }
    }

    /// Deletes what fetching a job left, when nobody is at it any more.
    pub(super) async fn sweep(&self, id: JobId) {
        self.forget(id);
        let turn = self.turn(id).lock_owned().await;
        // Either all of it is in the library by now, or nobody wants it any more.
        self.arriving.end(id, "it is not fetched any more");
        let folder = arrivals(&self.dir, id);
        let swept = aside(move || {
            let _turn = turn;
            match fs::remove_dir_all(&folder) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    tracing::warn!(%error, folder = %folder.display(), "not swept");
                }
                _ => {}
            }
        });
        // Who sweeps tells nobody.
        let _ = swept.await;
    }

    /// Held by whoever works on the files of a job: work on a disk goes on for a while after it
    /// was cancelled, and what comes next must not meet it there.
    pub(super) fn turn(&self, id: JobId) -> Arc<AsyncMutex<()>> {
        let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        turns.retain(|_, turn| Arc::strong_count(turn) > 1);
        Arc::clone(turns.entry(id).or_default())
    }
}

fn unreachable(label: &str, error: &TransportError) -> Failure {
    Failure::new(
        FailureClass::Busy,
        format!("{label} cannot be reached: {error}"),
        "Check the network and the base_url of the profile; it is tried again by itself",
    )
}
