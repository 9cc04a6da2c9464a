//! The parts of the screen, and which changes of the model each shows.

use crate::studio::{Pane, Redraw};

/// A part of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tui) enum Part {
    Header,
    Tabs,
    Pane(Pane),
    Player,
    Footer,
    TooSmall,
}

impl Part {
    /// The marks that ask for it.
    pub(in crate::tui) fn marks(self) -> Redraw {
        match self {
            Self::Header => Redraw::HEADER,
            Self::Tabs => Redraw::HEADER | Redraw::QUEUE | Redraw::TAKES,
            Self::Pane(Pane::Lyrics) => Redraw::WORDS,
            Self::Pane(Pane::Song) => Redraw::SONG,
            Self::Pane(Pane::Queue) => Redraw::QUEUE,
            Self::Pane(Pane::Takes) => Redraw::TAKES,
            // A long notice begins there.
            Self::Player => Redraw::PLAYER | Redraw::FOOTER,
            // What can be pressed depends on the selected job.
            Self::Footer => Redraw::FOOTER | Redraw::QUEUE,
            Self::TooSmall => Redraw::ALL,
        }
    }
}
