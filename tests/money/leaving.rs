//! Leaving loses no answer that is worth money, begins nothing, and can be thought better of.

use refrain::library::Record;
use refrain::song::{FailureClass, JobId};
use refrain::studio::{Effect, Event};

use crate::stage::gateway::{accepted, busy, complete, lost, refused};
use crate::stage::{Stage, ms, refusal};

fn last_word(stage: &Stage, id: u64) -> &'static str {
    stage.journalled(id).unwrap().state.word()
}

#[tokio::test(start_paused = true)]
async fn it_waits_for_the_answer_and_its_place_in_the_journal() {
    let mut stage = Stage::sending("apixo").await;
    assert!(!stage.press("ctrl+q").await);
    stage.sees("A request is on its way; its answer is awaited");
    assert!(!stage.pass(ms(60_000)).await);
    stage.props.hold();
    stage.job(1, accepted("t1")).await;
    assert!(!stage.pass(ms(60_000)).await, "the task is not in the journal");
    stage.props.release();
    assert!(stage.settle().await);
    assert_eq!(stage.journalled(1).unwrap().receipt.task.as_deref(), Some("t1"));
    assert!(stage.props.polled().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_second_press_leaves_at_once_but_not_a_held_key() {
    let mut stage = Stage::sending("apixo").await;
    for _ in 0..40 {
        assert!(!stage.press("ctrl+q").await);
        stage.pass(ms(100)).await;
    }
    // However late: it still waits.
    stage.pass(ms(40_000)).await;
    assert!(stage.press("ctrl+q").await);
    assert_eq!(last_word(&stage, 1), "sending", "the next run shows it as unknown");
}

#[tokio::test(start_paused = true)]
async fn any_other_key_stays_and_work_goes_on() {
    for key in ["esc", "x", "alt+3", "f2", "enter"] {
        let mut stage = Stage::sending("apixo").await;
        for _ in 0..3 {
            stage.type_text("a").await;
            stage.press("ctrl+g").await;
        }
        assert_eq!(stage.props.created(), [1, 2, 3]);
        stage.press("ctrl+q").await;
        stage.job(1, refused(FailureClass::Invalid)).await;
        assert_eq!(stage.props.created().len(), 3, "nothing begins");
        assert!(!stage.press(key).await);
        assert_eq!(stage.props.created(), [1, 2, 3, 4], "{key}");
        stage.job(2, accepted("t2")).await;
        stage.job(3, accepted("t3")).await;
        assert!(!stage.pass(ms(46_000)).await, "it stays");
        assert_eq!(stage.props.polled(), [2, 3]);
    }
}

#[tokio::test(start_paused = true)]
async fn what_the_journal_has_as_leaving_does_not_leave_any_more() {
    let mut stage = Stage::paying("apixo").await;
    stage.props.hold();
    stage.press("ctrl+g").await;
    stage.props.release();
    stage.props.hold();
    stage.settle().await;
    assert_eq!(stage.word(1), "sending");
    stage.press("ctrl+q").await;
    stage.props.release();
    assert!(stage.pass(ms(100)).await);
    assert!(stage.props.created().is_empty());
    assert_eq!(last_word(&stage, 1), "waiting", "the next run sends it");
}

#[tokio::test(start_paused = true)]
async fn nothing_is_asked_or_fetched_on_the_way_out() {
    let mut stage = Stage::with_profiles(120, 36, &["apixo"]);
    crate::stage::write(&mut stage).await;
    stage.press("ctrl+g").await;
    stage.type_text("a").await;
    stage.press("ctrl+g").await;
    stage.job(1, accepted("t1")).await;
    stage.pass(ms(46_000)).await;
    assert_eq!(stage.props.polled(), [1]);
    stage.press("ctrl+q").await;
    stage.job(1, complete("x")).await;
    assert!(!stage.pass(ms(60_000)).await);
    assert_eq!((stage.word(1), stage.props.fetched().len()), ("fetching", 0));
    stage.press("esc").await;
    stage.pass(ms(10)).await;
    assert_eq!(stage.props.fetched(), [1]);
}

#[tokio::test(start_paused = true)]
async fn a_request_between_two_tries_does_not_keep_the_user() {
    let mut stage = Stage::sending("apimall").await;
    stage.job(1, lost()).await;
    assert!(stage.press("ctrl+q").await, "the next run sends it again with its key");
    assert_eq!(last_word(&stage, 1), "sending");
    let mut stage = Stage::sending("apixo").await;
    stage.press("ctrl+q").await;
    stage.props.tell(Event::Job(JobId(1), busy(None)));
    assert!(stage.settle().await);
    assert_eq!(last_word(&stage, 1), "waiting");
}

#[tokio::test(start_paused = true)]
async fn a_task_that_the_journal_refuses_is_not_left_behind() {
    let mut stage = Stage::sending("apixo").await;
    stage.props.refuse = Some(refusal());
    stage.props.refuse_only = Some(|record| matches!(record, Record::Job(_)));
    stage.job(1, accepted("t1")).await;
    assert!(!stage.press("ctrl+q").await);
    assert!(!stage.pass(ms(30_000)).await);
    stage.props.refuse = None;
    assert!(stage.pass(ms(6000)).await);
    let last = stage.journalled(1).unwrap();
    assert_eq!(last.receipt.task.as_deref(), Some("t1"));
}

#[tokio::test(start_paused = true)]
async fn words_that_are_not_safe_are_asked_about_and_work_goes_on() {
    let mut stage = Stage::sending("apixo").await;
    stage.type_text("abc").await;
    stage.props.refuse = Some(refusal());
    stage.props.refuse_only = Some(|record| matches!(record, Record::Draft { .. }));
    assert!(!stage.press("ctrl+q").await);
    stage.sees("Your words are not saved");
    stage.press("esc").await;
    stage.job(1, accepted("t1")).await;
    assert!(!stage.pass(ms(46_000)).await);
    assert_eq!(stage.props.polled(), [1]);
}

#[tokio::test(start_paused = true)]
async fn the_systems_wish_waits_for_an_order_but_not_for_ever() {
    let mut stage = Stage::sending("apixo").await;
    stage.props.tell(Event::Terminate);
    assert!(!stage.pass(ms(9900)).await);
    assert!(stage.pass(ms(200)).await);

    // Without an order on its way it waits for the journal alone, and not as long.
    let mut stage = Stage::with_profiles(120, 36, &["apixo"]);
    stage.props.hold();
    stage.type_text("abc").await;
    stage.props.tell(Event::Terminate);
    assert!(!stage.pass(ms(2900)).await);
    assert!(stage.pass(ms(200)).await);

    let mut stage = Stage::sending("apixo").await;
    stage.props.tell(Event::Terminate);
    assert!(!stage.pass(ms(1000)).await);
    stage.props.tell(Event::Job(JobId(1), accepted("t1")));
    assert!(stage.settle().await);
    assert_eq!(stage.journalled(1).unwrap().receipt.task.as_deref(), Some("t1"));
}

#[tokio::test(start_paused = true)]
async fn what_the_journal_refused_is_tried_once_more_at_the_end() {
    let mut stage = Stage::sending("apixo").await;
    stage.props.refuse = Some(refusal());
    stage.job(1, accepted("t1")).await;
    stage.props.refuse = None;
    stage.props.tell(Event::Terminate);
    assert!(stage.settle().await);
    let tasks = stage.props.wanted.iter().filter(|effect| {
        matches!(effect, Effect::Record { record, .. }
            if matches!(&**record, Record::Job(job) if job.receipt.task.is_some()))
    });
    assert_eq!(tasks.count(), 2);
}
