//! What a writer expects of a text.

use super::{Motion, Shape, Text, TooLong};
use crate::song::Cursor;

fn page(content: &str) -> Text {
    let mut text = Text::new(Shape::Page, content);
    text.resize(10, 4);
    text
}

fn type_in(text: &mut Text, words: &str) {
    words.chars().for_each(|c| text.insert(c).unwrap());
}

fn at(line: usize, column: usize) -> Cursor {
    Cursor { line, column }
}

#[test]
fn undo_takes_back_a_word_at_a_time_and_a_paste_whole() {
    let mut text = page("");
    type_in(&mut text, "neon on");
    text.paste(" the\nwindow").unwrap();
    assert_eq!(text.content(), "neon on the\nwindow");
    assert!(text.undo());
    assert_eq!(text.content(), "neon on");
    assert!(text.undo());
    assert_eq!(text.content(), "neon ");
    while text.undo() {}
    assert_eq!(text.content(), "");
    while text.redo() {}
    assert_eq!(text.content(), "neon on the\nwindow");
    assert!(!text.redo());
}

#[test]
fn a_space_is_undone_with_the_word_before_it() {
    let mut text = page("");
    type_in(&mut text, "one two three");
    for left in ["one two ", "one ", ""] {
        text.undo();
        assert_eq!(text.content(), left);
    }
}

#[test]
fn more_room_shows_more_of_the_text() {
    let mut text = page("one\ntwo\nthree\nfour\nfive\nsix");
    text.go(Motion::End);
    text.resize(10, 1);
    text.resize(10, 5);
    assert_eq!(text.scroll().line, 1);
}

#[test]
fn typing_over_a_selection_is_undone_with_it() {
    let mut text = page("neon on");
    text.select(Motion::WordRight);
    text.insert('x').unwrap();
    assert_eq!(text.content(), "xon");
    text.undo();
    assert_eq!(text.content(), "neon on");
    text.redo();
    assert_eq!(text.content(), "xon");
}

#[test]
fn erasing_is_undone_together_but_apart_from_typing() {
    let mut text = page("");
    type_in(&mut text, "abc");
    text.delete_back();
    text.delete_back();
    assert_eq!(text.content(), "a");
    text.undo();
    assert_eq!(text.content(), "abc");
    text.undo();
    assert_eq!(text.content(), "");
}

#[test]
fn a_grapheme_is_one_step_and_one_erase() {
    let mut text = page("a👩‍👧e\u{301}");
    text.go(Motion::Right);
    text.go(Motion::Right);
    assert_eq!(text.cursor(), at(0, 4));
    text.go(Motion::End);
    text.delete_back();
    assert_eq!(text.content(), "a👩‍👧");
    text.delete_back();
    assert_eq!(text.content(), "a");
    text.undo();
    assert_eq!(text.content(), "a👩‍👧e\u{301}");
}

#[test]
fn up_and_down_go_by_rows_and_keep_their_cell() {
    let mut text = page("neon on the window\nab\ncity going slow");
    text.go_to(at(0, 6));
    text.go(Motion::Down(1));
    assert_eq!(text.cursor(), at(0, 14), "the second row of the first line");
    text.go(Motion::Down(1));
    assert_eq!(text.cursor(), at(1, 2), "a short line");
    text.go(Motion::Down(1));
    assert_eq!(text.cursor(), at(2, 6), "the cell is kept");
    text.go(Motion::Up(9));
    assert_eq!(text.cursor(), at(0, 6));
    text.go(Motion::Up(1));
    assert_eq!(text.cursor(), at(0, 0));
}

#[test]
fn the_cursor_stays_on_screen() {
    let lines: Vec<String> = (0..40).map(|n| format!("line number {n}")).collect();
    let mut text = page(&lines.join("\n"));
    text.go(Motion::End);
    assert_eq!((text.scroll().line, text.scroll().row), (38, 0), "two rows a line, four rows");
    text.go(Motion::Up(3));
    assert_eq!(text.scroll().line, 38, "no more scrolling than it takes");
    text.go(Motion::Start);
    assert_eq!(text.scroll().line, 0);
    text.scroll_by(7);
    assert_eq!((text.scroll().line, text.scroll().row), (3, 1));
    assert_eq!(text.cursor().line, 3, "the cursor comes along");
    text.scroll_by(-100);
    assert_eq!(text.scroll().line, 0);
}

#[test]
fn a_field_stays_one_line() {
    let mut text = Text::new(Shape::Line, "a\nb");
    assert_eq!(text.content(), "a b");
    text.insert('\n').unwrap();
    text.go(Motion::End);
    text.paste("\r\nc\td").unwrap();
    assert_eq!(text.content(), "a bc    d");
}

#[test]
fn cut_and_copy_give_the_selected_words() {
    let mut text = page("one\ntwo\nthree");
    text.go_to(at(0, 1));
    text.select(Motion::Down(1));
    text.select(Motion::Down(1));
    assert_eq!(text.copy().as_deref(), Some("ne\ntwo\nt"));
    assert_eq!(text.cut().as_deref(), Some("ne\ntwo\nt"));
    assert_eq!(text.content(), "ohree");
    assert_eq!(text.cut(), None);
    text.delete_to(Motion::LineEnd);
    assert_eq!(text.content(), "o");
}

#[test]
fn a_character_without_width_at_the_end_of_a_line_is_no_trap() {
    for (content, sign) in
        [("ดี\nx", "ดี"), ("e\u{301}\nx", "e\u{301}"), ("❤\u{fe0f}\nx", "❤\u{fe0f}")]
    {
        let mut text = page(content);
        text.go(Motion::Right);
        assert_eq!(text.cursor(), at(0, sign.chars().count()), "{content:?}");
        text.go(Motion::Right);
        assert_eq!(text.cursor(), at(1, 0));
        text.go(Motion::Left);
        text.delete_back();
        assert_eq!(text.content(), "\nx");
        text.undo();
        text.go(Motion::Start);
        text.delete_forward();
        assert_eq!(text.content(), "\nx");
        text.delete_forward();
        assert_eq!(text.content(), "x");
        text.undo();
        assert_eq!(text.content(), content);
    }
}

#[test]
fn what_is_longer_than_can_be_edited_is_refused_whole() {
    let mut text = page("x");
    assert_eq!(text.paste(&"y".repeat(70_000)), Err(TooLong));
    assert_eq!(text.paste(&"\n".repeat(70_000)), Err(TooLong));
    assert_eq!(text.content(), "x");
    text.paste(&"y".repeat(60_000)).unwrap();
    text.go(Motion::End);
    assert_eq!(text.cursor(), at(0, 60_001));
    // From a file it may come all the same, and must not hang.
    let mut text = page(&"e\u{301}".repeat(70_000));
    text.go(Motion::End);
    text.go(Motion::Up(1));
    text.go_to(at(usize::MAX, usize::MAX));
}

#[test]
fn a_sign_that_turns_text_around_is_not_typed() {
    let mut text = page("");
    text.insert('\u{202e}').unwrap();
    assert_eq!(text.content(), "");
}

#[test]
fn a_place_on_screen_is_a_place_in_the_text() {
    let mut text = page("neon on the window\nab");
    text.point(1, 3, false);
    assert_eq!(text.cursor(), at(0, 11));
    text.point(2, 9, true);
    assert_eq!(text.selection(), Some((at(0, 11), at(1, 2))));
    text.point(99, 0, false);
    assert_eq!(text.cursor(), at(1, 0));
}
