//! What pulls frames out of the deck: the system's device, a silent clock, or a test's hand.
//!
//! An output opens a [`Stream`]; dropping the stream closes the device and ends its thread. Nothing
//! here knows what is played.

mod manual;
mod silent;
mod system;

use std::sync::Arc;

use super::deck::Deck;

pub use manual::Crank;

/// Where a player shall play.
#[derive(Clone, Debug, PartialEq)]
pub enum OutputKind {
    /// The system's default device, and a silent clock where there is none.
    System,
    /// The system's device of this name, as [`super::Event::Outputs`] tells it, and a silent clock
    /// where there is none.
    Named(String),
    /// A silent clock that moves the playhead at the true rate.
    Silent,
    /// Whoever holds the crank. No clock is read: there is one status after every turn.
    Manual(Crank),
}

/// An open output. It pulls until it is dropped.
pub(super) struct Stream {
    /// What the user may call it.
    pub(super) sink: Sink,
    /// Frames that are rendered before they are heard.
    pub(super) latency: u64,
    /// Ends the pulling; held for its drop.
    _held: Box<dyn Send>,
}

/// What a stream ends in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Sink {
    /// A device that is heard, by name.
    Device(String),
    /// Nothing.
    Clock,
    /// A test.
    Hand,
}

/// What a stream has to tell the control thread.
#[derive(Debug)]
pub(super) enum Call {
    /// The device is gone; no more frames will be pulled.
    Lost(String),
    /// The crank was turned.
    Turned,
}

/// The outputs that the system has, by name. It may take its time.
pub(super) fn names() -> Vec<String> {
    system::names()
}

/// Opens an output that pulls from `deck`. `call` may be called from the audio thread.
pub(super) fn open(
    kind: &OutputKind,
    deck: &Arc<Deck>,
    call: impl Fn(Call) + Send + Sync + Clone + 'static,
) -> Result<Stream, String> {
    match kind {
        OutputKind::System => system::open(None, deck, call),
        OutputKind::Named(name) => system::open(Some(name), deck, call),
        OutputKind::Silent => silent::open(deck),
        OutputKind::Manual(crank) => crank.open(deck, Box::new(call)),
    }
}
