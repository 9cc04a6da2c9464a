//! A section of the file with typed, forgiving access: a wrong value is noted as a problem and
//! reading goes on, so that one run tells everything that is wrong. Knows no setting by name.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::findings::{Findings, excerpt, nearest};
use super::settings::Choice;

/// A key and its value.
type Entry<'d> = (&'d Spanned<Cow<'d, str>>, &'d Spanned<DeValue<'d>>);

/// A table of the file; an absent one has no keys.
///
/// The keys that are asked for are the keys that exist: what is left over is unknown.
pub(super) struct Section<'f, 'd> {
    name: String,
    table: Option<&'d DeTable<'d>>,
    asked: Vec<&'static str>,
    /// Where problems go.
    pub(super) findings: &'f mut Findings<'d>,
}

impl<'f, 'd> Section<'f, 'd> {
    /// The keys outside of any section.
    pub(super) fn top(table: &'d DeTable<'d>, findings: &'f mut Findings<'d>) -> Self {
        Self { name: String::new(), table: Some(table), asked: Vec::new(), findings }
    }

    /// The section `[key]`.
    pub(super) fn section(&mut self, key: &'static str) -> Section<'_, 'd> {
        let value = self.value(key);
        self.child(format!("[{key}]"), value)
    }

    /// A table in this one that is called by a name of the user's choice.
    pub(super) fn child(
        &mut self,
        name: String,
        value: Option<&'d Spanned<DeValue<'d>>>,
    ) -> Section<'_, 'd> {
        let table = value.and_then(|value| {
            let table = value.get_ref().as_table();
            if table.is_none() {
                let what = format!("{name} must be a section, not {}", described(value.get_ref()));
                let advice = format!("Write {name} on a line of its own and its settings below.");
                self.findings.add(value.span().start, what, advice);
            }
            table
        });
        Section { name, table, asked: Vec::new(), findings: self.findings }
    }

    /// All entries in the order of the file, for sections whose keys are the user's names.
    pub(super) fn entries(&self) -> Vec<Entry<'d>> {
        let mut entries: Vec<_> = self.table.into_iter().flatten().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        entries
    }

    /// `[screen]`, or empty for the top of the file.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Whether the section is there and the key is not.
    pub(super) fn is_missing(&self, key: &str) -> bool {
        self.table.is_some_and(|table| !table.contains_key(key))
    }

    /// What stands at a key, judged by nobody.
    pub(super) fn value(&mut self, key: &'static str) -> Option<&'d Spanned<DeValue<'d>>> {
        self.findings.know(&self.name, key);
        self.asked.push(key);
        self.table?.get(key)
    }

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

    /// A whole number within a range.
    pub(super) fn number(&mut self, key: &'static str, range: &RangeInclusive<u8>) -> Option<u8> {
        let value = self.value(key)?;
        let number = value
            .get_ref()
            .as_integer()
            .and_then(|number| u8::from_str_radix(number.as_str(), number.radix()).ok())
            .filter(|number| range.contains(number));
        if number.is_none() {
            let (low, high) = (range.start(), range.end());
            let advice = format!("Write {key} = {high}, for example, without quotes.");
            self.wrong(key, value, &format!("a whole number from {low} to {high}"), &advice);
        }
        number
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

    /// Notes that a value is not what it must be.
    pub(super) fn wrong(
        &mut self,
        key: &str,
        value: &Spanned<DeValue<'_>>,
        expected: &str,
        advice: &str,
    ) {
        let found = described(value.get_ref());
        let what = format!("`{}` must be {expected}, not {found}", excerpt(key));
        self.findings.add(value.span().start, what, advice);
    }

    /// Ends a section whose keys are fixed: whatever was not asked for is unknown.
    pub(super) fn close(self) {
        for (key, _) in self.table.into_iter().flatten() {
            if !self.asked.iter().any(|asked| asked == key.get_ref()) {
                self.findings.unknown(key.span().start, &self.name, key.get_ref());
            }
        }
    }
}

/// A value in the words of a message.
fn described(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => format!("\"{}\"", excerpt(text)),
        DeValue::Integer(number) => excerpt(&number.to_string()),
        DeValue::Float(number) => excerpt(number.as_str()),
        DeValue::Boolean(flag) => flag.to_string(),
        DeValue::Datetime(_) => "a date or time".into(),
        DeValue::Array(_) => "a list".into(),
        DeValue::Table(_) => "a section".into(),
    }
}
