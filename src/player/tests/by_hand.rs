//! A test turns the crank: what is rendered is the recording, to the sample, and no clock counts.

use std::time::Duration;

use super::fixture::{Studio, played, stereo};
use crate::player::{Command, Crank, Event, OutputKind, Recording, Source, State, time_of};

const RAMP: usize = 480;

fn studio() -> (Studio, Crank) {
    let crank = Crank::new();
    (Studio::new(OutputKind::Manual(crank.clone())), crank)
}

/// Turns the crank while it plays, and waits for the status that follows.
fn turn(studio: &Studio, crank: &Crank, frames: usize) -> Vec<f32> {
    let out = crank.pull(frames);
    assert_eq!(studio.status().state, State::Playing);
    out
}

/// Whether `out` is `wanted` brought in or out, never louder and never jumping.
fn fades(out: &[f32], wanted: &[f32]) -> bool {
    let gains: Vec<f32> = out.iter().zip(wanted).map(|(out, wanted)| out / wanted).collect();
    let steps = gains.chunks(2).zip(gains.chunks(2).skip(1)).map(|(a, b)| (b[0] - a[0]).abs());
    gains.iter().all(|gain| (-1e-4..1.0001).contains(gain)) && steps.fold(0.0, f32::max) < 0.01
}

#[test]
fn a_take_is_played_to_the_sample_and_ends() {
    let (studio, crank) = studio();
    let sound = stereo(20_000);
    studio.load(&sound);
    assert_eq!(studio.send(Command::Toggle).state, State::Playing);

    let mut out = turn(&studio, &crank, 300);
    out.extend(turn(&studio, &crank, 1));
    out.extend(turn(&studio, &crank, 10_000));
    out.extend(crank.pull(10_000));
    let end = studio.status();
    assert_eq!(out[..sound.len()], played(&sound));
    assert!(out[sound.len()..].iter().all(|&sample| sample == 0.0));
    assert_eq!(end.state, State::Ended);
    assert_eq!(Some(end.position), end.total);
    assert_eq!(end.position, time_of(20_000));

    crank.pull(100);
    assert_eq!(studio.quit(), [], "nothing more is said after the end");
}

#[test]
fn a_pause_fades_holds_and_goes_on_where_it_was() {
    let (studio, crank) = studio();
    let sound = stereo(10_000);
    let wanted = played(&sound);
    studio.load(&sound);
    studio.send(Command::Toggle);
    turn(&studio, &crank, 1_000);

    let paused = studio.send(Command::Pause);
    assert_eq!((paused.state, paused.position), (State::Paused, time_of(1_000)));
    let tail = crank.pull(600);
    assert!(fades(&tail[..RAMP * 2], &wanted[2_000..]));
    assert!(tail[(RAMP + 1) * 2..].iter().all(|&sample| sample == 0.0));

    // The fade took 480 frames, give or take the rounding of its last step.
    assert_eq!(studio.send(Command::Toggle).state, State::Playing);
    let out = turn(&studio, &crank, 1_000);
    let at = (1_479..=1_482)
        .find(|at| fades(&out[..RAMP * 2], &wanted[at * 2..]))
        .expect("it goes on where it was held");
    let full = (RAMP + 2) * 2;
    assert_eq!(out[full..], wanted[at * 2..][full..out.len()]);
}

#[test]
fn nothing_is_open_while_nothing_plays() {
    let (studio, crank) = studio();
    studio.load(&stereo(2_000));
    assert!(!crank.is_open(), "before the first play");
    for stop in [Command::Pause, Command::Stop, Command::Close] {
        studio.send(Command::Toggle);
        assert!(crank.is_open());
        studio.send(stop);
        crank.pull(RAMP + 2);
        // A turn is answered in order, and a volume is answered always.
        studio.send(Command::Volume(100));
        assert!(!crank.is_open());
    }
}

#[test]
fn a_seek_is_a_short_crossfade_to_the_frame() {
    let (studio, crank) = studio();
    let sound = stereo(480_000);
    let wanted = played(&sound);
    studio.load(&sound);
    studio.send(Command::Toggle);
    turn(&studio, &crank, 1_000);

    let there = studio.send(Command::SeekBy(5.0));
    assert_eq!(there.position, time_of(241_000));
    let out = turn(&studio, &crank, 1_000);
    for n in 0..130 {
        let (from, to) = (wanted[2_000 + n], wanted[482_000 + n]);
        let (low, high) = (from.min(to) - 1e-4, from.max(to) + 1e-4);
        assert!((low..high).contains(&out[n]), "sample {n}");
    }
    assert_eq!(out[260..], wanted[482_000..][260..2_000]);

    // Two at once are one of twice the length, and neither leaves the take.
    studio.send(Command::SeekBy(-2.0));
    assert_eq!(studio.send(Command::SeekBy(-2.0)).position, time_of(50_000));
    assert_eq!(studio.send(Command::SeekBy(-60.0)).position, Duration::ZERO);
    assert_eq!(studio.send(Command::SeekBy(f32::NAN)).position, Duration::ZERO);
    let end = studio.send(Command::SeekTo(Duration::from_secs(3_000)));
    assert_eq!(end.position, time_of(480_000));
    crank.pull(10);
    assert_eq!(studio.status().state, State::Ended);
}

#[test]
fn a_seek_while_paused_shows_at_once_and_sounds_later() {
    let (studio, crank) = studio();
    let sound = stereo(100_000);
    studio.load(&sound);
    let moved = studio.send(Command::SeekTo(Duration::from_secs(1)));
    assert_eq!((moved.state, moved.position), (State::Paused, Duration::from_secs(1)));
    studio.send(Command::Toggle);
    let out = turn(&studio, &crank, 1_000);
    assert_eq!(out[(RAMP + 2) * 2..], played(&sound)[96_000..][(RAMP + 2) * 2..2_000]);
    let stopped = studio.send(Command::Stop);
    assert_eq!((stopped.state, stopped.position), (State::Stopped, Duration::ZERO));
    crank.pull(1_000);
    // From the top again, and its first attack is not faded in.
    studio.send(Command::Toggle);
    assert_eq!(turn(&studio, &crank, 1_000), played(&sound)[..2_000]);
}

#[test]
fn the_volume_moves_without_a_click() {
    let (studio, crank) = studio();
    let sound = stereo(50_000);
    let wanted = played(&sound);
    studio.load(&sound);
    studio.send(Command::Toggle);
    turn(&studio, &crank, 1_000);
    assert_eq!(studio.send(Command::Volume(50)).volume, 50);
    let out = turn(&studio, &crank, 1_000);
    assert!(fades(&out, &wanted[2_000..]));
    for (out, wanted) in out[1_000..].iter().zip(&wanted[3_000..]) {
        assert!((out - wanted * 0.125).abs() < 1e-6);
    }
    assert_eq!(studio.send(Command::Volume(255)).volume, 100);
    studio.send(Command::Volume(0));
    assert!(turn(&studio, &crank, 1_000)[1_000..].iter().all(|&sample| sample == 0.0));
}

#[test]
fn after_the_end_it_starts_again_from_the_top() {
    let (studio, crank) = studio();
    let sound = stereo(3_000);
    studio.load(&sound);
    for _ in 0..2 {
        studio.send(Command::Toggle);
        assert_eq!(crank.pull(3_000), played(&sound));
        assert_eq!(studio.status().state, State::Ended);
        crank.pull(RAMP + 2);
    }
}

#[test]
fn the_next_take_replaces_the_one_that_plays() {
    let (studio, crank) = studio();
    studio.load(&stereo(50_000));
    studio.send(Command::Toggle);
    turn(&studio, &crank, 1_000);
    let path = studio.path("next.wav");
    super::fixture::wav(&path, 48_000, 1, &vec![8_000; 9_000]);
    let take = "12b".parse().unwrap();
    let take = Recording { take, source: Source::File(path), loudness: None };
    let take_id = take.take;
    studio.player.send(Command::Open { take, rival: None, play: true });
    let last = studio.until_measured();
    assert_eq!(last.state, State::Playing);
    assert_eq!((last.take, last.position), (Some(take_id), Duration::ZERO));
    assert_eq!(last.total, Some(time_of(9_000)));
    let out = turn(&studio, &crank, 2_000);
    assert_eq!(out[(RAMP + 2) * 2..], vec![8_000.0 / 32_768.0; (2_000 - RAMP - 2) * 2]);
    let closed = studio.send(Command::Close);
    assert_eq!((closed.take, closed.state, closed.total), (None, State::Stopped, None));
}

#[test]
fn commands_without_a_take_do_no_harm() {
    let (studio, crank) = studio();
    for command in [Command::Toggle, Command::Pause, Command::Stop, Command::SeekBy(5.0)] {
        studio.player.send(command);
    }
    assert_eq!(studio.send(Command::Close).state, State::Stopped);
    assert!(!crank.is_open());
    assert!(studio.quit().iter().all(|event| !matches!(event, Event::Status(_))));
}
