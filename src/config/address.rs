//! Addresses in a profile: where a gateway is, and where it may call. Nothing is connected to.
//!
//! A wrong address is never repeated in a message: people paste addresses with keys in them.

use std::net::SocketAddr;

use url::{Host, Url};

use super::section::Section;

/// `base_url`, without slashes at its end.
pub(super) fn base_url(section: &mut Section<'_, '_>) -> Option<String> {
    let why = "with http:// the key would travel in the clear";
    address(section, "base_url", "https://api.example.com/v1", why)
}

/// `callback_url`, without slashes at its end.
pub(super) fn callback_url(section: &mut Section<'_, '_>) -> Option<String> {
    let why = "with http:// anybody on the way could read and change what comes";
    address(section, "callback_url", "https://studio.example.com/refrain", why)
}

/// `callback_listen`.
pub(super) fn callback_listen(section: &mut Section<'_, '_>) -> Option<SocketAddr> {
    let key = "callback_listen";
    let value = section.value(key)?;
    let address = value.get_ref().as_str().and_then(|text| text.parse::<SocketAddr>().ok());
    let address = address.filter(|address| address.ip().is_loopback() && address.port() != 0);
    if address.is_none() {
        let expected = "an address of this machine with a port, such as \"127.0.0.1:8765\"";
        let advice = "Only this machine may knock there: let a tunnel or a web server bring calls \
                      from outside.";
        section.wrong(key, value, expected, advice);
    }
    address
}

/// An address behind which paths are added; `in_the_clear` is what speaks against http.
fn address(
    section: &mut Section<'_, '_>,
    key: &'static str,
    example: &str,
    in_the_clear: &str,
) -> Option<String> {
    let value = section.value(key)?;
    let advice = format!("Write {key} = \"{example}\", for example, or delete the line.");
    let Some(url) = value.get_ref().as_str().and_then(|text| Url::parse(text.trim()).ok()) else {
        section.wrong_unseen(key, value, "a whole address in quotes, with https://", &advice);
        return None;
    };
    let is_plain = url.scheme() == "http" && !is_loopback(&url);
    let (expected, advice) = if is_plain {
        let advice = "Write https:// in front; http:// is for addresses of this machine, such as \
                      http://127.0.0.1.";
        (format!("an address with https://: {in_the_clear}"), advice)
    } else if !["https", "http"].contains(&url.scheme()) {
        ("an address with https://".into(), advice.as_str())
    } else if !url.username().is_empty() || url.password().is_some() {
        let advice = "Delete what stands before the @; the key has a line of its own, such as \
                      api_key_env.";
        ("an address without a name or password".into(), advice)
    } else if url.query().is_some() || url.fragment().is_some() {
        let advice = "Delete everything from there on: Refrain adds its own to the address.";
        ("an address that ends before any ? or #".into(), advice)
    } else {
        return Some(url.as_str().trim_end_matches('/').to_owned());
    };
    section.wrong_unseen(key, value, &expected, advice);
    None
}

/// Whether what is sent there stays on this machine.
fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
