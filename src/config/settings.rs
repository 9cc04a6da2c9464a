//! The settings, as plain data with their defaults. Nothing here reads a file.

/// A setting that is one word out of a few.
pub trait Choice: Copy + PartialEq + 'static {
    /// Every word with what it means, in the order in which a message lists them.
    const WORDS: &'static [(&'static str, Self)];

    /// The word for it.
    fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, choice)| *choice == self).map_or("", |(word, _)| *word)
    }
}

/// `[screen]`: how the studio looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Screen {
    /// Which palette.
    pub theme: Theme,
    /// How many colors the terminal is asked for.
    pub color: Color,
    /// Whether more than ASCII is drawn.
    pub unicode: Unicode,
    /// Whether anything but the playhead may move.
    pub motion: bool,
    /// Whether the mouse is listened to; off leaves selecting text to the terminal.
    pub mouse: bool,
    /// How covers are shown.
    pub covers: Covers,
}

impl Default for Screen {
    fn default() -> Self {
        Self {
            theme: Theme::default(),
            color: Color::default(),
            unicode: Unicode::default(),
            motion: true,
            mouse: true,
            covers: Covers::default(),
        }
    }
}

/// `theme` in `[screen]`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Light words on a dark ground.
    #[default]
    Dark,
    /// Dark words on a light ground.
    Light,
    /// The terminal's own 16 colors.
    Terminal,
}

impl Choice for Theme {
    const WORDS: &'static [(&'static str, Self)] =
        &[("dark", Self::Dark), ("light", Self::Light), ("terminal", Self::Terminal)];
}

/// `color` in `[screen]`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Color {
    /// What the terminal says it can do.
    #[default]
    Auto,
    /// 24-bit colors.
    Truecolor,
    /// The 256-color palette.
    Palette256,
    /// The 16 colors of the terminal.
    Palette16,
    /// No color at all.
    Never,
}

impl Choice for Color {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("auto", Self::Auto),
        ("truecolor", Self::Truecolor),
        ("256", Self::Palette256),
        ("16", Self::Palette16),
        ("never", Self::Never),
    ];
}

/// `unicode` in `[screen]`: `"auto"`, `true` or `false`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unicode {
    /// What the locale says.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never: ASCII only.
    Never,
}

/// `covers` in `[screen]`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Covers {
    /// As well as the terminal can, as far as it is known by its name.
    #[default]
    Auto,
    /// Kitty's graphics.
    Kitty,
    /// The inline images of iTerm2.
    Iterm2,
    /// Sixels.
    Sixel,
    /// In coarse blocks.
    Blocks,
    /// Not at all.
    Off,
}

impl Choice for Covers {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("auto", Self::Auto),
        ("kitty", Self::Kitty),
        ("iterm2", Self::Iterm2),
        ("sixel", Self::Sixel),
        ("blocks", Self::Blocks),
        ("off", Self::Off),
    ];
}

/// `[sound]`: how takes are heard.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sound {
    /// The volume at the start, 0 to 100; none leaves it to the player.
    pub volume: Option<u8>,
    /// Where sound goes.
    pub device: Device,
}

/// `device` in `[sound]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Device {
    /// The system's default output.
    #[default]
    Auto,
    /// None: takes play without a sound.
    Silent,
    /// The output that the system calls so.
    Named(String),
}

impl From<&str> for Device {
    /// As it is written in the configuration and on the command line.
    fn from(written: &str) -> Self {
        match written {
            "auto" => Self::Auto,
            "silent" => Self::Silent,
            name => Self::Named(name.to_owned()),
        }
    }
}

/// One line of `[keys]`. The names are not judged here: the room that owns actions and keys does
/// that, and says [`Binding::line`] when one is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The action's name as written.
    pub action: String,
    /// Its keys as written; empty takes all keys from the action.
    pub keys: Vec<String>,
    /// The line in the configuration file, from 1.
    pub line: usize,
}
