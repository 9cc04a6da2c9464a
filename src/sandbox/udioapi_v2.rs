//! udioapi.pro's words, version 2, from its public pages and public clients: apiin.one's fields,
//! the key in the header, and a `type` that says SUCCESS before there is any sound.

use serde_json::{Value, json};

use super::account::Amount;
use super::feed::{self, FIELDS, Limits};
use super::fields::Fields;
use super::ids;
use super::order::{Order, Refusal};
use super::tasks::{Stage, Task};
use super::udioapi::refuse;
use super::wire::{View, Wire};

/// Ours: there is no price.
const PRICE: Amount = Amount::credits(10);
/// Public clients write the fifth both ways.
const MODELS: &[&str] = &[
    "chirp-v3-5",
    "chirp-v4-0",
    "chirp-v4-5",
    "chirp-v4-5-plus",
    "chirp-v5",
    "chirp-v5-0",
    "chirp-v5-5",
];

pub(super) struct UdioapiV2;

impl Wire for UdioapiV2 {
    fn id(&self, serial: u64) -> String {
        ids::work(serial)
    }

    fn order(&self, body: &Value) -> Result<Order, Refusal> {
        let known: Vec<&str> = FIELDS.iter().copied().chain(["cluster"]).collect();
        let fields = Fields::of(body, "", &known)?;
        fields.one_of("cluster", &["default", "second"])?;
        // Ours: the default, as at apiin.one.
        let model = fields.one_of("model", MODELS)?.unwrap_or("chirp-v3-5");
        let limits = match model {
            "chirp-v3-5" | "chirp-v4-0" => Limits::SHORT,
            _ => Limits::LONG,
        };
        feed::order(body, &fields, model, &limits, PRICE)
    }

    fn refusal(&self, refusal: &Refusal, _: &str) -> Value {
        refuse(refusal)
    }

    fn accepted(&self, task: &Task, _: Amount, _: &str) -> Value {
        json!({
            "code": 200,
            "message": "success",
            "workId": task.id,
            "data": { "task_id": task.id },
        })
    }

    fn status(&self, view: &View<'_>, _: &str) -> Value {
        let stage = match view.stage() {
            // Ours: what it is before the words are there.
            Stage::Queued => "IN_PROGRESS",
            // From here on it is no help; only the items say what there is.
            Stage::Working | Stage::First | Stage::Done | Stage::Failed => "SUCCESS",
        };
        feed::status(view, stage)
    }

    fn calls_back_at(&self) -> &'static [Stage] {
        &[Stage::First, Stage::Done, Stage::Failed]
    }
}
