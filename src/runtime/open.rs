//! Opening the parts that every way into the program needs.

use std::path::Path;

use jiff::Timestamp;

use super::{Way, Ways};
use crate::config::{self, Config};
use crate::gateway::{Catalogue, Extras, Gateway};
use crate::library::{Contents, Library, OpenError, folders};
use crate::studio::{Opening, Profile};

/// Why there is nothing to work with; what happened, why, what to do.
#[derive(Debug, thiserror::Error)]
pub enum Unopened {
    /// The library said no.
    #[error("{0}\n  {advice}", advice = .0.advice())]
    Library(OpenError),
    /// A profile leads nowhere.
    #[error("{0}")]
    Unresolved(String),
    /// Without chance no name is safe from being guessed.
    #[error("the system gives no random numbers: {0}")]
    NoChance(String),
    /// The program was built with a broken table.
    #[error("the built-in table of gateways is broken; please report it: {0}")]
    Catalogue(#[from] toml::de::Error),
}

/// Opens the library, and takes away what fetching left that a kill did not let be taken away.
///
/// # Errors
/// When the library says no.
pub fn open_library(dir: &Path) -> Result<(Library, Contents), Unopened> {
    let (library, contents) = Library::open(dir).map_err(Unopened::Library)?;
    // A job that could not be read may be one that is fetched.
    if contents.unreadable.is_empty() {
        let is_open = |id| contents.jobs.iter().any(|job| job.id == id && job.state.is_open());
        folders::tidy(dir, is_open);
    }
    Ok((library, contents))
}

/// The profiles of the configuration with what their gateways offer on them, in its order.
///
/// # Errors
/// When a profile leads nowhere as it stands.
pub fn profiles(config: &Config) -> Result<Vec<Profile>, Unopened> {
    let catalogue = Catalogue::built_in()?;
    let resolved = config.profiles.iter().map(|profile| {
        Ok(Profile {
            name: profile.name.clone(),
            gateway: profile.gateway.clone(),
            offer: resolve(&catalogue, config, profile)?,
            model: profile.model.clone(),
            calls_back: profile.callback.is_some(),
        })
    });
    resolved.collect()
}

/// Everything that a model starts with.
///
/// # Errors
/// When a profile leads nowhere as it stands.
pub fn opening(config: &Config, contents: Contents, now: Timestamp) -> Result<Opening, Unopened> {
    let mut chance = [0; 32];
    getrandom::fill(&mut chance).map_err(|error| Unopened::NoChance(error.to_string()))?;
    Ok(Opening {
        profiles: profiles(config)?,
        profile: config.profile.clone(),
        volume: config.sound.volume.unwrap_or(contents.settings.volume),
        motion: config.screen.motion,
        chance,
        take_up: true,
        asks: true,
        contents,
        now,
    })
}

/// The ways to the gateways of all profiles that lead to one; `profiles` are those of the same
/// configuration, see [`profiles`].
pub fn ways(config: &Config, profiles: &[Profile]) -> Ways {
    let both = config.profiles.iter().zip(profiles);
    let ways = both.filter_map(|(profile, Profile { offer, .. })| {
        Some(Way {
            profile: profile.name.clone(),
            label: offer.label.clone(),
            base_url: offer.base_url.clone(),
            speaker: offer.dialect.speaker()?,
            extras: Extras::from(profile),
            callback: profile.callback.clone(),
            key_source: profile.key.clone(),
            key: tokio::sync::Mutex::default(),
        })
    });
    ways.collect()
}

fn resolve(
    catalogue: &Catalogue,
    config: &Config,
    profile: &config::Profile,
) -> Result<Gateway, Unopened> {
    catalogue.resolve(profile).map_err(|error| {
        let file = config.file.as_deref().map(|file| format!("{}, ", file.display()));
        Unopened::Unresolved(format!("{}{error}", file.unwrap_or_default()))
    })
}
