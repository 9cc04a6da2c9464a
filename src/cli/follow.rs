//! A face without a screen: asks for what the command is for, tells how far it is, and leaves when
//! that is over or a signal says so.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal as _, Write as _};

use anyhow::Result;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::mpsc;

use super::progress;
use super::say::tell;
use crate::library::Library;
use crate::player::OutputKind;
use crate::runtime::{self, Face, Machine, SystemClock, Ways};
use crate::song::{Job, JobId, JobState};
use crate::studio::{Action, Effect, Event, Model, wrap};

/// A line that is written over must not be longer than any terminal is wide.
const WIDTH: usize = 79;

/// What a command is for.
pub(super) enum Aim {
    /// To order the song on the desk and follow its job...
    Order {
        /// ...only until the journal has the gateway's name for the task.
        detach: bool,
    },
    /// To follow these jobs until each is at rest.
    Watch(Vec<JobId>),
}

/// Runs a studio without a screen until its aim is reached; gives what it knows then, and the
/// number of the signal that ended it.
pub(super) fn follow(
    library: Library,
    ways: Ways,
    (mut model, effects): (Model, Vec<Effect>),
    aim: Aim,
    clock: &SystemClock,
) -> Result<(Model, Option<u8>)> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (news, mut inbox) = mpsc::unbounded_channel();
    let mut machine = Machine::new(library, OutputKind::Silent, ways, news)?;
    let signal = runtime.block_on(async {
        let mut face = Follow::new(aim)?;
        let ran = runtime::run(&mut model, effects, &mut face, &mut machine, &mut inbox, clock);
        ran.await?;
        // The last of it may have come with the end.
        face.show(&mut model)?;
        face.end_line();
        io::Result::Ok(face.signal)
    })?;
    Ok((model, signal))
}

/// The job that this run ordered: the newest, if it is of the song on the desk.
pub(super) fn ordered(model: &Model) -> Option<&Job> {
    model.queue.rows().next().filter(|job| job.song == model.desk.song)
}

/// Whether the gateway has a job, and the journal its name there: it may be left alone.
pub(super) fn is_handed_over(job: &Job, model: &Model) -> bool {
    // A task has its turn once the journal has its name.
    matches!(job.state, JobState::Running { .. })
        && job.receipt.task.is_some()
        && model.watch.turn(job.id).is_some()
}

/// How far the work for an aim is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Nothing was asked for yet.
    New,
    AtWork,
    /// The aim is reached, and the loop does not know it yet.
    Reached,
    /// The loop was told to end.
    Left,
}

struct Follow {
    aim: Aim,
    stage: Stage,
    interrupt: Signal,
    terminate: Signal,
    signal: Option<u8>,
    is_terminal: bool,
    /// The line that stands on the terminal and has no end yet.
    line: String,
    /// What was last told of each job.
    told: BTreeMap<JobId, (&'static str, Option<String>)>,
}

impl Follow {
    fn new(aim: Aim) -> io::Result<Self> {
        Ok(Self {
            aim,
            stage: Stage::New,
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            signal: None,
            is_terminal: io::stderr().is_terminal(),
            line: String::new(),
            told: BTreeMap::new(),
        })
    }

    fn is_over(&self, model: &Model) -> bool {
        let is_over = match &self.aim {
            // Without a job it was refused.
            Aim::Order { detach } => ordered(model).is_none_or(|job| {
                job.state.is_at_rest() || (*detach && is_handed_over(job, model))
            }),
            Aim::Watch(jobs) => jobs.iter().filter_map(|id| model.queue.get(*id)).all(|job| {
                // What has no way to its gateway would wait for ever.
                job.state.is_at_rest() || model.way_of(job).is_none()
            }),
        };
        // The end must be in the journal too.
        is_over && model.is_settled()
    }

    /// One line that is written over as it changes.
    fn show_one(&mut self, job: &Job, model: &Model) {
        let words = progress::words(job, model);
        let row = wrap::rows(&words, WIDTH).into_iter().next().unwrap_or_default();
        if words[row.clone()] != self.line {
            words[row].clone_into(&mut self.line);
            let mut err = io::stderr().lock();
            let _ = write!(err, "\r\x1b[K{}", self.line).and_then(|()| err.flush());
        }
    }

    /// What comes next begins on a line of its own.
    fn end_line(&mut self) {
        if !std::mem::take(&mut self.line).is_empty() {
            tell("");
        }
    }

    /// A line for each change of many; of the one that was ordered, only for trouble: a script that
    /// goes well hears nothing.
    fn show_all(&mut self, model: &Model) {
        let jobs = match &self.aim {
            Aim::Watch(jobs) => jobs.clone(),
            Aim::Order { .. } => ordered(model).map(|job| job.id).into_iter().collect(),
        };
        for job in jobs.iter().filter_map(|id| model.queue.get(*id)) {
            let trouble = progress::trouble(job, model).map(str::to_owned);
            let is_quiet = matches!(self.aim, Aim::Order { .. }) && trouble.is_none();
            let now = (job.state.word(), trouble);
            if !is_quiet && self.told.get(&job.id) != Some(&now) {
                let title = crate::song::clean_line(&job.request.params.title);
                let words = progress::words(job, model);
                tell(format_args!("job {}, {title} v{}: {words}", job.id, job.version));
                self.told.insert(job.id, now);
            }
        }
    }
}

impl Face for Follow {
    async fn ready(&mut self) -> io::Result<()> {
        if self.stage == Stage::AtWork {
            let number = tokio::select! {
                _ = self.interrupt.recv() => 2,
                _ = self.terminate.recv() => 15,
            };
            self.signal = Some(number);
        }
        Ok(())
    }

    fn next(&mut self, model: &Model) -> io::Result<Option<Event>> {
        if self.stage == Stage::Left {
            return Ok(None);
        }
        let is_new = std::mem::replace(&mut self.stage, Stage::AtWork) == Stage::New;
        if is_new && matches!(self.aim, Aim::Order { .. }) {
            return Ok(Some(Event::Act(Action::Generate)));
        }
        if self.signal.is_none() && !self.is_over(model) {
            return Ok(None);
        }
        self.stage = Stage::Left;
        Ok(Some(Event::Terminate))
    }

    fn show(&mut self, model: &mut Model) -> io::Result<()> {
        let _ = model.take_redraw();
        // What reaches the aim may come when nobody asks this face any more before the loop waits.
        if self.stage == Stage::AtWork && self.is_over(model) {
            self.stage = Stage::Reached;
        }
        match self.aim {
            Aim::Order { .. } if self.is_terminal => {
                if let Some(job) = ordered(model) {
                    self.show_one(job, model);
                }
            }
            Aim::Watch(_) | Aim::Order { .. } => self.show_all(model),
        }
        Ok(())
    }

    fn copy(&mut self, _: &str) -> io::Result<()> {
        Ok(())
    }
}
