//! APIXO: `{code, message, data}` around everything, and the takes as JSON in a string.

use serde_json::Value as Json;

use super::fields::{Fields, is_custom, is_instrumental, prompt, voice};
use super::read::{Recordings, Reply, id, line, number, squashed, text, time};
use super::{Access, Balance, Created, Order, Polled, Speak, classify};
use crate::gateway::call::percent_encoded;
use crate::gateway::{Answer, Call};
use crate::song::{Failure, FailureClass, Receipt};

/// Speaks it.
pub struct Apixo;

impl Speak for Apixo {
    fn create(&self, order: &Order<'_>, access: &Access<'_>) -> Call {
        let request = order.request;
        let params = &request.params;
        let mut input = Fields::default()
            .text("mode", &params.model)
            .text("prompt", prompt(request))
            .flag("customMode", is_custom(request))
            .flag("instrumental", is_instrumental(request));
        if is_custom(request) {
            input = input
                .text("style", &params.style)
                .text("title", &params.title)
                .maybe("vocalGender", voice(request, "f", "m"))
                .weight("styleWeight", params.style_weight)
                .weight("weirdnessConstraint", params.weirdness)
                .weight("audioWeight", params.audio_weight)
                .text("negativeTags", &params.avoid);
        }
        let delivery = if order.callback.is_some() { "callback" } else { "async" };
        let body = Fields::default()
            .text("request_type", delivery)
            .maybe("callback_url", order.callback)
            .maybe("provider", access.extras.provider.as_deref())
            .json("input", input.done());
        Call::post(format!("{}/generateTask/suno", access.base_url), body.done()).bearer(access.key)
    }

    fn created(&self, answer: &Answer) -> Created {
        let reply = Reply::read(answer);
        classify::created(&reply, receipt(reply.data()), false)
    }

    fn poll(&self, task: &str, access: &Access<'_>) -> Call {
        let task = percent_encoded(task);
        Call::get(format!("{}/statusTask/suno?taskId={task}", access.base_url)).bearer(access.key)
    }

    fn polled(&self, answer: &Answer) -> Polled {
        let reply = Reply::read(answer);
        let data = reply.data();
        let state = line(data, &["state"]).filter(|_| reply.arrived());
        let is_fine = super::read::is_success(reply.status());
        match state.map(|state| squashed(&state)).as_deref() {
            // A failed task may come with a code of failure around it.
            Some("failed") => classify::failed(receipt(data), data),
            Some("success") if is_fine => succeeded(&reply),
            Some(_) if is_fine => {
                Polled::Working { receipt: receipt(data), provisional: Vec::new() }
            }
            _ => classify::wordless(&reply),
        }
    }

    fn balance(&self, access: &Access<'_>) -> Option<Call> {
        let url = format!("{}/apikeys/current-balance", access.base_url);
        Some(Call::get(url).bearer(access.key))
    }

    fn balanced(&self, answer: &Answer) -> Result<Balance, Failure> {
        let reply = Reply::read(answer);
        let dollars = number(&reply.root, &["data"]).filter(|_| reply.status() == 200);
        let dollars = dollars.ok_or_else(|| classify::no_balance(&reply))?;
        let sign = if dollars < 0.0 { "-" } else { "" };
        Ok(Balance { text: format!("{sign}${:.2}", dollars.abs()) })
    }
}

fn succeeded(reply: &Reply) -> Polled {
    let data = reply.data();
    let result = match data.get("resultJson") {
        Some(Json::String(result)) => match serde_json::from_str(result) {
            Ok(result) => result,
            Err(_) => {
                let what = "The gateway says that the song is done, but its list is not readable";
                return classify::again(FailureClass::Task, what, reply);
            }
        },
        Some(result) => result.clone(),
        None => Json::Null,
    };
    classify::done(reply, receipt(data), Recordings::of(result.get("resultUrls")))
}

fn receipt(data: &Json) -> Receipt {
    Receipt {
        task: id(data, &["taskId"]),
        lyrics: text(data, &["lyrics"]),
        created: time(data, &["createTime"]),
        completed: time(data, &["completeTime"]),
        ..Receipt::default()
    }
}
