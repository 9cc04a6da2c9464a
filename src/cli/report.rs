//! The whole story of a job as plain text: what a person reads, and what a gateway's support needs
//! to give money back.

use std::fmt::{Display, Write as _};

use super::advice;
use crate::song::{Exchange, Job, Mode, Purpose, Take, Vocal, clean_line, clean_text, clock};

/// Facts about a job, one a line, under each other.
struct Facts(String);

impl Facts {
    fn fact(&mut self, name: &str, value: impl Display) {
        let value = clean_line(&value.to_string());
        if !value.is_empty() {
            // Writing into a string has no way to fail.
            let _ = writeln!(self.0, "{name:<15} {value}");
        }
    }

    fn maybe(&mut self, name: &str, value: Option<impl Display>) {
        if let Some(value) = value {
            self.fact(name, value);
        }
    }
}

/// All of it.
pub(super) fn of(job: &Job, takes: &[&Take], story: &[Exchange]) -> String {
    let mut text = facts(job, takes);
    if !job.request.text.trim().is_empty() {
        let what = match job.request.params.mode {
            Mode::Lyrics => "lyrics",
            Mode::Describe => "description",
        };
        let _ = write!(text, "\n== The {what}\n\n{}\n", job.request.text.trim_end());
    }
    if story.is_empty() {
        text.push_str("\n== Nothing was asked of a gateway\n");
    }
    for (number, exchange) in story.iter().enumerate() {
        let _ = write!(text, "\n{}", told(number + 1, exchange));
    }
    text.trim_end().to_owned()
}

fn facts(job: &Job, takes: &[&Take]) -> String {
    let (params, receipt) = (&job.request.params, &job.receipt);
    let title = clean_line(&params.title);
    let word = job.state.word();
    let mut facts = Facts(format!("Job {}: {title} v{}, {word}\n\n", job.id, job.version));
    if let Some(failure) = advice::failure_of(job) {
        facts.fact("Why", failure.message);
        facts.maybe("Code", failure.code);
        facts.fact("What to do", failure.advice);
    } else {
        facts.fact("What to do", advice::what_to_do(job));
    }
    facts.fact("Gateway", format!("{} (profile {})", job.gateway, params.profile));
    facts.maybe("Task", receipt.task.as_ref());
    facts.fact("Request ids", receipt.request_ids.join(", "));
    facts.maybe("Key of order", job.idempotency_key.as_ref());
    facts.maybe("Credits used", receipt.credits_used);
    facts.maybe("Credits left", receipt.credits_left);
    facts.maybe("Came back", receipt.credits_refunded);
    facts.fact("Ordered", job.created);
    facts.maybe("Begun", job.state.since());
    facts.maybe("Ended", job.state.ended());
    facts.maybe("There, begun", receipt.created);
    facts.maybe("There, ended", receipt.completed);
    for take in takes {
        let (label, length) = (take.id.label, clock(take.duration));
        facts.fact("Take", format!("{label}  {length}  {}", take.audio.display()));
    }
    let model = receipt.model.as_ref().filter(|model| **model != params.model);
    let model = model.map_or(String::new(), |model| format!(", the gateway says {model}"));
    facts.fact("Model", format!("{}{model}", params.model));
    facts.fact("Style", &params.style);
    facts.fact("Avoid", &params.avoid);
    let vocal = match params.vocal {
        Vocal::Auto => "",
        Vocal::Female => "female",
        Vocal::Male => "male",
        Vocal::None => "none (instrumental)",
    };
    facts.fact("Vocal", vocal);
    facts.fact("Persona", &params.persona);
    let (style, weirdness, audio) = (params.style_weight, params.weirdness, params.audio_weight);
    facts.fact("Weights", format!("style {style}, weirdness {weirdness}, audio {audio}"));
    facts.0
}

/// A request and its answer.
fn told(number: usize, exchange: &Exchange) -> String {
    let what = match exchange.purpose {
        Purpose::Create => "the order",
        Purpose::Poll => "a question",
        Purpose::Audio => "a recording",
        Purpose::Cover => "a cover",
        Purpose::Callback => "a callback",
    };
    let status =
        exchange.status.map_or("no answer".to_owned(), |status| format!("status {status}"));
    let again = match exchange.repeated {
        0 => String::new(),
        times => format!(", and the same answer {times} more times"),
    };
    let (at, took) = (exchange.at, exchange.milliseconds);
    let (request, answer) = (clean_text(&exchange.request), clean_text(&exchange.answer));
    format!(
        "== {number}. {what}, {at}\n\n{request}\n\n-- {status} after {took} ms{again}\n\n{answer}\n"
    )
}
