//! Nothing is lost: leaving and coming back, a journal that refuses or does not answer.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod stage;

use std::time::Duration;

use refrain::library::{Library, Record};
use refrain::song::{JobId, JobState, SongId, Vocal};
use refrain::studio::{Effect, JobNews, Saved};
use stage::{SONG, Stage, ms, pair, refusal, write, written};

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
