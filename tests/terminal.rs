//! The slow, honest tests: the real program in a real pseudo-terminal, on a real disk.
//!
//! What can be tested headless is tested headless, in `walks.rs` and its neighbours. Here is what
//! only a terminal, a process and a disk can show: what is taken is given back, what is saved
//! survives, and no signal, size or paste breaks it.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

#[path = "terminal/alone.rs"]
mod alone;
#[path = "terminal/home.rs"]
mod home;
#[cfg(target_os = "linux")]
#[path = "terminal/idle.rs"]
mod idle;
#[path = "terminal/leaving.rs"]
mod leaving;
#[path = "terminal/looks.rs"]
mod looks;
#[path = "terminal/paste.rs"]
mod paste;
#[path = "terminal/refusals.rs"]
mod refusals;
#[path = "terminal/signals.rs"]
mod signals;
#[path = "terminal/sizes.rs"]
mod sizes;
#[path = "terminal/sound.rs"]
mod sound;
#[path = "terminal/studio.rs"]
mod studio;
#[path = "terminal/takes.rs"]
mod takes;
mod wav;
