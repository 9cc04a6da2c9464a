//! Comparing a pair without names.

use refrain::player::{Command, Event, State, Status};
use refrain::song::{Label, TakeId};
use refrain::studio::{Overlay, Question};

use crate::room::{A, B, Room, s};

/// Whether a text tells which take is which.
pub fn tells(text: &str) -> bool {
    let articles = ["A request", "A new song"];
    let words = text.split(|c: char| !c.is_alphanumeric());
    let tells = words.into_iter().any(|word| matches!(word, "A" | "B" | "1a" | "1b" | "1A" | "1B"));
    tells && !articles.iter().any(|article| text.starts_with(article))
}

#[test]
fn telling_can_be_told() {
    assert!(tells("Now B") && tells("Take 1a: x") && tells("/nowhere/1A.mp3") && tells("A ended"));
    assert!(!tells("Now 1") && !tells("A request is on its way") && !tells("a take"));
}

/// What is opened.
fn opened(told: &[Command]) -> TakeId {
    let [.., Command::Open { take, rival: Some(rival), play: true }] = told else {
        panic!("{told:?}")
    };
    assert_ne!(take.take, rival.take);
    take.take
}

fn other(take: TakeId) -> TakeId {
    if take == A { B } else { A }
}

#[tokio::test(start_paused = true)]
async fn names_are_hidden_until_one_is_picked() {
    let mut room = Box::pin(Room::playing()).await;
    let row = room.stage.model.takes.list.selected;
    let heard = opened(&room.press("b").await);
    let mut said = vec![room.said().to_owned()];
    let first = room.stage.model.listening.blind.unwrap().first;
    let listed: Vec<_> = room.stage.model.takes.listed_of(A.job).map(|take| take.id).collect();
    assert_eq!(listed[0].label, first, "they are listed by their numbers");
    assert_eq!(room.stage.model.takes.list.selected, row, "the cursor tells nothing");
    let model = &room.stage.model;
    assert_eq!([model.alias(listed[0]), model.alias(listed[1])], ["1", "2"]);
    assert!(model.is_hidden(A) && model.is_hidden(B));

    room.stands(heard, State::Playing, s(3)).await;
    assert_eq!(room.press("x").await, [Command::Switch]);
    said.push(room.said().to_owned());
    room.stands(other(heard), State::Playing, s(4)).await;
    assert_eq!(room.stage.model.takes.list.selected, row);
    assert_eq!(room.press("i l").await, []);
    assert!(room.stage.model.overlay.is_none(), "its window would tell");
    said.push(room.said().to_owned());
    room.press("n").await;
    room.stage.type_text("thin\n").await;
    said.push(room.said().to_owned());
    for (take, state, at) in [
        (A, State::Ended, 62),
        (B, State::Playing, 65),
        (B, State::Ended, 69),
        (A, State::Ended, 62),
    ] {
        room.stands(take, state, s(at)).await;
        said.push(room.said().to_owned());
        room.press("x").await;
        said.push(room.said().to_owned());
    }
    let flawed = Event::Flawed {
        take: heard,
        what: "/nowhere/1A.mp3 and 1B.mp3 of 1a are short".into(),
        advice: "Listen to 1b".into(),
    };
    room.tells(flawed).await;
    said.push(room.said().to_owned());
    assert_eq!(room.press("p").await, []);
    assert!(room.said().starts_with("You chose A, called "), "{}", room.said());
    for said in said {
        assert!(!tells(&said), "{said}");
    }
    assert!(room.stage.model.listening.blind.is_none());
    assert!(room.remarks(A).star && !room.remarks(B).star);
    assert!(matches!(&room.stage.model.overlay, Some(Overlay::Ask(ask))
        if ask.question == Question::Why(A)));
    room.stage.type_text("warmer\n").await;
    assert_eq!(room.remarks(A).why, "warmer");
    assert_eq!(room.remarks(A).notes.len() + room.remarks(B).notes.len(), 1);
    let listed: Vec<_> = room.stage.model.takes.listed_of(A.job).map(|take| take.id).collect();
    assert_eq!(listed, [A, B], "they are listed by their names again");
}

#[tokio::test(start_paused = true)]
async fn chance_decides_which_is_which_and_what_is_heard_first() {
    let mut room = Box::pin(Room::playing()).await;
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..40 {
        let heard = opened(&room.press("b").await);
        room.stands(heard, State::Playing, s(1)).await;
        let first = room.stage.model.listening.blind.unwrap().first;
        seen.insert((first, heard.label));
        room.press("b").await;
        assert_eq!(room.said(), format!("You did not choose; {first} was 1"));
        assert_eq!(room.selected(), heard);
        assert!(!room.remarks(A).star && !room.remarks(B).star);
    }
    assert_eq!(seen.len(), 4, "{seen:?}");
}

#[tokio::test(start_paused = true)]
async fn without_names_both_are_equally_loud() {
    let mut room = Box::pin(Room::playing()).await;
    room.press("l").await;
    let told = room.press("b").await;
    assert_eq!(told[0], Command::Match(true));
    assert_eq!(room.press("l").await, []);
    room.says("Without names both are equally loud");
    assert_eq!(room.press("b").await, [Command::Match(false)], "as it was before");
    assert!(room.stage.model.listening.as_delivered);
}

#[tokio::test(start_paused = true)]
async fn both_are_played_in_turn_by_their_numbers() {
    let mut room = Box::pin(Room::playing()).await;
    let heard = opened(&room.press("b").await);
    room.stands(heard, State::Playing, s(1)).await;
    let first = room.stage.model.listening.blind.unwrap().first;
    let first = TakeId { label: first, ..A };
    assert_eq!(opened(&room.press("a").await), first);
    assert_eq!(room.said(), "1, then 2");
    room.stands(first, State::Playing, s(1)).await;
    assert_eq!(opened(&room.stands(first, State::Ended, s(70)).await), other(first));
    assert_eq!(room.said(), "Now 2");
    room.stands(other(first), State::Playing, s(1)).await;
    assert_eq!(room.stands(other(first), State::Ended, s(70)).await, []);
    // Space plays what is compared, wherever the list stands.
    assert_eq!(room.press("space").await, [Command::Toggle]);
    assert!(room.stage.model.listening.blind.is_some());
}

#[tokio::test(start_paused = true)]
async fn who_goes_elsewhere_sees_the_names() {
    let mut room = Box::pin(Room::playing()).await;
    room.press("b").await;
    let first = TakeId { label: room.stage.model.listening.blind.unwrap().first, ..A };
    // Who finds no way elsewhere stays.
    room.stands(first, State::Playing, s(1)).await;
    assert_eq!(room.press("f7").await, []);
    room.says("This is the first take of the list");
    assert!(room.stage.model.listening.blind.is_some());
    room.stands(other(first), State::Playing, s(1)).await;
    assert_eq!(room.press("f7").await.len(), 1);
    assert!(room.stage.model.listening.blind.is_none());
    assert_eq!(room.selected(), first);

    room.press("b").await;
    let first = room.stage.model.listening.blind.unwrap().first;
    let failed = Event::Failed { take: A, what: "it is gone".into(), advice: "Fetch it".into() };
    room.tells(failed).await;
    assert!(room.stage.model.listening.blind.is_none(), "one alone cannot be compared");
    let number = if first == Label::A { 1 } else { 2 };
    let said = format!("You did not choose; {first} was 1: Take {number}: it is gone. Fetch it");
    assert_eq!(room.said(), said);
}

#[tokio::test(start_paused = true)]
async fn what_only_one_of_them_tells_is_not_told() {
    let mut room = Box::pin(Room::playing()).await;
    assert_eq!(room.stage.model.lit_line(), Some(2));
    room.press("b").await;
    for take in [A, B] {
        room.stands(take, State::Playing, s(20)).await;
        let model = &room.stage.model;
        assert_eq!((model.lit_line(), model.line_now(), model.section_now()), (None, None, None));
        assert_eq!(room.press(")").await, []);
        room.says("Not both takes tell their sections");
        assert_eq!(room.press("alt+1 alt+enter alt+4").await, []);
        room.says("Not both takes tell when their lines are sung");
    }
    // Where both tell, both are followed.
    let both = |job: &_| {
        let mut takes = crate::room::two(job);
        takes[1].timeline = crate::room::sung();
        takes
    };
    let mut room = Box::pin(Room::with(both)).await;
    room.press("b").await;
    room.stands(B, State::Playing, s(20)).await;
    assert_eq!(room.stage.model.lit_line(), Some(2));
}

#[tokio::test(start_paused = true)]
async fn one_take_is_not_compared() {
    let mut room = Box::pin(Room::with(|job| crate::stage::pair(job)[..1].to_vec())).await;
    assert_eq!(room.press("b").await, []);
    room.says("Comparing needs two takes");
    assert!(room.stage.model.listening.blind.is_none());
}

#[tokio::test(start_paused = true)]
async fn how_long_each_is_and_how_it_comes_stays_hidden() {
    let mut room = Box::pin(Room::playing()).await;
    room.press("b").await;
    room.stands(A, State::Ended, s(62)).await;
    room.says("goes on: {switch-take} hears it");
    assert!(!room.said().contains("1:09"), "{}", room.said());
    room.stands(B, State::Playing, s(65)).await;
    assert_eq!(room.press("x").await, []);
    room.says("is over by now");
    assert!(!room.said().contains("1:02"), "{}", room.said());
    for (state, word) in [(State::Buffering, "buffering"), (State::Loading, "loading")] {
        room.stands(A, state, s(9)).await;
        room.stage.sees("waits");
        assert!(!room.stage.screen().contains(word), "{}", room.stage.screen());
    }
    let broken = Status { broken: true, ..crate::room::status(A, State::Ended, s(40)) };
    room.stands(A, State::Playing, s(39)).await;
    room.tells(Event::Status(broken)).await;
    room.says("ends here");
    assert!(!room.stage.screen().contains("breaks off"), "{}", room.stage.screen());
}
