//! `refrain resume`: follows every open job to its end. Orders nothing that was not ordered before.

use std::collections::BTreeSet;
use std::process::ExitCode;

use anyhow::Result;

use super::follow::{Aim, follow};
use super::generate::tell_end;
use super::object::{self, Object};
use super::{exit, say};
use crate::config::{Config, Paths};
use crate::runtime::{self, Clock as _, Log, SystemClock};
use crate::song::{JobId, JobState, TakeId};
use crate::studio::{Action, Effect, Event, Model, Opening, update};

/// How to tell of it.
#[derive(Debug, clap::Args)]
#[command(after_help = format!("{AFTER_HELP}\n\n{}\n\n{}", object::SHAPE, exit::TABLE))]
pub(super) struct Args {
    /// Print one JSON array with an object for each job instead of paths
    #[arg(long)]
    json: bool,
}

const AFTER_HELP: &str = "\
Jobs that wait are sent, jobs at a gateway are asked about and their takes fetched,
stalled jobs are watched again. A request whose outcome is unknown is never sent
again; it is listed with what to do. The paths of new takes go to standard output,
a line for each change to standard error. The exit code is that of the first job
that is not done.";

pub(super) fn run(args: &Args, config: &Config, paths: &Paths) -> Result<ExitCode> {
    let _log = Log::start(&paths.log_file());
    let clock = SystemClock::start();
    let (library, contents) = runtime::open_library(&paths.data_dir)?;
    let open = contents.jobs.iter().filter(|job| job.state.is_open());
    let open: Vec<JobId> = open.map(|job| job.id).collect();
    let known: BTreeSet<TakeId> = contents.takes.iter().map(|take| take.id).collect();
    let opening = runtime::opening(config, contents, clock.now())?;
    let ways = runtime::ways(config, &opening.profiles);
    let (mut model, mut effects) = Model::new(Opening { asks: false, motion: false, ..opening });
    effects.extend(watch_again(&mut model, &clock));
    if open.is_empty() {
        say::tell("refrain: no job is open");
    }
    let aim = Aim::Watch(open.clone());
    let (model, signal) = follow(library, ways, (model, effects), aim, &clock)?;
    report(args, &model, &open, &known, signal)
}

/// Stalled jobs are still at their gateways, and asking costs nothing.
fn watch_again(model: &mut Model, clock: &SystemClock) -> Vec<Effect> {
    let count = model.queue.len();
    let stalled = model.queue.rows().enumerate();
    let stalled: Vec<usize> = stalled
        .filter(|(_, job)| matches!(job.state, JobState::Stalled { .. }))
        .map(|(row, _)| row)
        .collect();
    let mut effects = Vec::new();
    for row in stalled {
        model.queue.list.select(row, count);
        effects.extend(update(model, Event::Act(Action::RetryJob), clock.now()));
    }
    effects
}

fn report(
    args: &Args,
    model: &Model,
    open: &[JobId],
    known: &BTreeSet<TakeId>,
    signal: Option<u8>,
) -> Result<ExitCode> {
    let jobs: Vec<_> = open.iter().filter_map(|id| model.queue.get(*id)).collect();
    if args.json {
        let objects = jobs.iter().map(|job| Object::of(job, model.takes.of(job.id)));
        say::print_json(&objects.collect::<Vec<_>>())?;
    } else {
        let takes = jobs.iter().flat_map(|job| model.takes.of(job.id));
        for take in takes.filter(|take| !known.contains(&take.id)) {
            say::print(take.audio.display())?;
        }
    }
    let mut code = ExitCode::SUCCESS;
    let mut is_well = true;
    for job in jobs.iter().filter(|job| !matches!(job.state, JobState::Done { .. })) {
        if job.state.is_at_rest() {
            say::tell(format_args!("job {}:", job.id));
        }
        let ended = tell_end(job, signal);
        if std::mem::take(&mut is_well) {
            code = ended;
        }
    }
    Ok(code)
}
