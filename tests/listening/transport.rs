//! Where the playhead goes, and how it sounds.

use refrain::library::Library;
use refrain::player::{Command, Device, Event, OutputKind, State, Status, Stretch};
use refrain::studio::{Overlay, Pictures, Redraw};

use crate::room::{A, Room, s, status};
use crate::stage::Stage;

fn to(seconds: u64) -> Vec<Command> {
    vec![Command::SeekTo(s(seconds))]
}

#[tokio::test(start_paused = true)]
async fn digits_go_to_tenths() {
    let mut room = Box::pin(Room::playing()).await;
    assert_eq!(room.press("0").await, to(0));
    assert_eq!(room.press("5").await, to(31));
    assert_eq!(room.press("9").await, [Command::SeekTo(s(62) * 9 / 10)]);
    assert_eq!(room.press("shift+left").await, [Command::SeekBy(-1.0)]);
    assert_eq!(room.press("right").await, [Command::SeekBy(5.0)]);
    let unknown = Status { total: None, ..status(A, State::Loading, s(0)) };
    room.tells(Event::Status(unknown)).await;
    assert_eq!(room.press("5").await, []);
    room.says("not known yet");
    let mut room = Box::pin(Room::new()).await;
    assert_eq!(room.press("5 ( [ ]").await, []);
    room.says("Nothing is in the player");
}

#[tokio::test(start_paused = true)]
async fn sections_before_and_after() {
    let mut room = Box::pin(Room::playing()).await;
    assert_eq!(room.press(")").await, to(30));
    assert_eq!(room.press("(").await, to(5));
    for (at, before) in [(35, 30), (31, 5), (6, 0), (3, 0)] {
        room.stands(A, State::Playing, s(at)).await;
        assert_eq!(room.press("(").await, to(before), "from {at}");
    }
    room.stands(A, State::Playing, s(30)).await;
    assert_eq!(room.press(")").await, []);
    room.says("the last section");
    room.stands(crate::room::B, State::Playing, s(30)).await;
    assert_eq!(room.press("alt+pageup").await, []);
    room.says("does not tell its sections; {note} marks a moment");
}

fn looped(from: u64, end: u64) -> Command {
    Command::Loop(Some(Stretch { from: s(from), to: s(end) }))
}

fn in_loop(from: u64, to: u64, at: u64) -> Event {
    let stretch = Some(Stretch { from: s(from), to: s(to) });
    Event::Status(Status { looped: stretch, ..status(A, State::Playing, s(at)) })
}

#[tokio::test(start_paused = true)]
async fn a_stretch_is_played_again_and_again() {
    let mut room = Box::pin(Room::playing()).await;
    assert_eq!(room.press("[").await, []);
    assert_eq!(room.said(), "Loop from 0:20; {loop-end} ends it");
    assert_eq!(room.stage.model.listening.loop_from, Some(s(20)));
    assert_eq!(room.press("]").await, []);
    room.says("too short to hear");
    room.stands(A, State::Playing, s(10)).await;
    assert_eq!(room.press("]").await, []);
    room.says("cannot end at 0:10");
    room.stands(A, State::Playing, s(28)).await;
    assert_eq!(room.press("]").await, [looped(20, 28)]);
    assert_eq!(room.stage.model.listening.loop_from, None);
    // Its start and its end can be moved.
    room.tells(in_loop(20, 28, 22)).await;
    assert_eq!(room.press("[").await, [looped(22, 28)]);
    room.tells(in_loop(22, 28, 26)).await;
    assert_eq!(room.press("]").await, [looped(22, 26)]);
    assert_eq!(room.press("\\").await, [Command::Loop(None)]);
    room.stands(A, State::Playing, s(25)).await;
    assert_eq!(room.press("\\").await, []);
    room.says("There is no loop; {loop-start} begins one");
}

#[tokio::test(start_paused = true)]
async fn a_loop_without_a_start_begins_with_the_section() {
    let mut room = Box::pin(Room::new()).await;
    room.stands(A, State::Playing, s(42)).await;
    assert_eq!(room.press("]").await, [looped(30, 42)]);
    room.stands(A, State::Playing, s(3)).await;
    assert_eq!(room.press("]").await, [looped(0, 3)]);
}

#[tokio::test(start_paused = true)]
async fn a_loop_that_was_begun_is_of_its_pair() {
    let mut room = Box::pin(Room::playing()).await;
    room.press("[").await;
    room.stands(crate::room::B, State::Playing, s(21)).await;
    assert_eq!(room.stage.model.listening.loop_from, Some(s(20)), "the other of the pair");
    let other = refrain::song::TakeId { job: refrain::song::JobId(9), ..A };
    room.stands(other, State::Playing, s(0)).await;
    assert_eq!(room.stage.model.listening.loop_from, None);
}

#[tokio::test(start_paused = true)]
async fn silence_and_loudness() {
    let mut room = Box::pin(Room::playing()).await;
    assert_eq!(room.press("m").await, [Command::Mute(true)]);
    let muted = Status { muted: true, ..status(A, State::Playing, s(21)) };
    room.tells(Event::Status(muted)).await;
    assert_eq!(room.press("m").await, [Command::Mute(false)]);
    assert_eq!(room.press("l").await, [Command::Match(false)]);
    assert_eq!(room.said(), "Loudness: as delivered");
    assert_eq!(room.press("l").await, [Command::Match(true)]);
    room.says("matched");
}

#[tokio::test(start_paused = true)]
async fn how_the_user_listens_is_found_again() {
    let dir = tempfile::tempdir().unwrap();
    let (library, contents) = Library::open(dir.path()).unwrap();
    let mut room = Room::of(Stage::open(120, 36, library, contents, &[]));
    room.press("alt+4").await;
    assert_eq!(room.press("v").await, [Command::Spectrum(true)]);
    assert_eq!(room.press("l").await, [Command::Match(false)]);
    assert_eq!(room.press("-").await, [Command::Volume(75)]);
    drop(room);
    let (library, contents) = Library::open(dir.path()).unwrap();
    let mut again = Stage::open(120, 36, library, contents, &[]);
    again.settle().await;
    assert_eq!(again.props.played(), [Command::Match(false), Command::Spectrum(true)]);
    let listening = &again.model.listening;
    assert_eq!((listening.pictures, listening.as_delivered), (Pictures::Spectrum, true));
    assert_eq!(again.model.volume, 75);
    let mut room = Room::of(again);
    assert_eq!(room.press("alt+v").await, [Command::Spectrum(false)]);
    assert_eq!(room.stage.model.listening.pictures, Pictures::Off);
    assert_eq!(room.press("alt+v").await, []);
    assert_eq!(room.stage.model.listening.pictures, Pictures::Wave);
}

#[tokio::test(start_paused = true)]
async fn without_motion_there_is_no_spectrum() {
    let profiles = [("sketch", "sketch")];
    let stage = Stage::opened(120, 36, &profiles, |opening| {
        opening.motion = false;
        opening.contents.settings.pictures = Pictures::Spectrum;
    });
    let mut room = Room::of(stage);
    room.stage.settle().await;
    assert_eq!(room.told(), []);
    assert_eq!(room.stage.model.listening.pictures, Pictures::Wave);
    assert_eq!(room.press("alt+v").await, []);
    assert_eq!(room.stage.model.listening.pictures, Pictures::Off);
    room.says("motion is off in the configuration");
}

#[tokio::test(start_paused = true)]
async fn the_sound_can_go_elsewhere() {
    let mut room = Box::pin(Room::playing()).await;
    let outputs = || Event::Outputs(vec!["Speakers {quit}".into(), "Phones".into()]);
    room.tells(outputs()).await;
    assert!(room.stage.model.overlay.is_none(), "nobody asked");
    let ask = |room: &mut Room| {
        let now = room.stage.model.now;
        let act = refrain::studio::Event::Act(refrain::studio::Action::SoundOutput);
        refrain::studio::update(&mut room.stage.model, act, now)
    };
    assert_eq!(ask(&mut room), [refrain::studio::Effect::Player(Command::ListOutputs)]);
    room.tells(outputs()).await;
    assert!(matches!(&room.stage.model.overlay, Some(Overlay::Pick(picker))
        if picker.title == "Sound output" && picker.items.len() == 4));
    let named = OutputKind::Named("Speakers {quit}".into());
    assert_eq!(room.press("down enter").await, [Command::Output(named)]);
    room.says("Sound goes to Speakers {{quit} until Refrain is closed");
    for (keys, output) in
        [("enter", OutputKind::System), ("up down down down enter", OutputKind::Silent)]
    {
        ask(&mut room);
        room.tells(outputs()).await;
        assert_eq!(room.press(keys).await, [Command::Output(output)]);
    }
}

#[tokio::test(start_paused = true)]
async fn what_plays_is_drawn_and_nothing_else() {
    let mut room = Box::pin(Room::playing()).await;
    room.stage.press("ctrl+n").await;
    assert!(room.stage.model.desk.lyrics.is_empty());
    let marks = room.marks(status(A, State::Playing, s(35)));
    assert_eq!(marks, Redraw::PLAYER, "another song is on the desk");
}

#[tokio::test(start_paused = true)]
async fn why_there_is_no_sound_is_told_once() {
    let mut room = Box::pin(Room::playing()).await;
    let silent = |why: &str| Event::Device(Device::Silent { why: why.into() });
    room.tells(silent("the card is {busy}")).await;
    assert_eq!(room.said(), "No sound: the card is {{busy}; takes run by the clock");
    room.stage.model.notice.text.clear();
    room.tells(silent("the card is {busy}")).await;
    assert_eq!(room.said(), "", "told once");
    room.tells(silent("it was unplugged")).await;
    room.says("No sound: it was unplugged");
    room.stage.model.notice.text.clear();
    room.tells(Event::Device(Device::Off)).await;
    assert_eq!(room.said(), "", "it was chosen");
    room.stage.sees("no sound");
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_done_says_why() {
    let mut room = Box::pin(Room::new()).await;
    room.press("s").await;
    room.says("Nothing is in the player");
    // The list of outputs comes late.
    let act = refrain::studio::Event::Act(refrain::studio::Action::SoundOutput);
    room.stage.happens(act).await;
    room.press("f1").await;
    room.tells(Event::Outputs(vec!["Phones".into()])).await;
    assert!(matches!(room.stage.model.overlay, Some(Overlay::Help(_))));
    room.says("close this window and ask again");
}

#[tokio::test(start_paused = true)]
async fn the_controls_of_the_system_do_not_keep_anybody() {
    let mut room = Box::pin(Room::playing()).await;
    room.stage.props.hold();
    room.press("p esc").await;
    assert!(!room.stage.press("ctrl+q").await, "the star is not written yet");
    let toggle = refrain::studio::Wish::Act(refrain::studio::Action::PlayPause);
    room.stage.happens(refrain::studio::Event::Media(toggle)).await;
    assert_eq!(room.told(), [Command::Toggle]);
    room.stage.props.release();
    assert!(room.stage.settle().await, "it leaves as soon as it can");
}
