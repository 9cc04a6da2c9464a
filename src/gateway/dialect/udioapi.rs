//! udioapi.pro, the API of its document: the key in the body, the style as a description, and a
//! second cluster for when the first has troubles.

use super::feed::{self, Ripe};
use super::fields::{Fields, is_custom, is_instrumental};
use super::read::Reply;
use super::{Access, Created, Order, Polled, Speak, classify};
use crate::gateway::call::percent_encoded;
use crate::gateway::{Answer, Call};
use crate::song::FailureClass;

/// The document's answer to troubles of a cluster; a new order is the user's decision.
const OTHER_CLUSTER: &str = "Read the reason, then generate again, or set cluster = \"second\" in \
                             the profile before that: either is a new order that costs again";

/// Speaks it.
pub struct Udioapi;

impl Speak for Udioapi {
    fn create(&self, order: &Order<'_>, access: &Access<'_>) -> Call {
        let request = order.request;
        let params = &request.params;
        let mut body = Fields::default()
            .text("title", &params.title)
            .text("prompt", &request.text)
            // The document's list has no field for the style but says that this one takes it.
            .text("gpt_description_prompt", &params.style)
            .flag("make_instrumental", is_instrumental(request))
            .text("model", &params.model)
            .maybe("callback_url", order.callback)
            .maybe("cluster", access.extras.cluster.as_deref());
        // Only the chirp models know the field; own words are never sent as a mere description.
        if is_custom(request) || !params.model.starts_with("udio") {
            body = body.flag("custom_mode", is_custom(request));
        }
        Call::post(format!("{}/api/generate", access.base_url), body.done())
            .secret_field("token", access.key)
    }

    fn created(&self, answer: &Answer) -> Created {
        let reply = Reply::read(answer);
        classify::created(&reply, feed::ordered(&reply), false)
    }

    /// The document wants the task and nothing else; a key has no place in an address.
    fn poll(&self, task: &str, access: &Access<'_>) -> Call {
        Call::get(format!("{}/api/feed?workId={}", access.base_url, percent_encoded(task)))
    }

    fn polled(&self, answer: &Answer) -> Polled {
        let mut polled = feed::polled(&Reply::read(answer), Ripe::Stage);
        if let Polled::Failed { failure, .. } = &mut polled
            && failure.class == FailureClass::Task
        {
            OTHER_CLUSTER.clone_into(&mut failure.advice);
        }
        polled
    }
}
