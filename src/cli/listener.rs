//! Somebody at a command line who listens to one recording, and sees one line of it.

use std::io::{self, Write as _};
use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc::UnboundedReceiver;

use super::found::refused;
use super::hush::Hush;
use super::playhead::Playhead;
use super::song::Refusal;
use crate::player::{Command, Device, Event, Player, State, Status};
use crate::song::{Failure, FailureClass, clean_line, clock};

/// Longer than the buffer of any device.
const LINGER: Duration = Duration::from_millis(500);

/// How it ended.
pub(super) enum End {
    Played(Status),
    Interrupted(Status, u8),
    Refused(Refusal),
}

/// Somebody at a command line who listens.
pub(super) struct Listener {
    pub(super) head: Playhead,
    /// The path of what plays, where it is no take.
    pub(super) file: Option<String>,
    pub(super) out: Hush,
    pub(super) is_terminal: bool,
    /// No sound was asked for.
    pub(super) is_silent: bool,
    /// A device has played.
    pub(super) is_heard: bool,
    /// Where it shall begin; zero once it is there.
    pub(super) from: Duration,
    pub(super) status: Status,
    /// It did not play as it should.
    pub(super) flaw: Option<Failure>,
    /// What stands on the terminal.
    pub(super) line: String,
}

impl Listener {
    /// Listens until it is over or a signal says so.
    pub(super) async fn listen(
        &mut self,
        player: &Player,
        mut inbox: UnboundedReceiver<Event>,
    ) -> io::Result<End> {
        let mut interrupt = signal(SignalKind::interrupt())?;
        let mut terminate = signal(SignalKind::terminate())?;
        loop {
            let event = tokio::select! {
                biased;
                _ = interrupt.recv() => return Ok(End::Interrupted(self.status.clone(), 2)),
                _ = terminate.recv() => return Ok(End::Interrupted(self.status.clone(), 15)),
                event = inbox.recv() => event,
            };
            let Some(event) = event else {
                let advice = "Close some programs and try again; the log has more";
                return Ok(End::Refused(refused("the player has stopped", advice)));
            };
            let Some(end) = self.hear(event, player) else { continue };
            if matches!(end, End::Played(_)) && !self.is_silent {
                // The device still has the last of it.
                tokio::time::sleep(LINGER).await;
            }
            return Ok(end);
        }
    }

    fn hear(&mut self, event: Event, player: &Player) -> Option<End> {
        match event {
            Event::Status(status) => {
                // The first ones are of an empty player.
                status.take?;
                let state = status.state;
                self.status = status;
                if state == State::Stopped && !self.from.is_zero() {
                    return self.begin(player).err().map(End::Refused);
                }
                self.show();
                (state == State::Ended).then(|| End::Played(self.status.clone()))
            }
            Event::Device(Device::Sound(_)) => {
                self.is_heard = true;
                None
            }
            Event::Device(Device::Silent { why }) if !self.is_silent => self.fall_silent(&why),
            Event::Measured { loudness, .. } => {
                self.head.loudness = loudness.or(self.head.loudness);
                None
            }
            Event::Flawed { what, advice, .. } => {
                let advice = self.advice(advice);
                self.flaw = Some(Failure::new(FailureClass::Invalid, what, advice));
                None
            }
            Event::Failed { what, advice, .. } => {
                let name = self.file.as_ref().unwrap_or(&self.head.name);
                let what = format!("{name} cannot be played: {what}");
                Some(End::Refused(refused(what, self.advice(advice))))
            }
            Event::Device(_) | Event::Growing { .. } | Event::Outputs(_) => None,
        }
    }

    /// What the player advises is about takes; a file of the user's own cannot be had again.
    fn advice(&self, advice: String) -> String {
        match self.file {
            Some(_) => {
                "MP3, WAV, FLAC, Ogg Vorbis and AAC are played; is it the right file?".into()
            }
            None => advice,
        }
    }

    /// All of it is decoded: goes to the place, and plays.
    fn begin(&mut self, player: &Player) -> Result<(), Refusal> {
        let from = std::mem::take(&mut self.from);
        if let Some(total) = self.status.total.filter(|total| *total <= from) {
            let advice = format!("It is {} long; choose an earlier --from", clock(total));
            let message = format!("{} is over before {}", self.head.name, clock(from));
            return Err(Refusal::usage(message, advice));
        }
        player.send(Command::SeekTo(from));
        player.send(Command::Toggle);
        Ok(())
    }

    /// There is no output, or none any more.
    fn fall_silent(&mut self, why: &str) -> Option<End> {
        let why = clean_line(why);
        if !self.is_heard {
            let advice = "Give another --device, which refrain devices lists, or play without a \
                          sound: --no-audio";
            return Some(End::Refused(refused(format!("there is no sound output: {why}"), advice)));
        }
        self.end_line();
        let _ = writeln!(
            self.out,
            "refrain: the sound output is gone: {why}\n  It plays on without a sound and is tried \
             again; Ctrl+C ends it"
        );
        None
    }

    /// One line that is written over as it changes.
    fn show(&mut self) {
        if !self.is_terminal {
            return;
        }
        let line = self.head.line(&self.status);
        if line != self.line {
            let _ = write!(self.out, "\r\x1b[K{line}").and_then(|()| self.out.flush());
            self.line = line;
        }
    }

    /// What comes next begins on a line of its own.
    pub(super) fn end_line(&mut self) {
        if !std::mem::take(&mut self.line).is_empty() {
            let _ = writeln!(self.out);
        }
    }
}
