//! The audio thread allocates nothing, whatever is done to the takes that play.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use assert_no_alloc::{AllocDisabler, assert_no_alloc, violation_count};
use refrain::player::{
    Command, Crank, Event, Feeds, OutputKind, Player, Recording, Source, Stretch,
};

mod wav;

#[global_allocator]
static ALLOCATOR: AllocDisabler = AllocDisabler;

fn measured(events: &Receiver<Event>) {
    let patience = Duration::from_secs(20);
    while !matches!(events.recv_timeout(patience).unwrap(), Event::Measured { .. }) {}
}

#[test]
fn rendering_allocates_nothing() {
    // The count itself can fail.
    assert_no_alloc(|| drop(std::hint::black_box(vec![1_u8])));
    let counted = violation_count();
    assert!(counted > 0);

    let folder = tempfile::tempdir().unwrap();
    let recording = |take: &str| {
        let path = folder.path().join(take);
        std::fs::write(&path, wav::silence(5)).unwrap();
        Recording { take: take.parse().unwrap(), source: Source::File(path), loudness: None }
    };
    let crank = Crank::new();
    let (told, events) = mpsc::channel();
    let output = OutputKind::Manual(crank.clone());
    let player = Player::spawn(output, Feeds::default(), move |event| _ = told.send(event));
    player.send(Command::Open { take: recording("1a"), rival: Some(recording("1b")), play: true });
    measured(&events);
    measured(&events);
    let stretch = Stretch { from: Duration::from_secs(1), to: Duration::from_millis(1100) };
    let mut out = vec![0.0; 8_192];
    for command in [
        Command::Switch,
        Command::SeekBy(0.5),
        Command::Volume(30),
        Command::Loop(Some(stretch)),
        Command::SeekTo(Duration::from_secs(1)),
        Command::Match(false),
        Command::Mute(true),
        Command::Pause,
        Command::Toggle,
        Command::Loop(None),
        Command::Open { take: recording("2a"), rival: Some(recording("2b")), play: true },
        Command::Close,
    ] {
        player.send(command);
        // Some of it before the command is heard, some after.
        for _ in 0..20 {
            assert_no_alloc(|| crank.fill(&mut out));
            std::thread::yield_now();
        }
    }
    assert_eq!(violation_count(), counted);
}
