//! Answers that no document has: each ends in bounded time, leaves nothing that a terminal would
//! obey, and costs nothing twice.

use std::io::Write as _;
use std::time::{Duration, Instant};

use refrain::gateway::{Bounds, Created, Polled};
use refrain::song::{Failure, FailureClass, JobId, Receipt};
use refrain::studio::Effect;
use serde_json::json;

use crate::desk::{Desk, names, rule, sandbox};
use crate::server::{Server, request, say};

/// More than any bound of a test, for a machine that is busy with something else.
const SOON: Duration = Duration::from_secs(20);

/// What an answer can be in place of itself.
const ANSWERS: &[&str] = &[
    "do = \"garbage\"\nwork = true",
    "do = \"html\"\nwork = true",
    "do = \"huge\"\nwork = true",
    "do = \"null_data\"",
    "do = \"stall\"\nwork = true",
    "do = \"slow\"\nrate = 1",
    "do = \"truncate\"",
    "do = \"short\"",
    "do = \"lying_length\"",
    "do = \"drop_before\"",
    "do = \"status\"\nstatus = 500\nbody = \"null\"",
    "do = \"status\"\nstatus = 200\nbody = \"[]\"",
    "do = \"status\"\nstatus = 200\nbody = \"\"",
];

#[track_caller]
fn is_clean(text: &str) {
    let is_text =
        |c: char| c == '\n' || !(c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c));
    assert!(text.chars().all(is_text), "{text:?}");
}

#[track_caller]
fn is_told_cleanly(failure: &Failure) {
    is_clean(&failure.message);
    is_clean(&failure.advice);
    is_clean(failure.code.as_deref().unwrap_or_default());
    assert!(failure.message.len() < 2000, "{}", failure.message);
}

#[track_caller]
fn story_is_clean(desk: &Desk) {
    for exchange in &desk.story {
        is_clean(&exchange.request);
        is_clean(&exchange.answer);
        assert!(exchange.answer.len() <= 70 * 1024, "{}", exchange.answer.len());
    }
}

/// A create whose answer says nothing may have arrived: it is unknown, and went out once.
#[tokio::test]
async fn no_answer_to_an_order_makes_it_go_out_twice() {
    for gateway in names() {
        let sandbox = sandbox("");
        let mut desk = Desk::at(&sandbox);
        // The connection is an old one from now on.
        desk.ordered(gateway).await;
        for (nth, fault) in ANSWERS.iter().chain(&["do = \"drop_after\""]).enumerate() {
            sandbox.set_script(&rule("create", fault)).unwrap();
            let begun = Instant::now();
            let mut job = desk.job(gateway);
            let created = desk.create(&mut job).await;
            assert!(begun.elapsed() < SOON, "{gateway} {fault}");
            match created {
                Created::Unknown(failure) => is_told_cleanly(&failure),
                // It names the task twice.
                Created::Accepted(_) if gateway == "udioapi-v2" && fault.contains("null_data") => {}
                created => panic!("{gateway} {fault}: {created:?}"),
            }
            let creates = sandbox.ledger()["creates"].as_array().unwrap().len();
            assert_eq!(creates, nth + 2, "{gateway} {fault}");
        }
        story_is_clean(&desk);
    }
}

/// Whatever comes for an answer, the task is asked about again and is found.
#[tokio::test]
async fn no_answer_to_a_question_loses_the_task() {
    const TAKES: &[&str] = &[
        "do = \"unknown_state\"",
        "do = \"bad_result_json\"",
        "do = \"zero_tracks\"",
        "do = \"relative_url\"",
        "do = \"file_url\"",
    ];
    for gateway in names() {
        let sandbox = sandbox("");
        let mut desk = Desk::at(&sandbox);
        let mut job = desk.ordered(gateway).await;
        let tracks = job.receipt.tracks.clone();
        for fault in ANSWERS.iter().chain(TAKES) {
            sandbox.set_script(&rule("poll", fault)).unwrap();
            let begun = Instant::now();
            match desk.poll(&mut job).await {
                Polled::Again { failure, .. } => is_told_cleanly(&failure),
                Polled::Working { .. } => {}
                // Its items say that they are done, whatever is said over them.
                Polled::Complete(_) if gateway == "udioapi-v2" && fault.contains("state") => {}
                polled => panic!("{gateway} {fault}: {polled:?}"),
            }
            assert!(begun.elapsed() < SOON, "{gateway} {fault}");
            sandbox.set_script("").unwrap();
            assert_eq!(desk.complete(&mut job).await.tracks, tracks, "{gateway} {fault}");
        }
        story_is_clean(&desk);
    }
}

#[tokio::test]
async fn nothing_that_a_terminal_would_obey_comes_in() {
    let clean = |receipt: &Receipt| {
        is_clean(&serde_json::to_string_pretty(receipt).unwrap().replace("\\n", ""));
        for track in &receipt.tracks {
            for text in [&track.title, &track.tags, &track.model, &track.id].into_iter().flatten() {
                is_clean(text);
            }
        }
        is_clean(receipt.lyrics.as_deref().unwrap_or_default());
    };
    for gateway in names() {
        let sandbox = sandbox("");
        let mut desk = Desk::at(&sandbox);
        let both = rule("create", "do = \"control_characters\"")
            + &rule("poll", "do = \"control_characters\"");
        sandbox.set_script(&both).unwrap();
        let mut job = desk.job(gateway);
        desk.create(&mut job).await;
        clean(&desk.complete(&mut job).await);
        let fail =
            rule("create", "do = \"fail\"\ncode = \"x\\u001by\"\nmessage = \"a\\u001b[2Jb\"");
        sandbox.set_script(&fail).unwrap();
        let mut job = desk.job(gateway);
        match desk.create(&mut job).await {
            Created::Accepted(_) => {
                let mut polled = desk.poll(&mut job).await;
                while let Polled::Working { .. } = polled {
                    polled = desk.poll(&mut job).await;
                }
                let Polled::Failed { failure, .. } = polled else { panic!("{polled:?}") };
                is_told_cleanly(&failure);
            }
            Created::Refused(failure) => is_told_cleanly(&failure),
            created => panic!("{gateway}: {created:?}"),
        }
        story_is_clean(&desk);
    }
}

/// A byte a moment keeps any silence at bay; the whole has its time too.
#[tokio::test]
async fn an_answer_that_drips_ends() {
    let server = Server::start(|_, socket| {
        let mut drip = || {
            socket.write_all(b"x")?;
            socket.flush()
        };
        let (_hold, pause) = std::sync::mpsc::channel::<()>();
        while drip().is_ok() {
            let _ = pause.recv_timeout(Duration::from_millis(100));
        }
    });
    let mut desk = Desk::with(&server.config(), crate::desk::BOUNDS);
    let begun = Instant::now();
    let mut job = desk.job("apimall");
    let created = desk.create(&mut job).await;
    assert!(matches!(created, Created::Unknown(_)), "{created:?}");
    assert!(begun.elapsed() < SOON);
}

/// Only what surely never left may be sent again.
#[tokio::test]
async fn where_nobody_listens_nothing_was_ordered() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let config = Server::start(|_, _| {}).config();
    let address = config.split("http://").nth(1).unwrap().split('/').next().unwrap().to_owned();
    let config = config.replace(&address, &free.to_string());
    let mut desk = Desk::with(&config, crate::desk::BOUNDS);
    let mut job = desk.job("apimall");
    let created = desk.create(&mut job).await;
    let Created::Busy { failure, .. } = created else { panic!("{created:?}") };
    assert_eq!(failure.class, FailureClass::Busy);
}

/// A redirect of a call is an answer: neither the order nor the key goes to another host.
#[tokio::test]
async fn a_key_follows_nobody() {
    let elsewhere = Server::start(|_, socket| say(socket, 200, "", b"{}"));
    let to = format!("http://{}/stolen", elsewhere.address);
    for status in [301, 302, 303, 307, 308] {
        let location = format!("location: {to}\r\n");
        let server = Server::start(move |_, socket| say(socket, status, &location, b""));
        let mut desk = Desk::with(&server.config(), crate::desk::BOUNDS);
        let mut job = desk.job("apimall");
        let created = desk.create(&mut job).await;
        assert!(matches!(created, Created::Unknown(_) | Created::Refused(_)), "{created:?}");
        job.receipt.task = Some("t1".into());
        let polled = desk.poll(&mut job).await;
        assert!(matches!(polled, Polled::Again { .. }), "{polled:?}");
        assert_eq!(server.heard().len(), 2);
    }
    assert_eq!(elsewhere.heard(), [""; 0]);
}

/// An answer that is packed is not asked for; nothing here unpacks.
#[tokio::test]
async fn an_answer_is_asked_for_as_it_is() {
    let body = json!({"code": 200, "data": {"task_id": "t1"}}).to_string();
    let server = Server::start(move |_, socket| say(socket, 200, "", body.as_bytes()));
    let mut desk = Desk::with(&server.config(), crate::desk::BOUNDS);
    let mut job = desk.job("apimall");
    assert!(matches!(desk.create(&mut job).await, Created::Accepted(_)));
    let heard = &server.heard()[0];
    assert!(heard.contains("accept-encoding: identity"), "{heard}");
    assert!(heard.contains("idempotency-key: action-1"), "{heard}");
}

/// A connection that is kept open may be closed over there just when it is used again. An order
/// that was lost like that would be of unknown outcome; so it never uses one.
#[tokio::test]
async fn an_order_has_a_connection_of_its_own() {
    let body = json!({"code": 200, "data": {"task_id": "t1", "credits": 7}}).to_string();
    let server = Server::start(move |_, socket| {
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len());
        socket.write_all(format!("{head}{body}").as_bytes()).unwrap();
        // What comes next on the same connection is read, and never answered.
        request(socket);
    });
    let mut desk = Desk::with(&server.config(), crate::desk::BOUNDS);
    desk.perform(Effect::Balance("apimall".into()));
    let balance = desk.news().await;
    assert!(matches!(balance, refrain::studio::Event::Balance(_, Ok(_))), "{balance:?}");
    for _ in 0..2 {
        let mut job = desk.job("apimall");
        let created = desk.create(&mut job).await;
        assert!(matches!(created, Created::Accepted(_)), "{created:?}");
    }
}

/// A gateway that does not answer keeps nobody waiting who waits for another.
#[tokio::test]
async fn one_gateway_s_trouble_is_its_own() {
    let sandbox = sandbox("");
    let mut desk = Desk::with(&sandbox.config(), Bounds::default());
    let (mut bad, mut good) = (desk.job("apixo"), desk.job("apimall"));
    desk.create(&mut bad).await;
    desk.create(&mut good).await;
    desk.complete(&mut bad).await;
    let stalls = ["poll", "audio"].map(|on| rule(on, "dialect = \"apixo\"\ndo = \"stall\""));
    sandbox.set_script(&stalls.concat()).unwrap();
    let task = bad.receipt.task.clone().unwrap();
    for number in 100..200 {
        let (id, profile, task) = (JobId(number), "apixo".into(), task.clone());
        desk.perform(Effect::Poll { id, profile, task });
        let mut job = bad.clone();
        job.id = id;
        desk.perform(Effect::Fetch { job: Box::new(job), kept: Vec::new() });
    }
    let begun = Instant::now();
    desk.complete(&mut good).await;
    let mut takes = Vec::new();
    desk.fetch(&good, &mut takes).await.unwrap();
    assert_eq!(takes.len(), 2);
    assert!(begun.elapsed() < Bounds::default().silence, "{:?}", begun.elapsed());
}
