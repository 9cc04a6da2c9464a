//! udioapi.pro, version 2: orders as apiin.one takes them, and a feed whose `type` says SUCCESS
//! when only the words are there.

use super::feed::{self, Ripe};
use super::read::Reply;
use super::{Access, Balance, Created, Order, Polled, Speak, apiin, classify};
use crate::gateway::call::percent_encoded;
use crate::gateway::{Answer, Call};
use crate::song::Failure;

/// Speaks it.
pub struct UdioapiV2;

impl Speak for UdioapiV2 {
    fn create(&self, order: &Order<'_>, access: &Access<'_>) -> Call {
        Call::post(format!("{}/api/v2/generate", access.base_url), apiin::body(order).done())
            .bearer(access.key)
    }

    fn created(&self, answer: &Answer) -> Created {
        let reply = Reply::read(answer);
        classify::created(&reply, feed::ordered(&reply), false)
    }

    fn poll(&self, task: &str, access: &Access<'_>) -> Call {
        let task = percent_encoded(task);
        Call::get(format!("{}/api/v2/feed?workId={task}", access.base_url)).bearer(access.key)
    }

    fn polled(&self, answer: &Answer) -> Polled {
        feed::polled(&Reply::read(answer), Ripe::Items)
    }

    fn balance(&self, _: &Access<'_>) -> Option<Call> {
        None
    }

    fn balanced(&self, answer: &Answer) -> Result<Balance, Failure> {
        Err(classify::no_balance(&Reply::read(answer)))
    }
}
