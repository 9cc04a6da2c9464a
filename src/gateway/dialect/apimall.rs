//! API Mall: the only gateway that knows an idempotency key, and that says what came back.

use serde_json::Value as Json;

use super::fields::{Fields, is_custom, is_instrumental, prompt, voice};
use super::read::{Recordings, Reply, audio, cover, id, is_success, line, number, squashed, time};
use super::{Access, Balance, Created, Order, Polled, Speak, classify};
use crate::gateway::call::percent_encoded;
use crate::gateway::{Answer, Call};
use crate::song::{Failure, Receipt};

/// The document's own default, which its list of models lacks: it is always said.
const DEFAULT_MODEL: &str = "V5";

/// Speaks it.
pub struct Apimall;

impl Speak for Apimall {
    fn create(&self, order: &Order<'_>, access: &Access<'_>) -> Call {
        let request = order.request;
        let params = &request.params;
        let mut body = Fields::default()
            .text("model", DEFAULT_MODEL)
            .text("model", &params.model)
            .text("prompt", prompt(request))
            .flag("customMode", is_custom(request))
            .flag("instrumental", is_instrumental(request))
            .text("negativeTags", &params.avoid)
            .maybe("vocalGender", voice(request, "f", "m"))
            .text("personaId", &params.persona)
            .weight("styleWeight", params.style_weight)
            .weight("weirdnessConstraint", params.weirdness)
            .weight("audioWeight", params.audio_weight);
        if is_custom(request) {
            body = body.text("style", &params.style).text("title", &params.title);
        }
        let call = Call::post(format!("{}/audio/generate", access.base_url), body.done())
            .bearer(access.key);
        match order.idempotency_key {
            Some(key) => call.header("idempotency-key", key),
            None => call,
        }
    }

    fn created(&self, answer: &Answer) -> Created {
        let reply = Reply::read(answer);
        classify::created(&reply, receipt(&reply), true)
    }

    fn poll(&self, task: &str, access: &Access<'_>) -> Call {
        let task = match task {
            // These lead up the path in every spelling; so nothing is found under them instead.
            "." | ".." => "%25".to_owned(),
            task => percent_encoded(task),
        };
        Call::get(format!("{}/audio/{task}", access.base_url)).bearer(access.key)
    }

    fn polled(&self, answer: &Answer) -> Polled {
        let reply = Reply::read(answer);
        let data = reply.data();
        let state = line(data, &["status"]).filter(|_| reply.arrived());
        let is_fine = is_success(reply.status());
        match state.map(|state| squashed(&state)).as_deref() {
            // A failed task may come with a code of failure around it.
            Some("failed") => classify::failed(receipt(&reply), data),
            Some("completed") if is_fine => {
                classify::done(&reply, receipt(&reply), recordings(data))
            }
            Some(_) if is_fine => {
                Polled::Working { receipt: receipt(&reply), provisional: Vec::new() }
            }
            _ => classify::wordless(&reply),
        }
    }

    fn balance(&self, access: &Access<'_>) -> Option<Call> {
        Some(Call::get(format!("{}/account/balances", access.base_url)).bearer(access.key))
    }

    fn balanced(&self, answer: &Answer) -> Result<Balance, Failure> {
        let reply = Reply::read(answer);
        let left = |name, unit| Some(format!("{} {unit}", number(reply.data(), &[name])?));
        let both = [left("credits", "credits"), left("api_credits", "API credits")];
        let text = both.into_iter().flatten().collect::<Vec<_>>().join(", ");
        if text.is_empty() || !is_success(reply.status()) {
            return Err(classify::no_balance(&reply));
        }
        Ok(Balance { text })
    }
}

/// The takes are the tracks. The hosted file beside them is one of the same songs ("the final
/// hosted asset", under another name in the document's own example): as a take of its own it would
/// be heard twice, so it counts only where there is no track at all.
///
/// A list that is no list is not taken for none: there may be two takes behind it.
fn recordings(data: &Json) -> Recordings {
    let tracks = data.get("output").and_then(|output| output.get("tracks"));
    let mut recordings = Recordings::of(tracks);
    let is_told = tracks.is_some_and(|tracks| !tracks.is_array() && !tracks.is_null());
    if recordings.tracks.is_empty() && !is_told {
        recordings.add(audio(data), &Json::Null);
    }
    // What has no cover of its own has that of the order.
    for track in &mut recordings.tracks {
        track.cover = track.cover.take().or_else(|| cover(data));
    }
    recordings
}

fn receipt(reply: &Reply) -> Receipt {
    let data = reply.data();
    // First the name that API Mall's own support knows, then that of the place behind it.
    let request_ids = [id(&reply.root, &["request_id"]), id(data, &["request_id"])];
    Receipt {
        task: id(data, &["task_id"]),
        request_ids: request_ids.into_iter().flatten().collect(),
        model: line(data, &["model"]),
        credits_used: number(data, &["credits_used"]),
        credits_left: number(data, &["remaining_credits"]),
        credits_refunded: number(data, &["credits_refunded"]),
        created: time(data, &["created_at"]),
        completed: time(data, &["completed_at"]),
        ..Receipt::default()
    }
}
