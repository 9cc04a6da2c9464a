//! Songs with sound: from the key to two takes on disk, with the built-in composer.

use std::fs;
use std::process::{Command, Output};

use refrain::player::probe;
use refrain::song::JobState;

use crate::home::Home;
use crate::studio::{PROMPT, Studio};

/// Short, so that it is composed in a few seconds.
const SONG: &str = "[Verse 1]\rPaper cups along the sill\rRain is learning how to read";
const WORDS: &str = "[Verse 1]\nPaper cups along the sill\nRain is learning how to read\n";

/// A studio in which a song was ordered just now.
fn ordered(home: &Home) -> Studio {
    let mut studio = home.launch().size(120, 36).open();
    studio.send(SONG);
    studio.sees("how to read");
    studio.send("\x07");
    studio.sees("Paper cups along the sill v1");
    studio
}

/// Asserts that the one job on disk has two takes that can be heard.
#[track_caller]
fn has_a_pair(home: &Home) {
    let (_library, contents) = home.library();
    assert_eq!(contents.jobs.len(), 1);
    assert!(matches!(contents.jobs[0].state, JobState::Done { .. }), "{:?}", contents.jobs[0]);
    assert_eq!(contents.takes.len(), 2);
    for take in &contents.takes {
        assert!(take.audio.starts_with(home.data_dir().join("songs")), "{}", take.audio.display());
        assert!(probe(&take.audio).unwrap().duration.as_secs() > 0);
        assert!(take.cover.as_ref().is_some_and(|cover| cover.exists()));
    }
    assert_ne!(
        fs::read(&contents.takes[0].audio).unwrap(),
        fs::read(&contents.takes[1].audio).unwrap()
    );
}

#[test]
fn a_song_goes_from_the_key_to_two_takes_that_play() {
    let home = Home::new();
    let mut studio = ordered(&home);
    studio.sees("2 takes in");
    studio.sees("● A");
    studio.sees("◆ B");
    studio.send("\0");
    studio.sees("0:01");
    studio.send("\0");
    studio.quit();
    studio.was_given_back();
    has_a_pair(&home);

    let mut again = home.launch().size(120, 36).open();
    again.sees("4 Takes 2");
    again.quit();
}

#[test]
fn what_a_kill_cut_off_goes_on() {
    let home = Home::new();
    let mut studio = ordered(&home);
    // Work begins only when the journal has the job.
    studio.wait("at work", |screen| screen.rows(0, 40).any(|row| row.contains(" %")));
    studio.signal("KILL");
    studio.end_within(PROMPT);
    let mut again = home.launch().size(120, 36).open();
    again.sees("4 Takes 2");
    again.sees("· saved");
    again.quit();
    has_a_pair(&home);
}

#[test]
fn leaving_does_not_wait_for_the_composer() {
    let home = Home::new();
    let mut studio = ordered(&home);
    studio.send("\x11");
    let end = studio.end_within(PROMPT);
    assert_eq!(end.exit_code(), 0);
    studio.was_given_back();
    assert_eq!(home.words(), WORDS.trim_end());
}

#[test]
#[cfg(target_os = "linux")]
fn a_studio_with_takes_is_idle() {
    let home = Home::new();
    let mut studio = ordered(&home);
    studio.sees("2 takes in");
    studio.sees("· saved");
    // The first one is in the player, decoded.
    studio.sees("■ ● A  0:00 / 0:2");
    crate::idle::is_idle(&mut studio);
}

fn generate(home: &Home, args: &[&str]) -> Output {
    fs::write(home.path().join("song.txt"), WORDS).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_refrain"));
    command.args(["generate", "--lyrics", "song.txt"]).args(args);
    command.current_dir(home.path()).env_clear().env("HOME", home.path());
    command.output().unwrap()
}

#[test]
fn generate_prints_the_recordings_and_nothing_else() {
    let home = Home::new();
    let output = generate(&home, &["--title", "Paper Cups"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(output.stderr.is_empty(), "{output:?}");
    let out = String::from_utf8(output.stdout).unwrap();
    let paths: Vec<_> = out.lines().collect();
    assert_eq!(paths.len(), 2, "{out}");
    assert!(paths.iter().all(|path| fs::exists(path).unwrap()), "{out}");
    has_a_pair(&home);
}

#[test]
fn generate_speaks_json() {
    let home = Home::new();
    let output = generate(&home, &["--json"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(told["state"], "done");
    assert_eq!(told["takes"].as_array().unwrap().len(), 2);
    assert_eq!(told["takes"][1]["label"], "B");
    assert!(told["takes"][0]["duration_s"].as_f64().unwrap() > 1.0);
    assert!(told["error"].is_null());
}

/// The command line is not a thief of the studio's words.
#[test]
fn generate_leaves_the_song_on_the_desk_alone() {
    let home = Home::new();
    let mut studio = home.open();
    studio.send("mine");
    studio.sees("mine");
    studio.quit();
    assert_eq!(generate(&home, &[]).status.code(), Some(0));
    let mut again = home.open();
    again.sees("mine");
    again.quit();
    assert_eq!(home.words(), "mine");
}
