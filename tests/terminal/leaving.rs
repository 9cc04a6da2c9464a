//! Leaving and coming back: the terminal is given back, the words are there again.

use crate::home::Home;
use crate::studio::PROMPT;

// Not the words that the empty page shows as an example.
const FIRST: &str = "Paper cups along the sill";
const SECOND: &str = "Rain is learning how to read";

#[test]
fn the_terminal_is_given_back_and_the_words_are_there_again() {
    let home = Home::new();
    let mut studio = home.open();
    assert!(studio.screen().alternate_screen());
    studio.send(format!("{FIRST}\r{SECOND}"));
    studio.sees(FIRST);
    studio.sees(SECOND);
    // Not at the end, where a cursor would stand by itself.
    studio.send("\x1b[D\x1b[D\x1b[D");
    let end = studio.screen().cursor_position();
    studio.wait("three cells to the left", |screen| screen.cursor_position().1 + 3 == end.1);
    let (words, cursor) = (studio.screen().contents(), studio.screen().cursor_position());
    studio.quit();
    studio.was_given_back();
    assert_eq!(studio.screen().contents(), "$ refrain", "nothing is left behind");
    assert_eq!(studio.screen().cursor_position(), (1, 0));

    let mut again = home.open();
    again.sees(FIRST);
    again.sees(SECOND);
    assert!(words.contains(FIRST) && words.contains(SECOND));
    assert_eq!(again.screen().cursor_position(), cursor);
    again.quit();
    again.was_given_back();
    assert_eq!(home.words(), format!("{FIRST}\n{SECOND}"));
}

#[test]
fn what_is_called_saved_survives_a_kill() {
    let home = Home::new();
    let mut studio = home.open();
    studio.send(format!("{FIRST}\r{SECOND}"));
    studio.sees(SECOND);
    studio.sees("· saved");
    studio.signal("KILL");
    let end = studio.end_within(PROMPT);
    assert!(end.signal().is_some());

    let mut again = home.open();
    again.sees(FIRST);
    again.sees(SECOND);
    again.quit();
    assert_eq!(home.words(), format!("{FIRST}\n{SECOND}"));
}

#[test]
fn keys_typed_before_the_studio_is_there_are_not_lost() {
    let home = Home::new();
    let mut studio = home.launch().start();
    studio.send("early");
    studio.sees("· saved");
    studio.sees("early");
    studio.quit();
    assert_eq!(home.words(), "early");
}
