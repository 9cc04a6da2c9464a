//! The log file. Nothing of it ever reaches the screen.

use std::fs::{self, File};
use std::path::Path;

use tracing_appender::non_blocking::WorkerGuard;
use tracing_subscriber::EnvFilter;

/// A log beyond this is put aside, and a new one begun.
const LARGEST: u64 = 4 * 1024 * 1024;

/// The open log; dropping it writes what is still on its way.
pub struct Log {
    file: Option<File>,
    _writer: Option<WorkerGuard>,
}

impl Log {
    /// Starts the log; panics are written there too. Where there is no room for a log, the
    /// program works without one.
    pub fn start(path: &Path) -> Self {
        let Some(file) = open(path) else { return Self { file: None, _writer: None } };
        let copy = file.try_clone().ok();
        let (writer, guard) = tracing_appender::non_blocking(file);
        let filter =
            EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("refrain=info"));
        let started = tracing_subscriber::fmt()
            .with_env_filter(filter)
            .with_writer(writer)
            .with_ansi(false)
            .try_init();
        if started.is_ok() {
            std::panic::set_hook(Box::new(|panic| tracing::error!("{panic}")));
        }
        Self { file: copy, _writer: Some(guard) }
    }

    /// The file itself, for what other libraries write to standard error.
    pub fn file(&self) -> Option<&File> {
        self.file.as_ref()
    }
}

fn open(path: &Path) -> Option<File> {
    fs::create_dir_all(path.parent()?).ok()?;
    if fs::metadata(path).is_ok_and(|log| log.len() > LARGEST) {
        fs::rename(path, path.with_extension("log.old")).ok()?;
    }
    File::options().create(true).append(true).open(path).ok()
}
