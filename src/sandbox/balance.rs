//! Questions about what is left.

use std::sync::Arc;

use axum::http::HeaderMap;
use axum::response::Response;

use super::Dialect;
use super::create::bearer;
use super::delivery::{Reply, deliver};
use super::desk::Desk;
use super::faults::{Event, On, Strike};
use super::order::Refusal;
use super::voices::voice;

/// `GET` of a balance.
pub(super) async fn balance(desk: Arc<Desk>, dialect: Dialect, headers: HeaderMap) -> Response {
    let request = desk.request_id();
    let strike = {
        let mut books = desk.books();
        books.ledger.balance(dialect);
        books.faults.strike(Event { on: On::Balance, dialect, task: None })
    };
    let wire = voice(dialect);
    let refuse =
        |refusal: &Refusal| Reply::json(refusal.status(), &wire.refusal(refusal, &request));
    let told = || {
        if bearer(&headers) != Some(dialect.key()) {
            return refuse(&Refusal::Key);
        }
        match wire.balance(desk.left(dialect), &request) {
            Some(body) => Reply::json(200, &body),
            None => refuse(&Refusal::Scripted(404)),
        }
    };
    let is_in_front = strike.as_ref().is_some_and(Strike::is_in_front);
    let reply = (!is_in_front).then(told);
    let status = reply.as_ref().map_or(200, |reply| reply.status);
    let status = strike.as_ref().map_or(Some(status), |strike| strike.fault.status(status));
    let fault = strike.as_ref().map(|strike| strike.name);
    desk.log(dialect.name(), "balance", "-", status.unwrap_or(0), fault);
    deliver(strike.as_ref(), reply, |status| refuse(&Refusal::Scripted(status))).await
}
