//! Takes that play while they arrive: held where there is nothing yet, never cut, never mixed.

use std::fs::File;
use std::io::Write as _;

use super::fixture::{Studio, TAKE, noise, played, wav_header};
use crate::player::{Command, Crank, Event, Feed, OutputKind, State, Status, time_of};

const HEADER: u64 = 44;

struct Link {
    feed: Feed,
    file: File,
    bytes: u64,
}

impl Link {
    /// Sends so many frames of a recording.
    fn send(&mut self, samples: &[i16]) {
        for sample in samples {
            self.file.write_all(&sample.to_le_bytes()).unwrap();
        }
        self.bytes += samples.len() as u64 * 2;
        self.feed.grow(self.bytes);
    }
}

/// A recording of so many frames has begun to arrive and shall play.
fn arriving(frames: u32) -> (Studio, Crank, Link) {
    let crank = Crank::new();
    let studio = Studio::new(OutputKind::Manual(crank.clone()));
    let (feed, mut file) = studio.arrive();
    let status = studio.status();
    assert_eq!((status.state, status.take), (State::Loading, Some(TAKE)));
    file.write_all(&wav_header(48_000, 2, frames)).unwrap();
    (studio, crank, Link { feed, file, bytes: HEADER })
}

fn turn(studio: &Studio, crank: &Crank, frames: usize) -> (Vec<f32>, Status) {
    let out = crank.pull(frames);
    (out, studio.status())
}

#[test]
fn it_plays_from_its_first_frames_and_waits_for_more() {
    let sound = noise(96_000, 11);
    let wanted = played(&sound);
    let (studio, crank, mut link) = arriving(96_000);
    link.send(&sound[..20_000 * 2]);
    let ready = studio.until_ready(18_000).ready.unwrap();
    let status = studio.until_ready(18_000);
    assert_eq!(status.state, State::Playing);
    assert_eq!(status.total, Some(time_of(96_000)), "its header tells");
    let frames = (ready.as_secs_f64() * 48_000.0).round() as usize;

    // Far more is asked for than is there: it fades before it breaks off, and holds.
    let (out, status) = turn(&studio, &crank, 40_000);
    assert_eq!((status.state, status.ready), (State::Buffering, Some(ready)));
    let stopped = (status.position.as_secs_f64() * 48_000.0).round() as usize;
    assert!(stopped <= frames && stopped + 1_000 >= frames, "{stopped} of {frames}");
    let fade = stopped - 481;
    assert_eq!(out[..fade * 2], wanted[..fade * 2]);
    let steps = out.windows(2).zip(wanted.windows(2)).skip(fade * 2).take(900);
    assert!(steps.into_iter().all(|(out, wanted)| out[0].abs() <= wanted[0].abs() + 1e-6));
    assert!(out[stopped * 2 + 2..].iter().all(|&sample| sample == 0.0));

    // A little more is not enough to go on; a quarter of a second is.
    link.send(&sound[20_000 * 2..23_000 * 2]);
    studio.until_ready(frames as u64 + 2_048);
    let (out, status) = turn(&studio, &crank, 1_000);
    assert_eq!(status.state, State::Buffering);
    assert!(out.iter().all(|&sample| sample == 0.0));
    link.send(&sound[23_000 * 2..]);
    link.feed.finish();
    studio.until_measured();
    let (out, status) = turn(&studio, &crank, 10_000);
    assert_eq!((status.state, status.ready), (State::Playing, None));
    let settled = (480 + 2) * 2;
    assert_eq!(out[settled..], wanted[stopped * 2..][settled..20_000], "nothing is skipped");
}

#[test]
fn a_seek_ahead_of_the_link_waits_there() {
    let sound = noise(96_000, 12);
    let (studio, crank, mut link) = arriving(96_000);
    link.send(&sound[..10_000 * 2]);
    studio.until_ready(8_000);
    turn(&studio, &crank, 1_000);
    let status = studio.send(Command::SeekTo(time_of(60_000)));
    assert_eq!(status.position, time_of(60_000));
    let (out, status) = turn(&studio, &crank, 5_000);
    assert_eq!((status.state, status.position), (State::Buffering, time_of(60_000)));
    assert!(out[1_500..].iter().all(|&sample| sample == 0.0));
    link.send(&sound[10_000 * 2..]);
    link.feed.finish();
    studio.until_measured();
    let (out, _) = turn(&studio, &crank, 2_000);
    assert_eq!(out[964..], played(&sound)[120_000..][964..4_000]);
}

#[test]
fn what_stops_arriving_is_said_and_can_be_heard() {
    let sound = noise(96_000, 13);
    let (studio, crank, mut link) = arriving(96_000);
    link.send(&sound[..30_000 * 2]);
    studio.until_ready(28_000);
    link.feed.break_off("the server hung up");
    let (what, advice) = loop {
        if let Event::Flawed { take, what, advice } = studio.event() {
            assert_eq!(take, TAKE);
            break (what, advice);
        }
    };
    assert!(studio.sync().broken);
    assert!(what.contains("the server hung up") && what.contains("0:00"), "{what}");
    assert!(!advice.is_empty());
    let (out, _) = turn(&studio, &crank, 1_000);
    assert_eq!(out, played(&sound)[..2_000]);

    // The whole one came after all: what broke off does not stand for it.
    let path = studio.path("whole.wav");
    super::fixture::wav(&path, 48_000, 2, &sound);
    studio.player.send(super::fixture::open(path, false));
    let whole = studio.until_measured();
    assert_eq!((whole.total, whole.broken), (Some(time_of(96_000)), false));
}

#[test]
fn a_paused_take_says_that_all_of_it_is_there() {
    let sound = noise(96_000, 17);
    let (studio, _crank, mut link) = arriving(96_000);
    link.send(&sound[..30_000 * 2]);
    studio.until_ready(28_000);
    assert!(studio.send(Command::Pause).ready.is_some());
    link.send(&sound[30_000 * 2..]);
    link.feed.finish();
    while !matches!(studio.event(), Event::Measured { .. }) {}
    let status = studio.status();
    assert_eq!((status.state, status.ready), (State::Paused, None));
}

#[test]
fn what_begins_anew_is_never_mixed() {
    let (first, second) = (noise(96_000, 14), noise(96_000, 15));
    let (studio, crank, mut link) = arriving(96_000);
    link.send(&first[..30_000 * 2]);
    studio.until_ready(28_000);
    turn(&studio, &crank, 10_000);

    let path = studio.path("take.part");
    std::fs::remove_file(&path).unwrap();
    let mut file = File::create_new(&path).unwrap();
    file.write_all(&wav_header(48_000, 2, 96_000)).unwrap();
    link = Link { feed: link.feed, file, bytes: HEADER };
    link.feed.begin_anew();
    link.send(&second);
    link.feed.finish();
    // The playhead is where it was.
    let status = studio.until_measured();
    assert_eq!(status.position, time_of(10_000));
    turn(&studio, &crank, 1_000);
    let (out, _) = turn(&studio, &crank, 1_000);
    assert_eq!(out, played(&second)[22_000..24_000]);
}

#[test]
fn a_web_page_that_arrives_is_no_take() {
    let crank = Crank::new();
    let studio = Studio::new(OutputKind::Manual(crank));
    let (feed, mut file) = studio.arrive();
    let page = "<html><body>Sorry</body></html>";
    file.write_all(page.as_bytes()).unwrap();
    feed.grow(page.len() as u64);
    feed.finish();
    loop {
        if let Event::Failed { what, .. } = studio.event() {
            assert!(what.contains("web page"), "{what}");
            break;
        }
    }
    assert_eq!(studio.status().take, None);
}

#[test]
fn a_player_that_waits_for_bytes_ends_at_once() {
    let (studio, _crank, mut link) = arriving(96_000);
    link.send(&noise(9_000, 16));
    studio.until_ready(4_000);
    let Studio { player, events, .. } = studio;
    drop(player);
    // The channel ends when the control thread has let go of its end.
    assert!(events.iter().all(|event| matches!(event, Event::Status(_) | Event::Device(_))));
}

#[test]
fn what_is_not_announced_is_not_waited_for() {
    let studio = Studio::new(OutputKind::Manual(Crank::new()));
    let (_feed, _file) = studio.arrive();
    studio.status();
    studio.feeds.forget(TAKE);
    studio.send(Command::Close);
    let (take, source) = (TAKE, crate::player::Source::Arriving);
    let take = crate::player::Recording { take, source, loudness: None };
    studio.player.send(Command::Open { take, rival: None, play: true });
    loop {
        if let Event::Failed { what, .. } = studio.event() {
            assert!(what.contains("not on its way"), "{what}");
            break;
        }
    }
}
