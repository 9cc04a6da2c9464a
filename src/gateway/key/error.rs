//! Why there is no key: what happened, why, what to do. Never with a part of a key.

use std::fmt;

use super::LONGEST;
use super::command::Trouble;

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The environment has no such variable, or nothing in it.
    #[error(
        "profile \"{profile}\" has no key: the environment variable {name} is not set\n  Set it \
         before Refrain starts, or choose another place for the key in [profiles.{profile}]."
    )]
    Unset {
        /// Whose key.
        profile: String,
        /// The variable.
        name: String,
    },
    /// The command did not print a key.
    #[error(
        "profile \"{profile}\" has no key: the command in api_key_cmd {why}\n  Run it by hand: it \
         must print the key by itself, without asking. Unlock what it asks for first."
    )]
    Command {
        /// Whose key.
        profile: String,
        /// What it did instead.
        why: String,
    },
    /// What was found is no key.
    #[error(
        "profile \"{profile}\" has no key: {place} {flaw}\n  Copy the key again from the gateway's \
         page: one word of plain letters, digits and signs."
    )]
    Malformed {
        /// Whose key.
        profile: String,
        /// Where it was found.
        place: String,
        /// What is wrong with it.
        flaw: Flaw,
    },
    /// The keyring has no key for the profile.
    #[error(
        "profile \"{profile}\" has no key in the system's keyring\n  Put it there: refrain key set \
         {profile:?}. Or name another place in [profiles.{profile}]: api_key_env or api_key_cmd."
    )]
    NoEntry {
        /// Whose key.
        profile: String,
    },
    /// There is no keyring that could be asked.
    #[error(
        "profile \"{profile}\" has no key: this machine has no keyring that answers: {why}\n  Say \
         in [profiles.{profile}] where the key is instead: api_key_env = \"NAME\" for an \
         environment variable, or api_key_cmd = \"…\" for a command that prints it."
    )]
    NoKeyring {
        /// Whose key.
        profile: String,
        /// What the system said.
        why: String,
    },
    /// The keyring is there and says no.
    #[error(
        "the system's keyring did not do it for profile \"{profile}\": {why}\n  Unlock the keyring \
         and try again, or use api_key_env or api_key_cmd in [profiles.{profile}]."
    )]
    Keyring {
        /// Whose key.
        profile: String,
        /// What it said.
        why: String,
    },
}

impl KeyError {
    pub(super) fn command(profile: &str, why: Trouble) -> Self {
        match why {
            Trouble::Silent => Self::malformed(profile, "the command in api_key_cmd", Flaw::Empty),
            why => Self::Command { profile: profile.into(), why: why.to_string() },
        }
    }

    pub(super) fn malformed(profile: &str, place: &str, flaw: Flaw) -> Self {
        Self::Malformed { profile: profile.into(), place: place.into(), flaw }
    }
}

/// What is wrong with what was found in a key's place. Displays as what follows the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Nothing there.
    Empty,
    /// Longer than any key.
    TooLong,
    /// Blanks, line ends, hidden characters, other than ASCII.
    Characters,
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("is empty"),
            Self::TooLong => write!(f, "is longer than {LONGEST} characters, which no key is"),
            Self::Characters => f.write_str("has blanks or characters inside that no key has"),
        }
    }
}
