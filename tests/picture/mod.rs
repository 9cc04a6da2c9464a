//! A screen of the studio as an SVG, so that the README shows what the program draws.
//!
//! Letters are text; frames, blocks and marks are drawn as paths, so that they join in every
//! viewer whatever its font is. Each run of letters has its own place and width, so that columns
//! line up. Knows nothing of the studio: cells in, picture out.

pub mod scene;
mod shapes;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};
use refrain::studio::wrap::text_cells;
use shapes::{Shape, shape};

/// A cell, in the picture's units; three fifths of its font's size is how wide most letters are.
pub const WIDE: f32 = 9.0;
/// As [`WIDE`], from top to bottom.
pub const HIGH: f32 = 20.0;
const FONT: f32 = 15.0;
/// From the top of a cell to where letters stand.
const BASELINE: f32 = 15.0;
/// Around the screen.
const PADDING: f32 = 18.0;
const FONTS: &str = "ui-monospace, 'SF Mono', Menlo, 'Cascadia Mono', 'DejaVu Sans Mono', \
                     'Liberation Mono', Consolas, monospace";

/// What surrounds the cells.
pub struct Frame<'a> {
    /// What the picture shows, for those who do not see it.
    pub title: &'a str,
    /// The ground of the terminal.
    pub ground: &'a str,
    /// The edge of the window.
    pub edge: &'a str,
    /// Where the cursor stands, and its colour.
    pub cursor: Option<(Position, &'a str)>,
}

/// Cells beside each other that look the same.
#[derive(Debug, PartialEq, Eq)]
struct Run {
    x: u16,
    cells: usize,
    text: String,
    ink: String,
    style: Modifier,
}

/// Everything of one picture, sorted by what it is made with.
#[derive(Default)]
struct Sheet {
    /// Grounds other than the terminal's, by colour.
    grounds: BTreeMap<String, String>,
    /// Outlines, by colour.
    lines: BTreeMap<String, String>,
    /// Areas, by colour.
    areas: BTreeMap<String, String>,
    /// Rows of letters.
    rows: Vec<(u16, Vec<Run>)>,
}

/// Draws the cells.
pub fn svg(buffer: &Buffer, frame: &Frame) -> String {
    let area = *buffer.area();
    let (wide, high) = (f32::from(area.width) * WIDE, f32::from(area.height) * HIGH);
    let (outer_wide, outer_high) = (wide + 2.0 * PADDING, high + 2.0 * PADDING);
    let sheet = Sheet::read(buffer, frame.ground);

    let mut out = String::new();
    let mut put = |line: &str| {
        out.push_str(line);
        out.push('\n');
    };
    put(&format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{outer_wide}" height="{outer_high}" viewBox="0 0 {outer_wide} {outer_high}" role="img">"#
    ));
    put(&format!("<title>{}</title>", escaped(frame.title)));
    put(&format!(
        r#"<rect x="0.5" y="0.5" width="{}" height="{}" rx="11" fill="{}" stroke="{}"/>"#,
        outer_wide - 1.0,
        outer_high - 1.0,
        frame.ground,
        frame.edge
    ));
    put(&format!(r#"<g transform="translate({PADDING} {PADDING})">"#));
    for (colour, path) in sheet.grounds.iter().chain(&sheet.areas) {
        put(&format!(r#"<path fill="{colour}" d="{path}"/>"#));
    }
    for (colour, path) in &sheet.lines {
        put(&format!(r#"<path fill="none" stroke="{colour}" d="{path}"/>"#));
    }
    put(&format!(r#"<g font-family="{FONTS}" font-size="{FONT}">"#));
    for (y, runs) in &sheet.rows {
        let mut row = format!(r#"<text y="{}">"#, f32::from(*y) * HIGH + BASELINE);
        for run in runs {
            row.push_str(&tspan(run));
        }
        put(&(row + "</text>"));
    }
    put("</g>");
    if let Some((at, colour)) = frame.cursor {
        put(&format!(
            r#"<rect x="{}" y="{}" width="2" height="{}" fill="{colour}"/>"#,
            f32::from(at.x) * WIDE,
            f32::from(at.y) * HIGH + 1.0,
            HIGH - 2.0
        ));
    }
    put("</g>");
    put("</svg>");
    out
}

impl Sheet {
    fn read(buffer: &Buffer, ground: &str) -> Self {
        let mut sheet = Self::default();
        let area = *buffer.area();
        for y in area.top()..area.bottom() {
            let mut runs: Vec<Run> = Vec::new();
            let mut x = area.left();
            while x < area.right() {
                let cell = &buffer[(x, y)];
                let cells = text_cells(cell.symbol()).max(1);
                sheet.cell(cell, (x, y), cells, ground, &mut runs);
                x += cells as u16;
            }
            runs.retain_mut(trim);
            if !runs.is_empty() {
                sheet.rows.push((y, runs));
            }
        }
        sheet
    }

    fn cell(
        &mut self,
        cell: &Cell,
        (x, y): (u16, u16),
        cells: usize,
        ground: &str,
        runs: &mut Vec<Run>,
    ) {
        let (ink, paper) = colours(cell, ground);
        let (left, top) = (f32::from(x) * WIDE, f32::from(y) * HIGH);
        if paper != ground {
            let wide = cells as f32 * WIDE;
            let path = self.grounds.entry(paper).or_default();
            let _ = write!(path, "M{left} {top}h{wide}v{HIGH}h-{wide}z");
        }
        match shape(cell.symbol(), left, top) {
            Some(Shape::Line(path)) => self.lines.entry(ink).or_default().push_str(&path),
            Some(Shape::Area(path)) => self.areas.entry(ink).or_default().push_str(&path),
            None => {
                let style = cell.modifier & (Modifier::BOLD | Modifier::ITALIC | LINES);
                add(runs, Run { x, cells, text: cell.symbol().to_owned(), ink, style });
            }
        }
    }
}

const LINES: Modifier = Modifier::UNDERLINED.union(Modifier::CROSSED_OUT);

/// Joins a cell with the run before it where both look the same. Signs that a font may draw wider
/// or narrower than a letter stay alone, and a wide gap ends a run, so that nothing drifts.
fn add(runs: &mut Vec<Run>, cell: Run) {
    let is_plain = |text: &str| text.chars().all(|c| c.is_ascii() || c.is_alphabetic());
    if let Some(last) = runs.last_mut() {
        let is_next = usize::from(last.x) + last.cells == usize::from(cell.x);
        let is_same = last.style == cell.style && (last.ink == cell.ink || cell.text == " ");
        let is_gap = last.text.ends_with(' ') && cell.text == " ";
        let is_narrow = cell.cells == 1 && last.cells == last.text.chars().count();
        let are_plain = is_plain(&last.text) && is_plain(&cell.text);
        if is_next && is_same && is_narrow && are_plain && !is_gap {
            last.cells += 1;
            last.text += &cell.text;
            return;
        }
    }
    if cell.text != " " {
        runs.push(cell);
    }
}

/// Takes the gap off a run's end; whether anything is left.
fn trim(run: &mut Run) -> bool {
    let text = run.text.trim_end();
    run.cells -= run.text.len() - text.len();
    run.text.truncate(text.len());
    run.cells > 0 && !run.text.is_empty()
}

fn tspan(run: &Run) -> String {
    let mut span = format!(
        r#"<tspan x="{}" textLength="{}" lengthAdjust="spacingAndGlyphs" fill="{}""#,
        f32::from(run.x) * WIDE,
        run.cells as f32 * WIDE,
        run.ink
    );
    for (modifier, attribute) in [
        (Modifier::BOLD, r#" font-weight="bold""#),
        (Modifier::ITALIC, r#" font-style="italic""#),
        (Modifier::UNDERLINED, r#" text-decoration="underline""#),
        (Modifier::CROSSED_OUT, r#" text-decoration="line-through""#),
    ] {
        if run.style.contains(modifier) {
            span.push_str(attribute);
        }
    }
    span + ">" + &escaped(&run.text) + "</tspan>"
}

/// Ink and paper of a cell as it is seen.
fn colours(cell: &Cell, ground: &str) -> (String, String) {
    let paper = hex(cell.bg).unwrap_or_else(|| ground.to_owned());
    let ink = hex(cell.fg).unwrap_or_else(|| "#ffffff".to_owned());
    if cell.modifier.contains(Modifier::REVERSED) { (paper, ink) } else { (ink, paper) }
}

/// The picture is taken in full colour; none is the terminal's own.
fn hex(colour: Color) -> Option<String> {
    match colour {
        Color::Rgb(red, green, blue) => Some(format!("#{red:02x}{green:02x}{blue:02x}")),
        Color::Reset => None,
        other => panic!("{other} is not a colour of the full-colour look"),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;

    fn runs(lines: &[(&str, Style)]) -> Vec<(u16, usize, String)> {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 20, 1));
        let mut x = 0;
        for (text, style) in lines {
            x = buffer.set_stringn(x, 0, text, usize::MAX, *style).0;
        }
        let sheet = Sheet::read(&buffer, "#000000");
        let rows = sheet.rows.into_iter().flat_map(|(_, runs)| runs);
        rows.map(|run| (run.x, run.cells, run.text)).collect()
    }

    #[test]
    fn runs_join_what_looks_the_same_and_break_at_gaps_and_odd_signs() {
        let plain = Style::new();
        let bold = plain.add_modifier(Modifier::BOLD);
        let read = runs(&[("a b  c", plain), ("d", bold), (" 夜 e✓", plain)]);
        let read: Vec<_> = read.iter().map(|(x, cells, text)| (*x, *cells, &**text)).collect();
        let expected =
            [(0, 3, "a b"), (5, 1, "c"), (6, 1, "d"), (8, 2, "夜"), (11, 1, "e"), (12, 1, "✓")];
        assert_eq!(read, expected);
    }

    #[test]
    fn what_would_be_markup_is_text() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 5, 1));
        buffer.set_stringn(0, 0, "<&>", 5, Style::new().reversed());
        let frame = Frame { title: "a < b", ground: "#000000", edge: "#111111", cursor: None };
        let picture = svg(&buffer, &frame);
        assert!(picture.contains(">&lt;&amp;&gt;</tspan>") && picture.contains("a &lt; b"));
        assert!(picture.contains(r##"fill="#ffffff" d="M0 0h9v20h-9z"##), "{picture}");
    }
}
