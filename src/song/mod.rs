//! What a songwriter makes: drafts, parameters, jobs and takes.
//!
//! Plain data, no I/O, no clock, no terminal. Every other room speaks in these words.

mod clean;
mod draft;
mod exchange;
mod failure;
mod form;
mod id;
mod job;
mod lufs;
mod params;
mod receipt;
mod remarks;
mod story;
mod take;
mod time;
mod timeline;

pub use clean::{clean_line, clean_name, clean_text};
pub use draft::{Cursor, Draft, name_of};
pub use exchange::{Exchange, Purpose};
pub use failure::{Failure, FailureClass};
pub use form::{CUES, Line, SECTIONS, SectionKind, lines, section_kind};
pub use id::{JobId, Label, SongId, TakeId};
pub use job::{Job, JobState, Request};
pub use lufs::Lufs;
pub use params::{Mode, Params, Vocal, Weight};
pub use receipt::{Receipt, Track};
pub use remarks::{Note, Remarks};
pub use story::{Said, facts, laid_out, outline, parts, story, wishes};
pub use take::Take;
pub use time::clock;
pub use timeline::{Moment, Part, Timeline};
