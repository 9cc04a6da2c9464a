//! Choices and sliders.

use std::cmp::Ordering;

use ratatui::buffer::Buffer;
use ratatui::style::{Modifier, Style};

use super::place::NOT_USED;
use crate::song::{Mode, Vocal};
use crate::studio::{Field, MODES, Model, VOCALS, offers};
use crate::tui::Look;
use crate::tui::views::brush::{fit, put, put_right};

/// Draws a choice: all of a few, or the chosen one of many.
pub(super) fn choice(
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
            radio(&all, 2, (x, y), room, look, buffer);
        }
        Field::Vocal => {
            let name = |vocal| match vocal {
                Vocal::Auto => "auto",
                Vocal::Female => "female",
                Vocal::Male => "male",
                Vocal::None => "none",
            };
            voices(&VOCALS.map(|vocal| (vocal, name(vocal))), (x, y), room, model, look, buffer);
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

/// Who sings. A gateway that lets nobody choose a voice offers what is left; what was chosen for
/// another one stays and is marked.
fn voices(
    all: &[(Vocal, &str)],
    (x, y): (u16, u16),
    room: u16,
    model: &Model,
    look: &Look,
    buffer: &mut Buffer,
) {
    let chosen = model.desk.choices().vocal;
    let knows =
        |vocal| model.gateway().is_none_or(|gateway| offers(gateway, model.desk.mode(), vocal));
    let shown: Vec<_> = all
        .iter()
        .filter(|(vocal, _)| *vocal == chosen || knows(*vocal))
        .map(|(vocal, name)| (*name, *vocal == chosen))
        .collect();
    if shown.len() == all.len() {
        radio(&shown, 2, (x, y), room, look, buffer);
        return;
    }
    // Three choices and a note fill a narrow pane.
    let gap = if shown.len() > 2 { 1 } else { 2 };
    let end = radio(&shown, gap, (x, y), room, look, buffer);
    let left = (x + room).saturating_sub(end);
    let notes: &[&str] =
        if knows(chosen) { &["female and male not used", "voices not used"] } else { &[NOT_USED] };
    if let Some(note) = notes.iter().find(|note| note.len() <= usize::from(left)) {
        put_right(buffer, (x + room, y), left, note, look.theme.dim);
    }
}

/// Draws choices side by side; gives the cell after the last one and its gap.
fn radio(
    all: &[(&str, bool)],
    gap: u16,
    (mut x, y): (u16, u16),
    room: u16,
    look: &Look,
    buffer: &mut Buffer,
) -> u16 {
    let right = x + room;
    for (name, chosen) in all {
        let (mark, style) = if *chosen {
            (look.glyphs.chosen, look.theme.base.add_modifier(Modifier::BOLD))
        } else {
            (look.glyphs.unchosen, look.theme.dim)
        };
        let choice = format!("{mark} {name}");
        x = put(buffer, (x, y), right.saturating_sub(x), &choice, style) + gap;
    }
    x
}

/// Draws a slider with its value after it; without room the value alone.
pub(super) fn slider(
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
            Ordering::Less => (look.glyphs.groove_left, ink),
            Ordering::Equal => (look.glyphs.knob, ink),
            Ordering::Greater => (look.glyphs.groove_right, look.theme.faint),
        };
        put(buffer, (x + cell, y), 1, mark, style);
    }
    put(buffer, (x + groove + 2, y), 4, label, ink);
}
