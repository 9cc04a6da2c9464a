//! The transport against servers of a few lines.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::thread::{self, JoinHandle};

use super::*;

/// A server that takes one call, answers with `answer` as it stands and closes; joining it
/// gives what it was sent.
fn server(answer: Vec<u8>) -> (SocketAddr, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let serve = move || {
        let (mut socket, _) = listener.accept().unwrap();
        let mut heard = Vec::new();
        let mut piece = [0; 1024];
        while !heard.windows(4).any(|w| w == b"\r\n\r\n") {
            let read = socket.read(&mut piece).unwrap();
            heard.extend_from_slice(&piece[..read]);
        }
        // The other side may have had enough before all is sent.
        let _ = socket.write_all(&answer);
        String::from_utf8_lossy(&heard).into_owned()
    };
    (address, thread::spawn(serve))
}

fn call(address: SocketAddr, method: Method) -> Call {
    let url = format!("http://{address}/api?x=1");
    let call = match method {
        Method::Get => Call::get(url),
        Method::Post => Call::post(url, serde_json::json!({"a": 1})),
    };
    call.bearer(&"k3y".into())
}

async fn send(answer: &[u8]) -> (Result<Answer, TransportError>, String) {
    let (address, server) = server(answer.to_vec());
    let result = Transport::new(Bounds::default()).unwrap().send(call(address, Method::Post)).await;
    (result, server.join().unwrap())
}

#[tokio::test]
async fn a_call_goes_out_and_an_answer_comes_back() {
    let (answer, heard) =
        send(b"HTTP/1.1 429 Too Many\r\nretry-after: 7\r\ncontent-length: 2\r\n\r\n{}").await;
    let want =
        Answer { status: 429, retry_after: Some(Duration::from_secs(7)), body: b"{}".into() };
    assert_eq!(answer, Ok(want));
    assert!(heard.starts_with("POST /api?x=1 HTTP/1.1\r\n"), "{heard}");
    assert!(heard.contains("authorization: Bearer k3y"), "{heard}");
}

#[tokio::test]
async fn where_nobody_listens_nothing_was_sent() {
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let error = Transport::new(Bounds::default())
        .unwrap()
        .send(call(address, Method::Post))
        .await
        .unwrap_err();
    assert!(matches!(error, TransportError::NotSent(_)), "{error}");
    assert!(!error.to_string().contains("x=1"), "no URL in an error: {error}");
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_lost() {
    for broken in [&b""[..], b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{", b"nonsense\r\n\r\n"]
    {
        let error = send(broken).await.0.unwrap_err();
        assert!(matches!(error, TransportError::Lost(_)), "{error}");
    }
}

#[tokio::test]
async fn an_endless_answer_ends() {
    let mut endless = b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n".to_vec();
    endless.resize(Bounds::default().largest * 2, b' ');
    assert_eq!(send(&endless).await.0, Err(TransportError::TooLarge));
}

#[test]
fn a_span_is_read() {
    assert_eq!(span("bytes 500-999/1000"), (500, Some(1000)));
    assert_eq!(span("bytes */1000"), (0, Some(1000)));
    assert_eq!(span("bytes 5-9/*"), (5, None));
    assert_eq!(span("nonsense"), (0, None));
}

#[tokio::test]
async fn a_file_comes_in_pieces_and_says_where_it_begins() {
    let (address, server) = server(
        b"HTTP/1.1 206 Partial\r\ncontent-range: bytes 3-5/6\r\netag: \"e\"\r\ncontent-length: 3\r\n\r\ndef"
            .to_vec(),
    );
    let transport = Transport::new(Bounds::default()).unwrap();
    let mut file =
        transport.open(&format!("http://{address}/a.mp3"), 3, Some("\"e\"")).await.unwrap();
    assert_eq!((file.status, file.start, file.total), (206, 3, Some(6)));
    assert_eq!(file.etag.as_deref(), Some("\"e\""));
    let mut bytes = Vec::new();
    while let Some(piece) = file.piece().await.unwrap() {
        bytes.extend_from_slice(piece.as_ref());
    }
    assert_eq!(bytes, b"def");
    let heard = server.join().unwrap();
    assert!(heard.contains("range: bytes=3-"), "{heard}");
    assert!(heard.contains("if-range: \"e\""), "{heard}");
    assert!(!heard.contains("authorization"), "{heard}");
}

#[test]
fn a_wait_is_read_from_seconds_and_dates_and_is_bounded() {
    let now: Timestamp = "2026-11-21T12:00:00Z".parse().unwrap();
    assert_eq!(wait("7", now), Some(Duration::from_secs(7)));
    assert_eq!(wait("Sat, 21 Nov 2026 12:01:00 GMT", now), Some(Duration::from_secs(60)));
    assert_eq!(wait("Sat, 21 Nov 2026 11:00:00 GMT", now), Some(Duration::ZERO));
    assert_eq!(wait("99999999", now), Some(Duration::from_secs(3600)));
    assert_eq!(wait("soon", now), None);
}

#[tokio::test]
async fn a_redirect_is_an_answer() {
    let away = b"HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n";
    assert_eq!(send(away).await.0.unwrap().status, 302);
}

#[tokio::test]
async fn a_key_with_a_line_end_is_not_sent_and_a_key_is_never_shown() {
    let address = "127.0.0.1:1".parse().unwrap();
    let call = call(address, Method::Get);
    assert!(!format!("{call:?}").contains("k3y"));
    let call = call.bearer(&"k3y\r\nx: y".into());
    let error = Transport::new(Bounds::default()).unwrap().send(call).await.unwrap_err();
    assert!(matches!(error, TransportError::NotSent(_)));
    assert!(!error.to_string().contains("k3y"));
}

#[test]
fn a_file_moves_only_where_nobody_on_the_way_can_change_it() {
    let urls =
        |urls: &[&str]| -> Vec<url::Url> { urls.iter().map(|url| url.parse().unwrap()).collect() };
    let may = |before: &[&str], next: &str| may_follow(&urls(before), &next.parse().unwrap());
    assert!(may(&["http://a/"], "http://b/"));
    assert!(may(&["http://a/"], "https://b/"));
    assert!(may(&["https://a/"], "https://b/"));
    assert!(!may(&["https://a/"], "http://b/"));
    assert!(!may(&["http://a/", "https://b/"], "http://c/"));
    assert!(!may(&["http://a/"; 6], "http://b/"));
}
