//! `refrain job`: everything that is known about one job, to read or to hand to a gateway's
//! support. No key is in it: none was ever written down.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use jiff::Timestamp;
use serde::Serialize;

use super::object::{self, Object};
use super::song::Refusal;
use super::{look, report, say};
use crate::config::Paths;
use crate::library::Glance;
use crate::song::{Exchange, Job, JobId, Receipt, Request, SongId, Take};

/// Which job, and where to.
#[derive(Debug, clap::Args)]
#[command(after_help = format!("{AFTER_HELP}\n\n{}", object::SHAPE))]
pub(super) struct Args {
    /// The number of the job; refrain jobs lists them
    #[arg(value_name = "ID")]
    id: u64,
    /// Print one JSON object instead of text
    #[arg(long)]
    json: bool,
    /// Write it to a new file; one that is there already is not replaced
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

const AFTER_HELP: &str = "\
Shows what was ordered, what the gateway said, what it cost, and every request and
answer, without keys. It works while a studio is open. With --json, the object below
also has \"song\", \"version\", \"created\", \"since\", \"ended\", \"request\", \"receipt\" and
\"story\".";

/// Everything about a job, for scripts.
#[derive(Serialize)]
struct Whole<'a> {
    #[serde(flatten)]
    object: Object,
    song: SongId,
    version: u32,
    created: Timestamp,
    since: Option<Timestamp>,
    ended: Option<Timestamp>,
    request: &'a Request,
    receipt: &'a Receipt,
    story: &'a [Exchange],
}

pub(super) fn run(args: &Args, paths: &Paths) -> Result<ExitCode> {
    let glance = look(paths)?;
    let Some((glance, job)) = find(glance.as_ref(), JobId(args.id)) else {
        let refusal = unknown(glance.as_ref(), args.id);
        say::tell_failure(&refusal.failure);
        return Ok(ExitCode::from(refusal.code));
    };
    let story = glance.story(job.id)?;
    let takes: Vec<&Take> =
        glance.contents().takes.iter().filter(|take| take.job() == job.id).collect();
    let text = if args.json { json(job, &takes, &story)? } else { report::of(job, &takes, &story) };
    match &args.output {
        None => say::print(text)?,
        Some(path) => {
            write(path, &text)?;
            say::tell(format_args!("the story of job {} is in {}", job.id, path.display()));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn find(glance: Option<&Glance>, id: JobId) -> Option<(&Glance, &Job)> {
    let glance = glance?;
    Some((glance, glance.contents().jobs.iter().find(|job| job.id == id)?))
}

fn unknown(glance: Option<&Glance>, id: u64) -> Refusal {
    let jobs = glance.map(|glance| glance.contents().jobs.as_slice()).unwrap_or_default();
    let advice = match jobs {
        [] => "There is no job yet; refrain generate makes one".to_owned(),
        [one] => format!("There is only job {}", one.id),
        [first, .., last] => format!("There are jobs {} to {}", first.id, last.id),
    };
    Refusal::usage(format!("there is no job {id}"), advice)
}

fn json(job: &Job, takes: &[&Take], story: &[Exchange]) -> Result<String> {
    let whole = Whole {
        object: Object::of(job, takes.iter().copied()),
        song: job.song,
        version: job.version,
        created: job.created,
        since: job.state.since(),
        ended: job.state.ended(),
        request: &job.request,
        receipt: &job.receipt,
        story,
    };
    Ok(serde_json::to_string_pretty(&whole)?)
}

fn write(path: &Path, text: &str) -> Result<()> {
    let mut file = match OpenOptions::new().write(true).create_new(true).open(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            anyhow::bail!(
                "{} is there already and was not replaced\n  Name another file for --output",
                path.display()
            );
        }
        opened => opened.with_context(|| format!("{} cannot be written", path.display()))?,
    };
    let written = writeln!(file, "{text}").and_then(|()| file.sync_all());
    written
        .inspect_err(|_| {
            // A file that is not whole would only deceive.
            let _ = fs::remove_file(path);
        })
        .with_context(|| format!("{} cannot be written", path.display()))
}
