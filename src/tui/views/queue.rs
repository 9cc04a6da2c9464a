//! The jobs, newest first: what each does, how long it has been at it, how far it is.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::brush::{fit, frame, put, put_right, teach};
use super::time::clock;
use crate::song::{Job, JobState};
use crate::studio::{Action, Model, Pane, Progress, Queue};
use crate::tui::Look;

pub(super) fn draw(model: &Model, look: &Look, buffer: &mut Buffer) {
    let open = model.queue.open_count();
    let title = if open > 0 { format!("Queue {open}") } else { "Queue".to_owned() };
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
    let (state, ink) = state(job, model, look);
    let state = fit(&state, area.width / 2, look.glyphs.more);
    right = put_right(buffer, (right, y), area.width / 2, &state, ink.patch(shade));
    if let JobState::Running { .. } = job.state {
        let wide = (area.width / 4).clamp(4, 10);
        right = right.saturating_sub(wide + 1);
        bar(job, (right, y), wide, model, look, shade, buffer);
    }
    let room = right.saturating_sub(area.x + 4);
    let version = format!(" v{}", job.version);
    let title =
        fit(&job.request.params.title, room.saturating_sub(version.len() as u16), look.glyphs.more);
    let ink = if is_selected { theme.base.add_modifier(Modifier::BOLD) } else { theme.base };
    put(buffer, (area.x + 3, y), room, &(title + &version), ink.patch(shade));
}

/// The mark of a job's state; shape and colour say the same.
pub(super) fn mark(job: &Job, model: &Model, look: &Look) -> (&'static str, Style) {
    let (glyphs, theme) = (&look.glyphs, &look.theme);
    match &job.state {
        JobState::Waiting => (glyphs.waits, theme.dim),
        JobState::Unknown { .. } => (glyphs.unknown, theme.warning),
        JobState::Stalled { .. } => (glyphs.stalled, theme.warning),
        JobState::Sending { .. } | JobState::Running { .. } | JobState::Fetching { .. } => {
            let turn = if model.motion { model.shown.as_millisecond().div_euclid(250) } else { 0 };
            (glyphs.runs[turn.rem_euclid(4) as usize], theme.accent)
        }
        JobState::Done { .. } => (glyphs.done, theme.good),
        JobState::Failed { .. } => (glyphs.failed, theme.bad),
        JobState::Cancelled { .. } => (glyphs.cancelled, theme.dim),
    }
}

fn state(job: &Job, model: &Model, look: &Look) -> (String, Style) {
    let theme = &look.theme;
    let elapsed = Queue::elapsed(job, model.shown).unwrap_or_default();
    match &job.state {
        JobState::Waiting => ("waits".into(), theme.dim),
        JobState::Sending { .. } => ("sending".into(), theme.base),
        JobState::Fetching { .. } => ("fetching the takes".into(), theme.base),
        JobState::Unknown { .. } => ("outcome unknown".into(), theme.warning),
        JobState::Stalled { failure, .. } => (failure.message.clone(), theme.warning),
        JobState::Running { .. } => {
            let gateway = model.gateway_of(job);
            match gateway.and_then(|gateway| model.queue.progress(job, gateway, model.shown)) {
                Some(Progress::Measured(done)) => (format!("{:>3.0} %", done * 100.0), theme.base),
                Some(Progress::Estimated(_)) => {
                    let typical = gateway.map(crate::gateway::Gateway::typical).unwrap_or_default();
                    (format!("{} of ~{}", clock(elapsed), clock(typical)), theme.base)
                }
                _ => (format!("{}, longer than usual", clock(elapsed)), theme.warning),
            }
        }
        JobState::Done { .. } => (format!("{:.1} s", elapsed.as_secs_f32()), theme.dim),
        JobState::Failed { failure, .. } => (failure.message.clone(), theme.bad),
        JobState::Cancelled { .. } => ("cancelled".into(), theme.dim),
    }
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
