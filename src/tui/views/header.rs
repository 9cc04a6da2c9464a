//! The top line: which song this is, whether it is safe, what a pair costs.

use ratatui::buffer::Buffer;
use ratatui::style::Modifier;

use super::brush::{fit, put, put_right};
use crate::studio::{Action, Model, Saved};
use crate::tui::Look;

pub(super) fn draw(model: &Model, look: &Look, buffer: &mut Buffer) {
    let area = *buffer.area();
    let (theme, glyphs, y) = (&look.theme, &look.glyphs, area.y);

    let price = model.price();
    let profile = model.profile().map_or("no gateway", |profile| profile.name.as_str());
    // On a narrow screen the title needs the room more than the model does.
    let gateway = if area.width < 90 {
        profile.to_owned()
    } else {
        format!("{profile} {} {}", glyphs.dot, model.model_name())
    };
    let right = format!("{gateway} {} {price}   {} help ", glyphs.dot, look.key(Action::Help));
    let end = put_right(buffer, (area.right(), y), area.width, &right, theme.dim);

    let x = put(buffer, (area.x + 1, y), 9, "Refrain", theme.accent.add_modifier(Modifier::BOLD));
    let (saved, style) = match model.saving.saved() {
        Saved::Yes => ("saved".to_owned(), theme.dim),
        Saved::Soon => (format!("saving{}", glyphs.more), theme.dim),
        Saved::No(_) => (format!("{} NOT SAVED", glyphs.failed), theme.bad),
    };
    let versions = model.queue.versions(model.desk.song);
    let version = match versions {
        0 => "new".to_owned(),
        number => format!("v{number}"),
    };
    let facts = format!("  {} {version} {} ", glyphs.dot, glyphs.dot);
    let taken = facts.chars().count() + saved.chars().count() + 3;
    let room = end.saturating_sub(x + 2).saturating_sub(taken as u16);
    let ink = if model.desk.title.is_empty() {
        theme.dim
    } else {
        theme.base.add_modifier(Modifier::BOLD)
    };
    let x = put(buffer, (x + 2, y), room, &fit(&model.name, room, glyphs.more), ink);
    let x = put(buffer, (x, y), area.width, &facts, theme.faint.patch(theme.dim));
    put(buffer, (x, y), end.saturating_sub(x), &saved, style);
}
