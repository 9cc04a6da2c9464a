//! The four panes.

/// A pane of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Pane {
    /// The words.
    #[default]
    Lyrics,
    /// The parameters.
    Song,
    /// The jobs.
    Queue,
    /// The recordings.
    Takes,
}

impl Pane {
    /// All panes, in the order of Tab.
    pub const ALL: [Self; 4] = [Self::Lyrics, Self::Song, Self::Queue, Self::Takes];

    /// The pane `by` places further, around the corner.
    #[must_use]
    pub fn moved(self, by: isize) -> Self {
        Self::ALL[(self as isize + by).rem_euclid(4) as usize]
    }
}
