//! The production loop on a stage: a paused clock, a terminal in memory, a library in memory,
//! and jobs and sounds that happen when the test says so.
#![allow(dead_code, reason = "each test file uses a part of it")]

pub mod gateway;
mod keys;
mod props;

use std::cell::RefCell;
use std::collections::VecDeque;
use std::io;
use std::rc::Rc;
use std::time::{Duration, Instant};

use crossterm::event::{Event as Told, KeyCode, KeyEvent, KeyModifiers};
use jiff::Timestamp;
use ratatui::backend::TestBackend;
use refrain::config::{Binding, Config, Profile};
use refrain::library::{Contents, Fault, Library, Record, WriteError};
use refrain::player::{Feeds, OutputKind};
use refrain::runtime::{self, Clock, Face as _, Inbox};
use refrain::song::{Job, JobId, Label, Remarks, Take, TakeId, Timeline};
use refrain::studio::{Effect, Event, JobNews, Model, Opening};
use refrain::tui::{Depth, Ears, Face, Glyphs, Heard, Keymap, Look, Palette, Theme};
use tokio::sync::mpsc::unbounded_channel;

use keys::told;
pub use props::Props;

/// A moment on a quiet Saturday.
pub const NOW: &str = "2026-11-21T12:00:00Z";

/// Keys that a test has pressed and the studio has not heard.
type Keys = Rc<RefCell<VecDeque<Told>>>;

pub struct FakeEars(Keys);

impl Ears for FakeEars {
    async fn ready(&mut self) -> io::Result<()> {
        if self.0.borrow().is_empty() { std::future::pending().await } else { Ok(()) }
    }

    fn next(&mut self) -> io::Result<Option<Heard>> {
        Ok(self.0.borrow_mut().pop_front().map(Heard::Told))
    }
}

/// The paused clock of tokio, as moments.
pub struct PausedClock {
    from: Timestamp,
    start: tokio::time::Instant,
}

impl PausedClock {
    /// A clock that begins now, at that moment.
    pub fn start(from: Timestamp) -> Self {
        Self { from, start: tokio::time::Instant::now() }
    }
}

impl Clock for PausedClock {
    fn now(&self) -> Timestamp {
        self.from + self.start.elapsed()
    }
}

pub struct Stage {
    pub model: Model,
    pub face: Face<FakeEars, TestBackend>,
    pub props: Props,
    keys: Keys,
    inbox: Inbox,
    clock: PausedClock,
    first: Vec<Effect>,
}

impl Stage {
    /// A studio of that size over a new library.
    pub fn new(width: u16, height: u16) -> Self {
        let (library, contents) = Library::in_memory().unwrap();
        Self::open(width, height, library, contents, &[])
    }

    /// A studio over a library that has been used.
    pub fn open(
        width: u16,
        height: u16,
        library: Library,
        contents: Contents,
        bindings: &[Binding],
    ) -> Self {
        let clock = PausedClock::start(NOW.parse().unwrap());
        let opening = runtime::opening(&Config::default(), contents, clock.now()).unwrap();
        Self::raise(width, height, library, opening, clock, bindings)
    }

    /// A studio over a new library with a profile for each of these gateways, the first one chosen.
    pub fn with_profiles(width: u16, height: u16, gateways: &[&str]) -> Self {
        let profiles: Vec<_> = gateways.iter().map(|gateway| (*gateway, *gateway)).collect();
        Self::opened(width, height, &profiles, |_| {})
    }

    /// A studio with these profiles and their gateways, the first one chosen, that starts with
    /// what the test puts there.
    pub fn opened(
        width: u16,
        height: u16,
        profiles: &[(&str, &str)],
        put: impl FnOnce(&mut Opening),
    ) -> Self {
        let (library, contents) = Library::in_memory().unwrap();
        let clock = PausedClock::start(NOW.parse().unwrap());
        let profile = |&(name, gateway): &(&str, &str)| Profile::of(name.into(), gateway.into());
        let config = Config {
            profiles: profiles.iter().map(profile).collect(),
            profile: profiles[0].0.to_owned(),
            ..Config::default()
        };
        let mut opening = runtime::opening(&config, contents, clock.now()).unwrap();
        put(&mut opening);
        Self::raise(width, height, library, opening, clock, &[])
    }

    fn raise(
        width: u16,
        height: u16,
        library: Library,
        mut opening: Opening,
        clock: PausedClock,
        bindings: &[Binding],
    ) -> Self {
        opening.chance = [7; 32];
        let (model, first) = Model::new(opening);
        let keys = Keys::default();
        let backend = TestBackend::new(width, height);
        let face = Face::new(FakeEars(Rc::clone(&keys)), backend, look(bindings)).unwrap();
        let (news, inbox) = unbounded_channel();
        let props = Props::new(library, news);
        Self { model, face, props, keys, inbox, clock, first }
    }

    /// Gives the stage a real player.
    pub fn with_player(mut self, output: OutputKind) -> Self {
        self.props.player =
            Some(runtime::spawn_player(output, Feeds::default(), self.props.news()));
        self
    }

    /// Runs the production loop for so much of the paused clock; whether the studio quit.
    pub async fn pass(&mut self, time: Duration) -> bool {
        let first = std::mem::take(&mut self.first);
        let Self { model, face, props, inbox, clock, .. } = self;
        let run = runtime::run(model, first, face, props, inbox, clock);
        match tokio::time::timeout(time, run).await {
            Ok(ended) => {
                ended.unwrap();
                true
            }
            Err(_) => false,
        }
    }

    /// Runs the loop until everything that is there was taken in.
    pub async fn settle(&mut self) -> bool {
        self.pass(Duration::from_millis(1)).await
    }

    /// Runs the loop until other threads have brought about what is waited for.
    pub async fn wait_for(&mut self, what: &str, done: impl Fn(&Model) -> bool) {
        let began = Instant::now();
        while !done(&self.model) {
            assert!(began.elapsed() < Duration::from_secs(20), "{what} did not happen");
            self.settle().await;
            std::thread::yield_now();
        }
    }

    /// Presses keys, written as in the configuration; runs the loop.
    pub async fn press(&mut self, keys: &str) -> bool {
        for key in keys.split_whitespace() {
            self.keys.borrow_mut().push_back(told(key));
        }
        self.settle().await
    }

    /// Types a text key by key, line ends as Enter; runs the loop.
    pub async fn type_text(&mut self, text: &str) {
        for c in text.chars() {
            let code = if c == '\n' { KeyCode::Enter } else { KeyCode::Char(c) };
            let key = KeyEvent::new(code, KeyModifiers::NONE);
            self.keys.borrow_mut().push_back(Told::Key(key));
        }
        self.settle().await;
    }

    /// Lets the terminal tell something; runs the loop.
    pub async fn tell(&mut self, told: Told) -> bool {
        self.keys.borrow_mut().push_back(told);
        self.settle().await
    }

    /// Lets a job have news; runs the loop.
    pub async fn job(&mut self, id: u64, news: JobNews) {
        self.happens(Event::Job(JobId(id), news)).await;
    }

    /// Lets something happen outside; runs the loop.
    pub async fn happens(&mut self, event: Event) {
        self.props.tell(event);
        self.settle().await;
    }

    /// Changes the size of the terminal; runs the loop.
    pub async fn resize(&mut self, width: u16, height: u16) {
        self.face.screen_mut().backend_mut().resize(width, height);
        self.tell(Told::Resize(width, height)).await;
    }

    /// The screen as text.
    pub fn screen(&self) -> String {
        self.face.screen().backend().to_string()
    }

    /// Whether a text stands on the screen.
    #[track_caller]
    pub fn sees(&self, text: &str) {
        let screen = self.screen();
        assert!(screen.contains(text), "no {text:?} on\n{screen}");
    }

    /// Draws once more, after which nothing may be left to draw.
    pub fn show(&mut self) {
        self.face.show(&mut self.model).unwrap();
    }
}

/// The look that all tests share: dark, with Unicode, in full colour.
pub fn look(bindings: &[Binding]) -> Look {
    Look {
        theme: Theme::new(Palette::Dark, Depth::True),
        glyphs: Glyphs::UNICODE,
        keymap: Keymap::new(bindings).0,
    }
}

/// Two takes as a job would bring them; the files are nowhere.
pub fn pair(job: &Job) -> Vec<Take> {
    [Label::A, Label::B]
        .map(|label| Take {
            id: TakeId { job: job.id, label },
            song: job.song,
            title: job.request.params.title.clone(),
            version: job.version,
            made_by: "sketch-1".into(),
            created: NOW.parse().unwrap(),
            duration: Duration::from_secs(62 + 7 * label.index() as u64),
            audio: format!("/nowhere/{}{}.mp3", job.id, label).into(),
            cover: None,
            loudness: None,
            timeline: Timeline::default(),
            remarks: Remarks::default(),
            peaks: (0..Take::PEAKS)
                .map(|at| (60 + (at * (7 + label.index() * 4)) % 180) as u8)
                .collect(),
        })
        .into()
}

/// A take with a waveform that has a form: verse, chorus, verse, chorus, and bars in them.
pub fn as_music(mut take: Take) -> Take {
    let seconds = if take.id.label.index() == 0 { 64 } else { 71 };
    take.duration = Duration::from_secs(seconds);
    let spans = take.peaks.len() as u64;
    let mut chance = seconds;
    let mut swing = 0;
    for (at, peak) in (0..spans).zip(&mut take.peaks) {
        let loud: u64 = match at * 16 / spans {
            0 => 60,
            1..=5 => 130,
            6..=8 | 13..=14 => 230,
            9..=12 => 150,
            _ => 100,
        };
        // A phrase is a few spans long, and no two are equally loud.
        if at % 5 == 0 {
            chance = (chance * 1_103_515_245 + 12_345) % 2_147_483_648;
            swing = (chance >> 16) % 70;
        }
        *peak = (loud + 25).saturating_sub(swing + at % 5 * 7).min(255) as u8;
    }
    take
}

/// Every draft that was recorded, in order.
pub fn drafts(wanted: &[Effect]) -> Vec<refrain::song::Draft> {
    let draft = |effect: &Effect| match effect {
        Effect::Record { record, .. } => match &**record {
            Record::Draft { draft, .. } => Some(draft.clone()),
            _ => None,
        },
        _ => None,
    };
    wanted.iter().filter_map(draft).collect()
}

/// A song to write.
pub const SONG: &str = "[Verse 1]\nNeon on the window, cursor in the dark\nCounting every keystroke, waiting for a spark\n\n[Chorus]\nOh, compile me tonight\nLet the warnings turn to light";

/// A short time.
pub const fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

/// A studio with a song in it.
pub async fn written(width: u16, height: u16) -> Stage {
    let mut stage = Stage::new(width, height);
    write(&mut stage).await;
    stage
}

/// Writes the song, its title and its style.
pub async fn write(stage: &mut Stage) {
    stage.type_text(SONG).await;
    stage.press("alt+2").await;
    stage.type_text("Midnight Compiler").await;
    stage.press("down").await;
    stage.type_text("synth-pop, 120 bpm, warm").await;
    stage.press("alt+1").await;
}

/// A refusal as the library words it.
pub fn refusal() -> WriteError {
    WriteError { what: "the draft of song 1".into(), fault: Fault::Full }
}
