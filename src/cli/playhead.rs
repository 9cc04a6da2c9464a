//! One line for a take that plays: where it is, how far that is, and what it is.

use std::time::Duration;

use crate::player::{State, Status};
use crate::song::{Lufs, clock};
use crate::studio::wrap;

/// A line that is written over must not be longer than any terminal is wide.
const WIDTH: usize = 79;
/// Cells of the bar.
const BAR: usize = 24;
/// A full cell and the parts of one, in eighths.
const EIGHTHS: [char; 9] = [' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'];

/// What is told of a recording.
pub(super) struct Playhead {
    /// What it is called, on one line.
    pub(super) name: String,
    /// How loud it is, once that is known.
    pub(super) loudness: Option<Lufs>,
    /// Whether more than ASCII is drawn.
    pub(super) unicode: bool,
}

impl Playhead {
    /// The line: `▶ 0:42 ▕███░░░▏ 3:12  Midnight Compiler A  -13.8 LUFS`.
    pub(super) fn line(&self, status: &Status) -> String {
        let sign = match (status.state, self.unicode) {
            (State::Playing, true) => "▶",
            (State::Playing, false) => ">",
            (State::Loading | State::Buffering, true) => "…",
            (State::Loading | State::Buffering, false) => "~",
            (State::Paused | State::Stopped | State::Ended, true) => "■",
            (State::Paused | State::Stopped | State::Ended, false) => "=",
        };
        let length = status.total.map_or_else(|| "-:--".to_owned(), clock);
        let bar = self.bar(status.position, status.total.unwrap_or_default());
        let loudness = self.loudness.map(|lufs| format!("  {lufs}")).unwrap_or_default();
        let (position, name) = (clock(status.position), &self.name);
        let line = format!("{sign} {position} {bar} {length}  {name}{loudness}");
        let row = wrap::rows(&line, WIDTH).into_iter().next().unwrap_or_default();
        line[row].to_owned()
    }

    fn bar(&self, position: Duration, total: Duration) -> String {
        let part = if total.is_zero() { 0.0 } else { position.as_secs_f64() / total.as_secs_f64() };
        let eighths = (part.clamp(0.0, 1.0) * (BAR * 8) as f64) as usize;
        let cell = |cell: usize| eighths.saturating_sub(cell * 8).min(8);
        if self.unicode {
            let rest = |eighth| if eighth == 0 { '░' } else { EIGHTHS[eighth] };
            format!("▕{}▏", (0..BAR).map(|at| rest(cell(at))).collect::<String>())
        } else {
            let rest = |eighth| if eighth < 8 { '-' } else { '#' };
            format!("[{}]", (0..BAR).map(|at| rest(cell(at))).collect::<String>())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(state: State, position: u64, total: Option<u64>) -> Status {
        let (position, total) = (Duration::from_secs(position), total.map(Duration::from_secs));
        Status { state, position, total, ..Status::default() }
    }

    #[test]
    fn the_line_tells_where_it_is() {
        let head = Playhead {
            name: "Midnight Compiler A".to_owned(),
            loudness: Lufs::new(-13.8),
            unicode: true,
        };
        assert_eq!(
            head.line(&status(State::Playing, 49, Some(192))),
            "▶ 0:49 ▕██████▏░░░░░░░░░░░░░░░░░▏ 3:12  Midnight Compiler A  -13.8 LUFS"
        );
        let plain = Playhead { unicode: false, loudness: None, ..head };
        assert_eq!(
            plain.line(&status(State::Paused, 96, Some(192))),
            "= 1:36 [############------------] 3:12  Midnight Compiler A"
        );
        assert_eq!(
            plain.line(&status(State::Loading, 0, None)),
            "~ 0:00 [------------------------] -:--  Midnight Compiler A"
        );
    }

    #[test]
    fn no_name_and_no_place_is_too_long() {
        let head = Playhead { name: "歌 ".repeat(90), loudness: None, unicode: true };
        let line = head.line(&status(State::Ended, 900, Some(9)));
        assert!(wrap::text_cells(line.trim_end()) <= WIDTH, "{line}");
        assert!(line.contains(&"█".repeat(BAR)), "{line}");
    }
}
