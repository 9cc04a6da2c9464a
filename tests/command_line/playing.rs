//! `refrain play` without a sound card: by the clock, to the end, and what cannot be played.

use std::fs;
#[cfg(target_os = "linux")]
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use refrain::library::Library;

use super::home::Home;
#[cfg(target_os = "linux")]
use super::home::Run;
use super::shop::Shop;
use super::wav;

#[test]
fn a_file_is_played_in_real_time_and_nothing_else_is_said() {
    let home = Home::new();
    home.write("tea for two.wav", wav::silence(1));
    let begun = Instant::now();
    let run = home.run(&["play", "--no-audio", "tea for two.wav"]);
    assert!(begun.elapsed() >= Duration::from_millis(950), "{:?}", begun.elapsed());
    assert_eq!((run.code, run.out.as_str()), (Some(0), ""), "{}", run.err);
    assert_eq!(run.err, "played tea for two, 0:01\n");
}

#[test]
fn it_begins_where_it_is_told_to() {
    let home = Home::new();
    home.write("long.wav", wav::silence(5));
    let run = home.run(&["play", "--no-audio", "--from", "0:04", "long.wav"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), "played long, 0:05\n"));
    home.run(&["play", "--no-audio", "--from", "5", "long.wav"])
        .refuses(2, &["long is over before 0:05", "0:05 long"]);
    home.run(&["play", "--from", "1:99", "long.wav"]).refuses(2, &["such as 1:02"]);
}

#[test]
fn what_cannot_be_played_says_why() {
    let home = Home::new();
    home.write("empty.mp3", "");
    home.write("page.mp3", "<!DOCTYPE html><html><body>404 Not Found</body></html>".repeat(9));
    fs::create_dir(home.path("folder.wav")).unwrap();
    for (file, code, words) in [
        ("empty.mp3", 1, ["empty.mp3 cannot be played", "is empty"]),
        ("page.mp3", 1, ["page.mp3 cannot be played", "not a recording"]),
        ("folder.wav", 1, ["folder.wav cannot be played", "not a file"]),
        ("absent.mp3", 2, ["no file absent.mp3", "such as 12a"]),
        ("7b", 2, ["no take 7b", "no take yet"]),
        ("\u{1b}[2J.mp3", 2, ["no file", "audio file"]),
    ] {
        home.run(&["play", "--no-audio", file]).refuses(code, &[words[0], words[1], "\n  "]);
    }
    home.run(&["play"]).refuses(2, &["TAKE|FILE"]);
    home.run(&["play", "--no-audio", "--device", "x", "empty.mp3"]).refuses(2, &["--device"]);
}

/// One that has no sound says so, and that it can do without.
#[test]
fn an_output_that_is_not_there() {
    let home = Home::new();
    home.write("tea.wav", wav::silence(1));
    let run = home.run(&["play", "--device", "No such output", "tea.wav"]);
    run.refuses(1, &["there is no sound output", "--no-audio", "refrain devices"]);
    home.write("config.toml", "[sound]\ndevice = \"No such output\"\n");
    let run = home.run(&["--config", "config.toml", "play", "tea.wav"]);
    run.refuses(1, &["there is no sound output"]);
    home.write("config.toml", "[sound]\ndevice = \"silent\"\n");
    let run = home.run(&["--config", "config.toml", "play", "tea.wav"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), "played tea, 0:01\n"));
}

#[test]
fn a_take_is_played_by_its_name_while_a_studio_is_open() {
    let shop = Shop::new("");
    shop.generate("apixo", &[]).ends(0);
    let _open = Library::open(&shop.home.path("data")).unwrap();
    let run = shop.run(&["play", "--no-audio", "1B"]);
    run.ends(0);
    assert!(run.err.starts_with("played ") && run.err.contains(" B, 0:0"), "{}", run.err);
    shop.run(&["play", "--no-audio", "1c"]).refuses(2, &["no take 1c", "from 1a to 1b"]);
    let takes = shop.run(&["job", "1", "--json"]).json();
    fs::remove_file(takes["takes"][0]["audio"].as_str().unwrap()).unwrap();
    shop.run(&["play", "--no-audio", "1a"]).refuses(1, &["cannot be played", "moved or deleted"]);
}

#[test]
#[cfg(target_os = "linux")]
fn a_signal_ends_it() {
    let home = Home::new();
    home.write("long.wav", wav::silence(60));
    for (name, code) in [("-INT", 130), ("-TERM", 143)] {
        let mut command = home.command(&["play", "--no-audio", "long.wav"]);
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        while !is_listening(child.id()) {
            std::thread::yield_now();
        }
        let killed = Command::new("kill").args([name, &child.id().to_string()]).status();
        assert!(killed.unwrap().success());
        let run = Run::of(child.wait_with_output().unwrap());
        run.refuses(code, &["stopped long at 0:0"]);
    }
}

/// Whether a process has handlers for both signals, as the system tells.
#[cfg(target_os = "linux")]
fn is_listening(process: u32) -> bool {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:")).unwrap();
    let caught = u64::from_str_radix(caught.trim(), 16).unwrap();
    // SIGINT is 2 and SIGTERM is 15, counted from 1.
    caught & (1 << 1) != 0 && caught & (1 << 14) != 0
}
