//! The terminal: input, keys, theme, layout and views.
//!
//! Views read the model and draw. They change nothing and call nothing slow.

mod areas;
mod covers;
mod decode;
mod face;
mod glyphs;
mod input;
mod key;
mod keymap;
mod look;
mod pointer;
mod run;
mod screen;
mod terminal;
mod theme;
mod tty;
mod views;

pub use areas::Areas;
pub use covers::Covers;
pub use face::{Ears, Face, Heard};
pub use glyphs::Glyphs;
pub use key::Key;
pub use keymap::Keymap;
pub use look::Look;
pub use run::{StudioError, run};
pub use screen::{Screen, Surface};
pub use terminal::{FrameWriter, Terminal};
pub use theme::{Depth, Palette, Theme};
pub use tty::Tty;
