//! The player at many sizes: a pair that is compared, with and without names, with pictures and
//! without.

use std::time::{Duration, Instant};

use crossterm::event::{Event as Told, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use jiff::Timestamp;
use refrain::player::{self, Command, Gain, Spectrum, State, Status, Stretch};
use refrain::song::{JobId, Label, Lufs, Moment, Note, Part, Take, TakeId, Timeline};
use refrain::studio::{Blind, Effect, Event, JobNews, Pictures};
use refrain::tui::{Covers, Depth};

use crate::stage::{NOW, Stage, as_music, pair, write};

const SECONDS: [u64; 2] = [64, 71];

/// A take with music in it, and what is sung when.
fn sung(take: Take) -> Take {
    let mut take = as_music(take);
    take.loudness = Lufs::new([-13.8, -10.6][take.id.label.index()]);
    let moment =
        |at, what, text: &str| Moment { at: Duration::from_secs(at), what, text: text.to_owned() };
    take.timeline = Timeline::new(vec![
        moment(4, Part::Section, "Verse 1"),
        moment(4, Part::Line, "Neon on the window, cursor in the dark"),
        moment(12, Part::Line, "Counting every keystroke, waiting for a spark"),
        moment(24, Part::Section, "Chorus"),
        moment(24, Part::Line, "Oh, compile me tonight"),
        moment(31, Part::Line, "Let the warnings turn to light"),
    ]);
    take
}

/// A picture of a sound: much below, little above, and what was there a while ago.
fn spectrum() -> Spectrum {
    let mut spectrum = Spectrum::default();
    for band in 0..Spectrum::BANDS {
        let fall = 235 - band * 5;
        let wave = (band * band * 7 + band * 31) % 70;
        spectrum.bands[band] = (fall - wave) as u8;
        spectrum.peaks[band] = (fall - wave / 3).min(250) as u8;
    }
    spectrum
}

fn id(label: Label) -> TakeId {
    TakeId { job: JobId(1), label }
}

/// A studio with a song and a finished pair, and nothing in the player.
async fn finished(width: u16, height: u16) -> Stage {
    let mut stage = Stage::new(width, height);
    write(&mut stage).await;
    stage.press("ctrl+g").await;
    let job = stage.model.queue.get(JobId(1)).unwrap().clone();
    stage.pass(Duration::from_millis(1700)).await;
    stage.job(1, JobNews::Done(pair(&job).into_iter().map(sung).collect())).await;
    stage.pass(Duration::from_secs(6)).await;
    stage.press("home").await;
    stage
}

/// The pair as it is heard in the middle.
fn playing() -> Status {
    Status {
        take: Some(id(Label::A)),
        rival: Some(id(Label::B)),
        state: State::Playing,
        position: Duration::from_secs(26),
        total: Some(Duration::from_secs(SECONDS[0])),
        rival_total: Some(Duration::from_secs(SECONDS[1])),
        level: [0.6, 0.4],
        gain: Gain::Matched(-3.2),
        volume: 80,
        spectrum: spectrum(),
        ..Status::default()
    }
}

async fn hear(stage: &mut Stage, status: Status) {
    stage.happens(Event::Player(player::Event::Status(status))).await;
}

/// The pair in the player, with these pictures.
async fn compared(width: u16, height: u16, pictures: Pictures) -> Stage {
    let mut stage = Box::pin(finished(width, height)).await;
    stage.model.listening.pictures = pictures;
    hear(&mut stage, playing()).await;
    stage
}

fn shot(stage: &Stage, name: &str) {
    insta::assert_snapshot!(name, stage.screen());
}

const SIZES: [(u16, u16); 4] = [(80, 24), (100, 30), (120, 40), (200, 60)];

#[tokio::test(start_paused = true)]
async fn a_pair_is_compared() {
    for (width, height) in SIZES {
        for (pictures, name) in
            [(Pictures::Off, "off"), (Pictures::Wave, "wave"), (Pictures::Spectrum, "spectrum")]
        {
            let stage = Box::pin(compared(width, height, pictures)).await;
            shot(&stage, &format!("{name}_{width}x{height}"));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn names_are_hidden() {
    for (width, height) in [(80, 24), (120, 40)] {
        let mut seen = Vec::new();
        for first in [Label::A, Label::B] {
            let mut stage = Box::pin(compared(width, height, Pictures::Wave)).await;
            stage.model.listening.blind = Some(Blind { job: JobId(1), first });
            let mut status = playing();
            if first == Label::B {
                std::mem::swap(&mut status.take, &mut status.rival);
                std::mem::swap(&mut status.total, &mut status.rival_total);
            }
            hear(&mut stage, status).await;
            stage.press("alt+4").await;
            seen.push(stage.face.screen().backend().buffer().clone());
            if first == Label::A {
                shot(&stage, &format!("blind_{width}x{height}"));
            }
        }
        // But for the rows of the two takes, which chance may put in this order or the other.
        let [a, b] = [&seen[0], &seen[1]];
        let rows = |buffer: &ratatui::buffer::Buffer| {
            let mut rows: Vec<Vec<_>> =
                buffer.content.chunks(usize::from(width)).map(<[_]>::to_vec).collect();
            rows.retain(|row| {
                !row.iter()
                    .map(ratatui::buffer::Cell::symbol)
                    .collect::<String>()
                    .contains("its name")
            });
            rows
        };
        assert!(rows(a) == rows(b), "the screen tells which of the two is heard");
    }
}

#[tokio::test(start_paused = true)]
async fn a_loop_and_notes_stand_on_the_waveform() {
    for (width, height) in [(80, 24), (120, 40)] {
        let mut stage = Box::pin(finished(width, height)).await;
        let written: Timestamp = NOW.parse().unwrap();
        let mut takes: Vec<_> = stage.model.takes.of(JobId(1)).cloned().collect();
        for (at, text) in [(9, "good breath"), (40, "too loud"), (58, "end it here")] {
            let at = Duration::from_secs(at);
            takes[0].remarks.note(Note { at, text: text.into(), written });
        }
        takes[0].remarks.star = true;
        stage.model.takes.add(takes);
        let looped = Some(Stretch { from: Duration::from_secs(20), to: Duration::from_secs(34) });
        hear(&mut stage, Status { looped, ..playing() }).await;
        stage.press("alt+4").await;
        shot(&stage, &format!("loop_{width}x{height}"));
    }
}

#[tokio::test(start_paused = true)]
async fn what_arrives_is_drawn_as_far_as_it_is_there() {
    let mut stage = Box::pin(finished(120, 40)).await;
    let peaks = stage.model.takes.all()[0].peaks.clone();
    let ready = Duration::from_secs(30);
    stage.model.listening.growing.insert(id(Label::A), (ready, peaks));
    hear(&mut stage, Status { ready: Some(ready), gain: Gain::Matching, ..playing() }).await;
    shot(&stage, "arriving_120x40");
    let waits = Status {
        ready: Some(ready),
        state: State::Buffering,
        position: Duration::from_secs(45),
        gain: Gain::Matching,
        ..playing()
    };
    hear(&mut stage, waits).await;
    shot(&stage, "buffering_120x40");
}

#[tokio::test(start_paused = true)]
async fn a_lone_take_has_the_room_of_two() {
    for (width, height) in [(120, 40), (200, 60)] {
        let mut stage = Box::pin(finished(width, height)).await;
        let status = Status {
            rival: None,
            rival_total: None,
            state: State::Paused,
            muted: true,
            gain: Gain::Delivered,
            ..playing()
        };
        stage.model.listening.pictures = Pictures::Spectrum;
        hear(&mut stage, status).await;
        shot(&stage, &format!("alone_{width}x{height}"));
    }
}

#[tokio::test(start_paused = true)]
async fn windows_about_a_take() {
    let mut stage = Box::pin(compared(120, 40, Pictures::Wave)).await;
    stage.press("alt+4 n").await;
    stage.type_text("good breath").await;
    stage.press("enter i").await;
    shot(&stage, "detail_120x40");
    stage.press("esc n").await;
    stage.type_text("the second voice comes in too late").await;
    shot(&stage, "ask_120x40");
}

#[tokio::test(start_paused = true)]
async fn a_press_on_either_waveform_moves_the_playhead() {
    let mut stage = Box::pin(compared(120, 40, Pictures::Wave)).await;
    let heard = |stage: &Stage| {
        stage.props.wanted.iter().rev().find_map(|effect| match effect {
            Effect::Player(Command::SeekTo(to)) => Some(*to),
            _ => None,
        })
    };
    let press = |column, row| {
        let kind = MouseEventKind::Down(MouseButton::Left);
        Told::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE })
    };
    // The waveforms stand on the two rows above the words.
    stage.tell(press(50, 36)).await;
    let first = heard(&stage).expect("a press on the waveform seeks");
    stage.tell(press(50, 37)).await;
    assert_eq!(heard(&stage), Some(first), "both are in one scale");
    assert!(first > Duration::from_secs(20) && first < Duration::from_secs(45), "{first:?}");
    stage.tell(press(50, 38)).await;
    assert_eq!(heard(&stage), Some(first), "the words under it are no waveform");
}

/// A cover in the file system: dark above, light below.
fn cover() -> tempfile::NamedTempFile {
    let file = tempfile::Builder::new().suffix(".png").tempfile().unwrap();
    let image = image::RgbImage::from_fn(64, 64, |x, y| {
        image::Rgb([40 + (x * 2) as u8, 60 + (y * 2) as u8, 120])
    });
    image.save_with_format(file.path(), image::ImageFormat::Png).unwrap();
    file
}

/// The pair in the player, with covers shown so, once they are decoded.
async fn covered(covers: Covers, mark: &str) -> (Stage, tempfile::NamedTempFile) {
    let file = cover();
    let mut stage = Box::pin(finished(120, 40)).await;
    let mut takes: Vec<_> = stage.model.takes.of(JobId(1)).cloned().collect();
    for take in &mut takes {
        take.cover = Some(file.path().to_owned());
    }
    stage.model.takes.add(takes);
    stage.face.screen_mut().show_covers(covers, Depth::True);
    stage.model.listening.pictures = Pictures::Spectrum;
    hear(&mut stage, playing()).await;
    see(&mut stage, mark).await;
    (stage, file)
}

/// Runs the loop until both covers show the mark.
async fn see(stage: &mut Stage, mark: &str) {
    let began = Instant::now();
    // In the player 10 x 5 cells, beside the takes 16 x 8.
    while count(stage, mark) < 10 * 5 + 16 * 8 {
        assert!(began.elapsed() < Duration::from_secs(20), "no cover on\n{}", stage.screen());
        stage.settle().await;
        std::thread::yield_now();
    }
}

fn count(stage: &Stage, mark: &str) -> usize {
    let cells = &stage.face.screen().backend().buffer().content;
    cells.iter().filter(|cell| cell.symbol().contains(mark)).count()
}

#[tokio::test(start_paused = true)]
async fn covers_are_drawn_once_they_are_decoded_and_leave_nothing_behind() {
    let (mut stage, _file) = Box::pin(covered(Covers::Blocks, "▀")).await;
    // However long the decoding took: by now everything is saved.
    stage.pass(Duration::from_secs(5)).await;
    let shown = count(&stage, "▀");
    shot(&stage, "covers_120x40");
    // A window covers a part of them; closed, they are whole again.
    stage.press("f1 esc").await;
    assert_eq!(count(&stage, "▀"), shown);
    // Who is heard is hidden, and so is what it looks like.
    stage.model.listening.blind = Some(Blind { job: JobId(1), first: Label::A });
    stage.press("ctrl+l").await;
    assert_eq!(count(&stage, "▀"), 0, "{}", stage.screen());
    stage.model.listening.blind = None;
    stage.model.listening.pictures = Pictures::Off;
    stage.press("ctrl+l").await;
    let screen = stage.screen();
    let below = screen.lines().rev().take(2).any(|line| line.contains('▀'));
    assert!(!below, "a player of one line has no cover:\n{screen}");
    stage.resize(80, 24).await;
    assert_eq!(count(&stage, "▀"), 0);
}

#[tokio::test(start_paused = true)]
async fn pictures_of_the_terminal_give_way_to_windows() {
    let placeholder = "\u{10eeee}";
    let (mut stage, _file) = Box::pin(covered(Covers::Kitty, placeholder)).await;
    stage.press("f1").await;
    assert_eq!(count(&stage, placeholder), 0, "a window is never cut by a picture");
    stage.press("esc").await;
    see(&mut stage, placeholder).await;
    // What the terminal has forgotten is sent again.
    stage.press("ctrl+l").await;
    see(&mut stage, placeholder).await;
}
