//! The window with all about a take.

use crossterm::event::{Event as Told, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use refrain::library::Record;
use refrain::player::{Command, Event, State};
use refrain::song::{Lufs, Moment, Part, Timeline};
use refrain::studio::{Effect, Overlay, Redraw, TakeDetail, TakeRow};

use crate::room::{A, B, Room, opens, s, status};

fn window(room: &Room) -> &TakeDetail {
    match &room.stage.model.overlay {
        Some(Overlay::Take(detail)) => detail,
        _ => panic!("there is no window on a take"),
    }
}

fn fact<'r>(room: &'r Room, name: &str) -> Option<&'r str> {
    window(room).rows.iter().find_map(|row| match row {
        TakeRow::Fact(of, said) if *of == name => Some(said.as_str()),
        _ => None,
    })
}

#[tokio::test(start_paused = true)]
async fn it_tells_the_facts_the_notes_and_what_is_sung_when() {
    let mut room = Box::pin(Room::playing()).await;
    room.press("i").await;
    assert_eq!(window(&room).take, A);
    assert_eq!(fact(&room, "Song"), Some("Midnight Compiler v1"));
    assert_eq!(fact(&room, "Length"), Some("1:02"));
    assert_eq!(fact(&room, "Loudness"), Some("not measured yet"));
    assert_eq!(fact(&room, "File"), Some("/nowhere/1A.mp3"));
    assert_eq!((fact(&room, "Star"), fact(&room, "Why")), (None, None));
    let moments: Vec<_> = window(&room).rows.iter().filter_map(TakeRow::at).collect();
    assert_eq!(moments, [5, 5, 15, 30, 30, 40].map(s));
    assert!(window(&room).rows.iter().any(|row| matches!(row, TakeRow::Hint(_))), "no notes yet");

    let loudness = Lufs::new(-13.8);
    let measured = Event::Measured { take: A, duration: s(61), loudness, peaks: vec![1; 200] };
    room.tells(measured.clone()).await;
    assert_eq!(fact(&room, "Loudness"), Some("-13.8 LUFS"));
    assert_eq!(fact(&room, "Length"), Some("1:01"));
    room.tells(measured).await;
    let records = room.stage.props.wanted.iter().filter(|effect| {
        matches!(effect, Effect::Record { record, .. } if matches!(&**record, Record::Take(_)))
    });
    assert_eq!(records.count(), 1, "what is known is not measured again");
    room.press("i").await;
    assert!(room.stage.model.overlay.is_none());
}

#[tokio::test(start_paused = true)]
async fn a_moment_is_played_from_it() {
    let mut room = Box::pin(Room::playing()).await;
    room.press("i").await;
    assert_eq!(room.press("enter").await, [Command::SeekTo(s(5))]);
    assert_eq!(room.press("down down enter").await, [Command::SeekTo(s(15))]);
    assert_eq!(room.press("end enter").await, [Command::SeekTo(s(40))]);
    // What is behind it is still at hand.
    assert_eq!(room.press("space").await, [Command::Toggle]);
    assert_eq!(room.press("x").await, [Command::Switch]);
    assert_eq!(room.press("5").await, [Command::SeekTo(s(31))]);
    room.stands(B, State::Paused, s(40)).await;
    let told = room.press("home enter").await;
    assert!(opens(&told[0], A), "{told:?}");
    assert_eq!(told[1..], [Command::SeekTo(s(5))]);
    assert_eq!(window(&room).take, A, "it stays");
}

#[tokio::test(start_paused = true)]
async fn a_note_is_listed_and_found_and_can_be_deleted() {
    let mut room = Box::pin(Room::playing()).await;
    room.press("i n").await;
    room.stage.type_text("thin\n").await;
    assert_eq!(window(&room).take, A, "the window comes back");
    room.press("home").await;
    assert_eq!(window(&room).selected(), Some(&TakeRow::Note(s(20), "thin".into(), 0)));
    assert_eq!(room.press("enter").await, [Command::SeekTo(s(20))]);
    room.press("delete").await;
    room.says("{delete-note} again deletes this note");
    room.press("delete").await;
    assert_eq!(room.remarks(A).notes.len(), 1, "held down, it is one press");
    room.stage.pass(s(2)).await;
    room.press("delete").await;
    assert!(room.remarks(A).notes.is_empty());
    assert_eq!(window(&room).selected().and_then(TakeRow::at), Some(s(5)));
    room.press("esc delete").await;
    room.says("{take-detail} shows the notes of a take");
}

#[tokio::test(start_paused = true)]
async fn it_is_drawn_when_another_line_sounds() {
    let mut room = Box::pin(Room::playing()).await;
    room.stage.press("ctrl+n").await;
    room.stage.press("alt+4 i").await;
    let at = |seconds| status(A, State::Playing, s(seconds));
    let [section, line] = window(&room).sounding(s(20)).map(Option::unwrap);
    assert!(matches!(&window(&room).rows[section], TakeRow::Section(at, _) if *at == s(5)));
    assert!(matches!(&window(&room).rows[line], TakeRow::Line(at, _) if *at == s(15)));
    assert_eq!(room.marks(at(29)), Redraw::PLAYER);
    assert_eq!(room.marks(at(30)), Redraw::PLAYER | Redraw::OVERLAY);
    assert_eq!(room.marks(at(31)), Redraw::PLAYER);
    assert_eq!(window(&room).sounding(s(1)), [None; 2]);
}

#[tokio::test(start_paused = true)]
async fn without_moments_there_is_nothing_to_play() {
    let mut room = Box::pin(Room::with(crate::stage::pair)).await;
    assert_eq!(room.press("i enter down").await, []);
    assert!(room.said().contains("There is no moment to play from yet"), "{}", room.said());
    assert_eq!(window(&room).selected(), None);
}

#[tokio::test(start_paused = true)]
async fn the_frame_of_a_window_is_no_row() {
    let many = |job: &_| {
        let mut takes = crate::room::two(job);
        let moment = |at| Moment { at: s(at), what: Part::Line, text: "la".into() };
        takes[0].timeline = Timeline::new((0..50).map(moment).collect());
        takes
    };
    let mut room = Box::pin(Room::with(many)).await;
    room.stands(A, State::Playing, s(2)).await;
    room.press("i").await;
    let press = |row| {
        let kind = MouseEventKind::Down(MouseButton::Left);
        Told::Mouse(MouseEvent { kind, column: 60, row, modifiers: KeyModifiers::NONE })
    };
    let screen = room.stage.screen();
    let bottom = screen.lines().position(|line| line.contains("more below")).unwrap() as u16;
    room.stage.tell(press(bottom)).await;
    assert_eq!(room.told(), [], "the frame\n{screen}");
    room.stage.tell(press(bottom - 1)).await;
    assert!(matches!(room.told()[..], [Command::SeekTo(_)]), "the last row\n{screen}");
}
