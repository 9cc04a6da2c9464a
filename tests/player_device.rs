//! The real way to a device: rodio, cpal and ALSA, with a card that writes to a file.
//!
//! ALSA reads its configuration from the environment once, so the playing is done by a child: this
//! very program again, asked for the one test that plays when it finds [`STAGE`].

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

use std::path::Path;
use std::process::Command as Process;
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;
use std::{env, fs};

use refrain::player::{
    Command, Device, Event, Feeds, OutputKind, Player, Recording, Source, State,
};

/// Names the folder with the take, where this process is the child.
const STAGE: &str = "REFRAIN_TEST_STAGE";
const PATIENCE: Duration = Duration::from_secs(20);
const FRAMES: u32 = 48_000;

/// A rising saw that never passes zero: a gap in it would be seen.
fn saw(frame: u32) -> i16 {
    1_000 + (frame % 9_000) as i16
}

fn take() -> Vec<u8> {
    let mut wav = b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x80\xbb\0\0".to_vec();
    wav.extend(b"\0\x77\x01\0\x02\0\x10\0data");
    wav.extend((FRAMES * 2).to_le_bytes());
    wav[4..8].copy_from_slice(&(36 + FRAMES * 2).to_le_bytes());
    wav.extend((0..FRAMES).flat_map(|frame| saw(frame).to_le_bytes()));
    wav
}

/// Runs the child on a card of the given ALSA definition, and returns what it wrote to the screen.
fn play_on(card: &str, stage: &Path) -> String {
    let config = stage.join("asound.conf");
    fs::write(stage.join("take.wav"), take()).unwrap();
    fs::write(&config, format!("</usr/share/alsa/alsa.conf>\npcm.!default {card}\n")).unwrap();
    let child = Process::new(env::current_exe().unwrap())
        .args(["--exact", "the_child_plays", "--nocapture"])
        .env("ALSA_CONFIG_PATH", config)
        .env(STAGE, stage)
        .output()
        .unwrap();
    let screen = String::from_utf8_lossy(&child.stderr).into_owned();
    assert!(child.status.success(), "{screen}");
    screen
}

#[test]
fn a_card_gets_every_sample_and_the_screen_gets_none() {
    let stage = tempfile::tempdir().unwrap();
    let heard = stage.path().join("heard.raw");
    let card = format!(
        "{{ type plug slave {{ rate 48000 channels 2 format FLOAT_LE \
         pcm {{ type file file {heard:?} format raw slave.pcm {{ type null }} }} }} }}"
    );
    let screen = play_on(&card, stage.path());
    assert_eq!(screen, "", "nothing is printed by the way");
    assert!(fs::read_to_string(stage.path().join("device")).unwrap().starts_with("Sound"));
    let heard: Vec<f32> = fs::read(heard)
        .unwrap()
        .as_chunks()
        .0
        .iter()
        .map(|bytes| f32::from_le_bytes(*bytes))
        .collect();
    let start = heard.iter().position(|&sample| sample != 0.0).unwrap();
    let played = heard[start..].as_chunks::<2>().0;
    assert!(played.len() >= FRAMES as usize, "{} frames", played.len());
    for (frame, pair) in (0..FRAMES).zip(played) {
        let want = f32::from(saw(frame)) / 32_768.0;
        assert!(pair.iter().all(|side| (side - want).abs() < 1e-6), "frame {frame}: {pair:?}");
    }
}

#[test]
fn without_a_card_the_clock_plays() {
    let stage = tempfile::tempdir().unwrap();
    play_on("{ type hw card 31 }", stage.path());
    let device = fs::read_to_string(stage.path().join("device")).unwrap();
    assert!(device.starts_with("Silent"), "{device}");
}

/// The child's part; as a test of its own it has nothing to do.
#[test]
fn the_child_plays() {
    let Some(stage) = env::var_os(STAGE) else { return };
    let stage = Path::new(&stage);
    let (told, events) = mpsc::channel();
    let player =
        Player::spawn(OutputKind::System, Feeds::default(), move |event| _ = told.send(event));
    let path = stage.join("take.wav");
    // This card swallows sound as fast as it comes, faster than any decoder: all of it must be
    // decoded first, or the player rightly waits in silence for the rest.
    let take = "1a".parse().unwrap();
    let take = Recording { take, source: Source::File(path), loudness: None };
    player.send(Command::Open { take, rival: None, play: false });
    wait_until_decoded(&events);
    player.send(Command::Toggle);
    let device = play_to_the_end(&events);
    drop(player);
    fs::write(stage.join("device"), format!("{device:?}")).unwrap();
}

fn wait_until_decoded(events: &Receiver<Event>) {
    let mut is_loading = false;
    loop {
        match events.recv_timeout(PATIENCE).expect("it goes on") {
            Event::Status(status) if status.state == State::Loading => is_loading = true,
            Event::Status(status) if is_loading && status.state == State::Stopped => return,
            Event::Failed { what, .. } => panic!("{what}"),
            _ => {}
        }
    }
}

fn play_to_the_end(events: &Receiver<Event>) -> Device {
    let mut device = Device::Unopened;
    let mut position = Duration::ZERO;
    loop {
        match events.recv_timeout(PATIENCE).expect("it goes on") {
            Event::Device(it) => device = it,
            Event::Failed { what, .. } => panic!("{what}"),
            Event::Status(status) => {
                assert!(status.position >= position, "the playhead went back");
                position = status.position;
                if status.state == State::Ended {
                    assert_eq!(status.total, Some(position));
                    return device;
                }
            }
            _ => {}
        }
    }
}
