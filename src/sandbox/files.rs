//! Takes and covers as a CDN serves them: no key, byte ranges, entity tags.

use std::ops::Range;
use std::sync::Arc;

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderName, Method, header};
use axum::response::Response;

use super::delivery::{Reply, deliver};
use super::desk::Desk;
use super::faults::{Event, On, Strike};

/// How many takes a task can have; see `three_takes`.
const MOST: usize = 3;

const COVER: &str = "image/png";

/// `GET` or `HEAD` of `/files/TASK/N.mp3` or `.png`, N from 1.
pub(super) async fn file(
    desk: Arc<Desk>,
    method: Method,
    headers: HeaderMap,
    task: String,
    name: String,
) -> Response {
    let path = format!("/files/{task}/{name}");
    let is_cover = read(&name).is_some_and(|(_, kind)| kind == COVER);
    let known = desk.books().task(&task).map(|known| (known.dialect, known.number));
    let strike = known.and_then(|(dialect, number)| {
        let on = if is_cover { On::Cover } else { On::Audio };
        desk.books().faults.strike(Event { on, dialect, task: Some((number, &task)) })
    });
    let reply = if strike.as_ref().is_some_and(Strike::is_in_front) {
        None
    } else {
        Some(fetch(&desk, &headers, &task, &name).await)
    };
    let status = reply.as_ref().map_or(200, |reply| reply.status);
    let told = strike.as_ref().map_or(Some(status), |strike| strike.fault.status(status));
    let fault = strike.as_ref().map(|strike| strike.name);
    let what = if is_cover { "cover" } else { "audio" };
    let who = known.map_or("-", |(dialect, _)| dialect.name());
    desk.log(who, what, &task, told.unwrap_or(0), fault);
    if known.is_some() {
        let is_get = method == Method::GET;
        let bytes = reply.as_ref().filter(|_| is_get).map_or(0, |reply| reply.body.len() as u64);
        desk.books().ledger.download(&path, text(&headers, &header::RANGE), bytes);
    }
    deliver(strike.as_ref(), reply, missing).await
}

fn missing(status: u16) -> Reply {
    Reply::new(status, "text/plain", "there is no such file\n")
}

fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    Some(headers.get(name)?.to_str().ok()?.to_owned())
}

async fn fetch(desk: &Desk, headers: &HeaderMap, task: &str, name: &str) -> Reply {
    let Some((index, kind)) = read(name) else { return missing(404) };
    let order = desk.books().task(task).map(|task| {
        let is_there = task.failure.is_none();
        (is_there, task.serial, task.order.request(task.serial))
    });
    let Some((true, serial, request)) = order else { return missing(404) };
    let Ok(take) = desk.recordings.take(serial, index, request).await else {
        return missing(500);
    };
    let whole = if kind == COVER { take.cover.clone() } else { take.audio.clone() };
    answer(headers, kind, whole)
}

/// The place from 0, and the type.
fn read(name: &str) -> Option<(usize, &'static str)> {
    let (number, extension) = name.split_once('.')?;
    let index = number.parse::<usize>().ok()?.checked_sub(1).filter(|index| *index < MOST)?;
    match extension {
        "mp3" => Some((index, "audio/mpeg")),
        "png" => Some((index, COVER)),
        _ => None,
    }
}

/// The whole file, the range that is asked for, or a refusal of it.
fn answer(headers: &HeaderMap, kind: &str, whole: Bytes) -> Reply {
    let length = whole.len();
    let tag = tag(&whole);
    // A range of what is no longer there is a mistake; the whole is not.
    let is_same = text(headers, &header::IF_RANGE).is_none_or(|known| known == tag);
    let range = text(headers, &header::RANGE).filter(|_| is_same);
    let wanted = range.map_or(Wanted::Whole, |range| wanted(&range, length));
    let mut reply = match wanted {
        Wanted::Whole => Reply::new(200, kind, whole),
        Wanted::Part(range) => {
            let told = format!("bytes {}-{}/{length}", range.start, range.end - 1);
            let mut reply = Reply::new(206, kind, whole.slice(range));
            reply.headers.push((header::CONTENT_RANGE, told));
            reply
        }
        Wanted::Nothing => {
            let mut reply = Reply::new(416, "text/plain", "no such range\n");
            reply.headers.push((header::CONTENT_RANGE, format!("bytes */{length}")));
            reply
        }
    };
    reply.headers.push((header::ACCEPT_RANGES, "bytes".into()));
    reply.headers.push((header::ETAG, tag));
    reply
}

/// What a `Range` asks for.
#[derive(Debug, PartialEq, Eq)]
enum Wanted {
    /// Everything: also where it is not understood, and so to be ignored.
    Whole,
    Part(Range<usize>),
    /// What is not there.
    Nothing,
}

/// Reads `bytes=…`. More than one range at a time is not understood.
fn wanted(range: &str, length: usize) -> Wanted {
    match part(range, length) {
        None => Wanted::Whole,
        Some(part) if part.is_empty() => Wanted::Nothing,
        Some(part) => Wanted::Part(part),
    }
}

fn part(range: &str, length: usize) -> Option<Range<usize>> {
    let (first, last) = range.strip_prefix("bytes=")?.split_once('-')?;
    let (first, last) = (first.trim(), last.trim());
    if first.is_empty() {
        let last: usize = last.parse().ok()?;
        return Some(length.saturating_sub(last)..length);
    }
    let first: usize = first.parse().ok()?;
    if last.is_empty() {
        return Some(first..length);
    }
    let last: usize = last.parse().ok().filter(|last| *last >= first)?;
    Some(first..last.saturating_add(1).min(length))
}

/// FNV-1a of the bytes, quoted.
fn tag(bytes: &Bytes) -> String {
    let start = 0xcbf2_9ce4_8422_2325_u64;
    let hash = bytes
        .iter()
        .fold(start, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    format!("\"{hash:016x}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_given_refused_or_ignored() {
        for (range, meant) in [
            ("bytes=0-3", Wanted::Part(0..4)),
            ("bytes=4-", Wanted::Part(4..10)),
            ("bytes=-3", Wanted::Part(7..10)),
            ("bytes=-30", Wanted::Part(0..10)),
            ("bytes=8-99", Wanted::Part(8..10)),
            ("bytes=10-", Wanted::Nothing),
            ("bytes=99-", Wanted::Nothing),
            ("bytes=-0", Wanted::Nothing),
            ("bytes=5-2", Wanted::Whole),
            ("bytes=0-1,3-4", Wanted::Whole),
            ("lines=0-3", Wanted::Whole),
        ] {
            assert_eq!(wanted(range, 10), meant, "{range}");
        }
    }
}
