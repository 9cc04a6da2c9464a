//! Why there is no configuration: what happened, why, and what to do, on one screen.

use std::fmt::{self, Write as _};
use std::io;
use std::path::{Path, PathBuf};

use super::findings::{Problem, Problems};
use super::paths::NoHome;
use super::source::LARGEST;
use crate::song::clean_line;

/// Why the configuration cannot be used. Displays as the whole message for the user, without an
/// end of line; never with a value longer than a line.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The default place cannot be named.
    #[error(transparent)]
    NoHome(#[from] NoHome),
    /// The file that was asked for is not there.
    #[error(
        "{}: there is no such file\n  It was named by --config or REFRAIN_CONFIG. Correct the \
         path, or leave it out to use the default place.",
        shown(.file)
    )]
    Absent {
        /// The file.
        file: PathBuf,
    },
    /// A directory stands where the file should.
    #[error(
        "{}: this is a directory, not a configuration file\n  Name the file itself, such as {}.",
        shown(.file),
        shown(&.file.join("config.toml"))
    )]
    Directory {
        /// The directory.
        file: PathBuf,
    },
    /// The system does not let the file be read.
    #[error(
        "{}: the configuration cannot be read: {source}\n  Check who may read the file (ls -l), \
         or name another one with --config.",
        shown(.file)
    )]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// More bytes than a configuration has.
    #[error(
        "{}: the file is larger than {} MiB, which no configuration is\n  Is it the right file? \
         Name another one with --config, or move this one away.",
        shown(.file),
        LARGEST / (1024 * 1024)
    )]
    TooLarge {
        /// The file.
        file: PathBuf,
    },
    /// Bytes that are not UTF-8.
    #[error(
        "{}:{line}:{column}: the file is not UTF-8 text from here on\n  Save it as UTF-8 in your \
         editor; if it is a picture or a sound, name another file with --config.",
        shown(.file)
    )]
    NotUtf8 {
        /// The file.
        file: PathBuf,
        /// Line of the first bad byte, from 1.
        line: usize,
        /// Its character in the line, from 1.
        column: usize,
    },
    /// Text with mistakes.
    #[error("{}", told(.file, .problems))]
    Wrong {
        /// The file.
        file: PathBuf,
        /// The mistakes.
        problems: Problems,
    },
}

fn shown(path: &Path) -> String {
    clean_line(&path.display().to_string())
}

fn told(file: &Path, problems: &Problems) -> String {
    let mut told = String::new();
    // Writing to a String has no way to fail.
    let _ = tell(&mut told, file, problems);
    told
}

fn tell(out: &mut String, file: &Path, problems: &Problems) -> fmt::Result {
    for Problem { line, column, what, advice } in &problems.shown {
        writeln!(out, "{}:{line}:{column}: {what}\n  {advice}", shown(file))?;
    }
    if problems.more > 0 {
        writeln!(out, "…and {} more like these.", problems.more)?;
    }
    write!(
        out,
        "Nothing of the file is used until it is corrected; --config /dev/null starts without it."
    )
}
