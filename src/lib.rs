//! Refrain, a terminal music studio: write lyrics, set a style, generate two takes, keep the
//! better one.
//!
//! The rooms, top to bottom; each may use those below it and nothing above (`tests/house.rs`
//! holds the walls):
//!
//! ```text
//! cli/       the headless commands          tui/     terminal, keys, theme, views
//! runtime/   the event loop; performs effects
//! studio/    the app without a screen or a socket: Model, Event, Action, Effect, update()
//! sandbox/   the gateways' APIs on loopback, for tests and for free
//! gateway/   what a gateway is and asks     library/ journal and song folders
//! player/    decks and the audio device     sketch/  the built-in composer
//! config/    the configuration file
//! song/      what a songwriter makes: Draft, Params, Job, Take
//! ```

pub mod cli;
pub mod config;
pub mod gateway;
pub mod library;
pub mod player;
pub mod runtime;
pub mod sandbox;
pub mod sketch;
pub mod song;
pub mod studio;
pub mod tui;
