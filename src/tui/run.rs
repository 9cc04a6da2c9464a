//! Opens the studio in the terminal, and gives the terminal back whatever happens.

use std::env;
use std::io::{self, IsTerminal};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use jiff::Timestamp;
use ratatui::backend::CrosstermBackend;
use tokio::sync::mpsc;

use super::{
    Covers, Depth, Face, FrameWriter, Glyphs, Keymap, Look, Palette, Terminal, Theme, Tty,
};
use crate::config::{Color, Config, Paths, Theme as Choice, Unicode};
use crate::runtime::{self, Clock, Log, Machine, Outside, SystemClock, Unopened};
use crate::studio::{Event, Model, Saved, Tone, update};

/// Why the studio did not open, or did not end well.
#[derive(Debug, thiserror::Error)]
pub enum StudioError {
    /// There is nobody to see it.
    #[error(
        "the studio needs a terminal\n  Without one, `refrain generate --help` tells what can be done"
    )]
    NoTerminal,
    /// There is nothing to work with.
    #[error(transparent)]
    Unopened(#[from] Unopened),
    /// The terminal or the system gave up.
    #[error("the terminal is gone: {source}\n  {words}")]
    Terminal {
        /// What the system said.
        source: io::Error,
        /// Where the words are.
        words: String,
    },
    /// The journal refused the words to the end.
    #[error("{0}")]
    Unsaved(String),
    /// The program is wrong.
    #[error("Refrain broke down\n  {words}. What happened is in {log}; please report it", log = .log.display())]
    Panic {
        /// Where it is told.
        log: PathBuf,
        /// Where the words are.
        words: String,
    },
    /// The system had no thread to give.
    #[error("the system has no thread to give: {0}\n  Close some programs and try again")]
    NoThread(io::Error),
}

/// Opens the studio and stays until the user leaves.
///
/// # Errors
/// When it cannot open, or the terminal goes, or the program is wrong. The terminal is given back
/// and the words are saved before this returns.
pub fn run(config: &Config, paths: &Paths) -> Result<(), StudioError> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(StudioError::NoTerminal);
    }
    let log = Log::start(&paths.log_file());
    let clock = SystemClock::start();
    let (library, contents) = runtime::open_library(&paths.data_dir)?;
    let opening = runtime::opening(config, contents, clock.now())?;
    let ways = runtime::ways(config, &opening.profiles);
    let (mut model, effects) = Model::new(opening);
    let (keymap, complaints) = Keymap::new(&config.keys);
    let depth = depth(config);
    let look = Look { theme: theme(config, depth), glyphs: Glyphs::new(unicode(config)), keymap };
    let variable = |name: &str| env::var(name).ok();
    let covers = Covers::new(config.screen.covers, depth, look.glyphs.unicode, variable);

    let (news, mut inbox) = mpsc::unbounded_channel();
    if let Some(first) = complaints.first() {
        for complaint in &complaints {
            tracing::warn!("keys: {complaint}");
        }
        let more = match complaints.len() - 1 {
            0 => String::new(),
            more => format!(" (and {more} more in the log)"),
        };
        let file = config.file.as_deref().unwrap_or(&paths.config_file);
        let file = file.file_name().unwrap_or_default().display();
        let said = format!("{file}, {first}{more}");
        let _ = news.send(Event::Told(Tone::Warning, said));
    }
    let output = runtime::output(&config.sound.device);
    let mut machine = Machine::new(library, output, ways, news).map_err(StudioError::NoThread)?;

    // A panic unwinds through the guard, which gives the terminal back before anything is said.
    let outcome = catch_unwind(AssertUnwindSafe(|| -> io::Result<()> {
        let _terminal = Terminal::enter(config.screen.mouse, log.file())?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            let backend = CrosstermBackend::new(FrameWriter::new());
            let mut face = Face::new(Tty::new()?, backend, look)?;
            face.screen_mut().show_covers(covers, depth);
            runtime::run(&mut model, effects, &mut face, &mut machine, &mut inbox, &clock).await
        })
    }));
    if outcome.is_err() {
        save_what_is_there(&mut model, &mut machine, clock.now());
    }
    // Waits until the journal has everything, or has refused it.
    drop(machine);
    while let Ok(event) = inbox.try_recv() {
        if let Event::Journal(_) = event {
            update(&mut model, event, clock.now());
        }
    }
    let words = match model.saving.saved() {
        Saved::No(why) => rescued(paths, &model, &why),
        Saved::Yes | Saved::Soon => "Your words are saved".to_owned(),
    };
    match outcome {
        Ok(Ok(())) if !matches!(model.saving.saved(), Saved::No(_)) => Ok(()),
        Ok(Ok(())) => Err(StudioError::Unsaved(words)),
        Ok(Err(source)) => Err(StudioError::Terminal { source, words }),
        Err(_) => Err(StudioError::Panic { log: paths.log_file(), words }),
    }
}

/// Words that the journal did not take go to a file of their own; says where they are.
fn rescued(paths: &Paths, model: &Model, why: &str) -> String {
    match runtime::rescue(&paths.data_dir, &model.sheet()) {
        Ok(path) => {
            format!("The journal did not take your words: {why}. They are in {}", path.display())
        }
        Err(error) => {
            format!("The journal did not take your words: {why}; no other place did: {error}")
        }
    }
}

/// After a panic: the words are whole, whatever else was left half done.
fn save_what_is_there(model: &mut Model, machine: &mut Machine, now: Timestamp) {
    let saved = catch_unwind(AssertUnwindSafe(|| {
        for effect in update(model, Event::Terminate, now) {
            machine.perform(effect);
        }
    }));
    if saved.is_err() {
        tracing::error!("the last words could not be saved after a panic");
    }
}

fn theme(config: &Config, depth: Depth) -> Theme {
    let palette = match config.screen.theme {
        Choice::Dark => Palette::Dark,
        Choice::Light => Palette::Light,
        Choice::Terminal => Palette::Terminal,
    };
    Theme::new(palette, depth)
}

fn depth(config: &Config) -> Depth {
    match config.screen.color {
        Color::Auto => told_depth(),
        Color::Truecolor => Depth::True,
        Color::Palette256 => Depth::Indexed,
        Color::Palette16 => Depth::Basic,
        Color::Never => Depth::Mono,
    }
}

/// What the terminal says of itself in the environment.
fn told_depth() -> Depth {
    match supports_color::on(supports_color::Stream::Stdout) {
        Some(level) if level.has_16m => Depth::True,
        Some(level) if level.has_256 => Depth::Indexed,
        Some(level) if level.has_basic => Depth::Basic,
        _ => Depth::Mono,
    }
}

/// Whether the terminal shows more than ASCII, as far as the environment tells.
fn unicode(config: &Config) -> bool {
    match config.screen.unicode {
        Unicode::Always => true,
        Unicode::Never => false,
        Unicode::Auto => {
            let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
                .into_iter()
                .filter_map(|name| env::var(name).ok())
                .find(|value| !value.is_empty())
                .map(|locale| locale.to_lowercase());
            // Hardly any terminal of today cannot; the bare console, and a locale that names
            // another encoding, are believed.
            let is_console = env::var("TERM").is_ok_and(|term| term == "linux" || term == "dumb");
            let names_another =
                locale.is_some_and(|locale| locale.contains('.') && !locale.contains("utf"));
            !is_console && !names_another
        }
    }
}
