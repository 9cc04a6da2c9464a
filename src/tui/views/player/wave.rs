//! Pictures of whole takes by time.

use std::ops::Range;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::super::brush::put;
use super::length;
use super::places::scale;
use crate::song::Take;
use crate::studio::{Model, in_step};
use crate::tui::Look;

/// A waveform as levels 0 to 8, one a cell; a take that sounds is never drawn as silence.
pub(in super::super) fn picture(
    peaks: &[u8],
    cells: u16,
) -> impl ExactSizeIterator<Item = usize> + '_ {
    let top = top(peaks);
    let count = usize::from(cells);
    (0..count).map(move |cell| {
        let from = cell * peaks.len() / count;
        let to = ((cell + 1) * peaks.len()).div_ceil(count);
        height(peaks, from..to, top, 8).max(1)
    })
}

fn top(peaks: &[u8]) -> f32 {
    f32::from(peaks.iter().copied().max().unwrap_or(0).max(1))
}

/// The loudest of some spans against the loudest of all, in `steps` steps. Squared, because the
/// eye takes a small difference in height for none.
fn height(peaks: &[u8], spans: Range<usize>, top: f32, steps: usize) -> usize {
    let to = spans.end.min(peaks.len());
    let loudest = peaks.get(spans.start.min(to)..to).unwrap_or_default().iter().copied().max();
    let part = f32::from(loudest.unwrap_or(0)) / top;
    (part.powi(2) * steps as f32).ceil() as usize
}

/// The cell of a moment.
fn cell_of(at: Duration, scale: Duration, width: u16) -> u16 {
    let part = at.as_secs_f32() / scale.as_secs_f32();
    ((part * f32::from(width)) as u16).min(width.saturating_sub(1))
}

/// A whole take in a scale of time; what was played of the one that is heard is in its colour.
pub(super) fn draw(
    take: &Take,
    area: Rect,
    scale: Duration,
    is_heard: bool,
    model: &Model,
    look: &Look,
    buffer: &mut Buffer,
) {
    if area.is_empty() {
        return;
    }
    let status = &model.deck.status;
    // Of a take that is on its way, the part that is there.
    let (known, peaks) = match model.listening.growing.get(&take.id) {
        Some((ready, peaks)) => (*ready, peaks),
        None => (length(take, model).unwrap_or_default(), &take.peaks),
    };
    let (_, hue) = look.label(take.id.label);
    let rest = look.rest(take.id.label);
    let playhead = cell_of(status.position, scale, area.width);
    let looped = status.looped.map(|stretch| {
        let of = |at| cell_of(at, scale, area.width);
        of(stretch.from)..of(stretch.to)
    });
    let top = top(peaks);
    // A little less than all, so that what stands above it does not touch it.
    let steps = usize::from(area.height) * 8 - usize::from(area.height.min(2));
    let spans = peaks.len() as f32 * scale.as_secs_f32() / known.as_secs_f32().max(0.001);
    let span_of = |cell: u16| f32::from(cell) / f32::from(area.width) * spans;
    let end = cell_of(known, scale, area.width);
    for cell in 0..area.width {
        let mut style = if is_heard && cell < playhead { hue } else { rest };
        if looped.as_ref().is_some_and(|looped| looped.contains(&cell)) {
            style = style.patch(look.theme.selected);
        }
        let range = span_of(cell) as usize..span_of(cell + 1).ceil() as usize;
        let height = if cell > end { 0 } else { height(peaks, range, top, steps).max(1) };
        column(height, Rect { x: area.x + cell, width: 1, ..area }, style, look, buffer);
    }
    if is_heard {
        brackets(area, scale, model, look, buffer);
    }
    bar(area, playhead, look, buffer);
    for note in &take.remarks.notes {
        let x = area.x + cell_of(note.at, scale, area.width);
        over((x, area.y), look.glyphs.note, look.theme.tag, buffer);
    }
}

/// A column of a waveform: from the ground up on one line, on several to both sides of the middle.
fn column(height: usize, area: Rect, style: Style, look: &Look, buffer: &mut Buffer) {
    let levels = &look.glyphs.levels;
    let rows = usize::from(area.height);
    let cell = |buffer: &mut Buffer, row: usize, symbol: &str, style: Style| {
        put(buffer, (area.x, area.y + row as u16), 1, symbol, style);
    };
    // The half that hangs down is drawn in reverse, which only blocks can be; and there is a
    // middle.
    if rows % 2 == 1 || !look.glyphs.unicode {
        let mut left = height;
        for row in (0..rows).rev() {
            let level = left.min(8);
            left -= level;
            cell(buffer, row, levels[level], style);
        }
        return;
    }
    let mut left = height.div_ceil(2);
    for away in 0..rows / 2 {
        let level = left.min(8);
        left -= level;
        cell(buffer, rows / 2 - 1 - away, levels[level], style);
        let below = rows / 2 + away;
        match level {
            0 | 8 => cell(buffer, below, levels[level], style),
            _ => cell(buffer, below, levels[8 - level], style.add_modifier(Modifier::REVERSED)),
        }
    }
}

/// Where a loop begins and ends.
fn brackets(area: Rect, scale: Duration, model: &Model, look: &Look, buffer: &mut Buffer) {
    let looped = model.deck.status.looped;
    let from = looped.map(|looped| looped.from).or(model.listening.loop_from);
    let marks = [(from, "["), (looped.map(|looped| looped.to), "]")];
    for (at, mark) in marks {
        let Some(at) = at else { continue };
        let x = area.x + cell_of(at, scale, area.width);
        for y in area.top()..area.bottom() {
            over((x, y), mark, look.theme.accent, buffer);
        }
    }
}

/// A mark over a waveform, which may be drawn in reverse there.
fn over(at: (u16, u16), mark: &str, style: Style, buffer: &mut Buffer) {
    let style = style.remove_modifier(Modifier::REVERSED).add_modifier(Modifier::BOLD);
    put(buffer, at, 1, mark, style);
}

fn bar(area: Rect, playhead: u16, look: &Look, buffer: &mut Buffer) {
    for y in area.top()..area.bottom() {
        over((area.x + playhead, y), look.glyphs.playhead, look.theme.base, buffer);
    }
}

/// A line for where it plays: all that is seen of a take whose name is hidden.
pub(super) fn progress(area: Rect, take: &Take, model: &Model, look: &Look, buffer: &mut Buffer) {
    if area.is_empty() {
        return;
    }
    let (theme, glyphs) = (&look.theme, &look.glyphs);
    let line = Rect { y: area.y + (area.height - 1) / 2, height: 1, ..area };
    let scale = scale(take, model);
    let playhead = cell_of(in_step(model.deck.status.position), scale, line.width);
    let hue = if model.is_hidden(take.id) { theme.accent } else { look.label(take.id.label).1 };
    for cell in 0..line.width {
        let (mark, style) = match cell.cmp(&playhead) {
            std::cmp::Ordering::Less => (glyphs.groove_left, hue),
            std::cmp::Ordering::Equal => (glyphs.knob, hue.add_modifier(Modifier::BOLD)),
            std::cmp::Ordering::Greater => (glyphs.groove_right, theme.faint),
        };
        put(buffer, (line.x + cell, line.y), 1, mark, style);
    }
    brackets(line, scale, model, look, buffer);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(peaks: &[u8], cells: u16) -> Vec<usize> {
        super::picture(peaks, cells).collect()
    }

    #[test]
    fn a_picture_has_a_level_for_each_cell() {
        assert_eq!(picture(&[0, 255, 128, 1], 4), [1, 8, 3, 1]);
        assert_eq!(picture(&[0, 255, 128, 1], 2), [8, 3]);
        assert_eq!(picture(&[255], 3), [8, 8, 8]);
        assert_eq!(picture(&[], 2), [1, 1]);
        assert!(picture(&[1, 2], 0).is_empty());
    }

    #[test]
    fn a_moment_has_its_cell() {
        let seconds = Duration::from_secs;
        assert_eq!(cell_of(seconds(0), seconds(60), 30), 0);
        assert_eq!(cell_of(seconds(30), seconds(60), 30), 15);
        assert_eq!(cell_of(seconds(60), seconds(60), 30), 29);
        assert_eq!(cell_of(seconds(90), seconds(60), 30), 29);
    }
}
