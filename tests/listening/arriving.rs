//! Takes that are heard while they arrive.

use refrain::library::Record;
use refrain::player::{Command, Event, Source, State};
use refrain::song::{FailureClass, Label, Lufs, Take, TakeId};
use refrain::studio::{Effect, JobNews};

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
    room.stage.job(1, not_fetched(FailureClass::Busy)).await;
    assert_eq!((listed(&room), room.selected()), (vec![A], A));
    room.stage.pass(s(400)).await;
    let fetches = room.stage.props.fetched().len();
    assert!(fetches > 1, "it is tried again");
    for takes in kept(&room) {
        assert!(takes.iter().all(|take| take.id == A), "{takes:?}");
    }
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
