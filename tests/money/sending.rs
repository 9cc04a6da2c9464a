//! What the answer to a request does, and what is sent again.

use refrain::song::{FailureClass, JobId};
use refrain::studio::Effect;

use crate::stage::gateway::{accepted, busy, conflict, lost, refused};
use crate::stage::{Stage, ms};

fn keys(stage: &Stage) -> Vec<Option<String>> {
    let key = |effect: &Effect| match effect {
        Effect::Create(job) => Some(job.idempotency_key.clone()),
        _ => None,
    };
    stage.props.wanted.iter().filter_map(key).collect()
}

#[tokio::test(start_paused = true)]
async fn busy_goes_back_to_waiting_and_again_never_too_soon() {
    for gateway in ["apixo", "apimall", "apiin", "udioapi"] {
        let mut stage = Stage::sending(gateway).await;
        stage.job(1, busy(Some(3600))).await;
        assert_eq!(stage.word(1), "waiting");
        assert_eq!(stage.journalled(1).unwrap().state.word(), "waiting");
        assert!(stage.due_in(1).unwrap() >= 3599.0, "{:?}", stage.due_in(1));
        // Not even by hand.
        stage.press("alt+3 r").await;
        stage.sees("asks to be left alone for");
        stage.pass(ms(3_590_000)).await;
        assert_eq!(stage.props.created().len(), 1);
        stage.pass(ms(400_000)).await;
        assert_eq!(stage.props.created().len(), 2, "{gateway}");
        stage.job(1, accepted("t1")).await;
        assert_eq!(stage.word(1), "running");
    }
}

#[tokio::test(start_paused = true)]
async fn a_gateway_that_stays_busy_ends_it_and_nothing_was_charged() {
    let mut stage = Stage::sending("apixo").await;
    for sent in 1..=7 {
        assert_eq!(stage.props.created().len(), sent);
        stage.job(1, busy(None)).await;
        stage.pass(ms(80_000)).await;
    }
    stage.job(1, busy(None)).await;
    assert_eq!(stage.word(1), "failed");
    let job = stage.model.queue.get(JobId(1)).unwrap();
    assert_eq!(job.state.failure().unwrap().class, FailureClass::Busy);
    stage.pass(ms(600_000)).await;
    assert_eq!(stage.props.created().len(), 8);
    assert_eq!(stage.model.next_wake(), None);
}

#[tokio::test(start_paused = true)]
async fn without_a_key_a_lost_answer_is_never_sent_again() {
    for gateway in ["apixo", "apiin", "udioapi"] {
        let mut stage = Stage::sending(gateway).await;
        stage.job(1, lost()).await;
        assert_eq!(stage.word(1), "unknown");
        stage.sees("It is not sent again by itself");
        stage.pass(ms(2000)).await;
        assert_eq!(stage.model.next_wake(), None, "it causes no wakes");
        stage.pass(ms(3_600_000)).await;
        assert_eq!(stage.props.created(), [1]);
        // An answer that comes after all is worth having.
        stage.job(1, accepted("late")).await;
        assert_eq!(stage.word(1), "running");
    }
}

#[tokio::test(start_paused = true)]
async fn with_a_key_a_lost_answer_is_sent_again_with_the_same_one() {
    let mut stage = Stage::sending("apimall").await;
    stage.job(1, lost()).await;
    assert_eq!(stage.word(1), "sending");
    stage.pass(ms(3000)).await;
    stage.job(1, lost()).await;
    stage.pass(ms(6000)).await;
    stage.job(1, accepted("t1")).await;
    assert_eq!(stage.word(1), "running");
    let keys = keys(&stage);
    assert_eq!(keys.len(), 3);
    assert!(keys[0].is_some() && keys.iter().all(|key| *key == keys[0]), "{keys:?}");
    assert_eq!(stage.journalled(1).unwrap().idempotency_key, keys[0]);
}

#[tokio::test(start_paused = true)]
async fn after_a_lost_answer_nothing_proves_that_nothing_was_charged() {
    // Busy keeps it sent, which a restart takes up with the key.
    let mut stage = Stage::sending("apimall").await;
    stage.job(1, lost()).await;
    stage.pass(ms(3000)).await;
    stage.job(1, busy(None)).await;
    assert_eq!(stage.word(1), "sending");
    for _ in 0..8 {
        stage.pass(ms(80_000)).await;
        stage.job(1, busy(None)).await;
    }
    assert_eq!(stage.word(1), "unknown", "not failed, which would be ordered anew");
    // The account may be empty because it was charged.
    for class in [FailureClass::Funds, FailureClass::Auth] {
        let mut stage = Stage::sending("apimall").await;
        stage.job(1, lost()).await;
        stage.pass(ms(3000)).await;
        stage.job(1, refused(class)).await;
        assert_eq!(stage.word(1), "unknown", "{class:?}");
    }
    let mut stage = Stage::sending("apimall").await;
    stage.job(1, lost()).await;
    stage.pass(ms(3000)).await;
    stage.job(1, refused(FailureClass::Moderation)).await;
    assert_eq!(stage.word(1), "failed", "the same words were refused the first time");
}

#[tokio::test(start_paused = true)]
async fn a_conflict_stops() {
    let mut stage = Stage::sending("apimall").await;
    stage.job(1, conflict()).await;
    assert_eq!(stage.word(1), "unknown");
    stage.pass(ms(3_600_000)).await;
    assert_eq!(stage.props.created(), [1]);
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_comes_twice_changes_nothing() {
    let mut stage = Stage::sending("apixo").await;
    stage.props.hold();
    for _ in 0..3 {
        stage.job(1, busy(None)).await;
    }
    assert_eq!(stage.model.watch.turn(JobId(1)).unwrap().failures, 1);
    stage.pass(ms(3000)).await;
    assert_eq!(stage.word(1), "sending");
    // Old news while the journal is told that it leaves again.
    stage.job(1, busy(None)).await;
    assert_eq!(stage.word(1), "sending");
    stage.props.release();
    stage.settle().await;
    assert_eq!(stage.props.created(), [1, 1]);
    stage.job(1, accepted("t1")).await;
    stage.job(1, accepted("t2")).await;
    stage.job(1, lost()).await;
    let job = stage.model.queue.get(JobId(1)).unwrap();
    assert_eq!((job.state.word(), job.receipt.task.as_deref()), ("running", Some("t1")));
}

#[tokio::test(start_paused = true)]
async fn one_that_was_turned_away_keeps_those_behind_it_waiting() {
    let mut stage = Stage::with_profiles(120, 36, &["apixo", "apiin"]);
    crate::stage::write(&mut stage).await;
    for _ in 0..4 {
        stage.type_text("a").await;
        stage.press("ctrl+g").await;
    }
    assert_eq!(stage.props.created(), [1, 2, 3], "three at once");
    stage.job(2, busy(Some(60))).await;
    stage.job(3, refused(FailureClass::Invalid)).await;
    assert_eq!(stage.word(4), "waiting", "it would be turned away as well");
    stage.press("alt+g").await;
    stage.type_text("a").await;
    stage.press("ctrl+g").await;
    assert_eq!(stage.props.created(), [1, 2, 3, 5], "another gateway");
    // Given up, it keeps nobody waiting.
    stage.press("alt+3 home down down down c").await;
    assert_eq!(stage.word(2), "cancelled");
    assert_eq!(stage.props.created(), [1, 2, 3, 5, 4]);
}

#[tokio::test(start_paused = true)]
async fn the_queue_goes_on_whatever_becomes_of_those_before() {
    use crate::stage::gateway::{complete, over, poll_refused};
    let mut stage = Stage::paying("apixo").await;
    for _ in 0..8 {
        stage.type_text("a").await;
        stage.press("ctrl+g").await;
    }
    assert_eq!(stage.props.created(), [1, 2, 3]);
    for id in 1..=3 {
        stage.job(id, accepted("t")).await;
    }
    stage.pass(ms(46_000)).await;
    stage.job(1, over(FailureClass::Task)).await;
    assert_eq!(stage.props.created().last(), Some(&4), "failed");
    stage.job(2, poll_refused()).await;
    assert_eq!(stage.props.created().last(), Some(&5), "stalled");
    stage.job(3, complete("x")).await;
    assert_eq!((stage.word(3), stage.props.created().last()), ("fetching", Some(&6)));
    stage.job(4, lost()).await;
    assert_eq!(stage.props.created().last(), Some(&7), "unknown");
    stage.job(5, accepted("t")).await;
    stage.press("alt+3 home down down down c").await;
    assert_eq!((stage.word(5), stage.props.created().last()), ("cancelled", Some(&8)));
}
