//! How long a pair of takes takes, and each stage by itself. `cargo bench --bench sketch`

use std::ops::ControlFlow;

use divan::Bencher;
use refrain::sketch::progress::Progress;
use refrain::sketch::{arrange, compose, cover, encode, master, mix, render};
use refrain::song::{Label, Params, Request};

fn main() {
    divan::main();
}

/// About a minute of pop.
fn request() -> Request {
    let text = "[Verse]
Paper cups on the window sill
Morning comes and the street is still
I count the cars till the light goes green
And wonder what the quiet means

[Chorus]
Oh, paper moon, don't let me down
You're the only light in town
Oh, paper moon, don't let me down
I'll be dancing till you drown";
    let style = "pop, 96 bpm".into();
    let params = Params { title: "Paper Moon".into(), style, ..Params::default() };
    Request { text: text.into(), params, seed: 7 }
}

fn go(_: f32) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

#[divan::bench(sample_count = 5)]
fn pair() {
    let request = request();
    std::thread::scope(|scope| {
        for take in [Label::A, Label::B] {
            let request = &request;
            scope.spawn(move || divan::black_box(render(request, take, &mut go)));
        }
    });
}

#[divan::bench]
fn compose_and_arrange(bencher: Bencher) {
    let request = request();
    bencher
        .bench(|| arrange::arrange(&compose::compose(&request, Label::A), request.seed, Label::A));
}

#[divan::bench(sample_count = 5)]
fn notes_and_mix(bencher: Bencher) {
    let request = request();
    let score = arrange::arrange(&compose::compose(&request, Label::A), request.seed, Label::A);
    bencher.bench(|| mix::perform(&score, &mut Progress::new(&mut go)));
}

#[divan::bench(sample_count = 5)]
fn mastering(bencher: Bencher) {
    bencher.with_inputs(mixed).bench_values(|mix| master::master(mix, &mut Progress::new(&mut go)));
}

#[divan::bench(sample_count = 5)]
fn encoding(bencher: Bencher) {
    let mix = mixed();
    bencher.bench(|| encode::encode(&mix, &mut Progress::new(&mut go)));
}

#[divan::bench]
fn picture(bencher: Bencher) {
    let song = compose::compose(&request(), Label::A);
    bencher.bench(|| cover::draw(&song, 7, Label::A));
}

fn mixed() -> mix::Stereo {
    let request = request();
    let score = arrange::arrange(&compose::compose(&request, Label::A), request.seed, Label::A);
    mix::perform(&score, &mut Progress::new(&mut go)).unwrap_or_default()
}
