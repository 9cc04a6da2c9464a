//! The system asks for the end, or the terminal goes: the words are saved, the end is prompt.

use crate::home::Home;
use crate::studio::{PROMPT, Studio};

const WORDS: &str = "Paper cups along the sill";

/// A studio in which something was typed just now.
fn typed(home: &Home) -> Studio {
    let mut studio = home.open();
    studio.send(WORDS);
    studio.sees(WORDS);
    studio
}

fn ends_well_at(signal: &str) {
    let home = Home::new();
    let mut studio = typed(&home);
    studio.signal(signal);
    let end = studio.end_within(PROMPT);
    assert_eq!((end.signal(), end.exit_code()), (None, 0));
    studio.was_given_back();
    assert_eq!(studio.screen().contents(), "$ refrain");
    assert_eq!(home.words(), WORDS);
}

#[test]
fn sigterm_saves_and_ends() {
    ends_well_at("TERM");
}

#[test]
fn sighup_saves_and_ends() {
    ends_well_at("HUP");
}

#[test]
fn sigint_saves_and_ends() {
    ends_well_at("INT");
}

/// What was typed before the signal came is read before it is obeyed.
#[test]
fn keys_that_wait_behind_a_signal_are_saved() {
    let home = Home::new();
    let mut studio = typed(&home);
    studio.signal("STOP");
    studio.send(", all of them");
    studio.signal("TERM");
    studio.signal("CONT");
    studio.end_within(PROMPT);
    studio.was_given_back();
    assert_eq!(home.words(), format!("{WORDS}, all of them"));
}

#[test]
fn a_closed_window_saves_and_ends() {
    let home = Home::new();
    let mut studio = typed(&home);
    studio.hang_up();
    let end = studio.end_within(PROMPT);
    assert_eq!(end.signal(), None, "it ends by itself");
    assert_ne!(end.exit_code(), 101, "it does not panic");
    let words = home.words();
    assert!(words.starts_with(WORDS), "{words:?}");
}

/// The beginning of a paste is all that came, such as through a line that broke.
#[test]
fn half_a_paste_does_not_keep_it_from_ending() {
    let home = Home::new();
    let mut studio = typed(&home);
    studio.sees("· saved");
    studio.send("\x1b[200~and here the line br");
    studio.signal("TERM");
    let end = studio.end_within(PROMPT);
    assert_eq!((end.signal(), end.exit_code()), (None, 0));
    studio.was_given_back();
    let words = home.words();
    assert!(words.starts_with(WORDS), "{words:?}");
}

#[test]
fn half_a_paste_does_not_keep_the_words_from_being_saved() {
    let home = Home::new();
    let mut studio = typed(&home);
    studio.send("\x1b[200~and here the line br");
    studio.sees("· saved");
    assert!(studio.screen().contents().contains(WORDS));
}

/// The window closes in the middle of a paste: nobody will ever send the rest.
#[test]
fn a_window_closed_in_a_paste_ends_it() {
    let home = Home::new();
    let mut studio = typed(&home);
    studio.sees("· saved");
    studio.send("\x1b[200~and here the line br");
    studio.hang_up();
    let end = studio.end_within(PROMPT);
    assert_eq!(end.signal(), None, "it ends by itself");
    let words = home.words();
    assert!(words.starts_with(WORDS), "{words:?}");
}
