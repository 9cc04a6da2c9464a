//! TOML or not: the parser's complaints in the words of this studio.

use toml::Spanned;
use toml::de::DeTable;

use super::findings::Findings;

/// The file's tables, or nothing and at least one finding.
pub(super) fn parse<'d>(
    text: &'d str,
    findings: &mut Findings<'d>,
) -> Option<Spanned<DeTable<'d>>> {
    let (table, mut errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        return Some(table);
    }
    // The parser goes on behind a mistake and stumbles over it again: the first of a line counts.
    // It tells them in no order.
    errors.sort_by_key(|error| error.span().map_or(0, |span| span.start));
    let mut told = 0;
    for error in errors {
        let offset = error.span().map_or(0, |span| span.start);
        let line = findings.line(offset);
        if line > told {
            let (what, advice) = worded(error.message());
            findings.add(offset, what, advice);
            told = line;
        }
    }
    None
}

/// A complaint of the parser: what is wrong and what to do about it.
fn worded(message: &str) -> (String, &'static str) {
    if message.contains("duplicate key") {
        ("this name is set twice".into(), "Delete one of its lines.")
    } else if message.contains("must be quoted") {
        ("text must stand in quotes".into(), "Write it like this: theme = \"dark\".")
    } else if message.contains("max recursion depth") {
        ("this is nested too deep".into(), "No setting is; delete the line.")
    } else {
        let shape = "A section looks like [screen], a setting like theme = \"dark\", \
                     a comment like # this.";
        (format!("this is not TOML: {message}"), shape)
    }
}
