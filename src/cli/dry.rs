//! `refrain generate --dry-run`: the request as it would leave. Nothing is sent, read or kept, and
//! no key is needed.

use std::collections::BTreeMap;
use std::process::ExitCode;

use anyhow::{Result, anyhow};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value as Json;

use super::args::Args;
use super::{say, song};
use crate::config::{self, Config};
use crate::gateway::{Access, Call, Extras, HIDDEN, Order};
use crate::library::Library;
use crate::runtime;
use crate::song::Draft;
use crate::studio::{Model, Opening};

/// What stands where something is made up for each order.
const NEW: &str = "(new for each order)";

/// The request for scripts.
#[derive(Debug, Default, Serialize)]
struct Shown {
    method: Option<&'static str>,
    url: Option<String>,
    headers: BTreeMap<&'static str, String>,
    body: Option<Json>,
}

pub(super) fn run(
    args: &Args,
    config: &Config,
    profile: &config::Profile,
    mut draft: Draft,
) -> Result<ExitCode> {
    // A library of nobody's: the user's may be open elsewhere.
    let (_, mut contents) = Library::in_memory().map_err(runtime::Unopened::Library)?;
    draft.song = contents.next_song;
    contents.draft = draft;
    let opening = runtime::opening(config, contents, Timestamp::now())?;
    let (model, _) = Model::new(Opening { take_up: false, asks: false, ..opening });
    song::check(args, &model)?;
    match call(&model, profile)? {
        Some(call) if args.json => say::print_json(&Shown::from(&call))?,
        Some(call) => say::print(call)?,
        None => {
            say::tell("refrain: nothing would be sent: the sketch is composed on this machine");
            if args.json {
                say::print_json(&Shown::default())?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The call that would order the song on the desk; none where no gateway is asked.
fn call(model: &Model, profile: &config::Profile) -> Result<Option<Call>> {
    let request = model.request().ok_or_else(|| anyhow!("the profile is not there any more"))?;
    let Some(offer) = model.gateway() else { return Ok(None) };
    let Some(speaker) = offer.dialect.speaker() else { return Ok(None) };
    let callback = profile.callback.as_ref().map(|to| to.address(NEW));
    let order = Order {
        request: &request,
        idempotency_key: offer.dialect.is_idempotent().then_some(NEW),
        callback: callback.as_deref(),
    };
    let extras = Extras::from(profile);
    let key = HIDDEN.into();
    let access = Access { base_url: &offer.base_url, key: &key, extras: &extras };
    Ok(Some(speaker.create(&order, &access)))
}

impl From<&Call> for Shown {
    fn from(call: &Call) -> Self {
        Self {
            method: Some(call.method.word()),
            url: Some(call.url.clone()),
            headers: call.shown_headers().into_iter().collect(),
            body: call.shown_body(),
        }
    }
}
