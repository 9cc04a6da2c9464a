//! The fields of a request's body: what is empty is left out, what is a weight stays round.

use serde_json::{Map, Value as Json};

use crate::song::{Mode, Request, Vocal, Weight};

/// A body, or an object in one, as it is filled.
#[derive(Default)]
pub struct Fields(Map<String, Json>);

impl Fields {
    /// With a text, unless it is blank: gateways take "" for something that was said.
    #[must_use]
    pub fn text(self, name: &str, text: &str) -> Self {
        if text.trim().is_empty() { self } else { self.json(name, text.into()) }
    }

    /// With a text, where there is one.
    #[must_use]
    pub fn maybe(self, name: &str, text: Option<&str>) -> Self {
        self.text(name, text.unwrap_or_default())
    }

    /// With a yes or no.
    #[must_use]
    pub fn flag(self, name: &str, flag: bool) -> Self {
        self.json(name, flag.into())
    }

    /// With a weight in hundredths: 0.6, where an `f32` would become 0.6000000238.
    #[must_use]
    pub fn weight(self, name: &str, weight: Weight) -> Self {
        let hundredths = (f64::from(weight.value()) * 100.0).round();
        self.json(name, (hundredths / 100.0).into())
    }

    /// With anything.
    #[must_use]
    pub fn json(mut self, name: &str, value: Json) -> Self {
        self.0.insert(name.to_owned(), value);
        self
    }

    /// The object.
    pub fn done(self) -> Json {
        Json::Object(self.0)
    }
}

/// What goes out as the prompt. A gateway that wants one gets the style where nobody sings and no
/// words were written.
pub fn prompt(request: &Request) -> &str {
    let wordless = request.params.vocal == Vocal::None && request.text.trim().is_empty();
    if wordless && is_custom(request) { &request.params.style } else { &request.text }
}

/// Whether the words are the user's own ("custom mode" in the documents).
pub fn is_custom(request: &Request) -> bool {
    request.params.mode == Mode::Lyrics
}

/// Whether nobody sings.
pub fn is_instrumental(request: &Request) -> bool {
    request.params.vocal == Vocal::None
}

/// The gateway's word for who sings, where that was chosen.
pub fn voice<'a>(request: &Request, female: &'a str, male: &'a str) -> Option<&'a str> {
    match request.params.vocal {
        Vocal::Female => Some(female),
        Vocal::Male => Some(male),
        Vocal::Auto | Vocal::None => None,
    }
}
