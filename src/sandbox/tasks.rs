//! A task, its stages and its end. Knows no dialect and waits for nothing.

use jiff::Timestamp;

use super::Dialect;
use super::account::Amount;
use super::order::Order;

/// How far a task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    /// Accepted.
    Queued,
    /// The words are there, no take is.
    Working,
    /// The first take is there.
    First,
    /// All takes are there.
    Done,
    /// There will be none.
    Failed,
}

impl Stage {
    pub(super) fn is_end(self) -> bool {
        matches!(self, Self::Done | Self::Failed)
    }

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Working => "working",
            Self::First => "first",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }
}

/// How a task will end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// With takes.
    Done,
    /// Without.
    Fails(Failure),
    /// Not at all.
    NeverEnds,
}

/// Why a task failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Failure {
    pub(super) code: String,
    pub(super) message: String,
}

/// A task.
#[derive(Clone, Debug)]
pub(super) struct Task {
    /// Counted from 1 since the start or the last reset.
    pub(super) number: u64,
    /// Never used twice, not even after a reset; starts chance for its takes.
    pub(super) serial: u64,
    pub(super) id: String,
    pub(super) dialect: Dialect,
    pub(super) order: Order,
    pub(super) stage: Stage,
    pub(super) fate: Fate,
    pub(super) failure: Option<Failure>,
    /// How many takes it brings.
    pub(super) takes: usize,
    /// How long the takes play, in seconds, as far as they are there.
    pub(super) durations: Vec<f64>,
    pub(super) created: Timestamp,
    pub(super) updated: Timestamp,
    pub(super) completed: Option<Timestamp>,
    pub(super) charged: Amount,
    pub(super) refunded: Amount,
    pub(super) polls: u64,
}

impl Task {
    /// The stage after the present one.
    pub(super) fn next_stage(&self) -> Stage {
        match (self.stage, &self.fate) {
            (Stage::Queued, _) => Stage::Working,
            (Stage::Working, Fate::Fails(_)) => Stage::Failed,
            (Stage::Working, Fate::Done) if self.takes > 1 => Stage::First,
            (Stage::Working | Stage::First, Fate::Done) => Stage::Done,
            (stage, _) => stage,
        }
    }

    /// How many takes are there at a stage.
    pub(super) fn takes_at(&self, stage: Stage) -> usize {
        match stage {
            Stage::First => self.takes.min(1),
            Stage::Done => self.takes,
            Stage::Queued | Stage::Working | Stage::Failed => 0,
        }
    }

    /// Moves to a stage; returns what is to be paid back. Backwards it never goes.
    pub(super) fn reach(&mut self, stage: Stage, now: Timestamp) -> Option<Amount> {
        if stage <= self.stage || self.stage.is_end() {
            return None;
        }
        self.stage = stage;
        self.updated = now;
        if stage.is_end() {
            self.completed = Some(now);
        }
        if stage != Stage::Failed {
            return None;
        }
        if let Fate::Fails(failure) = &self.fate {
            self.failure = Some(failure.clone());
        }
        self.refunded = self.charged;
        Some(self.refunded)
    }
}
