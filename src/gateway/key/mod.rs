//! Keys: where they are read, and nowhere kept.
//!
//! Everything here blocks: a command runs, a keyring may ask its owner. What is read is a
//! [`SecretString`] at once; no error, no log and no debug print has a part of it in it.

mod command;
mod error;
mod keyring;
#[cfg(test)]
mod tests;

use std::ffi::OsString;
use std::time::Duration;

use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret as _, SecretString};

pub use error::{Flaw, KeyError};

use crate::config::KeySource;

/// How long a command may take.
const COMMAND: Duration = Duration::from_secs(10);

/// How long a keyring may take; it may ask its owner for a password first.
const KEYRING: Duration = Duration::from_secs(120);

/// More characters than any key has.
const LONGEST: usize = 4096;

/// Reads the key of a profile. Blocks, for as long as it takes a person to unlock a keyring.
///
/// # Errors
/// When there is no key, or nothing that could be one.
pub fn read_key(profile: &str, source: &KeySource) -> Result<SecretString, KeyError> {
    read(profile, source, |name| std::env::var_os(name), COMMAND)
}

/// Keeps a key in the system's keyring as that of a profile, instead of the one before. Blocks as
/// [`read_key`] does.
///
/// # Errors
/// When it is no key, or there is no keyring.
pub fn set_key(profile: &str, key: &SecretString) -> Result<(), KeyError> {
    let malformed = |flaw| KeyError::malformed(profile, "what was given", flaw);
    let key = checked(key.expose_secret()).map_err(malformed)?;
    keyring::set(profile, key, KEYRING)
}

/// Deletes the key of a profile from the system's keyring. Blocks as [`read_key`] does.
///
/// # Errors
/// When there is none, or no keyring.
pub fn delete_key(profile: &str) -> Result<(), KeyError> {
    keyring::delete(profile, KEYRING)
}

fn read(
    profile: &str,
    source: &KeySource,
    environment: impl FnOnce(&str) -> Option<OsString>,
    limit: Duration,
) -> Result<SecretString, KeyError> {
    let found = match source {
        KeySource::Env(name) => {
            let unset = || KeyError::Unset { profile: profile.into(), name: name.clone() };
            let value = environment(name).filter(|value| !value.is_empty()).ok_or_else(unset)?;
            Zeroizing::new(value.into_encoded_bytes())
        }
        KeySource::Command(command) => {
            command::first_line(command, limit).map_err(|why| KeyError::command(profile, why))?
        }
        KeySource::Keyring => keyring::get(profile, KEYRING)?,
    };
    // What is not ASCII is refused below; what it would have been as text does not matter.
    let text = str::from_utf8(&found).unwrap_or("\u{fffd}");
    checked(text).map_err(|flaw| match (source, flaw) {
        (KeySource::Env(name), Flaw::Empty) => {
            KeyError::Unset { profile: profile.into(), name: name.clone() }
        }
        _ => KeyError::malformed(profile, &source.to_string(), flaw),
    })
}

/// A text as a key, if it can be one: it travels in a header, so it is one word of ASCII.
fn checked(text: &str) -> Result<SecretString, Flaw> {
    let text = text.trim();
    if text.is_empty() {
        Err(Flaw::Empty)
    } else if text.len() > LONGEST {
        Err(Flaw::TooLong)
    } else if text.bytes().all(|byte| byte.is_ascii_graphic()) {
        Ok(text.into())
    } else {
        Err(Flaw::Characters)
    }
}
