//! Two takes on one playhead: back and forth without a gap, as loud as each other, in a loop.

use std::time::Duration;

use super::fixture::{RIVAL, Studio, TAKE, noise, played, stereo};
use crate::player::{Command, Crank, Event, Gain, OutputKind, State, Status, Stretch, time_of};

const RAMP: usize = 480;
const SEEK: usize = 128;

/// Two takes as delivered, and the first plays.
fn playing(a: &[i16], b: &[i16]) -> (Studio, Crank) {
    let crank = Crank::new();
    let studio = Studio::new(OutputKind::Manual(crank.clone()));
    let status = studio.load_pair(a, b);
    assert_eq!((status.take, status.rival), (Some(TAKE), Some(RIVAL)));
    studio.send(Command::Match(false));
    assert_eq!(studio.send(Command::Toggle).state, State::Playing);
    (studio, crank)
}

fn turn(studio: &Studio, crank: &Crank, frames: usize) -> (Vec<f32>, Status) {
    let out = crank.pull(frames);
    (out, studio.status())
}

/// Whether each sample lies between those of what went and what came.
fn crosses(out: &[f32], from: &[f32], to: &[f32]) -> bool {
    out.iter().zip(from.iter().zip(to)).all(|(out, (from, to))| {
        let (low, high) = (from.min(*to) - 1e-4, from.max(*to) + 1e-4);
        (low..high).contains(out)
    })
}

#[test]
fn the_other_take_goes_on_at_the_very_frame() {
    let (a, b) = (noise(100_000, 1), noise(90_000, 2));
    let (heard, other) = (played(&a), played(&b));
    let (studio, crank) = playing(&a, &b);
    let mut takes = [(&heard, TAKE), (&other, RIVAL)];
    let mut at = 0;
    for frames in [1_000, 4_321, 2_000, 777, 10_000] {
        let (out, status) = turn(&studio, &crank, frames);
        let settled = if at == 0 { 0 } else { (RAMP + 2) * 2 };
        assert_eq!(out[settled..], takes[0].0[at * 2..][settled..frames * 2]);
        at += frames;
        assert_eq!((status.take, status.position), (Some(takes[0].1), time_of(at as u64)));

        let status = studio.send(Command::Switch);
        assert_eq!((status.take, status.rival), (Some(takes[1].1), Some(takes[0].1)));
        assert_eq!((status.state, status.position), (State::Playing, time_of(at as u64)));
        let (out, _) = turn(&studio, &crank, RAMP);
        assert!(crosses(&out, &takes[0].0[at * 2..], &takes[1].0[at * 2..]), "at {at}");
        at += RAMP;
        takes.swap(0, 1);
    }
}

#[test]
fn a_take_that_is_over_is_not_switched_to() {
    let (studio, crank) = playing(&stereo(5_000), &noise(9_000, 3));
    crank.pull(6_000);
    let end = studio.status();
    assert_eq!((end.state, end.take, end.position), (State::Ended, Some(TAKE), time_of(5_000)));
    assert_eq!(end.rival_total, Some(time_of(9_000)));

    // The longer one goes on where the shorter one ended.
    crank.pull(RAMP + 2);
    let there = studio.send(Command::Switch);
    assert_eq!((there.state, there.take), (State::Paused, Some(RIVAL)));
    assert_eq!(there.position, time_of(5_000));
    studio.send(Command::Toggle);
    let (out, _) = turn(&studio, &crank, 1_000);
    let wanted = played(&noise(9_000, 3));
    assert_eq!(out[(RAMP + 2) * 2..], wanted[10_000..][(RAMP + 2) * 2..2_000]);

    let stays = studio.send(Command::Switch);
    assert_eq!((stays.state, stays.take), (State::Playing, Some(RIVAL)));
}

#[test]
fn the_louder_one_is_turned_down_to_the_other() {
    let loud = noise(240_000, 5);
    let soft: Vec<i16> = noise(240_000, 6).iter().map(|sample| sample / 4).collect();
    let crank = Crank::new();
    let studio = Studio::new(OutputKind::Manual(crank.clone()));
    let status = studio.load_pair(&loud, &soft);
    let Gain::Matched(gain) = status.gain else { panic!("{:?}", status.gain) };
    assert!((gain + 12.04).abs() < 0.1, "{gain}");
    studio.send(Command::Toggle);
    let (out, _) = turn(&studio, &crank, 2_000);
    let factor = 10_f32.powf(gain / 20.0);
    for (out, wanted) in out.iter().zip(played(&loud)) {
        assert!((out - wanted * factor).abs() < 1e-5);
    }
    // Nothing is turned up.
    assert_eq!(studio.send(Command::Switch).gain, Gain::Matched(0.0));
    turn(&studio, &crank, 1_000);
    let (out, _) = turn(&studio, &crank, 1_000);
    assert_eq!(out, played(&soft)[6_000..8_000]);
    studio.send(Command::Switch);
    turn(&studio, &crank, 1_000);
    assert_eq!(studio.send(Command::Match(false)).gain, Gain::Delivered);
    turn(&studio, &crank, 1_000);
    assert_eq!(turn(&studio, &crank, 100).0, played(&loud)[12_000..12_200]);
}

#[test]
fn a_loop_turns_back_at_the_very_frame() {
    let sound = noise(100_000, 7);
    let wanted = played(&sound);
    let (studio, crank) = playing(&sound, &noise(50_000, 8));
    let stretch = Stretch { from: time_of(4_800), to: time_of(24_000) };
    let status = studio.send(Command::Loop(Some(stretch)));
    assert_eq!(status.looped, Some(stretch));
    let (out, _) = turn(&studio, &crank, 24_000);
    assert_eq!(out, wanted[..48_000]);
    for _ in 0..3 {
        let (out, status) = turn(&studio, &crank, 19_200);
        assert!(crosses(&out[..SEEK * 2], &wanted[48_000..], &wanted[9_600..]));
        assert_eq!(out[SEEK * 2 + 2..], wanted[9_600..48_000][SEEK * 2 + 2..]);
        assert_eq!((status.state, status.position), (State::Playing, time_of(4_800)));
    }
    // The other take loops as well, and without it everything plays on.
    studio.send(Command::Switch);
    let (_, status) = turn(&studio, &crank, 19_200 + 100);
    assert_eq!((status.take, status.position), (Some(RIVAL), time_of(4_900)));
    assert_eq!(studio.send(Command::Loop(None)).looped, None);
    let (_, status) = turn(&studio, &crank, 30_000);
    assert_eq!(status.position, time_of(34_900));
}

#[test]
fn a_loop_that_is_behind_the_playhead_goes_back_to_its_start() {
    let (studio, crank) = playing(&stereo(100_000), &stereo(100_000));
    turn(&studio, &crank, 50_000);
    let to = time_of(50_000);
    let status = studio.send(Command::Loop(Some(Stretch { from: time_of(40_000), to })));
    assert_eq!(status.position, time_of(40_000));
    // One that is hardly there is none.
    let status = studio.send(Command::Loop(Some(Stretch { from: to, to })));
    assert_eq!(status.looped, None);
}

#[test]
fn a_pair_that_is_there_already_is_not_decoded_again() {
    let (studio, crank) = playing(&stereo(50_000), &noise(50_000, 9));
    turn(&studio, &crank, 1_000);
    let (take, rival) = (studio.recording(RIVAL, "b.wav"), studio.recording(TAKE, "a.wav"));
    std::fs::remove_file(studio.path("b.wav")).unwrap();
    let status = studio.send(Command::Open { take, rival: Some(rival), play: true });
    assert_eq!((status.take, status.state), (Some(RIVAL), State::Playing));
    assert_eq!((status.position, status.total), (Duration::ZERO, Some(time_of(50_000))));
    turn(&studio, &crank, 1_000);
    let (out, _) = turn(&studio, &crank, 1_000);
    assert_eq!(out, played(&noise(50_000, 9))[2_000..4_000]);
}

#[test]
fn silence_and_back_without_a_click() {
    let (studio, crank) = playing(&stereo(50_000), &stereo(50_000));
    turn(&studio, &crank, 1_000);
    assert!(studio.send(Command::Mute(true)).muted);
    assert!(turn(&studio, &crank, 1_000).0[RAMP * 2 + 4..].iter().all(|&sample| sample == 0.0));
    assert!(!studio.send(Command::Mute(false)).muted);
    turn(&studio, &crank, 1_000);
    assert_eq!(turn(&studio, &crank, 100).0, played(&stereo(50_000))[6_000..6_200]);
}

#[test]
fn the_other_may_be_broken() {
    let crank = Crank::new();
    let studio = Studio::new(OutputKind::Manual(crank.clone()));
    super::fixture::wav(&studio.path("a.wav"), 48_000, 2, &stereo(50_000));
    std::fs::write(studio.path("b.wav"), "<html>").unwrap();
    let (take, rival) = (studio.recording(TAKE, "a.wav"), Some(studio.recording(RIVAL, "b.wav")));
    studio.player.send(Command::Open { take, rival, play: true });
    let failed = loop {
        if let Event::Failed { take, .. } = studio.event() {
            break take;
        }
    };
    assert_eq!(failed, RIVAL);
    let status = studio.status();
    assert_eq!((status.take, status.rival), (Some(TAKE), None));
    assert_eq!(status.state, State::Playing);
}

#[test]
fn a_switch_right_after_a_seek_goes_to_the_place_sought() {
    let (a, b) = (noise(100_000, 21), noise(100_000, 22));
    let (studio, crank) = playing(&a, &b);
    turn(&studio, &crank, 1_000);
    // Nothing is rendered between the two, nor between there and back.
    studio.send(Command::SeekTo(time_of(48_000)));
    assert_eq!(studio.send(Command::Switch).position, time_of(48_000));
    turn(&studio, &crank, 1_000);
    let (out, status) = turn(&studio, &crank, 1_000);
    assert_eq!((status.take, status.position), (Some(RIVAL), time_of(50_000)));
    assert_eq!(out, played(&b)[98_000..100_000]);
    studio.send(Command::Switch);
    studio.send(Command::Switch);
    studio.send(Command::Switch);
    let (_, status) = turn(&studio, &crank, 1_000);
    assert_eq!((status.take, status.position), (Some(TAKE), time_of(51_000)));
}

#[test]
fn a_loop_that_is_let_go_in_its_next_lap_is_shown_there() {
    let (studio, crank) = playing(&noise(100_000, 23), &noise(100_000, 24));
    let stretch = Stretch { from: time_of(4_800), to: time_of(24_000) };
    studio.send(Command::Loop(Some(stretch)));
    turn(&studio, &crank, 23_900);
    // The device turns back before anybody looks.
    crank.fill(&mut vec![0.0; 2_400]);
    let status = studio.send(Command::Loop(None));
    assert_eq!(status.position, time_of(4_800 + 1_100));
}

#[test]
fn a_loop_lives_with_its_pair_and_within_the_shorter_one() {
    let (studio, crank) = playing(&noise(100_000, 25), &noise(30_000, 26));
    let stretch = Stretch { from: time_of(20_000), to: time_of(60_000) };
    studio.send(Command::Loop(Some(stretch)));
    turn(&studio, &crank, 25_000);
    studio.send(Command::Switch);
    let (_, status) = turn(&studio, &crank, 6_000);
    assert_eq!((status.take, status.state), (Some(RIVAL), State::Playing));
    assert_eq!(status.position, time_of(21_000), "it turns back where it ends");
    let again = |take, rival| Command::Open { take, rival: Some(rival), play: false };
    let same = again(studio.recording(TAKE, "a.wav"), studio.recording(RIVAL, "b.wav"));
    assert_eq!(studio.send(same).looped, Some(stretch));
    let other =
        again(studio.recording("13a".parse().unwrap(), "a.wav"), studio.recording(RIVAL, "b.wav"));
    assert_eq!(studio.send(other).looped, None);
}

#[test]
fn a_loop_set_at_the_end_plays_from_its_start() {
    let (studio, crank) = playing(&stereo(20_000), &stereo(20_000));
    crank.pull(21_000);
    assert_eq!(studio.status().state, State::Ended);
    crank.pull(RAMP + 2);
    let stretch = Stretch { from: time_of(10_000), to: time_of(20_000) };
    let status = studio.send(Command::Loop(Some(stretch)));
    assert_eq!((status.state, status.position), (State::Paused, time_of(10_000)));
    let status = studio.send(Command::Toggle);
    assert_eq!((status.state, status.position), (State::Playing, time_of(10_000)));
}
