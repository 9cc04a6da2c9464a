//! What is told of each request and answer: without keys, and the same answer once.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use jiff::Timestamp;
use secrecy::SecretString;

use crate::gateway::{Answer, Call, TransportError, redacted};
use crate::song::{Exchange, JobId, Purpose, clean_text};

/// Of an answer longer than this only the beginning is told.
const LONGEST: usize = 64 * 1024;

/// The last answer to the same question, for each job.
#[derive(Default)]
pub(super) struct Stories(Mutex<HashMap<JobId, Last>>);

struct Last {
    /// Of status and answer.
    hash: u64,
    /// The latest of the same; untold while it repeats.
    again: Option<Exchange>,
}

impl Stories {
    /// What is to be told of a question about a job: nothing while the answer stays the same,
    /// then the last of those, with their number, and the new one.
    pub(super) fn asked(&self, id: JobId, exchange: Exchange) -> Vec<Exchange> {
        let mut hasher = DefaultHasher::new();
        (exchange.status, &exchange.answer).hash(&mut hasher);
        let hash = hasher.finish();
        let mut stories = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match stories.get_mut(&id) {
            Some(last) if last.hash == hash => {
                let repeated = last.again.as_ref().map_or(0, |again| again.repeated + 1);
                last.again = Some(Exchange { repeated, ..exchange });
                Vec::new()
            }
            last => {
                let again = last.and_then(|last| last.again.take());
                stories.insert(id, Last { hash, again: None });
                again.into_iter().chain([exchange]).collect()
            }
        }
    }

    /// Nothing more will be asked about a job; gives what is still to be told.
    pub(super) fn forget(&self, id: JobId) -> Option<Exchange> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&id)?.again
    }
}

/// A call that has just left.
pub(super) struct Begun {
    at: Timestamp,
    since: Instant,
    request: String,
}

impl Begun {
    pub(super) fn new(call: &Call) -> Self {
        Self { at: Timestamp::now(), since: Instant::now(), request: call.to_string() }
    }

    /// What came of it.
    pub(super) fn ended(
        self,
        purpose: Purpose,
        result: &Result<Answer, TransportError>,
        key: &SecretString,
    ) -> Exchange {
        let (status, answer) = match result {
            Ok(answer) => {
                let cut = &answer.body[..answer.body.len().min(LONGEST)];
                let text = clean_text(&String::from_utf8_lossy(cut));
                let more = if cut.len() < answer.body.len() { "…" } else { "" };
                (Some(answer.status), text + more)
            }
            Err(error) => (None, error.to_string()),
        };
        Exchange {
            at: self.at,
            purpose,
            request: redacted(&self.request, key),
            status,
            answer: redacted(&answer, key),
            milliseconds: self.since.elapsed().as_millis() as u64,
            repeated: 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exchange(answer: &str) -> Exchange {
        Exchange {
            at: Timestamp::UNIX_EPOCH,
            purpose: Purpose::Poll,
            request: "GET".into(),
            status: Some(200),
            answer: answer.into(),
            milliseconds: 1,
            repeated: 0,
        }
    }

    #[test]
    fn the_same_answer_is_told_once_and_counted() {
        let stories = Stories::default();
        let told = |answer: &str| stories.asked(JobId(1), exchange(answer));
        assert_eq!(told("pending"), [exchange("pending")]);
        for _ in 0..3 {
            assert!(told("pending").is_empty());
        }
        let last = Exchange { repeated: 2, ..exchange("pending") };
        assert_eq!(told("done"), [last, exchange("done")]);
        assert!(told("done").is_empty());
        assert_eq!(stories.forget(JobId(1)), Some(exchange("done")), "the last is told");
        assert_eq!(told("done"), [exchange("done")]);
    }
}
