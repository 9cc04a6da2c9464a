//! Where a job stands, in a mark and a few words: the queue and the window on a job say the same.

use jiff::Timestamp;
use ratatui::style::Style;

use super::time::left;
use crate::song::{Failure, Job, JobState, Label, clock};
use crate::studio::{Model, Progress, Queue, Shelf};
use crate::tui::Look;

/// The mark of a job's state; shape and colour say the same.
pub(super) fn mark(job: &Job, model: &Model, look: &Look) -> (&'static str, Style) {
    let (glyphs, theme) = (&look.glyphs, &look.theme);
    match &job.state {
        JobState::Waiting if model.way_of(job).is_none() => (glyphs.warning, theme.warning),
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

/// The words for a job's state, from all that there is to say to the least, and their style.
pub(super) fn words(job: &Job, model: &Model, look: &Look) -> (Vec<String>, Style) {
    let (theme, dot) = (&look.theme, look.glyphs.dot);
    let elapsed = clock(Queue::elapsed(job, model.shown).unwrap_or_default());
    let trouble = trouble(job, model);
    match &job.state {
        JobState::Waiting if model.way_of(job).is_none() => {
            let profile = &job.request.params.profile;
            (vec![format!("profile {profile} is gone"), "no profile".into()], theme.warning)
        }
        JobState::Waiting => match trouble {
            Some((what, Some(again))) => (
                vec![
                    format!("{what} {dot} {again}"),
                    format!("not taken yet {dot} {again}"),
                    again,
                ],
                theme.warning,
            ),
            _ => (vec!["waits".into()], theme.dim),
        },
        JobState::Sending { .. } => match trouble {
            Some((_, Some(again))) => {
                (vec![format!("no answer {dot} {again}"), again], theme.warning)
            }
            _ => (vec![format!("sending {elapsed}")], theme.base),
        },
        JobState::Running { .. } => match trouble {
            Some((what, again)) => {
                let again = again.unwrap_or_else(|| format!("asking{}", look.glyphs.more));
                let forms = vec![
                    format!("{elapsed} {dot} {what} {dot} {again}"),
                    format!("{elapsed} {dot} no answer {dot} {again}"),
                    format!("no answer {dot} {again}"),
                    again,
                ];
                (forms, theme.warning)
            }
            None => at_work(job, elapsed, model, look),
        },
        JobState::Fetching { .. } => {
            let (long, short) = fetched(job, model, look);
            match trouble {
                Some((what, Some(again))) => (
                    vec![
                        format!("{long} {dot} {what} {dot} {again}"),
                        format!("{short} {dot} {again}"),
                        again,
                    ],
                    theme.warning,
                ),
                _ => (with_shelf(vec![long, short], job, model, look), theme.base),
            }
        }
        JobState::Unknown { .. } => {
            (vec!["outcome unknown".into(), "unknown".into()], theme.warning)
        }
        JobState::Stalled { failure, .. } => {
            let resumes = format!("{} resumes", look.key(crate::studio::Action::RetryJob));
            let why = reason(failure);
            let forms = vec![
                format!("{why} {dot} not watched any more {dot} {resumes}"),
                format!("{why} {dot} {resumes}"),
                resumes,
            ];
            (with_shelf(forms, job, model, look), theme.warning)
        }
        JobState::Done { .. } => (vec![took(job, model)], theme.dim),
        JobState::Failed { failure, .. } => {
            (vec![reason(failure), failure.class.words().to_owned()], theme.bad)
        }
        JobState::Cancelled { .. } => {
            let word = if job.receipt.task.is_some() { "let go" } else { "cancelled" };
            (with_shelf(vec![word.into()], job, model, look), theme.dim)
        }
    }
}

/// The longest of `forms` that has at most `room` cells, or the shortest.
pub(super) fn fitting(forms: Vec<String>, room: u16) -> String {
    let fits = |form: &String| crate::studio::wrap::text_cells(form) <= usize::from(room);
    let best = forms.iter().position(fits).unwrap_or(forms.len().saturating_sub(1));
    forms.into_iter().nth(best).unwrap_or_default()
}

/// The class of a failure, with the gateway's code where it is short enough to be one.
fn reason(failure: &Failure) -> String {
    let words = failure.class.words();
    match failure.code.as_deref().filter(|code| code.chars().count() <= 24) {
        Some(code) => format!("{words} ({code})"),
        None => words.to_owned(),
    }
}

/// How long a job took or has been at it, to the tenth where it is quick.
pub(super) fn took(job: &Job, model: &Model) -> String {
    let elapsed = Queue::elapsed(job, model.shown).unwrap_or_default();
    if elapsed.as_secs() < 60 && matches!(job.state, JobState::Done { .. }) {
        format!("{:.1} s", elapsed.as_secs_f32())
    } else {
        clock(elapsed)
    }
}

/// Where the takes are, and how long.
pub(super) fn shelf(job: &Job, model: &Model, look: &Look) -> Option<(String, Style)> {
    Some(match model.shelf(job)? {
        Shelf::Disk => (format!("on disk {}", look.glyphs.done), look.theme.good),
        Shelf::Until(end) => {
            let hours = end.duration_since(model.shown).as_hours();
            let style = if hours < 48 { look.theme.warning } else { look.theme.dim };
            let text = match hours {
                ..0 => "expired".to_owned(),
                0..48 => format!("expires in {} h", hours.max(1)),
                hours => format!("expires in {} d", hours / 24),
            };
            (text, style)
        }
    })
}

fn with_shelf(forms: Vec<String>, job: &Job, model: &Model, look: &Look) -> Vec<String> {
    let shelf = shelf(job, model, look).filter(|_| !matches!(model.shelf(job), Some(Shelf::Disk)));
    let Some((shelf, _)) = shelf else { return forms };
    let dot = look.glyphs.dot;
    let longer = forms.iter().map(|form| format!("{form} {dot} {shelf}"));
    // The first that has both; then what is said without it.
    longer.chain(forms.iter().cloned()).collect()
}

fn at_work(job: &Job, elapsed: String, model: &Model, look: &Look) -> (Vec<String>, Style) {
    let theme = &look.theme;
    let gateway = model.gateway_of(job);
    match gateway.and_then(|gateway| model.queue.progress(job, gateway, model.shown)) {
        Some(Progress::Measured(done)) => (vec![format!("{:>3.0} %", done * 100.0)], theme.base),
        Some(Progress::Estimated(_)) => {
            let typical = gateway.map(crate::gateway::Gateway::typical).unwrap_or_default();
            (vec![format!("{elapsed} of ~{}", clock(typical)), elapsed], theme.base)
        }
        None => (vec![elapsed], theme.base),
        Some(Progress::Overdue) => {
            (vec![format!("{elapsed}, longer than usual"), elapsed], theme.warning)
        }
    }
}

/// What goes wrong, and when it is tried again; none while it is tried.
fn trouble(job: &Job, model: &Model) -> Option<(String, Option<String>)> {
    let turn = model.watch.turn(job.id)?;
    let what = turn.trouble.clone()?;
    let again = |due: Timestamp| format!("again in {}", left(model.shown, due));
    Some((what, turn.due.filter(|due| *due > model.shown).map(again)))
}

/// Which takes are on disk, and how many.
fn fetched(job: &Job, model: &Model, look: &Look) -> (String, String) {
    let all = job.receipt.tracks.len();
    let has = |index: usize| model.takes.of(job.id).any(|take| take.id.label == Label::nth(index));
    let kept = (0..all).filter(|index| has(*index)).count();
    let short = format!("{kept} of {all} takes");
    if all > 4 {
        return (format!("fetching {short}"), short);
    }
    let mark = |index: usize| if has(index) { look.glyphs.done } else { look.glyphs.more };
    let takes = (0..all).map(|index| format!(" {} {}", Label::nth(index), mark(index)));
    (format!("fetching{}", takes.collect::<String>()), short)
}
