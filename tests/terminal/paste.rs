//! Pastes: whole, clean, and one edit.

use crate::home::Home;

/// As many characters, in lines of 50 with ends as other systems write them, and in each line what
/// would make a terminal do things.
fn dangerous(characters: usize) -> String {
    let line = "\x1b[2J\x1b]0;owned\x07 red \x1b[31mred \u{9b}5n\0\x08\x7f word word word word\r\n";
    line.chars().cycle().take(characters).collect()
}

#[test]
fn a_paste_is_one_edit_and_no_control_character_is_left() {
    let home = Home::new();
    let mut studio = home.open();
    studio.send("before ");
    studio.sees("before");
    studio.paste(&dangerous(5_000));
    studio.sees("red [31mred");
    studio.sees("· saved");
    studio.settle(std::time::Duration::from_millis(100));
    // What the program says to the terminal has none of these.
    for forbidden in ["\x1b[2J\x1b]", "\x1b]0;", "\x07", "\x1b[31m", "\u{9b}", "\0", "\x08", "\x7f"]
    {
        assert_eq!(studio.count(forbidden), 0, "{forbidden:?} reached the terminal");
    }
}

#[test]
fn one_undo_takes_a_paste_back() {
    let home = Home::new();
    let mut studio = home.open();
    studio.send("before");
    studio.sees("before");
    studio.paste(&dangerous(5_000));
    studio.sees("red [31mred");
    studio.sees("· saved");
    studio.send("\x1a");
    studio.wait("the words before", |screen| {
        screen.contents().contains("before") && !screen.contents().contains("red")
    });
    studio.quit();
    assert_eq!(home.words(), "before");
}

#[test]
fn pasted_words_are_on_disk_as_they_are_read() {
    let home = Home::new();
    let mut studio = home.open();
    let text = dangerous(5_000);
    studio.paste(&text);
    studio.sees("red [31mred");
    studio.quit();
    let words = home.words();
    assert_eq!(words, refrain::song::clean_text(&text));
    assert!(words.chars().all(|c| c == '\n' || !c.is_control()));
}

#[test]
fn a_paste_of_a_megabyte_survives() {
    let home = Home::new();
    let mut studio = home.open();
    let line = "Paper cups along the sill, rain is learning how to read";
    let text = format!("{line}\n").repeat(1024 * 1024 / (line.len() + 1));
    studio.paste(&text);
    studio.sees(line);
    studio.send("the end");
    studio.sees("the end");
    studio.quit();
    let mut again = home.open();
    again.sees("the end");
    again.quit();
    let words = home.words();
    assert!(words == format!("{text}the end"), "{} bytes", words.len());
}
