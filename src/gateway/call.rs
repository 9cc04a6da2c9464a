//! A call as a dialect encodes it, and as it may be shown: without the key.

use std::fmt::{self, Write as _};

use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value as Json;

/// What stands where a secret is.
pub const HIDDEN: &str = "***";
/// What stands at the end of a text that was cut.
const CUT: char = '…';

/// What a call does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Creates.
    Post,
}

impl Method {
    /// As HTTP writes it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }
}

/// The value of a header.
#[derive(Clone, Debug)]
pub enum Value {
    /// Anybody may see it.
    Plain(String),
    /// A key after `Bearer `, shown to nobody but the other side.
    Bearer(SecretString),
}

/// A header of a call.
#[derive(Clone, Debug)]
pub struct Header {
    /// Its name.
    pub name: &'static str,
    /// Its value, without line ends.
    pub value: Value,
}

/// A request to a gateway. Displays as text for people, without its secrets.
#[derive(Clone, Debug)]
pub struct Call {
    /// What it does.
    pub method: Method,
    /// Where to, with scheme and host; never with a key in it.
    pub url: String,
    /// Headers beside those that HTTP itself needs.
    pub headers: Vec<Header>,
    /// The body; none for a call that reads.
    pub body: Option<Json>,
    /// A field that is put into the body as it leaves: one gateway wants its key there.
    pub secret_field: Option<(&'static str, SecretString)>,
}

impl Call {
    /// A call that reads.
    pub fn get(url: String) -> Self {
        Self { method: Method::Get, url, headers: Vec::new(), body: None, secret_field: None }
    }

    /// A call that creates.
    pub fn post(url: String, body: Json) -> Self {
        Self { method: Method::Post, body: Some(body), ..Self::get(url) }
    }

    /// With a key in the header that most gateways want it in.
    #[must_use]
    pub fn bearer(self, key: &SecretString) -> Self {
        self.with("authorization", Value::Bearer(key.clone()))
    }

    /// With a header that anybody may see.
    #[must_use]
    pub fn header(self, name: &'static str, value: &str) -> Self {
        self.with(name, Value::Plain(value.to_owned()))
    }

    fn with(mut self, name: &'static str, value: Value) -> Self {
        self.headers.retain(|header| header.name != name);
        self.headers.push(Header { name, value });
        self
    }

    /// With a key as a field of the body.
    #[must_use]
    pub fn secret_field(self, name: &'static str, key: &SecretString) -> Self {
        Self { secret_field: Some((name, key.clone())), ..self }
    }

    /// The body as it leaves.
    pub(super) fn body_to_send(&self) -> Option<Vec<u8>> {
        Some(self.body_with(|key| key.expose_secret().to_owned())?.to_string().into_bytes())
    }

    /// Its headers as anybody may see them, with the one that a body brings.
    pub fn shown_headers(&self) -> Vec<(&'static str, String)> {
        let shown = |header: &Header| match &header.value {
            Value::Plain(text) => (header.name, text.clone()),
            Value::Bearer(_) => (header.name, format!("Bearer {HIDDEN}")),
        };
        let of_body = self.body.iter().map(|_| ("content-type", "application/json".to_owned()));
        self.headers.iter().map(shown).chain(of_body).collect()
    }

    /// Its body as anybody may see it.
    pub fn shown_body(&self) -> Option<Json> {
        self.body_with(|_| HIDDEN.to_owned())
    }

    fn body_with(&self, show: impl FnOnce(&SecretString) -> String) -> Option<Json> {
        let mut body = self.body.clone()?;
        if let (Some((name, key)), Json::Object(fields)) = (&self.secret_field, &mut body) {
            fields.insert((*name).to_owned(), show(key).into());
        }
        Some(body)
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method.word(), self.url)?;
        for (name, value) in self.shown_headers() {
            write!(f, "\n{name}: {value}")?;
        }
        if let Some(body) = self.shown_body() {
            write!(f, "\n\n{body:#}")?;
        }
        Ok(())
    }
}

/// A text as it may stand in a path or a query: it cannot end the part that it stands in.
pub(super) fn percent_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a String has no way to fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// A text from outside in which the key, should it be there in any form that JSON or a URL may
/// give it, is hidden; also where the text was cut in the middle of it.
pub fn redacted(text: &str, key: &SecretString) -> String {
    let key = key.expose_secret().trim();
    if key.is_empty() {
        return text.to_owned();
    }
    let quoted = Json::from(key).to_string();
    let encoded = percent_encoded(key);
    let forms = [key, quoted.trim_matches('"'), &encoded];
    let mut text = forms.into_iter().fold(text.to_owned(), |text, form| {
        if text.contains(form) { text.replace(form, HIDDEN) } else { text }
    });
    if let Some(start) = text.strip_suffix(CUT) {
        let cut = forms.into_iter().filter_map(|form| beginning(start, form)).max();
        if let Some(length) = cut {
            text = format!("{}{HIDDEN}{CUT}", &start[..start.len() - length]);
        }
    }
    text
}

/// How much of a key a text ends with, if it is enough to be no chance.
fn beginning(text: &str, key: &str) -> Option<usize> {
    const LEAST: usize = 4;
    let lengths = key.char_indices().map(|(at, _)| at).rev();
    lengths.take_while(|length| *length >= LEAST).find(|length| text.ends_with(&key[..*length]))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_call_is_shown_without_its_key() {
        let key: SecretString = "k3y/\"+x".into();
        let call = Call::post("http://localhost/api".into(), json!({"prompt": "la"}))
            .bearer(&key)
            .header("idempotency-key", "1")
            .secret_field("token", &key);
        let shown = call.to_string();
        assert!(shown.contains("authorization: Bearer ***"), "{shown}");
        assert!(shown.contains("\"token\": \"***\""), "{shown}");
        assert!(shown.contains("idempotency-key: 1"), "{shown}");
        for text in [shown, format!("{call:?}")] {
            assert!(!text.contains("k3y"), "{text}");
        }
        let sent = String::from_utf8(call.body_to_send().unwrap()).unwrap();
        assert!(sent.contains("k3y"), "{sent}");
        for echoed in ["a k3y/\"+x b", r#"{"t":"k3y/\"+x"}"#, "?t=k3y%2F%22%2Bx"] {
            assert!(!redacted(echoed, &key).contains("k3y"), "{echoed}");
        }
        assert_eq!(redacted("la", &"".into()), "la");
        assert_eq!(redacted("no key abcd…", &"abcdefgh\n".into()), "no key ***…");
        assert_eq!(redacted("no key abc…", &"abcdefgh".into()), "no key abc…");
    }
}
