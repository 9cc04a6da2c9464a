//! Two bands a genre, so that two takes are two bands.

use super::band::{Band, bass, layer};
use super::grooves as g;
use super::instrument::Instrument::{
    Bell, Choir, CleanGuitar, ElectricPiano, FingerBass, Flute, Horn, MutedGuitar, NylonGuitar,
    Organ, Overdrive, Pad, Piano, Pluck, SawLead, SoloGuitar, SquareLead, SteelGuitar, Strings,
    SubBass, Supersaw, SynthBass, UprightBass,
};
use super::instrument::Kit;
use crate::sketch::style::Genre;
use crate::song::Label;

/// The band of a genre for a take.
pub(super) fn of(genre: Genre, take: Label) -> &'static Band {
    let [a, b] = match genre {
        Genre::Pop => &POP,
        Genre::Rock => &ROCK,
        Genre::Folk => &FOLK,
        Genre::HipHop => &HIP_HOP,
        Genre::Jazz => &JAZZ,
        Genre::House => &HOUSE,
        Genre::SynthPop => &SYNTH_POP,
        Genre::LoFi => &LO_FI,
        Genre::Ballad => &BALLAD,
        Genre::Ambient => &AMBIENT,
        Genre::Reggae => &REGGAE,
        Genre::Metal => &METAL,
    };
    if take.index().is_multiple_of(2) { a } else { b }
}

/// A chord that is held.
const HELD: &str = "x...............";

static POP: [Band; 2] = [
    Band {
        kit: Kit::Acoustic,
        grooves: [g::SOFT, g::POP, g::POP_BIG],
        bass: bass(FingerBass, "1.......1.......", "1.....1.1...1.5."),
        layers: &[
            layer(Piano, "X...x...X...x...", 0.0, -5.0, -0.15),
            layer(Pad, HELD, 0.5, -11.0, 0.0),
            layer(SteelGuitar, "D...D.U...U.D.U.", 0.62, -8.5, 0.55),
            layer(Strings, HELD, 0.8, -9.5, -0.3),
        ],
        lead: SquareLead,
    },
    Band {
        kit: Kit::Machine,
        grooves: [g::PULSE, g::POP, g::FOUR],
        bass: bass(SynthBass, "1...............", "1.1.1.1.1.1.1.5."),
        layers: &[
            layer(CleanGuitar, "0.2.1.3.0.2.1.3.", 0.0, -6.0, 0.35),
            layer(ElectricPiano, "X.....x..x......", 0.3, -7.0, -0.35),
            layer(Supersaw, "X.....X.....X...", 0.75, -11.0, 0.0),
            layer(Pad, HELD, 0.45, -11.0, 0.0),
        ],
        lead: Flute,
    },
];

static ROCK: [Band; 2] = [
    Band {
        kit: Kit::Loud,
        grooves: [g::SOFT, g::ROCK, g::ROCK_BIG],
        bass: bass(FingerBass, "1.1.1.1.1.1.1.1.", "1.1.1.1.1.1.5.8."),
        layers: &[
            layer(CleanGuitar, "0.1.2.3.2.1.2.1.", 0.0, -7.0, -0.4),
            layer(Overdrive, "X.x.x.x.X.x.x.x.", 0.5, -9.0, -0.7),
            layer(Overdrive, "X.......X.....x.", 0.7, -9.0, 0.7),
            layer(Organ, HELD, 0.75, -12.0, 0.2),
        ],
        lead: SoloGuitar,
    },
    Band {
        kit: Kit::Loud,
        grooves: [g::PULSE, g::HALF, g::ROCK_DRIVE],
        bass: bass(FingerBass, "1.......1.....5.", "1.1.1.1.1.1.1.a."),
        layers: &[
            layer(MutedGuitar, "0.0.0.0.0.0.0.0.", 0.0, -7.0, 0.4),
            layer(SteelGuitar, "D...D.U.D.U.D.U.", 0.4, -8.0, -0.5),
            layer(Overdrive, "X.....x.X.....x.", 0.7, -8.5, 0.65),
            layer(Overdrive, HELD, 0.7, -9.5, -0.65),
        ],
        lead: SawLead,
    },
];

static FOLK: [Band; 2] = [
    Band {
        kit: Kit::Acoustic,
        grooves: [g::NONE, g::PULSE, g::STOMP],
        bass: bass(UprightBass, "1.......5.......", "1.......5...1.a."),
        layers: &[
            layer(SteelGuitar, "B.1.2.1.B.2.3.1.", 0.0, -4.5, -0.3),
            layer(SteelGuitar, "D...D.UUD...D.U.", 0.6, -7.5, 0.5),
            layer(Strings, HELD, 0.75, -11.0, 0.2),
        ],
        lead: Flute,
    },
    Band {
        kit: Kit::Acoustic,
        grooves: [g::NONE, g::TRAIN, g::TRAIN],
        bass: bass(UprightBass, "1...............", "1...5...1...a..."),
        layers: &[
            layer(NylonGuitar, "B.2.1.3.B.2.1.2.", 0.0, -4.5, 0.3),
            layer(Piano, "X.......x.......", 0.45, -8.0, -0.35),
            layer(SteelGuitar, "D.UUD.UUD.UUD.U.", 0.65, -8.5, -0.5),
        ],
        lead: Horn,
    },
];

static HIP_HOP: [Band; 2] = [
    Band {
        kit: Kit::Dusty,
        grooves: [g::BOOM, g::BOOM, g::BOOM_BIG],
        bass: bass(UprightBass, "1.....1...5.....", "1.....1..11...a."),
        layers: &[
            layer(ElectricPiano, "X.....x...o.....", 0.0, -5.5, -0.2),
            layer(Strings, "x.......-.x.....", 0.6, -10.0, 0.3),
            layer(Bell, "2.....1...0.....", 0.75, -13.0, 0.4),
        ],
        lead: Horn,
    },
    Band {
        kit: Kit::Trap,
        grooves: [g::TRAP, g::TRAP, g::TRAP_BIG],
        bass: bass(SubBass, "1.........1.....", "1.....1...1..5.."),
        layers: &[
            layer(Bell, "0...2...1...2.3.", 0.0, -8.0, 0.25),
            layer(Pad, HELD, 0.0, -10.0, 0.0),
            layer(Choir, HELD, 0.7, -11.0, -0.1),
        ],
        lead: SquareLead,
    },
];

static JAZZ: [Band; 2] = [
    Band {
        kit: Kit::Acoustic,
        grooves: [g::BRUSHES, g::SWING, g::SWING],
        bass: bass(UprightBass, "1.......5.......", "1...3...5...a..."),
        layers: &[
            layer(Piano, "x.....o---x.----", 0.0, -5.5, -0.25),
            layer(CleanGuitar, "o.--o.--o.--o.--", 0.6, -11.0, 0.4),
        ],
        lead: Horn,
    },
    Band {
        kit: Kit::Acoustic,
        grooves: [g::PULSE, g::BOSSA, g::BOSSA],
        bass: bass(UprightBass, "1.....5.1.....5.", "1.....5.1.....a."),
        layers: &[
            layer(NylonGuitar, "X..x..x...x..x..", 0.0, -5.5, 0.3),
            layer(ElectricPiano, HELD, 0.45, -9.5, -0.3),
            layer(Strings, HELD, 0.8, -11.5, 0.0),
        ],
        lead: Flute,
    },
];

static HOUSE: [Band; 2] = [
    Band {
        kit: Kit::Machine,
        grooves: [g::PULSE, g::HOUSE, g::HOUSE_BIG],
        bass: bass(SynthBass, "..1...1...1...1.", "..1...1...1...8."),
        layers: &[
            layer(Pad, HELD, 0.0, -9.0, 0.0),
            layer(Piano, "X..x..x---X..x--", 0.5, -6.0, -0.2),
            layer(Supersaw, "X..X..X...X..X..", 0.85, -10.0, 0.0),
            layer(Pluck, "0.2.3.1.2.0.3.2.", 0.6, -11.0, 0.4),
        ],
        lead: SawLead,
    },
    Band {
        kit: Kit::Machine,
        grooves: [g::PULSE, g::GARAGE, g::HOUSE_BIG],
        bass: bass(SubBass, "1.....1...1.....", "1..1..1...1..8.."),
        layers: &[
            layer(Organ, "--x---x---x--x--", 0.0, -7.0, 0.2),
            layer(Strings, HELD, 0.5, -11.0, 0.0),
            layer(Pluck, "X..x..x..x..x.x.", 0.55, -8.0, -0.3),
        ],
        lead: SquareLead,
    },
];

static SYNTH_POP: [Band; 2] = [
    Band {
        kit: Kit::Gated,
        grooves: [g::PULSE, g::SYNTH, g::SYNTH_BIG],
        bass: bass(SynthBass, "1.1.1.1.1.1.1.1.", "1.8.1.8.1.8.1.8."),
        layers: &[
            layer(Pad, HELD, 0.0, -8.5, 0.0),
            layer(Pluck, "0123012301230123", 0.5, -9.0, 0.35),
            layer(Supersaw, "X.....X.....x...", 0.8, -10.0, -0.1),
        ],
        lead: SawLead,
    },
    Band {
        kit: Kit::Gated,
        grooves: [g::PULSE, g::SYNTH, g::FOUR],
        bass: bass(SynthBass, "1.......1.....1.", "1..1..1.1..1..5."),
        layers: &[
            layer(Pluck, "0.2.1.3.2.1.3.2.", 0.0, -8.0, -0.35),
            layer(Bell, "3.......2.......", 0.45, -13.0, 0.45),
            layer(Strings, HELD, 0.5, -9.5, 0.0),
            layer(CleanGuitar, "--x---x---x---x.", 0.75, -9.0, 0.4),
        ],
        lead: SquareLead,
    },
];

static LO_FI: [Band; 2] = [
    Band {
        kit: Kit::Dusty,
        grooves: [g::SOFT, g::DUSTY, g::DUSTY_BIG],
        bass: bass(UprightBass, "1.........5.....", "1......1..5...a."),
        layers: &[
            layer(ElectricPiano, "X......x..o.....", 0.0, -4.5, -0.1),
            layer(NylonGuitar, "..3...2...1...2.", 0.5, -9.0, 0.4),
            layer(Pad, HELD, 0.6, -12.0, 0.0),
        ],
        lead: Bell,
    },
    Band {
        kit: Kit::Dusty,
        grooves: [g::NONE, g::DUSTY, g::BOOM],
        bass: bass(SubBass, "1.......1.......", "1.....1...1....."),
        layers: &[
            layer(NylonGuitar, "B.1.2.3.B.2.1.2.", 0.0, -5.0, 0.25),
            layer(Piano, "x.......o...o...", 0.35, -7.5, -0.3),
            layer(Strings, HELD, 0.75, -12.0, 0.0),
        ],
        lead: Flute,
    },
];

static BALLAD: [Band; 2] = [
    Band {
        kit: Kit::Acoustic,
        grooves: [g::NONE, g::SOFT, g::POP],
        bass: bass(FingerBass, "1...............", "1.......1...5..."),
        layers: &[
            layer(Piano, "B.1.2.3.2.1.2.1.", 0.0, -4.0, -0.1),
            layer(Strings, HELD, 0.55, -9.0, 0.2),
            layer(Pad, HELD, 0.4, -12.0, 0.0),
        ],
        lead: Horn,
    },
    Band {
        kit: Kit::Acoustic,
        grooves: [g::NONE, g::PULSE, g::SOFT],
        bass: bass(UprightBass, "1.......5.......", "1.......1.....5."),
        layers: &[
            layer(NylonGuitar, "B.1.2.1.3.1.2.1.", 0.0, -4.5, 0.2),
            layer(ElectricPiano, "X.......x.......", 0.4, -8.0, -0.3),
            layer(Choir, HELD, 0.7, -11.0, 0.0),
        ],
        lead: Flute,
    },
];

static AMBIENT: [Band; 2] = [
    Band {
        kit: Kit::Machine,
        grooves: [g::NONE, g::NONE, g::PULSE],
        bass: bass(SubBass, "1...............", "1..............."),
        layers: &[
            layer(Pad, HELD, 0.0, -5.0, 0.0),
            layer(Bell, "0.....2.....1...", 0.3, -11.0, 0.4),
            layer(Strings, HELD, 0.6, -9.0, -0.2),
        ],
        lead: Choir,
    },
    Band {
        kit: Kit::Machine,
        grooves: [g::NONE, g::NONE, g::PULSE],
        bass: bass(SubBass, "1...............", "1.......5......."),
        layers: &[
            layer(Strings, HELD, 0.0, -6.0, 0.0),
            layer(Piano, "0.......2...3...", 0.2, -6.5, 0.3),
            layer(Choir, HELD, 0.55, -10.0, -0.1),
        ],
        lead: Flute,
    },
];

static REGGAE: [Band; 2] = [
    Band {
        kit: Kit::Acoustic,
        grooves: [g::ONE_DROP, g::ONE_DROP, g::STEPPERS],
        bass: bass(FingerBass, "1..1..5.--1...3.", "1..1..3.5..1..a."),
        layers: &[
            layer(CleanGuitar, "----x.------x.--", 0.0, -5.0, 0.35),
            layer(Organ, "--o---o---o---o-", 0.45, -9.0, -0.4),
            layer(Piano, "----o.------o.--", 0.6, -9.0, -0.15),
        ],
        lead: Horn,
    },
    Band {
        kit: Kit::Acoustic,
        grooves: [g::ONE_DROP, g::STEPPERS, g::STEPPERS],
        bass: bass(SubBass, "1.....1.--5...1.", "1..1..1.--5.3.1."),
        layers: &[
            layer(Organ, "----x.--o---x.--", 0.0, -6.0, -0.3),
            layer(CleanGuitar, "----X.------X.--", 0.3, -6.5, 0.4),
            layer(Horn, "X.--x.----------", 0.85, -10.0, 0.2),
        ],
        lead: SoloGuitar,
    },
];

static METAL: [Band; 2] = [
    Band {
        kit: Kit::Loud,
        grooves: [g::HALF, g::GALLOP, g::BLAST],
        bass: bass(FingerBass, "1.111.111.111.11", "1.1.1.1.1.1.1.1."),
        layers: &[
            layer(Overdrive, "X.xxX.xxX.xxX.xx", 0.5, -6.5, -0.75),
            layer(Overdrive, "X.xxX.xxX.xxX.xx", 0.5, -6.5, 0.75),
            layer(CleanGuitar, "0.1.2.3.2.1.2.1.", 0.0, -9.0, 0.3),
            layer(Choir, HELD, 0.85, -12.0, 0.0),
        ],
        lead: SoloGuitar,
    },
    Band {
        kit: Kit::Loud,
        grooves: [g::HALF, g::ROCK_DRIVE, g::GALLOP],
        bass: bass(FingerBass, "1.......1.......", "1.1.1.1.1.1.1.5."),
        layers: &[
            layer(Overdrive, "X.......x.....x.", 0.4, -6.5, 0.75),
            layer(Overdrive, "X.......x.....x.", 0.4, -6.5, -0.75),
            layer(Strings, HELD, 0.75, -11.0, 0.0),
            layer(Piano, "0...2...1...2...", 0.0, -9.0, 0.2),
        ],
        lead: SawLead,
    },
];
