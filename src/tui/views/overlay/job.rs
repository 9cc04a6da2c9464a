//! A job's whole story.

use jiff::tz::TimeZone;
use ratatui::buffer::Buffer;
use ratatui::layout::{Margin, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Paragraph, Widget, Wrap};

use crate::song::{JobId, JobState, Vocal};
use crate::studio::{Model, Queue};
use crate::tui::Look;
use crate::tui::views::queue::mark;
use crate::tui::views::time::{clock, when};

pub(super) fn draw(
    id: JobId,
    top: usize,
    inner: Rect,
    model: &Model,
    look: &Look,
    buffer: &mut Buffer,
) {
    let Some(job) = model.queue.get(id) else { return };
    let theme = &look.theme;
    let params = &job.request.params;
    let zone = TimeZone::system();
    let fact = |name: &str, value: String| {
        Line::from(vec![
            Span::styled(format!("{name:<12}"), theme.dim),
            Span::styled(value, theme.base),
        ])
    };
    let (sign, style) = mark(job, model, look);
    let mut lines = vec![
        Line::from(vec![
            Span::styled(format!("{sign} {}", job.state.word()), style),
            Span::styled(format!("  {} v{}", params.title, job.version), theme.base),
        ]),
        Line::default(),
        fact("Asked", when(job.created, model.now, &zone)),
    ];
    if let Some(elapsed) = Queue::elapsed(job, model.now) {
        lines.push(fact("Took", format!("{:.1} s", elapsed.as_secs_f32())));
    }
    if let JobState::Failed { failure, .. } = &job.state {
        lines.push(fact("Why", failure.message.clone()));
        lines.push(fact("What to do", look.fill(&failure.advice)));
    }
    lines.push(fact("Gateway", format!("{} {} {}", params.profile, look.glyphs.dot, params.model)));
    lines.push(fact("Style", params.style.clone()));
    if !params.avoid.is_empty() {
        lines.push(fact("Avoid", params.avoid.clone()));
    }
    let vocal = match params.vocal {
        Vocal::Auto => "auto",
        Vocal::Female => "female",
        Vocal::Male => "male",
        Vocal::None => "none (instrumental)",
    };
    lines.push(fact("Vocal", vocal.to_owned()));
    let weights = [params.style_weight, params.weirdness, params.audio_weight];
    let [style, weirdness, audio] = weights.map(|weight| weight.to_string());
    lines.push(fact("Weights", format!("style {style}, weirdness {weirdness}, audio {audio}")));
    lines.push(fact("Seed", job.request.seed.to_string()));
    for take in model.takes.of(id) {
        let name = format!("Take {}", take.id.label);
        lines.push(fact(&name, format!("{}  {}", clock(take.duration), take.audio.display())));
    }
    lines.push(Line::default());
    lines.extend(job.request.text.lines().map(|line| Line::styled(line.to_owned(), theme.dim)));
    let top = u16::try_from(top.min(lines.len().saturating_sub(1))).unwrap_or(u16::MAX);
    Paragraph::new(lines)
        .wrap(Wrap { trim: false })
        .scroll((top, 0))
        .render(inner.inner(Margin::new(1, 0)), buffer);
}
