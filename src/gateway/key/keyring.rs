//! The system's keyring: the Secret Service on Linux, the keychain on macOS. The only place that
//! knows it.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use keyring::{Entry, Error};
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret as _, SecretString};

use super::KeyError;
use crate::song::clean_line;

/// What the keyring's own window shows beside the profile's name.
const SERVICE: &str = "refrain";

/// The key of a profile, as it stands.
pub(super) fn get(profile: &str, limit: Duration) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    ask(profile, limit, |entry| entry.get_secret().map(Zeroizing::new))
}

/// Keeps a key, instead of the one before.
pub(super) fn set(profile: &str, key: SecretString, limit: Duration) -> Result<(), KeyError> {
    ask(profile, limit, move |entry| entry.set_password(key.expose_secret()))
}

/// Deletes the key of a profile.
pub(super) fn delete(profile: &str, limit: Duration) -> Result<(), KeyError> {
    ask(profile, limit, Entry::delete_credential)
}

/// Asks in a thread of its own: a keyring that waits for its owner cannot be interrupted.
fn ask<T: Send + 'static>(
    profile: &str,
    limit: Duration,
    question: impl FnOnce(&Entry) -> Result<T, Error> + Send + 'static,
) -> Result<T, KeyError> {
    let user = profile.to_owned();
    within(limit, move || question(&Entry::new(SERVICE, &user)?))
        .unwrap_or_else(|why| Err(Error::BadStoreFormat(why)))
        .map_err(|error| worded(profile, &error))
}

/// What work comes to, unless it takes too long.
pub(super) fn within<T: Send + 'static>(
    limit: Duration,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, String> {
    let (send, result) = mpsc::sync_channel(1);
    let thread = thread::Builder::new().name("keyring".into()).spawn(move || {
        // Nobody listens any more when it took too long.
        let _ = send.send(work());
    });
    thread.map_err(|error| error.to_string())?;
    result.recv_timeout(limit).map_err(|error| match error {
        mpsc::RecvTimeoutError::Timeout => format!("no answer within {} s", limit.as_secs()),
        mpsc::RecvTimeoutError::Disconnected => "it broke off".into(),
    })
}

/// An error of the keyring's for people. Some of them carry what was found: only their own words
/// are used, and where those could have it in them, none.
fn worded(profile: &str, error: &Error) -> KeyError {
    let profile = profile.to_owned();
    let said = |text: String| clean_line(&text);
    match error {
        Error::NoEntry => KeyError::NoEntry { profile },
        Error::NoDefaultStore => {
            let why = match Entry::store_status() {
                Err(why) => said(why.to_string()),
                Ok(()) => "it has no place for keys".into(),
            };
            KeyError::NoKeyring { profile, why }
        }
        Error::PlatformFailure(why) | Error::NoStorageAccess(why) => {
            KeyError::Keyring { profile, why: said(why.to_string()) }
        }
        Error::BadStoreFormat(why) => KeyError::Keyring { profile, why: said(why.clone()) },
        Error::TooLong(what, most) => {
            let why = format!("{} is longer than {most} characters", said(what.clone()));
            KeyError::Keyring { profile, why }
        }
        Error::Ambiguous(entries) => {
            let why = format!("it has {} keys for it; delete all but one there", entries.len());
            KeyError::Keyring { profile, why }
        }
        Error::BadEncoding(_) | Error::BadDataFormat(..) => {
            KeyError::Keyring { profile, why: "what it keeps cannot be read".into() }
        }
        Error::Invalid(..) | Error::NotSupportedByStore(_) => {
            KeyError::Keyring { profile, why: "it does not take a name like this".into() }
        }
        _ => KeyError::Keyring { profile, why: "it failed".into() },
    }
}
