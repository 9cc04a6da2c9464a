//! Downloads from servers that drop, stall, forget and lie, over sockets of this machine: what is
//! on the disk, and what somebody who reads along is told, at every moment.

use std::io::Write;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::Duration;
use std::{fs, thread};

use super::*;
use crate::gateway::Bounds;

const BOUNDS: Bounds = Bounds {
    connect: Duration::from_secs(5),
    silence: Duration::from_millis(400),
    whole: Duration::from_secs(5),
    largest: 1024,
    least: 1,
    within: Duration::from_secs(60),
};

/// So long that it comes in several pieces.
const LENGTH: usize = 300_000;

/// A recording of noise, another for each number.
fn music(seed: u32) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9) | 1;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    (0..LENGTH).map(|_| next()).collect()
}

/// Answers the first request with the first of these, and so on; then it has gone.
fn server(answers: Vec<Answer>) -> (SocketAddr, thread::JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let work = move || {
        let mut heard = Vec::new();
        // They are kept open until the end: one that stalls must not look like one that drops.
        let mut open = Vec::new();
        for answer in answers {
            let (mut socket, _) = listener.accept().unwrap();
            heard.push(request(&mut socket));
            // The other side may have had enough before all is sent.
            let _ = socket.write_all(&answer.head).and_then(|()| socket.write_all(&answer.body));
            if answer.stalls {
                open.push(socket);
            }
        }
        heard
    };
    (address, thread::spawn(work))
}

fn request(socket: &mut TcpStream) -> String {
    let mut heard = Vec::new();
    while !heard.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        io::Read::read_exact(socket, &mut byte).unwrap();
        heard.push(byte[0]);
    }
    String::from_utf8(heard).unwrap().to_lowercase()
}

struct Answer {
    head: Vec<u8>,
    body: Vec<u8>,
    stalls: bool,
}

/// An answer with these headers; nothing is added.
fn says(status: u16, headers: &[String], body: &[u8]) -> Answer {
    let first = [format!("HTTP/1.1 {status} X"), "connection: close".to_owned()];
    let head = [&first, headers].concat().join("\r\n") + "\r\n\r\n";
    Answer { head: head.into_bytes(), body: body.to_vec(), stalls: false }
}

fn length(bytes: usize) -> String {
    format!("content-length: {bytes}")
}

fn etag(name: &str) -> String {
    format!("etag: \"{name}\"")
}

fn range(from: usize, total: usize) -> String {
    format!("content-range: bytes {from}-{}/{total}", total - 1)
}

/// All of it, as it should be.
fn whole(body: &[u8], name: &str) -> Answer {
    says(200, &[length(body.len()), etag(name)], body)
}

/// So much of it, and then the connection breaks.
fn half(body: &[u8], bytes: usize, headers: &[String]) -> Answer {
    says(200, &[&[length(body.len())], headers].concat(), &body[..bytes])
}

/// Somebody who reads the file along, as the player does.
struct Reader {
    part: std::path::PathBuf,
    /// What the server has; every byte that was told must be one of these.
    truth: Vec<u8>,
    bytes: u64,
    /// How often it began anew.
    editions: u32,
    told: u32,
}

impl Watching for Reader {
    fn grown(&mut self, bytes: u64) {
        let there = fs::read(&self.part).unwrap();
        assert!(there.len() as u64 >= bytes, "told before it is there");
        assert!(there[..bytes as usize] == self.truth[..bytes as usize], "other bytes");
        (self.bytes, self.told) = (bytes, self.told + 1);
    }

    fn begun_anew(&mut self) {
        (self.bytes, self.editions) = (0, self.editions + 1);
    }
}

/// A folder to download to, and the transport.
struct Place {
    home: tempfile::TempDir,
    transport: Transport,
}

impl Place {
    fn new() -> Self {
        let transport = Transport::new(BOUNDS).unwrap();
        Self { home: tempfile::tempdir().unwrap(), transport }
    }

    fn download(&self) -> Download {
        Download::new(self.home.path(), "A audio", RECORDING)
    }

    fn reader(&self, truth: &[u8]) -> Reader {
        let part = self.download().part().to_owned();
        Reader { part, truth: truth.to_vec(), bytes: 0, editions: 0, told: 0 }
    }

    fn bytes(&self) -> Vec<u8> {
        fs::read(self.download().part()).unwrap_or_default()
    }

    async fn fetch(&self, to: SocketAddr, reader: &mut Reader) -> Result<(), Failure> {
        let url = format!("http://{to}/a.mp3");
        self.download().fetch(&self.transport, &url, &mut Attempt::default(), reader).await
    }
}

/// Fetches once for each answer: every time but the last it must be worth another try. Gives the
/// requests, and what the reader of the last bytes knows.
async fn fetched(answers: Vec<Answer>, before: &[u8], after: &[u8]) -> (Vec<String>, Reader) {
    let place = Place::new();
    let last = answers.len() - 1;
    let (to, served) = server(answers);
    let mut reader = place.reader(before);
    for attempt in 0..=last {
        if attempt == last {
            after.clone_into(&mut reader.truth);
        }
        let result = place.fetch(to, &mut reader).await;
        if attempt == last {
            result.unwrap();
        } else {
            let failure = result.unwrap_err();
            assert_eq!(failure.class, FailureClass::Busy, "{failure:?}");
            assert!(!failure.message.is_empty() && !failure.advice.is_empty());
        }
    }
    assert!(place.bytes() == after, "{} bytes", place.bytes().len());
    assert_eq!(reader.bytes, after.len() as u64, "all of it was told");
    (served.join().unwrap(), reader)
}

#[tokio::test]
async fn it_is_told_as_it_grows() {
    let a = music(1);
    let (_, reader) = fetched(vec![whole(&a, "a")], &a, &a).await;
    assert!(reader.told > 1, "not only at the end");
    assert_eq!(reader.editions, 0);
}

#[tokio::test]
async fn a_drop_goes_on_where_it_was() {
    let (a, at) = (music(1), 100_000);
    let rest = [range(at, a.len()), length(a.len() - at), etag("a")];
    let answers = vec![half(&a, at, &[etag("a")]), says(206, &rest, &a[at..])];
    let (heard, reader) = fetched(answers, &a, &a).await;
    assert!(heard[1].contains("range: bytes=100000-") && heard[1].contains("if-range: \"a\""));
    assert_eq!(reader.editions, 0, "who listens hears nothing of it");
}

#[tokio::test]
async fn a_stall_ends_and_goes_on() {
    let (a, at) = (music(1), 100_000);
    let rest = [range(at, a.len()), length(a.len() - at), etag("a")];
    let stalled = Answer { stalls: true, ..half(&a, at, &[etag("a")]) };
    fetched(vec![stalled, says(206, &rest, &a[at..])], &a, &a).await;
}

/// A server that ignores Range sends the same again: it is compared, not written twice, and the
/// file stays the one that somebody reads.
#[tokio::test]
async fn the_same_from_the_top_goes_on_where_it_was() {
    let a = music(1);
    for name in [&[etag("a")][..], &[], &["etag: W/\"a\"".to_owned()]] {
        let answers = vec![half(&a, 100_000, name), says(200, &[length(a.len())], &a)];
        let (heard, reader) = fetched(answers, &a, &a).await;
        assert_eq!(heard[1].contains("range:"), name == [etag("a")], "{}", heard[1]);
        assert_eq!(reader.editions, 0);
    }
}

#[tokio::test]
async fn another_file_from_the_top_takes_the_place_of_the_first() {
    let (a, b) = (music(1), music(2));
    let answers = vec![half(&a, 100_000, &[etag("a")]), whole(&b, "b")];
    let (_, reader) = fetched(answers, &a, &b).await;
    assert_eq!(reader.editions, 1);
    // Also where the difference comes late, and where the new one is the beginning of the old.
    let late = [&a[..90_000], &b[90_000..]].concat();
    let answers = vec![half(&a, 100_000, &[]), whole(&late, "b")];
    assert_eq!(fetched(answers, &a, &late).await.1.editions, 1);
    let answers = vec![half(&a, 100_000, &[]), whole(&a[..50_000], "b")];
    assert_eq!(fetched(answers, &a, &a[..50_000]).await.1.editions, 1);
}

/// What was compared only in part, before the connection broke again, is not lost.
#[tokio::test]
async fn it_may_break_while_it_is_compared() {
    let a = music(1);
    let answers = vec![half(&a, 200_000, &[]), half(&a, 50_000, &[]), whole(&a, "a")];
    let (_, reader) = fetched(answers, &a, &a).await;
    assert_eq!(reader.editions, 0);
}

/// A range of another file, of another place, or refused: never joined to what is there.
#[tokio::test]
async fn a_range_that_does_not_fit_is_not_taken() {
    let (a, b, at) = (music(1), music(2), 100_000);
    let rest = length(a.len() - at);
    for odd in [
        says(206, &[range(at, a.len()), rest.clone(), etag("b")], &b[at..]),
        says(206, &[range(at + 1, a.len()), length(a.len() - at - 1)], &a[at + 1..]),
        says(206, &[rest], &a[at..]),
        says(416, &["content-range: bytes */7".to_owned(), length(0)], b""),
    ] {
        let answers = vec![half(&a, at, &[etag("a")]), odd, whole(&b, "b")];
        let (heard, reader) = fetched(answers, &a, &b).await;
        assert!(!heard[2].contains("range:"), "{}", heard[2]);
        assert_eq!(reader.editions, 1);
    }
}

/// Shorter than it says is not whole, and who asks for more than there is learns that it is.
#[tokio::test]
async fn a_length_that_lies_makes_nothing_whole() {
    let a = music(1);
    let longer = says(200, &[length(a.len() + 1), etag("a")], &a);
    let end = format!("content-range: bytes */{}", a.len());
    fetched(vec![longer, says(416, &[end, length(0)], b"")], &a, &a).await;
    // A range that ends before the file does is only a piece of it.
    let (at, to) = (100_000, 200_000);
    let piece = format!("content-range: bytes {at}-{}/{}", to - 1, a.len());
    let rest = [range(to, a.len()), length(a.len() - to), etag("a")];
    let answers = vec![
        half(&a, at, &[etag("a")]),
        says(206, &[piece, length(to - at), etag("a")], &a[at..to]),
        says(206, &rest, &a[to..]),
    ];
    fetched(answers, &a, &a).await;
}

/// Without a length the end looks like a break: a second look has to show the same.
#[tokio::test]
async fn without_a_length_it_is_looked_at_twice() {
    let a = music(1);
    let (heard, reader) = fetched(vec![says(200, &[], &a), says(200, &[], &a)], &a, &a).await;
    assert_eq!((heard.len(), reader.editions), (2, 0));
    // The first was only a part of it.
    let answers = vec![says(200, &[], &a[..9]), says(200, &[], &a), says(200, &[], &a)];
    fetched(answers, &a, &a).await;
    // Chunks tell their end.
    let chunks = [b"5\r\nhello\r\n".as_slice(), b"0\r\n\r\n"].concat();
    fetched(
        vec![says(200, &["transfer-encoding: chunked".to_owned()], &chunks)],
        b"hello",
        b"hello",
    )
    .await;
}

/// Nothing that a server says beside the file is told to anybody as the file.
#[tokio::test]
async fn an_error_is_not_sound() {
    for (status, class) in [
        (404, FailureClass::Gone),
        (403, FailureClass::Gone),
        (500, FailureClass::Busy),
        (302, FailureClass::Busy),
        (416, FailureClass::Busy),
    ] {
        let place = Place::new();
        let (to, _served) = server(vec![says(status, &[length(6)], b"<html>")]);
        let mut reader = place.reader(b"");
        let failure = place.fetch(to, &mut reader).await.unwrap_err();
        assert_eq!((failure.class, reader.told), (class, 0), "{status}: {failure:?}");
        assert!(place.bytes().is_empty());
    }
}

/// A take in a song's folder has the same bytes under another name: nothing is added to it.
#[tokio::test]
async fn a_file_with_a_second_name_keeps_its_bytes() {
    let (a, at, place) = (music(1), 100_000, Place::new());
    let rest = [range(at, a.len()), length(a.len() - at), etag("a")];
    let answers = vec![half(&a, at, &[etag("a")]), says(206, &rest, &a[at..])];
    let (to, _served) = server(answers);
    let mut reader = place.reader(&a);
    place.fetch(to, &mut reader).await.unwrap_err();
    let other = place.home.path().join("other");
    fs::hard_link(place.download().part(), &other).unwrap();
    place.fetch(to, &mut reader).await.unwrap();
    assert!(place.bytes() == a);
    assert!(fs::read(other).unwrap() == a[..at], "the other name has what it had");
    assert_eq!(reader.editions, 1, "who reads the other would never see it grow");
}
