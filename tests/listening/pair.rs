//! Back and forth between two takes.

use refrain::player::{Command, Event, Source, State, Status};
use refrain::studio::JobNews;

use crate::room::{A, B, Room, opens, s, status};
use crate::stage::pair;

#[tokio::test(start_paused = true)]
async fn one_key_hears_the_other_at_the_same_place() {
    let mut room = Box::pin(Room::playing()).await;
    assert_eq!(room.press("x").await, [Command::Switch]);
    assert_eq!((room.said(), room.selected()), ("Now B", B));
    room.stands(B, State::Playing, s(21)).await;
    assert_eq!(room.press("x").await, [Command::Switch]);
    assert_eq!((room.said(), room.selected()), ("Now A", A));
    // While writing, too, where x is a letter.
    room.stands(A, State::Paused, s(22)).await;
    assert_eq!(room.press("alt+1 alt+x").await, [Command::Switch]);
}

#[tokio::test(start_paused = true)]
async fn a_browsed_list_stays_where_it_is() {
    let mut room = Box::pin(Room::playing()).await;
    room.stage.pass(s(3)).await;
    room.stage.press("ctrl+g").await;
    let job = room.stage.model.queue.get(refrain::song::JobId(2)).unwrap().clone();
    room.stage.job(2, JobNews::Done(pair(&job))).await;
    room.stage.press("home").await;
    assert_eq!(room.selected().job.0, 2);
    assert_eq!(room.press("x").await, [Command::Switch]);
    assert_eq!(room.selected().job.0, 2, "it is on another pair");
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_switched_says_why() {
    let mut room = Box::pin(Room::new()).await;
    let told = room.press("x").await;
    assert!(opens(&told[0], A), "{told:?}");
    room.says("Now A; {switch-take} once more hears the other");

    let mut room = Box::pin(Room::with(|job| pair(job)[..1].to_vec())).await;
    let alone = Status { rival: None, ..status(A, State::Playing, s(3)) };
    room.tells(Event::Status(alone)).await;
    assert_eq!(room.press("x").await, []);
    room.says("no other to be compared with");

    let mut room = Room::of(crate::stage::Stage::new(120, 36));
    assert_eq!(room.press("alt+x").await, []);
    room.says("There is no take yet");
}

#[tokio::test(start_paused = true)]
async fn the_shorter_one_ends_and_says_so_and_the_other_goes_on() {
    let mut room = Box::pin(Room::playing()).await;
    assert_eq!(room.stands(A, State::Ended, s(62)).await, []);
    assert_eq!(room.said(), "A ends here; B goes on to 1:09: {switch-take} hears it");
    assert_eq!(room.press("x").await, [Command::Switch, Command::Toggle]);
    room.stands(B, State::Playing, s(65)).await;
    assert_eq!(room.press("x").await, []);
    assert_eq!(room.said(), "A ended at 1:02; B goes on");
    room.stands(B, State::Ended, s(69)).await;
    assert_eq!(room.press("x").await, []);
    room.says("A is over here too; {play-pause} plays from the top");
}

#[tokio::test(start_paused = true)]
async fn an_end_is_told_once() {
    let mut room = Box::pin(Room::playing()).await;
    room.stands(A, State::Ended, s(62)).await;
    room.says("A ends here");
    room.stage.model.notice.text.clear();
    room.stands(A, State::Ended, s(62)).await;
    assert_eq!(room.said(), "");
}

#[tokio::test(start_paused = true)]
async fn an_other_that_came_later_is_put_beside_it() {
    let mut room = Box::pin(Room::new()).await;
    let alone = Status { rival: None, rival_total: None, ..status(A, State::Playing, s(20)) };
    room.tells(Event::Status(alone)).await;
    let told = room.press("x").await;
    assert!(opens(&told[0], B), "{told:?}");
    assert_eq!(told[1..], [Command::SeekTo(s(20))]);
}

#[tokio::test(start_paused = true)]
async fn a_pair_that_waits_in_the_player_is_put_together() {
    let mut room = Box::pin(crate::arriving::fetching()).await;
    room.comes(A).await;
    let told = room.told();
    assert!(matches!(&told[..], [Command::Open { rival: None, play: false, .. }]), "{told:?}");
    let alone = Status { rival: None, rival_total: None, ..status(A, State::Stopped, s(0)) };
    room.tells(Event::Status(alone)).await;
    room.comes(B).await;
    let told = room.told();
    let [Command::Open { take, rival: Some(rival), play: false }] = &told[..] else {
        panic!("{told:?}")
    };
    assert_eq!((take.take, rival.take), (A, B));
    assert_eq!(rival.source, Source::File("/nowhere/1B.mp3".into()));
}

#[tokio::test(start_paused = true)]
async fn a_pair_plays_one_after_the_other_and_stops() {
    let mut room = Box::pin(Room::new()).await;
    room.press("down").await;
    let told = room.press("a").await;
    assert!(opens(&told[0], A), "{told:?}");
    room.says("A, then B");
    room.stands(A, State::Playing, s(1)).await;
    let told = room.stands(A, State::Ended, s(62)).await;
    assert!(told.len() == 1 && opens(&told[0], B), "{told:?}");
    room.stands(B, State::Playing, s(1)).await;
    assert_eq!(room.stands(B, State::Ended, s(69)).await, []);
    assert!(!room.stage.model.listening.in_turn);
    // Stopped on the way, it does not go on.
    room.press("a s").await;
    assert_eq!(room.stands(A, State::Ended, s(62)).await, []);
}

#[tokio::test(start_paused = true)]
async fn a_take_or_the_pair_is_repeated() {
    let mut room = Box::pin(Room::playing()).await;
    room.press("r").await;
    room.says("Repeat: the take");
    let told = room.stands(A, State::Ended, s(62)).await;
    assert_eq!(told, [Command::SeekTo(s(0)), Command::Toggle]);
    room.press("r").await;
    for (ended, next) in [(A, B), (B, A)] {
        room.stands(ended, State::Playing, s(1)).await;
        let told = room.stands(ended, State::Ended, s(70)).await;
        assert!(told.len() == 1 && opens(&told[0], next), "{told:?}");
        assert_eq!(room.selected(), next);
    }
    room.press("r").await;
    room.says("Repeat: nothing");
    room.stands(A, State::Playing, s(1)).await;
    assert_eq!(room.stands(A, State::Ended, s(62)).await, []);
}

#[tokio::test(start_paused = true)]
async fn a_take_that_breaks_off_says_so() {
    let mut room = Box::pin(Room::playing()).await;
    let broken = |state, at| Status { broken: true, ..status(A, state, s(at)) };
    room.tells(Event::Status(broken(State::Playing, 21))).await;
    room.stage.sees("breaks off");
    room.tells(Event::Status(broken(State::Ended, 40))).await;
    room.says("A breaks off here; B goes on to 1:09");
}
