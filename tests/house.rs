//! The walls of the house: rules over the source text that no compiler holds.
//!
//! Every rule names the line that breaks it and says what to do instead; every rule is shown to
//! be able to fail, beside its code.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "house/hygiene.rs"]
mod hygiene;
#[path = "house/lex.rs"]
mod lex;
#[path = "house/paths.rs"]
mod paths;
#[path = "house/rooms.rs"]
mod rooms;
#[path = "house/source.rs"]
mod source;

use source::{Offence, Source};

/// Runs a rule over every file of the house.
fn hold(rule: impl Fn(&Source) -> Vec<Offence>) {
    let house = source::house();
    assert!(house.len() > 10, "the source is not where it is looked for");
    let offences: Vec<_> = house.iter().flat_map(rule).map(|offence| offence.to_string()).collect();
    assert!(offences.is_empty(), "\n\n{}\n", offences.join("\n"));
}

#[test]
fn rooms_use_only_the_floors_below() {
    hold(rooms::floors);
}

#[test]
fn studio_and_song_are_pure() {
    hold(rooms::purity);
}

#[test]
fn a_crate_for_the_outside_world_lives_in_one_room() {
    hold(rooms::lodgers);
}

#[test]
fn only_the_command_line_prints() {
    hold(rooms::printing);
}

#[test]
fn no_file_is_longer_than_a_few_screens() {
    hold(hygiene::length);
}

#[test]
fn every_file_says_what_it_is() {
    hold(hygiene::head);
}

#[test]
fn no_test_is_skipped_and_none_sleeps() {
    hold(hygiene::honest_tests);
}

#[test]
fn nothing_panics_but_for_a_written_reason() {
    hold(hygiene::panics);
}
