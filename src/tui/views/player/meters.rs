//! What is heard at this moment: how loud, and in which bands.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::brush::put;
use crate::player::{Spectrum, State};
use crate::studio::Model;
use crate::tui::Look;

/// So many decibels under full scale the level begins.
const QUIETEST: f32 = 48.0;
/// From here on there is hardly any room left.
const HOT: f32 = -1.0;

/// What a [`Spectrum`] spans, in decibels and octaves, and what is shown of it.
const RANGE: f32 = 72.0;
const OCTAVES: f32 = 8.64;
const FLOOR: f32 = -62.0;
const CEILING: f32 = -16.0;

/// A level in decibels under full scale.
fn decibels(level: f32) -> f32 {
    20.0 * level.max(1e-6).log10()
}

/// Left and right, as high as there are rows.
pub(super) fn level(area: Rect, model: &Model, look: &Look, buffer: &mut Buffer) {
    if !model.motion {
        return;
    }
    let steps = f32::from(area.height) * 8.0;
    for (x, level) in (area.left()..area.right()).step_by(2).zip(model.deck.status.level) {
        let level = decibels(level);
        let part = (1.0 + level / QUIETEST).clamp(0.0, 1.0);
        let hue = match level {
            HOT.. => look.theme.warning,
            _ if model.deck.status.state == State::Playing => look.theme.base,
            _ => look.theme.faint,
        };
        // A line on the ground where there is nothing: here it will be.
        let height = ((part * steps).round() as usize).max(1);
        let style = if part > 0.0 { hue } else { look.theme.faint };
        stack(height, Rect { x, width: 1, ..area }, style, look, buffer);
    }
}

/// The bands, lowest first, with the highest that each was under a thin line.
pub(super) fn spectrum(area: Rect, model: &Model, look: &Look, buffer: &mut Buffer) {
    if area.is_empty() {
        return;
    }
    let Spectrum { bands, peaks } = &model.deck.status.spectrum;
    let each = area.width / Spectrum::BANDS as u16;
    // Wide bands stand apart.
    let wide = if each > 1 { each - 1 } else { each };
    let steps = usize::from(area.height) * 8;
    let hue = quiet(model, look);
    for (band, (value, peak)) in bands.iter().zip(peaks).enumerate() {
        let x = area.x + band as u16 * each;
        let of = |value: u8| (part(value, band) * steps as f32).ceil() as usize;
        let (height, cap) = (of(*value), of(*peak));
        for x in x..x + wide {
            let style = if height > 0 { hue } else { look.theme.faint };
            stack(height.max(1), Rect { x, width: 1, ..area }, style, look, buffer);
            // Within the cell of the band itself there is no room for it.
            let row = cap.saturating_sub(1) / 8;
            if cap > 0 && row * 8 >= height {
                let y = area.bottom() - 1 - row as u16;
                put(buffer, (x, y), 1, look.glyphs.cap, look.theme.dim);
            }
        }
    }
}

/// How high a band stands, 0.0 to 1.0. Music falls by some 3 dB an octave; drawn against that, a
/// band that stands out is one that sounds so.
fn part(value: u8, band: usize) -> f32 {
    if value == 0 {
        return 0.0;
    }
    let decibels = (f32::from(value) / 255.0 - 1.0) * RANGE;
    let octaves = (band as f32 + 0.5) * OCTAVES / Spectrum::BANDS as f32 - OCTAVES / 2.0;
    ((decibels + 3.0 * octaves - FLOOR) / (CEILING - FLOOR)).clamp(0.0, 1.0)
}

/// What moves has the accent; what rests does not.
fn quiet(model: &Model, look: &Look) -> Style {
    match model.deck.status.state {
        State::Playing => look.theme.accent,
        _ => look.theme.faint,
    }
}

/// A column from the ground up.
fn stack(height: usize, area: Rect, style: Style, look: &Look, buffer: &mut Buffer) {
    let mut left = height;
    for y in (area.top()..area.bottom()).rev() {
        let level = left.min(8);
        left -= level;
        if level == 0 {
            return;
        }
        put(buffer, (area.x, y), 1, look.glyphs.levels[level], style);
    }
}
