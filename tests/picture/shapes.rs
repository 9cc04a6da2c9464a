//! The characters that are drawn instead of written: they must join, or sit right in their cell.

use super::{HIGH, WIDE};

/// A path for one cell.
#[derive(Debug, PartialEq, Eq)]
pub enum Shape {
    /// To be drawn along, one unit wide.
    Line(String),
    /// To be filled.
    Area(String),
}

/// Where lines cross in a cell: the middle, moved so that a line one unit wide fills one row.
const MIDDLE: (f32, f32) = (4.5, 10.5);
/// Of the marks: circles, diamonds, triangles.
const RADIUS: f32 = 4.0;

/// What a character looks like in the cell whose corner is at `x`, `y`; none if it is a letter.
pub fn shape(symbol: &str, x: f32, y: f32) -> Option<Shape> {
    let mut characters = symbol.chars();
    let (Some(c), None) = (characters.next(), characters.next()) else { return None };
    frame(c, x, y)
        .map(Shape::Line)
        .or_else(|| block(c, x, y).map(Shape::Area))
        .or_else(|| braille(c, x, y).map(Shape::Area))
        .or_else(|| mark(c, x, y))
}

fn frame(c: char, x: f32, y: f32) -> Option<String> {
    let (right, bottom) = (x + WIDE, y + HIGH);
    let (mx, my) = (x + MIDDLE.0, y + MIDDLE.1);
    let round = MIDDLE.0;
    Some(match c {
        '─' => format!("M{x} {my}H{right}"),
        '│' => format!("M{mx} {y}V{bottom}"),
        '╭' => format!("M{mx} {bottom}V{}Q{mx} {my} {right} {my}", my + round),
        '╮' => format!("M{mx} {bottom}V{}Q{mx} {my} {x} {my}", my + round),
        '╰' => format!("M{mx} {y}V{}Q{mx} {my} {right} {my}", my - round),
        '╯' => format!("M{mx} {y}V{}Q{mx} {my} {x} {my}", my - round),
        '┌' => format!("M{mx} {bottom}V{my}H{right}"),
        '┐' => format!("M{mx} {bottom}V{my}H{x}"),
        '└' => format!("M{mx} {y}V{my}H{right}"),
        '┘' => format!("M{mx} {y}V{my}H{x}"),
        '├' => format!("M{mx} {y}V{bottom}M{mx} {my}H{right}"),
        '┤' => format!("M{mx} {y}V{bottom}M{mx} {my}H{x}"),
        '┬' => format!("M{x} {my}H{right}M{mx} {my}V{bottom}"),
        '┴' => format!("M{x} {my}H{right}M{mx} {my}V{y}"),
        '┼' => format!("M{x} {my}H{right}M{mx} {y}V{bottom}"),
        _ => return None,
    })
}

fn block(c: char, x: f32, y: f32) -> Option<String> {
    let eighths = |from: char| (u32::from(c) - u32::from(from) + 1) as f32 / 8.0;
    let (across, down) = (1.5, 3.0);
    Some(match c {
        // Upper half, upper eighth, right half, right eighth.
        '▀' => rect(x, y, WIDE, HIGH / 2.0),
        '▔' => rect(x, y, WIDE, HIGH / 8.0),
        '▐' => rect(x + WIDE / 2.0, y, WIDE / 2.0, HIGH),
        '▕' => rect(x + WIDE * 7.0 / 8.0, y, WIDE / 8.0, HIGH),
        // From the bottom: one to eight eighths.
        '▁'..='█' => {
            let high = HIGH * eighths('▁');
            rect(x, y + HIGH - high, WIDE, high)
        }
        // From the left: seven eighths to one.
        '▉'..='▏' => rect(x, y, WIDE * (1.0 - eighths('▉')), HIGH),
        '━' => rect(x, y + MIDDLE.1 - down / 2.0, WIDE, down),
        '▰' => format!("M{} {}h{}l-{across} 9h-{}z", x + 2.0, y + 6.0, WIDE - 3.0, WIDE - 3.0),
        '■' => rect(x + 1.0, y + MIDDLE.1 - 3.5, 7.0, 7.0),
        _ => return None,
    })
}

fn rect(x: f32, y: f32, wide: f32, high: f32) -> String {
    format!("M{x} {y}h{wide}v{high}h-{wide}z")
}

/// Dots of a two by four grid, in the order that Unicode counts them.
fn braille(c: char, x: f32, y: f32) -> Option<String> {
    let dots = u32::from(c).checked_sub(0x2800).filter(|dots| *dots < 256)?;
    let places = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3)];
    let placed = places.iter().enumerate().filter(|(bit, _)| dots >> bit & 1 == 1);
    let drawn = placed.map(|(_, (column, row))| {
        let (left, top) = (f32::from(*column as u8) * 4.5, f32::from(*row as u8) * 5.0);
        rect(x + left + 1.25, y + top + 1.5, 2.0, 2.0)
    });
    Some(drawn.collect())
}

fn mark(c: char, x: f32, y: f32) -> Option<Shape> {
    let (mx, my) = (x + MIDDLE.0, y + MIDDLE.1);
    let r = RADIUS;
    Some(match c {
        '●' => Shape::Area(circle(mx, my, r)),
        '○' => Shape::Line(circle(mx, my, r - 0.5)),
        '◆' => Shape::Area(diamond(mx, my, r + 0.5)),
        '◇' => Shape::Line(diamond(mx, my, r)),
        '▶' | '▸' => Shape::Area(format!("M{} {}l8 4.5l-8 4.5z", x + 1.0, my - 4.5)),
        '▲' => Shape::Area(format!("M{mx} {}l4.5 8h-9z", my - 4.5)),
        '▼' | '▾' => Shape::Area(format!("M{mx} {}l-3.5 -5h7z", my + 3.0)),
        '▱' => Shape::Line(format!("M{} {}h5.5l-1.5 8h-5.5z", x + 2.25, y + 6.5)),
        // Half filled: left, right, top, bottom; the rest is an outline.
        '◐' => half(mx, my, (0.0, r), (0.0, -r)),
        '◑' => half(mx, my, (0.0, -r), (0.0, r)),
        '◓' => half(mx, my, (-r, 0.0), (r, 0.0)),
        '◒' => half(mx, my, (r, 0.0), (-r, 0.0)),
        _ => return None,
    })
}

fn circle(x: f32, y: f32, r: f32) -> String {
    format!("M{} {y}a{r} {r} 0 1 0 {} 0a{r} {r} 0 1 0 -{} 0z", x - r, 2.0 * r, 2.0 * r)
}

fn diamond(x: f32, y: f32, r: f32) -> String {
    format!("M{} {y}L{x} {}L{} {y}L{x} {}z", x - r, y - r, x + r, y + r)
}

/// A half of a circle, clockwise between two points of it, and a thin ring around the other half.
fn half(x: f32, y: f32, from: (f32, f32), to: (f32, f32)) -> Shape {
    let r = RADIUS;
    let thin = r - 1.0;
    let at = |point: (f32, f32), r: f32| (x + point.0 * r / RADIUS, y + point.1 * r / RADIUS);
    let ((ax, ay), (bx, by)) = (at(from, r), at(to, r));
    let ((cx, cy), (dx, dy)) = (at(to, thin), at(from, thin));
    Shape::Area(format!(
        "M{ax} {ay}A{r} {r} 0 0 1 {bx} {by}A{r} {r} 0 0 1 {ax} {ay}L{dx} {dy}\
         A{thin} {thin} 0 0 0 {cx} {cy}z"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_touch() {
        assert_eq!(shape("─", 0.0, 0.0), Some(Shape::Line("M0 10.5H9".into())));
        assert_eq!(shape("─", 9.0, 0.0), Some(Shape::Line("M9 10.5H18".into())));
        assert_eq!(shape("█", 9.0, 20.0), Some(Shape::Area("M9 20h9v20h-9z".into())));
        assert_eq!(shape("▁", 0.0, 0.0), Some(Shape::Area("M0 17.5h9v2.5h-9z".into())));
        assert_eq!(shape("▌", 0.0, 0.0), Some(Shape::Area("M0 0h4.5v20h-4.5z".into())));
        assert_eq!(shape("a", 0.0, 0.0), None);
        assert_eq!(shape("夜", 0.0, 0.0), None);
    }
}
