//! Terminals of all sizes, and terminals that change theirs.

use crate::home::Home;
use crate::studio::PROMPT;

fn opens_at(columns: u16, rows: u16) {
    let home = Home::new();
    let mut studio = home.launch().size(columns, rows).open();
    studio.send("words");
    studio.sees("words");
    let bottom = studio.screen().rows(0, columns).last().unwrap();
    assert!(bottom.contains("generate"), "the footer is the bottom line: {bottom:?}");
    studio.quit();
    studio.was_given_back();
}

#[test]
fn it_opens_at_80x24() {
    opens_at(80, 24);
}

#[test]
fn it_opens_at_200x60() {
    opens_at(200, 60);
}

#[test]
fn it_opens_at_its_least() {
    opens_at(60, 16);
}

#[test]
fn too_small_a_terminal_is_told_kindly_and_loses_nothing() {
    let home = Home::new();
    let mut studio = home.launch().size(59, 15).start();
    studio.sees("needs 60x16, this is 59x15");
    studio.sees("Nothing is lost");
    studio.send("blind");
    studio.resize(80, 24);
    studio.sees("blind");
    studio.quit();
    studio.was_given_back();
}

#[test]
fn a_terminal_of_one_cell_holds_a_studio() {
    let home = Home::new();
    let mut studio = home.launch().size(1, 1).start();
    studio.wait("anything at all", vt100::Screen::alternate_screen);
    studio.send("x\x11");
    assert_eq!(studio.end(), 0);
    assert_eq!(home.words(), "x");
}

#[test]
fn a_hundred_sizes_while_typing_lose_no_key() {
    let home = Home::new();
    let mut studio = home.open();
    let mut typed = String::new();
    for turn in 0..100_u16 {
        let key = char::from(b'a' + (turn % 26) as u8);
        typed.push(key);
        studio.resize(20 + turn * 7 % 150, 5 + turn * 3 % 50);
        studio.send(key.to_string());
    }
    studio.resize(200, 50);
    studio.sees(&typed);
    studio.sees("vol ");
    studio.quit();
    studio.was_given_back();
    assert_eq!(home.words(), typed);
}

/// Nobody presses another key to have this one seen.
#[test]
fn a_key_right_behind_a_new_size_is_heard() {
    let home = Home::new();
    let mut studio = home.open();
    let mut typed = String::new();
    for turn in 0..40 {
        // Backwards, which no word on the screen is.
        let key = char::from(b'z' - turn % 26);
        typed.push(key);
        studio.resize(100 + u16::from(turn) % 2, 30);
        studio.send(key.to_string());
        studio.sees(&typed);
    }
}

/// A terminal that shrinks has cut the screen off, whether the program had time to see that or not.
#[test]
fn a_size_that_comes_and_goes_leaves_a_whole_screen() {
    let home = Home::new();
    let mut studio = home.open();
    studio.send("words");
    studio.sees("words");
    studio.sees("· saved");
    let whole = studio.screen().contents();
    studio.signal("STOP");
    studio.resize(30, 10);
    studio.resize(80, 24);
    studio.signal("CONT");
    studio.wait("whole again", |screen| screen.contents() == whole);
}

#[test]
fn a_stopped_studio_goes_on_and_ends() {
    let home = Home::new();
    let mut studio = home.open();
    studio.signal("STOP");
    studio.send("while it stood");
    studio.signal("CONT");
    studio.sees("while it stood");
    studio.signal("TERM");
    studio.end_within(PROMPT);
    assert_eq!(home.words(), "while it stood");
}
