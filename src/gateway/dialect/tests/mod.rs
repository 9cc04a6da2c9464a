//! What the tests of the dialects share: the documents' examples, and orders to encode.
//!
//! The files in `tests/fixtures/gateway/` are the examples of the documents as they stand there.

use std::time::Duration;

use secrecy::SecretString;
use serde_json::{Value as Json, json};

use super::*;
use crate::song::{FailureClass, Mode, Params, Vocal};

mod apiin;
mod apimall;
mod apixo;
mod hostile;
mod money;
mod takes;
mod udioapi;

/// An example of a document.
macro_rules! fixture {
    ($name:literal) => {
        include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/fixtures/gateway/",
            $name,
            ".json"
        ))
    };
}
use fixture;

/// All that speak.
const SPEAKERS: [Dialect; 5] =
    [Dialect::Apixo, Dialect::Apimall, Dialect::Apiin, Dialect::Udioapi, Dialect::UdioapiV2];

fn speaker(dialect: Dialect) -> &'static dyn Speak {
    dialect.speaker().expect("somebody speaks it")
}

/// Names that nobody would write by chance, to find them again.
fn key() -> SecretString {
    "k3y".into()
}

fn request(mode: Mode, text: &str, params: Params) -> Request {
    Request { text: text.into(), params: Params { mode, ..params }, seed: 7 }
}

/// An order as each test needs it, sent with `base` as the address.
#[derive(Default)]
struct Wish<'a> {
    base: &'a str,
    callback: Option<&'a str>,
    idempotency_key: Option<&'a str>,
    extras: Extras,
}

fn create(dialect: Dialect, request: &Request, wish: &Wish<'_>) -> Call {
    let key = key();
    let access = Access { base_url: wish.base, key: &key, extras: &wish.extras };
    let order = Order { request, idempotency_key: wish.idempotency_key, callback: wish.callback };
    speaker(dialect).create(&order, &access)
}

fn poll(dialect: Dialect, base: &str, task: &str) -> Call {
    let (key, extras) = (key(), Extras::default());
    speaker(dialect).poll(task, &Access { base_url: base, key: &key, extras: &extras })
}

fn balance(dialect: Dialect, base: &str) -> Option<Call> {
    let (key, extras) = (key(), Extras::default());
    speaker(dialect).balance(&Access { base_url: base, key: &key, extras: &extras })
}

fn parsed(example: &str) -> Json {
    serde_json::from_str(example).expect("an example is JSON")
}

/// An example with what we say beside it: `fields` are put into the object at `at`.
fn with(example: &str, at: &str, fields: Json) -> Json {
    let mut example = parsed(example);
    let object = example.pointer_mut(at).and_then(Json::as_object_mut).expect("an object");
    let Json::Object(fields) = fields else { panic!("not fields: {fields}") };
    for (name, value) in fields {
        assert!(object.insert(name.clone(), value).is_none(), "{name} is in the example");
    }
    example
}

fn answer(status: u16, body: impl Into<Vec<u8>>) -> Answer {
    Answer { status, retry_after: None, body: body.into() }
}

/// An answer that went well.
fn well(body: &Json) -> Answer {
    answer(200, body.to_string())
}

fn track(audio: &str, cover: Option<&str>) -> Track {
    Track { audio: audio.into(), cover: cover.map(str::to_owned), ..Track::default() }
}

fn time(said: &str) -> Option<jiff::Timestamp> {
    said.parse().ok()
}

/// The class and the message, whatever the answer came to.
fn refusal(created: Created) -> (&'static str, Failure) {
    match created {
        Created::Accepted(receipt) => panic!("accepted: {receipt:?}"),
        Created::Refused(failure) => ("refused", failure),
        Created::Busy { failure, .. } => ("busy", failure),
        Created::Conflict(failure) => ("conflict", failure),
        Created::Unknown(failure) => ("unknown", failure),
    }
}

/// What a poll came to, in a word, with the failure where there is one.
fn word(polled: &Polled) -> (&'static str, Option<&Failure>) {
    match polled {
        Polled::Working { .. } => ("working", None),
        Polled::Complete(_) => ("complete", None),
        Polled::Failed { failure, .. } => ("failed", Some(failure)),
        Polled::Refused(failure) => ("refused", Some(failure)),
        Polled::Missing(failure) => ("missing", Some(failure)),
        Polled::Again { failure, .. } => ("again", Some(failure)),
    }
}
