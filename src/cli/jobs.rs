//! `refrain jobs`: what was ordered and where it stands, also while a studio is open.

use std::process::ExitCode;

use anyhow::Result;
use jiff::Timestamp;

use super::object::{self, Object};
use super::{advice, look, progress, say};
use crate::config::Paths;
use crate::song::{Job, JobState, clean_line};
use crate::studio::wrap;

/// How to tell of it.
#[derive(Debug, clap::Args)]
#[command(after_help = object::SHAPE)]
pub(super) struct Args {
    /// Print one JSON array with an object for each job instead of a table
    #[arg(long)]
    json: bool,
}

const HEAD: [&str; 6] = ["JOB", "SONG", "GATEWAY", "STATE", "AGE", "WHAT TO DO"];
/// Cells of the longest title.
const TITLE: usize = 32;

pub(super) fn run(args: &Args, paths: &Paths) -> Result<ExitCode> {
    let glance = look(paths)?;
    let contents = glance.as_ref().map(crate::library::Glance::contents);
    let jobs = contents.map(|contents| contents.jobs.as_slice()).unwrap_or_default();
    let takes = contents.map(|contents| contents.takes.as_slice()).unwrap_or_default();
    let newest_first = jobs.iter().rev();
    if args.json {
        let objects = newest_first
            .map(|job| Object::of(job, takes.iter().filter(|take| take.job() == job.id)));
        say::print_json(&objects.collect::<Vec<_>>())?;
        return Ok(ExitCode::SUCCESS);
    }
    if jobs.is_empty() {
        say::tell("refrain: there is no job yet; refrain generate makes one");
        return Ok(ExitCode::SUCCESS);
    }
    let now = Timestamp::now();
    let rows: Vec<_> = std::iter::once(HEAD.map(str::to_owned))
        .chain(newest_first.map(|job| row(job, now)))
        .collect();
    say::print(table(&rows))?;
    Ok(ExitCode::SUCCESS)
}

fn row(job: &Job, now: Timestamp) -> [String; 6] {
    let title = clean_line(&job.request.params.title);
    let mut short = String::new();
    for c in title.chars() {
        if wrap::text_cells(&short) >= TITLE - 1 {
            short.push('…');
            break;
        }
        short.push(c);
    }
    let state = match &job.state {
        JobState::Unknown { .. } => "outcome unknown",
        state => state.word(),
    };
    [
        job.id.to_string(),
        format!("{short} v{}", job.version),
        clean_line(&job.gateway),
        state.to_owned(),
        progress::age(job.created, now),
        clean_line(&advice::what_to_do(job)),
    ]
}

/// Columns as wide as they need to be.
fn table(rows: &[[String; 6]]) -> String {
    let mut widths = [0; 6];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = wrap::text_cells(cell).max(*width);
        }
    }
    let line = |row: &[String; 6]| {
        let cells = row.iter().zip(widths).map(|(cell, width)| {
            let rest = width.saturating_sub(wrap::text_cells(cell));
            format!("{cell}{}", " ".repeat(rest))
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_under_each_other_whatever_is_in_them() {
        let row = |title: &str| ["1", title, "apixo", "done", "5 s", ""].map(str::to_owned);
        let told = table(&[row("日本 v1"), row("Paper Cups v2")]);
        let at: Vec<usize> = told
            .lines()
            .map(|line| wrap::text_cells(line.split("apixo").next().unwrap()))
            .collect();
        assert_eq!(at, [18, 18], "{told}");
        assert!(told.lines().all(|line| !line.ends_with(' ')));
    }
}
