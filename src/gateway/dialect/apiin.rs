//! apiin.one: a flat answer to the order, a feed with stages behind it.

use super::feed::{self, Ripe};
use super::fields::{Fields, is_custom, is_instrumental, prompt, voice};
use super::read::Reply;
use super::{Access, Balance, Created, Order, Polled, Speak, classify};
use crate::gateway::call::percent_encoded;
use crate::gateway::{Answer, Call};
use crate::song::Failure;

/// Speaks it.
pub struct Apiin;

impl Speak for Apiin {
    fn create(&self, order: &Order<'_>, access: &Access<'_>) -> Call {
        Call::post(format!("{}/audio/music", access.base_url), body(order).done())
            .bearer(access.key)
    }

    fn created(&self, answer: &Answer) -> Created {
        let reply = Reply::read(answer);
        classify::created(&reply, feed::ordered(&reply), false)
    }

    fn poll(&self, task: &str, access: &Access<'_>) -> Call {
        let task = percent_encoded(task);
        Call::get(format!("{}/audio/music/feed?task_id={task}", access.base_url)).bearer(access.key)
    }

    fn polled(&self, answer: &Answer) -> Polled {
        feed::polled(&Reply::read(answer), Ripe::Stage)
    }

    fn balance(&self, _: &Access<'_>) -> Option<Call> {
        None
    }

    fn balanced(&self, answer: &Answer) -> Result<Balance, Failure> {
        Err(classify::no_balance(&Reply::read(answer)))
    }
}

/// The order, whose fields version 2 of udioapi.pro has as well. What is written decides the mode:
/// a description alone, or words with all that belongs to them.
pub fn body(order: &Order<'_>) -> Fields {
    let request = order.request;
    let params = &request.params;
    let body = Fields::default()
        .text("model", &params.model)
        .flag("make_instrumental", is_instrumental(request))
        .maybe("callback_url", order.callback);
    if !is_custom(request) {
        return body.text("gpt_description_prompt", &request.text);
    }
    body.text("prompt", prompt(request))
        .text("style", &params.style)
        .text("title", &params.title)
        // The negative ones in a request; in an answer the same name has the style.
        .text("tags", &params.avoid)
        .maybe("gender", voice(request, "female", "male"))
        .weight("style_weight", params.style_weight)
        .weight("weirdness_constraint", params.weirdness)
        .weight("audio_weight", params.audio_weight)
}
