//! The terminal that standard input is, and the signals that concern it.

use std::io;
use std::time::Duration;

use crossterm::event::Event as Told;
use rustix::event::{PollFd, PollFlags, Timespec};
use rustix::io::Errno;
use tokio::io::Interest;
use tokio::io::unix::AsyncFd;
use tokio::signal::unix::{Signal, SignalKind, signal};

use super::decode::Decoder;
use super::{Ears, Heard};

/// Hears what is typed, new sizes, and the wish that the program end.
pub struct Tty {
    input: AsyncFd<io::Stdin>,
    decoder: Decoder,
    resized: Signal,
    ends: [Signal; 3],
    /// A new size was signalled and not told yet.
    has_new_size: bool,
    /// The program is to end, once what was typed before is told.
    is_ending: bool,
}

/// As much as is taken in before the studio acts on it.
const LARGEST: usize = 1024 * 1024;

/// A paste that has said nothing for so long has no end.
const PASTE_ENDS: Duration = Duration::from_secs(1);

/// What is left to read.
enum Input {
    Bytes(usize),
    Nothing,
    /// The other side of the terminal was closed.
    Gone,
}

impl Tty {
    /// Listens to standard input and to the signals. Needs a running tokio runtime.
    ///
    /// # Errors
    /// When the system does not let it.
    #[allow(deprecated, reason = "its safe form; standard input is never closed while this lives")]
    pub fn new() -> io::Result<Self> {
        Ok(Self {
            input: AsyncFd::with_interest(io::stdin(), Interest::READABLE)?,
            decoder: Decoder::default(),
            resized: signal(SignalKind::window_change())?,
            ends: [
                signal(SignalKind::terminate())?,
                signal(SignalKind::hangup())?,
                signal(SignalKind::interrupt())?,
            ],
            has_new_size: false,
            is_ending: false,
        })
    }

    /// Takes in what is there; whether there was something. At the end, what came of a broken
    /// paste is told too.
    fn read_all(&mut self) -> io::Result<bool> {
        // Gathered first: a sequence that is cut between two reads is whole again.
        let mut gathered = Vec::new();
        let mut buffer = [0; 16 * 1024];
        while gathered.len() < LARGEST {
            match self.read(&mut buffer)? {
                Input::Bytes(bytes) => gathered.extend_from_slice(&buffer[..bytes]),
                Input::Nothing => break,
                Input::Gone => {
                    self.is_ending = true;
                    break;
                }
            }
        }
        self.decoder.feed(&gathered);
        if self.is_ending && gathered.is_empty() {
            self.decoder.end();
        }
        Ok(!gathered.is_empty())
    }

    /// Reads only where something is, so that it never waits.
    fn read(&self, buffer: &mut [u8]) -> io::Result<Input> {
        let terminal = self.input.get_ref();
        let mut asked = [PollFd::new(terminal, PollFlags::IN)];
        match rustix::event::poll(&mut asked, Some(&Timespec::default())) {
            Ok(_) => {}
            Err(Errno::INTR) => return Ok(Input::Nothing),
            Err(error) => return Err(error.into()),
        }
        let told = asked[0].revents();
        if told.contains(PollFlags::IN) {
            return match rustix::io::read(terminal, buffer) {
                Ok(0) | Err(Errno::IO) => Ok(Input::Gone),
                Ok(bytes) => Ok(Input::Bytes(bytes)),
                Err(Errno::INTR | Errno::AGAIN) => Ok(Input::Nothing),
                Err(error) => Err(error.into()),
            };
        }
        let is_gone = told.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL);
        Ok(if is_gone { Input::Gone } else { Input::Nothing })
    }
}

impl Ears for Tty {
    async fn ready(&mut self) -> io::Result<()> {
        let [terminate, hangup, interrupt] = &mut self.ends;
        tokio::select! {
            biased;
            _ = terminate.recv() => self.is_ending = true,
            _ = hangup.recv() => self.is_ending = true,
            _ = interrupt.recv() => self.is_ending = true,
            _ = self.resized.recv() => self.has_new_size = true,
            // Without an end a paste would swallow every key after it.
            () = tokio::time::sleep(PASTE_ENDS), if self.decoder.is_pasting() => self.decoder.end(),
            // All that is there is read next; new input makes it ready again.
            input = self.input.readable() => input?.clear_ready(),
        }
        Ok(())
    }

    fn next(&mut self) -> io::Result<Option<Heard>> {
        if std::mem::take(&mut self.has_new_size) {
            let (width, height) = crossterm::terminal::size()?;
            return Ok(Some(Heard::Told(Told::Resize(width, height))));
        }
        loop {
            if let Some(told) = self.decoder.next() {
                return Ok(Some(Heard::Told(told)));
            }
            if !self.read_all()? {
                break;
            }
        }
        // What was typed before is told before the end is.
        let told = self.decoder.next().map(Heard::Told);
        Ok(told.or(self.is_ending.then_some(Heard::Terminate)))
    }
}
