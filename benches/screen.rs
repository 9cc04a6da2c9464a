//! What a key costs between the terminal and the screen: the model's part, the drawing's part,
//! and a whole frame as a floor to compare with. Run with `cargo bench --bench screen`.
#![allow(clippy::unwrap_used)]

use divan::{Bencher, black_box};
use jiff::Timestamp;
use ratatui::backend::TestBackend;
use refrain::config::Config;
use refrain::library::Library;
use refrain::runtime;
use refrain::studio::{Action, Event, Model, update};
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

/// From nothing to the first frame.
#[divan::bench]
fn first_frame(bencher: Bencher) {
    bencher.bench_local(|| studio(black_box(40)));
}
