//! The parameters: gateway, model, title, style, sliders.

mod control;
mod field;
mod place;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;
use ratatui::widgets::{Paragraph, Widget, Wrap};

use super::brush::{counter, fit, frame, put, put_right};
use crate::studio::{Action, Field, Gravity, Model, Pane};
use crate::tui::Look;
use crate::tui::areas::inside;
use place::{Place, places};

pub(super) fn draw(model: &Model, look: &Look, buffer: &mut Buffer) {
    let inner = frame(Pane::Song, "Song", model, look, buffer);
    let places = places(inner, model);
    for place in &places {
        row(place, inner, model, look, buffer);
    }
    advice(&places, model, look, inner, buffer);
}

/// Where the cursor stands, if the row is a text.
pub(super) fn cursor(model: &Model, frame: Rect) -> Option<Position> {
    let current = model.desk.field;
    let place = places(inside(frame), model).into_iter().find(|place| place.field == current)?;
    Some(field::cursor(model.desk.field_text(current)?, place.text(model)))
}

/// The row of the pane that stands at `y`.
pub(in crate::tui) fn field_at(inner: Rect, y: u16, model: &Model) -> Option<Field> {
    let place = places(inner, model).into_iter().find(|place| place.rows().contains(&y))?;
    Some(place.field)
}

fn row(place: &Place, inner: Rect, model: &Model, look: &Look, buffer: &mut Buffer) {
    let (theme, field) = (&look.theme, place.field);
    let Rect { x, y, width: room, .. } = place.value;
    let is_current =
        model.focus == Pane::Song && model.desk.field == field && model.overlay.is_none();
    let is_used = place::is_used(field, model);
    let label = if is_current { theme.accent.add_modifier(Modifier::BOLD) } else { theme.dim };
    if is_current {
        put(buffer, (inner.x, y), 1, look.glyphs.pointer, theme.accent);
    }
    put(buffer, (inner.x + 1, y), place::LABEL, field.label(), label);
    let ink = if is_used { theme.base } else { theme.dim };
    if let Some(text) = model.desk.field_text(field) {
        let states = (is_current, is_used);
        field::draw(field, text, states, place.text(model), look, buffer);
        if let Some((used, limit)) = place.count(model) {
            let (count, style) = counter(used, limit, look);
            put_right(buffer, (place.value.right(), y), room, &count, style);
        }
    } else if let Some(weight) = model.desk.weight(field) {
        let room = if is_used { room } else { room.saturating_sub(10) };
        control::slider(weight.value(), &weight.to_string(), (x, y), room, ink, look, buffer);
    } else {
        control::choice(field, (x, y), room, is_current, model, look, buffer);
    }
    if !is_used && field != Field::Vocal {
        put_right(buffer, (place.value.right(), y), room, place::NOT_USED, theme.dim);
    }
}

/// Under the rows: the first thing that was found; on the last line what a pair costs. Where only
/// one line is left, what was found comes first: the price stands in the header as well.
fn advice(places: &[Place], model: &Model, look: &Look, inner: Rect, buffer: &mut Buffer) {
    let theme = &look.theme;
    let last = inner.bottom().saturating_sub(1);
    let first = places.last().map_or(last, |place| place.rows().end);
    if first > last || model.gateway().is_none() {
        return;
    }
    let found = found(model, look);
    let room = Rect {
        x: inner.x + 1,
        y: first.max(last.saturating_sub(2)),
        width: inner.width.saturating_sub(2),
        height: (last - first).min(2),
    };
    if let Some(text) = found {
        if room.height == 0 {
            let text = fit(&text, room.width, look.glyphs.more);
            put(buffer, (room.x, last), room.width, &text, theme.warning);
            return;
        }
        Paragraph::new(text).style(theme.warning).wrap(Wrap { trim: true }).render(room, buffer);
    }
    let dot = look.glyphs.dot;
    let order = format!("{} Generate {dot} {} ", look.key(Action::Generate), model.price());
    let style = if model.first_blocking().is_some() { theme.dim } else { theme.accent };
    put_right(buffer, (inner.right(), last), inner.width, &order, style);
}

/// The first thing that was found, and of how many; its mark tells what it means.
fn found(model: &Model, look: &Look) -> Option<String> {
    let first = model.findings.first()?;
    let mark = match first.gravity {
        Gravity::Blocks => look.glyphs.failed,
        Gravity::Warns => look.glyphs.warning,
    };
    let of = match model.findings.len() {
        1 => String::new(),
        all => format!("(1 of {all}) "),
    };
    Some(format!("{mark} {of}{}", look.fill(&first.message)))
}
