//! The command line: flags and the headless commands.

#![allow(clippy::print_stderr, reason = "this room may speak")]

mod generate;
mod key;
mod sandbox;

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::{Config, Paths};

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
    Generate(generate::Args),
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
    let load = || -> anyhow::Result<_> {
        let paths = Paths::find(args.config.clone(), args.data_dir)?;
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
        Some(Command::Key(key)) => key::run(&key, &load()?.0),
        // It has nothing to do with what is configured here, which may be for it.
        Some(Command::Sandbox(sandbox)) => sandbox::run(&sandbox),
    }
}
