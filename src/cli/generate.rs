//! `refrain generate`: one song, no studio.

use std::process::ExitCode;

use anyhow::Result;

use super::args::Args;
use super::follow::{Aim, follow, is_handed_over, ordered};
use super::object::Object;
use super::song::{self, Refusal};
use super::{advice, dry, exit, say};
use crate::config::{Config, Paths};
use crate::library::Record;
use crate::runtime::{self, Clock as _, Log, SystemClock, Unopened};
use crate::song::{Failure, FailureClass, Job};
use crate::studio::{Model, Opening};

pub(super) fn run(args: &Args, config: &Config, paths: &Paths) -> Result<ExitCode> {
    let error = match generate(args, config, paths) {
        Ok(code) => return Ok(code),
        Err(error) => error,
    };
    let refusal = error.downcast_ref::<Refusal>();
    if args.json {
        let failure = refusal.map_or_else(|| told(&error), |refusal| refusal.failure.clone());
        let profile = config.profile(args.profile.as_ref().unwrap_or(&config.profile));
        let gateway = profile.map(|profile| profile.gateway.clone());
        say::print_json(&Object::refused(gateway, failure))?;
    }
    match refusal {
        Some(refusal) => {
            say::tell_failure(&refusal.failure);
            Ok(ExitCode::from(refusal.code))
        }
        None => Err(error),
    }
}

/// Why it could not begin, for scripts.
fn told(error: &anyhow::Error) -> Failure {
    let is_storage = error.downcast_ref::<Unopened>().is_some();
    let class = if is_storage { FailureClass::Storage } else { FailureClass::Invalid };
    Failure::new(class, format!("{error:#}"), "Nothing was sent; mend this and try again")
}

fn generate(args: &Args, config: &Config, paths: &Paths) -> Result<ExitCode> {
    let profile = song::profile(args.profile.as_deref(), config)?;
    let mut draft = song::draft(args, &profile.name)?;
    if args.dry_run {
        return dry::run(args, config, profile, draft);
    }
    let _log = Log::start(&paths.log_file());
    let clock = SystemClock::start();
    let (mut library, mut contents) = runtime::open_library(&paths.data_dir)?;
    draft.song = contents.next_song;
    let on_desk = (!contents.songs.is_empty()).then_some(contents.draft.song);
    contents.draft = draft;
    let opening = runtime::opening(config, contents, clock.now())?;
    let ways = runtime::ways(config, &opening.profiles);
    // What the studio left undone is the studio's to go on with, and nobody is there to be asked.
    let opening = Opening { take_up: false, asks: false, motion: false, ..opening };
    let (model, effects) = Model::new(opening);
    song::check(args, &model)?;
    // A song of its own: what is on the desk stays there.
    if let Some(song) = on_desk {
        library.write(&Record::OnDesk(song))?;
    }
    if args.detach && profile.is_built_in() {
        say::tell("refrain: the sketch is composed here, so --detach waits for it");
    }
    let aim = Aim::Order { detach: args.detach };
    let (model, signal) = follow(library, ways, (model, effects), aim, &clock)?;
    report(args, &model, signal)
}

fn report(args: &Args, model: &Model, signal: Option<u8>) -> Result<ExitCode> {
    let Some(job) = ordered(model) else {
        if let Some(signal) = signal {
            return Ok(ExitCode::from(128 + signal));
        }
        let message = advice::fill(&model.notice.text, "refrain generate");
        let advice = "Nothing was sent; change the song and try again";
        let failure = Failure::new(FailureClass::Invalid, message, advice);
        return Err(Refusal { code: exit::of_class(FailureClass::Invalid), failure }.into());
    };
    let is_handed_over = args.detach && is_handed_over(job, model);
    if args.json {
        say::print_json(&Object::of(job, model.takes.of(job.id)))?;
    } else {
        for take in model.takes.of(job.id) {
            say::print(take.audio.display())?;
        }
        if is_handed_over && let Some(task) = &job.receipt.task {
            say::print(format_args!("job {} task {task}", job.id))?;
        }
    }
    if is_handed_over {
        let id = job.id;
        say::tell(format_args!(
            "refrain: job {id} is at the gateway; refrain resume or the studio fetches its takes"
        ));
        return Ok(ExitCode::SUCCESS);
    }
    Ok(tell_end(job, signal))
}

/// Tells how a job ended, if not well, and gives the exit code.
pub(super) fn tell_end(job: &Job, signal: Option<u8>) -> ExitCode {
    if let Some(failure) = advice::failure_of(job) {
        say::tell_failure(&failure);
    }
    match signal {
        Some(signal) if !job.state.is_at_rest() => {
            tell_interrupted(job);
            ExitCode::from(128 + signal)
        }
        _ => ExitCode::from(exit::of_state(&job.state)),
    }
}

/// Tells what becomes of a job that nobody follows any more.
fn tell_interrupted(job: &Job) {
    let word = job.state.word();
    say::tell(format_args!(
        "refrain: interrupted; job {} stays open ({word}).\n  refrain resume or the studio goes on with it",
        job.id
    ));
}
