//! A job's whole story: the rows that are on screen, as the studio has laid them out.

use jiff::tz::TimeZone;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use crate::song::Job;
use crate::studio::{Detail, Line, Model, NAME};
use crate::tui::Look;
use crate::tui::views::brush::{fit, put, put_right};
use crate::tui::views::standing::{fitting, mark, shelf, took, words};
use crate::tui::views::time::moment;

pub(super) fn draw(detail: &Detail, inner: Rect, model: &Model, look: &Look, buffer: &mut Buffer) {
    let Some(job) = model.queue.get(detail.job) else { return };
    let zone = TimeZone::system();
    for (y, line) in (inner.y..inner.bottom()).zip(detail.shown()) {
        let area = Rect { x: inner.x + 1, y, width: inner.width.saturating_sub(2), height: 1 };
        row(line, job, area, (model, look, &zone), buffer);
    }
    let below = detail.len().saturating_sub(detail.list.top + detail.list.height);
    if below > 0 || detail.list.top > 0 {
        let text = if below > 0 { format!(" {below} more below ") } else { " end ".to_owned() };
        // On the frame, where it covers nothing of the story.
        put_right(buffer, (inner.right(), inner.bottom()), inner.width, &text, look.theme.dim);
    }
}

fn row(
    line: &Line,
    job: &Job,
    area: Rect,
    (model, look, zone): (&Model, &Look, &TimeZone),
    buffer: &mut Buffer,
) {
    let (theme, at, room) = (&look.theme, (area.x, area.y), area.width);
    let mut fact = |name: &str, text: &str, style| {
        put(buffer, at, NAME as u16, name, theme.dim);
        let room = room.saturating_sub(NAME as u16);
        // A space may hang over the end of its row.
        let text = fit(text.trim_end(), room, look.glyphs.more);
        put(buffer, (at.0 + NAME as u16, at.1), room, &text, style);
    };
    match line {
        Line::Gap => {}
        Line::Title => {
            let title = format!("{} v{}", job.request.params.title, job.version);
            let title = fit(&title, room, look.glyphs.more);
            put(buffer, at, room, &title, theme.base.add_modifier(Modifier::BOLD));
        }
        Line::State => {
            let (sign, ink) = mark(job, model, look);
            let (forms, style) = words(job, model, look);
            let x = put(buffer, at, 1, sign, ink) + 1;
            let word = job.state.word();
            let x = put(buffer, (x, at.1), room, word, ink.add_modifier(Modifier::BOLD)) + 2;
            let room = area.right().saturating_sub(x);
            let text = fitting(forms, room);
            // One word twice tells nothing.
            let text = text.strip_prefix(word).map_or(text.as_str(), str::trim_start);
            put(buffer, (x, at.1), room, &fit(text, room, look.glyphs.more), style);
        }
        Line::Took => fact("Took", &took(job, model), theme.base),
        Line::Shelf => {
            if let Some((text, style)) = shelf(job, model, look) {
                fact("Takes", &text, style);
            }
        }
        Line::Fact(name, text) => fact(name, text, theme.base),
        Line::Advice(name, text) => fact(name, &look.fill(text), theme.accent),
        Line::Moment(name, then) => fact(name, &moment(*then, model.now, zone), theme.base),
        Line::Heading(text) => {
            put(buffer, at, room, text, theme.tag.add_modifier(Modifier::BOLD));
        }
        Line::Exchange(then, text) => {
            let text = format!("{}  {text}", moment(*then, model.now, zone));
            put(buffer, at, room, &fit(&text, room, look.glyphs.more), theme.accent);
        }
        Line::Text(text) => drop(put(buffer, at, room, text, theme.dim)),
        Line::Answer(text) => drop(put(buffer, at, room, text, theme.base)),
        Line::Reading => {
            let text = format!("reading{}", look.glyphs.more);
            put(buffer, at, room, &text, theme.example);
        }
        Line::Note(text) => drop(put(buffer, at, room, text, theme.example)),
        Line::Left(bytes) => {
            let key = look.key(crate::studio::Action::WriteStory);
            let more = look.glyphs.more;
            let text = format!("{more} {bytes} bytes more; {key} writes all to a file");
            put(buffer, at, room, &text, theme.example);
        }
    }
}
