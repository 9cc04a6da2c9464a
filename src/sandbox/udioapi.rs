//! udioapi.pro's words, version 1, from its page on generating: the key is in the body, and the
//! feed is flat.

use serde_json::{Value, json};

use crate::song::Vocal;

use super::account::Amount;
use super::feed;
use super::fields::Fields;
use super::order::{Order, Refusal};
use super::tasks::{Stage, Task};
use super::wire::{View, Wire};
use super::{ids, lyricist};

/// Ours: the page has no price.
const PRICE: Amount = Amount::credits(10);
const MODELS: &[&str] = &["chirp-v3.0", "chirp-v3.5", "udio-130", "udio-32"];
/// Ours: the page says "too long" and not when.
const PROMPT: usize = 3000;
const DESCRIPTION: usize = 400;

pub(super) struct Udioapi;

impl Wire for Udioapi {
    fn id(&self, serial: u64) -> String {
        ids::work(serial)
    }

    fn order(&self, body: &Value) -> Result<Order, Refusal> {
        let fields = Fields::of(
            body,
            "",
            &[
                "title",
                "prompt",
                "gpt_description_prompt",
                "custom_mode",
                "make_instrumental",
                "model",
                "callback_url",
                "cluster",
                "token",
                // Only the table of the custom mode names it.
                "style",
            ],
        )?;
        let model = fields.one_of("model", MODELS)?.unwrap_or("chirp-v3.0");
        fields.one_of("cluster", &["default", "second"])?;
        let callback = fields.callback("callback_url")?;
        let custom = fields.flag("custom_mode")?.unwrap_or(false);
        let instrumental = fields.flag("make_instrumental")?.unwrap_or(false);
        fields.at_most("prompt", PROMPT)?;
        fields.at_most("gpt_description_prompt", DESCRIPTION)?;
        fields.at_most("style", DESCRIPTION)?;
        let prompt = fields.words("prompt")?;
        let title = fields.words("title")?;
        // "Can input music style": the table's `style` under the name of the list.
        let style = fields.words("style")?.or(fields.words("gpt_description_prompt")?);
        if custom && style.is_none() {
            return fields.missing("style (or gpt_description_prompt)");
        }
        if custom && title.is_none() {
            return fields.missing("title");
        }
        if prompt.is_none() && !(custom && instrumental) {
            return fields.missing("prompt");
        }
        let prompt = prompt.unwrap_or_default();
        let style = style.unwrap_or_default();
        let mut echo = body.clone();
        if let Value::Object(fields) = &mut echo {
            fields.remove("token");
        }
        Ok(Order {
            model: model.to_owned(),
            title: title.map_or_else(|| lyricist::title(prompt), str::to_owned),
            style: if custom { style.to_owned() } else { format!("{style} {prompt}") },
            lyrics: match (instrumental, custom) {
                (true, _) => String::new(),
                (false, true) => prompt.to_owned(),
                (false, false) => lyricist::write(prompt),
            },
            vocal: if instrumental { Vocal::None } else { Vocal::Auto },
            price: PRICE,
            callback,
            echo,
        })
    }

    fn refusal(&self, refusal: &Refusal, _: &str) -> Value {
        refuse(refusal)
    }

    fn accepted(&self, task: &Task, _: Amount, _: &str) -> Value {
        // Ours: the page names only the field.
        json!({ "workId": task.id })
    }

    fn status(&self, view: &View<'_>, _: &str) -> Value {
        let stage = match view.stage() {
            Stage::Queued => "new",
            Stage::Working | Stage::First => "IN_PROGRESS",
            // Ours: a failure is an end too; its items say so.
            Stage::Done | Stage::Failed => "complete",
        };
        json!({
            "type": view.word.unwrap_or(stage),
            "request_body": view.task.order.echo,
            "response_data": items(view),
            "created_at": view.task.created.strftime("%Y-%m-%d %H:%M:%S").to_string(),
        })
    }

    fn key_field(&self) -> Option<&'static str> {
        Some("token")
    }

    fn guards_polls(&self) -> bool {
        // The page's feed takes a work's id and nothing else.
        false
    }

    fn calls_back_at(&self) -> &'static [Stage] {
        &[Stage::First, Stage::Done, Stage::Failed]
    }
}

/// The items of the feed, with the fields that the page has and no more.
fn items(view: &View<'_>) -> Value {
    const FIELDS: &[&str] = &[
        "audio_url",
        "createTime",
        "id",
        "image_url",
        "prompt",
        "tags",
        "title",
        "error_message",
        "status",
    ];
    let mut items = feed::items(view);
    for item in items.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
        item.retain(|name, _| FIELDS.contains(&name.as_str()));
    }
    items
}

/// Why there is no task. Ours: the envelope; the page has only messages.
pub(super) fn refuse(refusal: &Refusal) -> Value {
    let message = match refusal {
        Refusal::TooLong(_) => "Topic too long.".to_owned(),
        Refusal::Invalid(what) => format!("Invalid parameters: {what}"),
        Refusal::Key => "Invalid token".to_owned(),
        Refusal::Funds => "Insufficient credits".to_owned(),
        Refusal::Scripted(429) => "Rate limit exceeded".to_owned(),
        Refusal::Scripted(503) => "Server overload".to_owned(),
        Refusal::Scripted(504) => "Generation timeout".to_owned(),
        other => other.words(),
    };
    json!({ "code": refusal.status(), "message": message, "data": null })
}
