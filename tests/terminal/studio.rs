//! The program in a pseudo-terminal, and the terminal that a person would look at.

use std::io::{Read, Write};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use vt100::{MouseProtocolMode, Parser, Screen};

/// How long anything may take on a machine that is busy with something else.
pub const PATIENCE: Duration = Duration::from_secs(20);
/// How long the end may take when the system asks for it.
pub const PROMPT: Duration = Duration::from_secs(2);
/// What stood in the terminal before.
const BEFORE: &str = "$ refrain";
/// The emulator has no smaller screen, whatever the program is told.
const LEAST: u16 = 2;

/// A running program and its terminal.
pub struct Studio {
    terminal: Parser,
    /// Everything that ever came out.
    pub raw: Vec<u8>,
    output: Receiver<Vec<u8>>,
    ended: Receiver<ExitStatus>,
    end: Option<ExitStatus>,
    pub pid: u32,
    /// `None` once the terminal is gone.
    pty: Option<Pty>,
    hung_up: Arc<AtomicBool>,
    cooked: String,
}

struct Pty {
    writer: Box<dyn Write + Send>,
    master: Box<dyn MasterPty + Send>,
}

impl Studio {
    pub fn start(command: CommandBuilder, size: PtySize) -> Self {
        let pair = native_pty_system().openpty(size).unwrap();
        let cooked = modes(pair.master.as_ref());
        let child = pair.slave.spawn_command(command).unwrap();
        // From here on the program alone has that side: its end is the end of the output.
        drop(pair.slave);
        let pid = child.process_id().unwrap();
        let hung_up = Arc::new(AtomicBool::new(false));
        let output = read(pair.master.try_clone_reader().unwrap(), Arc::clone(&hung_up));
        let writer = pair.master.take_writer().unwrap();
        let mut terminal = emulator(size);
        terminal.process(format!("{BEFORE}\r\n").as_bytes());
        Self {
            terminal,
            raw: Vec::new(),
            output,
            ended: watch(child),
            end: None,
            pid,
            pty: Some(Pty { writer, master: pair.master }),
            hung_up,
            cooked,
        }
    }

    /// Types into the terminal: what the keys send, byte for byte.
    #[track_caller]
    pub fn send(&mut self, keys: impl AsRef<[u8]>) {
        let pty = self.pty.as_mut().expect("the terminal is there");
        pty.writer.write_all(keys.as_ref()).unwrap();
        pty.writer.flush().unwrap();
    }

    /// Pastes as a terminal does that was asked to mark pastes.
    #[track_caller]
    pub fn paste(&mut self, text: &str) {
        self.send(format!("\x1b[200~{text}\x1b[201~"));
    }

    /// Changes the size of the terminal, which tells the program.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        self.pty.as_ref().unwrap().master.resize(size).unwrap();
        self.terminal.screen_mut().set_size(rows.max(LEAST), columns.max(LEAST));
    }

    /// Sends a signal, by its name without SIG.
    pub fn signal(&self, name: &str) {
        assert!(self.end.is_none(), "the number may be somebody else's by now");
        let kill = format!("kill -{name} {}", self.pid);
        assert!(Command::new("/bin/sh").args(["-c", &kill]).status().unwrap().success());
    }

    /// Takes the terminal away, as closing its window does.
    pub fn hang_up(&mut self) {
        self.hung_up.store(true, Ordering::Relaxed);
        // Whoever reads the terminal must wake up to let go of it.
        let tty = self.pty.as_ref().unwrap().master.tty_name().unwrap();
        let print = Command::new("/bin/sh").args(["-c", "printf . >\"$0\""]).arg(tty).status();
        assert!(print.unwrap().success());
        self.pty = None;
    }

    pub fn screen(&self) -> &Screen {
        self.terminal.screen()
    }

    /// Waits until the screen is as it is wanted, at the end of a frame.
    #[track_caller]
    pub fn wait(&mut self, what: &str, wanted: impl Fn(&Screen) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !(self.is_whole() && wanted(self.screen())) {
            let left = deadline.saturating_duration_since(Instant::now());
            if let Err(error) = self.hear(left) {
                let screen = self.screen().contents();
                panic!("not {what} ({error}), the screen is:\n{screen}\n");
            }
        }
    }

    /// Waits for a text on the screen.
    #[track_caller]
    pub fn sees(&mut self, text: &str) {
        self.wait(&format!("{text:?}"), |screen| screen.contents().contains(text));
    }

    /// Waits until so long nothing came out.
    pub fn settle(&mut self, quiet: Duration) {
        let deadline = Instant::now() + PATIENCE;
        while self.hear(quiet).is_ok() {
            assert!(Instant::now() < deadline, "it never comes to rest");
        }
    }

    /// Takes in what comes out next, if anything does in that time.
    pub fn hear(&mut self, patience: Duration) -> Result<usize, RecvTimeoutError> {
        let bytes = self.output.recv_timeout(patience)?;
        self.terminal.process(&bytes);
        self.raw.extend(&bytes);
        Ok(bytes.len())
    }

    /// Whether no frame is half drawn.
    fn is_whole(&self) -> bool {
        self.last(b"\x1b[?2026h") <= self.last(b"\x1b[?2026l")
    }

    /// Where a sequence last came out, plus one; 0 for never.
    fn last(&self, sequence: &[u8]) -> usize {
        let at = self.raw.windows(sequence.len()).rposition(|window| window == sequence);
        at.map_or(0, |at| at + 1)
    }

    /// How often a sequence came out.
    pub fn count(&self, sequence: &str) -> usize {
        let sequence = sequence.as_bytes();
        self.raw.windows(sequence.len()).filter(|window| *window == sequence).count()
    }

    /// Waits for the end of the program, and for the last of its output.
    #[track_caller]
    pub fn end_within(&mut self, patience: Duration) -> ExitStatus {
        let deadline = Instant::now() + patience;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.hear(left) {
                Ok(_) => {}
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {
                    panic!("it does not end, the screen is:\n{}\n", self.screen().contents())
                }
            }
        }
        let left = deadline.saturating_duration_since(Instant::now());
        let Ok(end) = self.ended.recv_timeout(left.max(Duration::from_millis(100))) else {
            panic!("it let go of the terminal and does not end");
        };
        self.end = Some(end.clone());
        end
    }

    /// Waits for the end; its exit code.
    #[track_caller]
    pub fn end(&mut self) -> u32 {
        let end = self.end_within(PATIENCE);
        assert_eq!(end.signal(), None, "{}", self.screen().contents());
        end.exit_code()
    }

    /// Leaves by the key for it.
    #[track_caller]
    pub fn quit(&mut self) {
        self.send("\x11");
        assert_eq!(self.end(), 0, "{}", self.screen().contents());
    }

    /// Asserts that the terminal is as it was, but for what was printed since.
    #[track_caller]
    pub fn was_given_back(&self) {
        let screen = self.screen();
        assert!(!screen.alternate_screen(), "the alternate screen was not left");
        assert!(!screen.hide_cursor(), "the cursor is hidden");
        assert!(!screen.bracketed_paste(), "pastes are still marked");
        assert_eq!(screen.mouse_protocol_mode(), MouseProtocolMode::None, "the mouse is held");
        assert!(screen.contents().starts_with(BEFORE), "{:?}", screen.contents());
        assert!(self.is_whole(), "a frame is half drawn");
        assert_eq!(self.count("\x1b[>1u"), self.count("\x1b[<1u"), "keys are still told apart");
        // A terminal keeps one stack of key modes for each of its screens.
        assert!(self.last(b"\x1b[<1u") <= self.last(b"\x1b[?1049l"), "popped on the wrong screen");
        assert!(self.last(b"\x1b[6 q") <= self.last(b"\x1b[0 q"), "the cursor's shape stays");
        let pty = self.pty.as_ref().expect("the terminal is there");
        assert_eq!(modes(pty.master.as_ref()), self.cooked, "the line discipline has changed");
    }
}

impl Drop for Studio {
    fn drop(&mut self) {
        if self.end.is_none() && self.ended.try_recv().is_err() {
            // A test that fails says why by itself.
            let kill = format!("kill -KILL {}", self.pid);
            let _ = Command::new("/bin/sh").args(["-c", &kill]).status();
        }
    }
}

fn emulator(size: PtySize) -> Parser {
    Parser::new(size.rows.max(LEAST), size.cols.max(LEAST), 0)
}

/// Raw, cooked and everything between, as a text to compare.
fn modes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().unwrap())
}

fn read(mut reader: Box<dyn Read + Send>, hung_up: Arc<AtomicBool>) -> Receiver<Vec<u8>> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = vec![0; 64 * 1024];
        while let Ok(count @ 1..) = reader.read(&mut bytes) {
            if hung_up.load(Ordering::Relaxed) || sender.send(bytes[..count].to_vec()).is_err() {
                break;
            }
        }
    });
    receiver
}

fn watch(mut child: Box<dyn Child + Send + Sync>) -> Receiver<ExitStatus> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let _ = sender.send(child.wait().unwrap());
    });
    receiver
}
