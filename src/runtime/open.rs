//! Opening the parts that every way into the program needs.

use std::path::Path;

use jiff::Timestamp;

use crate::config::Config;
use crate::gateway::Catalogue;
use crate::library::{Contents, Library, OpenError};
use crate::studio::{Opening, Profile};

/// Why there is nothing to work with; what happened, why, what to do.
#[derive(Debug, thiserror::Error)]
pub enum Unopened {
    /// The library said no.
    #[error("{0}\n  {advice}", advice = .0.advice())]
    Library(OpenError),
    /// The program was built with a broken table.
    #[error("the built-in table of gateways is broken; please report it: {0}")]
    Catalogue(#[from] toml::de::Error),
}

/// Opens the library.
///
/// # Errors
/// When the library says no.
pub fn open_library(dir: &Path) -> Result<(Library, Contents), Unopened> {
    Library::open(dir).map_err(Unopened::Library)
}

/// Everything that a model starts with.
///
/// # Errors
/// When the built-in table of gateways is broken.
pub fn opening(config: &Config, contents: Contents, now: Timestamp) -> Result<Opening, Unopened> {
    let profiles = config.profiles.iter().map(|profile| Profile {
        name: profile.name.clone(),
        gateway: word(profile.gateway).to_owned(),
        model: profile.model.clone(),
    });
    Ok(Opening {
        profiles: profiles.collect(),
        profile: config.profile.clone(),
        volume: config.sound.volume.unwrap_or(contents.settings.volume),
        motion: config.screen.motion,
        catalogue: Catalogue::built_in()?,
        take_up: true,
        contents,
        now,
    })
}

/// A gateway's name in the catalogue.
fn word(gateway: crate::config::Gateway) -> &'static str {
    match gateway {
        crate::config::Gateway::Sketch => "sketch",
    }
}
