//! The jobs, newest first: what each does, how long it has been at it, how far it is.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::brush::{fit, frame, put, put_right, teach};
use super::standing::{fitting, mark, words};
use crate::song::{Job, JobState};
use crate::studio::wrap::text_cells;
use crate::studio::{Action, Model, Pane, Progress};
use crate::tui::Look;

/// Cells of a title that are shown before anything else.
const TITLE: u16 = 24;

pub(super) fn draw(model: &Model, look: &Look, buffer: &mut Buffer) {
    let title = title("Queue", model);
    let inner = frame(Pane::Queue, &title, model, look, buffer);
    if model.queue.is_empty() {
        let price = model.price();
        let name = model.profile().map_or("", |profile| profile.name.as_str());
        let first = format!("{} sends the song and brings", look.key(Action::Generate));
        let cost =
            fit(&format!("On {name}: {price}."), inner.width.saturating_sub(2), look.glyphs.more);
        let dim = look.theme.dim;
        teach(&[(&first, dim), ("two takes of it.", dim), (&cost, dim)], inner, buffer);
        return;
    }
    let list = &model.queue.list;
    let rows = model.queue.rows().enumerate().skip(list.top);
    for (y, (index, job)) in (inner.y..inner.bottom()).zip(rows) {
        let is_selected = index == list.selected && model.focus == Pane::Queue;
        row(job, is_selected, Rect { y, height: 1, ..inner }, model, look, buffer);
    }
}

fn row(job: &Job, is_selected: bool, area: Rect, model: &Model, look: &Look, buffer: &mut Buffer) {
    let (theme, y) = (&look.theme, area.y);
    if is_selected {
        buffer.set_style(area, theme.selected);
        put(buffer, (area.x, y), 1, look.glyphs.pointer, theme.accent);
    }
    let shade = if is_selected { theme.selected } else { Style::new() };
    let (mark, style) = mark(job, model, look);
    put(buffer, (area.x + 1, y), 1, mark, style.patch(shade));
    let mut right = area.right().saturating_sub(1);
    let version = format!(" v{}", job.version);
    let title = &job.request.params.title;
    let (forms, ink) = words(job, model, look);
    // Titles that are told apart by their first words leave the rest to what happens.
    let whole = text_cells(title) + version.len();
    let kept = (whole as u16).min((area.width / 2).saturating_sub(4)).min(TITLE);
    let wide = if has_bar(job, model) { (area.width / 4).clamp(4, 10) + 1 } else { 0 };
    let room = area.width.saturating_sub(kept + wide + 6);
    let state = fit(&fitting(forms, room), room.max(area.width / 2), look.glyphs.more);
    right = put_right(buffer, (right, y), area.width, &state, ink.patch(shade));
    if wide > 0 {
        right = right.saturating_sub(wide);
        bar(job, (right, y), wide - 1, model, look, shade, buffer);
    }
    let room = right.saturating_sub(area.x + 4);
    let title = fit(title, room.saturating_sub(version.len() as u16), look.glyphs.more);
    let ink = if is_selected { theme.base.add_modifier(Modifier::BOLD) } else { theme.base };
    put(buffer, (area.x + 3, y), room, &(title + &version), ink.patch(shade));
}

/// The name with the number of open jobs, and of those that wait for the user.
pub(super) fn title(name: &str, model: &Model) -> String {
    let open = model.queue.open_count();
    let needy = model.queue.open().filter(|job| model.needs_user(job)).count();
    match (open, needy) {
        (0, _) => name.to_owned(),
        (_, 0) => format!("{name} {open}"),
        // The mark of an unknown outcome, in every set of marks.
        _ => format!("{name} {open} ?{needy}"),
    }
}

/// While asking fails, when it is tried again says more than a bar.
fn has_bar(job: &Job, model: &Model) -> bool {
    let is_asked = model.watch.turn(job.id).is_none_or(|turn| turn.trouble.is_none());
    matches!(job.state, JobState::Running { .. }) && is_asked
}

/// An estimate never reaches the end by itself.
fn bar(
    job: &Job,
    (x, y): (u16, u16),
    wide: u16,
    model: &Model,
    look: &Look,
    shade: Style,
    buffer: &mut Buffer,
) {
    let gateway = model.gateway_of(job);
    let part = match gateway.and_then(|gateway| model.queue.progress(job, gateway, model.shown)) {
        Some(Progress::Measured(part) | Progress::Estimated(part)) => part,
        Some(Progress::Overdue) => 0.95,
        None => 0.0,
    };
    let full = (part * f32::from(wide)).floor() as u16;
    for cell in 0..wide {
        let (mark, style) = if cell < full {
            (look.glyphs.full, look.theme.accent)
        } else {
            (look.glyphs.rest, look.theme.faint)
        };
        put(buffer, (x + cell, y), 1, mark, style.patch(shade));
    }
}
