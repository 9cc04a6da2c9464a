//! Takes that are heard while they arrive.

use refrain::library::Record;
use refrain::player::{Command, Event, Source, State, Status};
use refrain::song::{FailureClass, Label, Lufs, Take, TakeId};
use refrain::studio::{self, Effect, JobNews, Spot, update};

use crate::room::{A, B, Room, s};
use crate::stage::Stage;
use crate::stage::gateway::{complete, not_fetched};

/// A studio that fetches the takes of job 1.
pub async fn fetching() -> Room {
    let mut stage = Box::pin(Stage::running("apixo")).await;
    stage.pass(s(46)).await;
    stage.job(1, complete("x")).await;
    assert_eq!(stage.word(1), "fetching");
    Room::of(stage)
}

async fn arrives(room: &mut Room, label: Label) {
    room.stage.job(1, JobNews::Arriving(label)).await;
}

fn listed(room: &Room) -> Vec<TakeId> {
    room.stage.model.takes.listed_of(A.job).map(|take| take.id).collect()
}

/// The takes that the journal was given, and those that fetching was told are there.
fn kept(room: &Room) -> Vec<Vec<Take>> {
    let kept = room.stage.props.wanted.iter().filter_map(|effect| match effect {
        Effect::Record { record, .. } => match &**record {
            Record::Takes { takes, .. } => Some(takes.clone()),
            Record::Take(take) => Some(vec![take.clone()]),
            _ => None,
        },
        Effect::Fetch { kept, .. } => Some(kept.clone()),
        _ => None,
    });
    kept.collect()
}

#[tokio::test(start_paused = true)]
async fn a_take_plays_while_it_arrives_and_goes_on_when_it_is_there() {
    let mut room = Box::pin(fetching()).await;
    arrives(&mut room, Label::A).await;
    room.says("Take A is arriving; {play-pause} plays what is there");
    assert_eq!(listed(&room), [A]);
    assert!(room.stage.model.takes.is_arriving(A));
    assert_eq!(room.stage.model.takes.all().len(), 0, "it is no take yet");
    let told = room.press("ctrl+space").await;
    let [Command::Open { take, rival: None, play: true }] = &told[..] else { panic!("{told:?}") };
    assert_eq!((take.take, &take.source), (A, &Source::Arriving));
    room.stands(A, State::Playing, s(2)).await;
    let grown = Event::Growing { take: A, ready: s(9), peaks: vec![7; 3] };
    room.tells(grown).await;
    assert_eq!(room.stage.model.listening.growing[&A], (s(9), vec![7; 3]));
    room.comes(A).await;
    assert_eq!(room.told(), [], "nothing is opened anew");
    assert!(!room.stage.model.takes.is_arriving(A));
    assert_eq!((listed(&room), room.stage.model.takes.all().len()), (vec![A], 1));
    assert!(room.stage.model.listening.growing.is_empty());
    assert_eq!(room.selected(), A);
}

#[tokio::test(start_paused = true)]
async fn what_is_thought_of_it_stays() {
    let mut room = Box::pin(fetching()).await;
    arrives(&mut room, Label::A).await;
    arrives(&mut room, Label::B).await;
    room.press("alt+4 down p").await;
    room.stage.type_text("the drums\n").await;
    assert!(room.remarks(B).star);
    let loudness = Lufs::new(-12.5);
    let measured = Event::Measured { take: B, duration: s(69), loudness, peaks: vec![3] };
    room.tells(measured).await;
    assert!(kept(&room).iter().all(Vec::is_empty), "nothing is kept before it is there");
    room.comes(B).await;
    assert_eq!((room.remarks(B).star, &*room.remarks(B).why), (true, "the drums"));
    assert_eq!(room.take(B).loudness, loudness);
    assert_eq!(room.selected(), B);
    room.comes(A).await;
    room.stage.job(1, JobNews::FetchEnded(Ok(()))).await;
    assert_eq!((room.stage.word(1), listed(&room)), ("done", vec![A, B]));
    let last = kept(&room).pop().unwrap();
    assert_eq!(last.iter().map(|take| take.loudness).collect::<Vec<_>>(), [None, loudness]);
}

#[tokio::test(start_paused = true)]
async fn what_does_not_come_is_not_listed_and_its_notes_wait_for_it() {
    let mut room = Box::pin(fetching()).await;
    arrives(&mut room, Label::A).await;
    room.comes(A).await;
    arrives(&mut room, Label::B).await;
    room.press("alt+4 end p esc").await;
    assert!(room.remarks(B).star);
    for fetches in 1..=6 {
        assert_eq!(room.stage.props.fetched().len(), fetches);
        assert_eq!((listed(&room), room.selected()), (vec![A, B], B), "it is tried again");
        room.stage.job(1, not_fetched(FailureClass::Busy)).await;
        room.stage.pass(s(400)).await;
    }
    assert_eq!(room.stage.word(1), "stalled");
    assert_eq!((listed(&room), room.selected()), (vec![A], A));
    for takes in kept(&room) {
        assert!(takes.iter().all(|take| take.id == A), "{takes:?}");
    }
    room.press("alt+3 r").await;
    assert_eq!(room.stage.word(1), "fetching");
    arrives(&mut room, Label::B).await;
    assert!(room.remarks(B).star);
    // Let go, nothing is on its way any more, and what is told too late is not believed.
    room.press("alt+3 c").await;
    assert_eq!(room.stage.word(1), "cancelled");
    assert_eq!(listed(&room), [A]);
    arrives(&mut room, Label::B).await;
    assert_eq!(listed(&room), [A]);
    room.press("r").await;
    room.comes(B).await;
    assert!(room.remarks(B).star, "what comes after all has its star");
}

#[tokio::test(start_paused = true)]
async fn it_is_compared_with_one_that_is_there() {
    let mut room = Box::pin(fetching()).await;
    room.comes(A).await;
    room.told();
    arrives(&mut room, Label::B).await;
    room.stands(A, State::Playing, s(5)).await;
    let mut room_status = crate::room::status(A, State::Playing, s(5));
    (room_status.rival, room_status.rival_total) = (None, None);
    room.tells(Event::Status(room_status)).await;
    let told = room.press("alt+x").await;
    let [Command::Open { take, rival: Some(rival), play: true }, Command::SeekTo(at)] = &told[..]
    else {
        panic!("{told:?}")
    };
    assert_eq!((take.take, &take.source, rival.take, *at), (B, &Source::Arriving, A, s(5)));
}

#[tokio::test(start_paused = true)]
async fn what_plays_goes_on_while_the_rest_of_it_is_asked_for_again() {
    for class in [FailureClass::Busy, FailureClass::Gone] {
        let mut room = Box::pin(fetching()).await;
        for label in [Label::A, Label::B] {
            arrives(&mut room, label).await;
        }
        room.stands(A, State::Playing, s(5)).await;
        room.press("alt+4 b").await;
        assert!(room.stage.model.listening.blind.is_some());
        room.stage.job(1, not_fetched(class)).await;
        assert_eq!(listed(&room).len(), 2, "{class:?}");
        assert!(room.stage.model.listening.blind.is_some(), "no name is told");
        // Where it ends there, keys that cannot act say why.
        room.stage.job(1, not_fetched(FailureClass::Storage)).await;
        room.press("alt+3 c alt+4").await;
        assert_eq!(listed(&room), []);
        for key in ["i", "p"] {
            room.stage.model.notice.text.clear();
            room.press(key).await;
            room.says("its job in the queue says why");
        }
        room.stage.sees("What is heard broke off");
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_typed_about_a_take_that_breaks_off_is_kept() {
    let mut room = Box::pin(fetching()).await;
    arrives(&mut room, Label::B).await;
    room.stands(B, State::Playing, s(5)).await;
    room.press("alt+4 p").await;
    room.stage.type_text("the drums").await;
    room.stage.job(1, not_fetched(FailureClass::Storage)).await;
    assert_eq!((room.stage.word(1), listed(&room)), ("stalled", vec![]));
    // A window on top keeps a line, as enter does, and the end.
    room.press("f1 esc n").await;
    room.stage.type_text("late\n").await;
    room.says("Noted at 0:05 of B");
    room.press("n").await;
    room.stage.type_text("later").await;
    room.stage.happens(refrain::studio::Event::Terminate).await;
    let mut told = room.stage.props.wanted.iter().filter_map(|effect| match effect {
        Effect::Record { record, .. } => match &**record {
            Record::Remarks { take: B, remarks } => Some(remarks.clone()),
            _ => None,
        },
        _ => None,
    });
    let last = told.next_back().unwrap();
    assert_eq!((last.star, &*last.why), (true, "the drums"));
    let texts: Vec<_> = last.notes.iter().map(|note| &*note.text).collect();
    assert_eq!(texts, ["late", "later"]);
    assert_eq!(room.stage.model.takes.remarks(B), Some(&last));
}

#[tokio::test(start_paused = true)]
async fn what_the_journal_refused_of_a_take_that_broke_off_is_written_as_it_is_now() {
    let mut room = Box::pin(fetching()).await;
    arrives(&mut room, Label::B).await;
    room.stands(B, State::Playing, s(5)).await;
    room.stage.props.refuse = Some(crate::stage::refusal());
    room.press("alt+4 p esc").await;
    room.stage.job(1, not_fetched(FailureClass::Storage)).await;
    room.press("n").await;
    room.stage.type_text("late\n").await;
    room.stage.props.refuse = None;
    room.stage.props.wanted.clear();
    room.stage.pass(s(10)).await;
    let told = room.stage.props.wanted.iter().filter_map(|effect| match effect {
        Effect::Record { record, .. } => match &**record {
            Record::Remarks { remarks, .. } => Some((remarks.star, remarks.notes.len())),
            _ => None,
        },
        _ => None,
    });
    let told: Vec<_> = told.collect();
    assert!(!told.is_empty() && told.iter().all(|told| *told == (true, 1)), "{told:?}");
}

#[tokio::test(start_paused = true)]
async fn a_star_is_one_of_its_pair_even_where_the_other_did_not_come() {
    let mut room = Box::pin(fetching()).await;
    room.comes(A).await;
    arrives(&mut room, Label::B).await;
    room.press("alt+4 end p esc").await;
    assert!(room.remarks(B).star);
    room.stage.job(1, not_fetched(FailureClass::Storage)).await;
    room.press("p esc").await;
    assert!(room.remarks(A).star);
    assert!(room.stage.model.takes.remarks(B).is_some_and(|remarks| !remarks.star));
    room.press("alt+3 r").await;
    room.comes(B).await;
    assert!(room.remarks(A).star && !room.remarks(B).star);
}

#[tokio::test(start_paused = true)]
async fn the_second_of_a_pair_only_joins_the_first() {
    let mut room = Box::pin(fetching()).await;
    arrives(&mut room, Label::A).await;
    room.says("Take A is arriving");
    room.stage.model.notice.text.clear();
    arrives(&mut room, Label::B).await;
    assert_eq!((room.selected(), room.said()), (A, ""));
}

#[tokio::test(start_paused = true)]
async fn one_whose_length_is_not_known_is_drawn_as_far_as_it_is_there() {
    let mut room = Box::pin(fetching()).await;
    arrives(&mut room, Label::A).await;
    let alone = Status {
        rival: None,
        rival_total: None,
        total: None,
        ready: Some(s(40)),
        ..crate::room::status(A, State::Playing, s(10))
    };
    room.tells(Event::Status(alone)).await;
    let grown = Event::Growing { take: A, ready: s(40), peaks: vec![200; 30] };
    room.tells(grown).await;
    let screen = room.stage.screen();
    assert!(screen.contains("-:--") && !screen.contains("/ 0:00"), "{screen}");
    // A quarter of what is there was played, and so of its picture.
    let player = screen.lines().rev().take_while(|line| !line.contains(['┘', '╯', '┴']));
    let playhead = player.filter_map(|line| line.chars().position(|mark| mark == '│')).min();
    assert!(playhead.is_some_and(|cell| cell < 50), "{screen}");
    let now = room.stage.model.now;
    let click = studio::Event::Click { spot: Spot::Playhead(0.5), drag: false };
    assert!(
        !update(&mut room.stage.model, click, now).iter().any(|e| matches!(e, Effect::Player(_)))
    );
    room.says("is not known yet");
}

#[tokio::test(start_paused = true)]
async fn the_whole_one_takes_the_place_of_one_that_broke_off() {
    for (state, opened) in [(State::Ended, 1), (State::Paused, 2), (State::Playing, 0)] {
        let mut room = Box::pin(fetching()).await;
        arrives(&mut room, Label::A).await;
        let broken = Status {
            rival: None,
            rival_total: None,
            broken: true,
            ..crate::room::status(A, state, s(30))
        };
        room.tells(Event::Status(broken)).await;
        room.told();
        room.comes(A).await;
        let told = room.told();
        assert_eq!(told.len(), opened, "{state:?} {told:?}");
        if let Some(first) = told.first() {
            assert!(matches!(first, Command::Open { take, play: false, .. }
                if take.take == A && matches!(take.source, Source::File(_))));
        }
        if state == State::Paused {
            assert_eq!(told[1], Command::SeekTo(s(30)));
        }
    }
}
