//! Takes on their way into the library: what is there stays what it is.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use refrain::song::{FailureClass, Label};
use refrain::studio::{Effect, Event, JobNews};

use crate::desk::{Desk, rule, sandbox, sound};
use crate::server::{Server, say};

/// The program ended between the name of a take and the word of it in the journal; meanwhile the
/// gateway made another file of it. The music on disk is not what pays for that.
#[tokio::test]
async fn a_take_that_the_journal_missed_is_never_written_over() {
    let changed = Arc::new(AtomicBool::new(false));
    let shared = Arc::clone(&changed);
    let server = Server::start(move |_, socket| {
        if shared.load(Ordering::Relaxed) {
            say(socket, 200, "etag: \"two\"\r\n", &sound(Label::B).audio);
        } else {
            say(socket, 200, "etag: \"one\"\r\n", &sound(Label::A).audio);
        }
    });
    let mut desk = Desk::with(&server.config(), crate::desk::BOUNDS);
    let mut job = desk.job("apimall");
    let audio = format!("http://{}/a.mp3", server.address);
    job.receipt.tracks = vec![refrain::song::Track { audio, ..Default::default() }];
    let mut first = Vec::new();
    desk.fetch(&job, &mut first).await.unwrap();
    changed.store(true, Ordering::Relaxed);
    let mut second = Vec::new();
    desk.fetch(&job, &mut second).await.unwrap();
    assert_eq!(fs::read(&first[0].audio).unwrap(), sound(Label::A).audio);
    assert_eq!(fs::read(&second[0].audio).unwrap(), sound(Label::B).audio);
    assert!(second[0].audio.ends_with("Paper Cups A 2.mp3"), "{:?}", second[0].audio);
}

/// The same, with the same file at the gateway: it is found, and no byte comes again.
#[tokio::test]
async fn a_take_that_the_journal_missed_is_found() {
    let sandbox = sandbox("");
    let mut desk = Desk::at(&sandbox);
    let job = desk.ordered("apixo").await;
    let (mut first, mut second) = (Vec::new(), Vec::new());
    desk.fetch(&job, &mut first).await.unwrap();
    let files = desk.files();
    desk.fetch(&job, &mut second).await.unwrap();
    assert_eq!(desk.files(), files);
    let paths = |takes: &[refrain::song::Take]| -> Vec<_> {
        takes.iter().map(|take| (take.audio.clone(), take.cover.clone())).collect()
    };
    assert_eq!(paths(&first), paths(&second));
    let told = crate::desk::downloads(&sandbox, &job, "1.mp3");
    assert_eq!(
        told["ranges"],
        serde_json::json!([format!("bytes={}-", sound(Label::A).audio.len())])
    );
}

#[tokio::test]
async fn a_cover_that_is_none_keeps_no_take_waiting() {
    for fault in ["html", "garbage", "audio_gone", "stall", "truncate", "huge"] {
        let sandbox = sandbox(&rule("cover", &format!("do = \"{fault}\"")));
        let mut desk = Desk::at(&sandbox);
        let job = desk.ordered("apixo").await;
        let mut takes = Vec::new();
        desk.fetch(&job, &mut takes).await.unwrap();
        assert_eq!(takes.len(), 2, "{fault}");
        assert!(takes.iter().all(|take| take.cover.is_none()), "{fault}");
        let folder = desk.dir().join("songs/0001 Paper Cups/v1 job 1");
        let names: Vec<_> = fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
        assert_eq!(names.len(), 4, "{fault}: {names:?}");
    }
}

/// A cover that is late once is a cover.
#[tokio::test]
async fn a_cover_is_tried_again() {
    let sandbox = sandbox(&rule("cover", "do = \"drop_before\"\ntimes = 1"));
    let mut desk = Desk::at(&sandbox);
    let job = desk.ordered("apimall").await;
    let mut takes = Vec::new();
    desk.fetch(&job, &mut takes).await.unwrap();
    assert!(takes.iter().all(|take| take.cover.is_some()), "{takes:?}");
}

#[tokio::test]
async fn what_is_let_go_leaves_nothing_half_and_can_be_taken_up_again() {
    let sandbox = sandbox(&rule("audio", "do = \"slow\"\nrate = 70_000"));
    let mut desk = Desk::at(&sandbox);
    let job = desk.ordered("apixo").await;
    for _ in 0..5 {
        desk.perform(Effect::Fetch { job: Box::new(job.clone()), kept: Vec::new() });
        desk.perform(Effect::Cancel(job.id));
    }
    sandbox.set_script("").unwrap();
    let mut takes = Vec::new();
    desk.fetch(&job, &mut takes).await.unwrap();
    assert_eq!(takes.len(), 2);
    desk.perform(Effect::Sweep(job.id));
    // Whoever comes next waits for the sweep; it fetches nothing and says so.
    desk.fetch(&job, &mut takes).await.unwrap();
    let parts: Vec<_> =
        desk.files().into_iter().filter(|(path, _)| path.contains(".part")).collect();
    assert_eq!(parts, []);
    assert!(desk.files().iter().all(|(path, _)| !path.starts_with("incoming")));
}

#[tokio::test]
async fn a_disk_that_says_no_is_named() {
    let sandbox = sandbox("");
    let mut desk = Desk::at(&sandbox);
    let job = desk.ordered("apixo").await;
    // A file where the folder should be: this fails for every user.
    fs::write(desk.dir().join("incoming"), "mine").unwrap();
    let failure = desk.fetch(&job, &mut Vec::new()).await.unwrap_err();
    assert_eq!(failure.class, FailureClass::Storage);
    assert!(failure.advice.contains("incoming"), "{failure:?}");
    assert_eq!(fs::read(desk.dir().join("incoming")).unwrap(), b"mine");
}

#[tokio::test]
async fn the_machine_ends_while_everything_is_on_its_way() {
    let sandbox = sandbox(&rule("audio", "do = \"stall\""));
    let mut desk = Desk::at(&sandbox);
    let job = desk.ordered("apixo").await;
    desk.perform(Effect::Fetch { job: Box::new(job.clone()), kept: Vec::new() });
    sandbox.set_script(&rule("poll", "do = \"stall\"")).unwrap();
    let task = job.receipt.task.clone().unwrap();
    desk.perform(Effect::Poll { id: job.id, profile: "apixo".into(), task });
    desk.perform(Effect::Balance("apixo".into()));
    loop {
        match desk.news().await {
            // What stalls has begun.
            Event::Job(_, JobNews::Arriving(_)) => {}
            Event::Balance(..) => break,
            event => panic!("{event:?}"),
        }
    }
    let begun = std::time::Instant::now();
    drop(desk);
    assert!(begun.elapsed() < std::time::Duration::from_secs(5));
}
