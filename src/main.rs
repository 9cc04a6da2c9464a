//! Refrain's front door.

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    refrain::cli::run(refrain::cli::Args::parse(), refrain::tui::run).unwrap_or_else(|error| {
        // Where nobody can be told, there is still the exit code.
        let _ = writeln!(std::io::stderr(), "refrain: {error:#}");
        ExitCode::FAILURE
    })
}
