//! The configuration file: TOML in, settings or a message with a line number out.
//!
//! It says what the user wrote and where the user's files are. It never writes, never asks the
//! terminal or the network anything, and never judges the names of actions, keys and gateways.

mod address;
mod error;
mod findings;
mod paths;
mod profile;
mod profiles;
mod read;
mod section;
mod settings;
mod source;
mod syntax;
#[cfg(test)]
mod tests;
mod values;

use std::path::{Path, PathBuf};

pub use error::ConfigError;
pub use findings::{Problem, Problems, nearest};
pub use paths::{NoHome, Paths};
pub use profile::{Callback, Cluster, KeySource, LimitsOverride, PollOverride, Profile, Provider};
pub use settings::{Binding, Choice, Color, Covers, Device, Screen, Sound, Theme, Unicode};

/// Everything that a configuration file can say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Where it was read from, for messages about its lines; none where there was no file.
    pub file: Option<PathBuf>,
    /// How the studio looks.
    pub screen: Screen,
    /// How takes are heard.
    pub sound: Sound,
    /// Other keys for actions, in the order of the file.
    pub keys: Vec<Binding>,
    /// The built-in profile and the file's, in the order of the file; names are unique.
    pub profiles: Vec<Profile>,
    /// The name of the profile that a new song starts with; it is one of `profiles`.
    pub profile: String,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            file: None,
            screen: Screen::default(),
            sound: Sound::default(),
            keys: Vec::new(),
            profiles: vec![Profile::built_in()],
            profile: Profile::BUILT_IN.into(),
        }
    }
}

impl Config {
    /// The profile of that name.
    pub fn profile(&self, name: &str) -> Option<&Profile> {
        self.profiles.iter().find(|profile| profile.name == name)
    }
}

/// Reads the file at `path`, or without one the file at the default place, which need not exist.
///
/// # Errors
/// Where the file cannot be read or anything in it is wrong; the error displays as the whole
/// message for the user.
pub fn load(path: Option<&Path>) -> Result<Config, ConfigError> {
    match path {
        Some(file) => load_file(file)?.ok_or_else(|| ConfigError::Absent { file: file.into() }),
        None => Ok(load_file(&Paths::find(None, None)?.config_file)?.unwrap_or_default()),
    }
}

/// The configuration in a file; none where there is no file.
fn load_file(file: &Path) -> Result<Option<Config>, ConfigError> {
    let Some(text) = source::read(file)? else {
        return Ok(None);
    };
    match read::read(&text) {
        Ok(config) => Ok(Some(Config { file: Some(file.into()), ..config })),
        Err(problems) => Err(ConfigError::Wrong { file: file.into(), problems }),
    }
}
