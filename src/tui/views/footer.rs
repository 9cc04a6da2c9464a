//! The bottom line: what just happened, and what can be pressed here.
//!
//! What happened is never cut while there is room: what is too long for the line begins on the
//! foot of the player bar above it, which comes back when the user goes on.

use ratatui::buffer::Buffer;

use super::brush::{fit, put, put_right};
use crate::song::{Job, JobState};
use crate::studio::wrap::{rows, text_cells};
use crate::studio::{Action, Model, Overlay, Pane};
use crate::tui::Look;

/// A key's action and the word for what it does here.
type Hint = (Action, &'static str);

pub(super) fn draw(model: &Model, look: &Look, buffer: &mut Buffer) {
    let area = *buffer.area();
    let y = area.y;
    let (_, style) = look.tone(model.notice.tone);
    let (_, text) = said(model, look, area.width);
    // What happened comes first; hints take what is left, the least important go first.
    let room = area.width.saturating_sub(text_cells(&text) as u16 + 4);
    let mut hints = String::new();
    for (action, word) in hints_for(model) {
        let Some(key) = look.key_here(action, model) else { continue };
        let gap = if hints.is_empty() { "" } else { "   " };
        let hint = format!("{gap}{key} {word}");
        if text_cells(&hints) + text_cells(&hint) > usize::from(room) {
            break;
        }
        hints.push_str(&hint);
    }
    let end =
        put_right(buffer, (area.right().saturating_sub(1), y), area.width, &hints, look.theme.dim);
    let room = end.saturating_sub(area.x + 2);
    put(buffer, (area.x + 1, y), room, &fit(&text, room, look.glyphs.more), style);
}

/// Draws what has no room in the bottom line, on the last line of the part above it; whether
/// there is any.
pub(super) fn draw_above(model: &Model, look: &Look, buffer: &mut Buffer) -> bool {
    let area = *buffer.area();
    let (above, _) = said(model, look, area.width);
    let Some(above) = above else { return false };
    let y = area.bottom().saturating_sub(1);
    let (_, style) = look.tone(model.notice.tone);
    put(buffer, (area.x + 1, y), area.width.saturating_sub(2), &above, style);
    true
}

/// What happened: what stands above the bottom line, if it is too long for it, and what stands in
/// it.
fn said(model: &Model, look: &Look, width: u16) -> (Option<String>, String) {
    let (mark, _) = look.tone(model.notice.tone);
    let said = look.fill(&model.notice.text);
    let text = if mark.is_empty() { said } else { format!("{mark} {said}") };
    let room = usize::from(width.saturating_sub(3));
    if text_cells(&text) <= room {
        return (None, text);
    }
    let broken = rows(&text, room);
    let end = broken.first().map_or(0, |row| row.end);
    let (above, below) = text.split_at(end);
    (Some(above.trim_end().to_owned()), below.to_owned())
}

fn hints_for(model: &Model) -> Vec<Hint> {
    use Action::{Dismiss, JobDetail, WriteStory};
    match &model.overlay {
        Some(Overlay::Pick(_)) => vec![(Action::Choose, "choose"), (Dismiss, "close")],
        Some(Overlay::Unsaved(_)) => {
            vec![(Dismiss, "back to the song"), (Action::QuitAnyway, "quit anyway")]
        }
        Some(Overlay::Take(_)) => vec![
            (Dismiss, "close"),
            (Action::Choose, "play from here"),
            (Action::Note, "note"),
            (Action::Pick, "star"),
        ],
        Some(Overlay::Ask(_)) => vec![(Action::Choose, "keep"), (Dismiss, "leave")],
        Some(Overlay::Help(_)) => vec![(Dismiss, "close")],
        Some(Overlay::Job(_)) => {
            let choices = model.job_at_hand().map(|job| choices(job, model)).unwrap_or_default();
            let others = choices.into_iter().filter(|(action, _)| *action != JobDetail);
            let first = std::iter::once((Dismiss, "close"));
            first.chain(others).chain([(WriteStory, "to a file")]).collect()
        }
        None => in_pane(model),
    }
}

fn in_pane(model: &Model) -> Vec<Hint> {
    let hints: &[Hint] = match model.focus {
        Pane::Lyrics => &[
            (Action::Generate, "generate"),
            (Action::PlayPause, "play"),
            (Action::NextPane, "next pane"),
            (Action::Palette, "find an action"),
            (Action::Help, "help"),
        ],
        Pane::Song if model.desk.field.is_text() => &[
            (Action::Generate, "generate"),
            (Action::FieldDown, "next field"),
            (Action::NextPane, "next pane"),
            (Action::Palette, "find an action"),
        ],
        Pane::Song => &[
            (Action::Less, "less"),
            (Action::More, "more"),
            (Action::FieldDown, "next field"),
            (Action::Generate, "generate"),
        ],
        Pane::Queue => match model.queue.selected() {
            Some(job) => return choices(job, model),
            None => &[(Action::Generate, "generate"), (Action::NextPane, "next pane")],
        },
        Pane::Takes => &[
            (Action::PlayTake, "play"),
            (Action::SwitchTake, "the other"),
            (Action::Pick, "star"),
            (Action::Note, "note"),
            (Action::TakeInfo, "all about it"),
            (Action::Blind, "blind"),
            (Action::LoopStart, "loop from"),
            (Action::LoopEnd, "loop to"),
            (Action::Rewind, "5 s back"),
            (Action::Forward, "5 s on"),
        ],
    };
    hints.to_vec()
}

/// What can be done about the selected job, the choices that it waits for first.
fn choices(job: &Job, model: &Model) -> Vec<Hint> {
    use Action::{CancelJob, CheckBalance, JobDetail, RetryJob};
    let has_balance = model.gateway_of(job).is_some_and(|offer| offer.dialect.tells_balance());
    let all: &[Hint] = match &job.state {
        JobState::Unknown { .. } if job.idempotency_key.is_some() => &[
            (CheckBalance, "balance"),
            (RetryJob, "send again"),
            (CancelJob, "forget"),
            (JobDetail, "details"),
        ],
        JobState::Unknown { .. } => &[
            (CheckBalance, "balance"),
            (RetryJob, "pay again"),
            (CancelJob, "forget"),
            (JobDetail, "details"),
        ],
        JobState::Stalled { .. } => {
            &[(RetryJob, "resume"), (CancelJob, "let go"), (JobDetail, "details")]
        }
        JobState::Running { .. } if job.receipt.task.is_none() => {
            &[(JobDetail, "details"), (CancelJob, "cancel")]
        }
        JobState::Running { .. } | JobState::Fetching { .. } => {
            &[(JobDetail, "details"), (CancelJob, "let go"), (RetryJob, "ask now")]
        }
        JobState::Waiting => &[(JobDetail, "details"), (CancelJob, "cancel")],
        JobState::Sending { .. } | JobState::Done { .. } => {
            &[(JobDetail, "details"), (CheckBalance, "balance")]
        }
        JobState::Cancelled { .. } if job.receipt.task.is_some() => {
            &[(RetryJob, "take up again"), (JobDetail, "details"), (CheckBalance, "balance")]
        }
        JobState::Failed { .. } | JobState::Cancelled { .. } => {
            &[(JobDetail, "details"), (RetryJob, "again"), (CheckBalance, "balance")]
        }
    };
    let is_possible = |hint: &&Hint| hint.0 != CheckBalance || has_balance;
    all.iter().filter(is_possible).copied().collect()
}
