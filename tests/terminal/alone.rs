//! One studio at a time on one library.

use crate::home::Home;

#[test]
fn the_second_studio_says_why_it_does_not_open() {
    let home = Home::new();
    let mut first = home.open();
    first.send("mine");
    first.sees("mine");

    let mut second = home.launch().stderr_apart().start();
    assert_eq!(second.end(), 1);
    assert!(second.raw.is_empty(), "nothing goes to the screen: {:?}", second.screen().contents());
    second.was_given_back();
    let said = home.stderr();
    assert!(said.contains("already open in another Refrain"), "{said}");
    assert!(said.contains(&format!("(process {})", first.pid)), "{said}");
    assert!(said.contains("--data-dir"), "it says what to do: {said}");

    first.send(" still");
    first.sees("mine still");
    first.sees("· saved");
    first.quit();
    assert_eq!(home.words(), "mine still");
}

#[test]
fn another_library_is_another_studio() {
    let home = Home::new();
    let mut first = home.open();
    let mut second = home.launch().args(&["--data-dir", "elsewhere"]).open();
    second.send("other");
    second.sees("other");
    second.quit();
    first.quit();
    assert_eq!(home.words(), "");
    assert!(home.path().join("elsewhere/library.db").exists());
}

#[test]
fn a_killed_studio_leaves_no_lock() {
    let home = Home::new();
    let mut first = home.open();
    first.signal("KILL");
    first.end_within(crate::studio::PROMPT);
    home.open().quit();
}
