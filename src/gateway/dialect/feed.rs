//! The feed that apiin.one and both versions of udioapi.pro answer with: a stage, and an item for
//! each recording, inside `data` or bare.
//!
//! A task is lost only where no item can still come: a job that failed is never asked about again,
//! one that stalls can be resumed.

use serde_json::Value as Json;

use super::Polled;
use super::classify;
use super::read::{
    Address, MOST_TRACKS, Recordings, Reply, audio, id, is_success, line, squashed, text, time,
    track,
};
use crate::song::{Receipt, Track};

/// Where a task's names may stand.
const NAMES: &[&str] = &["task_id", "workId", "taskId"];

/// What says that a recording is final.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Ripe {
    /// The stage of the whole.
    Stage,
    /// Each item for itself: the stage is said too soon.
    Items,
}

/// How far the whole is said to be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Not begun, at work, or anything that nobody has heard of.
    Working,
    /// The first recording can be heard; another is to come.
    First,
    /// All over, well.
    Complete,
    /// All over.
    Failed,
}

impl Stage {
    fn of(feed: &Json) -> Self {
        match line(feed, &["type"]).map(|said| squashed(&said)).as_deref() {
            Some("first") => Self::First,
            Some("complete") => Self::Complete,
            Some("failed" | "fail" | "error") => Self::Failed,
            _ => Self::Working,
        }
    }
}

/// What an item comes to.
enum Item {
    /// A take.
    Whole(Track),
    /// Something is still to come; it may be heard already.
    Early(Option<Track>),
    /// Finished, but nobody can fetch it.
    Unfetchable,
    /// Nothing will come of it.
    Over,
}

/// What the answer to an order says.
pub fn ordered(reply: &Reply) -> Receipt {
    let (data, root) = (reply.data(), &reply.root);
    Receipt {
        task: id(data, NAMES).or_else(|| id(root, NAMES)),
        model: line(data, &["model"]).or_else(|| line(root, &["model"])),
        created: time(data, &["created_at"]).or_else(|| time(root, &["created_at"])),
        ..Receipt::default()
    }
}

/// What the answer to a poll means.
pub fn polled(reply: &Reply, ripe: Ripe) -> Polled {
    let Some(feed) = feed(reply).filter(|_| is_success(reply.status())) else {
        return classify::wordless(reply);
    };
    let stage = Stage::of(feed);
    let empty = Vec::new();
    let listed = feed.get("response_data").and_then(Json::as_array).unwrap_or(&empty);
    let is_done = stage == Stage::Complete && ripe == Ripe::Stage;
    let mut recordings = Recordings::default();
    let (mut provisional, mut coming, mut reason) = (Vec::new(), 0, None);
    for item in listed {
        match read(item, is_done) {
            Item::Whole(track) => {
                provisional.push(track.clone());
                recordings.tracks.push(track);
            }
            Item::Early(track) => {
                provisional.extend(track);
                coming += 1;
            }
            Item::Unfetchable => recordings.unfetchable = true,
            Item::Over => reason = reason.or(Some(item)),
        }
    }
    recordings.tracks.truncate(MOST_TRACKS);
    provisional.truncate(MOST_TRACKS);
    // Words of failure may also stand around the items, where there are none.
    if listed.is_empty() && words(feed).is_some() {
        reason = Some(feed);
    }
    let receipt = receipt(reply, feed, listed);
    // At this stage an item is to come that is not listed yet.
    let one_to_come = stage == Stage::First && listed.len() < 2;
    let all_over = coming == 0
        && !one_to_come
        && (reason.is_some() || (ripe == Ripe::Items && !listed.is_empty()));
    if !is_done && !all_over && stage != Stage::Failed {
        return Polled::Working { receipt, provisional };
    }
    match reason {
        Some(reason) if recordings.tracks.is_empty() && coming == 0 => {
            classify::failed(receipt, reason)
        }
        _ if recordings.tracks.is_empty() && stage == Stage::Failed => {
            classify::failed(receipt, reason.unwrap_or(feed))
        }
        _ => classify::done(reply, receipt, recordings),
    }
}

/// The object with the stage and the items. A bare one is known by more than the word `type`,
/// which an error may have as well.
fn feed(reply: &Reply) -> Option<&Json> {
    let (data, root) = (reply.data(), &reply.root);
    let is_bare = || {
        root.get("response_data").is_some()
            || (root.get("type").is_some_and(Json::is_string)
                && !reply.is_error()
                && Stage::of(root) != Stage::Failed)
    };
    if data.get("type").is_some_and(Json::is_string) || data.get("response_data").is_some() {
        Some(data)
    } else {
        is_bare().then_some(root)
    }
}

fn read(item: &Json, is_done: bool) -> Item {
    let status = line(item, &["status"]).map(|said| squashed(&said)).unwrap_or_default();
    let extra = line(item, &["extra_message"]).map(|said| squashed(&said)).unwrap_or_default();
    let has_failed = matches!(status.as_str(), "failed" | "fail" | "error");
    let is_final = !has_failed
        && (is_done
            || matches!(status.as_str(), "complete" | "completed")
            || extra == "allgeneratedsuccessfully");
    match audio(item) {
        Address::Web(audio) if is_final => Item::Whole(track(audio, item)),
        _ if has_failed || words(item).is_some() => Item::Over,
        Address::Web(audio) => Item::Early(Some(track(audio, item))),
        Address::Unfetchable if is_final => Item::Unfetchable,
        Address::Unfetchable | Address::Absent => Item::Early(None),
    }
}

/// The words that only a failure has.
fn words(of: &Json) -> Option<String> {
    line(of, &["fail_message", "error_message"])
}

fn receipt(reply: &Reply, feed: &Json, listed: &[Json]) -> Receipt {
    Receipt {
        task: id(feed, NAMES).or_else(|| id(&reply.root, NAMES)),
        model: line(feed, &["model"]),
        // Every item has the words; the first that says them is enough.
        lyrics: listed.iter().find_map(|item| text(item, &["prompt"])),
        created: time(feed, &["created_at"]),
        ..Receipt::default()
    }
}
