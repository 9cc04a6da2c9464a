//! The three walks of the house, and the keys on the way: the production loop without a screen, a
//! disk or a real clock.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod stage;

use std::time::Duration;

use refrain::library::Record;
use refrain::player::{self, Command, Source, State, Status};
use refrain::song::{Failure, FailureClass, JobId, JobState, Mode, Vocal, Weight};
use refrain::studio::{Effect, Event, JobNews, Overlay, Pane};
use stage::{SONG, Stage, drafts, ms, pair, refusal, written};

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
    stage.press("down down right right shift+left").await;
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
    stage.sees("disk trouble");
}

#[tokio::test(start_paused = true)]
async fn one_job_at_a_time_and_the_next_when_it_ends() {
    let mut stage = written(120, 36).await;
    stage.press("ctrl+g").await;
    stage.pass(ms(2500)).await;
    stage.press("ctrl+g").await;
    assert_eq!(stage.props.started().len(), 1);
    stage.sees("waits");
    let failure = Failure::new(FailureClass::Task, "the engine broke down", "Try again");
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
        let source = Source::File(format!("/nowhere/1{letter}.mp3").into());
        move |command: &Command| matches!(command, Command::Open { take, play: true, .. } if take.source == source)
    };
    assert!(opened("A")(&played[1]), "{played:?}");
    assert!(opened("B")(&played[2]), "{played:?}");
    assert_eq!(played.len(), 3, "past the last take nothing plays: {played:?}");
    stage.sees("Nothing is in the player");
}

// ---- a choice

#[tokio::test(start_paused = true)]
async fn two_takes_are_compared_and_one_is_starred_with_a_reason() {
    let mut stage = written(120, 36).await;
    stage.press("ctrl+g").await;
    let job = stage.model.queue.rows().next().unwrap().clone();
    stage.job(1, JobNews::Done(pair(&job))).await;
    let [a, b] = [0, 1].map(|at| stage.model.takes.all()[at].id);
    let at = |take, rival, seconds| {
        Event::Player(player::Event::Status(Status {
            take: Some(take),
            rival: Some(rival),
            state: State::Playing,
            position: Duration::from_secs(seconds),
            ..Status::default()
        }))
    };
    stage.happens(at(a, b, 12)).await;
    stage.press("alt+4 x").await;
    stage.happens(at(b, a, 13)).await;
    assert_eq!(stage.props.played().last(), Some(&Command::Switch));
    stage.sees("Now B");
    stage.press("p").await;
    stage.type_text("the bridge breathes\n").await;
    let starred = stage.model.takes.get(b).unwrap().remarks.clone();
    assert_eq!((starred.star, &*starred.why), (true, "the bridge breathes"));
    let record = Record::Remarks { take: b, remarks: starred };
    let is_kept =
        |effect: &Effect| matches!(effect, Effect::Record { record: it, .. } if **it == record);
    assert!(stage.props.wanted.iter().any(is_kept), "it is in the journal");
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
