//! The recordings: pairs kept together, newest first.

use jiff::tz::TimeZone;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::brush::{fit, frame, put, put_right, teach};
use super::player::{known, picture, state_mark};
use super::standing::shelf;
use super::time::when;
use crate::song::{Job, JobId, Take};
use crate::studio::wrap::text_cells;
use crate::studio::{Action, Model, Pane, Row};
use crate::tui::Look;

pub(super) fn draw(model: &Model, cover: Option<Rect>, look: &Look, buffer: &mut Buffer) {
    let count = model.takes.all().len();
    let title = if count > 0 { format!("Takes {count}") } else { "Takes".to_owned() };
    let inner = frame(Pane::Takes, &title, model, look, buffer);
    let room = cover.map_or(inner.right(), |cover| cover.x.saturating_sub(1));
    let inner = Rect { width: room.saturating_sub(inner.x), ..inner };
    if model.takes.rows().is_empty() {
        let dim = look.theme.dim;
        let play = format!("{} plays them.", look.key(Action::PlayPause));
        teach(&[("The two takes of each song will stand here,", dim), (&play, dim)], inner, buffer);
        return;
    }
    let list = &model.takes.list;
    let zone = TimeZone::system();
    let rows = model.takes.rows().iter().enumerate().skip(list.top);
    for (y, (index, row)) in (inner.y..inner.bottom()).zip(rows) {
        let area = Rect { y, height: 1, ..inner };
        match row {
            Row::Heading(job) => heading(*job, area, model, look, &zone, buffer),
            Row::Take(at) => {
                let is_selected = index == list.selected;
                if let Some(of) = model.takes.row_take(*at) {
                    take(of, is_selected, area, model, look, buffer);
                }
            }
        }
    }
}

fn heading(
    job: JobId,
    area: Rect,
    model: &Model,
    look: &Look,
    zone: &TimeZone,
    buffer: &mut Buffer,
) {
    let Some(take) = model.takes.listed_of(job).next() else { return };
    let theme = &look.theme;
    let y = area.y;
    let made = when(take.created, model.now, zone);
    let right = area.right().saturating_sub(1);
    let mut end = put_right(buffer, (right, y), area.width / 2, &made, theme.dim);
    let title = format!("{} v{}", take.title, take.version);
    // The song's name comes first; what it cost and where it is take what is left.
    let name = (text_cells(&title) as u16).min(area.width / 2);
    let facts = model.queue.get(job).map(|job| facts(job, model, look)).unwrap_or_default();
    for (text, style) in facts {
        let wide = text_cells(&text) as u16 + 3;
        if area.x + 3 + name + wide > end {
            break;
        }
        end = put_right(buffer, (end.saturating_sub(3), y), wide, &text, style);
    }
    let room = end.saturating_sub(area.x + 2);
    let style = theme.base.add_modifier(Modifier::BOLD);
    put(buffer, (area.x + 1, y), room, &fit(&title, room, look.glyphs.more), style);
}

/// Where the takes of a job are, what they cost and what made them, the most important first.
fn facts(job: &Job, model: &Model, look: &Look) -> Vec<(String, Style)> {
    let dim = look.theme.dim;
    // Beside what nobody paid for there is nothing to say.
    if job.receipt.task.is_none() {
        return Vec::new();
    }
    let cost = match job.receipt.credits_used {
        Some(credits) => Some(format!("{credits} credits")),
        None => {
            model.gateway_of(job).map(|offer| offer.price(&job.request.params.model).to_owned())
        }
    };
    let model_name = job.request.params.model.clone();
    let mut facts: Vec<_> = shelf(job, model, look).into_iter().collect();
    facts.extend(cost.map(|cost| (cost, dim)));
    facts.push((model_name, dim));
    facts
}

/// What hides the name of a pair hides all that differs, so both rows look the same.
fn hidden(take: &Take, area: Rect, model: &Model, look: &Look, buffer: &mut Buffer) {
    let theme = &look.theme;
    let is_selected = model.takes.selected().is_some_and(|other| other.job() == take.job());
    let shade =
        if is_selected && model.focus == Pane::Takes { theme.selected } else { Style::new() };
    buffer.set_style(area, shade);
    let name = format!("{} {}", look.glyphs.unchosen, model.alias(take.id));
    let ink = theme.accent.add_modifier(Modifier::BOLD).patch(shade);
    let x = put(buffer, (area.x + 3, area.y), 4, &name, ink) + 3;
    let text = format!("its name is hidden; {} shows it", look.key(Action::Blind));
    let room = area.right().saturating_sub(x + 1);
    let text = fit(&text, room, look.glyphs.more);
    put(buffer, (x, area.y), room, &text, theme.dim.patch(shade));
}

fn take(
    take: &Take,
    is_selected: bool,
    area: Rect,
    model: &Model,
    look: &Look,
    buffer: &mut Buffer,
) {
    if model.is_hidden(take.id) {
        return hidden(take, area, model, look, buffer);
    }
    let (theme, y) = (&look.theme, area.y);
    let mut shade = Style::new();
    if is_selected && model.focus == Pane::Takes {
        shade = theme.selected;
        buffer.set_style(area, shade);
        put(buffer, (area.x, y), 1, look.glyphs.pointer, theme.accent);
    }
    let (mark, hue) = look.label(take.id.label);
    if model.playing() == Some(take.id) {
        put(buffer, (area.x + 1, y), 1, state_mark(model, look), theme.base.patch(shade));
    }
    let name = format!("{mark} {}", take.id.label);
    let ink = hue.add_modifier(Modifier::BOLD).patch(shade);
    let mut x = put(buffer, (area.x + 3, y), 4, &name, ink) + 1;
    if take.remarks.star {
        put(buffer, (x, y), 1, look.glyphs.star, hue.patch(shade));
    }
    x += 1;
    let length = Some(take.duration).filter(|length| !length.is_zero());
    let length = format!("{:>5}", known(length));
    x = put(buffer, (x, y), 8, &length, theme.base.patch(shade)) + 2;
    let mut end = area.right().saturating_sub(1);
    for (text, style) in about(take, model, look) {
        let wide = text_cells(&text) as u16;
        // The waveform keeps a dozen cells.
        if end.saturating_sub(wide + 14) < x {
            continue;
        }
        end = put_right(buffer, (end, y), wide, &text, style.patch(shade)).saturating_sub(2);
    }
    let room = end.saturating_sub(x).min(100);
    let peaks = match model.listening.growing.get(&take.id) {
        Some((_, peaks)) => peaks,
        None => &take.peaks,
    };
    for (cell, level) in picture(peaks, room).enumerate() {
        put(buffer, (x + cell as u16, y), 1, look.glyphs.levels[level], hue.patch(shade));
    }
}

/// What there is to say of a take, the most important first.
fn about(take: &Take, model: &Model, look: &Look) -> Vec<(String, Style)> {
    let dim = look.theme.dim;
    let mut about = Vec::new();
    if model.takes.is_arriving(take.id) {
        let grown = model.listening.growing.get(&take.id);
        let part = grown.filter(|_| !take.duration.is_zero()).map(|(ready, _)| {
            (ready.as_secs_f32() / take.duration.as_secs_f32() * 100.0).min(99.0)
        });
        let text = match part {
            Some(part) => format!("arriving {part:.0} %"),
            None => format!("arriving{}", look.glyphs.more),
        };
        about.push((text, look.theme.warning));
    }
    if let Some(loudness) = take.loudness {
        about.push((format!("{:>10}", loudness.to_string()), dim));
    }
    match take.remarks.notes.len() {
        0 => {}
        1 => about.push(("1 note".to_owned(), look.theme.tag)),
        notes => about.push((format!("{notes} notes"), look.theme.tag)),
    }
    about.push((fit(&take.made_by, 16, look.glyphs.more), dim));
    about
}
