//! Colours: a few hues with one meaning each, in as many colours as the terminal has.
//!
//! Every hue is given three times: as RGB, as the nearest of the 256, and as one of the
//! terminal's own 16. Text on the painted backgrounds has a contrast of 4.5:1 or more (a test
//! holds it). Without colour, weight and shape carry the meaning.

use ratatui::style::{Color, Modifier, Style};

/// How many colours the terminal has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// 16 million.
    True,
    /// 256.
    Indexed,
    /// The terminal's own 16.
    Basic,
    /// None.
    Mono,
}

/// Which set of hues.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Palette {
    /// Light text on a dark ground.
    Dark,
    /// Dark text on a light ground.
    Light,
    /// The terminal's own colours on its own ground.
    Terminal,
}

/// The styles of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// The ground with plain text.
    pub base: Style,
    /// Text of less weight, still readable.
    pub dim: Style,
    /// Examples in empty places.
    pub example: Style,
    /// Frames and grooves: seen, not read.
    pub faint: Style,
    /// The one accent: what has the keys.
    pub accent: Style,
    /// Take A.
    pub take_a: Style,
    /// Take B.
    pub take_b: Style,
    /// What is still to come of take A: seen, not read.
    pub rest_a: Style,
    /// As `rest_a`, of take B.
    pub rest_b: Style,
    /// Went well.
    pub good: Style,
    /// Mind this.
    pub warning: Style,
    /// Went wrong.
    pub bad: Style,
    /// Section tags and other things that are not sung.
    pub tag: Style,
    /// The selected row.
    pub selected: Style,
    /// Selected text.
    pub marked: Style,
}

/// A hue in RGB, of the 256 and of the 16.
struct Hue(u32, u8, Color);

struct Hues {
    ground: Hue,
    text: Hue,
    dim: Hue,
    faint: Hue,
    accent: Hue,
    amber: Hue,
    teal: Hue,
    amber_rest: Hue,
    teal_rest: Hue,
    good: Hue,
    warning: Hue,
    bad: Hue,
    tag: Hue,
    raised: Hue,
}

const DARK: Hues = Hues {
    ground: Hue(0x0013_151b, 233, Color::Reset),
    text: Hue(0x00dc_dfe6, 253, Color::Reset),
    dim: Hue(0x0093_9bad, 247, Color::Gray),
    faint: Hue(0x003b_4252, 239, Color::DarkGray),
    accent: Hue(0x0089_b4fa, 111, Color::LightBlue),
    amber: Hue(0x00f2_b55f, 215, Color::Yellow),
    teal: Hue(0x0052_d1c2, 79, Color::Cyan),
    amber_rest: Hue(0x0066_523a, 58, Color::DarkGray),
    teal_rest: Hue(0x002c_5a5b, 23, Color::DarkGray),
    good: Hue(0x0093_d188, 114, Color::Green),
    warning: Hue(0x00f0_c674, 222, Color::Yellow),
    bad: Hue(0x00f4_7c86, 210, Color::LightRed),
    tag: Hue(0x00b4_a5f0, 147, Color::LightMagenta),
    raised: Hue(0x0024_2936, 236, Color::DarkGray),
};

const LIGHT: Hues = Hues {
    ground: Hue(0x00fa_f9f5, 231, Color::Reset),
    text: Hue(0x0024_2833, 235, Color::Reset),
    dim: Hue(0x005c_6370, 241, Color::DarkGray),
    faint: Hue(0x00c5_c8d0, 251, Color::DarkGray),
    accent: Hue(0x001f_5fbf, 25, Color::Blue),
    amber: Hue(0x0092_5408, 94, Color::Yellow),
    teal: Hue(0x0006_6b63, 23, Color::Cyan),
    amber_rest: Hue(0x00db_c3a0, 180, Color::DarkGray),
    teal_rest: Hue(0x00a3_cbc7, 152, Color::DarkGray),
    good: Hue(0x002a_6e2f, 22, Color::Green),
    warning: Hue(0x0087_5a00, 94, Color::Yellow),
    bad: Hue(0x00b3_2433, 124, Color::Red),
    tag: Hue(0x0063_49b8, 61, Color::Magenta),
    raised: Hue(0x00e7_e8ec, 254, Color::Gray),
};

impl Hue {
    fn at(&self, depth: Depth) -> Color {
        let Self(rgb, indexed, basic) = *self;
        match depth {
            Depth::True => Color::from_u32(rgb),
            Depth::Indexed => Color::Indexed(indexed),
            Depth::Basic => basic,
            Depth::Mono => Color::Reset,
        }
    }
}

impl Theme {
    /// The styles for a palette in the colours that there are.
    pub fn new(palette: Palette, depth: Depth) -> Self {
        let depth = match (palette, depth) {
            (Palette::Terminal, Depth::True | Depth::Indexed) => Depth::Basic,
            (_, depth) => depth,
        };
        let hues = if palette == Palette::Light { &LIGHT } else { &DARK };
        let plain = Style::new().fg(hues.text.at(depth)).bg(hues.ground.at(depth));
        let ink = |hue: &Hue| plain.fg(hue.at(depth));
        let mut theme = Self {
            base: plain,
            dim: ink(&hues.dim),
            example: ink(&hues.dim).add_modifier(Modifier::ITALIC),
            faint: ink(&hues.faint),
            accent: ink(&hues.accent),
            take_a: ink(&hues.amber),
            take_b: ink(&hues.teal),
            rest_a: ink(&hues.amber_rest),
            rest_b: ink(&hues.teal_rest),
            good: ink(&hues.good),
            warning: ink(&hues.warning),
            bad: ink(&hues.bad),
            tag: ink(&hues.tag),
            selected: Style::new().bg(hues.raised.at(depth)),
            marked: Style::new().fg(hues.ground.at(depth)).bg(hues.accent.at(depth)),
        };
        if matches!(depth, Depth::Basic | Depth::Mono) {
            // The ground is the terminal's: reversing is sure to be readable on it.
            theme.selected = Style::new().add_modifier(Modifier::BOLD);
            theme.marked = Style::new().add_modifier(Modifier::REVERSED);
        }
        if depth == Depth::Mono {
            theme.accent = plain.add_modifier(Modifier::BOLD);
            theme.dim = plain.add_modifier(Modifier::DIM);
            theme.faint = theme.dim;
            theme.rest_a = theme.dim;
            theme.rest_b = theme.dim;
            theme.example = theme.dim.add_modifier(Modifier::ITALIC);
            theme.bad = theme.accent;
            theme.warning = theme.accent;
        }
        theme
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance as WCAG 2.1 defines it.
    fn luminance(rgb: u32) -> f64 {
        let channel = |shift: u32| {
            let value = f64::from((rgb >> shift) & 0xff) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0)
    }

    fn contrast(a: u32, b: u32) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_can_be_read_on_every_ground() {
        for hues in [&DARK, &LIGHT] {
            for ink in [
                &hues.text,
                &hues.dim,
                &hues.accent,
                &hues.amber,
                &hues.teal,
                &hues.good,
                &hues.warning,
                &hues.bad,
                &hues.tag,
            ] {
                for ground in [&hues.ground, &hues.raised] {
                    let contrast = contrast(ink.0, ground.0);
                    assert!(contrast >= 4.5, "{:06x} on {:06x}: {contrast:.2}", ink.0, ground.0);
                }
            }
        }
    }

    #[test]
    fn without_colour_no_colour_is_sent() {
        let theme = Theme::new(Palette::Dark, Depth::Mono);
        for style in [theme.base, theme.accent, theme.take_a, theme.marked, theme.bad] {
            assert!(matches!(style.fg, None | Some(Color::Reset)));
            assert!(matches!(style.bg, None | Some(Color::Reset)));
        }
    }
}
