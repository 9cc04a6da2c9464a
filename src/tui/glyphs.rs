//! The marks on screen, with stand-ins for terminals without Unicode.

use ratatui::symbols::border;

/// One set of marks.
#[derive(Clone, Copy, Debug)]
pub struct Glyphs {
    /// Whether this is the set with more than ASCII.
    pub unicode: bool,
    /// Frames of panes.
    pub frame: border::Set<'static>,
    /// A job waits.
    pub waits: &'static str,
    /// A job runs; turns while it does.
    pub runs: [&'static str; 4],
    /// Done, saved.
    pub done: &'static str,
    /// Failed.
    pub failed: &'static str,
    /// Cancelled.
    pub cancelled: &'static str,
    /// A job whose fate nobody knows.
    pub unknown: &'static str,
    /// A job that is not watched any more.
    pub stalled: &'static str,
    /// Plays.
    pub plays: &'static str,
    /// Paused.
    pub paused: &'static str,
    /// Stopped.
    pub stopped: &'static str,
    /// Take A, and every other one after it.
    pub take_a: &'static str,
    /// Take B.
    pub take_b: &'static str,
    /// Chosen among others.
    pub chosen: &'static str,
    /// Not chosen.
    pub unchosen: &'static str,
    /// More to the left.
    pub before: &'static str,
    /// More to the right.
    pub after: &'static str,
    /// The done part of a bar.
    pub full: &'static str,
    /// The rest of a bar.
    pub rest: &'static str,
    /// The left part of a slider.
    pub groove_left: &'static str,
    /// The knob of a slider.
    pub knob: &'static str,
    /// The right part of a slider.
    pub groove_right: &'static str,
    /// Levels of a waveform, from silence to the loudest.
    pub levels: [&'static str; 9],
    /// The stripe beside the lines of a section.
    pub stripe: &'static str,
    /// Between small facts.
    pub dot: &'static str,
    /// Before the selected row.
    pub pointer: &'static str,
    /// Mind this.
    pub warning: &'static str,
    /// Something was cut here for want of room.
    pub more: &'static str,
    /// The better one of its pair.
    pub star: &'static str,
    /// Where a listener noted something.
    pub note: &'static str,
    /// Where in a recording it plays.
    pub playhead: &'static str,
    /// How high a band of the spectrum was a while ago.
    pub cap: &'static str,
}

impl Glyphs {
    /// For terminals that show Unicode.
    pub const UNICODE: Self = Self {
        unicode: true,
        frame: border::ROUNDED,
        waits: "◌",
        runs: ["◐", "◓", "◑", "◒"],
        done: "✓",
        failed: "✕",
        cancelled: "⊘",
        unknown: "?",
        stalled: "◑",
        plays: "▶",
        paused: "‖",
        stopped: "■",
        take_a: "●",
        take_b: "◆",
        chosen: "●",
        unchosen: "○",
        before: "‹",
        after: "›",
        full: "▰",
        rest: "▱",
        groove_left: "━",
        knob: "●",
        groove_right: "─",
        levels: [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
        stripe: "▎",
        dot: "·",
        pointer: "▌",
        warning: "▲",
        more: "…",
        star: "★",
        note: "▾",
        playhead: "│",
        cap: "▁",
    };

    /// For all others.
    pub const ASCII: Self = Self {
        unicode: false,
        frame: border::Set {
            top_left: "+",
            top_right: "+",
            bottom_left: "+",
            bottom_right: "+",
            vertical_left: "|",
            vertical_right: "|",
            horizontal_top: "-",
            horizontal_bottom: "-",
        },
        waits: ".",
        runs: ["|", "/", "-", "\\"],
        done: "v",
        failed: "x",
        cancelled: "o",
        unknown: "?",
        stalled: "~",
        plays: ">",
        paused: "=",
        stopped: "#",
        take_a: "@",
        take_b: "#",
        chosen: "*",
        unchosen: "o",
        before: "<",
        after: ">",
        full: "#",
        rest: "-",
        groove_left: "=",
        knob: "O",
        groove_right: "-",
        levels: [" ", ".", ".", ":", ":", "+", "+", "#", "#"],
        stripe: "|",
        dot: "-",
        pointer: ">",
        warning: "!",
        more: "~",
        star: "*",
        note: "'",
        playhead: "|",
        cap: "_",
    };

    /// The set for a terminal that shows Unicode, or not.
    pub fn new(unicode: bool) -> Self {
        if unicode { Self::UNICODE } else { Self::ASCII }
    }
}
