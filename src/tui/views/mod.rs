//! How each part of the screen is drawn. Pure: model in, cells out.

mod brush;
mod footer;
mod header;
pub(super) mod overlay;
mod part;
pub(super) mod player;
mod queue;
pub(super) mod song;
mod standing;
pub(super) mod tabs;
mod takes;
mod time;
mod words;

use ratatui::buffer::Buffer;
use ratatui::layout::{Alignment, Position};
use ratatui::text::Line;
use ratatui::widgets::{Paragraph, Widget, Wrap};

pub(super) use part::Part;

use super::{Areas, Look};
use crate::studio::{Model, Pane};

/// Draws a part of the screen into its buffer.
pub(super) fn draw(part: Part, model: &Model, areas: &Areas, look: &Look, buffer: &mut Buffer) {
    match part {
        Part::Header => header::draw(model, look, buffer),
        Part::Tabs => tabs::draw(model, look, buffer),
        Part::Pane(Pane::Lyrics) => words::draw(model, look, buffer),
        Part::Pane(Pane::Song) => song::draw(model, look, buffer),
        Part::Pane(Pane::Queue) => queue::draw(model, look, buffer),
        Part::Pane(Pane::Takes) => takes::draw(model, areas.selected_cover, look, buffer),
        Part::Player => player::draw(model, areas.cover, look, buffer),
        Part::Footer => footer::draw(model, look, buffer),
        Part::TooSmall => too_small(look, buffer),
    }
}

/// Where the cursor stands, when something is typed into.
pub(super) fn cursor(model: &Model, areas: &Areas) -> Option<Position> {
    match &model.overlay {
        Some(window) => overlay::cursor(window, areas.overlay(window)),
        None => match model.focus {
            Pane::Lyrics => words::cursor(model, areas.pane(Pane::Lyrics)?),
            Pane::Song => song::cursor(model, areas.pane(Pane::Song)?),
            Pane::Queue | Pane::Takes => None,
        },
    }
}

fn too_small(look: &Look, buffer: &mut Buffer) {
    let area = *buffer.area();
    let text = vec![
        Line::styled("Refrain", look.theme.accent),
        Line::styled(
            format!("needs 60x16, this is {}x{}", area.width, area.height),
            look.theme.base,
        ),
        Line::styled("Nothing is lost: make it larger", look.theme.dim),
    ];
    let top = area.height.saturating_sub(3) / 2;
    let middle = ratatui::layout::Rect { y: area.y + top, height: area.height - top, ..area };
    Paragraph::new(text)
        .alignment(Alignment::Center)
        .wrap(Wrap { trim: true })
        .render(middle, buffer);
}
