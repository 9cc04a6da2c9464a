//! Refrain's front door.
#![allow(clippy::print_stderr, reason = "the one fatal error is told here")]

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    refrain::cli::run(refrain::cli::Args::parse(), refrain::tui::run).unwrap_or_else(|error| {
        eprintln!("refrain: {error:#}");
        ExitCode::FAILURE
    })
}
