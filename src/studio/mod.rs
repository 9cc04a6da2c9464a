//! The app without a screen or a socket.
//!
//! [`update`] is the whole of it: an [`Event`] comes in with the moment it happened, the
//! [`Model`] changes, and what must happen outside comes out as [`Effect`]s. Nothing here
//! waits, reads a clock, a file or a terminal.

mod action;
mod desk;
mod detail;
mod dice;
mod event;
mod list;
mod listening;
mod media;
mod model;
mod notice;
mod opening;
mod overlay;
mod pane;
mod pending;
mod preflight;
mod queue;
mod redraw;
mod saving;
mod shelf;
mod sung;
mod take_detail;
mod takes;
mod text;
mod update;
mod watch;
pub mod wrap;

pub use action::{Action, Entry, Scope, TABLE};
pub use desk::{Desk, Field, MODES, VOCALS, offers};
pub use detail::{Detail, Line, NAME};
pub use event::{Effect, Event, JobNews, Sizes, Spot};
pub use list::List;
pub use listening::{Blind, Listening, Pictures, Repeat, in_step};
pub use media::{Now, Wish};
pub use model::{Deck, Model};
use notice::literal;
pub use notice::{Notice, Tone};
pub use opening::{Opening, Profile};
pub use overlay::{Ask, Choice, Item, Outlet, Overlay, Picker, Question};
pub use pane::Pane;
pub use preflight::{Finding, Gravity, check};
pub use queue::{Progress, Queue};
pub use redraw::Redraw;
pub use saving::{Saved, Saving};
pub use shelf::Shelf;
pub use take_detail::{TakeDetail, TakeRow};
pub use takes::{Row, Takes};
pub use text::{Motion, Scroll, Shape, Text, TooLong, byte_of};
pub use update::update;
pub use watch::{Asked, Turn, Watch};
