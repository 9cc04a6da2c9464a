//! The table of gateways.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Deserialize;

use super::Dialect;
use crate::song::Mode;

/// A parameter of the Song pane that a gateway may or may not take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Parameter {
    /// The song's title.
    Title,
    /// Style tags.
    Style,
    /// Negative tags.
    Avoid,
    /// A female or a male voice. Every gateway makes instrumentals.
    Vocal,
    /// A voice kept at the gateway.
    Persona,
    /// How strictly the style is followed.
    StyleWeight,
    /// How far from the usual.
    Weirdness,
    /// How much an audio input counts.
    AudioWeight,
}

/// The longest texts that a gateway takes, in Unicode scalar values; none where it does not say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// The words.
    pub lyrics: Option<usize>,
    /// The description in describe mode.
    pub description: Option<usize>,
    /// Style tags.
    pub style: Option<usize>,
    /// Negative tags.
    pub avoid: Option<usize>,
    /// The title.
    pub title: Option<usize>,
}

impl Limits {
    /// These limits, and where they say nothing those of `below`.
    #[must_use]
    pub fn over(self, below: Self) -> Self {
        Self {
            lyrics: self.lyrics.or(below.lyrics),
            description: self.description.or(below.description),
            style: self.style.or(below.style),
            avoid: self.avoid.or(below.avoid),
            title: self.title.or(below.title),
        }
    }
}

/// What a gateway does with a song of one mode.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Form {
    /// What it takes beside the words.
    pub takes: Vec<Parameter>,
    /// What it refuses to go without, by its document.
    pub needs: Vec<Parameter>,
    /// What it refuses to go without when nobody sings.
    pub needs_instrumental: Vec<Parameter>,
    /// What is better not left out, though its document does not say so.
    pub wants: Vec<Parameter>,
}

/// When to ask how far a task is. Seconds in the table, durations here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "PollSeconds")]
pub struct Poll {
    /// The first time, after the task was accepted.
    pub first: Duration,
    /// From then on.
    pub every: Duration,
    /// No slower than this while answers come.
    pub slowest: Duration,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PollSeconds {
    first: f64,
    every: f64,
    slowest: f64,
}

impl From<PollSeconds> for Poll {
    fn from(seconds: PollSeconds) -> Self {
        // A second at least: a gateway's table must not make the program hammer it.
        let at_least = |seconds: f64| {
            Duration::try_from_secs_f64(seconds).unwrap_or_default().max(Duration::from_secs(1))
        };
        let every = at_least(seconds.every);
        Self {
            first: at_least(seconds.first),
            every,
            slowest: at_least(seconds.slowest).max(every),
        }
    }
}

/// What is different for one model.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ModelLine {
    pub(super) limits: Limits,
    pub(super) price: Option<String>,
    /// It sings no words that are given to it.
    describe_only: bool,
}

/// One gateway.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gateway {
    /// Its name for people.
    pub label: String,
    /// What it speaks.
    pub dialect: Dialect,
    /// Where it is, without a slash at the end; empty for the built-in engine.
    #[serde(default)]
    pub base_url: String,
    /// Its models, the default first.
    pub models: Vec<String>,
    /// What it does with own words.
    lyrics: Form,
    /// What it does with a description.
    describe: Form,
    /// What two takes cost, for people: `free`, `$0.12`.
    pub price: String,
    #[serde(rename = "typical")]
    typical_seconds: u64,
    /// How many jobs may run at once.
    pub parallel: usize,
    /// When to ask.
    pub poll: Poll,
    /// A job that takes longer than this many seconds is not watched any more by itself.
    #[serde(rename = "patience")]
    pub(super) patience_seconds: u64,
    /// For so many seconds an order may be sent again with the same idempotency key.
    #[serde(default, rename = "remembers_keys")]
    remembers_keys_seconds: u64,
    /// How many days it keeps finished takes, where it says.
    #[serde(default)]
    pub retention_days: Option<u16>,
    /// What it refuses to take.
    #[serde(default)]
    pub limits: Limits,
    #[serde(default)]
    pub(super) model: BTreeMap<String, ModelLine>,
}

impl Gateway {
    /// What it does with a song of a mode.
    pub fn form(&self, mode: Mode) -> &Form {
        match mode {
            Mode::Lyrics => &self.lyrics,
            Mode::Describe => &self.describe,
        }
    }

    /// Whether it knows what to do with a parameter.
    pub fn takes(&self, parameter: Parameter, mode: Mode) -> bool {
        self.form(mode).takes.contains(&parameter)
    }

    /// What it refuses to take for a model.
    pub fn limits(&self, model: &str) -> Limits {
        self.model.get(model).map_or(self.limits, |line| line.limits.over(self.limits))
    }

    /// What two takes of a model cost, for people.
    pub fn price(&self, model: &str) -> &str {
        self.model.get(model).and_then(|line| line.price.as_ref()).unwrap_or(&self.price)
    }

    /// Whether a model sings the words that are given to it.
    pub fn sings(&self, model: &str) -> bool {
        !self.model.get(model).is_some_and(|line| line.describe_only)
    }

    /// Whether a song costs nothing.
    pub fn is_free(&self) -> bool {
        self.dialect.is_built_in()
    }

    /// How long a job usually needs.
    pub fn typical(&self) -> Duration {
        Duration::from_secs(self.typical_seconds)
    }

    /// How old an order may be that is sent again with the same idempotency key.
    pub fn remembers_keys(&self) -> Duration {
        Duration::from_secs(self.remembers_keys_seconds)
    }

    /// How long a job is watched before it counts as stalled.
    pub fn patience(&self) -> Duration {
        Duration::from_secs(self.patience_seconds)
    }
}

/// All gateways, by the name that profiles use.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Catalogue(BTreeMap<String, Gateway>);

impl Catalogue {
    /// The built-in table.
    ///
    /// # Errors
    /// When the table in `assets/` is not what this file says; a test holds that it is.
    pub fn built_in() -> Result<Self, toml::de::Error> {
        toml::from_str(include_str!("../../assets/gateways.toml"))
    }

    /// The gateway of that name.
    pub fn get(&self, name: &str) -> Option<&Gateway> {
        self.0.get(name)
    }

    /// All names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_table_reads_and_makes_sense() {
        let catalogue = Catalogue::built_in().expect("assets/gateways.toml");
        let names: Vec<_> = catalogue.names().collect();
        assert_eq!(names, ["apiin", "apimall", "apixo", "sketch", "udioapi", "udioapi-v2"]);
        for name in names {
            let gateway = catalogue.get(name).expect("named");
            assert!(!gateway.models.is_empty(), "{name} has no model");
            assert!(gateway.parallel > 0, "{name} could never run a job");
            assert_eq!(gateway.base_url.is_empty(), gateway.dialect.is_built_in(), "{name}");
            assert!(!gateway.base_url.ends_with('/'), "{name}");
            assert!(gateway.patience() > gateway.typical(), "{name} stalls too soon");
            for model in gateway.model.keys() {
                assert!(gateway.models.contains(model), "{name} has no {model}");
            }
        }
    }

    #[test]
    fn limits_and_prices_are_those_of_the_documents() {
        let catalogue = Catalogue::built_in().expect("assets/gateways.toml");
        let limits = |name: &str, model: &str| catalogue.get(name).expect(name).limits(model);
        let apixo = limits("apixo", "V4");
        assert_eq!(
            (apixo.lyrics, apixo.style, apixo.description),
            (Some(3000), Some(200), Some(500))
        );
        let apixo = limits("apixo", "V5_5");
        assert_eq!((apixo.lyrics, apixo.style, apixo.title), (Some(5000), Some(1000), Some(80)));
        let apiin = limits("apiin", "suno-v3-5");
        assert_eq!(
            (apiin.lyrics, apiin.style, apiin.description),
            (Some(3000), Some(200), Some(400))
        );
        let apiin = limits("apiin", "suno-v4-5");
        assert_eq!((apiin.lyrics, apiin.style), (Some(5000), Some(1000)));
        assert_eq!(limits("apimall", "V5"), Limits::default());
        assert_eq!(catalogue.get("apiin").expect("apiin").price("suno-v5-0"), "12 credits");
        assert_eq!(catalogue.get("apixo").expect("apixo").price("V5"), "$0.12");
        assert!(!catalogue.get("udioapi").expect("udioapi").sings("udio-130"));
    }
}
