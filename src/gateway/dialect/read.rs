//! What a gateway answered, field by field.
//!
//! Nothing in it is trusted: a field of a wrong type is as good as absent and never hides its
//! neighbours, every text is cleaned and has a longest length, and only what can be fetched counts
//! as the address of a recording.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value as Json;

use crate::gateway::Answer;
use crate::song::{Track, clean_line, clean_text};

/// More takes than letters of the alphabet are a gateway gone wild.
pub const MOST_TRACKS: usize = 26;
/// What people read of a gateway's words.
const LONGEST_LINE: usize = 300;
/// Four times what any gateway sings.
const LONGEST_TEXT: usize = 20_000;
/// No gateway's name for a thing is longer; a cut one would name nothing.
const LONGEST_ID: usize = 256;
/// Signed addresses are long.
const LONGEST_ADDRESS: usize = 4096;

/// An answer, read.
pub struct Reply {
    /// The status of HTTP.
    pub http: u16,
    /// How long the gateway asks to wait.
    pub retry_after: Option<Duration>,
    /// The body; where it is not JSON, its text if that is for people, or else null.
    pub root: Json,
}

impl Reply {
    /// Reads an answer, whatever it is.
    pub fn read(answer: &Answer) -> Self {
        let root = serde_json::from_slice(&answer.body).unwrap_or_else(|_| prose(&answer.body));
        Self { http: answer.status, retry_after: answer.retry_after, root }
    }

    /// What most envelopes carry; null where there is none.
    pub fn data(&self) -> &Json {
        self.root.get("data").unwrap_or(&Json::Null)
    }

    /// Whether HTTP itself went well.
    pub fn arrived(&self) -> bool {
        is_success(self.http)
    }

    /// The status that counts: a body that came with HTTP 200 may say that it is none.
    pub fn status(&self) -> u16 {
        let said = [self.error().get("code"), self.root.get("code")];
        let said = said.into_iter().flatten().filter_map(integer);
        let mut failed = said
            .filter_map(|code| u16::try_from(code).ok())
            .filter(|code| (300..600).contains(code));
        if self.arrived() { failed.next().unwrap_or(self.http) } else { self.http }
    }

    /// Whether the body says outright that it is a refusal.
    pub fn is_error(&self) -> bool {
        let success = self.root.get("success").and_then(Json::as_bool);
        success == Some(false) || self.error().is_object() || self.error().is_string()
    }

    /// The gateway's code for what went wrong.
    pub fn code(&self) -> Option<String> {
        let code = id(self.error(), &["code", "type"]).or_else(|| id(&self.root, &["code"]))?;
        let is_fine = code.parse().is_ok_and(is_success);
        (!is_fine).then_some(code)
    }

    /// The gateway's words for what went wrong.
    pub fn words(&self) -> Option<String> {
        let said = line(self.error(), &["message"])
            .or_else(|| line(&self.root, &["error", "message", "msg", "detail"]))
            .or_else(|| short(self.root.as_str()?));
        said.filter(|words| !matches!(squashed(words).as_str(), "success" | "ok"))
    }

    fn error(&self) -> &Json {
        self.root.get("error").unwrap_or(&Json::Null)
    }
}

/// Whether a status is one of the good ones.
pub fn is_success(status: u16) -> bool {
    (200..300).contains(&status)
}

/// A body that is no JSON, if it is a plain word and neither a page nor a piece of something.
fn prose(body: &[u8]) -> Json {
    let start = String::from_utf8_lossy(&body[..body.len().min(4 * LONGEST_LINE)]);
    // A character may be cut at the end; what has others that are none is no text.
    let start = start.trim_end_matches(char::REPLACEMENT_CHARACTER).trim();
    if start.contains(char::REPLACEMENT_CHARACTER) || start.starts_with(['<', '{', '[', '"']) {
        Json::Null
    } else {
        start.into()
    }
}

/// Letters and digits in lower case: codes are spelled in more than one way.
pub fn squashed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The first of the fields that is a text, on one line; none where it is blank.
pub fn line(of: &Json, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| short(of.get(name)?.as_str()?))
}

/// On one line, cut with a mark where it goes on.
fn short(text: &str) -> Option<String> {
    // The cut comes first, with room for what cleaning takes away: a body may be one long text.
    let start: String = text.trim().chars().take(4 * LONGEST_LINE).collect();
    let mut clean = clean_line(&start).trim().to_owned();
    if let Some((at, _)) = clean.char_indices().nth(LONGEST_LINE) {
        clean.truncate(at);
        clean.push('…');
    }
    (!clean.is_empty()).then_some(clean)
}

/// The first of the fields that is a text, with its lines; none where it is blank.
pub fn text(of: &Json, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| {
        let start: String = of.get(name)?.as_str()?.chars().take(LONGEST_TEXT).collect();
        let clean = clean_text(&start);
        (!clean.trim().is_empty()).then_some(clean)
    })
}

/// The first of the fields that names a thing: a text, or a whole number as its digits.
pub fn id(of: &Json, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| {
        let id = match of.get(name)? {
            Json::String(text) if text.len() <= LONGEST_ID => clean_line(text).trim().to_owned(),
            // A number with a fraction has lost digits on its way and names nothing any more.
            Json::Number(number) if !number.is_f64() => number.to_string(),
            _ => return None,
        };
        (!id.is_empty()).then_some(id)
    })
}

/// The first of the fields that is a number, be it in quotes.
pub fn number(of: &Json, names: &[&str]) -> Option<f64> {
    names.iter().find_map(|name| {
        let number = match of.get(name)? {
            Json::Number(number) => number.as_f64(),
            Json::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        number.filter(|number| number.is_finite())
    })
}

fn integer(value: &Json) -> Option<i64> {
    match value {
        Json::Number(number) => number.as_i64(),
        Json::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// The first of the fields that is a moment: in the ISO form, or counted since 1970.
pub fn time(of: &Json, names: &[&str]) -> Option<Timestamp> {
    /// Fewer than these are seconds: as milliseconds they would be before all gateways, in 1973.
    const MILLISECONDS: i64 = 100_000_000_000;
    names.iter().find_map(|name| {
        let value = of.get(name)?;
        let moment = match integer(value) {
            Some(..=0) => None,
            Some(count) if count < MILLISECONDS => Timestamp::from_second(count).ok(),
            Some(count) => Timestamp::from_millisecond(count).ok(),
            None => value.as_str()?.trim().parse().ok(),
        };
        // No song was made there before 2000 or after 2100: such a clock is nonsense.
        moment.filter(|moment| (946_684_800..4_102_444_800).contains(&moment.as_second()))
    })
}

/// Where a recording should be.
#[derive(Debug, PartialEq, Eq)]
pub enum Address {
    /// None was named.
    Absent,
    /// It was named, and nobody can fetch it: no scheme, another than HTTP's, no host.
    Unfetchable,
    /// It can be fetched.
    Web(String),
}

impl Address {
    /// The first of the fields that names one.
    pub fn of(object: &Json, names: &[&str]) -> Self {
        let said = names.iter().filter_map(|name| object.get(name)?.as_str()).map(str::trim);
        match said.into_iter().find(|said| !said.is_empty()) {
            None => Self::Absent,
            Some(said) if is_web(said) => Self::Web(said.to_owned()),
            Some(_) => Self::Unfetchable,
        }
    }

    fn web(self) -> Option<String> {
        if let Self::Web(address) = self { Some(address) } else { None }
    }
}

fn is_web(address: &str) -> bool {
    let Some((scheme, rest)) = address.split_once("://") else { return false };
    let host = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known))
        && !host.is_empty()
        && address.len() <= LONGEST_ADDRESS
        && !address.chars().any(|c| c.is_whitespace() || c.is_control())
}

/// Where a song's cover is.
pub fn cover(of: &Json) -> Option<String> {
    Address::of(of, &["image_url", "imageUrl"]).web()
}

/// Where an item of a list has its recording.
pub fn audio(item: &Json) -> Address {
    Address::of(item, &["audio_url", "audioUrl"])
}

/// A recording with what its item says beside the address.
pub fn track(audio: String, item: &Json) -> Track {
    Track {
        audio,
        cover: cover(item),
        id: id(item, &["id"]),
        title: line(item, &["title"]),
        seconds: number(item, &["duration"]).filter(|seconds| *seconds > 0.0),
        model: line(item, &["model_name", "modelName"]),
        tags: line(item, &["tags"]),
    }
}

/// The recordings of a list.
#[derive(Debug, Default)]
pub struct Recordings {
    /// Those that can be fetched.
    pub tracks: Vec<Track>,
    /// Whether there is one that cannot.
    pub unfetchable: bool,
}

impl Recordings {
    /// Reads them from a list, if it is one.
    pub fn of(list: Option<&Json>) -> Self {
        let mut recordings = Self::default();
        for item in list.and_then(Json::as_array).into_iter().flatten() {
            recordings.add(audio(item), item);
        }
        recordings
    }

    /// Adds what is at an address.
    pub fn add(&mut self, address: Address, item: &Json) {
        match address {
            Address::Web(audio) if self.tracks.len() < MOST_TRACKS => {
                self.tracks.push(track(audio, item));
            }
            Address::Unfetchable => self.unfetchable = true,
            Address::Web(_) | Address::Absent => {}
        }
    }
}
