//! `refrain play`: a take or a file is heard from here to its end, while one line tells where it
//! is.

use std::io::{self, IsTerminal as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Result;
use tokio::sync::mpsc::unbounded_channel;

use super::found::find;
use super::hush::Hush;
use super::listener::{End, Listener};
use super::playhead::Playhead;
use super::song::Refusal;
use super::{exit, say};
use crate::config::{Config, Device, Paths, Unicode};
use crate::library::{Glance, Settings};
use crate::player::{Command, Feeds, OutputKind, Player, Status};
use crate::runtime::{Log, output};
use crate::song::clock;

/// What to play, and where.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// A take, such as 12a, or an audio file; a file that is called like a take is ./12a
    #[arg(value_name = "TAKE|FILE")]
    what: PathBuf,
    /// The output by its name, instead of the configuration's; refrain devices lists them
    #[arg(long, value_name = "NAME", conflicts_with = "no_audio")]
    device: Option<String>,
    /// Play by the clock alone, without a sound
    #[arg(long)]
    no_audio: bool,
    /// Where to begin: 1:02, or seconds
    #[arg(long, value_name = "TIME", value_parser = time, default_value = "0:00")]
    from: Duration,
}

const AFTER_HELP: &str = "\
Ctrl+C ends it. It works while a studio is open.

Exit codes:
  0  played to its end
  1  it cannot be played, or not to its end; there is no sound output
  2  the command is wrong: there is no such take or file
  130 or 143  interrupted";

pub(super) fn run(args: &Args, config: &Config, paths: &Paths) -> Result<ExitCode> {
    let found = match find(&args.what, paths)? {
        Ok(found) => found,
        Err(refusal) => return Ok(told(&refusal)),
    };
    let log = Log::start(&paths.log_file());
    let volume = config.sound.volume.unwrap_or_else(|| settings(paths).volume);
    let kind = match &args.device {
        _ if args.no_audio => OutputKind::Silent,
        Some(name) => output(&Device::from(name.as_str())),
        None => output(&config.sound.device),
    };
    let (news, inbox) = unbounded_channel();
    let unicode = config.screen.unicode != Unicode::Never;
    let head = Playhead { name: found.name, loudness: found.recording.loudness, unicode };
    let is_terminal = io::stderr().is_terminal();
    let mut listener = Listener {
        head,
        file: found.file,
        out: Hush::new(log.file())?,
        is_terminal,
        is_silent: kind == OutputKind::Silent,
        is_heard: false,
        from: args.from,
        status: Status::default(),
        flaw: None,
        line: String::new(),
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let end = runtime.block_on(async {
        let player = Player::spawn(kind, Feeds::default(), move |event| _ = news.send(event));
        player.send(Command::Volume(volume));
        // Where it does not begin at the top, it is decoded first, so that the place is there.
        let play = args.from.is_zero();
        player.send(Command::Open { take: found.recording, rival: None, play });
        listener.listen(&player, inbox).await
    })?;
    let flaw = listener.flaw.take();
    let name = listener.head.name.clone();
    listener.end_line();
    // What else is said goes to standard error itself again.
    drop(listener);
    if let Some(flaw) = &flaw {
        say::tell_failure(flaw);
    }
    match end {
        End::Played(status) => {
            say::tell(format_args!("played {name}, {}", clock(status.position)));
            Ok(ExitCode::from(if flaw.is_some() { exit::FAILED } else { 0 }))
        }
        End::Interrupted(status, signal) => {
            say::tell(format_args!("stopped {name} at {}", clock(status.position)));
            Ok(ExitCode::from(128 + signal))
        }
        End::Refused(refusal) => Ok(told(&refusal)),
    }
}

fn told(refusal: &Refusal) -> ExitCode {
    say::tell_failure(&refusal.failure);
    ExitCode::from(refusal.code)
}

/// What the studio last set. Nobody's music waits for a library that cannot be read.
fn settings(paths: &Paths) -> Settings {
    let glance = Glance::at(&paths.data_dir).ok().flatten();
    glance.map(|glance| glance.contents().settings.clone()).unwrap_or_default()
}

/// `62`, `62.5`, `1:02` or `1:02:03`.
fn time(text: &str) -> Result<Duration, String> {
    let wrong = || "it is a time such as 1:02, or seconds such as 62.5".to_owned();
    let (above, seconds) = text.rsplit_once(':').map_or((None, text), |(a, b)| (Some(a), b));
    let is_plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = seconds.split_once('.').unwrap_or((seconds, "0"));
    if !is_plain(whole) || !is_plain(fraction) {
        return Err(wrong());
    }
    let mut total: f64 = seconds.parse().map_err(|_| wrong())?;
    if above.is_some() && total >= 60.0 {
        return Err(wrong());
    }
    let parts: Vec<_> = above.map(|above| above.split(':').collect()).unwrap_or_default();
    if parts.len() > 2 || parts.iter().any(|part| !is_plain(part)) {
        return Err(wrong());
    }
    let mut unit = 60.0;
    for (nth, part) in parts.iter().rev().enumerate() {
        let number: f64 = part.parse().map_err(|_| wrong())?;
        if number >= 60.0 && nth + 1 < parts.len() {
            return Err(wrong());
        }
        total += number * unit;
        unit *= 60.0;
    }
    Duration::try_from_secs_f64(total).map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_a_time_or_seconds() {
        let seconds = |text: &str| time(text).map(|time| time.as_secs_f64());
        for (text, expected) in [
            ("0", 0.0),
            ("62", 62.0),
            ("62.5", 62.5),
            ("1:02", 62.0),
            ("90:00", 5400.0),
            ("1:02:03", 3723.0),
        ] {
            assert_eq!(seconds(text), Ok(expected), "{text}");
        }
        for wrong in ["", ":", "1:", ":2", "1:60", "1:60:00", "1:2:3:4", "-1", "1e3", "inf", "1:-2"]
        {
            assert!(time(wrong).is_err(), "{wrong}");
        }
    }
}
