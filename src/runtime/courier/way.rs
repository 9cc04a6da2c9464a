//! How one profile reaches its gateway.

use std::collections::HashMap;
use std::net::SocketAddr;

use secrecy::SecretString;
use tokio::sync::Mutex;

use super::aside;
use crate::config::{Callback, KeySource};
use crate::gateway::{Access, Bounds, Call, Extras, Order, Speak, read_key};
use crate::song::{Failure, FailureClass, Job};

/// The ways to gateways, by the name of their profile.
#[derive(Default)]
pub struct Ways {
    pub(super) by_profile: HashMap<String, Way>,
    pub(super) bounds: Bounds,
}

impl FromIterator<Way> for Ways {
    fn from_iter<T: IntoIterator<Item = Way>>(ways: T) -> Self {
        let by_profile = ways.into_iter().map(|way| (way.profile.clone(), way)).collect();
        Self { by_profile, bounds: Bounds::default() }
    }
}

impl Ways {
    /// The same ways, on which the other side may take so long and send so much.
    #[must_use]
    pub fn within(self, bounds: Bounds) -> Self {
        Self { bounds, ..self }
    }

    /// Where gateways may call back to.
    pub(super) fn listens(&self) -> impl Iterator<Item = SocketAddr> {
        self.by_profile.values().filter_map(|way| Some(way.callback.as_ref()?.listen))
    }
}

/// A profile as the courier needs it.
pub struct Way {
    /// The profile's name.
    pub profile: String,
    /// The gateway's name for people.
    pub label: String,
    /// Where it is.
    pub base_url: String,
    /// What it speaks.
    pub speaker: &'static dyn Speak,
    /// What only it has.
    pub extras: Extras,
    /// Where it may call back, before the token of the job.
    pub callback: Option<Callback>,
    /// Where its key is.
    pub key_source: KeySource,
    /// The key, once it was read.
    pub key: Mutex<Option<SecretString>>,
}

impl Way {
    /// The key; read when it is first needed, and again after [`Way::forget_key`].
    pub(super) async fn key(&self) -> Result<SecretString, Failure> {
        let mut known = self.key.lock().await;
        if let Some(key) = &*known {
            return Ok(key.clone());
        }
        let (profile, source) = (self.profile.clone(), self.key_source.clone());
        let read = aside(move || read_key(&profile, &source)).await?;
        let key = read.map_err(|error| {
            // The first line says what and why, the others what to do.
            let text = error.to_string();
            let (message, advice) = text.split_once('\n').unwrap_or((&text, ""));
            Failure::new(FailureClass::Auth, message, advice.trim())
        })?;
        *known = Some(key.clone());
        Ok(key)
    }

    /// The key was refused: it may be another by now.
    pub(super) async fn forget_key(&self) {
        *self.key.lock().await = None;
    }

    fn access<'a>(&'a self, key: &'a SecretString) -> Access<'a> {
        Access { base_url: &self.base_url, key, extras: &self.extras }
    }

    /// The request of a job.
    pub(super) fn create(&self, job: &Job, key: &SecretString) -> Call {
        let callback = self.callback.as_ref().zip(job.callback_token.as_ref());
        let callback = callback.map(|(to, token)| to.address(token));
        let order = Order {
            request: &job.request,
            idempotency_key: job.idempotency_key.as_deref(),
            callback: callback.as_deref(),
        };
        self.speaker.create(&order, &self.access(key))
    }

    /// The question about a task.
    pub(super) fn poll(&self, task: &str, key: &SecretString) -> Call {
        self.speaker.poll(task, &self.access(key))
    }

    /// The question about the account, where the gateway has one.
    pub(super) fn balance(&self, key: &SecretString) -> Option<Call> {
        self.speaker.balance(&self.access(key))
    }
}
