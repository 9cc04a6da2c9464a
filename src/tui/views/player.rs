//! The player bar: which take, where in it, how loud.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use super::brush::{fit, put, put_right};
use super::footer;
use crate::player::{Device, State};
use crate::song::Take;
use crate::song::clock;
use crate::studio::{Action, Model};
use crate::tui::Look;

/// Cells left and right of the waveform.
const LEFT: u16 = 40;
const RIGHT: u16 = 28;

pub(super) fn draw(model: &Model, look: &Look, buffer: &mut Buffer) {
    if footer::draw_above(model, look, buffer) {
        return;
    }
    let area = *buffer.area();
    let theme = &look.theme;
    // What is said stands beside the foot of the waveform.
    let y = area.bottom().saturating_sub(1);
    let sound = match &model.deck.device {
        Device::Silent { .. } => "no sound  ",
        Device::Sound(_) | Device::Unopened => "",
    };
    let volume = format!("{sound}vol {:>3} % ", model.volume);
    put_right(buffer, (area.right(), y), RIGHT, &volume, theme.dim);
    let Some(take) = model.playing().and_then(|id| model.takes.get(id)) else {
        let hint = match model.takes.selected() {
            Some(_) => format!("{} plays the selected take", look.key(Action::PlayPause)),
            None => "Nothing to play yet".to_owned(),
        };
        let room = area.width.saturating_sub(RIGHT);
        put(buffer, (area.x + 1, y), room, &fit(&hint, room, look.glyphs.more), theme.dim);
        return;
    };
    let status = &model.deck.status;
    let (mark, hue) = look.label(take.id.label);
    let x = put(buffer, (area.x + 1, y), 2, state_mark(model, look), theme.base) + 1;
    let name = format!("{mark} {}", take.id.label);
    let x = put(buffer, (x, y), 4, &name, hue.add_modifier(Modifier::BOLD)) + 2;
    let wave = wave(area);
    let position = clock(status.position);
    let left = put_right(buffer, (wave.x.saturating_sub(1), y), 8, &position, theme.base);
    let room = left.saturating_sub(x + 1);
    put(buffer, (x, y), room, &fit(&take.title, room, look.glyphs.more), theme.base);
    let total = clock(status.total.unwrap_or(take.duration));
    put(buffer, (wave.right() + 1, y), 8, &total, theme.dim);
    waveform(take, wave, model, look, buffer);
}

/// Where the waveform stands in the bar.
pub(in crate::tui) fn wave(bar: Rect) -> Rect {
    let right = RIGHT.min(bar.width);
    // On a narrow screen the title gives way first.
    let left = LEFT.min(bar.width.saturating_sub(right + 12));
    Rect { x: bar.x + left, width: bar.width.saturating_sub(left + right), ..bar }
}

/// The mark of what the player does.
pub(super) fn state_mark(model: &Model, look: &Look) -> &'static str {
    match model.deck.status.state {
        State::Playing => look.glyphs.plays,
        State::Paused => look.glyphs.paused,
        State::Loading | State::Buffering => look.glyphs.more,
        State::Stopped | State::Ended => look.glyphs.stopped,
    }
}

/// A waveform as levels 0 to 8, one a cell; a take that sounds is never drawn as silence.
pub(super) fn picture(peaks: &[u8], cells: u16) -> Vec<usize> {
    heights(peaks, cells, 8).into_iter().map(|height| height.max(1)).collect()
}

/// The loudest of the spans that each cell stands for against the loudest of all, in `steps`
/// steps. Squared, because the eye takes a small difference in height for none.
fn heights(peaks: &[u8], cells: u16, steps: usize) -> Vec<usize> {
    let cells = usize::from(cells);
    let top = f32::from(peaks.iter().copied().max().unwrap_or(0).max(1));
    let loudest = |cell: usize| {
        let from = cell * peaks.len() / cells;
        let to = ((cell + 1) * peaks.len()).div_ceil(cells);
        peaks[from..to.min(peaks.len())].iter().copied().max().unwrap_or(0)
    };
    let height = |cell| (f32::from(loudest(cell)) / top).powi(2) * steps as f32;
    (0..cells).map(|cell| height(cell).ceil() as usize).collect()
}

/// The whole take, as high as the bar; what was played is in the take's colour.
fn waveform(take: &Take, area: Rect, model: &Model, look: &Look, buffer: &mut Buffer) {
    let (_, hue) = look.label(take.id.label);
    let total = model.deck.status.total.unwrap_or(take.duration).as_secs_f32().max(0.001);
    let part = model.deck.status.position.as_secs_f32() / total;
    let playhead = (part * f32::from(area.width)) as u16;
    let steps = usize::from(area.height) * 8;
    for (x, height) in (area.x..).zip(heights(&take.peaks, area.width, steps)) {
        let style = match (x - area.x).cmp(&playhead) {
            std::cmp::Ordering::Less => hue,
            std::cmp::Ordering::Equal => look.theme.base.add_modifier(Modifier::BOLD),
            std::cmp::Ordering::Greater => look.theme.faint,
        };
        let mut left = height.max(1);
        for y in (area.y..area.bottom()).rev() {
            let level = left.min(8);
            left -= level;
            put(buffer, (x, y), 1, look.glyphs.levels[level], style);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_has_a_level_for_each_cell() {
        assert_eq!(picture(&[0, 255, 128, 1], 4), [1, 8, 3, 1]);
        assert_eq!(picture(&[0, 255, 128, 1], 2), [8, 3]);
        assert_eq!(picture(&[255], 3), [8, 8, 8]);
        assert_eq!(picture(&[], 2), [1, 1]);
        assert!(picture(&[1, 2], 0).is_empty());
    }
}
