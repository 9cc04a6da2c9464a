//! Questions about a task.

use std::sync::Arc;

use axum::http::HeaderMap;
use axum::response::Response;

use super::Dialect;
use super::create::bearer;
use super::delivery::{Reply, deliver};
use super::desk::Desk;
use super::faults::{Event, Fault, On, Strike};
use super::order::Refusal;
use super::voices::voice;

/// `GET` of a task's state; `id` is none when the request names no task, and then `field` is what
/// it should have named it with.
pub(super) async fn poll(
    desk: Arc<Desk>,
    dialect: Dialect,
    headers: HeaderMap,
    id: Option<String>,
    field: &str,
) -> Response {
    let request = desk.request_id();
    let name = id.clone().unwrap_or_default();
    let strike = {
        let mut books = desk.books();
        let task = books.task(&name).filter(|task| task.dialect == dialect);
        let number = task.map(|task| task.number);
        let task = number.map(|number| (number, name.as_str()));
        books.faults.strike(Event { on: On::Poll, dialect, task })
    };
    let refuse = |refusal: &Refusal| {
        Reply::json(refusal.status(), &voice(dialect).refusal(refusal, &request))
    };
    let reply = if strike.as_ref().is_some_and(Strike::is_in_front) {
        desk.books().ledger.poll(&name);
        None
    } else {
        let told = tell(&desk, dialect, &headers, id, field, strike.as_ref(), &request).await;
        Some(told.unwrap_or_else(|refusal| refuse(&refusal)))
    };
    let status = reply.as_ref().map_or(200, |reply| reply.status);
    let told = strike.as_ref().map_or(Some(status), |strike| strike.fault.status(status));
    let fault = strike.as_ref().map(|strike| strike.name);
    desk.log(dialect.name(), "poll", &name, told.unwrap_or(0), fault);
    deliver(strike.as_ref(), reply, |status| refuse(&Refusal::Scripted(status))).await
}

async fn tell(
    desk: &Arc<Desk>,
    dialect: Dialect,
    headers: &HeaderMap,
    id: Option<String>,
    field: &str,
    strike: Option<&Strike>,
    request: &str,
) -> Result<Reply, Refusal> {
    if voice(dialect).guards_polls() && bearer(headers) != Some(dialect.key()) {
        return Err(Refusal::Key);
    }
    let id = id.ok_or_else(|| Refusal::Invalid(format!("{field} is required")))?;
    if desk.books().task(&id).is_none_or(|task| task.dialect != dialect) {
        return Err(Refusal::NoTask);
    }
    let fault = strike.map(|strike| &strike.fault);
    if let Some(Fault::Fail(failure)) = fault {
        desk.fail(&id, failure.clone());
    }
    desk.polled(&id).await;
    let books = desk.books();
    let task = books.task(&id).ok_or(Refusal::NoTask)?;
    Ok(Reply::json(200, &desk.status_of(task, fault, request)))
}
