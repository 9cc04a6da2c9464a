//! The bottom line: what just happened, and what can be pressed here.

use ratatui::buffer::Buffer;

use super::brush::{fit, put, put_right};
use crate::studio::{Action, Model, Overlay, Pane};
use crate::tui::Look;

pub(super) fn draw(model: &Model, look: &Look, buffer: &mut Buffer) {
    let area = *buffer.area();
    let y = area.y;
    let (mark, style) = look.tone(model.notice.tone);
    let said = look.fill(&model.notice.text);
    let text = if mark.is_empty() { said } else { format!("{mark} {said}") };
    // What happened comes first; hints take what is left, the least important go first.
    let wanted = crate::studio::wrap::text_cells(&text) as u16;
    let room = area.width.saturating_sub(wanted + 4);
    let mut hints = String::new();
    for (action, word) in hints_for(model) {
        let keys = look.keymap.keys(*action);
        let Some(key) = keys.first() else { continue };
        let gap = if hints.is_empty() { "" } else { "   " };
        let hint = format!("{gap}{} {word}", key.label(look.glyphs.unicode));
        if crate::studio::wrap::text_cells(&hints) + crate::studio::wrap::text_cells(&hint)
            > usize::from(room)
        {
            break;
        }
        hints.push_str(&hint);
    }
    let end =
        put_right(buffer, (area.right().saturating_sub(1), y), area.width, &hints, look.theme.dim);
    let room = end.saturating_sub(area.x + 2);
    put(buffer, (area.x + 1, y), room, &fit(&text, room, look.glyphs.more), style);
}

fn hints_for(model: &Model) -> &'static [(Action, &'static str)] {
    match &model.overlay {
        Some(Overlay::Pick(_)) => &[(Action::Choose, "choose"), (Action::Dismiss, "close")],
        Some(Overlay::Unsaved(_)) => {
            &[(Action::Dismiss, "back to the song"), (Action::QuitAnyway, "quit anyway")]
        }
        Some(_) => &[(Action::Dismiss, "close")],
        None => match model.focus {
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
            Pane::Queue => &[
                (Action::JobDetail, "details"),
                (Action::CancelJob, "cancel"),
                (Action::RetryJob, "again"),
                (Action::NextPane, "next pane"),
            ],
            Pane::Takes => &[
                (Action::PlayTake, "play"),
                (Action::Rewind, "5 s back"),
                (Action::Forward, "5 s on"),
                (Action::NextTake, "next take"),
                (Action::VolumeUp, "volume"),
            ],
        },
    }
}
