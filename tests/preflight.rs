//! What is told before a request leaves, where it is told, and the Song pane at each gateway.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod stage;

use crossterm::event::Event as Told;
use ratatui::layout::Position;
use ratatui::style::Color;
use refrain::song::{Cursor, Mode, Vocal};
use refrain::studio::{Field, Gravity, Pane};
use stage::{SONG, Stage, look, ms, write};

const ALL: [&str; 6] = ["apixo", "apimall", "apiin", "udioapi", "udioapi-v2", "sketch"];

async fn written(width: u16, height: u16, gateways: &[&str]) -> Stage {
    let mut stage = Stage::with_profiles(width, height, gateways);
    write(&mut stage).await;
    stage
}

/// The colour of the first cell of a text on the screen.
#[track_caller]
fn colour_of(stage: &Stage, text: &str) -> Color {
    let buffer = stage.face.screen().backend().buffer();
    let rows = buffer.area().rows().find_map(|row| {
        let symbols: Vec<&str> =
            row.columns().map(|at| buffer[at.as_position()].symbol()).collect();
        let at = symbols.concat().find(text)?;
        let before = symbols.iter().scan(0, |bytes, symbol| {
            let start = *bytes;
            *bytes += symbol.len();
            Some(start)
        });
        let x = before.take_while(|start| *start < at).count() as u16;
        Some(buffer[Position { x, y: row.y }].fg)
    });
    rows.unwrap_or_else(|| panic!("no {text:?} on\n{}", stage.screen()))
}

fn red() -> Color {
    look(&[]).theme.bad.fg.unwrap()
}

fn amber() -> Color {
    look(&[]).theme.warning.fg.unwrap()
}

#[tokio::test(start_paused = true)]
async fn one_character_too_many_is_red_and_blocks_at_its_place() {
    let mut stage = written(120, 36, &["apixo"]).await;
    // V4 is the last model, and takes 200 characters of style.
    stage.press("alt+2 up up up right right right right right right").await;
    assert_eq!(stage.model.model_name(), "V4");
    stage.press("down down down").await;
    assert_eq!(stage.model.desk.field, Field::Style);
    stage.type_text(&"x".repeat(200 - 24)).await;
    stage.sees("200/200");
    assert_eq!(colour_of(&stage, "200/200"), amber());
    stage.type_text("x").await;
    stage.sees("▲ 201/200");
    assert_eq!(colour_of(&stage, "▲ 201/200"), red());
    stage.sees("✕ Style: 1 over the limit of 200 characters");
    stage.press("home alt+1 ctrl+g").await;
    stage.sees("▲ Style: 1 over the limit of 200 characters; shorten by that much");
    assert!(stage.model.queue.is_empty());
    assert_eq!((stage.model.focus, stage.model.desk.field), (Pane::Song, Field::Style));
    assert_eq!(stage.model.desk.style.cursor(), Cursor { line: 0, column: 200 });
    assert_eq!(stage.model.desk.style.characters(), 201, "nothing was cut");
    stage.press("delete").await;
    assert!(stage.model.first_blocking().is_none());
    // Another model of the same gateway has more room.
    stage.type_text("x").await;
    stage.press("up up up left").await;
    assert_eq!(stage.model.model_name(), "V4_5");
    stage.sees("201/1000");
    assert!(stage.model.first_blocking().is_none());
}

#[tokio::test(start_paused = true)]
async fn words_turn_amber_at_nine_tenths_and_red_above_the_limit() {
    let mut stage = written(120, 36, &["apixo"]).await;
    stage.press("ctrl+a").await;
    stage.tell(Told::Paste("la la la \n".repeat(450))).await;
    stage.press("backspace").await;
    stage.sees(" 4499/5000 ");
    assert_ne!(colour_of(&stage, "4499/5000"), amber());
    stage.type_text("x").await;
    assert_eq!(colour_of(&stage, "4500/5000"), amber());
    stage.tell(Told::Paste("x".repeat(500))).await;
    assert_eq!(colour_of(&stage, "5000/5000"), amber());
    stage.type_text("x").await;
    assert_eq!(colour_of(&stage, "▲ 5001/5000"), red());
    stage.press("ctrl+home alt+4 ctrl+g").await;
    assert_eq!(stage.model.focus, Pane::Lyrics);
    assert_eq!(stage.model.desk.lyrics.cursor(), Cursor { line: 449, column: 510 });
    stage.sees("Lyrics: 1 over the limit of 5000 characters");
}

#[tokio::test(start_paused = true)]
async fn without_a_limit_there_is_a_plain_count() {
    let stage = written(120, 36, &["apimall"]).await;
    stage.sees(" 158 ─╯");
    stage.sees("Midnight Compiler             17 │");
}

#[tokio::test(start_paused = true)]
async fn one_key_goes_round_the_gateways_while_typing() {
    let mut stage = written(120, 36, &["apixo", "apimall", "apiin", "sketch"]).await;
    stage.sees("apixo · V5_5 · $0.12");
    stage.sees("On apixo: $0.12.");
    // V5 is a model of the next gateway too; it stays chosen.
    stage.press("alt+2 up up up right").await;
    assert_eq!(stage.model.model_name(), "V5");
    stage.press("down down alt+g").await;
    stage.sees("Gateway: apimall · API Mall · 12 credits");
    stage.sees("apimall · V5 · 12 credits");
    stage.sees("Ctrl+G Generate · 12 credits");
    stage.sees("On apimall: 12 credits.");
    assert_eq!(stage.model.desk.choices().model, "V5");
    assert_eq!(stage.model.desk.title.content(), "Midnight Compiler", "no letter was typed");
    stage.press("alt+g").await;
    assert_eq!(stage.model.model_name(), "suno-v3-5", "V5 is not offered there");
    stage.sees("Gateway: apiin · apiin.one · 5 credits");
    stage.press("up up right right right right right").await;
    stage.sees("apiin · suno-v5-0 · 12 credits");
    stage.sees("Ctrl+G Generate · 12 credits");
    stage.press("alt+1 alt+g").await;
    assert_eq!(stage.model.model_name(), "sketch-1");
    stage.press("alt+g").await;
    assert_eq!(stage.model.model_name(), "V5_5", "around the corner");
    assert_eq!(stage.model.desk.lyrics.content(), SONG);
    stage.pass(ms(500)).await;
    let saved = stage::drafts(&stage.props.wanted).pop().unwrap();
    assert_eq!(saved.params.profile, "apixo", "the choice is saved");
}

#[tokio::test(start_paused = true)]
async fn a_single_gateway_has_no_next() {
    let mut stage = Stage::new(120, 36);
    stage.press("alt+g").await;
    stage.sees("This is the only gateway in the configuration");
}

#[tokio::test(start_paused = true)]
async fn a_warning_is_shown_but_does_not_block() {
    let mut stage = Stage::with_profiles(120, 36, &["apixo"]);
    stage.type_text("[Chrous]\nla la").await;
    stage.sees("▲ (1 of 2) [Chrous]: did you mean [Chorus]?");
    let warning = stage.model.first_warning().cloned().unwrap();
    assert!(stage.model.first_blocking().is_none());
    assert_eq!(warning.gravity, Gravity::Warns);
    stage.press("alt+2").await;
    stage.model.go_to(&warning);
    stage.settle().await;
    assert_eq!(stage.model.focus, Pane::Lyrics);
    assert_eq!(stage.model.desk.lyrics.cursor(), Cursor { line: 0, column: 0 });
    // What blocks comes before it.
    stage.press("alt+2").await;
    stage.type_text(&"x".repeat(81)).await;
    stage.sees("✕ (1 of 3) Title: 1 over the limit");
}

#[tokio::test(start_paused = true)]
async fn a_voice_that_cannot_be_chosen_is_not_offered() {
    let mut stage = written(120, 36, &["apixo", "udioapi"]).await;
    stage.press("alt+2 down down right").await;
    assert_eq!(stage.model.desk.choices().vocal, Vocal::Female);
    stage.press("alt+g").await;
    stage.sees("○ auto ● female ○ none  not used");
    stage.press("right").await;
    assert_eq!(stage.model.desk.choices().vocal, Vocal::None);
    stage.sees("○ auto  ● none   voices not used");
    stage.press("left left").await;
    assert_eq!(stage.model.desk.choices().vocal, Vocal::Auto);
    stage.press("alt+g right right").await;
    assert_eq!(stage.model.desk.choices().vocal, Vocal::Male);
}

#[tokio::test(start_paused = true)]
async fn a_persona_is_written_and_kept() {
    let mut stage = written(80, 24, &["apimall"]).await;
    stage.press("alt+2 down down down").await;
    assert_eq!(stage.model.desk.field, Field::Persona);
    stage.sees("a voice's id at the gateway");
    stage.type_text("persona_8f2c").await;
    stage.pass(ms(500)).await;
    let saved = stage::drafts(&stage.props.wanted).pop().unwrap();
    assert_eq!(saved.params.persona, "persona_8f2c");
    insta::assert_snapshot!("song_apimall_80x24", stage.screen());
}

#[tokio::test(start_paused = true)]
async fn the_song_pane_at_each_gateway() {
    let mut stage = written(120, 36, &ALL).await;
    stage.press("alt+2").await;
    for gateway in ALL {
        insta::assert_snapshot!(format!("song_{gateway}"), song_pane(&stage));
        stage.press("alt+g").await;
    }
    stage.press("alt+m").await;
    assert_eq!(stage.model.desk.mode(), Mode::Describe);
    insta::assert_snapshot!("song_apixo_describe", song_pane(&stage));
}

/// The part of a screen of 120 x 36 where the Song pane stands.
fn song_pane(stage: &Stage) -> String {
    let screen = stage.screen();
    let rows = screen.lines().skip(1).take(22);
    let right = rows.map(|row| row.chars().skip(1 + 70).take(50).collect::<String>() + "\n");
    right.collect()
}

#[tokio::test(start_paused = true)]
async fn the_row_with_the_cursor_is_there_on_the_smallest_screen() {
    for gateway in ALL {
        let mut stage = written(60, 16, &[gateway]).await;
        stage.press("alt+2 up up up up up up").await;
        for field in Field::ALL {
            assert_eq!(stage.model.desk.field, field);
            stage.sees(&format!("│▌{}", field.label()));
            if field.is_text() {
                // The cursor of the terminal is in the pane.
                let row = stage.screen().lines().position(|row| row.contains("│▌")).unwrap();
                let cursor = stage.face.screen_mut().backend_mut().cursor_position();
                assert_eq!(usize::from(cursor.y), row, "{gateway}, {field:?}");
            }
            stage.press("down").await;
        }
        if ["apixo", "apimall"].contains(&gateway) {
            insta::assert_snapshot!(format!("song_{gateway}_60x16"), stage.screen());
        }
    }
}
