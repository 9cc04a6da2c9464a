//! `refrain generate`: one song, no studio.

use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, anyhow, bail};
use serde_json::json;
use tokio::sync::mpsc;

use crate::config::{Config, Paths};
use crate::library::{Library, Record};
use crate::player::OutputKind;
use crate::runtime::{self, Clock, Log, Machine, SystemClock, Unopened, Ways};
use crate::song::{Draft, Failure, FailureClass, Job, JobId, JobState, Take, Vocal};
use crate::studio::{Action, Effect, Event, Model, Opening, Progress};

/// Lyrics larger than this are not lyrics.
const LARGEST: u64 = 1024 * 1024;

/// What to generate.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The lyrics: a text file, or - for standard input. Without them an instrumental is made
    #[arg(long, value_name = "FILE")]
    lyrics: Option<PathBuf>,
    /// Style tags: genre, tempo, mood, instruments
    #[arg(long, value_name = "TEXT", default_value = "")]
    style: String,
    /// The song's title
    #[arg(long, value_name = "TEXT", default_value = "")]
    title: String,
    /// The profile to use; the configuration's own when not given
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    /// Print one JSON object instead of paths
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, config: &Config, paths: &Paths) -> Result<ExitCode> {
    let ended = generate(args, config, paths);
    if let (Err(error), true) = (&ended, args.json) {
        let is_storage = error.downcast_ref::<Unopened>().is_some();
        let failure = Failure {
            class: if is_storage { FailureClass::Storage } else { FailureClass::Invalid },
            message: format!("{error:#}"),
            advice: "Nothing was sent; mend this and try again".into(),
            code: None,
        };
        let profile = args.profile.as_ref().unwrap_or(&config.profile);
        print_json(&object(None, profile, "refused", &[], Some(&failure)))?;
    }
    ended
}

fn generate(args: &Args, config: &Config, paths: &Paths) -> Result<ExitCode> {
    let _log = Log::start(&paths.log_file());
    let clock = SystemClock::start();
    let profile = args.profile.as_ref().unwrap_or(&config.profile);
    if config.profile(profile).is_none() {
        let names: Vec<_> = config.profiles.iter().map(|profile| profile.name.as_str()).collect();
        bail!("there is no profile {profile:?}\n  The configuration has: {}", names.join(", "));
    }
    let lyrics = args.lyrics.as_deref().map(read).transpose()?;
    if let (Some(lyrics), Some(path)) = (&lyrics, &args.lyrics)
        && lyrics.trim().is_empty()
    {
        let failure = Failure {
            class: FailureClass::Invalid,
            message: format!("there is nothing to sing in {}", path.display()),
            advice: "Write some lyrics, or leave out --lyrics for an instrumental".into(),
            code: None,
        };
        return refuse(&failure, args.json, profile);
    }
    let (mut library, mut contents) = runtime::open_library(&paths.data_dir)?;

    // A song of its own: what is on the desk stays there.
    if !contents.songs.is_empty() {
        library.write(&Record::OnDesk(contents.draft.song))?;
    }
    let mut draft = Draft::new(contents.next_song);
    draft.params.profile.clone_from(profile);
    draft.params.title = crate::song::clean_line(&args.title);
    draft.params.style = crate::song::clean_line(&args.style);
    match lyrics {
        Some(lyrics) => draft.lyrics = crate::song::clean_text(&lyrics),
        None => draft.params.vocal = Vocal::None,
    }
    contents.draft = draft;
    // What the studio left undone is the studio's to go on with.
    let ways = runtime::ways(config)?;
    let opening = runtime::opening(config, contents, clock.now())?;
    let (model, effects) = Model::new(Opening { take_up: false, asks: false, ..opening });
    let mut face = Lines { done: false, shown: None, is_terminal: io::stderr().is_terminal() };
    let model = work(library, ways, model, effects, &mut face, &clock)?;
    report(&model, args.json)
}

fn work(
    library: Library,
    ways: Ways,
    mut model: Model,
    effects: Vec<Effect>,
    face: &mut Lines,
    clock: &SystemClock,
) -> Result<Model> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (news, mut inbox) = mpsc::unbounded_channel();
    let mut machine = Machine::new(library, OutputKind::Silent, ways, news)?;
    runtime.block_on(runtime::run(&mut model, effects, face, &mut machine, &mut inbox, clock))?;
    Ok(model)
}

fn read(path: &Path) -> Result<String> {
    let is_standard = path == Path::new("-");
    let name = if is_standard { "standard input".into() } else { path.display().to_string() };
    let mut bytes = Vec::new();
    let read = if is_standard {
        io::stdin().take(LARGEST + 1).read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes))
    };
    read.with_context(|| format!("the lyrics in {name} cannot be read"))?;
    if bytes.len() as u64 > LARGEST {
        bail!("the lyrics in {name} are larger than 1 MiB\n  Give a text file with one song");
    }
    String::from_utf8(bytes).map_err(|_| {
        anyhow!("the lyrics in {name} are not text in UTF-8\n  Save them as plain text in UTF-8")
    })
}

/// The job that this run ordered: the newest.
fn job(model: &Model) -> Option<&Job> {
    model.queue.rows().next().filter(|job| job.song == model.desk.song)
}

fn report(model: &Model, as_json: bool) -> Result<ExitCode> {
    let Some(job) = job(model) else {
        // Preflight said no; its words are the notice.
        let failure = Failure {
            class: FailureClass::Invalid,
            message: fill(&model.notice.text),
            advice: "Nothing was sent; change the song and try again".into(),
            code: None,
        };
        let profile = model.profile().map_or("", |profile| profile.name.as_str());
        return refuse(&failure, as_json, profile);
    };
    let takes: Vec<&Take> = model.takes.of(job.id).collect();
    let failure = match &job.state {
        JobState::Failed { failure, .. } => Some(failure),
        _ => None,
    };
    if as_json {
        let gateway = &job.request.params.profile;
        print_json(&object(Some(job.id), gateway, job.state.word(), &takes, failure))?;
    } else {
        let mut out = io::stdout().lock();
        for take in takes {
            writeln!(out, "{}", take.audio.display())?;
        }
    }
    Ok(match (&job.state, failure) {
        (JobState::Done { .. }, _) => ExitCode::SUCCESS,
        (_, Some(failure)) => {
            say(failure);
            ExitCode::from(9)
        }
        (state, None) => {
            eprintln!("refrain: the job is {}", state.word());
            ExitCode::FAILURE
        }
    })
}

/// The song cannot be sent as it stands.
fn refuse(failure: &Failure, as_json: bool, profile: &str) -> Result<ExitCode> {
    if as_json {
        print_json(&object(None, profile, "refused", &[], Some(failure)))?;
    }
    say(failure);
    Ok(ExitCode::from(3))
}

fn say(failure: &Failure) {
    eprintln!("refrain: {}\n  {}", failure.message, fill(&failure.advice));
}

fn print_json(object: &serde_json::Value) -> Result<()> {
    writeln!(io::stdout().lock(), "{object:#}")?;
    Ok(())
}

/// What scripts read; absent values are null.
fn object(
    job: Option<JobId>,
    gateway: &str,
    state: &str,
    takes: &[&Take],
    failure: Option<&Failure>,
) -> serde_json::Value {
    let takes = takes.iter().map(|take| {
        json!({
            "id": take.id.to_string(),
            "label": take.id.label,
            "audio": take.audio.to_string_lossy(),
            "cover": take.cover.as_ref().map(|cover| cover.to_string_lossy()),
            "duration_s": take.duration.as_secs_f64(),
        })
    });
    json!({
        "job": job,
        "gateway": gateway,
        "task": null,
        "state": state,
        "takes": takes.collect::<Vec<_>>(),
        "credits_used": null,
        "error": failure.map(|failure| json!({
            "class": failure.class,
            "code": null,
            "message": failure.message,
            "advice": failure.advice,
        })),
    })
}

/// Keys mean nothing on a command line; the names of the actions do.
fn fill(text: &str) -> String {
    text.replace("{{", "(").replace(['{', '}'], "")
}

/// Asks for the song, tells how far it is, and leaves when it is done.
struct Lines {
    done: bool,
    shown: Option<String>,
    is_terminal: bool,
}

impl runtime::Face for Lines {
    async fn ready(&mut self) -> io::Result<()> {
        if self.done || self.shown.is_none() { Ok(()) } else { std::future::pending().await }
    }

    fn next(&mut self, model: &Model) -> io::Result<Option<Event>> {
        if self.done {
            return Ok(None);
        }
        if self.shown.is_none() {
            self.shown = Some(String::new());
            return Ok(Some(Event::Act(Action::Generate)));
        }
        // Without a job the song was refused; with one, its end must be in the journal too.
        let ended = job(model).is_none_or(|job| job.state.is_at_rest() && model.is_settled());
        if ended {
            self.done = true;
            return Ok(Some(Event::Terminate));
        }
        Ok(None)
    }

    fn show(&mut self, model: &mut Model) -> io::Result<()> {
        let _ = model.take_redraw();
        let Some(job) = job(model).filter(|_| self.is_terminal) else { return Ok(()) };
        let gateway = model.gateway_of(job);
        let line = match gateway.and_then(|g| model.queue.progress(job, g, model.now)) {
            Some(Progress::Measured(part)) => format!("composing {:>3.0} %", part * 100.0),
            _ => job.state.word().to_owned(),
        };
        if self.shown.as_ref() != Some(&line) {
            let mut err = io::stderr().lock();
            let end = if job.state.is_at_rest() { "\n" } else { "" };
            write!(err, "\r\x1b[K{line}{end}")?;
            err.flush()?;
            self.shown = Some(line);
        }
        Ok(())
    }

    fn copy(&mut self, _: &str) -> io::Result<()> {
        Ok(())
    }
}
