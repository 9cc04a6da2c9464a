//! Reads the fields of a request: types, names, lengths. Every refusal names the field.

use serde_json::{Map, Value};

use super::callbacks::Address;
use super::order::Refusal;

/// An object of a request.
pub(super) struct Fields<'a> {
    map: &'a Map<String, Value>,
    /// What stands before a name in messages: `input.` or nothing.
    prefix: &'static str,
}

impl<'a> Fields<'a> {
    /// The fields of an object, all of which must be in `known`.
    pub(super) fn of(
        value: &'a Value,
        prefix: &'static str,
        known: &[&str],
    ) -> Result<Self, Refusal> {
        let Value::Object(map) = value else {
            let name = prefix.trim_end_matches('.');
            let name = if name.is_empty() { "the body" } else { name };
            return Err(Refusal::Invalid(format!("{name} must be an object")));
        };
        // Ours: a gateway may ignore what it does not know, and so hide a typing error.
        match map.keys().find(|name| !known.contains(&name.as_str())) {
            Some(name) => Err(Refusal::Invalid(format!("{prefix}{name} is not a known field"))),
            None => Ok(Self { map, prefix }),
        }
    }

    fn wrong<T>(&self, name: &str, what: &str) -> Result<T, Refusal> {
        Err(Refusal::Invalid(format!("{}{name} {what}", self.prefix)))
    }

    pub(super) fn missing<T>(&self, name: &str) -> Result<T, Refusal> {
        self.wrong(name, "is required")
    }

    pub(super) fn get(&self, name: &str) -> Option<&'a Value> {
        self.map.get(name)
    }

    pub(super) fn text(&self, name: &str) -> Result<Option<&'a str>, Refusal> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => self.wrong(name, "must be a string"),
        }
    }

    /// A text that says something.
    pub(super) fn words(&self, name: &str) -> Result<Option<&'a str>, Refusal> {
        Ok(self.text(name)?.filter(|text| !text.trim().is_empty()))
    }

    /// A text of at most so many Unicode scalar values.
    pub(super) fn at_most(&self, name: &str, most: usize) -> Result<Option<&'a str>, Refusal> {
        let text = self.text(name)?;
        let length = text.map_or(0, |text| text.chars().count());
        if length > most {
            let what = format!("{}{name} has {length} characters, {most} at most", self.prefix);
            return Err(Refusal::TooLong(what));
        }
        Ok(text)
    }

    pub(super) fn flag(&self, name: &str) -> Result<Option<bool>, Refusal> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(*flag)),
            Some(_) => self.wrong(name, "must be a boolean"),
        }
    }

    pub(super) fn one_of(&self, name: &str, allowed: &[&str]) -> Result<Option<&'a str>, Refusal> {
        match self.text(name)? {
            Some(word) if !allowed.contains(&word) => {
                self.wrong(name, &format!("must be one of {}", allowed.join(", ")))
            }
            word => Ok(word),
        }
    }

    /// A number from 0 to 1.
    pub(super) fn weight(&self, name: &str) -> Result<(), Refusal> {
        match self.get(name).map(Value::as_f64) {
            None => Ok(()),
            Some(Some(weight)) if (0.0..=1.0).contains(&weight) => Ok(()),
            Some(_) => self.wrong(name, "must be a number from 0 to 1"),
        }
    }

    /// Where results are to be sent.
    pub(super) fn callback(&self, name: &str) -> Result<Option<Address>, Refusal> {
        let Some(url) = self.words(name)? else { return Ok(None) };
        match Address::read(url) {
            Ok(address) => Ok(Some(address)),
            Err(what) => self.wrong(name, what),
        }
    }
}
