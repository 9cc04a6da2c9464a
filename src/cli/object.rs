//! What scripts read of a job. Keys stay in this order; what is absent is null.

use serde::Serialize;

use super::advice;
use crate::song::{Failure, FailureClass, Job, JobId, Take};

/// The shape, for the help.
pub(super) const SHAPE: &str = r#"With --json:
  {"job", "gateway", "task", "state", "takes": [{"id", "label", "audio", "cover",
  "duration_s"}], "credits_used", "error": {"class", "code", "message", "advice"}}
What is absent is null. "state" is waiting, sending, running, fetching, stalled,
unknown, done, failed or cancelled, or "refused" where no job was made. "class" is
invalid, auth, funds, moderation, busy, unknown, task, gone or storage."#;

/// A job.
#[derive(Debug, Serialize)]
pub(super) struct Object {
    pub(super) job: Option<JobId>,
    pub(super) gateway: Option<String>,
    pub(super) task: Option<String>,
    pub(super) state: &'static str,
    pub(super) takes: Vec<TakeObject>,
    pub(super) credits_used: Option<f64>,
    pub(super) error: Option<ErrorObject>,
}

/// A recording on disk.
#[derive(Debug, Serialize)]
pub(super) struct TakeObject {
    pub(super) id: String,
    pub(super) label: char,
    pub(super) audio: String,
    pub(super) cover: Option<String>,
    pub(super) duration_s: f64,
}

/// Why there is less than was asked for.
#[derive(Debug, Serialize)]
pub(super) struct ErrorObject {
    pub(super) class: FailureClass,
    pub(super) code: Option<String>,
    pub(super) message: String,
    pub(super) advice: String,
}

impl Object {
    /// A job as it stands, with its takes.
    pub(super) fn of<'a>(job: &Job, takes: impl Iterator<Item = &'a Take>) -> Self {
        Self {
            job: Some(job.id),
            gateway: Some(job.gateway.clone()),
            task: job.receipt.task.clone(),
            state: job.state.word(),
            takes: takes.map(TakeObject::from).collect(),
            credits_used: job.receipt.credits_used,
            error: advice::failure_of(job).map(ErrorObject::from),
        }
    }

    /// No job was made.
    pub(super) fn refused(gateway: Option<String>, failure: Failure) -> Self {
        Self {
            job: None,
            gateway,
            task: None,
            state: "refused",
            takes: Vec::new(),
            credits_used: None,
            error: Some(failure.into()),
        }
    }
}

impl From<&Take> for TakeObject {
    fn from(take: &Take) -> Self {
        Self {
            id: take.id.to_string(),
            label: take.id.label.letter(),
            // JSON is text: a path that is none is told as nearly as it can be.
            audio: take.audio.to_string_lossy().into_owned(),
            cover: take.cover.as_ref().map(|cover| cover.to_string_lossy().into_owned()),
            duration_s: take.duration.as_secs_f64(),
        }
    }
}

impl From<Failure> for ErrorObject {
    fn from(Failure { class, message, advice, code }: Failure) -> Self {
        Self { class, code, message, advice }
    }
}
