//! The only file that speaks HTTP: a call goes out, an answer or a reason comes back.
//!
//! It knows nothing of any gateway and never tries twice: whether a call may be repeated is a
//! matter of money, which [`TransportError`] gives the facts for. Memory and time are bounded
//! whatever the other side sends.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::HeaderValue;
use reqwest::redirect::Policy;
use secrecy::ExposeSecret as _;

use super::{Call, Header, Method, Value};

/// The other side must take the connection within this time...
const CONNECT: Duration = Duration::from_secs(10);
/// ...may be silent for so long...
const SILENCE: Duration = Duration::from_secs(30);
/// ...and must be done within this.
const WHOLE: Duration = Duration::from_secs(120);
/// No answer of a gateway is larger; recordings are fetched elsewhere.
const LARGEST: usize = 4 * 1024 * 1024;

const AGENT: &str = concat!("refrain/", env!("CARGO_PKG_VERSION"));

/// What came back, whatever its status says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// How long the other side asks to wait (`Retry-After`), an hour at most.
    pub retry_after: Option<Duration>,
    /// The body, at most 4 MiB.
    pub body: Vec<u8>,
}

/// Why there is no answer. What it means for money is in the variant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TransportError {
    /// Nothing reached the gateway, for sure: it may be sent again.
    #[error("nothing was sent: {0}")]
    NotSent(String),
    /// It may have arrived: only a read may be sent again.
    #[error("the answer was lost: {0}")]
    Lost(String),
    /// The answer came but is larger than any gateway's.
    #[error("the answer is larger than {} MiB", LARGEST / 1024 / 1024)]
    TooLarge,
}

/// Connections to gateways and to where they keep recordings, kept open between calls.
#[derive(Clone, Debug)]
pub struct Transport {
    client: reqwest::Client,
    /// Never given a key, and so free to go where it is sent.
    files: reqwest::Client,
}

/// A file on its way; [`Arrival::piece`] brings it.
#[derive(Debug)]
pub struct Arrival {
    /// The HTTP status.
    pub status: u16,
    /// Where in the file the pieces begin: only a 206 begins elsewhere than at 0.
    pub start: u64,
    /// How long the whole file is, where the other side says.
    pub total: Option<u64>,
    /// The name of exactly these bytes (a strong `ETag`), where the other side has one.
    pub etag: Option<String>,
    answer: reqwest::Response,
}

impl Arrival {
    /// The next bytes; none at the end.
    ///
    /// # Errors
    /// When the rest does not come. What came before is good.
    pub async fn piece(&mut self) -> Result<Option<impl AsRef<[u8]> + use<>>, TransportError> {
        self.answer.chunk().await.map_err(|error| TransportError::Lost(reason(&error)))
    }
}

impl Transport {
    /// Sets it up; connects to nothing. Redirects are answers, never followed: a key must not
    /// follow them to another host.
    ///
    /// # Errors
    /// When the system's certificates cannot be used.
    pub fn new() -> Result<Self, TransportError> {
        // Another part of the process may have chosen one already; any will do.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .connect_timeout(CONNECT)
            .read_timeout(SILENCE)
            .timeout(WHOLE)
            .redirect(Policy::none())
            .user_agent(AGENT)
            .build()
            .map_err(|error| TransportError::NotSent(reason(&error)))?;
        let files = reqwest::Client::builder()
            .connect_timeout(CONNECT)
            .read_timeout(SILENCE)
            .redirect(Policy::custom(follow))
            .user_agent(AGENT)
            .build()
            .map_err(|error| TransportError::NotSent(reason(&error)))?;
        Ok(Self { client, files })
    }

    /// Opens a file from its byte `from` on; with the name of the bytes that are there already it
    /// begins anew when the file is another by now.
    ///
    /// # Errors
    /// When no answer came. A file is only read: it may be opened again after any error.
    pub async fn open(
        &self,
        url: &str,
        from: u64,
        etag: Option<&str>,
    ) -> Result<Arrival, TransportError> {
        let mut request = self.files.get(url);
        if let Some(etag) = etag.filter(|_| from > 0) {
            request = request.header("range", format!("bytes={from}-")).header("if-range", etag);
        }
        let answer = request.send().await.map_err(|error| TransportError::Lost(reason(&error)))?;
        let header = |name: &str| answer.headers().get(name)?.to_str().ok().map(str::to_owned);
        let (start, total) = match header("content-range").as_deref().map(span) {
            Some(span) => span,
            None => (0, answer.content_length()),
        };
        let status = answer.status().as_u16();
        let etag = header("etag").filter(|etag| !etag.starts_with("W/"));
        Ok(Arrival { status, start, total, etag, answer })
    }

    /// Sends one call, once.
    ///
    /// # Errors
    /// When no whole answer came; see [`TransportError`].
    pub async fn send(&self, call: Call) -> Result<Answer, TransportError> {
        let not_sent = |error: reqwest::Error| TransportError::NotSent(reason(&error));
        let lost = |error: reqwest::Error| TransportError::Lost(reason(&error));
        let method = match call.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
        };
        let mut request = self.client.request(method, &call.url);
        for Header { name, value } in &call.headers {
            request = request.header(*name, header_value(name, value)?);
        }
        if let Some(body) = call.body_to_send() {
            request = request.header("content-type", "application/json").body(body);
        }
        let request = request.build().map_err(not_sent)?;
        let sent = self.client.execute(request).await;
        let mut answer = sent.map_err(|error| {
            let never_left = error.is_connect() || error.is_builder();
            if never_left { not_sent(error) } else { lost(error) }
        })?;
        let header = |name: &str| answer.headers().get(name)?.to_str().ok().map(str::to_owned);
        let retry_after = header("retry-after").and_then(|said| wait(&said, Timestamp::now()));
        let status = answer.status().as_u16();
        let mut body = Vec::new();
        while let Some(piece) = answer.chunk().await.map_err(lost)? {
            if body.len() + piece.len() > LARGEST {
                return Err(TransportError::TooLarge);
            }
            body.extend_from_slice(&piece);
        }
        Ok(Answer { status, retry_after, body })
    }
}

/// A file may have moved, but never to where anybody on the way could change it.
fn follow(attempt: reqwest::redirect::Attempt<'_>) -> reqwest::redirect::Action {
    const MOVES: usize = 5;
    let was_safe = attempt.previous().first().is_some_and(|url| url.scheme() == "https");
    if attempt.previous().len() > MOVES || (was_safe && attempt.url().scheme() != "https") {
        return attempt.stop();
    }
    attempt.follow()
}

/// `bytes 500-999/1000` and `bytes */1000`: where it begins and how long the whole is.
fn span(said: &str) -> (u64, Option<u64>) {
    let said = said.trim_start_matches("bytes").trim();
    let (range, total) = said.split_once('/').unwrap_or((said, "*"));
    let start = range.split('-').next().and_then(|start| start.parse().ok());
    (start.unwrap_or(0), total.parse().ok())
}

fn header_value(name: &str, value: &Value) -> Result<HeaderValue, TransportError> {
    let (text, is_secret) = match value {
        Value::Plain(text) => (text.clone(), false),
        Value::Bearer(key) => (format!("Bearer {}", key.expose_secret()), true),
    };
    let mut value = HeaderValue::from_str(&text).map_err(|_| {
        TransportError::NotSent(format!("the value of {name} cannot stand in a header"))
    })?;
    value.set_sensitive(is_secret);
    Ok(value)
}

/// `Retry-After` in seconds or as a date; nobody waits longer than an hour for it.
fn wait(said: &str, now: Timestamp) -> Option<Duration> {
    const LONGEST: Duration = Duration::from_secs(3600);
    let seconds = said.trim().parse().ok().map(Duration::from_secs);
    let until = || {
        let date = jiff::fmt::rfc2822::parse(said.trim()).ok()?;
        Some(Duration::try_from(date.timestamp().duration_since(now)).unwrap_or_default())
    };
    Some(seconds.or_else(until)?.min(LONGEST))
}

/// The causes in one line, without the URL: it may carry a key.
fn reason(error: &reqwest::Error) -> String {
    let mut cause: Option<&dyn std::error::Error> = std::error::Error::source(error);
    let mut deepest = None;
    while let Some(error) = cause {
        deepest = Some(error.to_string());
        cause = error.source();
    }
    let what = if error.is_timeout() { "it took too long" } else { "the connection failed" };
    crate::song::clean_line(&match deepest {
        Some(deepest) => format!("{what} ({deepest})"),
        None => what.to_owned(),
    })
}

#[cfg(test)]
mod tests {
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
        let result = Transport::new().unwrap().send(call(address, Method::Post)).await;
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
        let error = Transport::new().unwrap().send(call(address, Method::Post)).await.unwrap_err();
        assert!(matches!(error, TransportError::NotSent(_)), "{error}");
        assert!(!error.to_string().contains("x=1"), "no URL in an error: {error}");
    }

    #[tokio::test]
    async fn an_answer_that_breaks_off_is_lost() {
        for broken in
            [&b""[..], b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{", b"nonsense\r\n\r\n"]
        {
            let error = send(broken).await.0.unwrap_err();
            assert!(matches!(error, TransportError::Lost(_)), "{error}");
        }
    }

    #[tokio::test]
    async fn an_endless_answer_ends() {
        let mut endless = b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n".to_vec();
        endless.resize(LARGEST * 2, b' ');
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
        let transport = Transport::new().unwrap();
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
        let away =
            b"HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n";
        assert_eq!(send(away).await.0.unwrap().status, 302);
    }

    #[tokio::test]
    async fn a_key_with_a_line_end_is_not_sent_and_a_key_is_never_shown() {
        let address = "127.0.0.1:1".parse().unwrap();
        let call = call(address, Method::Get);
        assert!(!format!("{call:?}").contains("k3y"));
        let call = call.bearer(&"k3y\r\nx: y".into());
        let error = Transport::new().unwrap().send(call).await.unwrap_err();
        assert!(matches!(error, TransportError::NotSent(_)));
        assert!(!error.to_string().contains("k3y"));
    }
}
