//! A profile: which gateway makes the takes, where its key is, and what is different from the
//! gateway's own line in the table of gateways. Plain data; nothing here reads a file or a key.

use std::fmt;
use std::net::SocketAddr;
use std::time::Duration;

use super::settings::Choice;

/// `[profiles.NAME]`: a gateway and how to use it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// What the Song pane and the command line call it.
    pub name: String,
    /// The line of the configuration file that names the gateway, from 1; 0 where no file does.
    pub line: usize,
    /// Who makes the takes, as written. Whether there is such a gateway is judged by the room
    /// that has the table of them; it says [`Profile::line`] when there is none.
    pub gateway: String,
    /// Where the key is; without meaning for the built-in composer.
    pub key: KeySource,
    /// The model to start with; none is the gateway's default.
    pub model: Option<String>,
    /// The models to offer instead of the gateway's; empty leaves those.
    pub models: Vec<String>,
    /// Where the gateway is, without a slash at the end.
    pub base_url: Option<String>,
    /// When to ask how far a task is.
    pub poll: PollOverride,
    /// How many jobs may run at once, 1 or more.
    pub parallel: Option<u16>,
    /// What two takes cost, for people.
    pub price: Option<String>,
    /// How many days the gateway keeps finished takes.
    pub retention_days: Option<u16>,
    /// How long a job is watched before it counts as stalled.
    pub patience: Option<Duration>,
    /// The longest texts that the gateway takes.
    pub limits: LimitsOverride,
    /// Which of APIXO's providers does the work.
    pub provider: Option<Provider>,
    /// Which of udioapi.pro's clusters does the work.
    pub cluster: Option<Cluster>,
    /// Where the gateway may say that a task is done.
    pub callback: Option<Callback>,
}

impl Profile {
    /// The name of the profile that is always there, and of its gateway.
    pub const BUILT_IN: &'static str = "sketch";

    /// The profile that needs no key and no network.
    pub fn built_in() -> Self {
        Self::of(Self::BUILT_IN.into(), Self::BUILT_IN.into())
    }

    /// A profile that leaves everything to its gateway.
    pub fn of(name: String, gateway: String) -> Self {
        Self {
            name,
            line: 0,
            gateway,
            key: KeySource::Keyring,
            model: None,
            models: Vec::new(),
            base_url: None,
            poll: PollOverride::default(),
            parallel: None,
            price: None,
            retention_days: None,
            patience: None,
            limits: LimitsOverride::default(),
            provider: None,
            cluster: None,
            callback: None,
        }
    }

    /// Whether its takes are made on this machine, without a key.
    pub fn is_built_in(&self) -> bool {
        self.gateway == Self::BUILT_IN
    }
}

/// Where a key is. Displays as what follows "from": it never has a key in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeySource {
    /// `api_key_env`: in the environment variable of this name.
    Env(String),
    /// `api_key_cmd`: on the first line that this command of the shell prints.
    Command(String),
    /// In the system's keyring, under the profile's name.
    Keyring,
}

impl fmt::Display for KeySource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Env(name) => write!(f, "${name}"),
            // Not the command: somebody may have written the key into it.
            Self::Command(_) => f.write_str("the command in api_key_cmd"),
            Self::Keyring => f.write_str("the system's keyring"),
        }
    }
}

/// `poll` in a profile: from 1 second to 1 hour each; none leaves it to the gateway's table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PollOverride {
    /// The first time, after the task was accepted.
    pub first: Option<Duration>,
    /// From then on.
    pub every: Option<Duration>,
    /// No slower than this while answers come; not less than `every` where both are given.
    pub slowest: Option<Duration>,
}

/// `limits` in a profile, in Unicode scalar values; none leaves it to the gateway's table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LimitsOverride {
    /// The words.
    pub lyrics: Option<u32>,
    /// The description in describe mode.
    pub description: Option<u32>,
    /// Style tags.
    pub style: Option<u32>,
    /// Negative tags.
    pub avoid: Option<u32>,
    /// The title.
    pub title: Option<u32>,
}

/// `callback_url` and `callback_listen`, which only make sense together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Callback {
    /// What the gateway is told to call.
    pub url: String,
    /// Where the studio listens for what arrives there; always on this machine.
    pub listen: SocketAddr,
}

impl Callback {
    /// Where the gateway is told to call about the job with this token.
    pub fn address(&self, token: &str) -> String {
        format!("{}/{token}", self.url.trim_end_matches('/'))
    }
}

/// `provider` in a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Provider {
    /// The gateway chooses.
    Auto,
    /// The cheap one.
    Value,
    /// The official one.
    Official,
}

impl Choice for Provider {
    const WORDS: &'static [(&'static str, Self)] =
        &[("auto", Self::Auto), ("value", Self::Value), ("official", Self::Official)];
}

/// `cluster` in a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cluster {
    /// The first.
    Default,
    /// The one for when the first is overloaded.
    Second,
}

impl Choice for Cluster {
    const WORDS: &'static [(&'static str, Self)] =
        &[("default", Self::Default), ("second", Self::Second)];
}
