//! API Mall's words, from its page on audio.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::account::Amount;
use super::fields::Fields;
use super::order::{Order, Refusal, vocal};
use super::tasks::{Stage, Task};
use super::wire::{View, Wire};
use super::{ids, lyricist};

const PRICE: Amount = Amount::credits(12);
/// The page's list, and its own default, which the list lacks.
const MODELS: &[&str] = &["V4", "V4_5", "V4_5PLUS", "V5"];

pub(super) struct ApiMall;

impl Wire for ApiMall {
    fn id(&self, serial: u64) -> String {
        ids::ulid("aud", serial)
    }

    fn order(&self, body: &Value) -> Result<Order, Refusal> {
        let fields = Fields::of(
            body,
            "",
            &[
                "prompt",
                "style",
                "title",
                "customMode",
                "instrumental",
                "model",
                "negativeTags",
                "vocalGender",
                "styleWeight",
                "weirdnessConstraint",
                "audioWeight",
                "personaId",
            ],
        )?;
        // Lengths are told nowhere, so none is too long.
        let prompt = fields.words("prompt")?;
        let style = fields.words("style")?.unwrap_or_default();
        let title = fields.words("title")?;
        let custom = fields.flag("customMode")?.unwrap_or(false);
        let instrumental = fields.flag("instrumental")?.unwrap_or(false);
        let model = fields.one_of("model", MODELS)?.unwrap_or("V5");
        fields.text("negativeTags")?;
        let gender = fields.one_of("vocalGender", &["m", "f"])?;
        for weight in ["styleWeight", "weirdnessConstraint", "audioWeight"] {
            fields.weight(weight)?;
        }
        fields.text("personaId")?;
        // "Required unless `customMode` provides a full structured workflow". Ours: full is a
        // style and a title.
        let is_full = custom && !style.is_empty() && title.is_some();
        if prompt.is_none() && !is_full {
            return fields.missing("prompt");
        }
        let prompt = prompt.unwrap_or_default();
        let theme = if prompt.is_empty() { title.unwrap_or_default() } else { prompt };
        Ok(Order {
            model: model.to_owned(),
            title: title.map_or_else(|| lyricist::title(prompt), str::to_owned),
            style: if custom { style.to_owned() } else { format!("{style} {prompt}") },
            lyrics: match (instrumental, custom && !prompt.is_empty()) {
                (true, _) => String::new(),
                (false, true) => prompt.to_owned(),
                (false, false) => lyricist::write(theme),
            },
            vocal: vocal(instrumental, gender),
            price: PRICE,
            callback: None,
            echo: Value::Null,
        })
    }

    fn refusal(&self, refusal: &Refusal, request: &str) -> Value {
        // Ours: the codes but for `insufficient_credits`, which the page shows.
        let (code, message) = match refusal.status() {
            400 => ("invalid_request", None),
            401 => ("unauthorized", Some("API key required or invalid API key")),
            402 => ("insufficient_credits", Some("Insufficient credits")),
            403 => ("forbidden", None),
            404 => ("not_found", None),
            409 => ("idempotency_conflict", None),
            429 => ("rate_limit_exceeded", None),
            451 => ("content_moderation", None),
            503 => ("upstream_unavailable", None),
            _ => ("internal_error", None),
        };
        let message = message.map_or_else(|| refusal.words(), str::to_owned);
        json!({
            "success": false,
            "error": { "code": code, "message": message },
            "request_id": request,
        })
    }

    fn accepted(&self, task: &Task, left: Amount, request: &str) -> Value {
        json!({
            "success": true,
            "data": {
                "task_id": task.id,
                "request_id": ids::ulid("suno_req", task.serial),
                "credits_used": task.charged.json(),
                "remaining_credits": left.json(),
                "model": task.order.model,
            },
            "request_id": request,
        })
    }

    fn status(&self, view: &View<'_>, request: &str) -> Value {
        let task = view.task;
        let state = match view.stage() {
            Stage::Queued => "pending",
            Stage::Working | Stage::First => "processing",
            Stage::Done => "completed",
            Stage::Failed => "failed",
        };
        // Ours: what is not there yet is null, as `error_message` is in the page's example.
        let links: Vec<_> = view.takes.iter().filter_map(|take| take.links.as_ref()).collect();
        let links = if view.stage() == Stage::Done { links } else { Vec::new() };
        let tracks: Vec<_> = links
            .iter()
            .map(|links| json!({ "audioUrl": links.audio, "imageUrl": links.image }))
            .collect();
        let output = match view.stage() {
            Stage::Done if view.is_broken => json!({ "tracks": "[object Object]" }),
            Stage::Done => json!({ "tracks": tracks }),
            _ => Value::Null,
        };
        json!({
            "success": true,
            "data": {
                "task_id": task.id,
                "model": task.order.model,
                "status": view.word.unwrap_or(state),
                "output": output,
                // Ours: the first take again; the page does not say which.
                "audio_url": links.first().map(|links| &links.audio),
                "image_url": links.first().map(|links| &links.image),
                "error_message": task.failure.as_ref().map(|failure| &failure.message),
                "credits_used": task.charged.json(),
                "credits_refunded": task.refunded.json(),
                "created_at": moment(task.created),
                "updated_at": moment(task.updated),
                "completed_at": task.completed.map(moment),
            },
            "request_id": request,
        })
    }

    fn balance(&self, left: Amount, request: &str) -> Option<Value> {
        // Ours: all credits are for the API.
        Some(json!({
            "success": true,
            "data": { "credits": left.json(), "api_credits": left.json() },
            "request_id": request,
        }))
    }

    fn is_idempotent(&self) -> bool {
        true
    }
}

/// `2026-03-12T09:40:00.000Z`
fn moment(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}
