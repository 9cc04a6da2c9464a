//! What a studio starts with.

use jiff::Timestamp;

use crate::gateway::Gateway;
use crate::library::Contents;

/// A way to a gateway, by a name of the user's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// The user's name for it.
    pub name: String,
    /// The gateway's name in the catalogue.
    pub gateway: String,
    /// What the gateway offers on this way to it.
    pub offer: Gateway,
    /// The model to begin with, if not the gateway's default.
    pub model: Option<String>,
    /// Whether the gateway is asked to call back.
    pub calls_back: bool,
}

/// What a studio starts with.
pub struct Opening {
    /// What the library had.
    pub contents: Contents,
    /// The ways to them; at least the built-in one.
    pub profiles: Vec<Profile>,
    /// The profile for new songs.
    pub profile: String,
    /// Percent.
    pub volume: u8,
    /// Whether things may move that need not.
    pub motion: bool,
    /// Whether work that an earlier run left goes on; if not, it is left alone.
    pub take_up: bool,
    /// Whether somebody is there to be asked once more before money may be spent by mistake; a
    /// command that was given on purpose has nobody.
    pub asks: bool,
    /// Where chance comes from.
    pub chance: [u8; 32],
    /// The present moment.
    pub now: Timestamp,
}
