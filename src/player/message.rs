//! What the control thread is told, by its owner and by the threads beside it.

use super::Command;
use super::loader::News;
use super::output::Call;

/// What the control thread wakes up for.
pub(super) enum Message {
    /// From the player's owner.
    Command(Command),
    /// From the decoder of the `ticket`th loading.
    Load { ticket: u64, news: News },
    /// From the `serial`th stream.
    Call { serial: u64, call: Call },
    /// The outputs that the system has.
    Outputs(Vec<String>),
    /// The player is dropped.
    Quit,
}
