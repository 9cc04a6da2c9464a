//! Lyrics that follow the sound, and sound that follows the lyrics.

use refrain::player::{Command, State};
use refrain::song::Label;
use refrain::studio::{JobNews, Redraw};

use crate::room::{A, B, Room, opens, s, status};

#[tokio::test(start_paused = true)]
async fn the_line_that_is_sung_is_lit_and_drawn_when_it_changes() {
    let mut room = Box::pin(Room::playing()).await;
    assert_eq!(room.stage.model.lit_line(), Some(2));
    let at = |seconds| status(A, State::Playing, s(seconds));
    assert_eq!(room.marks(at(29)), Redraw::PLAYER);
    assert_eq!(room.marks(at(30)), Redraw::PLAYER | Redraw::WORDS);
    assert_eq!(room.stage.model.lit_line(), Some(5));
    assert_eq!(room.marks(at(31)), Redraw::PLAYER);
    assert_eq!(room.marks(at(1)), Redraw::PLAYER | Redraw::WORDS);
    assert_eq!(room.stage.model.lit_line(), None, "nothing is sung yet");
    room.stage.press("alt+m").await;
    let _ = room.marks(at(31));
    assert_eq!(room.stage.model.lit_line(), None, "a description is not sung");
    room.stage.press("alt+m").await;
    assert_eq!(room.stage.model.lit_line(), Some(5));
    room.stands(B, State::Playing, s(31)).await;
    assert_eq!(room.stage.model.lit_line(), None, "B does not tell");
}

#[tokio::test(start_paused = true)]
async fn a_key_plays_from_the_line_under_the_cursor() {
    let mut room = Box::pin(Room::new()).await;
    let told = room.press("alt+1 alt+enter").await;
    assert!(opens(&told[0], A), "{told:?}");
    assert_eq!(told[1..], [Command::SeekTo(s(40))]);
    room.stands(A, State::Paused, s(3)).await;
    assert_eq!(room.press("up alt+enter").await, [Command::SeekTo(s(30)), Command::Toggle]);
    room.stands(A, State::Playing, s(31)).await;
    // From the gap above it, the tag is the next thing that is sung.
    assert_eq!(room.press("up up alt+enter").await, [Command::SeekTo(s(30))]);
    room.press("up end").await;
    room.stage.type_text(" or two").await;
    assert_eq!(room.press("alt+enter").await, []);
    room.says("does not sing this line as it stands here");
    // B does not tell, but A does.
    room.stands(B, State::Playing, s(31)).await;
    let told = room.press("up alt+enter").await;
    assert!(opens(&told[0], A), "{told:?}");
    assert_eq!(told[1..], [Command::SeekTo(s(5))]);
}

#[tokio::test(start_paused = true)]
async fn a_line_that_cannot_be_played_says_why() {
    let mut room = Box::pin(Room::with(crate::stage::pair)).await;
    assert_eq!(room.press("alt+1 alt+enter").await, []);
    room.says("No take of this song tells when its lines are sung");
    room.press("alt+2 up alt+enter").await;
    room.press("alt+1 ctrl+n").await;
    room.press("alt+enter").await;
    room.says("There is no take of this song yet");
    room.press("alt+m alt+enter").await;
    room.says("Go to a line of the lyrics first");
}

#[tokio::test(start_paused = true)]
async fn nobody_is_told_to_pay_for_takes_that_are_coming() {
    let mut room = Box::pin(crate::arriving::fetching()).await;
    assert_eq!(room.press("alt+1 alt+enter").await, []);
    room.says("The takes of this song are not here yet");
    room.stage.job(1, JobNews::Arriving(Label::A)).await;
    room.stands(A, State::Playing, s(3)).await;
    assert_eq!(room.press("alt+enter").await, []);
    room.says("once all of it is here");
}
