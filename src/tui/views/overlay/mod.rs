//! Windows on top of the panes.

mod ask;
mod help;
mod job;
mod take;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;
use ratatui::text::Line;
use ratatui::widgets::{Block, Clear, Paragraph, Widget, Wrap};

use super::brush::{fit, put, put_right};
use crate::studio::{Action, Choice, Model, Overlay, Picker, wrap};
use crate::tui::Look;
use crate::tui::areas::inside;

/// Draws the window on top.
pub(in crate::tui) fn draw(overlay: &Overlay, model: &Model, look: &Look, buffer: &mut Buffer) {
    match overlay {
        Overlay::Help(list) => {
            let inner = window("Keys", look, buffer);
            help::draw(list.top, inner, look, buffer);
        }
        Overlay::Pick(picker) => {
            let inner = window(picker.title, look, buffer);
            pick(picker, inner, look, buffer);
        }
        Overlay::Job(detail) => {
            let inner = window(&format!("Job {}", detail.job), look, buffer);
            job::draw(detail, inner, model, look, buffer);
        }
        Overlay::Take(detail) => {
            let inner = window(&take::title(detail, model), look, buffer);
            take::draw(detail, inner, model, look, buffer);
        }
        Overlay::Ask(asked) => {
            let inner = window(&ask::title(asked.question), look, buffer);
            ask::draw(asked, inner, look, buffer);
        }
        Overlay::Unsaved(why) => {
            let inner = window("Your words are not saved", look, buffer);
            unsaved(why, inner, look, buffer);
        }
    }
}

/// Where the cursor stands in a window that is typed into.
pub(in crate::tui) fn cursor(overlay: &Overlay, frame: Rect) -> Option<Position> {
    let inner = inside(frame);
    let picker = match overlay {
        Overlay::Pick(picker) => picker,
        Overlay::Ask(asked) => return ask::cursor(asked, inner),
        _ => return None,
    };
    let typed = wrap::text_cells(picker.query.lines().first()?) as u16;
    Some(Position::new((inner.x + 3 + typed).min(inner.right().checked_sub(1)?), inner.y))
}

fn window(title: &str, look: &Look, buffer: &mut Buffer) -> Rect {
    let area = *buffer.area();
    let style = look.theme.accent;
    let block = Block::bordered()
        .border_set(look.glyphs.frame)
        .border_style(style)
        .title(Line::styled(format!(" {title} "), style.add_modifier(Modifier::BOLD)));
    let inner = block.inner(area);
    block.render(area, buffer);
    inner
}

fn pick(picker: &Picker, inner: Rect, look: &Look, buffer: &mut Buffer) {
    let theme = &look.theme;
    let query = picker.query.lines().first().map(String::as_str).unwrap_or_default();
    let x = put(buffer, (inner.x + 1, inner.y), 2, look.glyphs.after, theme.accent) + 1;
    put(buffer, (x, inner.y), inner.right().saturating_sub(x), query, theme.base);
    if picker.matches.is_empty() {
        put(buffer, (inner.x + 3, inner.y + 2), inner.width, "Nothing matches", theme.dim);
    }
    let rows = picker.matches.iter().enumerate().skip(picker.list.top);
    for (y, (row, index)) in (inner.y + 2..inner.bottom()).zip(rows) {
        let Some(item) = picker.items.get(*index) else { continue };
        let area = Rect { y, height: 1, ..inner };
        let mut style = theme.base;
        if row == picker.list.selected {
            style = style.patch(theme.selected).add_modifier(Modifier::BOLD);
            buffer.set_style(area, theme.selected);
            put(buffer, (inner.x, y), 1, look.glyphs.pointer, theme.accent);
        }
        let key = match item.choice {
            Choice::Act(action) => {
                look.keymap.keys(action).first().map(|key| key.label(look.glyphs.unicode))
            }
            Choice::Song(_) | Choice::Output(_) => None,
        };
        let ink =
            if row == picker.list.selected { theme.dim.patch(theme.selected) } else { theme.dim };
        let end = put_right(buffer, (inner.right() - 1, y), 20, &key.unwrap_or_default(), ink);
        let room = end.saturating_sub(inner.x + 4);
        put(buffer, (inner.x + 3, y), room, &fit(&item.label, room, look.glyphs.more), style);
    }
}

fn unsaved(why: &str, inner: Rect, look: &Look, buffer: &mut Buffer) {
    let theme = &look.theme;
    let lines = vec![
        Line::styled(look.fill(why), theme.bad),
        Line::default(),
        Line::styled("s       write the words to a file of their own and stay", theme.base),
        Line::styled(
            format!("{:<7} back to the song; saving is tried again", look.key(Action::Dismiss)),
            theme.base,
        ),
        Line::styled(
            format!("{:<7} quit; what is not saved is lost", look.key(Action::QuitAnyway)),
            theme.base,
        ),
    ];
    Clear.render(inner, buffer);
    buffer.set_style(inner, theme.base);
    let area = inner.inner(ratatui::layout::Margin::new(2, 1));
    Paragraph::new(lines).wrap(Wrap { trim: false }).render(area, buffer);
}
