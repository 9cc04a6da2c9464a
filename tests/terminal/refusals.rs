//! What the studio cannot work with: it says so in words, and the terminal stays as it was.

use crate::home::{Home, Launch};

/// Starts what cannot start; what it said, which must be no more than text.
#[track_caller]
fn refused(home: &Home, launch: Launch<'_>) -> String {
    let mut studio = launch.stderr_apart().start();
    assert_eq!(studio.end(), 1);
    assert!(studio.raw.is_empty(), "nothing goes to the screen: {:?}", studio.screen().contents());
    studio.was_given_back();
    let said = home.stderr();
    assert!(said.starts_with("refrain: "), "{said}");
    assert!(!said.contains(['\x1b', '\r']) && said.ends_with('\n'), "{said:?}");
    said
}

#[test]
#[cfg(target_os = "linux")]
fn a_data_directory_that_cannot_be() {
    let home = Home::new();
    let said = refused(&home, home.launch().args(&["--data-dir", "/proc/self/refrain"]));
    assert!(said.contains("/proc/self/refrain"), "{said}");
    assert!(said.lines().count() > 1, "it says what to do: {said}");
}

#[test]
fn a_file_in_place_of_the_data_directory() {
    let home = Home::new();
    std::fs::write(home.path().join("taken"), "mine").unwrap();
    let said = refused(&home, home.launch().args(&["--data-dir", "taken"]));
    assert!(said.contains("taken"), "{said}");
    assert_eq!(std::fs::read(home.path().join("taken")).unwrap(), b"mine");
}

#[test]
fn a_library_that_is_none() {
    let home = Home::new();
    std::fs::create_dir_all(home.data_dir()).unwrap();
    std::fs::write(home.data_dir().join("library.db"), "Dear diary").unwrap();
    let said = refused(&home, home.launch());
    assert!(said.contains("is not a Refrain library"), "{said}");
    assert_eq!(std::fs::read(home.data_dir().join("library.db")).unwrap(), b"Dear diary");
}

#[test]
fn a_configuration_that_is_not_toml() {
    let home = Home::new();
    home.configure("[screen]\ntheme = dark\n");
    let said = refused(&home, home.launch());
    assert!(said.contains("config.toml:2:9: text must stand in quotes"), "{said}");
    assert!(said.contains("theme = \"dark\""), "it says how: {said}");
}

#[test]
fn every_line_that_is_not_toml_is_told_at_once() {
    let home = Home::new();
    home.configure("[screen]\ntheme = dark\n}{\n");
    let said = refused(&home, home.launch());
    assert!(said.contains("config.toml:3:1: this is not TOML"), "{said}");
    assert!(said.contains("config.toml:2:9: text must stand in quotes"), "{said}");
}

#[test]
fn an_unknown_key_comes_with_a_suggestion() {
    let home = Home::new();
    home.configure("[screen]\ncolour = \"never\"\n");
    let said = refused(&home, home.launch());
    assert!(said.contains("config.toml:2:1: unknown key `colour`"), "{said}");
    assert!(said.contains("did you mean `color`?"), "{said}");
}

#[test]
fn control_characters_in_the_configuration_stay_there() {
    let home = Home::new();
    home.configure("[screen]\n\"\\u001b[2Jclear\" = 1\n");
    refused(&home, home.launch());
}

#[test]
fn a_bad_binding_is_told_and_the_rest_works() {
    let home = Home::new();
    home.configure("[keys]\nstop = \"ctrl+entr\"\nquit = \"f10\"\n");
    let mut studio = home.launch().size(200, 50).open();
    studio.sees("config.toml, line 2: there is no key \"entr\"; did you mean \"enter\"?");
    studio.send("words");
    studio.sees("words");
    // The key that was taken away does nothing, the new one does.
    studio.send("\x11");
    studio.send("!");
    studio.sees("words!");
    studio.send("\x1b[21~");
    assert_eq!(studio.end(), 0);
    studio.was_given_back();
    assert_eq!(home.words(), "words!");
}

#[test]
fn a_bad_binding_is_told_in_a_small_terminal_too() {
    let home = Home::new();
    home.configure("[keys]\nstop = \"ctrl+entr\"\n");
    let mut studio = home.open();
    studio.sees("line 2");
    studio.sees("entr");
}
