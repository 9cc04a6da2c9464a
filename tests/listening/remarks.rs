//! The star of a pair, why, and notes about moments.

use refrain::library::{Library, Record};
use refrain::player::{Command, State};
use refrain::song::{JobId, Note, Remarks, TakeId};
use refrain::studio::{Effect, JobNews, Overlay, Question};

use crate::room::{A, B, Room, s, two};
use crate::stage::{NOW, Stage, write};

/// What the journal was told of takes, in order.
fn journalled(room: &Room) -> Vec<(TakeId, Remarks)> {
    let told = room.stage.props.wanted.iter().filter_map(|effect| match effect {
        Effect::Record { record, .. } => match &**record {
            Record::Remarks { take, remarks } => Some((*take, remarks.clone())),
            _ => None,
        },
        _ => None,
    });
    told.collect()
}

fn asked(room: &Room) -> Option<Question> {
    match &room.stage.model.overlay {
        Some(Overlay::Ask(ask)) => Some(ask.question),
        _ => None,
    }
}

fn typed(room: &Room) -> String {
    match &room.stage.model.overlay {
        Some(Overlay::Ask(ask)) => ask.text.content(),
        _ => panic!("nothing is asked"),
    }
}

#[tokio::test(start_paused = true)]
async fn a_star_moves_within_its_pair_and_says_why() {
    let mut room = Box::pin(Room::playing()).await;
    room.press("down p").await;
    room.says("B of Midnight Compiler v1 is the one to keep");
    assert_eq!(asked(&room), Some(Question::Why(B)), "the selected one, not the one that is heard");
    room.stage.type_text("it sings\n").await;
    assert_eq!((room.remarks(B).star, &*room.remarks(B).why), (true, "it sings"));
    room.press("up * esc").await;
    assert!(room.remarks(A).star && !room.remarks(B).star);
    assert_eq!(room.remarks(B).why, "it sings", "words stay");
    let told: Vec<_> = journalled(&room).iter().map(|(take, it)| (*take, it.star)).collect();
    assert_eq!(told, [(B, true), (B, true), (A, true), (B, false)]);
    // Taken back, and given again with the words there were.
    room.press("p").await;
    assert_eq!((asked(&room), room.remarks(A).star), (None, false));
    room.press("down p").await;
    assert_eq!(typed(&room), "it sings");
    room.press("enter").await;
    assert_eq!(room.remarks(B).why, "it sings");
}

#[tokio::test(start_paused = true)]
async fn a_note_is_about_the_moment_its_key_was_pressed() {
    let mut room = Box::pin(Room::playing()).await;
    room.press("alt+1 alt+n").await;
    room.stands(A, State::Playing, s(33)).await;
    room.stage.type_text("a breath; x {help}").await;
    // What sounds goes on, and keys of the player are heard.
    assert_eq!(room.press("ctrl+space").await, [Command::Toggle]);
    room.press("enter").await;
    assert_eq!(room.said(), "Noted at 0:20 of A");
    let note = Note { at: s(20), text: "a breath; x {help}".into(), written: room.stage.model.now };
    assert_eq!(room.remarks(A).notes, [note]);
    assert_eq!(journalled(&room), [(A, room.remarks(A).clone())]);
    let lyrics = room.stage.model.desk.lyrics.content();
    assert_eq!(lyrics, crate::stage::SONG, "nothing of it went into the lyrics");
    assert!(room.stage.model.now >= NOW.parse().unwrap());
}

#[tokio::test(start_paused = true)]
async fn a_line_can_be_edited_like_any_text() {
    let mut room = Box::pin(Room::playing()).await;
    room.press("n").await;
    room.stage.tell(crossterm::event::Event::Paste("the high\nhat is late".into())).await;
    assert_eq!(typed(&room), "the high hat is late");
    room.press("backspace backspace ctrl+w home delete delete delete delete right").await;
    room.stage.type_text("-").await;
    assert_eq!(typed(&room), "h-igh hat is ");
    room.press("ctrl+z").await;
    assert_eq!(typed(&room), "high hat is ");
    assert_eq!(room.stage.model.desk.lyrics.content(), crate::stage::SONG);
    room.press("enter").await;
    assert_eq!(room.remarks(A).notes[0].text, "high hat is");
}

#[tokio::test(start_paused = true)]
async fn nothing_that_was_typed_is_dropped_by_one_key() {
    let mut room = Box::pin(Room::playing()).await;
    room.press("n esc").await;
    assert_eq!((asked(&room), room.said()), (None, "Nothing was noted"));
    room.press("n enter").await;
    assert_eq!((asked(&room), room.said()), (None, "Nothing was noted"));
    room.press("n").await;
    room.stage.type_text("thin").await;
    room.press("esc esc").await;
    assert_eq!(typed(&room), "thin", "held down, it is one press");
    room.says("{choose} keeps what you typed; {dismiss} again drops it");
    room.stage.pass(s(2)).await;
    room.press("esc").await;
    assert_eq!((asked(&room), room.said()), (None, "Nothing was noted"));
    assert!(room.remarks(A).notes.is_empty() && journalled(&room).is_empty());
    // A window that comes on top keeps them, and so does the end.
    room.press("n").await;
    room.stage.type_text("late").await;
    room.press("f1").await;
    assert!(matches!(room.stage.model.overlay, Some(Overlay::Help(_))));
    room.press("esc n").await;
    room.stage.type_text("later").await;
    assert!(room.stage.press("ctrl+q").await);
    let texts: Vec<_> = room.remarks(A).notes.iter().map(|note| &*note.text).collect();
    assert_eq!(texts, ["late", "later"]);
}

#[tokio::test(start_paused = true)]
async fn without_a_sound_there_is_no_moment() {
    let mut room = Box::pin(Room::new()).await;
    room.press("n").await;
    room.says("Notes are about moments: play a take first");
    assert_eq!(asked(&room), None);
}

#[tokio::test(start_paused = true)]
async fn what_was_thought_is_found_again() {
    let dir = tempfile::tempdir().unwrap();
    let (library, contents) = Library::open(dir.path()).unwrap();
    let mut stage = Stage::open(120, 36, library, contents, &[]);
    write(&mut stage).await;
    stage.press("ctrl+g").await;
    let job = stage.model.queue.get(JobId(1)).unwrap().clone();
    stage.job(1, JobNews::Done(two(&job))).await;
    let mut room = Room::of(stage);
    room.stands(B, State::Playing, s(7)).await;
    room.press("alt+4 n").await;
    room.stage.type_text("clear\n").await;
    room.press("down p").await;
    room.stage.type_text("louder\n").await;
    let before = room.remarks(B).clone();
    assert_eq!((before.star, before.notes.len()), (true, 1));
    // The takes go into the journal once more, and leave it alone.
    assert!(room.stage.press("ctrl+q").await);
    drop(room);
    let (library, contents) = Library::open(dir.path()).unwrap();
    let again = Stage::open(120, 36, library, contents, &[]);
    assert_eq!(again.model.takes.get(B).unwrap().remarks, before);
    assert!(again.model.takes.get(A).unwrap().remarks.is_empty());
}
