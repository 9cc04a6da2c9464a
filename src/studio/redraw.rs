//! Which parts of the screen no longer show the truth.

use std::ops::{BitOr, BitOrAssign};

/// A set of parts of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Redraw(u16);

impl Redraw {
    /// Nothing.
    pub const NONE: Self = Self(0);
    /// The line with song, gateway and price; the tabs.
    pub const HEADER: Self = Self(1);
    /// The lyrics or the description.
    pub const WORDS: Self = Self(1 << 1);
    /// The parameters.
    pub const SONG: Self = Self(1 << 2);
    /// The queue.
    pub const QUEUE: Self = Self(1 << 3);
    /// The takes.
    pub const TAKES: Self = Self(1 << 4);
    /// The player bar.
    pub const PLAYER: Self = Self(1 << 5);
    /// The status line.
    pub const FOOTER: Self = Self(1 << 6);
    /// The window on top.
    pub const OVERLAY: Self = Self(1 << 7);
    /// Everything.
    pub const ALL: Self = Self(0xff);
    /// Everything, because the terminal may not show what was sent to it.
    pub const REPAINT: Self = Self(0x1ff);

    /// Whether all of `other` is in it.
    pub fn holds(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether any part of `other` is in it.
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether there is nothing to draw.
    pub fn is_empty(self) -> bool {
        self == Self::NONE
    }
}

impl BitOr for Redraw {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Redraw {
    fn bitor_assign(&mut self, other: Self) {
        *self = *self | other;
    }
}
