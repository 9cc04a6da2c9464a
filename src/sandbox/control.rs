//! The routes for whoever drives the sandbox from another process.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post, put};
use serde_json::{Value, json};

use super::Dialect;
use super::delivery::{Reply, deliver};
use super::desk::Desk;
use super::faults::Faults;

pub(super) fn routes() -> Router<Arc<Desk>> {
    Router::new()
        .route("/_sandbox/ledger", get(tell))
        .route("/_sandbox/script", put(script))
        .route("/_sandbox/reset", post(reset))
}

/// The ledger, what is left on the accounts, and how the tasks are.
pub(super) fn ledger(desk: &Desk) -> Value {
    let books = desk.books();
    let mut ledger = serde_json::to_value(&books.ledger).unwrap_or_default();
    ledger["accounts"] = Dialect::ALL
        .iter()
        .map(|dialect| (dialect.name().to_owned(), books.accounts.left(*dialect).json()))
        .collect();
    let tasks = books.tasks().map(|task| {
        json!({
            "number": task.number,
            "id": task.id,
            "dialect": task.dialect,
            "stage": task.stage.word(),
            "polls": task.polls,
            "charged": task.charged,
            "refunded": task.refunded,
        })
    });
    ledger["tasks"] = tasks.collect();
    ledger
}

async fn tell(State(desk): State<Arc<Desk>>) -> Response {
    let reply = Reply::json(200, &ledger(&desk));
    deliver(None, Some(reply), |_| Reply::json(500, &Value::Null)).await
}

async fn script(State(desk): State<Arc<Desk>>, script: String) -> (StatusCode, String) {
    match Faults::read(&script) {
        Ok(faults) => {
            desk.books().faults = faults;
            (StatusCode::NO_CONTENT, String::new())
        }
        Err(error) => (StatusCode::BAD_REQUEST, format!("{error}\n")),
    }
}

async fn reset(State(desk): State<Arc<Desk>>) -> StatusCode {
    desk.reset();
    StatusCode::NO_CONTENT
}
