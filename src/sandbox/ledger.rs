//! What happened: for tests that ask what was sent, how often, and what it cost. No keys in it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use super::Dialect;
use super::account::Amount;

/// How many creates and callbacks are kept; the oldest go first.
const KEPT: usize = 10_000;

/// One create that came in.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Create {
    pub(super) dialect: Dialect,
    pub(super) at: Timestamp,
    /// The task's id; the earlier one's for a repeat.
    pub(super) task: Option<String>,
    /// The task's number, as rules name it.
    pub(super) number: Option<u64>,
    pub(super) charged: Amount,
    pub(super) idempotency_key: Option<String>,
    /// Whether it was answered from an earlier create with the same key.
    pub(super) repeated: bool,
    /// The body without its key; a string if it was no JSON.
    pub(super) body: Value,
    /// The status of the answer; none if there was no answer.
    pub(super) status: Option<u16>,
    /// Whether the caller was told the outcome.
    pub(super) answered: bool,
    /// The fault that struck.
    pub(super) fault: Option<&'static str>,
}

/// The downloads of one file.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Downloads {
    requests: u64,
    /// What was to be sent; a fault may have cut it.
    bytes: u64,
    /// The `Range` of each request that had one.
    ranges: Vec<String>,
}

/// One attempt at a callback.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Call {
    pub(super) task: String,
    pub(super) url: String,
    pub(super) stage: &'static str,
    /// From 1.
    pub(super) attempt: u32,
    /// What the receiver answered; none if it did not.
    pub(super) status: Option<u16>,
}

/// Everything that happened since the start or the last reset.
#[derive(Debug, Default, Serialize)]
pub(super) struct Ledger {
    pub(super) creates: Vec<Create>,
    /// By task.
    pub(super) polls: BTreeMap<String, u64>,
    /// By path.
    pub(super) downloads: BTreeMap<String, Downloads>,
    pub(super) callbacks: Vec<Call>,
    /// Requests for a balance, by dialect.
    pub(super) balances: BTreeMap<Dialect, u64>,
}

impl Ledger {
    pub(super) fn create(&mut self, create: Create) {
        push(&mut self.creates, create);
    }

    pub(super) fn poll(&mut self, task: &str) {
        count(&mut self.polls, task);
    }

    pub(super) fn balance(&mut self, dialect: Dialect) {
        *self.balances.entry(dialect).or_default() += 1;
    }

    pub(super) fn call(&mut self, call: Call) {
        push(&mut self.callbacks, call);
    }

    pub(super) fn download(&mut self, path: &str, range: Option<String>, bytes: u64) {
        if self.downloads.len() >= KEPT && !self.downloads.contains_key(path) {
            self.downloads.pop_first();
        }
        let downloads = self.downloads.entry(path.to_owned()).or_default();
        downloads.requests += 1;
        downloads.bytes += bytes;
        downloads.ranges.extend(range);
        if downloads.ranges.len() > KEPT {
            downloads.ranges.remove(0);
        }
    }
}

fn push<T>(list: &mut Vec<T>, one: T) {
    if list.len() >= KEPT {
        list.remove(0);
    }
    list.push(one);
}

fn count(counts: &mut BTreeMap<String, u64>, name: &str) {
    if counts.len() >= KEPT && !counts.contains_key(name) {
        counts.pop_first();
    }
    *counts.entry(name.to_owned()).or_default() += 1;
}
