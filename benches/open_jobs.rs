//! A thousand open jobs that are all asked about: what the real program takes of a core and of
//! memory, from `/proc`. The gateway is a few threads of this process that always say "not yet".
//! Run with `cargo bench --bench open_jobs`; Linux only.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use refrain::library::{Library, Record};
use refrain::song::{Draft, Job, JobId, JobState, Receipt, Request, SongId};

const JOBS: u64 = 1000;
/// Until all have had their first turn...
const BEFORE: Duration = Duration::from_secs(8);
/// ...and then measured for so long.
const MEASURED: Duration = Duration::from_secs(20);

fn main() {
    if !cfg!(target_os = "linux") {
        return println!("there is no /proc here");
    }
    for every in ["5s", "1s"] {
        measure(every);
    }
}

/// Answers for ever on one connection.
fn converse(mut socket: TcpStream, asked: &AtomicU64) {
    const BODY: &str = r#"{"code":200,"message":"success","request_id":"req_1",
        "data":{"task_id":"aud_1","status":"processing","model":"V5","credits_used":12}}"#;
    let length = BODY.len();
    let answer = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{BODY}"
    );
    socket.set_nodelay(true).unwrap();
    let (mut heard, mut piece) = (Vec::new(), [0; 4096]);
    while let Ok(count @ 1..) = socket.read(&mut piece) {
        heard.extend_from_slice(&piece[..count]);
        if heard.ends_with(b"\r\n\r\n") {
            heard.clear();
            asked.fetch_add(1, Ordering::Relaxed);
            if socket.write_all(answer.as_bytes()).is_err() {
                return;
            }
        }
    }
}

fn measure(every: &str) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let asked = Arc::new(AtomicU64::new(0));
    let counter = Arc::clone(&asked);
    thread::spawn(move || {
        for socket in listener.incoming() {
            let counter = Arc::clone(&counter);
            thread::spawn(move || converse(socket.unwrap(), &counter));
        }
    });
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    fill(&data);
    let config = home.path().join("config.toml");
    let text = format!(
        "[profiles.apimall]\ngateway = \"apimall\"\napi_key_env = \"A_KEY\"\nparallel = {JOBS}\n\
         base_url = \"http://{address}/api/v1\"\n\
         poll = {{ first = \"1s\", every = \"{every}\", slowest = \"{every}\" }}\n"
    );
    fs::write(&config, text).unwrap();

    let size = PtySize { rows: 36, cols: 120, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size).unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_refrain"));
    command.arg("--config");
    command.arg(&config);
    command.arg("--data-dir");
    command.arg(&data);
    command.env_clear();
    command.env("PATH", "/usr/bin:/bin");
    command.env("HOME", home.path());
    command.env("TERM", "xterm-256color");
    command.env("A_KEY", "a-key-of-some-length");
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let pid = child.process_id().unwrap();
    let mut terminal = pair.master.try_clone_reader().unwrap();
    let drawn = Arc::new(AtomicU64::new(0));
    let bytes = Arc::clone(&drawn);
    thread::spawn(move || {
        let mut piece = [0; 16 * 1024];
        while let Ok(count @ 1..) = terminal.read(&mut piece) {
            bytes.fetch_add(count as u64, Ordering::Relaxed);
        }
    });
    let (_nobody, pause) = mpsc::channel::<()>();
    let _ = pause.recv_timeout(BEFORE);
    let (start, begun) = (Instant::now(), ticks(pid));
    let (before, out) = (asked.load(Ordering::Relaxed), drawn.load(Ordering::Relaxed));
    let _ = pause.recv_timeout(MEASURED);
    let time = start.elapsed().as_secs_f64();
    let questions = (asked.load(Ordering::Relaxed) - before) as f64 / time;
    let out = (drawn.load(Ordering::Relaxed) - out) as f64 / time;
    // A tick is a hundredth of a second on every Linux that this runs on.
    let core = (ticks(pid) - begun) as f64 / time;
    println!(
        "{JOBS} open jobs every {every}: {core:.1} % of a core, {}, {questions:.0} questions and \
         {out:.0} bytes to the terminal a second",
        resident(pid)
    );
    child.kill().unwrap();
    child.wait().unwrap();
}

/// A library with jobs that a gateway is at work on.
fn fill(data: &std::path::Path) {
    let (mut library, _) = Library::open(data).unwrap();
    let now = Timestamp::now();
    for number in 1..=JOBS {
        let mut draft = Draft::new(SongId(number));
        draft.lyrics = "[Verse]\nPaper cups along the sill\n".repeat(20);
        draft.params.title = format!("Paper Cups {number}");
        draft.params.profile = "apimall".into();
        let request = Request::freeze(&draft, number);
        let mut job = Job::new(JobId(number), draft.song, 1, "apimall", request, now);
        job.receipt = Receipt { task: Some(format!("aud_{number}")), ..Receipt::default() };
        job.state = JobState::Running { since: now };
        library.write(&Record::Job(job)).unwrap();
    }
}

/// User and system time so far, in ticks.
fn ticks(pid: u32) -> u64 {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    let after = stat.rsplit_once(") ").unwrap().1;
    let fields: Vec<_> = after.split(' ').collect();
    fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
}

/// What is in memory now, and the most that ever was.
fn resident(pid: u32) -> String {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = |name| status.lines().find_map(|line: &str| line.strip_prefix(name)).unwrap().trim();
    format!("{} (at most {})", line("VmRSS:"), line("VmHWM:"))
}
