//! What a dialect has to say: from a body to an order, and from what happened to a body. No
//! socket, no clock, no state.

use serde_json::Value;

use super::account::Amount;
use super::order::{Order, Refusal};
use super::tasks::{Stage, Task};

/// A task as one answer tells it.
pub(super) struct View<'a> {
    pub(super) task: &'a Task,
    pub(super) takes: Vec<TakeView>,
    /// A state to tell in place of the real one.
    pub(super) word: Option<&'static str>,
    /// Whether the takes are to be told in a form that cannot be read.
    pub(super) is_broken: bool,
}

impl View<'_> {
    pub(super) fn stage(&self) -> Stage {
        self.task.stage
    }
}

/// A take in an answer.
pub(super) struct TakeView {
    /// Its place, from 0.
    pub(super) index: usize,
    /// Where it can be had; none before it is there.
    pub(super) links: Option<Links>,
}

/// Where a take can be had.
pub(super) struct Links {
    pub(super) audio: String,
    pub(super) image: String,
    /// In seconds.
    pub(super) duration: f64,
}

/// What is asked of a dialect.
pub(super) trait Wire: Sync {
    /// A task's id.
    fn id(&self, serial: u64) -> String;

    /// Understands a request.
    fn order(&self, body: &Value) -> Result<Order, Refusal>;

    /// Tells why there is no task, or no answer. `request` is the request's own id.
    fn refusal(&self, refusal: &Refusal, request: &str) -> Value;

    /// Tells that there is a task; `left` is what is left on the account.
    fn accepted(&self, task: &Task, left: Amount, request: &str) -> Value;

    /// Tells how a task is.
    fn status(&self, view: &View<'_>, request: &str) -> Value;

    /// Tells what is left; none where the gateway has no such route.
    fn balance(&self, _left: Amount, _request: &str) -> Option<Value> {
        None
    }

    /// Where in a create's body the key is; none where it is in the header.
    fn key_field(&self) -> Option<&'static str> {
        None
    }

    /// Whether a poll needs the key.
    fn guards_polls(&self) -> bool {
        true
    }

    /// Whether creates can carry an `Idempotency-Key`.
    fn is_idempotent(&self) -> bool {
        false
    }

    /// The stages at which a callback is made.
    fn calls_back_at(&self) -> &'static [Stage] {
        &[Stage::Done, Stage::Failed]
    }
}
