//! A job's whole story: what is known of it, and every request and answer.
//!
//! The window on a job and the file for a refund claim tell the same facts from here. No key is in
//! them: requests were written down without it.

use std::borrow::Cow;
use std::fmt::Write as _;

use jiff::Timestamp;

use super::{Exchange, Job, JobState, Params, Purpose, Take, Vocal, clock};

/// Deeper than this a line is not broken.
const DEEPEST: usize = 12;

/// What is said about one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// Words.
    Text(String),
    /// A moment.
    Moment(Timestamp),
}

/// What is known of a job, by name, in the order to be told in. What is not known is left out.
pub fn facts(job: &Job) -> Vec<(&'static str, Said)> {
    let mut facts = Vec::new();
    let mut text = |name, value: &str| {
        if !value.is_empty() {
            facts.push((name, Said::Text(value.to_owned())));
        }
    };
    let (receipt, params) = (&job.receipt, &job.request.params);
    if let Some(failure) = job.state.failure() {
        text("Why", &failure.message);
        text("Code", failure.code.as_deref().unwrap_or_default());
    }
    let credits = |value: Option<f64>| value.map_or(String::new(), |value| value.to_string());
    text("Gateway", &job.gateway);
    text("Profile", &params.profile);
    text("Model", &params.model);
    text("Made by", receipt.model.as_deref().filter(|m| *m != params.model).unwrap_or_default());
    text("Task", receipt.task.as_deref().unwrap_or_default());
    text("Request ids", &receipt.request_ids.join(", "));
    text("Order key", job.idempotency_key.as_deref().unwrap_or_default());
    text("Credits used", &credits(receipt.credits_used));
    text("Credits left", &credits(receipt.credits_left));
    text("Came back", &credits(receipt.credits_refunded));
    let mut moment = |name, at: Option<Timestamp>| {
        facts.extend(at.map(|at| (name, Said::Moment(at))));
    };
    moment("Asked", Some(job.created));
    let is_sent = receipt.task.is_some()
        || matches!(job.state, JobState::Sending { .. } | JobState::Unknown { .. });
    moment(if is_sent { "Sent" } else { "Begun" }, job.state.since());
    moment("Accepted", receipt.created);
    moment("Finished", receipt.completed);
    moment(ending(&job.state), job.state.ended());
    facts
}

/// What was asked for, by name.
pub fn wishes(params: &Params) -> Vec<(&'static str, String)> {
    let vocal = match params.vocal {
        Vocal::Auto => "auto",
        Vocal::Female => "female",
        Vocal::Male => "male",
        Vocal::None => "none (instrumental)",
    };
    let weights = format!(
        "style {}, weirdness {}, audio {}",
        params.style_weight, params.weirdness, params.audio_weight
    );
    let all = [
        ("Style", params.style.clone()),
        ("Avoid", params.avoid.clone()),
        ("Vocal", vocal.to_owned()),
        ("Persona", params.persona.clone()),
        ("Weights", weights),
    ];
    all.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

/// The story as a text of its own, for a claim at the gateway: the facts, the takes with their
/// files, and every request and answer whole. Times are UTC.
///
/// Advice is left out: it speaks of keys of the studio, and a gateway's support has no use for it.
pub fn story(job: &Job, exchanges: &[Exchange], takes: &[Take]) -> String {
    let mut told = String::new();
    // Writing to a String has no way to fail.
    let mut line = |name: &str, value: &str| {
        let _ = writeln!(told, "{name:<13} {value}");
    };
    line("Refrain", &format!("the story of job {}; times are UTC", job.id));
    line("Song", &format!("{}, version {}", job.request.params.title, job.version));
    line("State", job.state.word());
    for (name, said) in facts(job) {
        match said {
            Said::Text(value) => line(name, &value),
            Said::Moment(at) => line(name, &utc(at)),
        }
    }
    for (name, value) in wishes(&job.request.params) {
        line(name, &value);
    }
    for track in &job.receipt.tracks {
        line("Recording", &track.audio);
    }
    for take in takes {
        let length = clock(take.duration);
        line("Take", &format!("{}  {length}  {}", take.id.label, take.audio.display()));
    }
    let _ = writeln!(told, "\n---- what was asked for\n\n{}", job.request.text.trim_end());
    if exchanges.is_empty() {
        told.push_str("\n---- nothing was sent\n");
    }
    for (number, exchange) in (1..).zip(exchanges) {
        let at = utc(exchange.at);
        let _ = writeln!(told, "\n---- {number}: {at}  {}\n", outline(exchange));
        let (head, body) = parts(&exchange.request);
        let _ = writeln!(told, "{head}");
        if !body.is_empty() {
            let _ = writeln!(told, "\n{}", laid_out(body));
        }
        let _ = writeln!(told, "\nanswer:\n\n{}", laid_out(&exchange.answer));
    }
    told
}

/// A request and its answer in one line, without the moment.
pub fn outline(exchange: &Exchange) -> String {
    let purpose = match exchange.purpose {
        Purpose::Create => "order",
        Purpose::Poll => "question",
        Purpose::Audio => "recording",
        Purpose::Cover => "cover",
        Purpose::Callback => "callback",
    };
    let status = match (exchange.status, exchange.purpose) {
        (Some(status), _) => format!("status {status}"),
        (None, Purpose::Callback) => "came in".to_owned(),
        (None, _) => "no answer".to_owned(),
    };
    let again = match exchange.repeated {
        0 => String::new(),
        times => format!(", the same {times} times more"),
    };
    format!("{purpose}: {status} after {} ms{again}", exchange.milliseconds)
}

/// A request as it was written down: its line with the headers, and its body.
pub fn parts(request: &str) -> (&str, &str) {
    request.split_once("\n\n").unwrap_or((request, ""))
}

/// A text that is JSON with a line for each value, any other text as it stands.
///
/// Nothing is changed but the space between values: order, numbers and repeated names stay as they
/// were sent, and a text that was cut is laid out as far as it goes.
pub fn laid_out(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if !text.starts_with(['{', '[']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() * 2);
    let (mut depth, mut is_quoted, mut is_escaped) = (0_usize, false, false);
    let mut rest = text.chars().peekable();
    let next_line = |out: &mut String, depth: usize| {
        if depth <= DEEPEST {
            out.push('\n');
            out.extend(std::iter::repeat_n("  ", depth));
        }
    };
    while let Some(c) = rest.next() {
        if is_quoted {
            out.push(c);
            is_quoted = is_escaped || c != '"';
            is_escaped = c == '\\' && !is_escaped;
            continue;
        }
        match c {
            c if c.is_whitespace() => {}
            '"' => {
                is_quoted = true;
                out.push(c);
            }
            '{' | '[' => {
                out.push(c);
                while rest.next_if(|c| c.is_whitespace()).is_some() {}
                if let Some(close) = rest.next_if(|c| matches!(c, '}' | ']')) {
                    out.push(close);
                } else {
                    depth += 1;
                    next_line(&mut out, depth);
                }
            }
            '}' | ']' => {
                next_line(&mut out, depth.saturating_sub(1));
                depth = depth.saturating_sub(1);
                out.push(c);
            }
            ',' => {
                out.push(c);
                next_line(&mut out, depth);
            }
            ':' => out.push_str(": "),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

fn utc(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S").to_string()
}

fn ending(state: &JobState) -> &'static str {
    match state {
        JobState::Done { .. } => "Done",
        JobState::Stalled { .. } => "Watched till",
        JobState::Unknown { .. } => "Answer lost",
        JobState::Failed { .. } => "Failed",
        _ => "Let go",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::song::{Failure, FailureClass, JobId, Request, SongId};

    #[test]
    fn json_has_a_line_for_each_value_and_stays_what_it_was() {
        let laid = laid_out(r#"{"b":1.0e5,"a":[{"x":"y, {\" z"},[] ],"a":{ }} "#);
        assert_eq!(
            laid,
            "{\n  \"b\": 1.0e5,\n  \"a\": [\n    {\n      \"x\": \"y, {\\\" z\"\n    },\n    []\n  ],\n  \"a\": {}\n}"
        );
        assert_eq!(laid_out(r#"{"a":"cut h"#), "{\n  \"a\": \"cut h");
        assert_eq!(laid_out("<html>{}"), "<html>{}");
        let deep = "[".repeat(60_000);
        assert!(laid_out(&deep).len() < 70_000, "depth costs nothing");
    }

    #[test]
    fn a_claim_has_all_that_a_gateway_asks_for() {
        let at: Timestamp = "2026-11-21T12:00:00Z".parse().unwrap();
        let request = Request { text: "la la".into(), params: Params::default(), seed: 1 };
        let mut job = Job::new(JobId(12), SongId(1), 2, "apixo", request, at);
        job.receipt.task = Some("t-77".into());
        job.receipt.request_ids = vec!["r-1".into()];
        job.receipt.credits_used = Some(12.0);
        let failure = Failure::new(FailureClass::Task, "It broke", "{retry-job} again");
        job.state = JobState::Failed { at, failure };
        let exchange = Exchange {
            at,
            purpose: Purpose::Create,
            request: "POST https://x/y\na: b\n\n{\"prompt\":\"la\"}".into(),
            status: Some(500),
            answer: "{\"error\":1}".into(),
            milliseconds: 1200,
            repeated: 2,
        };
        let told = story(&job, &[exchange], &[]);
        for part in [
            "job 12",
            "t-77",
            "r-1",
            "Credits used  12\n",
            "Failed        2026-11-21 12:00:00",
            "It broke",
            "1: 2026-11-21 12:00:00  order: status 500 after 1200 ms, the same 2 times more",
            "a: b\n\n{\n  \"prompt\": \"la\"\n}",
            "answer:\n\n{\n  \"error\": 1\n}",
        ] {
            assert!(told.contains(part), "no {part:?} in\n{told}");
        }
        assert!(!told.contains("retry-job"));
        assert!(story(&job, &[], &[]).contains("nothing was sent"));
    }
}
