//! The only file that speaks HTTP: a call goes out, an answer or a reason comes back.
//!
//! It knows nothing of any gateway and never tries twice: whether a call may be repeated is a
//! matter of money, which [`TransportError`] gives the facts for. Memory and time are bounded
//! whatever the other side sends.

use std::fmt;
use std::time::Duration;

use reqwest::header::HeaderValue;
use reqwest::redirect::Policy;

/// The other side must take the connection within this time...
const CONNECT: Duration = Duration::from_secs(10);
/// ...may be silent for so long...
const SILENCE: Duration = Duration::from_secs(30);
/// ...and must be done within this.
const WHOLE: Duration = Duration::from_secs(120);
/// No answer of a gateway is larger; recordings are fetched elsewhere.
const LARGEST: usize = 4 * 1024 * 1024;

/// What a call does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Creates.
    Post,
}

/// A header of a call. One that is secret shows its value to nobody but the other side.
#[derive(Clone, PartialEq, Eq)]
pub struct Header {
    /// Its name.
    pub name: &'static str,
    /// Its value, without line ends.
    pub value: String,
    /// Whether it is a key.
    pub is_secret: bool,
}

impl fmt::Debug for Header {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = if self.is_secret { "***" } else { &self.value };
        write!(f, "{}: {value}", self.name)
    }
}

/// A request as a dialect encodes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// What it does.
    pub method: Method,
    /// Where to, with scheme and host.
    pub url: String,
    /// Headers beside those that HTTP itself needs.
    pub headers: Vec<Header>,
    /// The body; empty for none.
    pub body: Vec<u8>,
}

/// What came back, whatever its status says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The seconds or the date of `Retry-After`, where the other side gives one.
    pub retry_after: Option<String>,
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

/// Connections to gateways, kept open between calls.
#[derive(Clone, Debug)]
pub struct Transport {
    client: reqwest::Client,
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
            .user_agent(concat!("refrain/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| TransportError::NotSent(reason(&error)))?;
        Ok(Self { client })
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
        let mut request = self.client.request(method, &call.url).body(call.body);
        for Header { name, value, is_secret } in call.headers {
            let mut value = HeaderValue::from_str(&value).map_err(|_| {
                TransportError::NotSent(format!("the value of {name} cannot stand in a header"))
            })?;
            value.set_sensitive(is_secret);
            request = request.header(name, value);
        }
        let request = request.build().map_err(not_sent)?;
        let sent = self.client.execute(request).await;
        let mut answer = sent.map_err(|error| {
            let never_left = error.is_connect() || error.is_builder();
            if never_left { not_sent(error) } else { lost(error) }
        })?;
        let header = |name: &str| answer.headers().get(name)?.to_str().ok().map(str::to_owned);
        let (status, retry_after) = (answer.status().as_u16(), header("retry-after"));
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
        let key = Header { name: "authorization", value: "Bearer k3y".into(), is_secret: true };
        Call { method, url: format!("http://{address}/api?x=1"), headers: vec![key], body: vec![] }
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
        let want = Answer { status: 429, retry_after: Some("7".into()), body: b"{}".into() };
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

    #[tokio::test]
    async fn a_redirect_is_an_answer() {
        let away =
            b"HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n";
        assert_eq!(send(away).await.0.unwrap().status, 302);
    }

    #[tokio::test]
    async fn a_key_with_a_line_end_is_not_sent_and_a_key_is_never_shown() {
        let address = "127.0.0.1:1".parse().unwrap();
        let mut call = call(address, Method::Get);
        assert!(!format!("{call:?}").contains("k3y"));
        call.headers[0].value = "k3y\r\nx: y".into();
        let error = Transport::new().unwrap().send(call).await.unwrap_err();
        assert!(matches!(error, TransportError::NotSent(_)));
        assert!(!error.to_string().contains("k3y"));
    }
}
