//! A machine on which Refrain was never started: an empty home, and a terminal to start it in.

use std::fs;
use std::path::{Path, PathBuf};

use portable_pty::{CommandBuilder, PtySize};
use refrain::library::{Contents, Library};
use tempfile::TempDir;

use crate::studio::Studio;

/// A home directory of its own; it goes when the test ends.
pub struct Home(TempDir);

impl Home {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn data_dir(&self) -> PathBuf {
        self.path().join(".local/share/refrain")
    }

    /// Writes the configuration file.
    pub fn configure(&self, text: &str) {
        let file = self.path().join(".config/refrain/config.toml");
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    /// The library, which nobody else may have open now.
    pub fn library(&self) -> (Library, Contents) {
        Library::open(&self.data_dir()).unwrap()
    }

    /// The words on disk.
    #[track_caller]
    pub fn words(&self) -> String {
        self.library().1.draft.lyrics
    }

    /// Opens the studio in a terminal of 80x24, and waits until it is all there.
    #[track_caller]
    pub fn open(&self) -> Studio {
        self.launch().open()
    }

    /// What will be started, to change it first.
    pub fn launch(&self) -> Launch<'_> {
        Launch { home: self, size: (80, 24), vars: Vec::new(), args: Vec::new(), stderr: false }
    }

    /// What went to standard error, where [`Launch::stderr_apart`] asked for it.
    pub fn stderr(&self) -> String {
        fs::read_to_string(self.path().join("stderr")).unwrap()
    }
}

/// A start of the program.
pub struct Launch<'h> {
    home: &'h Home,
    size: (u16, u16),
    vars: Vec<(&'static str, &'static str)>,
    args: Vec<&'static str>,
    stderr: bool,
}

impl Launch<'_> {
    /// Columns and rows of the terminal.
    pub fn size(mut self, columns: u16, rows: u16) -> Self {
        self.size = (columns, rows);
        self
    }

    pub fn env(mut self, name: &'static str, value: &'static str) -> Self {
        self.vars.push((name, value));
        self
    }

    pub fn args(mut self, args: &[&'static str]) -> Self {
        self.args.extend(args);
        self
    }

    /// Sends standard error to a file, so that it is known what came that way.
    pub fn stderr_apart(mut self) -> Self {
        self.stderr = true;
        self
    }

    /// Starts the program and waits until the whole studio is there.
    #[track_caller]
    pub fn open(self) -> Studio {
        let mut studio = self.start();
        studio.sees("saved");
        studio.sees("vol ");
        studio
    }

    /// Starts the program and waits for nothing.
    pub fn start(self) -> Studio {
        let (columns, rows) = self.size;
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        Studio::start(self.command(), size)
    }

    fn command(&self) -> CommandBuilder {
        let program = env!("CARGO_BIN_EXE_refrain");
        let mut command = if self.stderr {
            let mut shell = CommandBuilder::new("/bin/sh");
            shell.args(["-c", "exec \"$0\" \"$@\" 2>\"$HOME/stderr\"", program]);
            shell
        } else {
            CommandBuilder::new(program)
        };
        command.args(&self.args);
        command.cwd(self.home.path());
        command.env_clear();
        command.env("PATH", "/usr/bin:/bin");
        command.env("HOME", self.home.path());
        command.env("TERM", "xterm-256color");
        // No test may depend on the cards of the machine.
        command.env("ALSA_CONFIG_PATH", self.home.path().join("no such file"));
        for (name, value) in &self.vars {
            command.env(name, value);
        }
        command
    }
}
