//! What the terminal can show is what it is sent.

use crate::home::{Home, Launch};
use crate::studio::Studio;

/// A studio with words of all kinds on it.
fn drawn(launch: Launch<'_>) -> Studio {
    let mut studio = launch.open();
    studio.send("[Verse 9]\rPaper cups\r[Chorus]\rOh");
    studio.sees("[Chorus]");
    studio.sees("saved");
    studio
}

/// The parameters of every sequence that sets how characters look.
fn renditions(raw: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(raw);
    let sequences = text.split("\x1b[").skip(1);
    let ends = |c: char| !(c.is_ascii_digit() || c == ';' || c == ':');
    sequences
        .filter_map(|sequence| {
            let end = sequence.find(ends)?;
            sequence[end..].starts_with('m').then(|| sequence[..end].to_owned())
        })
        .collect()
}

/// Whether a rendition asks for a colour; going back to the terminal's own is no colour.
fn is_colour(rendition: &str) -> bool {
    let numbers = rendition.split([';', ':']).filter_map(|number| number.parse::<u16>().ok());
    numbers.into_iter().any(|n| matches!(n, 30..=38 | 40..=48 | 58 | 90..=97 | 100..=107))
}

#[test]
fn colours_come_where_they_can() {
    let home = Home::new();
    let studio = drawn(home.launch());
    assert!(renditions(&studio.raw).iter().any(|rendition| is_colour(rendition)));
}

#[test]
fn no_color_is_respected() {
    let home = Home::new();
    let mut studio = drawn(home.launch().env("NO_COLOR", "1"));
    studio.send("\x1bOP");
    studio.sees("Anywhere");
    let colours: Vec<_> =
        renditions(&studio.raw).into_iter().filter(|rendition| is_colour(rendition)).collect();
    assert!(colours.is_empty(), "{colours:?}");
    assert!(studio.screen().contents().contains('│'), "marks are no colours");
}

fn is_ascii_on(term: &'static str) {
    let home = Home::new();
    let mut studio = drawn(home.launch().env("TERM", term));
    let ascii = |studio: &Studio| {
        let screen = studio.screen().contents();
        let other: String = screen.chars().filter(|c| !c.is_ascii()).collect();
        assert_eq!(other, "", "on\n{screen}");
    };
    ascii(&studio);
    // The queue, the takes, and the help over them.
    studio.send("\x1b4");
    studio.sees("x the other");
    ascii(&studio);
    studio.send("?");
    studio.sees("close");
    ascii(&studio);
    studio.send("q\x11");
    assert_eq!(studio.end(), 0);
    assert!(studio.raw.is_ascii());
}

#[test]
fn the_console_gets_ascii() {
    is_ascii_on("linux");
}

#[test]
fn a_dumb_terminal_gets_ascii() {
    is_ascii_on("dumb");
}

#[test]
fn what_the_configuration_says_of_marks_wins() {
    let home = Home::new();
    home.configure("[screen]\nunicode = false\nmouse = false\n");
    let studio = drawn(home.launch());
    assert!(studio.raw.is_ascii());
    assert_eq!(studio.count("\x1b[?1000h"), 0, "the mouse was not asked for");
}
