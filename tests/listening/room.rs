//! A studio with a pair that tells its lines, and a player that stands where the test says.

use std::time::Duration;

use refrain::player::{Command, Event, State, Status};
use refrain::song::{Job, JobId, Label, Moment, Part, Remarks, Take, TakeId, Timeline};
use refrain::studio::{self, JobNews, update};

use crate::stage::{Stage, pair, written};

pub const A: TakeId = TakeId { job: JobId(1), label: Label::A };
pub const B: TakeId = TakeId { job: JobId(1), label: Label::B };

/// Seconds.
pub const fn s(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// What the takes sing: the song of the stage.
pub fn sung() -> Timeline {
    let moment = |at, what, text: &str| Moment { at: s(at), what, text: text.into() };
    Timeline::new(vec![
        moment(5, Part::Section, "Verse 1"),
        moment(5, Part::Line, "Neon on the window, cursor in the dark"),
        moment(15, Part::Line, "Counting every keystroke, waiting for a spark"),
        moment(30, Part::Section, "Chorus"),
        moment(30, Part::Line, "Oh, compile me tonight"),
        moment(40, Part::Line, "Let the warnings turn to light"),
    ])
}

/// A is 62 seconds long and tells its lines, B is 69 and does not.
pub fn two(job: &Job) -> Vec<Take> {
    let mut takes = pair(job);
    takes[0].timeline = sung();
    takes
}

/// What a player would tell that has this take of job 1 on its deck, and the other beside it.
pub fn status(take: TakeId, state: State, position: Duration) -> Status {
    let total = |take: TakeId| s(62 + 7 * take.label.index() as u64);
    let rival = if take.label == Label::A { Label::B } else { Label::A };
    let rival = TakeId { label: rival, ..take };
    Status {
        take: Some(take),
        rival: Some(rival),
        state,
        position,
        total: Some(total(take)),
        rival_total: Some(total(rival)),
        volume: 80,
        ..Status::default()
    }
}

pub struct Room {
    pub stage: Box<Stage>,
    heard: usize,
}

impl Room {
    pub fn of(stage: Stage) -> Self {
        let heard = stage.props.played().len();
        Self { stage: Box::new(stage), heard }
    }

    /// A written song with two takes; the list of takes has the keys.
    pub async fn new() -> Self {
        Box::pin(Self::with(two)).await
    }

    /// The same with these takes.
    pub async fn with(takes: impl Fn(&Job) -> Vec<Take>) -> Self {
        let mut stage = Box::pin(written(120, 36)).await;
        stage.press("ctrl+g").await;
        let job = stage.model.queue.get(JobId(1)).unwrap().clone();
        stage.job(1, JobNews::Done(takes(&job))).await;
        stage.press("alt+4").await;
        Self::of(stage)
    }

    /// The same, with A playing since a while.
    pub async fn playing() -> Self {
        let mut room = Box::pin(Self::new()).await;
        room.stands(A, State::Playing, s(20)).await;
        room
    }

    /// What the player was told since the last time.
    pub fn told(&mut self) -> Vec<Command> {
        let told = self.stage.props.played().split_off(self.heard);
        self.heard += told.len();
        told
    }

    /// Presses keys; gives what the player was told.
    pub async fn press(&mut self, keys: &str) -> Vec<Command> {
        self.stage.press(keys).await;
        self.told()
    }

    /// The player stands so.
    pub async fn stands(&mut self, take: TakeId, state: State, position: Duration) -> Vec<Command> {
        self.tells(Event::Status(status(take, state, position))).await
    }

    pub async fn tells(&mut self, event: Event) -> Vec<Command> {
        self.stage.happens(studio::Event::Player(event)).await;
        self.told()
    }

    /// A take of job 1 is on disk.
    pub async fn comes(&mut self, take: TakeId) {
        let job = self.stage.model.queue.get(take.job).unwrap().clone();
        let come = two(&job).into_iter().find(|come| come.id == take).unwrap();
        self.stage.job(1, JobNews::Fetched(Box::new(come))).await;
    }

    /// What was said last.
    pub fn said(&self) -> &str {
        &self.stage.model.notice.text
    }

    #[track_caller]
    pub fn says(&self, words: &str) {
        assert!(self.said().contains(words), "no {words:?} in {:?}", self.said());
    }

    pub fn selected(&self) -> TakeId {
        self.stage.model.takes.selected().unwrap().id
    }

    pub fn take(&self, id: TakeId) -> &Take {
        self.stage.model.takes.get(id).unwrap()
    }

    pub fn remarks(&self, id: TakeId) -> &Remarks {
        &self.take(id).remarks
    }

    /// The player stands so, and nothing is drawn; gives which parts of the screen that changes.
    pub fn marks(&mut self, status: Status) -> studio::Redraw {
        let now = self.stage.model.now;
        let _ = self.stage.model.take_redraw();
        let _ = update(&mut self.stage.model, studio::Event::Player(Event::Status(status)), now);
        self.stage.model.take_redraw()
    }
}

/// Whether this opens a take, and plays it.
pub fn opens(command: &Command, id: TakeId) -> bool {
    matches!(command, Command::Open { take, rival: Some(rival), play: true }
        if take.take == id && rival.take.job == id.job && rival.take != id)
}
