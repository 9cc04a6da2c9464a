//! What every file owes its reader.

use crate::lex::find;
use crate::paths::paths;
use crate::source::{Offence, Source};

/// The most lines that a file may have.
const LONGEST: usize = 400;

/// No file is so long that nobody reads it.
pub fn length(source: &Source) -> Vec<Offence> {
    let lines = source.text.lines().count();
    if lines <= LONGEST {
        return Vec::new();
    }
    let what =
        format!("{lines} lines, {LONGEST} at most; take out the part with a reason of its own");
    vec![source.offence(LONGEST + 1, what)]
}

/// Every file opens with what it is.
pub fn head(source: &Source) -> Vec<Offence> {
    if source.room().is_none() || source.text.starts_with("//!") {
        return Vec::new();
    }
    vec![source.offence(1, "no head; open the file with `//!` and what it is and never does")]
}

/// Tests run, all of them, and wait for nothing but what they wait for.
pub fn honest_tests(source: &Source) -> Vec<Offence> {
    let tokens = source.tokens();
    let ignored = find(&tokens, "#[ignore").map(|token| {
        let what = "an ignored test is no test; make it fast and sure, or delete it";
        source.offence(token.line, what)
    });
    let tests: Vec<_> = tokens.iter().filter(|token| token.test).copied().collect();
    let sleeps =
        paths(source, &tests).into_iter().filter(|path| path.has("thread::sleep")).map(|path| {
            source.offence(
                path.line,
                "a test that sleeps is slow or lucky; wait for the event, or use a paused clock",
            )
        });
    ignored.chain(sleeps).collect()
}

/// Nothing panics outside of tests, unless a comment says why it cannot happen.
pub fn panics(source: &Source) -> Vec<Offence> {
    if source.for_tests {
        return Vec::new();
    }
    let lines: Vec<_> = source.text.lines().map(str::trim).collect();
    let tokens = source.tokens();
    // A literal tells the standard library's `expect` from a method of that name; clippy holds the
    // rest, since it knows types.
    let calls = [".unwrap()", ".expect(\"\"", "::unwrap", "::expect", "panic!", "unreachable!"];
    let mut found: Vec<_> = calls
        .iter()
        .flat_map(|call| find(&tokens, call).map(move |token| (token, call)))
        .filter(|(token, _)| !token.test && !is_explained(&lines, token.line))
        .map(|(token, call)| {
            let what = format!(
                "`{}` can end the program; return an error, or say above the line why it cannot \
                 happen: // Invariant: …",
                call.trim_end_matches("\"\"")
            );
            source.offence(token.line, what)
        })
        .collect();
    found.sort_by_key(|offence| offence.line);
    found
}

/// Whether a comment that begins with `// Invariant:` stands on the line, right above it, or above
/// the chain of calls that it belongs to; attributes may stand between.
fn is_explained(lines: &[&str], line: usize) -> bool {
    const WHY: &str = "// Invariant:";
    let above = |at: usize| {
        let lines = lines[..at].iter().rev();
        lines
            .take_while(|line| line.starts_with("//") || line.starts_with("#["))
            .any(|line| line.starts_with(WHY))
    };
    let at = line - 1;
    let chain = lines[..=at].iter().rev().take_while(|line| line.starts_with(['.', ')', '}']));
    lines[at].contains(WHY) || above(at) || above(at.saturating_sub(chain.count()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(rule: fn(&Source) -> Vec<Offence>, path: &str, text: &str) -> Vec<usize> {
        rule(&Source::new(path, text)).iter().map(|offence| offence.line).collect()
    }

    #[test]
    fn length_can_fail() {
        assert_eq!(lines(length, "tests/a.rs", &"x\n".repeat(400)), [0; 0]);
        assert_eq!(lines(length, "tests/a.rs", &"x\n".repeat(401)), [401]);
    }

    #[test]
    fn head_can_fail() {
        assert_eq!(lines(head, "src/a.rs", "//! A.\n"), [0; 0]);
        assert_eq!(lines(head, "src/a.rs", "// A.\n"), [1]);
        assert_eq!(lines(head, "src/a.rs", ""), [1]);
    }

    #[test]
    fn honest_tests_can_fail() {
        let text = "#[ignore = \"slow\"]\nfn a() { std::thread::sleep(x) }\n// #[ignore]";
        assert_eq!(lines(honest_tests, "tests/a.rs", text), [1, 2]);
        let inner =
            "use std::thread::sleep;\n#[cfg(test)]\nmod t { use std::thread::{self, sleep}; }";
        assert_eq!(lines(honest_tests, "src/a.rs", inner), [3]);
    }

    #[test]
    fn panics_can_fail() {
        let bad =
            "a.unwrap();\nb\n  .expect(\"x\");\npanic!();\nc.map(Option::unwrap);\nd.unwrap_or(1)";
        assert_eq!(lines(panics, "src/a.rs", bad), [1, 3, 4, 5]);
        let good = "// Invariant: never\n// empty.\n#[expect(x)]\na.unwrap();\n\
                    b.expect(\"x\"); // Invariant: y\n\
                    parser.expect(Word);\n\
                    // Invariant: z\nlet e = f\n  .g(h)\n  .unwrap();\n\
                    #[cfg(test)]\nmod tests { fn c() { d.unwrap() } }";
        assert_eq!(lines(panics, "src/a.rs", good), [0; 0]);
        assert_eq!(lines(panics, "src/a.rs", "// Invariant: x\n\na.unwrap()"), [3]);
        assert_eq!(lines(panics, "tests/a.rs", bad), [0; 0]);
    }
}
