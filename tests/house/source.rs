//! The files of the house, and what in them is compiled for tests only.

use std::fmt;
use std::fs;
use std::path::Path;

use crate::lex::{Token, find, tokens};

/// A source file.
pub struct Source {
    /// From the root, such as `src/song/take.rs`.
    pub path: String,
    pub text: String,
    /// Whether the whole file is compiled for tests only.
    pub for_tests: bool,
}

/// A line that breaks a rule.
#[derive(Debug, PartialEq, Eq)]
pub struct Offence {
    pub path: String,
    pub line: usize,
    pub what: String,
}

impl fmt::Display for Offence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.what)
    }
}

impl Source {
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        let path = path.into();
        let for_tests = !path.starts_with("src/");
        Self { path, text: text.into(), for_tests }
    }

    /// The folder or file under `src/` that it belongs to: `song`, `main`; none for tests.
    pub fn room(&self) -> Option<&str> {
        let path = self.path.strip_prefix("src/")?;
        Some(path.split('/').next()?.trim_end_matches(".rs"))
    }

    /// Its words, with those for tests marked.
    pub fn tokens(&self) -> Vec<Token<'_>> {
        let mut tokens = tokens(&self.text);
        if self.for_tests {
            mark(&mut tokens);
        } else {
            mark_tests(&mut tokens);
        }
        tokens
    }

    pub fn offence(&self, line: usize, what: impl Into<String>) -> Offence {
        Offence { path: self.path.clone(), line, what: what.into() }
    }

    /// The files, without `.rs`, that this one declares as `#[cfg(test)] mod name;`.
    fn test_modules(&self) -> Vec<String> {
        let stem = self.path.trim_end_matches(".rs");
        let folder = ["/mod", "/lib", "/main"]
            .iter()
            .find_map(|root| stem.strip_suffix(root))
            .unwrap_or(stem);
        self.tokens()
            .windows(3)
            .filter(|w| w[0].test && w[0].text == "mod" && w[2].text == ";")
            .map(|w| format!("{folder}/{}", w[1].text))
            .collect()
    }
}

/// All files under `src/`, `tests/` and `benches/`.
pub fn house() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut house = Vec::new();
    for folder in ["src", "tests", "benches"] {
        collect(root, folder, &mut house);
    }
    mark_test_files(&mut house);
    house
}

fn collect(root: &Path, folder: &str, house: &mut Vec<Source>) {
    // Not every folder need be there.
    let Ok(entries) = fs::read_dir(root.join(folder)) else { return };
    for entry in entries {
        let entry = entry.unwrap();
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.file_type().unwrap().is_dir() {
            collect(root, &path, house);
        } else if entry.path().extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(entry.path()).unwrap();
            house.push(Source::new(path, text));
        }
    }
}

fn mark_test_files(house: &mut [Source]) {
    let modules: Vec<_> = house.iter().flat_map(Source::test_modules).collect();
    for source in house {
        source.for_tests |= modules.iter().any(|module| {
            let rest = source.path.strip_prefix(module.as_str());
            rest.is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
        });
    }
}

fn mark(tokens: &mut [Token<'_>]) {
    for token in tokens {
        token.test = true;
    }
}

/// Marks every item under `#[cfg(test)]`.
fn mark_tests(tokens: &mut [Token<'_>]) {
    let mut at = 0;
    while at < tokens.len() {
        if find(&tokens[at..tokens.len().min(at + 7)], "#[cfg(test)]").next().is_some() {
            let end = item_end(tokens, at);
            mark(&mut tokens[at..end]);
            at = end;
        } else {
            at += 1;
        }
    }
}

/// Behind the item at `start`: its `;`, or the `}` of its body. Attributes in front belong to it.
fn item_end(tokens: &[Token<'_>], start: usize) -> usize {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate().skip(start) {
        match token.text {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" => depth -= 1,
            "}" => {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            ";" if depth == 0 => return at + 1,
            _ => {}
        }
    }
    tokens.len()
}

#[test]
fn what_is_for_tests_only_is_known() {
    let source = Source::new(
        "src/a/mod.rs",
        "fn b() {} #[cfg(test)] #[x(y)] mod c { fn d() {} } fn e() {} #[cfg(test)] mod f; mod g;",
    );
    let tokens = source.tokens();
    let test = |name: &str| tokens.iter().find(|token| token.text == name).unwrap().test;
    assert!(test("c") && test("d") && test("f"));
    assert!(!test("b") && !test("e") && !test("g"));

    let mut house = [
        source,
        Source::new("src/a/f.rs", ""),
        Source::new("src/a/f/x.rs", ""),
        Source::new("src/a/fg.rs", ""),
    ];
    mark_test_files(&mut house);
    assert_eq!(house.map(|source| source.for_tests), [false, true, true, false]);
}
