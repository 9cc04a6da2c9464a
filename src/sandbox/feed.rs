//! What apiin.one and udioapi.pro share: the fields of a request in two modes, and the items of a
//! feed. Each of them says in its own file how these are wrapped.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::account::Amount;
use super::fields::Fields;
use super::order::{Order, Refusal, vocal};
use super::tasks::Stage;
use super::wire::{TakeView, View};
use super::{ids, lyricist};

/// The longest texts of a model, in characters.
pub(super) struct Limits {
    pub(super) prompt: usize,
    pub(super) style: usize,
}

impl Limits {
    pub(super) const SHORT: Self = Self { prompt: 3000, style: 200 };
    pub(super) const LONG: Self = Self { prompt: 5000, style: 1000 };
}

const DESCRIPTION: usize = 400;
const TITLE: usize = 80;

/// The fields of apiin.one, and of version 2 of udioapi.pro.
pub(super) const FIELDS: &[&str] = &[
    "model",
    "make_instrumental",
    "callback_url",
    "gpt_description_prompt",
    "prompt",
    "style",
    "title",
    "tags",
    "gender",
    "style_weight",
    "weirdness_constraint",
    "audio_weight",
];

/// Understands a request in one of the two modes.
pub(super) fn order(
    body: &Value,
    fields: &Fields<'_>,
    model: &str,
    limits: &Limits,
    price: Amount,
) -> Result<Order, Refusal> {
    let instrumental = fields.flag("make_instrumental")?.unwrap_or(false);
    let callback = fields.callback("callback_url")?;
    let description = fields.at_most("gpt_description_prompt", DESCRIPTION)?;
    let prompt = fields.at_most("prompt", limits.prompt)?;
    let style = fields.at_most("style", limits.style)?.unwrap_or_default();
    let title = fields.at_most("title", TITLE)?;
    fields.text("tags")?;
    let gender = fields.one_of("gender", &["male", "female"])?;
    for weight in ["style_weight", "weirdness_constraint", "audio_weight"] {
        fields.weight(weight)?;
    }
    let said = |text: Option<&str>| text.map(str::to_owned).filter(|text| !text.trim().is_empty());
    // Ours: with both, the prompt counts.
    let (words, custom) = match (said(prompt), said(description)) {
        (Some(prompt), _) => (prompt, true),
        (None, Some(description)) => (description, false),
        (None, None) => {
            return Err(Refusal::Invalid("prompt or gpt_description_prompt is required".into()));
        }
    };
    Ok(Order {
        model: model.to_owned(),
        title: said(title).unwrap_or_else(|| lyricist::title(&words)),
        style: if custom { style.to_owned() } else { words.clone() },
        lyrics: match (instrumental, custom) {
            (true, _) => String::new(),
            (false, true) => words,
            (false, false) => lyricist::write(&words),
        },
        vocal: vocal(instrumental, gender),
        price,
        callback,
        echo: body.clone(),
    })
}

/// The stage of one item: its take, or its task's misfortune.
fn state(view: &View<'_>, take: &TakeView) -> (&'static str, &'static str) {
    match view.stage() {
        Stage::Failed => ("error", ""),
        Stage::Done => ("complete", "All generated successfully."),
        _ if take.links.is_some() => ("first", "First audio generated successfully."),
        _ => ("text", "Text generated successfully."),
    }
}

/// A feed in its envelope, at a stage.
pub(super) fn status(view: &View<'_>, stage: &str) -> Value {
    json!({
        "code": 200,
        "message": "success",
        "data": {
            "type": view.word.unwrap_or(stage),
            "request_body": view.task.order.echo,
            "response_data": items(view),
            "created_at": moment(view.task.created),
        },
    })
}

/// The items of a feed; none before the words are there.
pub(super) fn items(view: &View<'_>) -> Value {
    if view.is_broken {
        return json!("[object Object]");
    }
    if view.stage() == Stage::Queued {
        return json!([]);
    }
    view.takes.iter().map(|take| item(view, take)).collect()
}

fn item(view: &View<'_>, take: &TakeView) -> Value {
    let task = view.task;
    let (status, extra) = state(view, take);
    let failure = task.failure.as_ref().map_or("", |failure| failure.message.as_str());
    let links = take.links.as_ref();
    json!({
        "id": ids::item(task.serial, take.index),
        "audio_url": links.map_or("", |links| links.audio.as_str()),
        "image_url": links.map_or("", |links| links.image.as_str()),
        "status": view.word.unwrap_or(status),
        "title": task.order.title,
        // In an answer these are the style; in a request they are what to avoid.
        "tags": task.order.style,
        "prompt": task.order.lyrics,
        "duration": links.map_or(json!(""), |links| json!(links.duration)),
        "model_name": task.order.model,
        "createTime": moment(task.created),
        "extra_message": extra,
        "fail_message": failure,
        "error_message": failure,
    })
}

/// `2025-08-19T23:07:28.936Z`
pub(super) fn moment(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}
