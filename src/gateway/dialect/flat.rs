//! What apiin.one and version 2 of udioapi.pro share: an order with all its fields side by side,
//! and a feed behind it.

use serde_json::Value as Json;

use super::feed::{self, Ripe};
use super::fields::{Fields, is_custom, is_instrumental, prompt, voice};
use super::read::Reply;
use super::{Access, Created, Order, Polled, Speak, classify};
use crate::gateway::call::percent_encoded;
use crate::gateway::{Answer, Call};

/// A gateway that is ordered from in this way. Both addresses follow the base.
pub struct Flat {
    /// Where orders go.
    pub create: &'static str,
    /// Where its feed is, up to the task.
    pub feed: &'static str,
    /// What its feed says of a final recording.
    pub ripe: Ripe,
}

impl Speak for Flat {
    fn create(&self, order: &Order<'_>, access: &Access<'_>) -> Call {
        Call::post(format!("{}{}", access.base_url, self.create), body(order)).bearer(access.key)
    }

    fn created(&self, answer: &Answer) -> Created {
        let reply = Reply::read(answer);
        classify::created(&reply, feed::ordered(&reply), false)
    }

    fn poll(&self, task: &str, access: &Access<'_>) -> Call {
        let url = format!("{}{}{}", access.base_url, self.feed, percent_encoded(task));
        Call::get(url).bearer(access.key)
    }

    fn polled(&self, answer: &Answer) -> Polled {
        feed::polled(&Reply::read(answer), self.ripe)
    }
}

/// What is written decides the mode: a description alone, or words with all that belongs to them.
fn body(order: &Order<'_>) -> Json {
    let request = order.request;
    let params = &request.params;
    let body = Fields::default()
        .text("model", &params.model)
        .flag("make_instrumental", is_instrumental(request))
        .maybe("callback_url", order.callback);
    if !is_custom(request) {
        return body.text("gpt_description_prompt", &request.text).done();
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
        .done()
}
