//! Sends results to who asked for them: plain HTTP to this machine, and nowhere else.

use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{Request, Uri, header};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use super::delivery::{Reply, twist};
use super::desk::Desk;
use super::faults::{Event, Fault, On};
use super::ledger;
use super::tasks::Stage;
use super::voices::voice;

/// The first attempt and up to three more.
const ATTEMPTS: u32 = 4;
/// How long a receiver may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where a result goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    url: Uri,
    host: String,
    port: u16,
}

impl Address {
    /// Reads a URL, which must lead to this machine.
    pub(super) fn read(url: &str) -> Result<Self, &'static str> {
        const WHERE: &str =
            "must be an http:// URL on this machine: a sandbox never calls out to the internet";
        let url: Uri = url.parse().map_err(|_| "must be a URL")?;
        let host = url.host().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        let is_here = host == "localhost" || host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback());
        if url.scheme_str() != Some("http") || !is_here {
            return Err(WHERE);
        }
        let port = url.port_u16().unwrap_or(80);
        Ok(Self { url, host, port })
    }
}

/// Tells a task's stage, where it has asked to be told of it.
pub(super) fn call(desk: &Arc<Desk>, id: &str, stage: Stage) {
    let told = {
        let books = desk.books();
        let Some(task) = books.task(id) else { return };
        let Some(address) = task.order.callback.clone() else { return };
        if !voice(task.dialect).calls_back_at().contains(&stage) {
            return;
        }
        // The same body as a poll's answer.
        let body = desk.status_of(task, None, id);
        (address, body, task.dialect, task.number)
    };
    let (desk, id) = (Arc::clone(desk), id.to_owned());
    tokio::spawn(async move {
        let (address, body, dialect, number) = told;
        for attempt in 1..=ATTEMPTS {
            let event = Event { on: On::Callback, dialect, task: Some((number, &id)) };
            let strike = desk.books().faults.strike(event);
            let mut reply = Reply::json(200, &body);
            let mut is_lost = false;
            if let Some(strike) = &strike {
                sleep(strike.delay).await;
                is_lost = strike.fault == Fault::DropBefore;
                reply = twist(&strike.fault, reply);
            }
            let status = if is_lost { None } else { send(&address, reply.body).await.ok() };
            let fault = strike.as_ref().map(|strike| strike.name);
            desk.log(dialect.name(), "callback", &id, status.unwrap_or(0), fault);
            desk.books().ledger.call(ledger::Call {
                task: id.clone(),
                url: address.url.to_string(),
                stage: stage.word(),
                attempt,
                status,
            });
            if status == Some(200) {
                return;
            }
            sleep(desk.callback_pause()).await;
        }
    });
}

async fn send(address: &Address, body: Bytes) -> io::Result<u16> {
    timeout(PATIENCE, post(address, body)).await.map_err(|_| io::ErrorKind::TimedOut)?
}

async fn post(address: &Address, body: Bytes) -> io::Result<u16> {
    let stream = TcpStream::connect((address.host.as_str(), address.port)).await?;
    if !stream.peer_addr()?.ip().is_loopback() {
        return Err(io::Error::other("localhost is not this machine"));
    }
    let (mut sender, connection) =
        http1::handshake(TokioIo::new(stream)).await.map_err(io::Error::other)?;
    // It ends with the sender.
    tokio::spawn(connection);
    let path = address.url.path_and_query().map_or("/", |path| path.as_str());
    let request = Request::post(path)
        .header(header::HOST, format!("{}:{}", address.host, address.port))
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(body))
        .map_err(io::Error::other)?;
    let response = sender.send_request(request).await.map_err(io::Error::other)?;
    Ok(response.status().as_u16())
}
