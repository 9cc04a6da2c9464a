//! Each gateway from the order to the files on disk.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::time::Duration;

use refrain::gateway::{Created, Polled};
use refrain::player::probe;
use refrain::song::{FailureClass, Label, Mode, Purpose};
use refrain::studio::Effect;
use serde_json::Value;

use crate::desk::{Desk, downloads, names, rule, sandbox, sound};

#[tokio::test]
async fn an_order_becomes_files_with_names() {
    for gateway in names() {
        let sandbox = sandbox("");
        let mut desk = Desk::at(&sandbox);
        let job = desk.ordered(gateway).await;
        let mut takes = Vec::new();
        desk.fetch(&job, &mut takes).await.unwrap();
        let folder = desk.dir().join("songs/0001 Paper Cups/v1 job 1");
        assert_eq!(takes.len(), 2, "{gateway}");
        for (take, label) in takes.iter().zip([Label::A, Label::B]) {
            assert_eq!(take.audio, folder.join(format!("Paper Cups {label}.mp3")));
            assert_eq!(fs::read(&take.audio).unwrap(), sound(label).audio);
            assert_eq!(take.cover, Some(folder.join(format!("Paper Cups {label}.png"))));
            assert_eq!(fs::read(take.cover.as_ref().unwrap()).unwrap(), sound(label).cover);
            assert_eq!(probe(&take.audio).unwrap().duration, take.duration);
        }
        let words = fs::read_to_string(folder.join("lyrics.txt")).unwrap();
        assert_eq!(words, job.request.text);
        let sheet: Value =
            serde_json::from_slice(&fs::read(folder.join("song.json")).unwrap()).unwrap();
        assert_eq!(sheet["takes"].as_array().unwrap().len(), 2, "{sheet}");
        assert_eq!(sheet["takes"][1]["audio"], "Paper Cups B.mp3");
        assert_eq!(sheet["receipt"]["task"], job.receipt.task.clone().unwrap());
        assert_eq!(sheet["receipt"]["tracks"].as_array().unwrap().len(), 2);
        assert_eq!(sheet["gateway"], gateway);
        let names: Vec<_> = fs::read_dir(&folder).unwrap().map(|f| f.unwrap().path()).collect();
        assert_eq!(names.len(), 6, "nothing else: {names:?}");

        let purposes: Vec<_> = desk.story.iter().map(|exchange| exchange.purpose).collect();
        for purpose in [Purpose::Create, Purpose::Poll, Purpose::Audio, Purpose::Cover] {
            assert!(purposes.contains(&purpose), "{gateway}: no {purpose:?} in {purposes:?}");
        }
        let arrived = desk.dir().join("incoming/job 1");
        for folder in [&arrived, arrived.parent().unwrap(), &folder, &desk.dir()] {
            let mode = fs::metadata(folder).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode, 0o700, "{}", folder.display());
        }
        desk.perform(Effect::Sweep(job.id));
        let creates = sandbox.ledger()["creates"].as_array().unwrap().len();
        assert_eq!(creates, 1, "{gateway}");
        // The machine waits for whoever sweeps no longer than for anything else.
        desk.fetch(&job, &mut takes).await.unwrap();
        assert_eq!(downloads(&sandbox, &job, "1.mp3")["requests"], 1, "{gateway}");
    }
}

#[tokio::test]
async fn a_description_stands_beside_the_words_that_were_sung() {
    let sandbox = sandbox("");
    let mut desk = Desk::at(&sandbox);
    let mut job = desk.job("apixo");
    job.request.params.mode = Mode::Describe;
    job.request.text = "a song about tea".into();
    desk.create(&mut job).await;
    desk.complete(&mut job).await;
    desk.fetch(&job, &mut Vec::new()).await.unwrap();
    let folder = desk.dir().join("songs/0001 Paper Cups/v1 job 1");
    let read = |name: &str| fs::read_to_string(folder.join(name));
    assert_eq!(read("description.txt").unwrap(), "a song about tea");
    if let Some(sung) = &job.receipt.lyrics {
        assert_eq!(&read("lyrics.txt").unwrap(), sung);
    }
}

#[tokio::test]
async fn one_take_and_three_takes_are_takes() {
    for (fault, count) in [("one_take", 1), ("three_takes", 3)] {
        for gateway in names() {
            let sandbox = sandbox(&rule("poll", &format!("do = \"{fault}\"")));
            let mut desk = Desk::at(&sandbox);
            let job = desk.ordered(gateway).await;
            let mut takes = Vec::new();
            desk.fetch(&job, &mut takes).await.unwrap();
            let labels: Vec<_> = takes.iter().map(|take| take.id.label).collect();
            assert_eq!(labels, (0..count).map(Label::nth).collect::<Vec<_>>(), "{gateway}");
        }
    }
}

#[tokio::test]
async fn a_balance_is_told_and_a_wrong_key_is_said_so() {
    let sandbox = sandbox("");
    let wrong = sandbox.config().replace("echo sandbox-", "echo no-");
    for gateway in ["apixo", "apimall"] {
        for (config, is_right) in [(sandbox.config(), true), (wrong.clone(), false)] {
            let mut desk = Desk::with(&config, crate::desk::BOUNDS);
            desk.perform(Effect::Balance(gateway.into()));
            let refrain::studio::Event::Balance(profile, result) = desk.news().await else {
                panic!("no balance")
            };
            assert_eq!(profile, gateway);
            match result {
                Ok(balance) => assert!(is_right && balance.text.contains("1000"), "{balance}"),
                Err(failure) => {
                    assert!(!is_right && failure.class == FailureClass::Auth, "{failure:?}");
                }
            }
        }
    }
    let mut desk = Desk::with(&wrong, crate::desk::BOUNDS);
    let mut job = desk.job("apimall");
    let created = desk.create(&mut job).await;
    assert!(matches!(created, Created::Refused(f) if f.class == FailureClass::Auth));
}

#[tokio::test]
async fn a_poll_is_asked_again_after_the_time_that_the_gateway_names() {
    let sandbox = sandbox(&rule("poll", "do = \"status\"\nstatus = 429\nretry_after = 7"));
    let mut desk = Desk::at(&sandbox);
    let mut job = desk.job("apixo");
    desk.create(&mut job).await;
    let Polled::Again { failure, retry_after } = desk.poll(&mut job).await else { panic!() };
    assert_eq!(retry_after, Some(Duration::from_secs(7)));
    assert_eq!(failure.class, FailureClass::Busy);
}
