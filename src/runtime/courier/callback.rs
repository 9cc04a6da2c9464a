//! Hears gateways call back. What they say is not read: anybody could say it. The token in the
//! path only says which job to ask about now.

use std::net::SocketAddr;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::post;
use tokio::net::TcpListener;
use tokio::sync::mpsc::UnboundedSender;

use crate::studio::{Event, Tone};

/// Listens for as long as the program runs; says so where that cannot be.
pub(super) async fn listen(address: SocketAddr, news: UnboundedSender<Event>) {
    let app = Router::new().route("/{*path}", post(heard)).with_state(news.clone());
    let served = match TcpListener::bind(address).await {
        Ok(listener) => axum::serve(listener, app).await,
        Err(error) => Err(error),
    };
    if let Err(error) = served {
        let text = format!(
            "Callbacks cannot be heard on {address}: {error}; jobs are asked about all the same"
        );
        let _ = news.send(Event::Told(Tone::Warning, text));
    }
}

async fn heard(State(news): State<UnboundedSender<Event>>, Path(path): Path<String>) -> StatusCode {
    // A tunnel may put a path of its own in front.
    let token = path.rsplit('/').next().unwrap_or_default();
    if !uuid::Uuid::try_parse(token).is_ok_and(|name| name.to_string() == token) {
        return StatusCode::NOT_FOUND;
    }
    let _ = news.send(Event::Hint(token.to_owned()));
    StatusCode::OK
}
