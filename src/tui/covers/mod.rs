//! Covers of takes: found out what the terminal can show, decoded on a thread, drawn into cells.

mod decode;
mod gallery;

use super::Depth;
use crate::config;

pub(super) use gallery::Gallery;

/// How covers are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Covers {
    /// They are not.
    #[default]
    Off,
    /// Two pixels a cell, which every terminal with colours can do.
    Blocks,
    /// Kitty's graphics, by placeholders: the picture goes where its cells go.
    Kitty,
    /// The inline images of iTerm2.
    Iterm2,
    /// Sixels.
    Sixel,
}

impl Covers {
    /// Whether a terminal has what blocks are made of.
    fn has_blocks(depth: Depth, unicode: bool) -> bool {
        unicode && matches!(depth, Depth::True | Depth::Indexed)
    }

    /// What is asked for in the configuration, as far as the terminal can, which its environment
    /// tells; to ask it would make the start wait.
    pub fn new(
        choice: config::Covers,
        depth: Depth,
        unicode: bool,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Self {
        let blocks = if Self::has_blocks(depth, unicode) { Self::Blocks } else { Self::Off };
        let has = |name| variable(name).is_some_and(|value| !value.is_empty());
        let term = variable("TERM").unwrap_or_default();
        // These pass on text; pictures would stay where they should not, or come out as letters.
        let is_inside = has("TMUX")
            || has("STY")
            || has("ZELLIJ")
            || term.starts_with("tmux")
            || term.starts_with("screen");
        match choice {
            config::Covers::Off => Self::Off,
            _ if depth == Depth::Mono => Self::Off,
            _ if is_inside => blocks,
            config::Covers::Blocks => blocks,
            config::Covers::Kitty => Self::Kitty,
            config::Covers::Iterm2 => Self::Iterm2,
            config::Covers::Sixel => Self::Sixel,
            config::Covers::Auto => {
                let program = variable("TERM_PROGRAM").unwrap_or_default();
                match (term.as_str(), program.as_str()) {
                    _ if has("KITTY_WINDOW_ID") => Self::Kitty,
                    ("xterm-kitty" | "xterm-ghostty", _) | (_, "ghostty") => Self::Kitty,
                    (_, "iTerm.app" | "WezTerm") => Self::Iterm2,
                    ("foot" | "foot-extra" | "mlterm" | "contour", _) => Self::Sixel,
                    _ => blocks,
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(choice: config::Covers, variables: &[(&str, &str)]) -> Covers {
        let variable = |name: &str| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        Covers::new(choice, Depth::True, true, variable)
    }

    #[test]
    fn a_terminal_is_known_by_its_name() {
        use config::Covers::{Auto, Kitty, Off, Sixel};
        let kitty = [("TERM", "xterm-kitty")];
        assert_eq!(found(Auto, &kitty), Covers::Kitty);
        assert_eq!(found(Off, &kitty), Covers::Off);
        assert_eq!(found(Auto, &[("TERM", "xterm-256color")]), Covers::Blocks);
        assert_eq!(found(Auto, &[("TERM_PROGRAM", "WezTerm")]), Covers::Iterm2);
        assert_eq!(found(Auto, &[("TERM", "foot")]), Covers::Sixel);
        assert_eq!(found(Sixel, &[]), Covers::Sixel);
        // Whoever insists: inside of these a picture would leak.
        let inside = [("TERM", "tmux-256color"), ("KITTY_WINDOW_ID", "1")];
        assert_eq!(found(Auto, &inside), Covers::Blocks);
        assert_eq!(found(Kitty, &inside), Covers::Blocks);
        assert_eq!(found(Kitty, &[("TERM", "screen.xterm")]), Covers::Blocks);
        assert_eq!(found(Auto, &[("TERM", "xterm-kitty"), ("TMUX", "/tmp/x")]), Covers::Blocks);
    }

    #[test]
    fn without_colours_there_are_none() {
        let auto = config::Covers::Auto;
        assert_eq!(Covers::new(auto, Depth::Mono, true, |_| None), Covers::Off);
        assert_eq!(Covers::new(auto, Depth::Basic, true, |_| None), Covers::Off);
        assert_eq!(Covers::new(auto, Depth::Indexed, true, |_| None), Covers::Blocks);
        assert_eq!(Covers::new(auto, Depth::True, false, |_| None), Covers::Off);
    }
}
