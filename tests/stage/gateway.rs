//! What gateways say, in a few words, and jobs as an earlier run may have left them.

use std::time::Duration;

use refrain::gateway::{Created, Polled};
use refrain::song::{
    Draft, Failure, FailureClass, Job, JobId, JobState, Receipt, Request, SongId, Track,
};
use refrain::studio::JobNews;

use super::{NOW, SONG, Stage, write};

/// A failure of a class.
pub fn failure(class: FailureClass) -> Failure {
    Failure::new(class, format!("it is {class:?}"), "Do something")
}

fn created(created: Created) -> JobNews {
    JobNews::Created(Box::new(created))
}

fn polled(polled: Polled) -> JobNews {
    JobNews::Polled(Box::new(polled))
}

pub fn accepted(task: &str) -> JobNews {
    let task = Some(task.to_owned());
    created(Created::Accepted(Receipt { task, ..Receipt::default() }))
}

pub fn refused(class: FailureClass) -> JobNews {
    created(Created::Refused(failure(class)))
}

pub fn busy(retry_after: Option<u64>) -> JobNews {
    let retry_after = retry_after.map(Duration::from_secs);
    created(Created::Busy { failure: failure(FailureClass::Busy), retry_after })
}

pub fn lost() -> JobNews {
    created(Created::Unknown(failure(FailureClass::Unknown)))
}

pub fn conflict() -> JobNews {
    created(Created::Conflict(failure(FailureClass::Unknown)))
}

pub fn working() -> JobNews {
    polled(Polled::Working { receipt: Receipt::default(), provisional: Vec::new() })
}

/// The addresses of two takes.
pub fn tracks(which: &str) -> Receipt {
    let track =
        |letter| Track { audio: format!("https://x.test/{which}{letter}"), ..Track::default() };
    Receipt { tracks: vec![track("A"), track("B")], ..Receipt::default() }
}

pub fn complete(which: &str) -> JobNews {
    polled(Polled::Complete(tracks(which)))
}

pub fn over(class: FailureClass) -> JobNews {
    polled(Polled::Failed { receipt: Receipt::default(), failure: failure(class) })
}

pub fn poll_refused() -> JobNews {
    polled(Polled::Refused(failure(FailureClass::Auth)))
}

pub fn missing() -> JobNews {
    polled(Polled::Missing(failure(FailureClass::Gone)))
}

pub fn again(retry_after: Option<u64>) -> JobNews {
    let retry_after = retry_after.map(Duration::from_secs);
    polled(Polled::Again { failure: failure(FailureClass::Busy), retry_after })
}

pub fn not_fetched(class: FailureClass) -> JobNews {
    JobNews::FetchEnded(Err(failure(class)))
}

/// A job by the profile and the gateway of that name.
pub fn job(id: u64, gateway: &str, state: JobState) -> Job {
    let mut draft = Draft::new(SongId(1));
    SONG.clone_into(&mut draft.lyrics);
    "Midnight Compiler".clone_into(&mut draft.params.title);
    "synth-pop".clone_into(&mut draft.params.style);
    let mut request = Request::freeze(&draft, 7);
    gateway.clone_into(&mut request.params.profile);
    let created = NOW.parse().unwrap();
    let mut job = Job::new(JobId(id), SongId(1), id as u32, gateway, request, created);
    job.idempotency_key = (gateway == "apimall").then(|| format!("key-{id}"));
    job.callback_token = Some(format!("token-{id}"));
    job.state = state;
    job
}

/// That job, with a task.
pub fn with_task(mut job: Job, task: &str) -> Job {
    job.receipt.task = Some(task.to_owned());
    job
}

impl Stage {
    /// A studio with a song for this gateway, in which Ctrl+G pays.
    pub async fn paying(gateway: &str) -> Self {
        let mut stage = Self::with_profiles(120, 36, &[gateway]);
        write(&mut stage).await;
        stage.pass(Duration::from_secs(3)).await;
        stage
    }

    /// The same, with job 1 ordered and its request on its way.
    pub async fn sending(gateway: &str) -> Self {
        let mut stage = Box::pin(Self::paying(gateway)).await;
        stage.press("ctrl+g").await;
        assert_eq!(stage.props.created(), [1], "{}", stage.screen());
        stage
    }

    /// The same, with job 1 at work at the gateway as the task `t1`.
    pub async fn running(gateway: &str) -> Self {
        let mut stage = Box::pin(Self::sending(gateway)).await;
        stage.job(1, accepted("t1")).await;
        stage
    }

    /// A studio that begins with these jobs; each has a profile of its gateway's name.
    pub fn with_jobs(jobs: Vec<Job>) -> Self {
        let all = ["apixo", "apimall", "apiin", "udioapi", "sketch"].map(|name| (name, name));
        Self::opened(120, 36, &all, |opening| {
            opening.contents.next_job =
                JobId(1 + jobs.iter().map(|job| job.id.0).max().unwrap_or(0));
            opening.contents.jobs = jobs;
        })
    }

    /// Where a job stands, in a word.
    pub fn word(&self, id: u64) -> &'static str {
        self.model.queue.get(JobId(id)).unwrap().state.word()
    }

    /// In how many seconds a job is due.
    pub fn due_in(&self, id: u64) -> Option<f64> {
        let due = self.model.watch.turn(JobId(id))?.due?;
        Some(due.duration_since(self.model.now).as_secs_f64())
    }

    /// What the journal was last told of a job.
    pub fn journalled(&self, id: u64) -> Option<Job> {
        use refrain::library::Record;
        use refrain::studio::Effect;
        self.props.wanted.iter().rev().find_map(|effect| match effect {
            Effect::Record { record, .. } => match &**record {
                Record::Job(job) | Record::Takes { job, .. } if job.id.0 == id => Some(job.clone()),
                _ => None,
            },
            _ => None,
        })
    }
}
