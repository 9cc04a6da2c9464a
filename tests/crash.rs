//! kill -9 at 200 moments, from the key press to the last byte of the last take: nothing that was
//! paid is lost, nothing is paid twice, and nothing half is shown as a take.
//!
//! The real program, on a real disk, at a sandbox that remembers what was ordered. An order is
//! given by `refrain generate`; the studio goes on with what was cut off. Both are killed, at
//! moments that chance picks, the same ones each time.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

use std::collections::BTreeSet;
use std::fs;
use std::io::Read as _;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, mpsc};
use std::thread;
use std::time::Duration;

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use refrain::player::probe;
use refrain::runtime::open_library;
use refrain::sandbox::{Dialect, Options, Pace, Recording, Sandbox, Sound};
use refrain::sketch;
use refrain::song::{Job, JobState, Label, Params, Request, Take, TakeId};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use tempfile::TempDir;

/// At each gateway; there are five.
const KILLS: usize = 40;
/// An order takes about so long, from the start of the program to its takes.
const WHOLE: u64 = 2500;
/// Slow enough that chance finds a moment in the middle of a recording.
const LINE: &str = "[[rule]]\non = \"audio\"\ndo = \"slow\"\nrate = 700_000";
/// How often the studio may go on with what is left, for this long each.
const ROUNDS: usize = 30;
const ROUND: Duration = Duration::from_secs(4);

/// Held to start a program and to look into a library: a program that is just being started by
/// another thread has for a moment all that this process has open, and a library's lock with it.
static ONE: Mutex<()> = Mutex::new(());

/// Two short recordings.
fn pair() -> Vec<Recording> {
    let text = "[Verse]\nOne for the money, two for the show".to_owned();
    let request = Request { text, params: Params::default(), seed: 1 };
    let make = |label| {
        let made = sketch::render(&request, label, &mut |_| ControlFlow::Continue(())).unwrap();
        Recording::new(made.audio, made.cover, made.duration)
    };
    [Label::A, Label::B].map(make).to_vec()
}

/// The same chance each time (splitmix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % bound
    }
}

/// Somebody whose computer has a bad day.
struct Home {
    dialect: Dialect,
    sandbox: Sandbox,
    dir: TempDir,
    orders: usize,
    /// Those that were looked at already.
    heard: BTreeSet<TakeId>,
    /// The states that a kill left a job in.
    left: BTreeSet<&'static str>,
}

impl Home {
    fn new(dialect: Dialect, pair: Vec<Recording>) -> Self {
        let pace = Pace::Takes(Duration::from_millis(300));
        let sound = Sound::Given(pair);
        let script = LINE.to_owned();
        let options = Options { pace, sound, credits: 100_000, script, ..Options::default() };
        let sandbox = Sandbox::start(options).unwrap();
        let dir = tempfile::tempdir().unwrap();
        // Many orders may be open at once here: each that was killed is.
        let config = sandbox.config().replace(
            "poll = { first = \"2s\", every = \"1s\" }",
            "poll = { first = \"1s\", every = \"1s\" }\nparallel = 1000",
        );
        assert!(config.contains("parallel"));
        fs::write(dir.path().join("config.toml"), config).unwrap();
        let (heard, left) = (BTreeSet::new(), BTreeSet::new());
        Self { dialect, sandbox, dir, orders: 0, heard, left }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn data(&self) -> PathBuf {
        self.path("data")
    }

    /// Runs the program for so long, then kills it; whether it was still there to be killed.
    fn run(&self, args: &[&str], time: Duration) -> bool {
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_refrain"));
        command.args(args);
        command.arg("--config");
        command.arg(self.path("config.toml"));
        command.arg("--data-dir");
        command.arg(self.data());
        command.cwd(self.dir.path());
        command.env_clear();
        command.env("PATH", "/usr/bin:/bin");
        command.env("HOME", self.dir.path());
        command.env("TERM", "xterm-256color");
        // No test may depend on the cards of the machine.
        command.env("ALSA_CONFIG_PATH", self.path("no such file"));
        let mut child = {
            let _one = ONE.lock().unwrap();
            pair.slave.spawn_command(command).unwrap()
        };
        drop(pair.slave);
        let pid = Pid::from_raw(child.process_id().unwrap().cast_signed()).unwrap();
        let mut terminal = pair.master.try_clone_reader().unwrap();
        let drain = thread::spawn(move || {
            let mut bytes = [0; 16 * 1024];
            while let Ok(1..) = terminal.read(&mut bytes) {}
        });
        let (ended, end) = mpsc::channel();
        let wait = thread::spawn(move || {
            // Before it is waited for, its number is nobody else's.
            let status = child.wait().unwrap();
            let _ = ended.send(status);
        });
        let is_there = end.recv_timeout(time).is_err();
        if is_there {
            // It may have ended by itself just now.
            let _ = kill_process(pid, Signal::KILL);
        }
        wait.join().unwrap();
        drop(pair.master);
        drain.join().unwrap();
        is_there
    }

    /// Orders another song.
    fn order(&mut self, time: Duration) -> bool {
        self.orders += 1;
        let words = words(self.orders);
        fs::write(self.path("song.txt"), words).unwrap();
        let args = ["generate", "--profile", self.dialect.name(), "--lyrics", "song.txt"];
        let args: Vec<_> = args.into_iter().chain(["--style", "folk", "--title", "Cups"]).collect();
        self.run(&args, time)
    }

    /// What the disk has, which must be right at every moment.
    fn look(&mut self) -> (Vec<Job>, Vec<Take>) {
        // Nothing was begun yet.
        if !self.data().exists() {
            return (Vec::new(), Vec::new());
        }
        let contents = {
            let _one = ONE.lock().unwrap();
            open_library(&self.data()).unwrap().1
        };
        assert!(contents.unreadable.is_empty(), "{:?}", contents.unreadable);
        for take in &contents.takes {
            let name = take.audio.display();
            assert_eq!(take.audio.extension().unwrap(), "mp3", "{name}");
            if self.heard.insert(take.id) {
                assert_eq!(probe(&take.audio).unwrap().duration, take.duration, "{name}");
                assert!(take.cover.as_ref().is_none_or(|cover| cover.is_file()), "{name}");
            }
        }
        self.left.extend(contents.jobs.iter().map(|job| job.state.word()));
        (contents.jobs, contents.takes)
    }

    fn creates(&self) -> Vec<Value> {
        self.sandbox.ledger()["creates"].as_array().unwrap().clone()
    }

    /// Everything that was ordered, against everything that is there.
    fn settle(&self, jobs: &[Job], takes: &[Take]) {
        let name = self.dialect.name();
        let creates = self.creates();
        for order in 1..=self.orders {
            let words = words(order);
            let line = words.lines().nth(1).unwrap();
            let ordered: Vec<_> =
                creates.iter().filter(|create| create["body"].to_string().contains(line)).collect();
            let job = jobs.iter().filter(|job| job.request.text == words).collect::<Vec<_>>();
            assert!(job.len() <= 1, "{name}: one action, one job: {job:?}");
            let Some(job) = job.first() else {
                assert!(ordered.is_empty(), "{name}: paid and not in the library: {ordered:?}");
                continue;
            };
            let fresh = ordered.iter().filter(|create| create["repeated"] == false).count();
            assert!(fresh <= 1, "{name}: paid twice: {ordered:?}");
            if job.idempotency_key.is_none() {
                assert!(ordered.len() <= 1, "{name}: sent twice: {ordered:?}");
            }
            let takes = takes.iter().filter(|take| take.id.job == job.id).count();
            match (&job.state, ordered.first()) {
                (JobState::Done { .. }, Some(create)) => {
                    assert_eq!(create["task"].as_str(), job.receipt.task.as_deref(), "{name}");
                    assert_eq!(takes, 2, "{name}: {job:?}");
                }
                // It is on show; whether it was paid is for the user to look at.
                (JobState::Unknown { .. }, _) => assert_eq!(takes, 0, "{name}: {job:?}"),
                _ => panic!("{name}: {job:?}, {ordered:?}"),
            }
        }
        let all = creates.iter().filter(|create| create["repeated"] == false).count();
        assert!(all <= jobs.len(), "{name}: {all} orders for {} jobs", jobs.len());
    }
}

/// The words of an order, by which it is known at the other end.
fn words(order: usize) -> String {
    format!("[Verse]\nPaper cups number {order} of many")
}

/// Files under a folder whose name ends like this.
fn ending(dir: &Path, end: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(ending(&path, end));
        } else if path.to_string_lossy().ends_with(end) {
            found.push(path);
        }
    }
    found
}

/// Kills and starts again, then lets it come to its end.
///
/// Gives the states that a kill left a job in.
fn live(dialect: Dialect, seed: u64, pair: Vec<Recording>) -> BTreeSet<&'static str> {
    let mut chance = Chance(seed);
    let mut home = Home::new(dialect, pair);
    let mut kills = 0;
    while kills < KILLS {
        // One order, then what is left of it and the others; each for a while.
        let time = Duration::from_millis(chance.below(WHOLE));
        let was_killed = if chance.below(2) == 0 { home.order(time) } else { home.run(&[], time) };
        kills += usize::from(was_killed);
        home.look();
    }
    let left = home.left.clone();
    for _ in 0..ROUNDS {
        home.run(&[], ROUND);
        let (jobs, takes) = home.look();
        if jobs.iter().all(|job| job.state.is_at_rest()) {
            home.settle(&jobs, &takes);
            let songs = home.data().join("songs");
            assert_eq!(ending(&songs, ".part"), [""; 0].map(PathBuf::from));
            assert_eq!(ending(&songs, "song 2.json"), [""; 0].map(PathBuf::from));
            assert_eq!(ending(&home.data().join("incoming"), ""), [""; 0].map(PathBuf::from));
            let downloads = home.sandbox.ledger()["downloads"].clone();
            let resumed = downloads.as_object().unwrap().values();
            let resumed = resumed.filter(|file| file["ranges"] != serde_json::json!([])).count();
            assert!(resumed > 0, "no kill came in the middle of a file");
            return left;
        }
    }
    panic!("{}: it never comes to rest: {:?}", dialect.name(), home.look().0);
}

#[test]
fn no_kill_loses_or_pays_anything() {
    let pair = pair();
    let lives: Vec<_> = Dialect::ALL
        .into_iter()
        .enumerate()
        .map(|(seed, dialect)| {
            let pair = pair.clone();
            thread::spawn(move || live(dialect, seed as u64, pair))
        })
        .collect();
    let left: BTreeSet<_> = lives.into_iter().flat_map(|life| life.join().unwrap()).collect();
    // The moments were spread over the whole way.
    for state in ["sending", "running", "fetching", "done"] {
        assert!(left.contains(state), "no kill left a job {state}: {left:?}");
    }
}
