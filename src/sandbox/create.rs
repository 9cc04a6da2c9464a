//! Orders: who asks, for what, for how much; and the task that comes of it.

use std::sync::Arc;

use axum::body::Bytes;
use axum::http::{HeaderMap, header};
use axum::response::Response;
use jiff::Timestamp;
use serde_json::Value;

use super::Dialect;
use super::account::Amount;
use super::delivery::{Reply, deliver};
use super::desk::{Books, Desk, Remembered};
use super::faults::{Event, Fault, On, Strike};
use super::ledger;
use super::order::Refusal;
use super::tasks::{Fate, Stage, Task};
use super::voices::voice;

/// A create as it came.
struct Call<'a> {
    dialect: Dialect,
    headers: &'a HeaderMap,
    body: Result<Value, String>,
    request: String,
    strike: Option<&'a Strike>,
}

/// What came of it.
struct Outcome {
    reply: Reply,
    task: Option<(String, u64)>,
    charged: Amount,
    repeated: bool,
}

/// An `Idempotency-Key` whose first answer is on its way. However that ends, the key is free for a
/// repeat from then on.
struct InFlight {
    desk: Arc<Desk>,
    key: String,
}

impl Drop for InFlight {
    fn drop(&mut self) {
        if let Some(remembered) = self.desk.books().remembered.get_mut(&self.key) {
            remembered.is_settled = true;
        }
    }
}

/// `POST` of an order.
pub(super) async fn create(
    desk: Arc<Desk>,
    dialect: Dialect,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let request = desk.request_id();
    let strike = desk.books().faults.strike(Event { on: On::Create, dialect, task: None });
    let read = serde_json::from_slice(&body).map_err(|error| error.to_string());
    let call = Call { dialect, headers: &headers, body: read, request, strike: strike.as_ref() };
    let key = key_of(&call);
    let outcome = if strike.as_ref().is_some_and(Strike::is_in_front) {
        None
    } else {
        Some(place(&desk, &call, key.as_deref()))
    };
    record(&desk, &call, &body, key.clone(), outcome.as_ref());
    let placed = outcome.as_ref().and_then(|outcome| outcome.task.as_ref());
    let is_new = outcome.as_ref().is_some_and(|outcome| !outcome.repeated);
    let mut in_flight = None;
    if let Some((id, _)) = placed.filter(|_| is_new) {
        tokio::spawn(Arc::clone(&desk).perform(id.clone()));
        in_flight = key.map(|key| InFlight { desk: Arc::clone(&desk), key });
    }
    let refusal = |status| {
        let refusal = Refusal::Scripted(status);
        Reply::json(status, &voice(dialect).refusal(&refusal, &call.request))
    };
    let response = deliver(strike.as_ref(), outcome.map(|outcome| outcome.reply), refusal).await;
    drop(in_flight);
    response
}

fn key_of(call: &Call<'_>) -> Option<String> {
    let key = call.headers.get("idempotency-key")?.to_str().ok()?;
    voice(call.dialect).is_idempotent().then(|| key.to_owned())
}

/// Does the work, all of it under one lock: no task without its price, no price without its task.
fn place(desk: &Desk, call: &Call<'_>, key: Option<&str>) -> Outcome {
    let mut books = desk.books();
    let wire = voice(call.dialect);
    match order(&mut books, call, key) {
        Ok(outcome) => outcome,
        Err(refusal) => {
            let body = wire.refusal(&refusal, &call.request);
            let reply = Reply::json(refusal.status(), &body);
            Outcome { reply, task: None, charged: Amount::default(), repeated: false }
        }
    }
}

fn order(books: &mut Books, call: &Call<'_>, key: Option<&str>) -> Result<Outcome, Refusal> {
    let wire = voice(call.dialect);
    let is_json = call
        .headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .is_some_and(|kind| kind.split(';').next() == Some("application/json"));
    let given = match wire.key_field() {
        None => bearer(call.headers),
        Some(field) => call.body.as_ref().ok().and_then(|body| body.get(field)?.as_str()),
    };
    if given != Some(call.dialect.key()) && (wire.key_field().is_none() || call.body.is_ok()) {
        return Err(Refusal::Key);
    }
    if !is_json {
        return Err(Refusal::Invalid("Content-Type must be application/json".into()));
    }
    let body = match &call.body {
        Ok(body) => body,
        Err(error) => return Err(Refusal::Invalid(format!("the body is not JSON: {error}"))),
    };
    if let Some(earlier) = key.and_then(|key| books.remembered.get(key)) {
        return repeat(books, earlier, body);
    }
    let order = wire.order(body)?;
    let price = order.price;
    if !books.accounts.charge(call.dialect, price) {
        return Err(Refusal::Funds);
    }
    let (serial, number) = books.next_task();
    let now = Timestamp::now();
    let fault = call.strike.map(|strike| &strike.fault);
    let task = Task {
        number,
        serial,
        id: wire.id(serial),
        dialect: call.dialect,
        order,
        stage: Stage::Queued,
        fate: match fault {
            Some(Fault::Fail(failure)) => Fate::Fails(failure.clone()),
            Some(Fault::NeverEnds) => Fate::NeverEnds,
            _ => Fate::Done,
        },
        failure: None,
        takes: match fault {
            Some(Fault::Takes { count }) => *count,
            _ => 2,
        },
        durations: Vec::new(),
        created: now,
        updated: now,
        completed: None,
        charged: price,
        refunded: Amount::default(),
        polls: 0,
    };
    let left = books.accounts.left(call.dialect);
    let reply = Reply::json(200, &wire.accepted(&task, left, &call.request));
    let id = task.id.clone();
    books.add(task);
    if let Some(key) = key {
        let remembered = Remembered {
            body: body.clone(),
            task: id.clone(),
            reply: reply.clone(),
            is_settled: false,
        };
        books.remembered.insert(key.to_owned(), remembered);
    }
    Ok(Outcome { reply, task: Some((id, number)), charged: price, repeated: false })
}

/// The answer to a create whose key was used before.
fn repeat(books: &Books, earlier: &Remembered, body: &Value) -> Result<Outcome, Refusal> {
    // Ours: the page has the status and its one line.
    if earlier.body != *body {
        return Err(Refusal::Conflict("Idempotency-Key was used with another body"));
    }
    if !earlier.is_settled {
        return Err(Refusal::Conflict("A request with this Idempotency-Key is in flight"));
    }
    let number = books.task(&earlier.task).map_or(0, |task| task.number);
    Ok(Outcome {
        reply: earlier.reply.clone(),
        task: Some((earlier.task.clone(), number)),
        charged: Amount::default(),
        repeated: true,
    })
}

/// The key in `Authorization: Bearer …`.
pub(super) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, key) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| key.trim())
}

fn record(
    desk: &Desk,
    call: &Call<'_>,
    bytes: &Bytes,
    key: Option<String>,
    outcome: Option<&Outcome>,
) {
    let mut body = match &call.body {
        Ok(body) => body.clone(),
        Err(_) => Value::String(String::from_utf8_lossy(bytes).into_owned()),
    };
    if let (Some(field), Value::Object(fields)) = (voice(call.dialect).key_field(), &mut body) {
        fields.remove(field);
    }
    let status = match call.strike {
        None => outcome.map(|outcome| outcome.reply.status),
        Some(strike) => strike.fault.status(outcome.map_or(200, |outcome| outcome.reply.status)),
    };
    let (task, number) = outcome.and_then(|outcome| outcome.task.clone()).unzip();
    let fault = call.strike.map(|strike| strike.name);
    let words = task.as_deref().unwrap_or("-");
    desk.log(call.dialect.name(), "create", words, status.unwrap_or(0), fault);
    desk.books().ledger.create(ledger::Create {
        dialect: call.dialect,
        at: Timestamp::now(),
        task,
        number,
        charged: outcome.map(|outcome| outcome.charged).unwrap_or_default(),
        idempotency_key: key,
        repeated: outcome.is_some_and(|outcome| outcome.repeated),
        body,
        status,
        answered: call.strike.is_none_or(|strike| strike.tells(outcome.is_some())),
        fault,
    });
}
