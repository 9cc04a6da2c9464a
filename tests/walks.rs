//! The three walks of the house, and the keys on the way: the production loop without a screen, a
//! disk or a real clock.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod stage;

use std::time::Duration;

use refrain::library::{Fault, Library, Record, WriteError};
use refrain::player::Command;
use refrain::song::{Failure, FailureClass, JobId, JobState, Mode, SongId, Vocal, Weight};
use refrain::studio::{Effect, JobNews, Overlay, Pane, Saved};
use stage::{Stage, drafts, pair};

const SONG: &str = "[Verse 1]\nNeon on the window, cursor in the dark\nCounting every keystroke, waiting for a spark\n\n[Chorus]\nOh, compile me tonight\nLet the warnings turn to light";

const fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

async fn written(width: u16, height: u16) -> Stage {
    let mut stage = Stage::new(width, height);
    write(&mut stage).await;
    stage
}

async fn write(stage: &mut Stage) {
    stage.type_text(SONG).await;
    stage.press("alt+2").await;
    stage.type_text("Midnight Compiler").await;
    stage.press("down").await;
    stage.type_text("synth-pop, 120 bpm, warm").await;
    stage.press("alt+1").await;
}

// ---- a key

#[tokio::test(start_paused = true)]
async fn a_key_is_on_screen_at_once_and_in_the_journal_after_a_pause() {
    let mut stage = Stage::new(120, 36);
    stage.type_text("Neon").await;
    stage.sees("│   Neon ");
    stage.sees("saving…");
    assert!(drafts(&stage.props.wanted).is_empty(), "not a write a key");
    stage.pass(ms(150)).await;
    assert!(drafts(&stage.props.wanted).is_empty());
    stage.pass(ms(100)).await;
    let saved = drafts(&stage.props.wanted);
    assert_eq!(saved.len(), 1);
    assert_eq!(saved[0].lyrics, "Neon");
    assert_eq!(saved[0].cursor.column, 4);
    stage.sees("· saved");
}

#[tokio::test(start_paused = true)]
async fn the_studio_sleeps_when_nothing_happens() {
    let mut stage = written(120, 36).await;
    stage.pass(ms(2000)).await;
    assert_eq!(stage.model.next_wake(), None);
    let wanted = stage.props.wanted.len();
    stage.pass(Duration::from_secs(3600)).await;
    assert_eq!(stage.props.wanted.len(), wanted, "nothing was done");
    assert!(stage.model.take_redraw().is_empty(), "nothing was to be drawn");
}

#[tokio::test(start_paused = true)]
async fn a_letter_types_in_a_text_and_acts_outside() {
    let mut stage = Stage::new(120, 36);
    stage.type_text("s ?").await;
    assert_eq!(stage.model.desk.lyrics.content(), "s ?");
    stage.press("alt+4 ?").await;
    assert!(matches!(stage.model.overlay, Some(Overlay::Help(_))));
    stage.press("esc").await;
    assert!(stage.model.overlay.is_none());
    stage.press("s").await;
    assert_eq!(stage.props.played(), [Command::Stop]);
}

#[tokio::test(start_paused = true)]
async fn tab_goes_round_and_typing_follows_the_focus() {
    let mut stage = Stage::new(120, 36);
    // In one go, as a fast typist or a script sends it.
    stage.press("a tab b shift+tab c").await;
    assert_eq!(stage.model.desk.lyrics.content(), "ac");
    assert_eq!(stage.model.desk.title.content(), "b");
    stage.press("tab tab tab tab").await;
    assert_eq!(stage.model.focus, Pane::Lyrics);
    stage.press("shift+tab").await;
    assert_eq!(stage.model.focus, Pane::Takes);
}

#[tokio::test(start_paused = true)]
async fn sliders_and_choices_move_as_the_keys_say() {
    let mut stage = Stage::new(120, 36);
    stage.press("alt+2 down down down right").await;
    assert_eq!(stage.model.desk.choices().vocal, Vocal::Female);
    stage.press("down right right shift+left").await;
    assert_eq!(stage.model.desk.choices().style_weight, Weight::hundredths(69));
    stage.press("down 4").await;
    assert_eq!(stage.model.desk.choices().weirdness, Weight::hundredths(40));
    stage.sees("0.69");
    stage.press("alt+m").await;
    assert_eq!(stage.model.desk.mode(), Mode::Describe);
    stage.sees("1 Description");
    stage.press("f2").await;
    assert_eq!(stage.model.desk.mode(), Mode::Describe, "a key without a meaning does nothing");
}

// ---- a submit

#[tokio::test(start_paused = true)]
async fn a_song_goes_from_the_key_to_two_takes() {
    let mut stage = written(120, 36).await;
    stage.press("ctrl+g").await;
    // The intent was in the journal before anything started.
    let intent = stage.props.wanted.iter().position(is_job_record).expect("an intent");
    let start = stage.props.wanted.iter().position(|e| matches!(e, Effect::Start(_)));
    assert!(start.expect("a start") > intent);
    assert_eq!(stage.props.started(), [JobId(1)]);
    stage.job(1, JobNews::Progress(0.4)).await;
    stage.sees(" 40 %");
    let job = stage.model.queue.get(JobId(1)).unwrap().clone();
    assert_eq!(job.request.params.title, "Midnight Compiler");
    assert_eq!(job.request.text, SONG);
    stage.pass(ms(1900)).await;
    stage.job(1, JobNews::Done(pair(&job))).await;
    stage.sees("2 takes in 1.9 s; Ctrl+Space plays the first");
    stage.sees("Midnight Compiler v1");
    let open = stage.props.played();
    assert!(matches!(&open[..], [Command::Open { play: false, .. }]), "cued, not played: {open:?}");
    insta::assert_snapshot!("two_takes_120x36", stage.screen());
}

fn is_job_record(effect: &Effect) -> bool {
    matches!(effect, Effect::Record { record, .. } if matches!(**record, Record::Job(_)))
}

#[tokio::test(start_paused = true)]
async fn what_the_journal_does_not_take_is_not_started() {
    let mut stage = written(120, 36).await;
    stage.pass(ms(500)).await;
    stage.props.refuse = Some(refusal());
    stage.press("ctrl+g").await;
    assert!(stage.props.started().is_empty());
    let job = stage.model.queue.rows().next().unwrap();
    assert!(matches!(&job.state, JobState::Failed { failure, .. }
        if failure.class == FailureClass::Storage));
    stage.sees("Nothing was sent");
}

/// A refusal as the library words it.
fn refusal() -> WriteError {
    WriteError { what: "the draft of song 1".into(), fault: Fault::Full }
}

#[tokio::test(start_paused = true)]
async fn one_job_at_a_time_and_the_next_when_it_ends() {
    let mut stage = written(120, 36).await;
    stage.press("ctrl+g").await;
    stage.pass(ms(2500)).await;
    stage.press("ctrl+g").await;
    assert_eq!(stage.props.started().len(), 1);
    stage.sees("waits");
    let failure = Failure {
        class: FailureClass::Task,
        message: "the engine broke down".into(),
        advice: "Try again".into(),
    };
    stage.job(1, JobNews::Failed(failure)).await;
    assert_eq!(stage.props.started().len(), 2);
    stage.sees("Job 1: the engine broke down. Try again");
    stage.press("alt+3 c").await;
    assert!(stage.props.wanted.iter().any(|e| matches!(e, Effect::Cancel(id) if id.0 == 2)));
    stage.job(2, JobNews::Cancelled).await;
    stage.press("down r").await;
    assert_eq!(stage.props.started().len(), 3, "what failed is tried again as a new job");
}

#[tokio::test(start_paused = true)]
async fn a_held_key_orders_once() {
    let mut stage = written(120, 36).await;
    for _ in 0..50 {
        stage.press("ctrl+g").await;
        stage.pass(ms(100)).await;
    }
    assert_eq!(stage.model.queue.len(), 1, "held for five seconds");
    stage.sees("Already in the queue");
}

#[tokio::test(start_paused = true)]
async fn what_cannot_leave_says_why_and_where() {
    let mut stage = Stage::new(120, 36);
    stage.press("alt+4 ctrl+g").await;
    stage.sees("Write some lyrics first");
    assert_eq!(stage.model.focus, Pane::Lyrics);
    stage.type_text(SONG).await;
    stage.press("alt+2").await;
    stage.type_text(&"x".repeat(81)).await;
    stage.press("alt+1 ctrl+g").await;
    stage.sees("Title: 1 over the limit of 80 characters");
    assert_eq!(stage.model.focus, Pane::Song);
    assert!(stage.model.queue.is_empty());
    assert_eq!(stage.model.desk.title.characters(), 81, "nothing was cut");
}

// ---- a play

#[tokio::test(start_paused = true)]
async fn takes_play_in_the_order_of_the_list() {
    let mut stage = written(120, 36).await;
    stage.press("ctrl+g").await;
    let job = stage.model.queue.rows().next().unwrap().clone();
    stage.job(1, JobNews::Done(pair(&job))).await;
    stage.press("alt+4 enter f9 f9 right").await;
    let played: Vec<_> = stage.props.played();
    let opened = |letter: &str| {
        let path = format!("/nowhere/1{letter}.mp3");
        move |command: &Command| matches!(command, Command::Open { path: p, play: true, .. } if p == std::path::Path::new(&path))
    };
    assert!(opened("A")(&played[1]), "{played:?}");
    assert!(opened("B")(&played[2]), "{played:?}");
    assert_eq!(played.len(), 3, "past the last take nothing plays: {played:?}");
    stage.sees("Nothing is in the player");
}

// ---- leaving and coming back

#[tokio::test(start_paused = true)]
async fn quitting_saves_first_and_everything_is_there_again() {
    let dir = tempfile::tempdir().unwrap();
    let (library, contents) = Library::open(dir.path()).unwrap();
    let mut stage = Stage::open(120, 36, library, contents, &[]);
    write(&mut stage).await;
    stage.press("ctrl+g").await;
    let job = stage.model.queue.rows().next().unwrap().clone();
    stage.job(1, JobNews::Done(pair(&job))).await;
    stage.pass(ms(2500)).await;
    stage.press("ctrl+g ctrl+g up home alt+2 down down right alt+1").await;
    assert!(stage.press("ctrl+q").await, "it quits at once");
    drop(stage);

    let (library, contents) = Library::open(dir.path()).unwrap();
    let mut again = Stage::open(120, 36, library, contents, &[]);
    again.settle().await;
    let desk = &again.model.desk;
    assert_eq!(desk.lyrics.content(), SONG);
    assert_eq!((desk.lyrics.cursor().line, desk.lyrics.cursor().column), (5, 0));
    assert_eq!(desk.style.content(), "synth-pop, 120 bpm, warm");
    assert_eq!(desk.choices().vocal, Vocal::Female);
    assert_eq!(again.model.takes.all().len(), 2);
    assert_eq!(again.model.takes.all()[0].duration, pair(&job)[0].duration);
    assert_eq!(again.props.started(), [JobId(2)], "the job that was cut off goes on");
    again.sees("Going on with what was cut off");
}

#[tokio::test(start_paused = true)]
async fn words_that_cannot_be_saved_are_not_left_without_asking() {
    let mut stage = Stage::new(120, 36);
    stage.props.refuse = Some(refusal());
    stage.type_text("Neon").await;
    stage.pass(ms(300)).await;
    stage.sees("NOT SAVED");
    assert!(matches!(stage.model.saving.saved(), Saved::No(_)));
    assert!(!stage.press("ctrl+q").await, "it asks");
    stage.sees("Your words are not saved");
    assert!(!stage.press("s").await);
    assert!(stage.props.wanted.contains(&Effect::Rescue("Lyrics:\nNeon\n".into())));
    stage.props.refuse = None;
    stage.pass(Duration::from_secs(6)).await;
    stage.sees("· saved");
    assert!(stage.press("ctrl+q").await);
}

#[tokio::test(start_paused = true)]
async fn a_new_song_leaves_the_old_one_in_the_library() {
    let mut stage = written(120, 36).await;
    stage.press("ctrl+n").await;
    assert_eq!(stage.model.desk.song, SongId(2));
    assert!(stage.model.desk.lyrics.is_empty());
    stage.type_text("Paper cups").await;
    stage.press("ctrl+o").await;
    stage.type_text("midnight").await;
    stage.press("enter").await;
    assert_eq!(stage.model.desk.song, SongId(1));
    assert_eq!(stage.model.desk.lyrics.content(), SONG);
    assert_eq!(stage.props.library.draft(SongId(2)).unwrap().unwrap().lyrics, "Paper cups");
}

#[tokio::test(start_paused = true)]
async fn words_stay_on_the_desk_until_they_are_safe() {
    let mut stage = written(120, 36).await;
    stage.pass(ms(500)).await;
    stage.type_text("!").await;
    stage.props.refuse = Some(refusal());
    stage.press("ctrl+n").await;
    assert_eq!(stage.model.desk.song, SongId(1));
    stage.sees("This song stays on the desk");
    stage.props.refuse = None;
    stage.press("ctrl+n").await;
    assert_eq!(stage.model.desk.song, SongId(2));
    let kept = stage.props.library.draft(SongId(1)).unwrap().unwrap();
    assert_eq!(kept.lyrics, format!("{SONG}!"));
}

#[tokio::test(start_paused = true)]
async fn words_typed_while_another_song_is_fetched_are_kept() {
    let mut stage = written(120, 36).await;
    stage.press("ctrl+n").await;
    stage.type_text("Paper cups").await;
    stage.pass(ms(500)).await;
    stage.props.hold();
    stage.press("ctrl+o down enter").await;
    stage.type_text(" and more").await;
    stage.props.release();
    stage.settle().await;
    assert_eq!(stage.model.desk.song, SongId(1));
    assert_eq!(stage.model.desk.lyrics.content(), SONG);
    let kept = stage.props.library.draft(SongId(2)).unwrap().unwrap();
    assert_eq!(kept.lyrics, "Paper cups and more");
}

#[tokio::test(start_paused = true)]
async fn a_disk_that_does_not_answer_does_not_keep_the_user() {
    let mut stage = Stage::new(120, 36);
    stage.type_text("Neon").await;
    stage.props.hold();
    assert!(!stage.press("ctrl+q").await);
    stage.pass(ms(3100)).await;
    stage.sees("the disk does not answer");
    assert!(!stage.press(&"ctrl+q ".repeat(30)).await, "a held key answers no question");
    assert!(stage.press("alt+q").await);
}

#[tokio::test(start_paused = true)]
async fn what_the_journal_refused_goes_to_it_again() {
    let mut stage = written(120, 36).await;
    stage.press("ctrl+g").await;
    let job = stage.model.queue.rows().next().unwrap().clone();
    stage.pass(ms(500)).await;
    stage.props.refuse = Some(refusal());
    stage.job(1, JobNews::Done(pair(&job))).await;
    stage.sees("The journal is behind and tries again: the disk is full");
    stage.props.refuse = None;
    stage.pass(Duration::from_secs(6)).await;
    let written = stage.props.wanted.iter().filter(|effect| {
        matches!(effect, Effect::Record { record, .. } if matches!(**record, Record::Takes { .. }))
    });
    assert_eq!(written.count(), 2);
    assert!(stage.model.is_settled());
    assert_eq!(stage.model.next_wake(), None);
}

#[tokio::test(start_paused = true)]
async fn a_job_tried_again_stays_with_its_song() {
    let mut stage = written(120, 36).await;
    stage.press("ctrl+g alt+3 c").await;
    stage.job(1, JobNews::Cancelled).await;
    stage.press("ctrl+n").await;
    stage.type_text("Paper cups").await;
    stage.press("alt+3 r").await;
    let again = stage.model.queue.get(JobId(2)).unwrap();
    assert_eq!((again.song, again.version), (SongId(1), 2));
    assert_eq!(stage.model.queue.versions(SongId(2)), 0);
}

#[tokio::test(start_paused = true)]
async fn a_key_without_a_meaning_says_so() {
    let mut stage = Stage::new(120, 36);
    stage.press("f2").await;
    stage.sees("F2 does nothing here; F1 shows all keys");
    stage.press("alt+2 up ctrl+z").await;
    stage.sees("Ctrl+Z does nothing here");
    stage.press("ctrl+s").await;
    stage.sees("Everything is saved");
}

#[tokio::test(start_paused = true)]
async fn what_is_asked_for_from_a_window_is_done() {
    let mut stage = written(120, 36).await;
    stage.press("f1 f1").await;
    assert!(stage.model.overlay.is_none(), "the same key closes it");
    stage.press("f1 ctrl+g").await;
    assert!(stage.model.overlay.is_none());
    assert_eq!(stage.model.queue.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_title_is_never_read_as_a_key() {
    let mut stage = Stage::new(120, 36);
    stage.type_text("la la").await;
    stage.press("alt+2").await;
    stage.type_text("Tit {quit} x").await;
    stage.press("ctrl+g").await;
    stage.sees("Tit {quit} x is in the queue");
}

#[tokio::test(start_paused = true)]
async fn an_old_state_never_comes_after_a_new_one() {
    let dir = tempfile::tempdir().unwrap();
    let (library, contents) = Library::open(dir.path()).unwrap();
    let mut stage = Stage::open(120, 36, library, contents, &[]);
    write(&mut stage).await;
    stage.press("ctrl+g").await;
    stage.pass(ms(2500)).await;
    stage.press("ctrl+g").await;
    // The second job begins, which the journal refuses, and is done, which it takes.
    stage.props.refuse = Some(refusal());
    stage.job(1, JobNews::Cancelled).await;
    stage.props.refuse = None;
    let job = stage.model.queue.get(JobId(2)).unwrap().clone();
    assert!(matches!(job.state, JobState::Running { .. }));
    stage.job(2, JobNews::Done(pair(&job))).await;
    stage.pass(Duration::from_secs(6)).await;
    drop(stage);
    let (_library, contents) = Library::open(dir.path()).unwrap();
    let words: Vec<_> = contents.jobs.iter().map(|job| job.state.word()).collect();
    assert_eq!(words, ["cancelled", "done"]);
}
