//! The sandbox over real sockets, held to the gateways' documents field by field.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

#[path = "sandbox/callbacks.rs"]
mod callbacks;
#[path = "sandbox/documents.rs"]
mod documents;
#[path = "sandbox/faults.rs"]
mod faults;
#[path = "sandbox/files.rs"]
mod files;
#[path = "sandbox/money.rs"]
mod money;
#[path = "sandbox/orders.rs"]
mod orders;
#[path = "sandbox/program.rs"]
mod program;
#[path = "sandbox/refusals.rs"]
mod refusals;
#[path = "sandbox/shape.rs"]
mod shape;
#[path = "sandbox/stage.rs"]
mod stage;
