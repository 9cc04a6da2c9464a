//! The command that prints a key: run once, with an end, and with nothing to say on the screen.

use std::io::{self, Read};
use std::os::unix::process::CommandExt as _;
use std::process::{Child, ChildStderr, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};
use secrecy::SecretString;
use secrecy::zeroize::Zeroizing;

use crate::gateway::redacted;
use crate::song::clean_line;

/// More bytes than a key and what may stand below it.
const LARGEST: usize = 8 * 1024;

/// How much of what it complains of is kept: the end.
const TAIL: usize = 4 * 1024;

/// What a command did instead of printing a key. Displays as what follows its name.
#[derive(Debug, thiserror::Error)]
pub(super) enum Trouble {
    /// The shell did not start.
    #[error("did not start: {0}")]
    NotStarted(#[from] io::Error),
    /// It took too long and was ended.
    #[error("did not end within {} s", .0.as_secs())]
    TooSlow(Duration),
    /// It said that it failed.
    #[error("failed ({status}){said}")]
    Failed {
        /// How it ended.
        status: ExitStatus,
        /// `: …`, what it complained of, or nothing.
        said: String,
    },
    /// It printed a book.
    #[error("printed more than {} KiB", LARGEST / 1024)]
    TooMuch,
    /// It printed nothing.
    #[error("printed nothing")]
    Silent,
}

/// A child that is ended, with everything that it started, when it is dropped before its end.
struct Leashed {
    child: Child,
    has_ended: bool,
}

impl Leashed {
    fn pid(&self) -> Option<Pid> {
        i32::try_from(self.child.id()).ok().and_then(Pid::from_raw)
    }

    fn wait(&mut self) -> io::Result<ExitStatus> {
        self.has_ended = true;
        self.child.wait()
    }
}

impl Drop for Leashed {
    fn drop(&mut self) {
        if self.has_ended {
            return;
        }
        // Nobody has waited for it yet, so the number is still its own.
        if let Some(pid) = self.pid() {
            let _ = kill_process_group(pid, Signal::KILL);
        }
        let _ = self.child.wait();
    }
}

/// The first line that a command of the shell prints, as it stands.
pub(super) fn first_line(command: &str, limit: Duration) -> Result<Zeroizing<Vec<u8>>, Trouble> {
    let deadline = Instant::now() + limit;
    let mut child = Command::new("sh");
    child.arg("-c").arg(command).stdin(Stdio::null());
    // A group of its own: so it can be ended whole, and a question to the terminal stops it instead
    // of writing into the studio's screen.
    child.stdout(Stdio::piped()).stderr(Stdio::piped()).process_group(0);
    let mut leashed = Leashed { child: child.spawn()?, has_ended: false };
    let (stdout, stderr) = (leashed.child.stdout.take(), leashed.child.stderr.take());
    let (Some(stdout), Some(stderr), Some(pid)) = (stdout, stderr, leashed.pid()) else {
        return Err(io::Error::other("the shell has no output").into());
    };
    let printed = printing(stdout, pid)?;
    let complained = complaining(stderr)?;
    let printed = printed.recv_timeout(limit).map_err(|_| Trouble::TooSlow(limit))??;
    if printed.len() > LARGEST {
        return Err(Trouble::TooMuch);
    }
    let status = leashed.wait()?;
    let line = printed.split(|byte| *byte == b'\n').next().unwrap_or_default().trim_ascii();
    if !status.success() {
        // Something that it left running may still hold the other end.
        let left = deadline.saturating_duration_since(Instant::now());
        let said = complained.recv_timeout(left).unwrap_or_default();
        // It may have the key already and complain with it.
        let key = SecretString::from(str::from_utf8(line).unwrap_or_default());
        let said = redacted(&String::from_utf8_lossy(&said), &key);
        return Err(Trouble::Failed { status, said: last_line(&said) });
    }
    if line.is_empty() { Err(Trouble::Silent) } else { Ok(Zeroizing::new(line.to_vec())) }
}

/// Reads what a child prints until it has ended, or has printed too much.
fn printing(stdout: ChildStdout, pid: Pid) -> io::Result<Receiver<io::Result<Zeroizing<Vec<u8>>>>> {
    let (send, printed) = mpsc::sync_channel(1);
    thread::Builder::new().name("key-command".into()).spawn(move || {
        // All at once: a buffer that grows leaves parts of a key behind.
        let mut bytes = Zeroizing::new(Vec::with_capacity(2 * LARGEST));
        let most = LARGEST as u64 + 1;
        let read = stdout.take(most).read_to_end(&mut bytes).map(|_| ());
        if bytes.len() <= LARGEST {
            // Only looks: whoever started it waits for it, and ends it if this takes too long.
            let _ = waitid(WaitId::Pid(pid), WaitIdOptions::EXITED | WaitIdOptions::NOWAIT);
        }
        // Nobody listens any more when it took too long.
        let _ = send.send(read.map(|()| bytes));
    })?;
    Ok(printed)
}

/// Reads what a child complains of, so that it never has to wait for a reader; keeps the end.
fn complaining(mut stderr: ChildStderr) -> io::Result<Receiver<Vec<u8>>> {
    let (send, complained) = mpsc::sync_channel(1);
    thread::Builder::new().name("key-command-errors".into()).spawn(move || {
        let mut kept = Vec::new();
        let mut piece = [0; TAIL];
        while let Ok(read @ 1..) = stderr.read(&mut piece) {
            kept.extend_from_slice(&piece[..read]);
            kept.drain(..kept.len().saturating_sub(TAIL));
        }
        let _ = send.send(kept);
    })?;
    Ok(complained)
}

/// `: ` and the last line that says something, fit for a message; or nothing.
fn last_line(said: &str) -> String {
    const LONGEST: usize = 200;
    let mut lines = said.lines().map(clean_line);
    let last = lines.rfind(|line| !line.trim().is_empty()).unwrap_or_default();
    let last: String = last.trim().chars().take(LONGEST).collect();
    if last.is_empty() { last } else { format!(": {last}") }
}
