//! The command line: flags and the headless commands.

mod advice;
mod args;
mod devices;
mod dry;
mod exit;
mod follow;
mod found;
mod generate;
mod hush;
mod job;
mod jobs;
mod key;
mod listener;
mod object;
mod play;
mod playhead;
mod progress;
mod report;
mod resume;
mod sandbox;
mod say;
mod song;

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::{Config, Paths};
use crate::library::Glance;
use crate::runtime::Unopened;

/// A terminal music studio: write lyrics, set a style, generate two takes, keep the better one.
#[derive(Debug, Parser)]
#[command(name = "refrain", version, about, after_help = AFTER_HELP)]
pub struct Args {
    /// The configuration file to read
    #[arg(long, value_name = "FILE", env = "REFRAIN_CONFIG", global = true)]
    config: Option<PathBuf>,
    /// Where songs, takes and the journal are kept
    #[arg(long, value_name = "DIR", env = "REFRAIN_DATA_DIR", global = true)]
    data_dir: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

const AFTER_HELP: &str = "\
Without a command the studio opens; it needs a terminal. NO_COLOR is respected. \
RUST_LOG=refrain=debug writes more into the log.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Generate takes without the studio; prints the paths of the recordings
    Generate(Box<args::Args>),
    /// List what was ordered and where it stands
    Jobs(jobs::Args),
    /// Show the whole story of a job: what was sent, answered and paid
    Job(job::Args),
    /// Follow every open job to its end; prints the paths of new recordings
    Resume(resume::Args),
    /// Play a take or an audio file, without the studio
    Play(play::Args),
    /// List the sound outputs by name, for `--device` and the configuration
    Devices,
    /// Keep the key of a gateway in the system's keyring, or check that it can be read
    #[command(subcommand)]
    Key(key::Command),
    /// Serve the gateways' APIs on this machine, for nothing, to build and test against
    Sandbox(sandbox::Args),
}

/// Runs the program; `studio` is what opens when no command is given.
///
/// # Errors
/// What a person must read before trying again.
pub fn run<E>(
    args: Args,
    studio: impl FnOnce(&Config, &Paths) -> Result<(), E>,
) -> anyhow::Result<ExitCode>
where
    E: Error + Send + Sync + 'static,
{
    let find = || Paths::find(args.config.clone(), args.data_dir.clone());
    let load = || -> anyhow::Result<_> {
        let paths = find()?;
        Ok((crate::config::load(args.config.as_deref())?, paths))
    };
    match args.command {
        None => {
            let (config, paths) = load()?;
            studio(&config, &paths).map(|()| ExitCode::SUCCESS).map_err(Into::into)
        }
        Some(Command::Generate(generate)) => {
            let (config, paths) = load()?;
            generate::run(&generate, &config, &paths)
        }
        Some(Command::Resume(resume)) => {
            let (config, paths) = load()?;
            resume::run(&resume, &config, &paths)
        }
        // What is in the journal can be read whatever is configured now.
        Some(Command::Jobs(jobs)) => jobs::run(&jobs, &find()?),
        Some(Command::Job(job)) => job::run(&job, &find()?),
        Some(Command::Play(play)) => {
            let (config, paths) = load()?;
            play::run(&play, &config, &paths)
        }
        Some(Command::Devices) => devices::run(&find()?),
        Some(Command::Key(key)) => key::run(&key, &load()?.0),
        // It has nothing to do with what is configured here, which may be for it.
        Some(Command::Sandbox(sandbox)) => sandbox::run(&sandbox),
    }
}

/// Looks into the library without keeping anybody from it.
fn look(paths: &Paths) -> anyhow::Result<Option<Glance>> {
    let glance = Glance::at(&paths.data_dir).map_err(Unopened::Library)?;
    let unreadable = glance.as_ref().map(|glance| glance.contents().unreadable.as_slice());
    for error in unreadable.unwrap_or_default() {
        say::tell(format_args!("refrain: {error}"));
    }
    Ok(glance)
}
