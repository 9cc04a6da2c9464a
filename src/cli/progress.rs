//! Where a job stands, in words with times.

use std::time::Duration;

use jiff::Timestamp;

use crate::song::{Job, JobState, clean_line, clock};
use crate::studio::{Model, Progress, Queue};

/// How long ago: `12 s`, `5 min`, `3 h`, `2 d`.
pub(super) fn age(then: Timestamp, now: Timestamp) -> String {
    let seconds = now.duration_since(then).as_secs().max(0);
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3600 => format!("{} min", seconds / 60),
        3600..86400 => format!("{} h", seconds / 3600),
        _ => format!("{} d", seconds / 86400),
    }
}

/// What a job does now.
pub(super) fn words(job: &Job, model: &Model) -> String {
    let elapsed = Queue::elapsed(job, model.now).map(clock).unwrap_or_default();
    let what = match &job.state {
        JobState::Waiting => "waits for its turn".to_owned(),
        JobState::Sending { .. } => format!("sending {elapsed}"),
        JobState::Running { .. } => running(job, &elapsed, model),
        JobState::Fetching { .. } => format!("fetching the takes, {elapsed}"),
        JobState::Done { .. } => format!("done in {elapsed}"),
        JobState::Unknown { failure, .. } => format!("outcome unknown: {}", failure.message),
        JobState::Stalled { failure, .. } | JobState::Failed { failure, .. } => {
            format!("{}: {}", job.state.word(), failure.message)
        }
        JobState::Cancelled { .. } => "cancelled".to_owned(),
    };
    clean_line(&match trouble(job, model) {
        Some(trouble) => format!("{what}: {trouble}{}", again(job, model)),
        None => what,
    })
}

fn running(job: &Job, elapsed: &str, model: &Model) -> String {
    let gateway = model.gateway_of(job);
    match gateway.and_then(|gateway| model.queue.progress(job, gateway, model.now)) {
        Some(Progress::Measured(part)) => format!("composing {:>3.0} %", part * 100.0),
        Some(Progress::Estimated(_)) => {
            let typical = gateway.map(crate::gateway::Gateway::typical).unwrap_or_default();
            format!("running {elapsed} of ~{}", clock(typical))
        }
        Some(Progress::Overdue) => format!("running {elapsed}, longer than usual"),
        None => format!("running {elapsed}"),
    }
}

/// What went wrong last, while it does.
pub(super) fn trouble<'a>(job: &Job, model: &'a Model) -> Option<&'a str> {
    model.watch.turn(job.id)?.trouble.as_deref()
}

fn again(job: &Job, model: &Model) -> String {
    let due = model.watch.turn(job.id).and_then(|turn| turn.due);
    let wait = due.map(|due| Duration::try_from(due.duration_since(model.now)));
    match wait {
        Some(wait) => format!("; again in {}", clock(wait.unwrap_or_default())),
        None => "; asking".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_well() {
        assert_eq!(clock(Duration::from_secs(75)), "1:15");
        assert_eq!(clock(Duration::from_secs(3723)), "1:02:03");
        let at = |second| Timestamp::from_second(second).unwrap();
        let ages = [5, 59, 60, 3599, 3600, 86_399, 86_400, -3].map(|ago| age(at(0), at(ago)));
        assert_eq!(ages, ["5 s", "59 s", "1 min", "59 min", "1 h", "23 h", "1 d", "0 s"]);
    }
}
