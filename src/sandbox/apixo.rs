//! APIXO's words, from its two pages on Suno.

use serde_json::{Value, json};

use super::account::Amount;
use super::fields::Fields;
use super::order::{Order, Refusal, vocal};
use super::tasks::{Stage, Task};
use super::wire::{View, Wire};
use super::{ids, lyricist};

/// 0.12 USD per use.
const PRICE: Amount = Amount::thousandths(120);
const MODES: &[&str] = &["V4", "V4_5", "V4_5ALL", "V4_5PLUS", "V5", "V5_5"];
const TITLE: usize = 80;

pub(super) struct Apixo;

impl Wire for Apixo {
    fn id(&self, serial: u64) -> String {
        ids::apixo(serial)
    }

    fn order(&self, body: &Value) -> Result<Order, Refusal> {
        let outer = Fields::of(body, "", &["request_type", "callback_url", "provider", "input"])?;
        let delivery = outer.one_of("request_type", &["async", "callback"])?;
        // Ours: the page asks for a public HTTPS URL, which a sandbox must not call.
        let mut callback = outer.callback("callback_url")?;
        match delivery {
            Some("callback") if callback.is_none() => return outer.missing("callback_url"),
            Some("callback") => {}
            _ => callback = None,
        }
        outer.one_of("provider", &["auto", "value", "official"])?;
        let Some(input) = outer.get("input") else { return outer.missing("input") };
        let input = Fields::of(
            input,
            "input.",
            &[
                "mode",
                "prompt",
                "customMode",
                "instrumental",
                "style",
                "title",
                "vocalGender",
                "styleWeight",
                "weirdnessConstraint",
                "audioWeight",
                "negativeTags",
            ],
        )?;
        let Some(mode) = input.one_of("mode", MODES)? else { return input.missing("mode") };
        let Some(custom) = input.flag("customMode")? else { return input.missing("customMode") };
        let Some(instrumental) = input.flag("instrumental")? else {
            return input.missing("instrumental");
        };
        let (prompt, style) = match (custom, mode) {
            (false, "V4") => (500, 200),
            (false, _) => (500, 1000),
            (true, "V4") => (3000, 200),
            (true, _) => (5000, 1000),
        };
        let prompt = input.at_most("prompt", prompt)?;
        // "1-500 characters", "1-5000 characters": never none, not even for an instrumental.
        let Some(prompt) = prompt.filter(|text| !text.is_empty()) else {
            return input.missing("prompt");
        };
        let style = input.at_most("style", style)?.unwrap_or_default();
        let title = input.at_most("title", TITLE)?.unwrap_or_default();
        let gender = input.one_of("vocalGender", &["m", "f"])?;
        for weight in ["styleWeight", "weirdnessConstraint", "audioWeight"] {
            input.weight(weight)?;
        }
        input.text("negativeTags")?;

        let described = !custom || instrumental;
        Ok(Order {
            model: mode.to_owned(),
            title: if title.is_empty() { lyricist::title(prompt) } else { title.to_owned() },
            style: if described { format!("{style} {prompt}") } else { style.to_owned() },
            lyrics: match (instrumental, custom) {
                (true, _) => String::new(),
                (false, true) => prompt.to_owned(),
                (false, false) => lyricist::write(prompt),
            },
            vocal: vocal(instrumental, gender),
            price: PRICE,
            callback,
            echo: Value::Null,
        })
    }

    fn refusal(&self, refusal: &Refusal, _: &str) -> Value {
        // Ours: the body's code repeats the status. An older page told "Insufficient credits" with
        // 400; a script can do that.
        json!({ "code": refusal.status(), "message": refusal.words(), "data": null })
    }

    fn accepted(&self, task: &Task, _: Amount, _: &str) -> Value {
        json!({ "code": 200, "message": "success", "data": { "taskId": task.id } })
    }

    fn status(&self, view: &View<'_>, _: &str) -> Value {
        let task = view.task;
        let state = match view.stage() {
            Stage::Queued => "pending",
            Stage::Working | Stage::First => "processing",
            Stage::Done => "success",
            Stage::Failed => "failed",
        };
        let mut data = json!({
            "taskId": task.id,
            "state": view.word.unwrap_or(state),
            "createTime": task.created.as_millisecond(),
        });
        if view.stage() == Stage::Done {
            data["resultJson"] = json!(result(view));
            if !task.order.is_instrumental() {
                data["lyrics"] = json!(task.order.lyrics);
            }
        }
        if let Some(failure) = &task.failure {
            data["failCode"] = json!(failure.code);
            data["failMsg"] = json!(failure.message);
        }
        if let Some(completed) = task.completed {
            data["completeTime"] = json!(completed.as_millisecond());
            data["costTime"] = json!(completed.as_millisecond() - task.created.as_millisecond());
        }
        json!({ "code": 200, "message": "success", "data": data })
    }

    fn balance(&self, left: Amount, _: &str) -> Option<Value> {
        Some(json!({ "code": 200, "message": "success", "data": left.json() }))
    }
}

/// The takes, as the JSON text that `resultJson` is.
fn result(view: &View<'_>) -> String {
    if view.is_broken {
        return "{\"resultUrls\":[{\"audio_url\":".into();
    }
    let links = view.takes.iter().filter_map(|take| take.links.as_ref());
    let urls: Vec<_> =
        links.map(|links| json!({ "audio_url": links.audio, "image_url": links.image })).collect();
    json!({ "resultUrls": urls }).to_string()
}
