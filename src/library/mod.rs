//! The journal and the song folders: what must survive a crash.
//!
//! [`Library`] is the index: one SQLite file with the drafts, the jobs and the takes, owned by one
//! process at a time. [`Glance`] only looks at it. [`Journal`] is the thread that owns a library while the studio runs.
//! [`folders`] keeps the recordings themselves, in folders that make sense without this program.
//!
//! Never here: a decision about what a job does next, a network, a screen. Nothing in this room
//! deletes or overwrites what a user made: a file that is not understood is refused and left alone.

mod contents;
mod disk;
mod error;
mod fault;
pub mod folders;
mod glance;
mod journal;
mod lock;
mod read;
mod record;
mod schema;
mod settings;
mod store;
mod write;

#[cfg(test)]
mod tests;

pub use contents::{Contents, SongEntry};
pub use error::{LoadError, OpenError, WriteError};
pub use fault::Fault;
pub use glance::Glance;
pub use journal::{Journal, Reply};
pub use record::Record;
pub use settings::{Pictures, Settings};
pub use store::Library;
