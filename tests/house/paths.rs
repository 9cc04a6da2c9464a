//! The paths that a file names (`crate::song::Take`, `std::fs::File`), with groups taken apart and
//! `crate`, `super` and `self` resolved.

use crate::lex::Token;
use crate::source::Source;

/// A path as it is written, or from the root of the crate if it is inside of it.
#[derive(Debug, PartialEq, Eq)]
pub struct Named<'s> {
    pub line: usize,
    /// Whether it leads into this crate; then `words` begins with the room.
    pub inside: bool,
    pub words: Vec<&'s str>,
}

impl Named<'_> {
    /// Whether the words of `path`, such as `std::fs`, stand in it side by side.
    pub fn has(&self, path: &str) -> bool {
        let path: Vec<_> = path.split("::").collect();
        self.words.windows(path.len()).any(|words| words == path)
    }
}

/// All paths of two words or more.
pub fn paths<'s>(source: &Source, tokens: &[Token<'s>]) -> Vec<Named<'s>> {
    let home = home(source);
    let (mut paths, mut written) = (Vec::new(), Vec::new());
    // The modules written out in the file, each with the depth of its braces.
    let (mut modules, mut depth) = (Vec::new(), 0);
    let mut at = 0;
    while at < tokens.len() {
        let next = |ahead: usize| tokens.get(at + ahead).map_or("", |token| token.text);
        if next(1) == "::" && is_word(next(0)) {
            at = read_tree(tokens, at, &[], &mut written);
            let open: Vec<_> = modules.iter().map(|(name, _)| *name).collect();
            paths
                .extend(written.drain(..).map(|(line, words)| resolve(line, &words, &home, &open)));
            continue;
        }
        match next(0) {
            "mod" if next(2) == "{" => modules.push((tokens[at + 1].text, depth)),
            "{" => depth += 1,
            "}" => {
                depth -= 1;
                modules.retain(|(_, outside)| *outside < depth);
            }
            _ => {}
        }
        at += 1;
    }
    paths
}

/// The module that a file is, as words from the root of the crate.
fn home(source: &Source) -> Vec<String> {
    let path = source.path.split_once('/').map_or("", |(_, path)| path).trim_end_matches(".rs");
    let words = path.split('/').filter(|word| !["mod", "lib", "main"].contains(word));
    words.map(str::to_owned).collect()
}

fn is_word(text: &str) -> bool {
    text == "*" || text.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

type Written<'s> = (usize, Vec<&'s str>);

/// Reads the path at `at`, with all branches of its groups; returns where it ends.
fn read_tree<'s>(
    tokens: &[Token<'s>],
    mut at: usize,
    stem: &[&'s str],
    written: &mut Vec<Written<'s>>,
) -> usize {
    let text = |at: usize| tokens.get(at).map_or("", |token: &Token<'s>| token.text);
    let mut words = stem.to_vec();
    let line = tokens.get(at).map_or(0, |token| token.line);
    while is_word(text(at)) {
        words.push(text(at));
        at += 1;
        if text(at) != "::" {
            break;
        }
        at += 1;
        if text(at) == "{" {
            at += 1;
            while !matches!(text(at), "}" | "") {
                at = read_tree(tokens, at, &words, written).max(at + 1);
                if text(at) == "," {
                    at += 1;
                }
            }
            return at + 1;
        }
    }
    if text(at) == "as" {
        at += 2;
    }
    written.push((line, words));
    at
}

fn resolve<'s>(line: usize, words: &[&'s str], home: &[String], open: &[&'s str]) -> Named<'s> {
    let mut rest = words.iter().copied().peekable();
    // How many modules above the place the path starts; what is left of them is what matters.
    let mut above = match rest.peek() {
        Some(&"crate") => home.len() + open.len(),
        Some(&("super" | "self")) => 0,
        _ => return Named { line, inside: false, words: words.to_vec() },
    };
    while let Some(step) = rest.next_if(|word| ["crate", "super", "self"].contains(word)) {
        above += usize::from(step == "super");
    }
    let words: Vec<_> = rest.collect();
    if above >= home.len() + open.len() {
        return Named { line, inside: true, words };
    }
    // Below the root: the room is the file's own, and only that is asked of it.
    Named { line, inside: false, words }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(path: &str, text: &str) -> Vec<(bool, String)> {
        let source = Source::new(path, text);
        let tokens = source.tokens();
        let paths = paths(&source, &tokens);
        paths.into_iter().map(|path| (path.inside, path.words.join("::"))).collect()
    }

    #[test]
    fn groups_are_taken_apart() {
        let found =
            read("src/a/b.rs", "use crate::{song::{Take, Job as J}, tui, x::*}; fs::read(y)");
        let found: Vec<_> = found.iter().map(|(inside, path)| (*inside, path.as_str())).collect();
        assert_eq!(
            found,
            [
                (true, "song::Take"),
                (true, "song::Job"),
                (true, "tui"),
                (true, "x::*"),
                (false, "fs::read"),
            ]
        );
    }

    #[test]
    fn steps_upwards_are_followed_to_the_root_and_through_inline_modules() {
        assert_eq!(read("src/a/mod.rs", "super::tui::X"), [(true, "tui::X".into())]);
        assert_eq!(read("src/a/b.rs", "super::tui::X"), [(false, "tui::X".into())]);
        assert_eq!(read("src/a/b.rs", "super::super::tui::X"), [(true, "tui::X".into())]);
        let nested = "mod t { use super::super::tui; } use super::super::cli;";
        assert_eq!(read("src/a/b.rs", nested), [(false, "tui".into()), (true, "cli".into())]);
    }
}
