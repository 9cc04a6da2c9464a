//! Text from outside is made safe once, where it enters.

/// Multi-line text: line ends become `\n`, tabs become spaces, and no control character is left.
///
/// Joiners and direction marks stay: they are part of how people write.
pub fn clean_text(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\r' => {
                rest.next_if_eq(&'\n');
                clean.push('\n');
            }
            '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => clean.push('\n'),
            '\t' => clean.push_str("    "),
            c if c.is_control() || is_bidi_override(c) => {}
            c => clean.push(c),
        }
    }
    clean
}

/// One line: as [`clean_text`], with every run of line ends as one space.
pub fn clean_line(text: &str) -> String {
    let text = clean_text(text);
    if !text.contains('\n') {
        return text;
    }
    text.split('\n').filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A file or folder name that is safe on every file system: never empty, hidden, a path or longer
/// than 80 bytes.
pub fn clean_name(text: &str) -> String {
    let mut name = String::new();
    for c in clean_line(text).chars() {
        let c = if c.is_alphanumeric() || "-_'(),!&+".contains(c) { c } else { ' ' };
        if (c == ' ' && (name.is_empty() || name.ends_with(' '))) || name.len() + c.len_utf8() > 80
        {
            continue;
        }
        name.push(c);
    }
    let name = name.trim();
    if name.is_empty() { "Untitled".into() } else { name.into() }
}

/// Overrides can make a file name or a message read as something else.
fn is_bidi_override(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_never_pass() {
        assert_eq!(clean_text("a\r\nb\rc\td\u{1b}[31m\u{7}\u{9b}2J"), "a\nb\nc    d[31m2J");
        assert_eq!(clean_line("one\n\ntwo\r\n"), "one two");
        assert_eq!(clean_text("👩‍👧 עברית"), "👩‍👧 עברית");
    }

    #[test]
    fn a_name_is_never_a_path() {
        assert_eq!(clean_name("../../etc/passwd"), "etc passwd");
        assert_eq!(clean_name("  .hidden "), "hidden");
        assert_eq!(clean_name("\u{202e}"), "Untitled");
        assert_eq!(clean_name("Don't Stop (Live)"), "Don't Stop (Live)");
        assert!(clean_name(&"é".repeat(200)).len() <= 80);
    }
}
