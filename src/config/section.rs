//! A section of the file: its keys, the sections within, and what is wrong with it. A mistake is
//! noted and reading goes on, so that one run tells everything that is wrong. Knows no setting by
//! name; what a value means is in the file about values.

use std::borrow::Cow;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::findings::{Findings, excerpt};

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

    /// The section `[name.key]` in this one.
    pub(super) fn table(&mut self, key: &'static str) -> Section<'_, 'd> {
        let value = self.value(key);
        let name = format!("{}.{key}]", self.name.strip_suffix(']').unwrap_or(&self.name));
        self.child(name, value)
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
                // A key may stand right behind a profile's name: text is not repeated.
                let found = match value.get_ref() {
                    DeValue::String(_) => "a text".into(),
                    other => described(other),
                };
                let what = format!("{name} must be a section, not {found}");
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

    /// Whether the section has the key.
    pub(super) fn has(&self, key: &str) -> bool {
        self.table.is_some_and(|table| table.contains_key(key))
    }

    /// Notes a problem at a key, if it is there.
    pub(super) fn note(&mut self, key: &str, what: impl Into<String>, advice: &str) {
        if let Some(offset) = self.offset(key) {
            self.findings.add(offset, what, advice);
        }
    }

    /// Where a key stands, if it does.
    pub(super) fn offset(&self, key: &str) -> Option<usize> {
        self.table?.get_key_value(key).map(|(key, _)| key.span().start)
    }

    /// What stands at a key, judged by nobody.
    pub(super) fn value(&mut self, key: &'static str) -> Option<&'d Spanned<DeValue<'d>>> {
        self.findings.know(&self.name, key);
        self.asked.push(key);
        self.table?.get(key)
    }

    /// What stands at a key that has no place in a configuration; it is never suggested.
    pub(super) fn banned(&mut self, key: &'static str) -> Option<&'d Spanned<DeValue<'d>>> {
        self.asked.push(key);
        self.table?.get(key)
    }

    /// The same as [`Section::wrong`] for a value that may hold a secret: it is not repeated.
    pub(super) fn wrong_unseen(
        &mut self,
        key: &str,
        value: &Spanned<DeValue<'_>>,
        expected: &str,
        advice: &str,
    ) {
        let what = format!("`{key}` must be {expected}");
        self.findings.add(value.span().start, what, advice);
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
