//! The instruments of the house, by name; [`crate::sketch::synth`] gives them their sound.

use crate::sketch::style::Seat;

/// A pitched instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Instrument {
    Piano,
    ElectricPiano,
    Organ,
    Bell,
    SteelGuitar,
    NylonGuitar,
    CleanGuitar,
    MutedGuitar,
    Overdrive,
    SoloGuitar,
    Pad,
    Strings,
    Supersaw,
    Pluck,
    Horn,
    Choir,
    SquareLead,
    SawLead,
    Flute,
    FingerBass,
    UprightBass,
    SynthBass,
    SubBass,
}

impl Instrument {
    /// The seat it takes in a band.
    pub fn seat(self) -> Seat {
        match self {
            Self::Piano => Seat::Piano,
            Self::ElectricPiano => Seat::ElectricPiano,
            Self::Organ => Seat::Organ,
            Self::Bell => Seat::Bells,
            Self::SteelGuitar | Self::NylonGuitar => Seat::Acoustic,
            Self::CleanGuitar | Self::MutedGuitar | Self::Overdrive | Self::SoloGuitar => {
                Seat::Electric
            }
            Self::Strings | Self::Choir => Seat::Strings,
            Self::Horn | Self::Flute => Seat::Horns,
            Self::Pad | Self::Supersaw | Self::Pluck | Self::SquareLead | Self::SawLead => {
                Seat::Synth
            }
            Self::FingerBass | Self::UprightBass | Self::SynthBass | Self::SubBass => Seat::Bass,
        }
    }

    /// How many octaves above the written tune it sounds best as a lead.
    pub fn octaves_up(self) -> u8 {
        u8::from(matches!(self, Self::Bell | Self::Flute))
    }
}

/// A drum or a cymbal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Drum {
    Kick,
    Snare,
    Rim,
    Clap,
    Hat,
    OpenHat,
    Ride,
    Crash,
    Shaker,
    Tambourine,
    HighTom,
    LowTom,
    Brush,
}

/// How a set of drums is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kit {
    /// Wood and skin.
    Acoustic,
    /// The same, hit hard in a big room.
    Loud,
    /// A drum machine for the dance floor.
    Machine,
    /// The gated drums of the eighties.
    Gated,
    /// A long, tuned kick and hard hats.
    Trap,
    /// Sampled from old records.
    Dusty,
}
