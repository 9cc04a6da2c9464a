//! The command line as scripts use it: the real program, no terminal.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

#[path = "command_line/endings.rs"]
mod endings;
#[path = "command_line/gateways.rs"]
mod gateways;
#[path = "command_line/home.rs"]
mod home;
#[path = "command_line/journal.rs"]
mod journal;
#[path = "command_line/playing.rs"]
mod playing;
#[path = "command_line/shop.rs"]
mod shop;
#[path = "command_line/showing.rs"]
mod showing;
mod wav;

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;

use home::{Home, Run};
use refrain::library::Library;

#[test]
fn it_tells_its_version() {
    let run = Home::new().run(&["--version"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert_eq!(run.out, concat!("refrain ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn it_tells_what_it_can() {
    let home = Home::new();
    let run = home.run(&["--help"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    for word in ["generate", "--config", "--data-dir", "REFRAIN_DATA_DIR", "NO_COLOR"] {
        assert!(run.out.contains(word), "no {word} in {}", run.out);
    }
    let run = home.run(&["generate", "--help"]);
    assert_eq!(run.code, Some(0));
    let flags = "--describe --lyrics --style --title --model --instrumental --negative --vocal \
                 --style-weight --weirdness --audio-weight --persona --profile --detach --dry-run \
                 --json duration_s credits_used";
    for word in flags.split(' ').chain(["standard input", "Exit codes", "  8  outcome unknown"]) {
        assert!(run.out.contains(word), "no {word} in {}", run.out);
    }
    assert_eq!(fs::read_dir(home.path("")).unwrap().count(), 0, "asking for help leaves nothing");
}

#[test]
fn a_wrong_flag_is_a_wrong_use() {
    let home = Home::new();
    home.run(&["--volum", "11"]).refuses(2, &["--volum", "--help"]);
    home.run(&["generat"]).refuses(2, &["generat", "'generate'"]);
    home.run(&["generate", "--lyrics"]).refuses(2, &["--lyrics"]);
    for (wrong, words) in [
        (&["--lyrics", "a.txt", "--describe", "tea"][..], &["--lyrics", "--describe"][..]),
        (&["--describe", "tea", "--instrumental", "--vocal", "f"], &["--instrumental", "--vocal"]),
        (&["--describe", "tea", "--vocal", "x"], &["m or f"]),
        (&["--weirdness", "1.5"], &["--weirdness", "from 0 to 1"]),
        (&["--style-weight", "NaN"], &["from 0 to 1"]),
        (&["--vocal", "m"], &["there are no words"]),
    ] {
        home.run(&[&["generate"], wrong].concat()).refuses(2, words);
    }
    home.run(&["job", "four"]).refuses(2, &["four"]);
    assert_eq!(fs::read_dir(home.path("")).unwrap().count(), 0, "nothing was begun");
}

#[test]
fn the_studio_needs_a_terminal() {
    let home = Home::new();
    home.run(&[]).refuses(1, &["needs a terminal", "refrain generate --help"]);
    assert!(!home.path(".local").exists(), "nothing was begun");
}

#[test]
fn lyrics_that_are_not_there() {
    let home = Home::new();
    let run = home.run(&["generate", "--lyrics", "no such song.txt"]);
    run.refuses(1, &["no such song.txt", "cannot be read", "No such file"]);
    home.run(&["generate", "--lyrics", "."]).refuses(1, &["the lyrics in ."]);
}

#[test]
fn a_folder_is_not_called_a_wrong_encoding() {
    let run = Home::new().run(&["generate", "--lyrics", "/"]);
    assert!(!run.err.contains("UTF-8"), "{}", run.err);
}

#[test]
fn lyrics_larger_than_lyrics_are() {
    let home = Home::new();
    home.write("large.txt", "a".repeat(1024 * 1024 + 1));
    home.run(&["generate", "--lyrics", "large.txt"])
        .refuses(1, &["large.txt", "larger than 1 MiB"]);
    // Where the cut falls into a character, it is still the size that is wrong.
    home.write("large.txt", "é".repeat(1024 * 1024));
    home.run(&["generate", "--lyrics", "large.txt"])
        .refuses(1, &["large.txt", "larger than 1 MiB"]);
}

#[test]
fn lyrics_that_are_no_text() {
    let home = Home::new();
    home.write("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    let run = home.run(&["generate", "--lyrics", "picture.png"]);
    run.refuses(1, &["picture.png", "not text in UTF-8"]);
}

#[test]
fn lyrics_from_standard_input_are_judged_alike() {
    let home = Home::new();
    let mut command = home.command(&["generate", "--lyrics", "-"]);
    let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = pipes.spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"caf\xe9").unwrap();
    let run = Run::of(child.wait_with_output().unwrap());
    run.refuses(1, &["not text in UTF-8"]);
    assert!(!run.err.contains("in - "), "- is no name for a person: {}", run.err);
}

#[test]
fn a_limit_of_the_gateway_stops_it_before_anything_is_made() {
    let home = Home::new();
    home.write("long.txt", "la ".repeat(20_000));
    let run = home.run(&["generate", "--lyrics", "long.txt"]);
    run.refuses(3, &["Lyrics", "over the limit"]);
    assert!(!home.path(".local/share/refrain/songs").exists());
}

#[test]
fn a_profile_that_is_not_there() {
    let home = Home::new();
    let run = home.run(&["generate", "--profile", "skech", "--lyrics", "no such song.txt"]);
    run.refuses(2, &["no profile \"skech\"", "sketch"]);
    let run = home.run(&["generate", "--profile", "skech", "--json"]);
    let told: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!((run.code, &told["error"]["class"]), (Some(2), &"invalid".into()));
    assert_eq!((&told["state"], &told["gateway"]), (&"refused".into(), &().into()));
}

#[test]
fn the_configuration_is_where_it_is_said_to_be() {
    let home = Home::new();
    home.write("mine.toml", "volume = 11\n");
    home.run(&["--config", "mine.toml"]).refuses(1, &["mine.toml:1:1", "`volume`"]);
    // Also behind the command.
    home.run(&["generate", "--config", "mine.toml"]).refuses(1, &["mine.toml:1:1"]);
    home.run(&["--config", "absent.toml"]).refuses(1, &["absent.toml", "no such file"]);

    let mut by_name = home.command(&[]);
    let run = Run::of(by_name.env("REFRAIN_CONFIG", "mine.toml").output().unwrap());
    run.refuses(1, &["mine.toml:1:1"]);
    // The flag wins over the environment, and both over the default place.
    home.write(".config/refrain/config.toml", "}{");
    home.run(&[]).refuses(1, &[".config/refrain/config.toml:1:1"]);
    let mut both = home.command(&["--config", "/dev/null"]);
    let run = Run::of(both.env("REFRAIN_CONFIG", "mine.toml").output().unwrap());
    run.refuses(1, &["needs a terminal"]);
}

#[test]
fn the_library_is_where_it_is_said_to_be() {
    let home = Home::new();
    // What is refused for its length has opened the library before.
    home.write("long.txt", "la ".repeat(20_000));
    let generate = ["generate", "--lyrics", "long.txt"];
    let opened = |path: &str| home.path(path).join("library.db").exists();

    home.run(&[&generate[..], &["--data-dir", "flag"]].concat()).refuses(3, &[]);
    assert!(opened("flag") && !opened(".local/share/refrain"));

    let mut by_name = home.command(&generate);
    Run::of(by_name.env("REFRAIN_DATA_DIR", "named").output().unwrap()).refuses(3, &[]);
    assert!(opened("named") && !opened(".local/share/refrain"));

    let mut both = home.command(&[&["--data-dir", "wins"], &generate[..]].concat());
    Run::of(both.env("REFRAIN_DATA_DIR", "loses").output().unwrap()).refuses(3, &[]);
    assert!(opened("wins") && !opened("loses"));

    let mut xdg = home.command(&generate);
    Run::of(xdg.env("XDG_DATA_HOME", home.path("xdg")).output().unwrap()).refuses(3, &[]);
    assert!(opened("xdg/refrain") && !opened(".local/share/refrain"));

    home.run(&generate).refuses(3, &[]);
    assert!(opened(".local/share/refrain"));
}

#[test]
fn a_library_that_is_open_is_left_alone() {
    let home = Home::new();
    home.write("song.txt", "Paper cups along the sill");
    let library = Library::open(Path::new(&home.path("data"))).unwrap();
    let run = home.run(&["generate", "--lyrics", "song.txt", "--data-dir", "data"]);
    run.refuses(1, &["already open in another Refrain", "--data-dir"]);
    assert!(library.0.draft(library.1.draft.song).unwrap().is_none());
}

#[test]
#[cfg(target_os = "linux")]
fn a_library_that_cannot_be() {
    let home = Home::new();
    home.write("song.txt", "Paper cups along the sill");
    let run = home.run(&["generate", "--lyrics", "song.txt", "--data-dir", "/proc/self/refrain"]);
    run.refuses(1, &["/proc/self/refrain", "\n  "]);
}

#[test]
fn without_a_home_it_says_what_to_set() {
    let home = Home::new();
    let run = Run::of(home.command(&[]).env("HOME", "not/absolute").output().unwrap());
    run.refuses(1, &["no home directory", "HOME="]);
}
