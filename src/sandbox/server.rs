//! Sockets and routes. Knows where things are, and nothing of what they say.

use std::collections::HashMap;
use std::io;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::Response;
use axum::routing::{MethodRouter, get, post};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

use super::delivery::HangUp;
use super::desk::Desk;
use super::{Dialect, balance, control, create, files, poll};

type Routes = Router<Arc<Desk>>;
type Words = HashMap<String, String>;

/// Serves until it is told to stop.
pub(super) async fn serve(listener: TcpListener, desk: Arc<Desk>, mut stop: oneshot::Receiver<()>) {
    let routes = routes().with_state(desk);
    loop {
        let accepted = tokio::select! {
            // A sandbox that was dropped is stopped too.
            _ = &mut stop => return,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, _)) => drop(tokio::spawn(converse(stream, routes.clone()))),
            // Too many open files, as a rule: some will be closed.
            Err(_) => tokio::time::sleep(std::time::Duration::from_millis(50)).await,
        }
    }
}

/// Serves one connection, until it ends or a fault ends it.
async fn converse(stream: TcpStream, routes: Router) {
    // Answers are small and are waited for.
    let _ = stream.set_nodelay(true);
    let routes = TowerToHyperService::new(routes);
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let answer = routes.call(request);
        async move {
            let response = answer.await.map_err(io::Error::other)?;
            if response.extensions().get::<HangUp>().is_some() {
                // An error in place of an answer closes the connection without a byte.
                return Err(io::ErrorKind::ConnectionAborted.into());
            }
            Ok::<Response, io::Error>(response)
        }
    });
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new());
    // The caller's end of it is the caller's to tell.
    let _ = builder.serve_connection(TokioIo::new(stream), service).await;
}

fn routes() -> Routes {
    let at = |dialect: Dialect, path: &str| format!("{}{path}", dialect.base());
    let (apixo, apimall, apiin) = (Dialect::Apixo, Dialect::ApiMall, Dialect::Apiin);
    let (v1, v2) = (Dialect::Udioapi, Dialect::UdioapiV2);
    Router::new()
        .route(&at(apixo, "/generateTask/suno"), ordering(apixo))
        .route(&at(apixo, "/statusTask/suno"), asking(apixo, &["taskId"]))
        .route(&at(apixo, "/apikeys/current-balance"), balancing(apixo))
        .route(&at(apimall, "/audio/generate"), ordering(apimall))
        .route(&at(apimall, "/audio/{task}"), get(api_mall_task))
        .route(&at(apimall, "/account/balances"), balancing(apimall))
        .route(&at(apiin, "/audio/music"), ordering(apiin))
        // Older pages have the name of udioapi.pro.
        .route(&at(apiin, "/audio/music/feed"), asking(apiin, &["task_id", "workId"]))
        .route(&at(v1, "/api/generate"), ordering(v1))
        .route(&at(v1, "/api/feed"), asking(v1, &["workId"]))
        .route(&at(v2, "/api/v2/generate"), ordering(v2))
        .route(&at(v2, "/api/v2/feed"), asking(v2, &["workId"]))
        .route("/files/{task}/{name}", get(file))
        .merge(control::routes())
        .fallback(nowhere)
}

fn ordering(dialect: Dialect) -> MethodRouter<Arc<Desk>> {
    post(move |State(desk), headers: HeaderMap, body: Bytes| {
        create::create(desk, dialect, headers, body)
    })
}

/// The task is named in the query, by one of `fields`.
fn asking(dialect: Dialect, fields: &'static [&'static str]) -> MethodRouter<Arc<Desk>> {
    get(move |State(desk), Query(words): Query<Words>, headers: HeaderMap| {
        let id = fields.iter().find_map(|field| words.get(*field).cloned());
        poll::poll(desk, dialect, headers, id, fields.first().copied().unwrap_or_default())
    })
}

fn balancing(dialect: Dialect) -> MethodRouter<Arc<Desk>> {
    get(move |State(desk), headers: HeaderMap| balance::balance(desk, dialect, headers))
}

async fn api_mall_task(
    State(desk): State<Arc<Desk>>,
    Path(task): Path<String>,
    headers: HeaderMap,
) -> Response {
    poll::poll(desk, Dialect::ApiMall, headers, Some(task), "task_id").await
}

async fn file(
    State(desk): State<Arc<Desk>>,
    Path((task, name)): Path<(String, String)>,
    method: Method,
    headers: HeaderMap,
) -> Response {
    files::file(desk, method, headers, task, name).await
}

async fn nowhere(method: Method, uri: axum::http::Uri) -> (StatusCode, String) {
    let what = format!("the sandbox serves nothing at {method} {}\n", uri.path());
    (StatusCode::NOT_FOUND, what)
}
