//! A job's whole story.

use jiff::tz::TimeZone;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::song::{JobId, JobState, Vocal};
use crate::studio::{Model, Queue, wrap};
use crate::tui::Look;
use crate::tui::views::brush::put;
use crate::tui::views::queue::mark;
use crate::tui::views::time::{clock, when};

/// Cells of the names of facts.
const NAME: usize = 12;

/// A row as it stands on screen.
struct Row {
    name: &'static str,
    text: String,
    style: Style,
}

pub(super) fn draw(
    id: JobId,
    top: usize,
    inner: Rect,
    model: &Model,
    look: &Look,
    buffer: &mut Buffer,
) {
    let rows = rows(id, usize::from(inner.width.saturating_sub(2)), model, look);
    let top = top.min(rows.len().saturating_sub(usize::from(inner.height)));
    for (y, row) in (inner.y..inner.bottom()).zip(rows.iter().skip(top)) {
        let (x, room) = (inner.x + 1, inner.width.saturating_sub(2));
        put(buffer, (x, y), room, row.name, look.theme.dim);
        let indent = if row.style == look.theme.base { NAME as u16 } else { 0 };
        put(buffer, (x + indent, y), room.saturating_sub(indent), &row.text, row.style);
    }
}

/// The story, wrapped to `width` cells.
fn rows(id: JobId, width: usize, model: &Model, look: &Look) -> Vec<Row> {
    let Some(job) = model.queue.get(id) else { return Vec::new() };
    let theme = &look.theme;
    let params = &job.request.params;
    let zone = TimeZone::system();
    let (sign, style) = mark(job, model, look);
    let mut rows = Vec::new();
    let head = format!("{sign} {}  {} v{}", job.state.word(), params.title, job.version);
    rows.push(Row { name: "", text: head, style });
    rows.push(Row { name: "", text: String::new(), style });
    let mut fact = |name: &'static str, value: String| {
        if value.is_empty() {
            return;
        }
        for (number, row) in wrap::rows(&value, width.saturating_sub(NAME)).into_iter().enumerate()
        {
            let name = if number == 0 { name } else { "" };
            rows.push(Row { name, text: value[row].to_owned(), style: theme.base });
        }
    };
    fact("Asked", when(job.created, model.now, &zone));
    if let Some(elapsed) = Queue::elapsed(job, model.shown) {
        fact("Took", format!("{:.1} s", elapsed.as_secs_f32()));
    }
    if let JobState::Failed { failure, .. } = &job.state {
        fact("Why", failure.message.clone());
        fact("What to do", look.fill(&failure.advice));
    }
    fact("Gateway", format!("{} {} {}", params.profile, look.glyphs.dot, params.model));
    fact("Style", params.style.clone());
    fact("Avoid", params.avoid.clone());
    let vocal = match params.vocal {
        Vocal::Auto => "auto",
        Vocal::Female => "female",
        Vocal::Male => "male",
        Vocal::None => "none (instrumental)",
    };
    fact("Vocal", vocal.to_owned());
    let weights = [params.style_weight, params.weirdness, params.audio_weight];
    let [style_weight, weirdness, audio] = weights.map(|weight| weight.to_string());
    fact("Weights", format!("style {style_weight}, weirdness {weirdness}, audio {audio}"));
    fact("Seed", job.request.seed.to_string());
    for take in model.takes.of(id) {
        let length = clock(take.duration);
        fact("Take", format!("{}  {length}  {}", take.id.label, take.audio.display()));
    }
    rows.push(Row { name: "", text: String::new(), style: theme.dim });
    for line in job.request.text.lines() {
        for row in wrap::rows(line, width) {
            rows.push(Row { name: "", text: line[row].to_owned(), style: theme.dim });
        }
    }
    rows
}
