//! `refrain sandbox`: the gateways' APIs on this machine, for nothing.

use std::fs;
use std::future::ready;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::pin::pin;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context as _, Result};

use super::say;
use crate::sandbox::{Dialect, Options, Pace, Sandbox, Sound, configuration};

/// What to serve, and how.
#[derive(Debug, clap::Args)]
#[command(after_long_help = AFTER_HELP)]
pub(super) struct Args {
    /// The port on 127.0.0.1; 0 takes a free one
    #[arg(long, value_name = "N", default_value_t = 7878)]
    port: u16,
    /// How many seconds a task takes, or `polls`: each poll finds it one stage further
    #[arg(long, value_name = "SECONDS", default_value = "8", value_parser = pace)]
    pace: Pace,
    /// What every account has at first, in credits or, at APIXO, dollars
    #[arg(long, value_name = "N", default_value_t = 1000)]
    credits: u32,
    /// A script of accidents; see below
    #[arg(long, value_name = "FILE")]
    script: Option<PathBuf>,
    /// Use one short pair of takes for all tasks: for load tests
    #[arg(long)]
    canned: bool,
    /// Print only a configuration that uses this sandbox, and end
    #[arg(long)]
    print_config: bool,
}

const AFTER_HELP: &str = r#"Serves the APIs of APIXO, API Mall, apiin.one and udioapi.pro (v1 and v2) on
127.0.0.1, over the built-in composer. It prints its keys and a configuration
that uses it; nothing costs anything, and nothing leaves this machine. Requests
are told on standard error. Ctrl+C ends it. Callbacks go to http:// URLs on this
machine only.

  refrain sandbox --print-config > sandbox.toml
  refrain sandbox &
  refrain --config sandbox.toml

A script (--script FILE) says in TOML what goes wrong, and when:

  seed = 7                # where chance starts
  [[rule]]
  on = "create"           # create, poll, audio, cover, balance or callback
  dialect = "apixo"       # apixo, apimall, apiin, udioapi, udioapi-v2
  nth = 2                 # also: after, every, times, chance, task
  delay = "500ms"         # goes with every fault
  do = "drop_after"       # the work is done and charged, the answer is lost

  [[rule]]
  on = "audio"
  do = "slow"
  rate = 20000            # bytes a second

Faults: status (status, retry_after, body, content_type), drop_before,
drop_after, stall, delay, slow (rate), truncate, short, lying_length, garbage,
html, huge, redirect (to), null_data, control_characters, unknown_state,
bad_result_json, zero_tracks, one_take, three_takes, relative_url, file_url,
fail (code, message), never_ends, audio_gone. With work = true the work is done
and charged before an answer is replaced.

For other programs there are GET /_sandbox/ledger (everything that happened),
PUT /_sandbox/script (a new script) and POST /_sandbox/reset."#;

/// Seconds, or `polls`.
fn pace(text: &str) -> Result<Pace, String> {
    if text == "polls" {
        return Ok(Pace::Polls);
    }
    let seconds: f64 = text.parse().map_err(|_| "it is seconds, or `polls`".to_owned())?;
    Duration::try_from_secs_f64(seconds).map(Pace::Takes).map_err(|error| error.to_string())
}

pub(super) fn run(args: &Args) -> Result<ExitCode> {
    if args.print_config {
        write!(io::stdout().lock(), "{}", configuration(args.port))?;
        return Ok(ExitCode::SUCCESS);
    }
    let script = match &args.script {
        None => String::new(),
        Some(path) => fs::read_to_string(path)
            .with_context(|| format!("the script {} cannot be read", path.display()))?,
    };
    let options = Options {
        port: args.port,
        pace: args.pace,
        credits: args.credits,
        sound: if args.canned { Sound::OnePair } else { Sound::PerTask },
        script,
        log: Some(|line| say::tell(line)),
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(serve(options, args.port))?;
    Ok(ExitCode::SUCCESS)
}

async fn serve(options: Options, port: u16) -> Result<()> {
    let mut interrupted = pin!(tokio::signal::ctrl_c());
    // It listens from the first look on, and what is printed below promises that it does.
    tokio::select! {
        biased;
        early = &mut interrupted => return Ok(early?),
        () = ready(()) => {}
    }
    let sandbox = Sandbox::start(options).with_context(|| {
        format!("the sandbox cannot start on port {port}; --port 0 takes a free one")
    })?;
    greet(&sandbox)?;
    Ok(interrupted.await?)
}

/// A configuration to use as it stands; what is not TOML is a comment in it.
fn greet(sandbox: &Sandbox) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "# The sandbox listens on http://{}; Ctrl+C ends it.", sandbox.address())?;
    writeln!(out, "#\n# Keys:")?;
    for dialect in Dialect::ALL {
        let (name, key) = (dialect.name(), sandbox.key(dialect));
        writeln!(out, "#   {name:<10}  {key}  at {}", sandbox.base_url(dialect))?;
    }
    writeln!(out, "#\n# A configuration that uses it:\n")?;
    write!(out, "{}", sandbox.config())?;
    out.flush()
}
