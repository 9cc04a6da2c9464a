//! The parameters: gateway, model, title, style, sliders.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::widgets::{Paragraph, Widget, Wrap};
use unicode_segmentation::UnicodeSegmentation;

use super::brush::{fit, frame, put, put_right};
use crate::song::{Mode, Vocal};
use crate::studio::{Action, Field, MODES, Model, Pane, Text, VOCALS, wrap};
use crate::tui::Look;
use crate::tui::areas::inside;

/// Cells of the labels.
const LABEL: u16 = 14;

pub(super) fn draw(model: &Model, look: &Look, buffer: &mut Buffer) {
    let inner = frame(Pane::Song, "Song", model, look, buffer);
    for field in Field::ALL {
        if let Some(y) = row_of(inner, field) {
            row(field, y, inner, model, look, buffer);
        }
    }
    advice(model, look, inner, buffer);
}

/// Where the cursor stands, if the row is a text.
pub(super) fn cursor(model: &Model, frame: Rect) -> Option<Position> {
    let inner = inside(frame);
    let field = model.desk.field;
    let y = row_of(inner, field)?;
    let text = model.desk.field_text(field)?;
    let (x, room) = value_of(inner);
    let (_, cell) = window(text, text_room(field, room, model));
    Some(Position::new(x + cell, y))
}

/// The row of the pane that stands at `y`.
pub(in crate::tui) fn field_at(inner: Rect, y: u16) -> Option<Field> {
    Field::ALL.into_iter().find(|field| row_of(inner, *field) == Some(y))
}

/// Where a row stands: in groups, as far as there is room for gaps.
fn row_of(inner: Rect, field: Field) -> Option<u16> {
    let index = field as u16;
    let gaps = [Field::Title, Field::Vocal, Field::StyleWeight];
    // The last two lines are for advice and price.
    let spare = inner.height.saturating_sub(Field::ALL.len() as u16 + 2);
    let airy = spare >= gaps.len() as u16;
    let above = gaps.iter().filter(|gap| **gap as u16 <= index).count() as u16;
    let y = inner.y + index + if airy { above } else { 0 };
    (y < inner.bottom()).then_some(y)
}

/// First cell and room of the values.
fn value_of(inner: Rect) -> (u16, u16) {
    let x = inner.x + 1 + LABEL.min(inner.width);
    (x, inner.right().saturating_sub(x + 1))
}

fn row(field: Field, y: u16, inner: Rect, model: &Model, look: &Look, buffer: &mut Buffer) {
    let theme = &look.theme;
    let is_current =
        model.focus == Pane::Song && model.desk.field == field && model.overlay.is_none();
    let is_used = model.gateway().is_none_or(|gateway| field.is_taken_by(gateway));
    let label = match (is_current, is_used) {
        (true, _) => theme.accent.add_modifier(Modifier::BOLD),
        (false, _) => theme.dim,
    };
    if is_current {
        put(buffer, (inner.x, y), 1, look.glyphs.pointer, theme.accent);
    }
    put(buffer, (inner.x + 1, y), LABEL, field.label(), label);
    let (x, room) = value_of(inner);
    let ink = if is_used { theme.base } else { theme.dim };
    if let Some(text) = model.desk.field_text(field) {
        field_text(field, text, (x, y), room, model, look, buffer);
    } else if let Some(weight) = model.desk.weight(field) {
        let room = if is_used { room } else { room.saturating_sub(10) };
        slider(weight.value(), &weight.to_string(), (x, y), room, ink, look, buffer);
    } else {
        choice(field, (x, y), room, is_current, model, look, buffer);
    }
    if !is_used {
        put_right(buffer, (inner.right() - 1, y), 8, "not used", theme.dim);
    }
}

fn choice(
    field: Field,
    (x, y): (u16, u16),
    room: u16,
    is_current: bool,
    model: &Model,
    look: &Look,
    buffer: &mut Buffer,
) {
    let theme = &look.theme;
    let choices = model.desk.choices();
    match field {
        Field::Mode => {
            let name = |mode| match mode {
                Mode::Lyrics => "lyrics",
                Mode::Describe => "describe",
            };
            let all = MODES.map(|mode| (name(mode), mode == choices.mode));
            radio(&all, (x, y), room, look, buffer);
        }
        Field::Vocal => {
            let name = |vocal| match vocal {
                Vocal::Auto => "auto",
                Vocal::Female => "female",
                Vocal::Male => "male",
                Vocal::None => "none",
            };
            let all = VOCALS.map(|vocal| (name(vocal), vocal == choices.vocal));
            radio(&all, (x, y), room, look, buffer);
        }
        _ => {
            let label = model.gateway().map_or("?", |gateway| gateway.label.as_str());
            let profile = model.profile().map_or("?", |profile| profile.name.as_str());
            let value = match field {
                Field::Gateway => format!("{profile} {} {label}", look.glyphs.dot),
                _ => model.model_name().to_owned(),
            };
            let value = fit(&value, room.saturating_sub(4), look.glyphs.more);
            if is_current {
                let value = format!("{} {value} {}", look.glyphs.before, look.glyphs.after);
                put(buffer, (x, y), room, &value, theme.accent);
            } else {
                put(buffer, (x, y), room, &value, theme.base);
            }
        }
    }
}

fn radio(
    all: &[(&str, bool)],
    (mut x, y): (u16, u16),
    room: u16,
    look: &Look,
    buffer: &mut Buffer,
) {
    let right = x + room;
    for (name, chosen) in all {
        let (mark, style) = if *chosen {
            (look.glyphs.chosen, look.theme.base.add_modifier(Modifier::BOLD))
        } else {
            (look.glyphs.unchosen, look.theme.dim)
        };
        x = put(buffer, (x, y), right.saturating_sub(x), &format!("{mark} {name}"), style) + 2;
    }
}

fn slider(
    value: f32,
    label: &str,
    (x, y): (u16, u16),
    room: u16,
    ink: Style,
    look: &Look,
    buffer: &mut Buffer,
) {
    let groove = room.saturating_sub(6).min(24);
    if groove < 3 {
        put(buffer, (x, y), room, label, ink);
        return;
    }
    let knob = (value * f32::from(groove - 1)).round() as u16;
    for cell in 0..groove {
        let (mark, style) = match cell.cmp(&knob) {
            std::cmp::Ordering::Less => (look.glyphs.groove_left, ink),
            std::cmp::Ordering::Equal => (look.glyphs.knob, ink),
            std::cmp::Ordering::Greater => (look.glyphs.groove_right, look.theme.faint),
        };
        put(buffer, (x + cell, y), 1, mark, style);
    }
    put(buffer, (x + groove + 2, y), 4, label, ink);
}

/// How much of a limit is used: amber from 90 %, red and marked above it.
pub(super) fn counter(used: usize, limit: usize, look: &Look) -> (String, Style) {
    let count = format!("{used}/{limit}");
    if used > limit {
        (format!("{} {count}", look.glyphs.warning), look.theme.bad)
    } else if used * 10 >= limit * 9 {
        (count, look.theme.warning)
    } else {
        (count, look.theme.dim)
    }
}

/// A row's counter, once there is something to count.
fn count_of(field: Field, model: &Model) -> Option<(usize, usize)> {
    let limit = model.gateway().and_then(|gateway| model.desk.limit(Some(field), gateway))?;
    let used = model.desk.field_text(field)?.characters();
    (used > 0).then_some((used, limit))
}

fn text_room(field: Field, room: u16, model: &Model) -> u16 {
    let count = count_of(field, model).map_or(0, |(used, limit)| format!("{used}/{limit}").len());
    room.saturating_sub(count as u16 + 3).max(1)
}

fn field_text(
    field: Field,
    text: &Text,
    (x, y): (u16, u16),
    room: u16,
    model: &Model,
    look: &Look,
    buffer: &mut Buffer,
) {
    let wide = text_room(field, room, model);
    let line = text.lines().first().map(String::as_str).unwrap_or_default();
    if line.is_empty() {
        let example = match field {
            Field::Title => "e.g. Midnight Compiler",
            Field::Style => "e.g. synth-pop, 120 bpm, warm",
            _ => "e.g. noise, distortion",
        };
        put(buffer, (x, y), wide, &fit(example, wide, look.glyphs.more), look.theme.faint);
    }
    let is_current = model.focus == Pane::Song && model.desk.field == field;
    let (first, _) = if is_current { window(text, wide) } else { (0, 0) };
    let marked = text.selection().map(|(start, end)| start.column..end.column);
    if !is_current {
        put(buffer, (x, y), wide, &fit(line, wide, look.glyphs.more), look.theme.base);
    }
    let mut at = x;
    let mut column = 0;
    let mut cell = 0;
    for grapheme in line.graphemes(true).filter(|_| is_current) {
        let wide_grapheme = wrap::cells(grapheme);
        if cell >= first && at + wide_grapheme as u16 <= x + wide {
            let is_marked = marked.as_ref().is_some_and(|marked| marked.contains(&column));
            let style = if is_marked { look.theme.marked } else { look.theme.base };
            at = put(buffer, (at, y), x + wide - at, grapheme, style);
        }
        cell += wide_grapheme;
        column += grapheme.chars().count();
    }
    if let Some((used, limit)) = count_of(field, model) {
        let (count, style) = counter(used, limit, look);
        put_right(buffer, (x + room, y), room, &count, style);
    }
}

/// The first cell of a one-line text that is shown in `room` cells, so that the cursor is; and
/// the cell of the cursor there.
fn window(text: &Text, room: u16) -> (usize, u16) {
    let line = text.lines().first().map(String::as_str).unwrap_or_default();
    let before = wrap::text_cells(&line[..text.cursor_byte()]);
    let room = usize::from(room.max(2));
    let first = (before + 1).saturating_sub(room);
    (first, (before - first) as u16)
}

/// Under the rows: what keeps the song from leaving; on the last line what a pair costs.
fn advice(model: &Model, look: &Look, inner: Rect, buffer: &mut Buffer) {
    let theme = &look.theme;
    let last = inner.bottom().saturating_sub(1);
    let first = row_of(inner, Field::AudioWeight).map_or(last, |row| row + 1);
    let Some(gateway) = model.gateway().filter(|_| first <= last) else { return };
    let order =
        format!("{} Generate {} {} ", look.key(Action::Generate), look.glyphs.dot, gateway.price);
    let finding = model.finding.as_ref();
    let style = if finding.is_some() { theme.dim } else { theme.accent };
    put_right(buffer, (inner.right(), last), inner.width, &order, style);
    let room = Rect {
        x: inner.x + 1,
        y: first.max(last.saturating_sub(2)),
        width: inner.width.saturating_sub(2),
        height: (last - first).min(2),
    };
    if let Some(finding) = finding.filter(|_| room.height > 0) {
        let text = format!("{} {}", look.glyphs.warning, look.fill(&finding.message));
        Paragraph::new(text).style(theme.warning).wrap(Wrap { trim: true }).render(room, buffer);
    }
}
