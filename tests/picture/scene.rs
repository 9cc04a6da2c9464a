//! The moment that the README shows: a song with a pair to hear, and the next pair on its way.

use std::time::Duration;

use ratatui::backend::Backend as _;
use ratatui::layout::Position;
use refrain::player;
use refrain::runtime::Outside as _;
use refrain::song::{JobId, Take};
use refrain::studio::{Event, JobNews, update};

use crate::stage::{Stage, as_music, pair};

const LYRICS: &str = "[Verse 1]
Neon on the window, cursor in the dark
Counting every keystroke, waiting for a spark
Coffee going colder, city going slow
One more little function, one more line to go

[Chorus]
Oh, compile me tonight
Let the warnings turn to light
Line by line until it's right
Oh, compile me tonight

[Verse 2]
Someone left a comment back in ninety-nine
\"Do not touch this function\", so I learned it line by line
Rain against the window, static on the wire
Every little error makes me a little higher";

/// Brings the stage there with the keys that a writer would press.
pub async fn scene() -> (Stage, Position) {
    let mut stage = Stage::new(120, 36);
    stage.type_text(LYRICS).await;
    stage.press("alt+2").await;
    stage.type_text("Midnight Compiler").await;
    stage.press("down").await;
    stage.type_text("synth-pop, warm").await;
    stage.press("down").await;
    stage.type_text("distortion").await;
    stage.press("down right alt+1 ctrl+g").await;
    let job = stage.model.queue.get(JobId(1)).expect("the first job").clone();
    stage.pass(Duration::from_millis(1700)).await;
    let takes: Vec<Take> = pair(&job).into_iter().map(as_music).collect();
    let (first, length) = (takes[0].id, takes[0].duration);
    stage.job(1, JobNews::Done(takes)).await;

    stage.pass(Duration::from_millis(2500)).await;
    stage.press("ctrl+g").await;
    stage.job(2, JobNews::Progress(0.62)).await;

    let mut status = stage.model.deck.status.clone();
    status.take = Some(first);
    status.state = player::State::Playing;
    status.position = length.mul_f32(0.36);
    status.total = Some(length);
    let now = stage.model.now;
    for effect in update(&mut stage.model, Event::Player(player::Event::Status(status)), now) {
        stage.props.perform(effect);
    }
    stage.pass(Duration::from_millis(500)).await;
    stage.show();
    let cursor = stage.face.screen_mut().backend_mut().get_cursor_position();
    (stage, cursor.expect("a terminal in memory has a cursor"))
}
