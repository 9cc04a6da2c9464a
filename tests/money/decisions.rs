//! What costs is asked twice, by two presses of a key; what a user can decide about a job.

use refrain::song::{FailureClass, JobState};
use refrain::studio::Effect;

use crate::stage::gateway::{accepted, failure, job, lost, over, refused, with_task};
use crate::stage::{NOW, Stage, ms, write};

fn unknown() -> JobState {
    let now = NOW.parse().unwrap();
    JobState::Unknown { since: now, at: now, failure: failure(FailureClass::Unknown) }
}

/// Presses a key as one that is held: a pause, then again and again.
async fn hold(stage: &mut Stage, key: &str) {
    stage.press(key).await;
    for pause in [600, 30, 30, 250, 30, 500, 100, 600, 30, 30, 600, 600, 30] {
        stage.pass(ms(pause)).await;
        stage.press(key).await;
    }
    for _ in 0..100 {
        stage.pass(ms(33)).await;
        stage.press(key).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_held_key_pays_once() {
    for gateway in ["apixo", "apimall", "apiin", "udioapi"] {
        let mut stage = Stage::paying(gateway).await;
        hold(&mut stage, "ctrl+g").await;
        assert_eq!(stage.props.created(), [1], "{gateway}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_same_song_within_a_minute_asks_once_more() {
    let mut stage = Stage::sending("apixo").await;
    stage.pass(ms(5000)).await;
    stage.press("ctrl+g").await;
    stage.sees("This very song was sent 5 s ago");
    stage.pass(ms(700)).await;
    stage.press("ctrl+g").await;
    assert_eq!(stage.model.queue.len(), 1, "too soon after the question");
    stage.pass(ms(16_000)).await;
    stage.press("ctrl+g").await;
    assert_eq!(stage.model.queue.len(), 1, "another thought");
    stage.pass(ms(900)).await;
    stage.press("ctrl+g").await;
    assert_eq!(stage.model.queue.len(), 2);
    stage.pass(ms(61_000)).await;
    stage.press("ctrl+g").await;
    assert_eq!(stage.model.queue.len(), 3, "after a minute nothing is asked");
}

#[tokio::test(start_paused = true)]
async fn a_change_in_between_takes_the_question_back() {
    let mut stage = Stage::sending("apixo").await;
    stage.pass(ms(1000)).await;
    stage.press("ctrl+g").await;
    stage.type_text("x").await;
    stage.press("backspace").await;
    stage.pass(ms(2000)).await;
    stage.press("ctrl+g").await;
    assert_eq!(stage.model.queue.len(), 1);
    // Another song is another request: it is not asked.
    stage.type_text("x").await;
    stage.press("ctrl+g").await;
    assert_eq!(stage.model.queue.len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_warning_asks_once_more_where_it_costs() {
    let mut stage = Stage::with_profiles(120, 36, &["apixo", "sketch"]);
    stage.type_text("[Chrous]\nla la").await;
    hold(&mut stage, "ctrl+g").await;
    assert!(stage.model.queue.is_empty());
    stage.pass(ms(1000)).await;
    stage.press("ctrl+g").await;
    assert_eq!(stage.model.queue.len(), 1);
    stage.press("alt+g ctrl+g").await;
    assert_eq!(stage.model.queue.len(), 2, "a sketch costs nothing");
    stage.press("ctrl+g").await;
    stage.sees("Already in the queue");
    stage.pass(ms(2100)).await;
    stage.press("ctrl+g").await;
    assert_eq!(stage.model.queue.len(), 3);
}

#[tokio::test(start_paused = true)]
async fn what_is_unknown_has_three_ways_on() {
    let mut stage = Stage::with_jobs(vec![job(1, "apixo", unknown())]);
    stage.pass(ms(3000)).await;
    stage.press("alt+3 b").await;
    assert!(stage.props.wanted.contains(&Effect::Balance("apixo".into())));
    hold(&mut stage, "r").await;
    assert!(stage.props.created().is_empty(), "a held key pays nothing");
    stage.pass(ms(1000)).await;
    stage.press("r").await;
    assert_eq!(stage.props.created(), [2], "a new action, with a number of its own");
    assert_eq!(stage.word(1), "cancelled");

    let mut stage = Stage::with_jobs(vec![job(1, "apixo", unknown())]);
    stage.pass(ms(3000)).await;
    stage.press("alt+3 delete").await;
    assert_eq!((stage.word(1), stage.props.created().len()), ("cancelled", 0));
    hold(&mut stage, "r").await;
    assert!(stage.props.created().is_empty(), "it may have been paid once");
}

#[tokio::test(start_paused = true)]
async fn with_a_key_the_unknown_is_sent_again_and_paid_once() {
    let mut stage = Stage::with_jobs(vec![job(1, "apimall", unknown())]);
    stage.pass(ms(3000)).await;
    hold(&mut stage, "alt+3 r").await;
    assert_eq!(stage.props.created(), [1], "the same job");
    stage.job(1, refused(FailureClass::Auth)).await;
    assert_eq!(stage.word(1), "unknown");
}

#[tokio::test(start_paused = true)]
async fn what_was_taken_and_failed_asks_before_it_costs_again() {
    let mut stage = Stage::running("apixo").await;
    stage.pass(ms(46_000)).await;
    stage.job(1, over(FailureClass::Invalid)).await;
    stage.press("alt+3").await;
    hold(&mut stage, "r").await;
    assert_eq!(stage.props.created(), [1]);
    stage.pass(ms(1000)).await;
    stage.press("r").await;
    assert_eq!(stage.props.created(), [1, 2]);
}

#[tokio::test(start_paused = true)]
async fn a_key_held_in_the_window_of_a_job_orders_once() {
    let mut stage = Stage::sending("apixo").await;
    stage.job(1, refused(FailureClass::Funds)).await;
    stage.press("alt+3 enter").await;
    hold(&mut stage, "r").await;
    assert_eq!(stage.props.created(), [1, 2]);
    assert_eq!(stage.model.queue.len(), 2);
}

#[tokio::test(start_paused = true)]
async fn what_was_refused_goes_again_at_one_press() {
    let mut stage = Stage::sending("apixo").await;
    stage.job(1, refused(FailureClass::Funds)).await;
    stage.press("alt+3 r").await;
    assert_eq!(stage.props.created(), [1, 2]);
    // The same song within a minute, by another key.
    stage.press("alt+1 ctrl+g").await;
    stage.sees("This very song was sent");
    assert_eq!(stage.model.queue.len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_request_on_its_way_cannot_be_called_back_but_one_that_waits_can() {
    let mut stage = Stage::sending("apimall").await;
    stage.press("alt+3 c").await;
    stage.sees("is on its way; wait for the answer");
    stage.job(1, lost()).await;
    stage.press("c").await;
    assert_eq!(stage.word(1), "unknown", "it may have arrived");
    stage.press("c c").await;
    assert_eq!(stage.word(1), "unknown", "the key was held");
    stage.pass(ms(900)).await;
    stage.press("c").await;
    assert_eq!(stage.word(1), "cancelled");
    stage.pass(ms(600_000)).await;
    assert_eq!(stage.props.created(), [1]);
}

#[tokio::test(start_paused = true)]
async fn a_cancelled_task_is_taken_up_again_as_itself() {
    let now = NOW.parse().unwrap();
    let left = with_task(job(1, "apixo", JobState::Cancelled { at: now }), "t1");
    let mut stage = Stage::with_jobs(vec![left]);
    write(&mut stage).await;
    stage.press("alt+3 r").await;
    stage.pass(ms(46_000)).await;
    assert_eq!((stage.word(1), stage.props.polled()), ("running", vec![1]));
    assert!(stage.props.created().is_empty());
    stage.job(1, accepted("other")).await;
    assert_eq!(stage.journalled(1).unwrap().receipt.task.as_deref(), Some("t1"));
}
