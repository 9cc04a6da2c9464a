//! The genres and their numbers. A new genre is a variant, a plan here, words in `tags`, chords
//! in `compose::progressions` and two bands in `arrange::bands`.

use crate::sketch::time::Swing;

/// The kinds of music that the sketch knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Genre {
    #[default]
    Pop,
    Rock,
    Folk,
    HipHop,
    Jazz,
    House,
    SynthPop,
    LoFi,
    Ballad,
    Ambient,
    Reggae,
    Metal,
}

impl Genre {
    /// Every genre.
    pub const ALL: [Self; 12] = [
        Self::Pop,
        Self::Rock,
        Self::Folk,
        Self::HipHop,
        Self::Jazz,
        Self::House,
        Self::SynthPop,
        Self::LoFi,
        Self::Ballad,
        Self::Ambient,
        Self::Reggae,
        Self::Metal,
    ];

    /// Its numbers.
    pub(crate) fn plan(self) -> Plan {
        use Swing::{Eighths, Sixteenths, Straight};
        match self {
            Self::Pop => Plan::new((98.0, 122.0), 0.3, Straight, 0.6, Room::Hall, 0.0),
            Self::Rock => Plan::new((112.0, 144.0), 0.4, Straight, 0.75, Room::Live, 0.0),
            Self::Folk => Plan::new((86.0, 112.0), 0.25, Straight, 0.4, Room::Live, 0.0),
            Self::HipHop => Plan::new((78.0, 96.0), 0.85, Sixteenths(0.14), 0.6, Room::Live, 0.1),
            Self::Jazz => Plan::new((104.0, 148.0), 0.3, Eighths(0.33), 0.45, Room::Live, 0.0),
            Self::House => Plan::new((120.0, 127.0), 0.7, Straight, 0.8, Room::Hall, 0.6),
            Self::SynthPop => Plan::new((98.0, 120.0), 0.65, Straight, 0.65, Room::Hall, 0.35),
            Self::LoFi => Plan::new((70.0, 86.0), 0.5, Sixteenths(0.24), 0.35, Room::Live, 0.15),
            Self::Ballad => Plan::new((62.0, 76.0), 0.35, Straight, 0.35, Room::Hall, 0.0),
            Self::Ambient => Plan::new((60.0, 80.0), 0.5, Straight, 0.2, Room::Cathedral, 0.0),
            Self::Reggae => Plan::new((70.0, 88.0), 0.35, Sixteenths(0.16), 0.5, Room::Live, 0.0),
            Self::Metal => Plan::new((132.0, 168.0), 0.97, Straight, 0.95, Room::Live, 0.0),
        }
    }
}

/// The space a song sounds in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// A studio's live room.
    Live,
    /// A concert hall.
    Hall,
    /// Stone and height.
    Cathedral,
}

/// What a genre leaves to no chance, and the bounds of what it does.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    /// The usual tempi in beats per minute.
    pub bpm: (f32, f32),
    /// How often it is in minor.
    pub minor: f32,
    pub swing: Swing,
    pub energy: f32,
    pub room: Room,
    /// How far the kick pushes the rest down, 0.0 to 1.0.
    pub duck: f32,
}

impl Plan {
    fn new(bpm: (f32, f32), minor: f32, swing: Swing, energy: f32, room: Room, duck: f32) -> Self {
        Self { bpm, minor, swing, energy, room, duck }
    }
}
