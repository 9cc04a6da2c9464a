//! The rules of money: what may be sent, when, and how often, and that nothing paid for is lost.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod stage;

#[path = "money/chance.rs"]
mod chance;
#[path = "money/decisions.rs"]
mod decisions;
#[path = "money/journal.rs"]
mod journal;
#[path = "money/leaving.rs"]
mod leaving;
#[path = "money/restart.rs"]
mod restart;
#[path = "money/sending.rs"]
mod sending;
#[path = "money/watching.rs"]
mod watching;
#[path = "money/world.rs"]
mod world;
