//! What stands on the screen: at many sizes, in many states, after any keys.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "screens/listening.rs"]
mod listening;
#[path = "screens/paid.rs"]
mod paid;
mod stage;

use std::time::Duration;

use crossterm::event::{Event as Told, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, CellWidth as _};
use ratatui::layout::Position;
use refrain::player::{self, State, Status};
use refrain::song::{JobId, JobState};
use refrain::studio::{Action, Event, JobNews, Overlay, Pane, TABLE, update};
use refrain::tui::Screen;
use stage::{Stage, look, pair};

/// A small source of chance; the same number gives the same keys.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % sides
    }
}

/// What a full drawing of the same model would show.
fn drawn_anew(stage: &mut Stage, width: u16, height: u16) -> TestBackend {
    let now = stage.model.now;
    update(&mut stage.model, Event::Act(Action::Redraw), now);
    let mut screen = Screen::new(TestBackend::new(width, height), look(&[])).unwrap();
    screen.draw(&mut stage.model).unwrap();
    screen.backend().clone()
}

/// The first cell that a person would see differ; what a wide character hides is not seen.
fn first_difference(a: &Buffer, b: &Buffer) -> Option<Position> {
    a.area().rows().find_map(|row| {
        let mut x = row.x;
        while x < row.right() {
            let at = Position { x, y: row.y };
            if a[at] != b[at] {
                return Some(at);
            }
            x += a[at].cell_width().max(1);
        }
        None
    })
}

const TEXTS: [&str; 8] = [
    "Neon on the window ",
    "[Chorus]\n",
    "日本語の歌 👩‍👧‍👦 ",
    "עברית العربية ",
    "e\u{301}\u{200b}\u{200d}\u{fe0f} ",
    "\u{1b}[31m\u{7}\r\n\t\u{0}",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "{help} {",
];

const SIZES: [(u16, u16); 9] =
    [(120, 36), (80, 24), (200, 60), (60, 16), (59, 15), (1, 1), (100, 28), (300, 20), (62, 90)];

/// Any keys, texts, sizes, clicks and news, in any order: nothing panics, and what was drawn piece
/// by piece is what a full drawing shows.
async fn play_with(seed: u64, steps: usize) {
    let mut dice = Dice(seed);
    let (mut width, mut height) = SIZES[0];
    let gateways: &[&str] = match seed % 3 {
        0 => &["sketch"],
        1 => &["apixo", "udioapi", "sketch"],
        _ => &["apimall", "apiin", "udioapi-v2"],
    };
    let mut stage = Stage::with_profiles(width, height, gateways);
    stage.settle().await;
    for step in 0..steps {
        let what = dice.roll(20);
        match what {
            0..=8 => {
                let action = TABLE[dice.roll(TABLE.len())].action;
                let leaves = matches!(action, Action::Quit | Action::QuitAnyway);
                let keys = look(&[]).keymap.keys(action).to_vec();
                if !leaves && !keys.is_empty() {
                    let key = action.entry().keys[dice.roll(keys.len())];
                    stage.press(key).await;
                }
            }
            9..=11 => {
                let text = TEXTS[dice.roll(TEXTS.len())];
                stage.tell(Told::Paste(text.to_owned())).await;
            }
            12 => stage.type_text(["neon", "x", "\n", "5", "q"][dice.roll(5)]).await,
            13 => {
                (width, height) = SIZES[dice.roll(SIZES.len())];
                stage.resize(width, height).await;
            }
            14..=15 => {
                let kind = [
                    MouseEventKind::Down(MouseButton::Left),
                    MouseEventKind::Drag(MouseButton::Left),
                    MouseEventKind::ScrollDown,
                    MouseEventKind::ScrollUp,
                ][dice.roll(4)];
                let (column, row) = (dice.roll(310) as u16, dice.roll(92) as u16);
                let mouse = MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE };
                stage.tell(Told::Mouse(mouse)).await;
            }
            16 => news(&mut stage, &mut dice).await,
            17 => sound(&mut stage, &mut dice).await,
            _ => drop(stage.pass(Duration::from_millis(dice.roll(700) as u64)).await),
        }
        let whole = drawn_anew(&mut stage, width, height);
        let pieces = stage.face.screen().backend();
        if let Some(at) = first_difference(pieces.buffer(), whole.buffer()) {
            panic!("seed {seed}, step {step}, kind {what}, at {at:?}:\n{pieces}\n{whole}");
        }
        stage.settle().await;
    }
}

async fn news(stage: &mut Stage, dice: &mut Dice) {
    let running: Vec<_> = stage.model.queue.running().cloned().collect();
    let Some(job) = running.get(dice.roll(running.len().max(1))).cloned() else { return };
    if job.gateway != "sketch" {
        return paid::news(stage, &job, dice.roll(12)).await;
    }
    let news = match dice.roll(3) {
        0 => JobNews::Progress(dice.roll(100) as f32 / 100.0),
        1 => JobNews::Cancelled,
        _ => JobNews::Done(pair(&job)),
    };
    stage.job(job.id.0, news).await;
}

async fn sound(stage: &mut Stage, dice: &mut Dice) {
    let takes = stage.model.takes.all();
    let take = (!takes.is_empty()).then(|| takes[dice.roll(takes.len())].id);
    let states = [State::Playing, State::Paused, State::Ended, State::Stopped, State::Loading];
    let status = Status {
        take,
        state: states[dice.roll(states.len())],
        position: Duration::from_millis(dice.roll(90_000) as u64),
        total: take.map(|_| Duration::from_secs(62)),
        level: [0.5; 2],
        volume: 80,
        ..Status::default()
    };
    let now = stage.model.now;
    update(&mut stage.model, Event::Player(player::Event::Status(status)), now);
    stage.settle().await;
}

#[tokio::test(start_paused = true)]
async fn any_keys_in_any_order_leave_a_true_screen() {
    for seed in 0..24 {
        play_with(seed, 120).await;
    }
}

/// A song, a finished pair that plays, and a second job at work.
async fn busy(width: u16, height: u16) -> Stage {
    let mut stage = Stage::new(width, height);
    stage
        .type_text("[Verse 1]\nNeon on the window, cursor in the dark\nCounting every keystroke, waiting for a spark\n\n[Chorus]\nOh, compile me tonight\nLet the warnings turn to light")
        .await;
    stage.press("alt+2").await;
    stage.type_text("Midnight Compiler").await;
    stage.press("down").await;
    stage.type_text("synth-pop, 120 bpm, warm").await;
    stage.press("alt+1 ctrl+g").await;
    let job = stage.model.queue.get(JobId(1)).unwrap().clone();
    stage.pass(Duration::from_millis(2100)).await;
    stage.job(1, JobNews::Done(pair(&job))).await;
    stage.press("home ctrl+g").await;
    stage.job(2, JobNews::Progress(0.42)).await;
    let status = Status {
        take: Some(stage.model.takes.all()[0].id),
        state: State::Playing,
        position: Duration::from_secs(21),
        total: Some(Duration::from_secs(62)),
        level: [0.5; 2],
        volume: 80,
        ..Status::default()
    };
    let now = stage.model.now;
    update(&mut stage.model, Event::Player(player::Event::Status(status)), now);
    stage.settle().await;
    assert!(matches!(stage.model.queue.get(JobId(2)).unwrap().state, JobState::Running { .. }));
    stage
}

#[tokio::test(start_paused = true)]
async fn a_busy_studio_at_many_sizes() {
    for (width, height) in [(200, 60), (120, 40), (80, 24), (60, 16)] {
        let stage = busy(width, height).await;
        insta::assert_snapshot!(format!("busy_{width}x{height}"), stage.screen());
    }
}

#[tokio::test(start_paused = true)]
async fn each_pane_has_the_small_screen_to_itself() {
    let mut stage = busy(80, 24).await;
    for (key, name) in [("alt+2", "song"), ("alt+3", "queue"), ("alt+4", "takes")] {
        stage.press(key).await;
        insta::assert_snapshot!(format!("small_{name}"), stage.screen());
    }
}

#[tokio::test(start_paused = true)]
async fn windows_on_top() {
    let mut stage = busy(120, 40).await;
    stage.press("f1").await;
    insta::assert_snapshot!("help", stage.screen());
    stage.press("esc ctrl+p").await;
    stage.type_text("new").await;
    insta::assert_snapshot!("palette", stage.screen());
    stage.press("esc alt+3 down enter").await;
    insta::assert_snapshot!("job", stage.screen());
}

#[tokio::test(start_paused = true)]
async fn a_screen_without_room_says_so_kindly() {
    let mut stage = Stage::new(59, 15);
    stage.settle().await;
    insta::assert_snapshot!("too_small", stage.screen());
    stage.type_text("still typing").await;
    stage.resize(80, 24).await;
    stage.sees("still typing");
}

#[tokio::test(start_paused = true)]
async fn an_empty_studio_teaches() {
    let mut stage = Stage::new(80, 24);
    stage.settle().await;
    insta::assert_snapshot!("empty_80x24", stage.screen());
}

#[tokio::test(start_paused = true)]
async fn a_click_goes_where_it_points() {
    let mut stage = busy(120, 36).await;
    let mut click = async |column, row| {
        let kind = MouseEventKind::Down(MouseButton::Left);
        let mouse = MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE };
        stage.tell(Told::Mouse(mouse)).await;
        (stage.model.focus, stage.model.desk.lyrics.cursor())
    };
    assert_eq!(click(80, 7).await.0, Pane::Song);
    assert_eq!(click(10, 28).await.0, Pane::Queue);
    assert_eq!(click(60, 28).await.0, Pane::Takes);
    let (focus, cursor) = click(9, 3).await;
    assert_eq!((focus, cursor.line, cursor.column), (Pane::Lyrics, 1, 5));
    stage.press("ctrl+p").await;
    assert!(matches!(stage.model.overlay, Some(Overlay::Pick(_))));
    let outside = MouseEvent {
        kind: MouseEventKind::Down(MouseButton::Left),
        column: 0,
        row: 0,
        modifiers: KeyModifiers::NONE,
    };
    stage.tell(Told::Mouse(outside)).await;
    assert!(stage.model.overlay.is_none());
}

#[tokio::test(start_paused = true)]
async fn a_megabyte_of_lyrics_is_edited_and_kept() {
    let mut stage = Stage::new(120, 36);
    let line = "all the words that anybody could ever want to sing in one long line\n";
    let text = line.repeat(1_000_000 / line.len());
    stage.tell(Told::Paste(text.clone())).await;
    stage.type_text("end").await;
    stage.sees("end");
    stage.pass(Duration::from_secs(2)).await;
    let saved = stage::drafts(&stage.props.wanted).pop().unwrap();
    assert_eq!(saved.lyrics.len(), text.len() + 3);
    stage.press("ctrl+g").await;
    stage.sees("over the limit of 20000 characters");
    stage.press("ctrl+z ctrl+z").await;
    assert!(stage.model.desk.lyrics.is_empty(), "the paste was one edit");
}

#[tokio::test(start_paused = true)]
async fn control_characters_never_reach_the_screen() {
    let mut stage = Stage::new(120, 36);
    stage.tell(Told::Paste("a\u{1b}[2Jb\u{9b}31mc\u{7}".into())).await;
    stage.press("alt+2").await;
    stage.tell(Told::Paste("t\u{1b}]0;x\u{7}\nu".into())).await;
    let screen = stage.screen();
    assert!(!screen.replace('\n', "").chars().any(char::is_control));
    assert_eq!(stage.model.desk.lyrics.content(), "a[2Jb31mc");
    assert_eq!(stage.model.desk.title.content(), "t]0;x u");
}
