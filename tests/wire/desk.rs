//! Someone who orders songs: the real machine with a library of its own, and a sandbox or any
//! other server behind its profiles.

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Duration;

use jiff::Timestamp;
use refrain::gateway::{Bounds, Catalogue, Created, Polled};
use refrain::library::Library;
use refrain::player::OutputKind;
use refrain::runtime::{self, Inbox, Machine, Outside as _};
use refrain::sandbox::{Dialect, Options, Pace, Recording, Sandbox, Sound};
use refrain::sketch;
use refrain::song::{
    Draft, Exchange, Failure, Job, JobId, JobState, Label, Params, Receipt, Request, SongId, Take,
};
use refrain::studio::{Effect, Event, JobNews};
use serde_json::Value;
use tempfile::TempDir;

/// How long anything may take on a machine that is busy with something else.
const PATIENCE: Duration = Duration::from_secs(60);

/// As in the program, but so short that a test can wait for them.
pub const BOUNDS: Bounds = Bounds {
    connect: Duration::from_secs(5),
    silence: Duration::from_millis(700),
    whole: Duration::from_millis(1500),
    largest: 256 * 1024,
    least: 64 * 1024,
    within: Duration::from_secs(1),
};

/// Two recordings that decode, rendered once.
pub fn pair() -> &'static [Recording; 2] {
    static PAIR: OnceLock<[Recording; 2]> = OnceLock::new();
    PAIR.get_or_init(|| {
        [Label::A, Label::B].map(|label| {
            let made = sound(label);
            Recording::new(made.audio.clone(), made.cover.clone(), made.duration)
        })
    })
}

/// What the recordings are made of.
pub fn sound(label: Label) -> &'static sketch::Rendered {
    static MADE: OnceLock<[sketch::Rendered; 2]> = OnceLock::new();
    let made = MADE.get_or_init(|| {
        let text = "[Verse]\nOne for the money, two for the show".to_owned();
        let request = Request { text, params: Params::default(), seed: 1 };
        [Label::A, Label::B].map(|label| {
            sketch::render(&request, label, &mut |_| ControlFlow::Continue(())).unwrap()
        })
    });
    &made[label.index()]
}

/// A sandbox with two takes that are there at once, which moves by polls.
pub fn sandbox(script: &str) -> Sandbox {
    let sound = Sound::Given(pair().to_vec());
    let options = Options { pace: Pace::Polls, sound, script: script.into(), ..Options::default() };
    Sandbox::start(options).unwrap()
}

/// A rule of a sandbox's script.
pub fn rule(on: &str, more: &str) -> String {
    format!("[[rule]]\non = \"{on}\"\n{more}\n")
}

pub struct Desk {
    // First, so that it stops before its folder goes.
    machine: Machine,
    inbox: Inbox,
    /// Everything that was told of requests and answers.
    pub story: Vec<Exchange>,
    /// The takes that could be played before they were there, in the order of the news.
    pub arriving: Vec<Label>,
    jobs: u64,
    home: TempDir,
}

impl Desk {
    /// At a sandbox, with the times of tests.
    pub fn at(sandbox: &Sandbox) -> Self {
        Self::with(&sandbox.config(), BOUNDS)
    }

    pub fn with(config: &str, bounds: Bounds) -> Self {
        // Composed before anybody's time runs.
        pair();
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("config.toml");
        fs::write(&file, config).unwrap();
        let config = refrain::config::load(Some(&file)).unwrap();
        let ways = runtime::ways(&config, &runtime::profiles(&config).unwrap()).within(bounds);
        let (library, _) = Library::open(&home.path().join("data")).unwrap();
        let (news, inbox) = tokio::sync::mpsc::unbounded_channel();
        let machine = Machine::new(library, OutputKind::Silent, ways, news).unwrap();
        Self { machine, inbox, story: Vec::new(), arriving: Vec::new(), jobs: 0, home }
    }

    pub fn dir(&self) -> PathBuf {
        self.home.path().join("data")
    }

    /// A job that is about to be sent.
    pub fn job(&mut self, profile: &str) -> Job {
        self.jobs += 1;
        let mut draft = Draft::new(SongId(self.jobs));
        draft.lyrics = "[Verse]\nPaper cups along the sill".into();
        draft.params.title = "Paper Cups".into();
        draft.params.style = "folk".into();
        draft.params.profile = profile.into();
        let gateway = Catalogue::built_in().unwrap();
        let gateway = gateway.get(profile).expect("a profile has its gateway's name here");
        draft.params.model.clone_from(&gateway.models[0]);
        let id = JobId(self.jobs);
        let request = Request::freeze(&draft, 7);
        let since = Timestamp::now();
        let mut job = Job::new(id, draft.song, 1, profile, request, since);
        job.state = JobState::Sending { since };
        if profile == "apimall" {
            job.idempotency_key = Some(format!("action-{id}"));
        }
        job
    }

    pub fn perform(&mut self, effect: Effect) {
        self.machine.perform(effect);
    }

    /// The next news, but for those of requests and answers.
    pub async fn news(&mut self) -> Event {
        loop {
            let event = tokio::time::timeout(PATIENCE, self.inbox.recv()).await;
            match event.expect("there is news").expect("somebody tells") {
                Event::Exchange(_, exchange) => self.story.push(*exchange),
                event => return event,
            }
        }
    }

    /// The next word about a job.
    async fn word(&mut self) -> JobNews {
        loop {
            if let Event::Job(_, news) = self.news().await {
                return news;
            }
        }
    }

    /// Takes in what was told already of requests and answers.
    pub fn listen(&mut self) {
        while let Ok(event) = self.inbox.try_recv() {
            if let Event::Exchange(_, exchange) = event {
                self.story.push(*exchange);
            }
        }
    }

    pub async fn create(&mut self, job: &mut Job) -> Created {
        self.perform(Effect::Create(Box::new(job.clone())));
        let JobNews::Created(created) = self.word().await else { panic!("not created") };
        if let Created::Accepted(receipt) = &*created {
            job.receipt.add(receipt.clone());
        }
        *created
    }

    pub async fn poll(&mut self, job: &mut Job) -> Polled {
        let (id, profile) = (job.id, job.request.params.profile.clone());
        let task = job.receipt.task.clone().expect("a task");
        self.perform(Effect::Poll { id, profile, task });
        let JobNews::Polled(polled) = self.word().await else { panic!("not polled") };
        if let Polled::Working { receipt, .. } | Polled::Complete(receipt) = &*polled {
            job.receipt.add(receipt.clone());
        }
        *polled
    }

    /// Fetches the takes that are not in `kept`, and puts them there.
    pub async fn fetch(&mut self, job: &Job, kept: &mut Vec<Take>) -> Result<(), Failure> {
        self.perform(Effect::Fetch { job: Box::new(job.clone()), kept: kept.clone() });
        loop {
            match self.word().await {
                JobNews::Arriving(label) => {
                    assert!(kept.iter().all(|take| take.id.label != label), "it is there already");
                    self.arriving.push(label);
                }
                JobNews::Fetched(take) => kept.push(*take),
                JobNews::FetchEnded(result) => {
                    kept.sort_by_key(|take| take.id);
                    return result;
                }
                news => panic!("{news:?}"),
            }
        }
    }

    /// Orders a song and asks until it is done; the job has all that was said.
    pub async fn ordered(&mut self, profile: &str) -> Job {
        let mut job = self.job(profile);
        let created = self.create(&mut job).await;
        assert!(matches!(created, Created::Accepted(_)), "{created:?}");
        self.complete(&mut job).await;
        job
    }

    /// Asks until a job is done.
    pub async fn complete(&mut self, job: &mut Job) -> Receipt {
        for _ in 0..10 {
            match self.poll(job).await {
                Polled::Complete(receipt) => return receipt,
                Polled::Working { .. } => {}
                polled => panic!("{polled:?}"),
            }
        }
        panic!("never done")
    }

    /// What the disk has under the data directory: paths and sizes.
    pub fn files(&self) -> Vec<(String, u64)> {
        let mut files = Vec::new();
        walk(&self.dir(), &self.dir(), &mut files);
        files.sort();
        files
    }
}

fn walk(root: &Path, dir: &Path, files: &mut Vec<(String, u64)>) {
    for entry in fs::read_dir(dir).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_dir() {
            walk(root, &entry.path(), files);
        } else {
            let path = entry.path().strip_prefix(root).unwrap().display().to_string();
            files.push((path, entry.metadata().unwrap().len()));
        }
    }
}

/// The downloads of a task's files, by the file's name.
pub fn downloads(sandbox: &Sandbox, job: &Job, file: &str) -> Value {
    let task = job.receipt.task.as_deref().unwrap();
    sandbox.ledger()["downloads"][format!("/files/{task}/{file}")].clone()
}

pub fn names() -> impl Iterator<Item = &'static str> {
    Dialect::ALL.into_iter().map(Dialect::name)
}
