//! The table of gateways.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Deserialize;

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
    /// Who sings.
    Vocal,
    /// How strictly the style is followed.
    StyleWeight,
    /// How far from the usual.
    Weirdness,
    /// How much an audio input counts.
    AudioWeight,
}

/// The longest texts that a gateway takes, in Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// The words.
    pub lyrics: usize,
    /// The description in describe mode.
    pub description: usize,
    /// Style tags.
    pub style: usize,
    /// Negative tags.
    pub avoid: usize,
    /// The title.
    pub title: usize,
}

/// One gateway.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gateway {
    /// Its name for people.
    pub label: String,
    /// Its models, the default first.
    pub models: Vec<String>,
    takes: Vec<Parameter>,
    /// What two takes cost, for people: `free`, `$0.12`.
    pub price: String,
    #[serde(rename = "typical")]
    typical_seconds: u64,
    /// How many jobs may run at once.
    pub parallel: usize,
    /// What it refuses to take.
    pub limits: Limits,
}

impl Gateway {
    /// Whether it knows what to do with a parameter.
    pub fn takes(&self, parameter: Parameter) -> bool {
        self.takes.contains(&parameter)
    }

    /// How long a job usually needs.
    pub fn typical(&self) -> Duration {
        Duration::from_secs(self.typical_seconds)
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
    fn the_built_in_table_reads_and_has_a_sketch_gateway() {
        let catalogue = Catalogue::built_in().expect("assets/gateways.toml");
        let sketch = catalogue.get("sketch").expect("sketch");
        assert_eq!(sketch.price, "free");
        assert!(sketch.takes(Parameter::Style));
        assert!(!sketch.takes(Parameter::AudioWeight));
        for name in catalogue.names() {
            let gateway = catalogue.get(name).expect("named");
            assert!(!gateway.models.is_empty(), "{name} has no model");
            assert!(gateway.parallel > 0, "{name} could never run a job");
        }
    }
}
