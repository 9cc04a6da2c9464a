//! Drum grooves: a bar of sixteen steps a drum; `X`, `x`, `o`, `-` ever more softly.

use super::instrument::Drum::{
    self, Brush, Clap, Crash, Hat, Kick, OpenHat, Ride, Rim, Shaker, Snare, Tambourine,
};

/// A groove: what each drum plays in a bar.
pub(super) type Groove = &'static [(Drum, &'static str)];

pub(super) const NONE: Groove = &[];
pub(super) const PULSE: Groove = &[(Kick, "x.......x......."), (Shaker, "o-x-o-x-o-x-o-x-")];
pub(super) const SOFT: Groove =
    &[(Kick, "X.......x......."), (Rim, "....x.......x..."), (Hat, "x.o.x.o.x.o.x.o.")];
pub(super) const POP: Groove =
    &[(Kick, "X.....x.X......."), (Snare, "....X.......X..."), (Hat, "x.o.x.o.x.o.x.o.")];
pub(super) const POP_BIG: Groove = &[
    (Kick, "X..x..x.X..x...."),
    (Snare, "....X.......X..-"),
    (Clap, "....x.......x..."),
    (Hat, "x-o-x-o-x-o-x-o-"),
    (OpenHat, "..............x."),
    (Tambourine, "....x.......x..."),
];
pub(super) const FOUR: Groove = &[
    (Kick, "X...X...X...X..."),
    (Snare, "....X.......X..."),
    (Hat, "x.x.x.x.x.x.x.x."),
    (Shaker, "-o-o-o-o-o-o-o-o"),
];
pub(super) const ROCK: Groove =
    &[(Kick, "X.......X.x....."), (Snare, "....X.......X..."), (Hat, "x.x.x.x.x.x.x.x.")];
pub(super) const ROCK_BIG: Groove = &[
    (Kick, "X.x...x.X.x....."),
    (Snare, "....X.......X..-"),
    (OpenHat, "x.x.x.x.x.x.x.x."),
    (Ride, "x...x...x...x..."),
];
pub(super) const ROCK_DRIVE: Groove =
    &[(Kick, "X..x..x.X..x..x."), (Snare, "....X.......X..."), (Ride, "X.x.X.x.X.x.X.x.")];
pub(super) const HALF: Groove =
    &[(Kick, "X.....x...x....."), (Snare, "........X......."), (Hat, "x.o.x.o.x.o.x.o.")];
pub(super) const STOMP: Groove = &[
    (Kick, "X...x...X...x..."),
    (Clap, "....o.......o..."),
    (Shaker, "o-x-o-x-o-x-o-x-"),
    (Tambourine, "....x.......x..."),
];
pub(super) const TRAIN: Groove =
    &[(Kick, "X.......X......."), (Brush, "-o-oXo-o-o-oXo-o"), (Tambourine, "....o.......o...")];
pub(super) const BOOM: Groove =
    &[(Kick, "X.....x..xx....."), (Snare, "....X.......X..."), (Hat, "x.o.x.o.x.o.x.o.")];
pub(super) const BOOM_BIG: Groove = &[
    (Kick, "X.x...x..xx....x"),
    (Snare, "....X..-.-..X..."),
    (Clap, "....x.......x..."),
    (Hat, "x.ooxoo.x.o.xooo"),
    (OpenHat, "..............x."),
];
pub(super) const TRAP: Groove =
    &[(Kick, "X.....x...x....."), (Clap, "........X......."), (Hat, "x.x.x.x.x.xxx.x.")];
pub(super) const TRAP_BIG: Groove = &[
    (Kick, "X..x..x...x..x.."),
    (Clap, "........X......."),
    (Snare, "........X......."),
    (Hat, "xox.xxx.xox.xoxo"),
    (OpenHat, "......x.......x."),
];
pub(super) const BRUSHES: Groove =
    &[(Kick, "o.......o......."), (Brush, "o-..x-..o-..x-.."), (Ride, "x...x.o.x...x.o.")];
pub(super) const SWING: Groove = &[
    (Kick, "x.....-.x....-.."),
    (Ride, "X...x.x.X...x.x."),
    (Hat, "....x.......x..."),
    (Snare, ".......-......o."),
];
pub(super) const BOSSA: Groove =
    &[(Kick, "x..xx..xx..xx..x"), (Rim, "x..x..x...x..x.."), (Shaker, "o-o-o-o-o-o-o-o-")];
pub(super) const HOUSE: Groove =
    &[(Kick, "X...X...X...X..."), (Hat, "..x...x...x...x."), (Shaker, "-o-o-o-o-o-o-o-o")];
pub(super) const HOUSE_BIG: Groove = &[
    (Kick, "X...X...X...X..."),
    (Clap, "....X.......X..."),
    (OpenHat, "..X...X...X...X."),
    (Hat, "x-.-x-.-x-.-x-.-"),
    (Shaker, "o-o-o-o-o-o-o-o-"),
];
pub(super) const GARAGE: Groove = &[
    (Kick, "X.....x...X....."),
    (Clap, "....X.......X..."),
    (OpenHat, "..x...x...x...x."),
    (Hat, "x-oxx-ox-xoxx-ox"),
    (Rim, ".......o.o......"),
];
pub(super) const SYNTH: Groove =
    &[(Kick, "X.......X......."), (Snare, "....X.......X..."), (Hat, "x.x.x.x.x.x.x.x.")];
pub(super) const SYNTH_BIG: Groove = &[
    (Kick, "X...X...X...X..."),
    (Snare, "....X.......X..."),
    (Hat, "x-x-x-x-x-x-x-x-"),
    (OpenHat, "..x...x...x...x."),
];
pub(super) const DUSTY: Groove =
    &[(Kick, "X......x..x....."), (Snare, "....x.......x..."), (Hat, "x.o.x.o.x.o.x.o.")];
pub(super) const DUSTY_BIG: Groove = &[
    (Kick, "X..x...x..x....."),
    (Snare, "....X..-.-..X..."),
    (Hat, "x.o.x.oox.o.x.o."),
    (OpenHat, "..............o."),
];
pub(super) const ONE_DROP: Groove =
    &[(Kick, "........X......."), (Rim, "........x......."), (Hat, "x.o.x.o.x.o.x.o.")];
pub(super) const STEPPERS: Groove = &[
    (Kick, "X...X...X...X..."),
    (Snare, "........X......."),
    (Hat, "x.oxx.o.x.oxx.o."),
    (OpenHat, "......x.......x."),
];
pub(super) const GALLOP: Groove =
    &[(Kick, "X.xxX.xxX.xxX.xx"), (Snare, "....X.......X..."), (Hat, "x...x...x...x...")];
pub(super) const BLAST: Groove = &[
    (Kick, "XxxxXxxxXxxxXxxx"),
    (Snare, "....X.......X..."),
    (Crash, "x.......x......."),
    (Ride, "x.x.x.x.x.x.x.x."),
];
