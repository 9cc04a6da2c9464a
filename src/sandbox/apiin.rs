//! apiin.one's words, from its page on music, and from its other public pages for the feed.

use serde_json::{Value, json};

use super::account::Amount;
use super::feed::{self, FIELDS, Limits};
use super::fields::Fields;
use super::ids;
use super::order::{Order, Refusal};
use super::tasks::{Stage, Task};
use super::wire::{View, Wire};

const MODELS: &[&str] =
    &["suno-v3-5", "suno-v4-0", "suno-v4-0-vip", "suno-v4-0-pro", "suno-v4-5", "suno-v5-0"];

pub(super) struct Apiin;

impl Wire for Apiin {
    fn id(&self, serial: u64) -> String {
        ids::work(serial)
    }

    fn order(&self, body: &Value) -> Result<Order, Refusal> {
        let fields = Fields::of(body, "", FIELDS)?;
        let model = fields.one_of("model", MODELS)?.unwrap_or("suno-v3-5");
        // The page has no length of lyrics for v5-0; the model's own page says 5000.
        let (limits, price) = match model {
            "suno-v3-5" => (Limits::SHORT, 5),
            "suno-v4-5" => (Limits::LONG, 10),
            "suno-v5-0" => (Limits::LONG, 12),
            // Ours: vip and pro cost what v4-0 does.
            _ => (Limits::SHORT, 8),
        };
        feed::order(body, &fields, model, &limits, Amount::credits(price))
    }

    fn refusal(&self, refusal: &Refusal, _: &str) -> Value {
        // Ours: what the page calls the type is code and type; beyond its three, the names are
        // ours too.
        let kind = match refusal.status() {
            401 | 403 => "authentication_error",
            402 => "insufficient_credits",
            404 => "not_found",
            429 => "rate_limit_exceeded",
            400..=499 => "invalid_request",
            _ => "server_error",
        };
        let message = match refusal {
            Refusal::Key => "Invalid or missing API key.".to_owned(),
            Refusal::Funds => "Insufficient balance to perform generation.".to_owned(),
            other => other.words(),
        };
        json!({ "error": { "code": kind, "message": message, "type": kind } })
    }

    fn accepted(&self, task: &Task, _: Amount, _: &str) -> Value {
        json!({
            "task_id": task.id,
            "status": "pending",
            "model": task.order.model,
            "created_at": task.created.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        })
    }

    fn status(&self, view: &View<'_>, _: &str) -> Value {
        let stage = match view.stage() {
            // Ours: there is no stage before the first one that is told.
            Stage::Queued | Stage::Working => "text",
            Stage::First => "first",
            // Ours: a failure is an end too; its items say so.
            Stage::Done | Stage::Failed => "complete",
        };
        feed::status(view, stage)
    }

    fn calls_back_at(&self) -> &'static [Stage] {
        &[Stage::First, Stage::Done, Stage::Failed]
    }
}
