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

/// Frames of each take of a pair, half a minute.
const LONG: u32 = 1_440_000;
/// What the child does to a pair while it plays.
const DEEDS: usize = 12;

/// A rising saw that never passes zero: a gap in it would be seen.
fn saw(frame: u32) -> i16 {
    1_000 + (frame % 9_000) as i16
}

/// A stereo take, each frame of which tells which it is; the other of its pair has other signs.
fn numbered(frame: u32, sign: i16) -> [i16; 2] {
    [sign * (4_000 + (frame % 16_000) as i16), sign * (4_000 + (frame / 16_000 * 50) as i16)]
}

/// The frame's number, and the sign of its take.
fn number([left, right]: [f32; 2]) -> Option<(u32, i16)> {
    let whole = |sample: f32| {
        let scaled = sample * 32_768.0;
        ((scaled - scaled.round()).abs() < 0.01).then(|| scaled.round() as i32)
    };
    let sign = if left > 0.0 { 1 } else { -1 };
    let (low, high) = (whole(left)? * sign - 4_000, whole(right)? * sign - 4_000);
    let is_one = (0..16_000).contains(&low) && high >= 0 && high % 50 == 0;
    is_one.then(|| (high as u32 / 50 * 16_000 + low as u32, sign as i16))
}

fn wav(channels: u16, samples: impl Iterator<Item = i16>) -> Vec<u8> {
    let data: Vec<u8> = samples.flat_map(i16::to_le_bytes).collect();
    let mut wav = b"RIFF".to_vec();
    wav.extend((36 + data.len() as u32).to_le_bytes());
    wav.extend(b"WAVEfmt \x10\0\0\0\x01\0");
    wav.extend(channels.to_le_bytes());
    wav.extend(48_000_u32.to_le_bytes());
    wav.extend((96_000 * u32::from(channels)).to_le_bytes());
    wav.extend((channels * 2).to_le_bytes());
    wav.extend(b"\x10\0data");
    wav.extend((data.len() as u32).to_le_bytes());
    wav.extend(data);
    wav
}

/// A card that writes what it hears to a file.
fn recorder(heard: &Path) -> String {
    format!(
        "{{ type plug slave {{ rate 48000 channels 2 format FLOAT_LE \
         pcm {{ type file file \"{}\" format raw slave.pcm {{ type null }} }} }} }}",
        heard.display()
    )
}

fn is_silent(frame: [f32; 2]) -> bool {
    frame.iter().all(|sample| *sample == 0.0)
}

/// What a card has heard from the first sound on.
fn recorded(heard: &Path) -> Vec<[f32; 2]> {
    let bytes = fs::read(heard).unwrap();
    let samples: Vec<f32> =
        bytes.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
    let frames = samples.as_chunks::<2>().0;
    let start = frames.iter().position(|frame| !is_silent(*frame)).unwrap();
    frames[start..].to_vec()
}

/// Runs a child on a card of the given ALSA definition, and returns what it wrote to the screen.
fn play_on(card: &str, stage: &Path, child: &str) -> String {
    let config = stage.join("asound.conf");
    fs::write(&config, format!("</usr/share/alsa/alsa.conf>\npcm.!default {card}\n")).unwrap();
    let child = Process::new(env::current_exe().unwrap())
        .args(["--exact", child, "--nocapture"])
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
    fs::write(stage.path().join("take.wav"), wav(1, (0..FRAMES).map(saw))).unwrap();
    let screen = play_on(&recorder(&heard), stage.path(), "the_child_plays");
    assert_eq!(screen, "", "nothing is printed by the way");
    assert!(fs::read_to_string(stage.path().join("device")).unwrap().starts_with("Sound"));
    let played = recorded(&heard);
    assert!(played.len() >= FRAMES as usize, "{} frames", played.len());
    for (frame, pair) in (0..FRAMES).zip(&played) {
        let want = f32::from(saw(frame)) / 32_768.0;
        assert!(pair.iter().all(|side| (side - want).abs() < 1e-6), "frame {frame}: {pair:?}");
    }
}

#[test]
fn without_a_card_the_clock_plays() {
    let stage = tempfile::tempdir().unwrap();
    fs::write(stage.path().join("take.wav"), wav(1, (0..FRAMES).map(saw))).unwrap();
    play_on("{ type hw card 31 }", stage.path(), "the_child_plays");
    let device = fs::read_to_string(stage.path().join("device")).unwrap();
    assert!(device.starts_with("Silent"), "{device}");
}

/// A stretch of a take that was heard frame by frame.
struct Run {
    /// Where it begins and ends among what was heard.
    heard: (usize, usize),
    /// The same among the frames of the take.
    frames: (u32, u32),
    sign: i16,
}

/// All stretches that are too long to be a coincidence within a crossfade.
fn runs(heard: &[[f32; 2]]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (at, (frame, sign)) in
        heard.iter().enumerate().filter_map(|(at, frame)| Some((at, number(*frame)?)))
    {
        match runs.last_mut() {
            Some(run) if run.heard.1 == at && run.frames.1 == frame && run.sign == sign => {
                (run.heard.1, run.frames.1) = (at + 1, frame + 1);
            }
            _ => runs.push(Run { heard: (at, at + 1), frames: (frame, frame + 1), sign }),
        }
    }
    runs.retain(|run| run.heard.1 - run.heard.0 >= 32);
    runs
}

#[test]
fn a_card_hears_nothing_but_the_two_takes() {
    let stage = tempfile::tempdir().unwrap();
    for (name, sign) in [("a.wav", 1), ("b.wav", -1)] {
        let samples = (0..LONG).flat_map(|frame| numbered(frame, sign));
        fs::write(stage.path().join(name), wav(2, samples)).unwrap();
    }
    let heard = stage.path().join("heard.raw");
    play_on(&recorder(&heard), stage.path(), "the_child_goes_back_and_forth");
    let heard = recorded(&heard);
    let runs = runs(&heard);
    assert_eq!((runs[0].heard.0, runs[0].frames.0), (0, 0), "from the first frame on");
    let last = runs.last().unwrap();
    assert_eq!(last.frames.1, LONG, "to the last frame");
    assert!(heard[last.heard.1..].iter().copied().all(is_silent), "and silence after it");
    let mut switches = 0;
    for pair in runs.windows(2) {
        let [before, after] = pair else { unreachable!("windows of two") };
        let gap = after.heard.0 - before.heard.1;
        if before.sign == after.sign {
            assert!(gap <= 130, "{gap} frames of a seek");
        } else {
            // Ten milliseconds of both, and not one frame lost or heard twice.
            switches += 1;
            assert!(gap <= 482, "{gap} frames of a switch");
            assert_eq!(after.frames.0 - before.frames.1, gap as u32);
        }
    }
    let done = fs::read_to_string(stage.path().join("switches")).unwrap();
    assert_eq!(done, switches.to_string());
    assert!(switches > 0 && runs.len() > switches + 2, "{switches} of {}", runs.len());
}

/// The child's part; as a test of its own it has nothing to do.
#[test]
fn the_child_goes_back_and_forth() {
    let Some(stage) = env::var_os(STAGE) else { return };
    let stage = Path::new(&stage);
    let (told, events) = mpsc::channel();
    let player = Player::spawn(OutputKind::System, Feeds::default(), move |event| {
        let _ = told.send(event);
    });
    let recording = |take: &str, name: &str| Recording {
        take: take.parse().unwrap(),
        source: Source::File(stage.join(name)),
        loudness: None,
    };
    let (take, rival) = (recording("1a", "a.wav"), Some(recording("1b", "b.wav")));
    player.send(Command::Open { take, rival, play: false });
    player.send(Command::Match(false));
    for _ in 0..2 {
        while !matches!(next(&events), Event::Measured { .. }) {}
    }
    player.send(Command::Toggle);
    let (mut deeds, mut switches, mut mark) = (0, 0, Duration::ZERO);
    loop {
        // This card hears a second in a millisecond: who waits to be told comes too late.
        player.send(Command::Mute(false));
        let Event::Status(status) = next(&events) else { continue };
        if status.state == State::Ended {
            break;
        }
        if deeds == DEEDS || status.position < mark + Duration::from_secs(1) {
            continue;
        }
        deeds += 1;
        let deed = match deeds % 3 {
            0 => Command::SeekBy(-1.5),
            1 => Command::Switch,
            _ => Command::SeekTo(Duration::from_millis(500)),
        };
        switches += usize::from(deed == Command::Switch);
        let is_switch = deed == Command::Switch;
        player.send(deed);
        // The status that answers tells where it is now.
        mark = loop {
            match next(&events) {
                Event::Status(now) if !is_switch || now.take != status.take => break now.position,
                _ => {}
            }
        };
    }
    drop(player);
    fs::write(stage.join("switches"), switches.to_string()).unwrap();
}

fn next(events: &Receiver<Event>) -> Event {
    events.recv_timeout(PATIENCE).expect("it goes on")
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
