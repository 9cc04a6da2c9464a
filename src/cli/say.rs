//! Words to whoever called: results on standard output, everything else on standard error.
//!
//! Whoever has stopped listening has what was wanted: a closed pipe is no failure, and never ends
//! the program.

use std::fmt::Display;
use std::io::{self, Write as _};

use anyhow::Result;
use serde::Serialize;

use crate::song::Failure;

/// A line of the result.
pub(super) fn print(line: impl Display) -> Result<()> {
    let mut out = io::stdout().lock();
    match writeln!(out, "{line}").and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// The result for scripts.
pub(super) fn print_json(value: &impl Serialize) -> Result<()> {
    print(serde_json::to_string_pretty(value)?)
}

/// A line beside the result.
pub(super) fn tell(line: impl Display) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// What went wrong and what to do.
pub(super) fn tell_failure(failure: &Failure) {
    tell(format_args!("refrain: {}\n  {}", failure.message, failure.advice));
}
