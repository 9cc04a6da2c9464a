//! What a key costs between the terminal and the screen: the model's part, the drawing's part,
//! and a whole frame as a floor to compare with. Run with `cargo bench --bench screen`.
#![allow(clippy::unwrap_used)]

use std::time::Duration;

use divan::{Bencher, black_box};
use jiff::Timestamp;
use ratatui::backend::TestBackend;
use refrain::config::Config;
use refrain::library::Library;
use refrain::player::{self, Spectrum, State, Status};
use refrain::runtime;
use refrain::song::{JobId, Label, Remarks, SongId, Take, TakeId, Timeline};
use refrain::studio::{Action, Event, Model, Pictures, update};
use refrain::tui::{Depth, Glyphs, Keymap, Look, Palette, Screen, Theme};

fn main() {
    divan::main();
}

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn look() -> Look {
    Look {
        theme: Theme::new(Palette::Dark, Depth::True),
        glyphs: Glyphs::UNICODE,
        keymap: Keymap::new(&[]).0,
    }
}

/// A studio of 200x60 with `lines` lines of lyrics, drawn once.
fn studio(lines: usize) -> (Model, Screen<TestBackend>) {
    let (_, contents) = Library::in_memory().unwrap();
    let opening = runtime::opening(&Config::default(), contents, NOW).unwrap();
    let (mut model, _) = Model::new(opening);
    let screen = Screen::new(TestBackend::new(200, 60), look()).unwrap();
    let sizes = screen.areas().sizes();
    update(&mut model, Event::Sized(sizes), NOW);
    let lyrics = "[Verse]\nNeon on the window, cursor in the dark\n".repeat(lines / 2);
    update(&mut model, Event::Paste(lyrics), NOW);
    update(&mut model, Event::Act(Action::TextStart), NOW);
    let mut screen = screen;
    screen.draw(&mut model).unwrap();
    (model, screen)
}

/// A key typed into the lyrics, up to the frame with its echo.
#[divan::bench(args = [10, 100, 20_000])]
fn key_to_frame(bencher: Bencher, lines: usize) {
    let (mut model, mut screen) = studio(lines);
    bencher.bench_local(|| {
        update(&mut model, Event::Type('x'), NOW);
        screen.draw(&mut model).unwrap();
        update(&mut model, Event::Act(Action::DeleteBack), NOW);
        screen.draw(&mut model).unwrap();
    });
}

/// The model's part of a key.
#[divan::bench(args = [10, 100, 20_000])]
fn key_in_model(bencher: Bencher, lines: usize) {
    let (mut model, _) = studio(lines);
    bencher.bench_local(|| {
        update(&mut model, black_box(Event::Type('x')), NOW);
        update(&mut model, black_box(Event::Act(Action::DeleteBack)), NOW);
    });
}

/// Everything laid out and compared anew, as after a change of the focus.
#[divan::bench]
fn whole_frame(bencher: Bencher) {
    let (mut model, mut screen) = studio(100);
    bencher.bench_local(|| {
        update(&mut model, Event::Act(Action::NextPane), NOW);
        screen.draw(&mut model).unwrap();
    });
}

/// Two takes, one of which plays, with all pictures, 120x40 cells.
fn player() -> (Model, Screen<TestBackend>) {
    let (mut model, _) = studio(100);
    let take = |label: Label| Take {
        id: TakeId { job: JobId(1), label },
        song: SongId(1),
        title: "Midnight Compiler".into(),
        version: 1,
        made_by: "sketch-1".into(),
        created: NOW,
        duration: Duration::from_secs(180),
        audio: "/nowhere".into(),
        cover: None,
        peaks: (0..Take::PEAKS).map(|at| (at * 7 % 250) as u8).collect(),
        loudness: None,
        timeline: Timeline::default(),
        remarks: Remarks::default(),
    };
    model.takes.add(vec![take(Label::A), take(Label::B)]);
    model.listening.pictures = Pictures::Spectrum;
    let mut screen = Screen::new(TestBackend::new(120, 40), look()).unwrap();
    update(&mut model, Event::Player(player::Event::Status(status(0))), NOW);
    screen.draw(&mut model).unwrap();
    (model, screen)
}

/// What the player tells some thirty times a second.
fn status(frame: u64) -> Status {
    let mut spectrum = Spectrum::default();
    for (band, level) in spectrum.bands.iter_mut().enumerate() {
        *level = ((frame * 13 + band as u64 * 29) % 250) as u8;
    }
    spectrum.peaks = spectrum.bands.map(|level| level.saturating_add(30));
    Status {
        take: Some(TakeId { job: JobId(1), label: Label::A }),
        rival: Some(TakeId { job: JobId(1), label: Label::B }),
        state: State::Playing,
        position: Duration::from_millis(frame * 33 % 180_000),
        total: Some(Duration::from_secs(180)),
        rival_total: Some(Duration::from_secs(180)),
        level: [(frame % 10) as f32 / 10.0, 0.5],
        spectrum,
        ..Status::default()
    }
}

/// A frame of a pair that plays, with waveforms and spectrum.
#[divan::bench]
fn playing_frame(bencher: Bencher) {
    let (mut model, mut screen) = player();
    let mut frame = 0;
    bencher.bench_local(|| {
        frame += 1;
        update(&mut model, Event::Player(player::Event::Status(status(frame))), NOW);
        screen.draw(&mut model).unwrap();
    });
}

/// From nothing to the first frame.
#[divan::bench]
fn first_frame(bencher: Bencher) {
    bencher.bench_local(|| studio(black_box(40)));
}
