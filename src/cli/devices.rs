//! `refrain devices`: the sound outputs that the system has now, a name on each line.

use std::process::ExitCode;
use std::sync::mpsc;
use std::time::Duration;

use anyhow::{Result, bail};

use super::hush::Hush;
use super::say;
use crate::config::Paths;
use crate::player::{Command, Event, Feeds, OutputKind, Player};
use crate::runtime::Log;

/// A sound server that is alive answers sooner.
const PATIENCE: Duration = Duration::from_secs(10);

pub(super) fn run(paths: &Paths) -> Result<ExitCode> {
    let log = Log::start(&paths.log_file());
    let hush = Hush::new(log.file())?;
    let names = outputs();
    drop(hush);
    let Some(names) = names else {
        bail!(
            "the system does not say which sound outputs it has\n  \
             Look whether its sound server still runs, then try again"
        );
    };
    if names.is_empty() {
        say::tell("refrain: the system has no sound output; refrain play --no-audio needs none");
    }
    for name in names {
        say::print(name)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// What the system calls its outputs; none where it does not answer.
fn outputs() -> Option<Vec<String>> {
    let (tell, told) = mpsc::channel();
    let player = Player::spawn(OutputKind::Silent, Feeds::default(), move |event| {
        if let Event::Outputs(names) = event {
            let _ = tell.send(names);
        }
    });
    player.send(Command::ListOutputs);
    told.recv_timeout(PATIENCE).ok()
}
