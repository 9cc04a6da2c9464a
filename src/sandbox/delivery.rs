//! Answers as they leave: whole, or broken as a script says. Knows no dialect.

use std::future::pending;
use std::io;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use http_body_util::channel::Channel;
use serde_json::Value;
use tokio::time::sleep;

use super::faults::{Fault, Strike};

/// 50 MB in pieces.
const HUGE: usize = 50_000_000;
const PIECE: usize = 50_000;

/// Marks an answer that must not be given: the connection is to be closed in its place.
#[derive(Clone, Copy)]
pub(super) struct HangUp;

/// An answer.
#[derive(Clone, Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) headers: Vec<(HeaderName, String)>,
    pub(super) body: Bytes,
}

impl Reply {
    pub(super) fn json(status: u16, body: &Value) -> Self {
        Self::new(status, "application/json", body.to_string())
    }

    pub(super) fn new(status: u16, kind: &str, body: impl Into<Bytes>) -> Self {
        let headers = vec![(header::CONTENT_TYPE, kind.to_owned())];
        Self { status, headers, body: body.into() }
    }

    fn head(&self) -> Response {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::from_u16(self.status).unwrap_or(StatusCode::OK);
        for (name, value) in &self.headers {
            if let Ok(value) = HeaderValue::from_str(value) {
                response.headers_mut().insert(name.clone(), value);
            }
        }
        response
    }

    fn whole(self) -> Response {
        let mut response = self.head();
        *response.body_mut() = Body::from(self.body);
        response
    }

    /// The body under a length that it need not have. When it is sent and the length is not
    /// reached, the connection closes.
    fn under_length(self, length: usize, sent: usize) -> Response {
        let mut response = self.head();
        response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(length));
        let body = self.body.slice(..sent.min(self.body.len()));
        *response.body_mut() = pour(vec![body], Duration::ZERO, length > sent);
        response
    }

    fn slowly(self, rate: u64) -> Response {
        let mut response = self.head();
        response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(self.body.len()));
        // Ten pieces a second, or a byte at a time where that would be less than one.
        let size = usize::try_from(rate / 10).unwrap_or(usize::MAX).max(1);
        let pause = Duration::from_secs_f64(size as f64 / rate as f64);
        let whole = self.body;
        let pieces = (0..whole.len()).step_by(size);
        let pieces =
            pieces.map(|at| whole.slice(at..at.saturating_add(size).min(whole.len()))).collect();
        *response.body_mut() = pour(pieces, pause, false);
        response
    }
}

/// A body in pieces with a pause after each, which ends in an error if it is `cut`.
fn pour(pieces: Vec<Bytes>, pause: Duration, cut: bool) -> Body {
    let (mut sender, body) = Channel::<Bytes, io::Error>::new(1);
    tokio::spawn(async move {
        for piece in pieces {
            if sender.send_data(piece).await.is_err() {
                return;
            }
            sleep(pause).await;
        }
        if cut {
            // What was sent must be on its way before the connection goes.
            sleep(Duration::from_millis(50)).await;
            sender.abort(io::ErrorKind::ConnectionAborted.into());
        }
    });
    Body::new(body)
}

/// Gives an answer, with what a script does to it. `reply` is none only where the fault stands in
/// front and nothing was done; `refusal` is the dialect's body for a status.
pub(super) async fn deliver(
    strike: Option<&Strike>,
    reply: Option<Reply>,
    refusal: impl Fn(u16) -> Reply,
) -> Response {
    let reply = reply.unwrap_or_else(|| refusal(500));
    let Some(strike) = strike else { return reply.whole() };
    sleep(strike.delay).await;
    let (length, half) = (reply.body.len(), reply.body.len() / 2);
    match &strike.fault {
        Fault::Status { status, retry_after, body, kind } => {
            let mut reply = refusal(*status);
            if let Some(body) = body {
                let kind = kind.as_deref().unwrap_or("application/json");
                reply = Reply::new(*status, kind, body.clone());
            }
            if let Some(after) = retry_after {
                reply.headers.push((header::RETRY_AFTER, after.to_string()));
            }
            reply.whole()
        }
        Fault::DropBefore | Fault::DropAfter => {
            let mut response = Response::new(Body::empty());
            response.extensions_mut().insert(HangUp);
            response
        }
        Fault::Stall => pending().await,
        Fault::Slow { rate } => reply.slowly(*rate),
        Fault::Truncate => reply.under_length(length, half),
        Fault::Short => reply.under_length(half, half),
        Fault::LyingLength => reply.under_length(2 * length, length),
        Fault::Garbage => Reply { body: garbage(), ..reply }.whole(),
        Fault::Html => Reply::new(200, "text/html", HTML).whole(),
        Fault::Huge => {
            let mut response = reply.head();
            *response.status_mut() = StatusCode::OK;
            let piece = Bytes::from(vec![b'x'; PIECE]);
            let pieces = vec![piece; HUGE / PIECE];
            *response.body_mut() = pour(pieces, Duration::ZERO, false);
            response
        }
        Fault::Redirect { to } => {
            let mut reply = Reply::new(302, "text/plain", "");
            reply.headers.push((header::LOCATION, to.clone()));
            reply.whole()
        }
        Fault::AudioGone => Reply::new(404, "text/plain", "gone\n").whole(),
        fault => twist(fault, reply).whole(),
    }
}

const HTML: &str = "<!doctype html><title>Just a moment...</title><h1>Checking your browser</h1>\n";

/// Bytes that are neither JSON nor sound nor text.
pub(super) fn garbage() -> Bytes {
    (0..4096_u64).map(|n| super::ids::scramble(n) as u8 & 0x7f ^ 0x90).collect::<Vec<_>>().into()
}

/// What a fault does to a body of JSON.
pub(super) fn twist(fault: &Fault, mut reply: Reply) -> Reply {
    let change: fn(&mut Value) = match fault {
        Fault::NullData => without_data,
        Fault::ControlCharacters => with_escapes,
        Fault::Garbage => {
            reply.body = garbage();
            return reply;
        }
        _ => return reply,
    };
    if let Ok(mut value) = serde_json::from_slice(&reply.body) {
        change(&mut value);
        reply.body = value.to_string().into();
    }
    reply
}

/// `data` is null; where an answer is flat, everything is.
fn without_data(value: &mut Value) {
    let Value::Object(fields) = value else { return };
    if let Some(data) = fields.get_mut("data") {
        *data = Value::Null;
        return;
    }
    for field in fields.values_mut() {
        *field = Value::Null;
    }
}

/// Texts that a person would read get what must never reach a terminal.
fn with_escapes(value: &mut Value) {
    const TEXTS: &[&str] = &[
        "message",
        "failMsg",
        "error_message",
        "fail_message",
        "extra_message",
        "title",
        "lyrics",
        "prompt",
        "tags",
        "model",
        "model_name",
    ];
    match value {
        Value::Array(values) => values.iter_mut().for_each(with_escapes),
        Value::Object(fields) => {
            for (name, field) in fields {
                match field {
                    // Where nothing is said, something would be a fault of another kind.
                    Value::String(text) if TEXTS.contains(&name.as_str()) && !text.is_empty() => {
                        *text = format!("\u{1b}[31m\u{1b}]0;owned\u{7}{text}\r\u{202e}\u{9b}2J\0");
                    }
                    field => with_escapes(field),
                }
            }
        }
        _ => {}
    }
}
