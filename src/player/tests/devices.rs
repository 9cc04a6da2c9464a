//! Devices that come and go, and the silent clock that stands in for them.

use std::time::{Duration, Instant};

use super::fixture::{Studio, stereo};
use crate::player::{Command, Crank, Device, Event, OutputKind, State};

/// A long take that was played for so many frames.
fn playing(frames: usize) -> (Studio, Crank) {
    let crank = Crank::new();
    let studio = Studio::new(OutputKind::Manual(crank.clone()));
    studio.load(&stereo(480_000));
    studio.player.send(Command::Toggle);
    assert_eq!(studio.device(), Device::Sound("hand crank".into()));
    studio.status();
    crank.pull(frames);
    studio.status();
    (studio, crank)
}

#[test]
fn the_silent_clock_plays_at_the_true_rate_to_the_end() {
    let studio = Studio::new(OutputKind::Silent);
    studio.load(&stereo(14_400));
    let started = Instant::now();
    studio.player.send(Command::Toggle);
    assert_eq!(studio.device(), Device::Off);
    let statuses = studio.until(State::Ended);
    assert!(started.elapsed() >= Duration::from_millis(290));
    assert!(statuses.windows(2).all(|pair| pair[0].position <= pair[1].position));
    assert!(statuses.iter().any(|status| status.level[0] > 0.4));
    assert_eq!(Some(statuses.last().unwrap().position), statuses[0].total);
    assert_eq!(studio.quit(), [], "nothing more is said after the end");
}

#[test]
fn without_a_device_it_plays_in_silence_and_tries_again() {
    let crank = Crank::new();
    crank.set_broken(Some("no such device"));
    let studio = Studio::new(OutputKind::Manual(crank.clone()));
    studio.load(&stereo(480_000));
    studio.player.send(Command::Toggle);
    assert_eq!(studio.device(), Device::Silent { why: "no such device".into() });
    let first = studio.until(State::Playing).pop().unwrap().position;
    while studio.status().position <= first {}

    crank.set_broken(None);
    studio.player.send(Command::Pause);
    let paused = studio.until(State::Paused).pop().unwrap().position;
    studio.player.send(Command::Toggle);
    assert_eq!(studio.device(), Device::Sound("hand crank".into()));
    assert!(studio.status().position >= paused);
}

#[test]
fn a_device_that_dies_loses_no_time() {
    let (studio, crank) = playing(48_000);
    crank.unplug("it was unplugged");
    assert_eq!(studio.device(), Device::Silent { why: "it was unplugged".into() });
    assert!(!crank.is_open());
    let after = studio.status();
    assert_eq!(after.state, State::Playing);
    assert!(after.position >= Duration::from_secs(1), "{:?}", after.position);
}

#[test]
fn a_device_that_comes_back_is_found_while_it_plays() {
    let (studio, crank) = playing(4_800);
    crank.set_broken(Some("it was unplugged"));
    crank.unplug("it was unplugged");
    assert_eq!(studio.device(), Device::Silent { why: "it was unplugged".into() });
    crank.set_broken(None);
    // Nobody does anything: the player looks for it by itself.
    assert_eq!(studio.device(), Device::Sound("hand crank".into()));
    let there = studio.sync();
    assert_eq!(there.state, State::Playing);
    assert!(there.position > Duration::from_millis(100), "{:?}", there.position);
}

#[test]
fn another_output_takes_over_where_it_is() {
    let (first, second) = (Crank::new(), Crank::new());
    let studio = Studio::new(OutputKind::Manual(first.clone()));
    let sound = stereo(480_000);
    studio.load(&sound);
    studio.player.send(Command::Toggle);
    studio.device();
    studio.status();
    first.pull(4_800);
    studio.player.send(Command::Output(OutputKind::Manual(second.clone())));
    assert_eq!(studio.sync().state, State::Playing);
    assert!(!first.is_open() && second.is_open());
    let out = second.pull(2_000);
    assert_eq!(out[964..], super::fixture::played(&sound)[9_600..][964..4_000]);
}

#[test]
fn a_dropped_player_is_gone_at_once() {
    let studio = Studio::new(OutputKind::Silent);
    studio.load(&stereo(480_000));
    studio.send(Command::Toggle);
    let Studio { player, events, .. } = studio;
    let asked = Instant::now();
    drop(player);
    // The channel ends when the control thread has let go of its end.
    assert!(events.iter().all(|event| matches!(event, Event::Status(_))));
    // It takes some 20 ms; a busy machine may take its time.
    assert!(asked.elapsed() < Duration::from_secs(1), "{:?}", asked.elapsed());
}
