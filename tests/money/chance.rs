//! A driver by chance: a user, a journal and a gateway that do anything at any moment, and crashes
//! in between. Whatever happens, nothing is paid twice, and nothing that was paid for is lost.

use std::collections::VecDeque;
use std::io;
use std::time::Duration;

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};
use refrain::config::{Config, Profile};
use refrain::library::Library;
use refrain::runtime::{self, Clock as _, Face, Inbox};
use refrain::song::{Draft, Exchange, FailureClass, JobId, JobState, SongId};
use refrain::studio::{Action, Effect, Event, JobNews, Model, Opening};
use tokio::sync::mpsc::unbounded_channel;

use crate::stage::gateway::{
    accepted, again, busy, complete, conflict, lost, missing, not_fetched, over, poll_refused,
    refused, working,
};
use crate::stage::{NOW, PausedClock, SONG, pair};
use crate::world::{Question, World};

/// Steps of one life.
const STEPS: u32 = 600;

/// A user whose deeds are in a list.
#[derive(Default)]
struct Hands(VecDeque<Event>);

impl Face for Hands {
    async fn ready(&mut self) -> io::Result<()> {
        if self.0.is_empty() { std::future::pending().await } else { Ok(()) }
    }

    fn next(&mut self, _: &Model) -> io::Result<Option<Event>> {
        Ok(self.0.pop_front())
    }

    fn show(&mut self, model: &mut Model) -> io::Result<()> {
        let _ = model.take_redraw();
        Ok(())
    }

    fn copy(&mut self, _: &str) -> io::Result<()> {
        Ok(())
    }
}

struct Life {
    gateway: &'static str,
    chance: ChaCha20Rng,
    clock: PausedClock,
    model: Model,
    first: Vec<Effect>,
    hands: Hands,
    world: World,
    inbox: Inbox,
    last: Option<(JobId, JobNews)>,
}

impl Life {
    fn begin(gateway: &'static str, seed: u8) -> Self {
        let clock = PausedClock::start(NOW.parse().unwrap());
        let (news, inbox) = unbounded_channel();
        let world = World::new(news);
        let (model, first) = open(gateway, &world, &clock, seed);
        let chance = ChaCha20Rng::from_seed([seed; 32]);
        let hands = Hands::default();
        Self { gateway, chance, clock, model, first, hands, world, inbox, last: None }
    }

    /// A number below that.
    fn dice(&mut self, sides: u32) -> u32 {
        self.chance.next_u32() % sides
    }

    async fn pass(&mut self, milliseconds: u64) {
        let Self { model, first, hands, world, inbox, clock, .. } = self;
        let first = std::mem::take(first);
        let run = runtime::run(model, first, hands, world, inbox, &*clock);
        // It may have left; then the next pass has it open again, as if it had been asked to stay.
        let ended = tokio::time::timeout(Duration::from_millis(milliseconds), run).await;
        if let Ok(ended) = ended {
            ended.unwrap();
            self.crash();
        }
    }

    /// The program is gone from one moment to the next; what the disk has is there.
    fn crash(&mut self) {
        self.world.pending.clear();
        self.world.refused.clear();
        for question in std::mem::take(&mut self.world.questions) {
            if let Question::Create(job) = question
                && self.dice(2) == 0
            {
                self.take(job.id);
            }
        }
        // What was told and not written is not known any more.
        for (id, account) in &mut self.world.accounts {
            account.is_told = self.world.jobs[id].receipt.task.is_some();
        }
        self.last = None;
        let (news, inbox) = unbounded_channel();
        (self.world.news, self.inbox) = (news, inbox);
        let seed = self.dice(256) as u8;
        (self.model, self.first) = open(self.gateway, &self.world, &self.clock, seed);
        self.hands.0.clear();
    }

    /// The gateway takes a job, and charges for it.
    fn take(&mut self, id: JobId) -> String {
        let has_key = self.world.jobs[&id].idempotency_key.is_some();
        let account = self.world.accounts.entry(id).or_default();
        assert!(account.task.is_none() || has_key, "job {id} is paid twice");
        account.task.get_or_insert_with(|| format!("task-{id}")).clone()
    }

    fn say(&mut self, id: JobId, news: JobNews) {
        self.last = Some((id, news.clone()));
        self.world.tell(Event::Job(id, news));
        // As the courier does.
        let exchange = Exchange {
            at: self.clock.now(),
            purpose: refrain::song::Purpose::Poll,
            request: "GET".into(),
            status: Some(200),
            answer: String::new(),
            milliseconds: 1,
            repeated: 0,
        };
        self.world.tell(Event::Exchange(id, Box::new(exchange)));
    }

    fn answer(&mut self) {
        let open = self.world.questions.len() as u32;
        if open == 0 {
            return;
        }
        let which = self.dice(open) as usize;
        let how = if self.world.is_kind { 0 } else { self.dice(10) };
        match self.world.questions.remove(which) {
            Question::Create(job) => self.answer_create(job.id, how),
            Question::Poll(id) => {
                let news = match how {
                    0..=2 => complete("x"),
                    3..=5 => working(),
                    6 => again((self.dice(2) == 0).then_some(600)),
                    7 => missing(),
                    8 => poll_refused(),
                    _ => over(FailureClass::Task),
                };
                self.say(id, news);
            }
            Question::Fetch(job, kept) => {
                let missing = pair(&job).into_iter().filter(|take| !kept.contains(take));
                let some = missing.take(if how < 4 { 2 } else { self.dice(2) as usize });
                for take in some.collect::<Vec<_>>() {
                    self.world.tell(Event::Job(job.id, JobNews::Fetched(Box::new(take))));
                }
                let news = match how {
                    0..=3 => JobNews::FetchEnded(Ok(())),
                    4..=6 => not_fetched(FailureClass::Busy),
                    7 | 8 => not_fetched(FailureClass::Gone),
                    _ => not_fetched(FailureClass::Storage),
                };
                self.say(job.id, news);
            }
        }
    }

    fn answer_create(&mut self, id: JobId, how: u32) {
        let is_taken = self.world.accounts[&id].task.is_some();
        let news = match how {
            0..=3 => {
                let task = self.take(id);
                self.world.accounts.entry(id).or_default().is_told = true;
                accepted(&task)
            }
            4 => {
                self.take(id);
                lost()
            }
            5 => lost(),
            6 | 7 => {
                self.world.accounts.entry(id).or_default().may_repeat = true;
                busy((how == 6).then_some(120))
            }
            8 if is_taken => conflict(),
            8 => refused(FailureClass::Moderation),
            _ => refused(FailureClass::Funds),
        };
        self.say(id, news);
    }

    fn user(&mut self) {
        let deed = match self.dice(12) {
            0..=2 => {
                self.hands.0.push_back(Event::Act(Action::GoLyrics));
                self.hands.0.push_back(Event::Type('a'));
                Event::Act(Action::Generate)
            }
            3 => Event::Act(Action::CancelJob),
            4 | 5 => Event::Act(Action::RetryJob),
            6 => Event::Act(Action::RowUp),
            7 | 8 => Event::Act(Action::RowDown),
            9 => Event::Act(Action::Quit),
            10 => Event::Unknown("F2".into()),
            _ => {
                let id = self.dice(1 + self.model.queue.len() as u32);
                let token = self.model.queue.get(JobId(id.into()));
                let token = token.and_then(|job| job.callback_token.clone());
                Event::Hint(token.unwrap_or_default())
            }
        };
        if matches!(deed, Event::Act(Action::CancelJob | Action::RetryJob | Action::RowDown)) {
            self.hands.0.push_back(Event::Act(Action::GoQueue));
        }
        self.hands.0.push_back(deed);
    }

    async fn step(&mut self) {
        match self.dice(100) {
            0..=29 => self.world.write(false),
            30..=34 => self.world.write(true),
            35..=59 => self.answer(),
            60..=64 => {
                // Told twice, before anything else is asked.
                let last = self.last.clone();
                if let Some((id, news)) = last.filter(|(id, _)| !self.world.is_asked(*id)) {
                    self.world.tell(Event::Job(id, news));
                }
            }
            65..=79 => self.user(),
            80..=97 => {
                let time = u64::from(self.dice(20_000));
                self.pass(time).await;
            }
            _ => self.crash(),
        }
        self.pass(2).await;
        // It may have been opened anew.
        while !self.first.is_empty() {
            self.pass(2).await;
        }
        self.check();
    }

    /// What holds at every moment.
    fn check(&self) {
        let wake = self.model.next_wake();
        assert!(wake.is_none_or(|at| at > self.model.now), "it spins: {wake:?}");
        for job in self.model.queue.running() {
            let is_due = self.model.watch.turn(job.id).is_some_and(|turn| turn.due.is_some());
            assert!(is_due || self.world.awaits(job.id), "nothing moves {job:?}");
        }
        for (id, account) in &self.world.accounts {
            let kept = &self.world.jobs[id];
            let has_task = kept.receipt.task.is_some();
            if account.task.is_some() && !has_task {
                let is_on_show = matches!(kept.state, JobState::Sending { .. })
                    || matches!(kept.state, JobState::Unknown { .. })
                    // The user forgot it.
                    || matches!(kept.state, JobState::Cancelled { .. })
                    || self.world.awaits(*id);
                assert!(is_on_show, "a paid task is lost: {kept:?}");
            }
            let job = self.model.queue.get(*id).unwrap();
            if matches!(job.state, JobState::Done { .. }) {
                assert_eq!(self.model.takes.of(*id).count(), 2, "{job:?}");
            }
        }
    }

    /// Everybody is kind for a while: then everything comes to rest.
    async fn come_to_rest(&mut self) {
        self.world.is_kind = true;
        self.hands.0.push_back(Event::Unknown("F2".into()));
        for _ in 0..2000 {
            self.pass(1000).await;
            while !self.world.pending.is_empty() || !self.world.questions.is_empty() {
                self.world.write(false);
                self.answer();
                self.pass(2).await;
            }
            self.check();
        }
        for job in self.model.queue.rows() {
            assert!(job.state.is_at_rest(), "it goes on for ever: {job:?}");
            assert_eq!(self.world.jobs.get(&job.id), Some(job), "the journal has it as it is");
        }
        assert_eq!(self.model.next_wake(), None);
    }
}

fn open(gateway: &str, world: &World, clock: &PausedClock, seed: u8) -> (Model, Vec<Effect>) {
    let (_, mut contents) = Library::in_memory().unwrap();
    contents.draft = Draft::new(SongId(1));
    SONG.clone_into(&mut contents.draft.lyrics);
    "Midnight Compiler".clone_into(&mut contents.draft.params.title);
    "synth-pop".clone_into(&mut contents.draft.params.style);
    contents.jobs = world.jobs.values().cloned().collect();
    contents.takes = world.takes.values().cloned().collect();
    let newest = contents.jobs.last().map_or(0, |job| job.id.0);
    contents.next_job = JobId(newest + 1);
    let config = Config {
        profiles: vec![Profile::of(gateway.into(), gateway.into())],
        profile: gateway.to_owned(),
        ..Config::default()
    };
    let mut opening = runtime::opening(&config, contents, clock.now()).unwrap();
    opening.profiles.iter_mut().for_each(|profile| profile.calls_back = true);
    Model::new(Opening { chance: [seed; 32], ..opening })
}

async fn live(gateway: &'static str) {
    for seed in 0..12 {
        let mut life = Life::begin(gateway, seed);
        for _ in 0..STEPS {
            life.step().await;
        }
        life.come_to_rest().await;
        let created: u32 = life.world.accounts.values().map(|account| account.creates).sum();
        assert!(created > 5, "seed {seed} tried nothing");
    }
}

#[tokio::test(start_paused = true)]
async fn apixo() {
    live("apixo").await;
}

#[tokio::test(start_paused = true)]
async fn apimall() {
    live("apimall").await;
}

#[tokio::test(start_paused = true)]
async fn apiin() {
    live("apiin").await;
}

#[tokio::test(start_paused = true)]
async fn udioapi() {
    live("udioapi").await;
}
