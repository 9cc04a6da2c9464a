//! The top line: which song this is, whether it is safe, what a pair costs.

use ratatui::buffer::Buffer;
use ratatui::style::Modifier;

use super::brush::{fit, put, put_right};
use crate::studio::wrap::text_cells;
use crate::studio::{Action, Model, Saved};
use crate::tui::Look;

/// Cells of the program's name with its gaps.
const LEFT: usize = 10;
/// The part of the line that the song's name has before the costs do: a fifth.
const NAME: usize = 5;
/// A name longer than this is not worth waiting for.
const LONG: usize = 48;

pub(super) fn draw(model: &Model, look: &Look, buffer: &mut Buffer) {
    let area = *buffer.area();
    let (theme, glyphs, y) = (&look.theme, &look.glyphs, area.y);

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
    let taken = LEFT + text_cells(&facts) + text_cells(&saved) + 3;
    let name = text_cells(&model.name);
    let room = |name: usize| usize::from(area.width).saturating_sub(taken + name);
    let forms = costs(model, look);
    // All of it only beside the whole name; before less is said, a long name gives way.
    let fitting = |(at, form): &(usize, String)| {
        let kept = if *at == 0 { LONG } else { usize::from(area.width) / NAME };
        text_cells(form) <= room(name.min(kept))
    };
    let right = forms.into_iter().enumerate().find(fitting).unwrap_or_default().1;
    let end = put_right(buffer, (area.right(), y), area.width, &right, theme.dim);

    let x = put(buffer, (area.x + 1, y), 9, "Refrain", theme.accent.add_modifier(Modifier::BOLD));
    let room = end.saturating_sub(area.x + taken as u16);
    let ink = if model.desk.title.is_empty() {
        theme.dim
    } else {
        theme.base.add_modifier(Modifier::BOLD)
    };
    let x = put(buffer, (x + 2, y), room, &fit(&model.name, room, glyphs.more), ink);
    let x = put(buffer, (x, y), area.width, &facts, theme.faint.patch(theme.dim));
    put(buffer, (x, y), end.saturating_sub(x), &saved, style);
}

/// What a pair costs where, and what is left, from all that there is to say to the least.
fn costs(model: &Model, look: &Look) -> Vec<String> {
    let dot = look.glyphs.dot;
    let price = model.price();
    let help = format!("   {} help", look.key(Action::Help));
    let Some(profile) = model.profile() else {
        return vec![format!("no gateway{help} "), "no gateway ".to_owned()];
    };
    let name = fit(&profile.name, 16, look.glyphs.more);
    let left = model.balances.get(&profile.name).filter(|_| !profile.offer.is_free());
    let balance = left.map_or(String::new(), |left| format!("   balance {left}"));
    let full = format!("{name} {dot} {} {dot} {price}", model.model_name());
    let short = format!("{name} {dot} {price}");
    vec![
        format!("{full}{balance}{help} "),
        // What is left on an account is said nowhere else; what the model is, the Song pane says.
        format!("{short}{balance}{help} "),
        format!("{short}{balance} "),
        format!("{short} "),
        format!("{price} "),
    ]
}
