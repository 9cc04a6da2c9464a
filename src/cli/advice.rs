//! What to do about a job, for somebody who has no keys to press.
//!
//! The studio's own words name keys as `{action-name}`; here commands stand in their place.

use crate::song::{Failure, FailureClass, Job, JobState};

/// What went wrong with a job, with advice that holds on a command line.
pub(super) fn failure_of(job: &Job) -> Option<Failure> {
    let failure = job.state.failure()?;
    let advice = match (&job.state, failure.class) {
        (JobState::Unknown { .. }, _) if job.idempotency_key.is_some() => {
            "In the studio's queue it can be sent again with its key, so that it is paid once, or \
             forgotten"
                .to_owned()
        }
        (JobState::Unknown { .. }, _) => "It is not sent again by itself, for it may be paid \
             already: look at the gateway's own site. In the studio's queue it can be sent anew, \
             which pays again, or forgotten"
            .to_owned(),
        // Nobody waits here any more.
        (JobState::Failed { .. }, FailureClass::Busy) => {
            "Nothing was charged. Check the network and the base_url of the profile, or wait, then \
             generate again"
                .to_owned()
        }
        (JobState::Stalled { .. }, FailureClass::Busy) => {
            "It is not lost: refrain resume watches it again, which costs nothing".to_owned()
        }
        (JobState::Stalled { .. }, _) => {
            let advice = fill(&failure.advice, "refrain resume");
            if advice.contains("refrain resume") {
                advice
            } else {
                format!("{advice}. After that, refrain resume watches it again")
            }
        }
        _ => fill(&failure.advice, "refrain generate"),
    };
    Some(Failure { advice, ..failure.clone() })
}

/// What can be done about a job that needs somebody or something; empty for one that is over.
pub(super) fn what_to_do(job: &Job) -> String {
    match &job.state {
        JobState::Done { .. } | JobState::Cancelled { .. } => String::new(),
        state if !state.is_at_rest() => "The studio or refrain resume follows it".to_owned(),
        _ => failure_of(job).map(|failure| failure.advice).unwrap_or_default(),
    }
}

/// The studio's words, with what helps here where a key is named: `again` for trying again.
pub(super) fn fill(text: &str, again: &str) -> String {
    let text = text.replace("{retry-job} on the job", "{retry-job}");
    let (mut filled, mut rest) = (String::with_capacity(text.len()), text.as_str());
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        if let Some(after) = after.strip_prefix('{') {
            // A brace of the user's.
            filled.push('{');
            rest = after;
            continue;
        }
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        filled.push_str(match name {
            "retry-job" => again,
            "generate" => "refrain generate",
            // The words that are there say which of the two is not.
            "switch-mode" if text.starts_with("Describe") => "--lyrics FILE",
            "switch-mode" => "--describe TEXT",
            other => other,
        });
        rest = after;
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::song::{Draft, JobId, Request, SongId};

    fn job(state: JobState) -> Job {
        let request = Request::freeze(&Draft::new(SongId(1)), 0);
        Job { state, ..Job::new(JobId(1), SongId(1), 1, "apixo", request, Timestamp::UNIX_EPOCH) }
    }

    #[test]
    fn commands_stand_where_keys_were() {
        let told = |text| fill(text, "refrain resume");
        assert_eq!(
            told("Ask its support; {retry-job} on the job asks the gateway again"),
            "Ask its support; refrain resume asks the gateway again"
        );
        assert_eq!(
            told("or describe the song ({switch-mode})"),
            "or describe the song (--describe TEXT)"
        );
        assert_eq!(told("Describe it, or {switch-mode}"), "Describe it, or --lyrics FILE");
        assert_eq!(told("{{x} is {{ odd}"), "{x} is { odd}");
        assert_eq!(told("cut {retry"), "cut retry");
    }

    #[test]
    fn advice_never_names_a_key_or_promises_what_nobody_does() {
        let at = Timestamp::UNIX_EPOCH;
        let since = at;
        let keys = "Wait: it is sent again by itself; {retry-job} on the job, {cancel-job}";
        for class in FailureClass::ALL {
            let failure = Failure::new(class, "why", keys);
            for state in [
                JobState::Failed { at, failure: failure.clone() },
                JobState::Stalled { since, at, failure: failure.clone() },
                JobState::Unknown { since, at, failure: failure.clone() },
            ] {
                let is_waiting = class == FailureClass::Busy;
                let told = failure_of(&job(state)).unwrap();
                assert_eq!((told.class, told.message.as_str()), (class, "why"));
                assert!(!told.advice.contains('{'), "{}", told.advice);
                assert!(!is_waiting || !told.advice.contains("Wait:"), "{}", told.advice);
            }
        }
        assert_eq!(what_to_do(&job(JobState::Cancelled { at })), "");
        assert!(what_to_do(&job(JobState::Waiting)).contains("refrain resume"));
    }
}
