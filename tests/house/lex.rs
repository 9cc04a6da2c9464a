//! Rust source as words and marks: comments are gone, literals are empty. Understands just enough
//! not to mistake a word in a string for code.

/// A word, a mark (`::` is one), or a literal as `""`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'s> {
    pub text: &'s str,
    /// From 1.
    pub line: usize,
    /// Whether it is compiled for tests only.
    pub test: bool,
}

/// Takes source apart.
pub fn tokens(source: &str) -> Vec<Token<'_>> {
    let (mut tokens, mut at, mut line) = (Vec::new(), 0, 1);
    while at < source.len() {
        let (length, kept) = piece(&source[at..]);
        let piece = &source[at..at + length];
        match kept {
            Kept::Whole => tokens.push(Token { text: piece, line, test: false }),
            Kept::Empty => tokens.push(Token { text: "\"\"", line, test: false }),
            Kept::Not => {}
        }
        line += piece.matches('\n').count();
        at += length;
    }
    tokens
}

/// What is left of a piece of source.
enum Kept {
    Whole,
    Empty,
    Not,
}

/// The length of the first piece of `rest`, never 0, and what is kept of it.
fn piece(rest: &str) -> (usize, Kept) {
    let until = |end: &str| rest.find(end).map_or(rest.len(), |at| at + end.len());
    let run = |is: fn(char) -> bool| rest.find(|c| !is(c)).unwrap_or(rest.len());
    let first = rest.chars().next().unwrap_or(' ');
    if rest.starts_with("//") {
        (until("\n"), Kept::Not)
    } else if rest.starts_with("/*") {
        (block_comment(rest), Kept::Not)
    } else if first.is_whitespace() {
        (run(char::is_whitespace), Kept::Not)
    } else if let Some(length) = raw_string(rest) {
        (length, Kept::Empty)
    } else if first == '"' {
        (quoted(rest, '"'), Kept::Empty)
    } else if first == '\'' {
        // A character is closed right behind one sign; a lifetime is not.
        let mut signs = rest[1..].chars();
        let is_char = signs.next() == Some('\\') || signs.next() == Some('\'');
        if is_char { (quoted(rest, '\''), Kept::Empty) } else { (1, Kept::Not) }
    } else if is_word(first) {
        (run(is_word), Kept::Whole)
    } else if rest.starts_with("::") {
        (2, Kept::Whole)
    } else {
        (first.len_utf8(), Kept::Whole)
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The length of a literal with escapes, both quotes included.
fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// The length of `r"…"`, `r#"…"#` and their kin.
fn raw_string(rest: &str) -> Option<usize> {
    let body = ["r", "br", "cr"].iter().find_map(|prefix| rest.strip_prefix(prefix))?;
    let hashes = body.find(|c| c != '#')?;
    let text = body[hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let length = text.find(&end).map_or(text.len(), |at| at + end.len());
    Some(rest.len() - text.len() + length)
}

/// The length of a block comment; blocks can stand in blocks.
fn block_comment(rest: &str) -> usize {
    let (mut at, mut depth) = (0, 0);
    while at < rest.len() {
        let mark = if rest[at..].starts_with("/*") {
            depth += 1;
            2
        } else if rest[at..].starts_with("*/") {
            depth -= 1;
            2
        } else {
            rest[at..].chars().next().map_or(1, char::len_utf8)
        };
        at += mark;
        if depth == 0 {
            break;
        }
    }
    at
}

/// Where `pattern`, itself source, occurs in `tokens`.
pub fn find<'t, 's>(
    tokens: &'t [Token<'s>],
    pattern: &str,
) -> impl Iterator<Item = &'t Token<'s>> + use<'t, 's> {
    let pattern: Vec<String> =
        self::tokens(pattern).iter().map(|token| token.text.to_owned()).collect();
    tokens
        .windows(pattern.len())
        .filter(move |window| window.iter().zip(&pattern).all(|(token, word)| token.text == word))
        .map(|window| &window[0])
}

#[test]
fn words_in_comments_and_literals_are_not_code() {
    let source =
        "a /* x /* y */ panic!() */ 'b' '\\'' \"panic!(\\\" \" br#\"x\"panic!\"# // z\n<'a>::c";
    let tokens = tokens(source);
    let texts: Vec<_> = tokens.iter().map(|token| token.text).collect();
    assert_eq!(texts, ["a", "\"\"", "\"\"", "\"\"", "\"\"", "<", "a", ">", "::", "c"]);
    assert_eq!(tokens.last().map(|token| token.line), Some(2));
    assert_eq!(find(&tokens, "::c").count(), 1);
    assert_eq!(find(&tokens, "panic!").count(), 0);
}
