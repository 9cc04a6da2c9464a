//! The wire: the machine as it runs, against sockets that answer as gateways do, badly and not at
//! all.
//!
//! What a fault means for a job is tested without a socket, in `walks.rs` and its neighbours. Here
//! is what only a socket, a clock and a disk can show: bounded time and memory, what is asked for
//! twice and what is not, and where a key goes.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

#[path = "wire/desk.rs"]
mod desk;
#[path = "wire/downloads.rs"]
mod downloads;
#[path = "wire/gateways.rs"]
mod gateways;
#[path = "wire/hostile.rs"]
mod hostile;
#[path = "wire/keys.rs"]
mod keys;
#[path = "wire/server.rs"]
mod server;
#[path = "wire/takes.rs"]
mod takes;
