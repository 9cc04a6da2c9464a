//! The only file that speaks HTTP: a call goes out, an answer or a reason comes back.
//!
//! It knows nothing of any gateway and never tries twice: whether a call may be repeated is a
//! matter of money, which [`TransportError`] gives the facts for. Memory and time are bounded
//! whatever the other side sends.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use reqwest::header::{ACCEPT_ENCODING, HeaderMap, HeaderValue};
use reqwest::redirect::Policy;
use secrecy::ExposeSecret as _;

use super::{Call, Header, Method, Value};

/// How long the other side may take, and how much it may send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// It must take the connection within this time...
    pub connect: Duration,
    /// ...may be silent for so long...
    pub silence: Duration,
    /// ...and must be done with an answer within this.
    pub whole: Duration,
    /// No answer of a gateway has more bytes; recordings are fetched elsewhere.
    pub largest: usize,
    /// A file may take as long as it likes, but this many bytes must come...
    pub least: u64,
    /// ...in each such time: one that only drips would keep others waiting for ever.
    pub within: Duration,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            silence: Duration::from_secs(30),
            whole: Duration::from_secs(120),
            largest: 4 * 1024 * 1024,
            least: 64 * 1024,
            within: Duration::from_secs(60),
        }
    }
}

const AGENT: &str = concat!("refrain/", env!("CARGO_PKG_VERSION"));

/// What came back, whatever its status says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// How long the other side asks to wait (`Retry-After`), an hour at most.
    pub retry_after: Option<Duration>,
    /// The body, at most [`Bounds::largest`] bytes.
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
    #[error("the answer is larger than any that a gateway gives")]
    TooLarge,
}

/// Connections to gateways and to where they keep recordings, kept open between calls.
#[derive(Clone, Debug)]
pub struct Transport {
    client: reqwest::Client,
    /// For what costs: each order has a connection of its own. One that was kept open may be
    /// closing over there at this very moment, and then nobody knows whether the order arrived.
    orders: reqwest::Client,
    /// Never given a key, and so free to go where it is sent.
    files: reqwest::Client,
    bounds: Bounds,
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
    /// Whether the other side marks the end of what it sends. Otherwise its end looks like a
    /// connection that breaks.
    pub has_end: bool,
    answer: reqwest::Response,
    bounds: Bounds,
    /// Since when the bytes are counted, and how many came since.
    counted: (Instant, u64),
}

impl Arrival {
    /// The next bytes; none at the end.
    ///
    /// # Errors
    /// When the rest does not come, or only drips. What came before is good.
    pub async fn piece(&mut self) -> Result<Option<impl AsRef<[u8]> + use<>>, TransportError> {
        let piece =
            self.answer.chunk().await.map_err(|error| TransportError::Lost(reason(&error)))?;
        let (since, bytes) = &mut self.counted;
        *bytes += piece.as_ref().map_or(0, |piece| piece.len() as u64);
        if piece.is_some() && since.elapsed() >= self.bounds.within {
            if *bytes < self.bounds.least {
                return Err(TransportError::Lost("it comes too slowly".into()));
            }
            self.counted = (Instant::now(), 0);
        }
        Ok(piece)
    }
}

impl Transport {
    /// Sets it up; connects to nothing. Redirects are answers, never followed: a key must not
    /// follow them to another host.
    ///
    /// # Errors
    /// When the system's certificates cannot be used.
    pub fn new(bounds: Bounds) -> Result<Self, TransportError> {
        // Another part of the process may have chosen one already; any will do.
        let _ = rustls::crypto::ring::default_provider().install_default();
        // Nothing here unpacks, so nothing may come packed.
        let plain = HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static("identity"))]);
        let common = || {
            reqwest::Client::builder()
                .connect_timeout(bounds.connect)
                .read_timeout(bounds.silence)
                .default_headers(plain.clone())
                .retry(reqwest::retry::never())
                .user_agent(AGENT)
        };
        let unusable = |error: reqwest::Error| TransportError::NotSent(reason(&error));
        let calls = || common().timeout(bounds.whole).redirect(Policy::none());
        let client = calls().build().map_err(unusable)?;
        let orders = calls().pool_max_idle_per_host(0).build().map_err(unusable)?;
        let files = common().redirect(Policy::custom(follow)).build().map_err(unusable)?;
        Ok(Self { client, orders, files, bounds })
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
        let is_framed = answer.version() >= reqwest::Version::HTTP_2;
        let has_end =
            is_framed || header("transfer-encoding").is_some() || answer.content_length().is_some();
        let (bounds, counted) = (self.bounds, (Instant::now(), 0));
        Ok(Arrival { status, start, total, etag, has_end, answer, bounds, counted })
    }

    /// Sends one call, once.
    ///
    /// # Errors
    /// When no whole answer came; see [`TransportError`].
    pub async fn send(&self, call: Call) -> Result<Answer, TransportError> {
        let not_sent = |error: reqwest::Error| TransportError::NotSent(reason(&error));
        let lost = |error: reqwest::Error| TransportError::Lost(reason(&error));
        let (client, method) = match call.method {
            Method::Get => (&self.client, reqwest::Method::GET),
            Method::Post => (&self.orders, reqwest::Method::POST),
        };
        let mut request = client.request(method, &call.url);
        for Header { name, value } in &call.headers {
            request = request.header(*name, header_value(name, value)?);
        }
        if let Some(body) = call.body_to_send() {
            request = request.header("content-type", "application/json").body(body);
        }
        let request = request.build().map_err(not_sent)?;
        let sent = client.execute(request).await;
        let mut answer = sent.map_err(|error| {
            let never_left = error.is_connect() || error.is_builder();
            if never_left { not_sent(error) } else { lost(error) }
        })?;
        let header = |name: &str| answer.headers().get(name)?.to_str().ok().map(str::to_owned);
        let retry_after = header("retry-after").and_then(|said| wait(&said, Timestamp::now()));
        let status = answer.status().as_u16();
        let mut body = Vec::new();
        while let Some(piece) = answer.chunk().await.map_err(lost)? {
            if body.len() + piece.len() > self.bounds.largest {
                return Err(TransportError::TooLarge);
            }
            body.extend_from_slice(&piece);
        }
        Ok(Answer { status, retry_after, body })
    }
}

fn follow(attempt: reqwest::redirect::Attempt<'_>) -> reqwest::redirect::Action {
    if may_follow(attempt.previous(), attempt.url()) { attempt.follow() } else { attempt.stop() }
}

/// A file may have moved, but never to where anybody on the way could change it.
fn may_follow(before: &[reqwest::Url], next: &reqwest::Url) -> bool {
    const MOVES: usize = 5;
    let was_safe = before.iter().any(|url| url.scheme() == "https");
    before.len() <= MOVES && (!was_safe || next.scheme() == "https")
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
mod tests;
