//! `refrain key`: puts keys into the system's keyring, and says whether a key can be had. Never
//! shows one.

use std::fmt::Display;
use std::io::{self, IsTerminal as _, Read as _, Write as _};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use anyhow::{Context as _, Result};
use clap::Subcommand;
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret as _, SecretString};
use signal_hook::consts::SIGINT;

use super::{exit, say};
use crate::config::{Config, KeySource, Profile};
use crate::gateway::{KeyError, delete_key, read_key, set_key};

/// More bytes than any key has; one that is longer is refused as such.
const LARGEST: u64 = 8 * 1024;

/// What to do with a key.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Keep a profile's key in the system's keyring; asks for it, or reads one line of standard
    /// input
    Set(Named),
    /// Delete a profile's key from the system's keyring
    Delete(Named),
    /// Say whether a profile's key can be read, and from where, without showing it
    Check(Named),
}

/// Whose key.
#[derive(Debug, clap::Args)]
pub(super) struct Named {
    /// A profile of the configuration
    name: String,
}

pub(super) fn run(command: &Command, config: &Config) -> Result<ExitCode> {
    let (Command::Set(named) | Command::Delete(named) | Command::Check(named)) = command;
    let Some(profile) = config.profile(&named.name) else {
        let names: Vec<_> = config.profiles.iter().map(|profile| profile.name.as_str()).collect();
        let what = format!("there is no profile {:?}", named.name);
        return Ok(refuse(&what, &format!("The configuration has: {}", names.join(", "))));
    };
    match command {
        Command::Set(_) => set(profile),
        Command::Delete(_) => delete(profile),
        Command::Check(_) => check(profile),
    }
}

fn set(profile: &Profile) -> Result<ExitCode> {
    let name = &profile.name;
    if profile.is_built_in() {
        let what = format!("profile {name:?} is the built-in sketch, which needs no key");
        return Ok(refuse(&what, "Name a profile of a music service."));
    }
    if profile.key != KeySource::Keyring {
        let what = format!("profile {name:?} takes its key from {}, not the keyring", profile.key);
        let advice = "To use the keyring, delete api_key_env or api_key_cmd from its profile.";
        return Ok(refuse(&what, advice));
    }
    let key = if io::stdin().is_terminal() { ask(name)? } else { first_line()? };
    let Some(key) = key else {
        let advice = "Give it on standard input, or call this from a terminal and type it.";
        return Ok(refuse("there is no key to keep", advice));
    };
    match set_key(name, &key) {
        Ok(()) => tell(&format!("the key of profile {name:?} is in the system's keyring")),
        Err(error) => Ok(without(&error)),
    }
}

fn delete(profile: &Profile) -> Result<ExitCode> {
    match delete_key(&profile.name) {
        Ok(()) => {
            tell(&format!("the key of profile {:?} is out of the system's keyring", profile.name))
        }
        Err(error) => Ok(without(&error)),
    }
}

fn check(profile: &Profile) -> Result<ExitCode> {
    if profile.is_built_in() {
        return tell("the built-in sketch needs no key");
    }
    match read_key(&profile.name, &profile.key) {
        Ok(key) => {
            let length = key.expose_secret().len();
            tell(&format!("a key of {length} characters from {}", profile.key))
        }
        Err(error) => Ok(without(&error)),
    }
}

/// Asks at the terminal, which does not show what is typed; none when nothing was.
fn ask(profile: &str) -> Result<Option<SecretString>> {
    // Without a handler Ctrl+C would leave a terminal behind that shows nothing any more.
    signal_hook::flag::register(SIGINT, Arc::new(AtomicBool::new(false)))
        .context("the terminal cannot be asked for a key")?;
    let prompt = format!("Key of profile {profile:?} (it is not shown): ");
    match rpassword::prompt_password(prompt) {
        Ok(key) => Ok(Some(key).filter(|key| !key.trim().is_empty()).map(SecretString::from)),
        Err(error) if error.kind() == io::ErrorKind::Interrupted => Ok(None),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
        Err(error) => Err(error).context("the key cannot be read from the terminal"),
    }
}

/// The first line of standard input; none when there is nothing in it.
fn first_line() -> Result<Option<SecretString>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(2 * LARGEST as usize));
    io::stdin()
        .take(LARGEST)
        .read_to_end(&mut bytes)
        .context("the key cannot be read from standard input")?;
    let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default().trim_ascii();
    // What is no text is no key, and is refused as such.
    let line = str::from_utf8(line).unwrap_or("\u{fffd}");
    Ok(Some(line).filter(|line| !line.is_empty()).map(SecretString::from))
}

fn tell(what: &str) -> Result<ExitCode> {
    writeln!(io::stdout().lock(), "{what}")?;
    Ok(ExitCode::SUCCESS)
}

fn refuse(what: impl Display, advice: &str) -> ExitCode {
    say::tell(format_args!("refrain: {what}\n  {advice}"));
    ExitCode::from(exit::USAGE)
}

fn without(error: &KeyError) -> ExitCode {
    say::tell(format_args!("refrain: {error}"));
    ExitCode::from(exit::NO_KEY)
}
