//! Files that come in pieces, badly, from elsewhere, or not at all.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use refrain::sandbox::Sandbox;
use refrain::song::{Failure, FailureClass, Job, Label, Take};

use crate::desk::{Desk, downloads, rule, sandbox, sound};
use crate::server::{Server, say};

/// An order whose takes are ready, and a rule for fetching them.
async fn ready(more: &str) -> (Sandbox, Desk, Job) {
    let sandbox = sandbox(&rule("audio", more));
    let mut desk = Desk::at(&sandbox);
    let job = desk.ordered("apixo").await;
    (sandbox, desk, job)
}

/// Fetches once under a rule for one file, and gives the other take and why this one failed.
async fn once(more: &str) -> (Sandbox, Desk, Job, Vec<Take>, Failure) {
    let (sandbox, mut desk, job) = ready(&format!("times = 1\n{more}")).await;
    let mut takes = Vec::new();
    let failure = desk.fetch(&job, &mut takes).await.unwrap_err();
    assert_eq!(takes.len(), 1, "the good one is kept and told");
    (sandbox, desk, job, takes, failure)
}

/// Which file failed: the label of the take that is missing, and its name at the sandbox.
fn missing(takes: &[Take]) -> (Label, &'static str) {
    if takes[0].id.label == Label::A { (Label::B, "2.mp3") } else { (Label::A, "1.mp3") }
}

#[tokio::test]
async fn a_file_that_broke_off_goes_on_where_it_broke() {
    let (sandbox, mut desk, job, mut takes, failure) = once("do = \"truncate\"").await;
    assert_eq!(failure.class, FailureClass::Busy, "{failure:?}");
    let (label, file) = missing(&takes);
    desk.fetch(&job, &mut takes).await.unwrap();
    let whole = sound(label).audio.len();
    let told = downloads(&sandbox, &job, file);
    assert_eq!(told["requests"], 2);
    // The sandbox counts what it was about to send, so the first time counts whole.
    let from = format!("bytes={}-", whole / 2);
    assert_eq!(told["ranges"], serde_json::json!([from]));
    assert_eq!(told["bytes"], whole + (whole - whole / 2));
    assert_eq!(std::fs::read(&takes[label.index()].audio).unwrap(), sound(label).audio);
}

/// All of it came, under a length that was wrong: nothing is fetched twice to find that out.
#[tokio::test]
async fn a_length_that_lies_costs_no_second_copy() {
    let (sandbox, mut desk, job, mut takes, failure) = once("do = \"lying_length\"").await;
    assert_eq!(failure.class, FailureClass::Busy, "{failure:?}");
    let (label, file) = missing(&takes);
    desk.fetch(&job, &mut takes).await.unwrap();
    let told = downloads(&sandbox, &job, file);
    assert_eq!(told["ranges"], serde_json::json!([format!("bytes={}-", sound(label).audio.len())]));
}

/// What does not decode from end to end is no take, and only a new copy can be better.
#[tokio::test]
async fn what_is_not_a_recording_is_fetched_anew() {
    for fault in ["short", "garbage", "html", "huge"] {
        let rule = match fault {
            "short" => "do = \"short\"".to_owned(),
            _ => format!("do = \"{fault}\"\nwork = true"),
        };
        let (sandbox, mut desk, job, mut takes, failure) = once(&rule).await;
        assert_eq!(failure.class, FailureClass::Task, "{fault}: {failure:?}");
        let (_, file) = missing(&takes);
        let named = desk.files().iter().filter(|(path, _)| path.contains(".mp3")).count();
        assert_eq!(named, 1, "{fault}: {:?}", desk.files());
        desk.fetch(&job, &mut takes).await.unwrap();
        assert_eq!(takes.len(), 2);
        assert_eq!(downloads(&sandbox, &job, file)["ranges"], serde_json::json!([]), "{fault}");
    }
}

#[tokio::test]
async fn a_file_that_is_gone_is_gone_and_a_busy_server_is_busy() {
    for (fault, class) in [
        ("do = \"audio_gone\"", FailureClass::Gone),
        ("do = \"status\"\nstatus = 403", FailureClass::Gone),
        ("do = \"status\"\nstatus = 503", FailureClass::Busy),
        ("do = \"stall\"", FailureClass::Busy),
        ("do = \"drop_before\"", FailureClass::Busy),
        // Slower than any line: it would keep others waiting for ever.
        ("do = \"slow\"\nrate = 100", FailureClass::Busy),
    ] {
        let begun = Instant::now();
        let (_sandbox, mut desk, job, mut takes, failure) = once(fault).await;
        assert_eq!(failure.class, class, "{fault}: {failure:?}");
        assert!(begun.elapsed() < Duration::from_secs(20), "{fault}");
        desk.fetch(&job, &mut takes).await.unwrap();
    }
}

#[tokio::test]
async fn a_slow_file_may_take_its_time() {
    let rate = sound(Label::A).audio.len() / 3;
    let (_sandbox, mut desk, job) =
        ready(&format!("do = \"slow\"\nrate = {}", rate.max(90_000))).await;
    let mut takes = Vec::new();
    desk.fetch(&job, &mut takes).await.unwrap();
    assert_eq!(takes.len(), 2);
}

/// Each is told once for each attempt that brings something, before it is there.
#[tokio::test]
async fn a_take_is_told_of_while_it_arrives() {
    let (_sandbox, mut desk, job, mut takes, _) = once("do = \"truncate\"").await;
    desk.fetch(&job, &mut takes).await.unwrap();
    let of = |wanted: Label| desk.arriving.iter().filter(|label| **label == wanted).count();
    let broken = if of(Label::A) == 2 { Label::A } else { Label::B };
    assert_eq!((of(broken), desk.arriving.len()), (2, 3), "{:?}", desk.arriving);
}

/// What a server says in place of a recording is nothing to play, whatever its status.
#[tokio::test]
async fn a_page_is_not_told_of_as_a_take() {
    for fault in ["do = \"html\"\nwork = true", "do = \"audio_gone\"", "do = \"drop_before\""] {
        let (_sandbox, desk, _, takes, _) = once(fault).await;
        assert_eq!(desk.arriving, [takes[0].id.label], "{fault}");
    }
}

/// A job with one take at an address.
fn at(desk: &mut Desk, url: &str) -> Job {
    let mut job = desk.job("apimall");
    let track = refrain::song::Track { audio: url.to_owned(), ..Default::default() };
    job.receipt.tracks = vec![track];
    job
}

/// Files are often elsewhere, and are fetched without anything secret.
#[tokio::test]
async fn a_file_may_have_moved() {
    let elsewhere = Server::start(|_, socket| say(socket, 200, "", &sound(Label::A).audio));
    let location = format!("location: http://{}/there.mp3\r\n", elsewhere.address);
    let server = Server::start(move |_, socket| say(socket, 302, &location, b""));
    let mut desk = Desk::with(&server.config(), crate::desk::BOUNDS);
    let job = at(&mut desk, &format!("http://{}/a.mp3", server.address));
    desk.fetch(&job, &mut Vec::new()).await.unwrap();
    for heard in server.heard().iter().chain(&elsewhere.heard()) {
        assert!(!heard.to_lowercase().contains("authorization"), "{heard}");
        assert!(!heard.contains(crate::server::KEY), "{heard}");
    }
}

#[tokio::test]
async fn a_circle_ends_and_a_file_of_this_machine_is_not_fetched() {
    let server = Server::start(|_, socket| say(socket, 302, "location: /round\r\n", b""));
    let mut desk = Desk::with(&server.config(), crate::desk::BOUNDS);
    let job = at(&mut desk, &format!("http://{}/a.mp3", server.address));
    let failure = desk.fetch(&job, &mut Vec::new()).await.unwrap_err();
    assert_eq!(failure.class, FailureClass::Busy, "{failure:?}");
    assert!(server.heard().len() < 10);
    for address in ["file:///etc/passwd", "/files/a.mp3", "ftp://127.0.0.1/a.mp3", "http://"] {
        let job = at(&mut desk, address);
        let failure = desk.fetch(&job, &mut Vec::new()).await.unwrap_err();
        let is_ours = matches!(failure.class, FailureClass::Task | FailureClass::Busy);
        assert!(is_ours, "{address}: {failure:?}");
    }
    assert!(desk.files().iter().all(|(path, _)| !path.contains("songs/")), "{:?}", desk.files());
}

/// The first half of a recording, then the connection breaks; from then on `then`.
fn breaks(
    etag: &'static str,
    then: impl Fn(&str, &mut std::net::TcpStream) + Send + Sync + 'static,
) -> Server {
    let is_first = Mutex::new(true);
    Server::start(move |request, socket| {
        if std::mem::take(&mut *is_first.lock().unwrap()) {
            let audio = &sound(Label::A).audio;
            let head = format!("HTTP/1.1 200 OK\r\n{etag}content-length: {}\r\n\r\n", audio.len());
            std::io::Write::write_all(socket, head.as_bytes()).unwrap();
            std::io::Write::write_all(socket, &audio[..audio.len() / 2]).unwrap();
        } else {
            then(request, socket);
        }
    })
}

/// Fetches from a server that breaks off once; gives the take's bytes and the second request.
async fn resumed(server: &Server) -> (Result<Vec<u8>, Failure>, String) {
    let mut desk = Desk::with(&server.config(), crate::desk::BOUNDS);
    let job = at(&mut desk, &format!("http://{}/a.mp3", server.address));
    let mut takes = Vec::new();
    desk.fetch(&job, &mut takes).await.unwrap_err();
    let result = desk.fetch(&job, &mut takes).await;
    let result = result.map(|()| std::fs::read(&takes[0].audio).unwrap());
    (result, server.heard()[1].clone())
}

#[tokio::test]
async fn without_a_name_for_the_bytes_it_begins_at_the_top() {
    for etag in ["", "etag: W/\"weak\"\r\n"] {
        let server = breaks(etag, |_, socket| say(socket, 200, "", &sound(Label::A).audio));
        let (audio, second) = resumed(&server).await;
        assert_eq!(audio.unwrap(), sound(Label::A).audio);
        assert!(!second.contains("range"), "{second}");
    }
}

#[tokio::test]
async fn a_file_that_changed_is_not_joined_to_what_it_was() {
    let server = breaks("etag: \"one\"\r\n", |_, socket| {
        say(socket, 200, "etag: \"two\"\r\n", &sound(Label::B).audio);
    });
    let (audio, second) = resumed(&server).await;
    assert_eq!(audio.unwrap(), sound(Label::B).audio);
    assert!(second.contains("if-range: \"one\""), "{second}");
}

/// A server that loses its place is not believed: not in a range of its own, nor in a refusal.
#[tokio::test]
async fn a_server_that_lost_its_place_is_asked_anew() {
    for head in [
        "HTTP/1.1 416 X\r\ncontent-range: bytes */7\r\n",
        "HTTP/1.1 206 X\r\ncontent-range: bytes 1-9/9\r\n",
    ] {
        let is_second = Mutex::new(true);
        let server = breaks("etag: \"one\"\r\n", move |_, socket| {
            if std::mem::take(&mut *is_second.lock().unwrap()) {
                let answer = format!("{head}connection: close\r\ncontent-length: 0\r\n\r\n");
                std::io::Write::write_all(socket, answer.as_bytes()).unwrap();
            } else {
                say(socket, 200, "etag: \"one\"\r\n", &sound(Label::A).audio);
            }
        });
        let mut desk = Desk::with(&server.config(), crate::desk::BOUNDS);
        let job = at(&mut desk, &format!("http://{}/a.mp3", server.address));
        let mut takes = Vec::new();
        for _ in 0..2 {
            let failure = desk.fetch(&job, &mut takes).await.unwrap_err();
            assert_eq!(failure.class, FailureClass::Busy, "{failure:?}");
        }
        desk.fetch(&job, &mut takes).await.unwrap();
        assert!(!server.heard()[2].contains("range:"), "{}", server.heard()[2]);
        assert_eq!(std::fs::read(&takes[0].audio).unwrap(), sound(Label::A).audio);
    }
}
