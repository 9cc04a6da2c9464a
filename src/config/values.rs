//! What a key of a section may hold: text, numbers, times, words out of a few. A wrong value is
//! noted with what would be right. Knows no setting by name.

use std::collections::HashSet;
use std::fmt::Display;
use std::ops::RangeInclusive;
use std::time::Duration;

use jiff::SignedDuration;
use toml::de::DeValue;

use super::findings::{excerpt, nearest};
use super::section::Section;
use super::settings::Choice;
use crate::song::clean_line;

/// The most characters of a name: more than any has, less than would spoil a screen.
const LONGEST_LINE: usize = 100;

impl<'d> Section<'_, 'd> {
    /// A piece of text that is not blank, with the offset where it stands.
    pub(super) fn text(&mut self, key: &'static str) -> Option<(usize, &'d str)> {
        let value = self.value(key)?;
        match value.get_ref().as_str() {
            Some(text) if !text.trim().is_empty() => Some((value.span().start, text)),
            _ => {
                let advice = format!("Write {key} = \"…\" with a name inside, or delete the line.");
                self.wrong(key, value, "a name in quotes", &advice);
                None
            }
        }
    }

    /// `true` or `false`.
    pub(super) fn flag(&mut self, key: &'static str) -> Option<bool> {
        let value = self.value(key)?;
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            let advice = format!("Write {key} = true or {key} = false, without quotes.");
            self.wrong(key, value, "true or false", &advice);
        }
        flag
    }

    /// A piece of text for people or for a gateway: one line that can be seen, no longer than any
    /// name is.
    pub(super) fn line(&mut self, key: &'static str) -> Option<String> {
        let (offset, text) = self.text(key)?;
        let line = visible_line(text);
        if line.is_none() {
            let what = format!("`{key}` must be one line of at most {LONGEST_LINE} characters");
            self.findings.add(offset, what, "Write it shorter, and without hidden characters.");
        }
        line
    }

    /// A list of such lines, none of them twice; an absent one is empty.
    pub(super) fn lines(&mut self, key: &'static str) -> Vec<String> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let advice = format!("Write {key} = [\"…\", \"…\"], or delete the line.");
        let items = value.get_ref().as_array().filter(|items| !items.is_empty());
        let Some(items) = items else {
            self.wrong(key, value, "a list of names in quotes", &advice);
            return Vec::new();
        };
        let mut lines = Vec::new();
        let mut seen = HashSet::new();
        for item in items {
            let Some(line) = item.get_ref().as_str().and_then(visible_line) else {
                let expected = format!("a list of names of at most {LONGEST_LINE} characters");
                self.wrong(key, item, &expected, &advice);
                continue;
            };
            if seen.insert(line.clone()) {
                lines.push(line);
            } else {
                let what = format!("`{key}` has \"{}\" twice", excerpt(&line));
                self.findings.add(item.span().start, what, "Delete one of them.");
            }
        }
        lines
    }

    /// A whole number within a range; `example` is one that makes sense.
    pub(super) fn number<N>(
        &mut self,
        key: &'static str,
        range: &RangeInclusive<N>,
        example: N,
    ) -> Option<N>
    where
        N: Copy + Display + PartialOrd + TryFrom<u32>,
    {
        let value = self.value(key)?;
        let number = value
            .get_ref()
            .as_integer()
            .and_then(|number| u32::from_str_radix(number.as_str(), number.radix()).ok())
            .and_then(|number| N::try_from(number).ok())
            .filter(|number| range.contains(number));
        if number.is_none() {
            let (low, high) = (range.start(), range.end());
            let advice = format!("Write {key} = {example}, for example, without quotes.");
            self.wrong(key, value, &format!("a whole number from {low} to {high}"), &advice);
        }
        number
    }

    /// A length of time within a range, such as "1m30s"; `example` is one that makes sense.
    pub(super) fn duration(
        &mut self,
        key: &'static str,
        range: &RangeInclusive<Duration>,
        example: &str,
    ) -> Option<Duration> {
        let value = self.value(key)?;
        let duration = value
            .get_ref()
            .as_str()
            // Comparing with the range costs nothing; parsing a megabyte of digits would.
            .filter(|text| text.len() <= LONGEST_LINE)
            .and_then(|text| text.parse::<SignedDuration>().ok())
            .and_then(|duration| Duration::try_from(duration).ok())
            .filter(|duration| range.contains(duration));
        if duration.is_none() {
            let (low, high) = (spelled(*range.start()), spelled(*range.end()));
            let expected = format!("a time from {low} to {high}, such as \"{example}\"");
            let advice = format!("Write {key} = \"{example}\": h, m, s and ms, with quotes.");
            self.wrong(key, value, &expected, &advice);
        }
        duration
    }

    /// One word of a few.
    pub(super) fn choice<C: Choice>(&mut self, key: &'static str) -> Option<C> {
        let value = self.value(key)?;
        let words = || C::WORDS.iter().map(|(word, _)| *word);
        let exact = value.get_ref().as_str();
        if let Some((_, choice)) = C::WORDS.iter().find(|(word, _)| exact == Some(*word)) {
            return Some(*choice);
        }
        // `color = 256` means the word "256": numbers and words are told apart by quotes only.
        let written = match value.get_ref() {
            DeValue::String(text) => text.to_string(),
            DeValue::Integer(number) => number.to_string(),
            _ => String::new(),
        };
        let quoted: Vec<_> = words().map(|word| format!("\"{word}\"")).collect();
        let (expected, otherwise) = match &quoted[..] {
            [only] => (format!("{only} (all there is so far)"), format!("Write {key} = {only}.")),
            _ => (format!("one of {}", quoted.join(", ")), "Choose one, with its quotes.".into()),
        };
        let advice = nearest(&written, words())
            .map_or(otherwise, |near| format!("Did you mean {key} = \"{near}\"?"));
        self.wrong(key, value, &expected, &advice);
        None
    }
}

/// A text as one line, if it is visible and short.
pub(super) fn visible_line(text: &str) -> Option<String> {
    let line = text.trim();
    let is_visible = !line.is_empty() && clean_line(line) == line;
    (is_visible && line.chars().count() <= LONGEST_LINE).then(|| line.to_owned())
}

/// "1 s" and the like, for the ends of a range.
fn spelled(duration: Duration) -> String {
    let seconds = duration.as_secs();
    match seconds {
        3600.. => format!("{} h", seconds / 3600),
        60.. => format!("{} min", seconds / 60),
        _ => format!("{seconds} s"),
    }
}
