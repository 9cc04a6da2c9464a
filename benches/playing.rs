//! What playing takes, as its user feels it: until it sounds, until a seek is there, until a pair
//! is matched, and how much of a core. Where mpv is installed it is measured beside.
//! Run with `cargo bench --bench playing`; Linux only.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::f32::consts::TAU;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command as Process, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use refrain::player::{Command, Crank, Event, Feeds, OutputKind, Player, Recording, Source, State};
use rusty_mp3::{Mp3Encoder, Mp3EncoderConfig};
use tempfile::TempDir;

const RATE: u32 = 48_000;
/// As long as songs are.
const SECONDS: u32 = 240;
/// What a device asks for at a time, 5.3 ms.
const BLOCK: usize = 256;
/// Bytes a second of a slow link, which is still faster than the recording plays...
const SLOW: usize = 64 * 1024;
/// ...and of one that is slower.
const SLOWER: usize = 16 * 1024;
/// How long what goes on is looked at.
const MEASURED: Duration = Duration::from_secs(10);

fn main() {
    if !cfg!(target_os = "linux") {
        return println!("there is no /proc here");
    }
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("take.mp3");
    fs::write(&path, mp3()).unwrap();
    println!("a take of {SECONDS} s, MP3 at 192 kbit/s");
    from_disk(&path);
    over_a_link(&path, SLOW);
    over_a_link(&path, SLOWER);
    seeks(&path);
    known(&path);
    let plain = core(&path, false);
    let pictures = core(&path, true);
    match mpv(&path) {
        Some(mpv) => println!(
            "of a core while it plays: {plain:.2} %, with pictures {pictures:.2} %; mpv {mpv:.2} % \
             ({:.2} and {:.2} times as much)",
            plain / mpv,
            pictures / mpv
        ),
        None => println!(
            "of a core while it plays: {plain:.2} %, with pictures {pictures:.2} %; no mpv here"
        ),
    }
}

/// Two tones that are loud from the first sample on.
fn mp3() -> Vec<u8> {
    let at = |hertz: f32, n: u32| (TAU * (hertz * n as f32 / RATE as f32).fract()).cos();
    let samples: Vec<f32> =
        (0..RATE * SECONDS).flat_map(|n| [0.4 * at(220.0, n), 0.3 * at(1_760.0, n)]).collect();
    let mut encoder = Mp3Encoder::new(Mp3EncoderConfig { bitrate_kbps: 192, vbr_quality: None });
    encoder.push_pcm_f32(&samples, 2, RATE).unwrap();
    encoder.finish();
    let mut mp3 = Vec::new();
    while let Ok(packet) = encoder.next_packet() {
        mp3.extend(packet);
    }
    mp3
}

/// Lets time pass.
fn wait(time: Duration) {
    let (_open, never) = mpsc::channel::<()>();
    // Nothing is ever sent.
    let _ = never.recv_timeout(time);
}

struct Studio {
    player: Player,
    events: Receiver<Event>,
    feeds: Feeds,
}

impl Studio {
    fn new(output: OutputKind) -> Self {
        let (told, events) = mpsc::channel();
        let feeds = Feeds::default();
        let player = Player::spawn(output, feeds.clone(), move |event| _ = told.send(event));
        Self { player, events, feeds }
    }

    fn open(&self, source: Source) {
        let take = Recording { take: "1a".parse().unwrap(), source, loudness: None };
        self.player.send(Command::Open { take, rival: None, play: true });
    }

    fn until_measured(&self) {
        while !matches!(self.events.recv().unwrap(), Event::Measured { .. }) {}
    }
}

/// Pulls as a device does until something sounds; how long that took.
fn until_it_sounds(crank: &Crank, since: Instant) -> Duration {
    let mut block = [0.0; BLOCK * 2];
    loop {
        crank.fill(&mut block);
        if block.iter().any(|sample| sample.abs() > 1e-3) {
            return since.elapsed();
        }
        wait(Duration::from_secs_f64(BLOCK as f64 / f64::from(RATE)));
    }
}

fn middle(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64() * 1000.0
}

fn from_disk(path: &Path) {
    let times = (0..9).map(|_| {
        let crank = Crank::new();
        let studio = Studio::new(OutputKind::Manual(crank.clone()));
        let since = Instant::now();
        studio.open(Source::File(path.to_owned()));
        until_it_sounds(&crank, since)
    });
    println!(
        "play until the device gets the first sample, from disk: {:.1} ms",
        middle(times.collect())
    );
}

fn over_a_link(path: &Path, bytes_a_second: usize) {
    let bytes = fs::read(path).unwrap();
    let mut longest = Duration::ZERO;
    let times = (0..5).map(|_| {
        let crank = Crank::new();
        let studio = Studio::new(OutputKind::Manual(crank.clone()));
        let part = path.with_extension("part");
        let mut file = File::create(&part).unwrap();
        let feed = studio.feeds.announce("1a".parse().unwrap(), &part);
        let since = Instant::now();
        studio.open(Source::Arriving);
        let (stop, stopped) = mpsc::channel::<()>();
        let link = {
            let (feed, bytes) = (feed.clone(), bytes.clone());
            thread::spawn(move || {
                let mut sent = 0;
                // In packets, as a network does.
                for piece in bytes.chunks(1_400) {
                    sent += piece.len();
                    let due = Duration::from_secs_f64(sent as f64 / bytes_a_second as f64);
                    if stopped.recv_timeout(due.saturating_sub(since.elapsed()))
                        == Err(mpsc::RecvTimeoutError::Disconnected)
                    {
                        return;
                    }
                    file.write_all(piece).unwrap();
                    feed.grow(sent as u64);
                }
            })
        };
        let first = until_it_sounds(&crank, since);
        // A device that is not served within its period has an underrun.
        let until = Instant::now() + Duration::from_secs(4);
        let mut block = [0.0; BLOCK * 2];
        while Instant::now() < until {
            let asked = Instant::now();
            crank.fill(&mut block);
            longest = longest.max(asked.elapsed());
            wait(Duration::from_secs_f64(BLOCK as f64 / f64::from(RATE)));
        }
        drop(stop);
        link.join().unwrap();
        feed.break_off("the measurement is over");
        first
    });
    let first = middle(times.collect());
    let kib = bytes_a_second / 1024;
    println!(
        "play until the device gets the first sample, at {kib} KiB/s: {first:.1} ms; the device never waits longer than \
         {:.2} ms of its {:.1} ms",
        longest.as_secs_f64() * 1000.0,
        BLOCK as f64 / f64::from(RATE) * 1000.0
    );
}

/// From the key to the first sample of the new place at the output.
fn seeks(path: &Path) {
    let crank = Crank::new();
    let studio = Studio::new(OutputKind::Manual(crank.clone()));
    studio.open(Source::File(path.to_owned()));
    studio.until_measured();
    until_it_sounds(&crank, Instant::now());
    let times = (0..50).map(|n| {
        while studio.events.try_recv().is_ok() {}
        let to = Duration::from_secs(10 + n * 4);
        let since = Instant::now();
        studio.player.send(Command::SeekTo(to));
        let mut block = [0.0; BLOCK * 2];
        loop {
            crank.fill(&mut block);
            // Who asks for a status hears of the place that is rendered.
            let there = studio.events.try_iter().any(|event| {
                matches!(event, Event::Status(status) if status.position >= to
                    && status.position < to + Duration::from_millis(100))
            });
            if there {
                crank.fill(&mut block);
                return since.elapsed();
            }
            thread::yield_now();
        }
    });
    println!(
        "seek until the device gets the place sought: {:.2} ms, and its own buffer",
        middle(times.collect())
    );
}

/// From the last byte to all that is to know.
fn known(path: &Path) {
    let times = (0..5).map(|_| {
        let studio = Studio::new(OutputKind::Silent);
        let since = Instant::now();
        studio.open(Source::File(path.to_owned()));
        studio.until_measured();
        since.elapsed()
    });
    println!("ready for exact seeking and matched loudness: {:.0} ms", middle(times.collect()));
}

/// Percent of a core that this process takes to play.
fn core(path: &Path, pictures: bool) -> f64 {
    let studio = Studio::new(OutputKind::Silent);
    studio.player.send(Command::Spectrum(pictures));
    studio.open(Source::File(path.to_owned()));
    studio.until_measured();
    wait(Duration::from_secs(1));
    let before = processor(Path::new("/proc/self"));
    wait(MEASURED);
    let plays =
        |event: &Event| matches!(event, Event::Status(status) if status.state == State::Playing);
    assert!(studio.events.try_iter().any(|event| plays(&event)), "it plays");
    (processor(Path::new("/proc/self")) - before) / MEASURED.as_secs_f64() * 100.0
}

/// The same for mpv, where it is installed.
fn mpv(path: &Path) -> Option<f64> {
    let mut child = Process::new("mpv")
        .args(["--no-config", "--no-video", "--ao=null", "--really-quiet"])
        .arg(path)
        .stdin(Stdio::null())
        .spawn()
        .ok()?;
    wait(Duration::from_secs(2));
    let folder = PathBuf::from(format!("/proc/{}", child.id()));
    let before = processor(&folder);
    wait(MEASURED);
    let took = processor(&folder) - before;
    child.kill().unwrap();
    child.wait().unwrap();
    Some(took / MEASURED.as_secs_f64() * 100.0)
}

/// Seconds that a process has had of the processor.
fn processor(folder: &Path) -> f64 {
    let mut nanoseconds = 0.0;
    for thread in fs::read_dir(folder.join("task")).unwrap() {
        let stat = fs::read_to_string(thread.unwrap().path().join("schedstat"));
        let first = stat.unwrap_or_default();
        nanoseconds += first.split(' ').next().and_then(|it| it.parse().ok()).unwrap_or(0.0);
    }
    nanoseconds / 1e9
}
