//! Nothing happens outside that the journal does not have.

use refrain::library::Record;
use refrain::song::JobId;
use refrain::studio::{Effect, JobNews};

use crate::stage::gateway::{accepted, complete, lost, working};
use crate::stage::{Stage, ms, pair, refusal};

const SLOW: std::time::Duration = ms(60_000);

#[tokio::test(start_paused = true)]
async fn each_step_waits_for_the_journal() {
    let mut stage = Stage::paying("apixo").await;
    stage.props.hold();
    stage.press("ctrl+g").await;
    stage.pass(SLOW).await;
    assert_eq!(stage.word(1), "waiting", "the intent is not in the journal");
    stage.props.release();
    stage.props.hold();
    stage.settle().await;
    assert_eq!((stage.word(1), stage.props.created().len()), ("sending", 0));
    assert_eq!(stage.journalled(1).unwrap().state.word(), "sending");
    stage.pass(SLOW).await;
    assert!(stage.props.created().is_empty(), "that it leaves is not in the journal");
    stage.props.release();
    stage.settle().await;
    assert_eq!(stage.props.created(), [1]);

    stage.props.hold();
    stage.job(1, accepted("t1")).await;
    stage.pass(SLOW).await;
    assert_eq!(stage.journalled(1).unwrap().receipt.task.as_deref(), Some("t1"));
    assert!(stage.props.polled().is_empty(), "the task is not in the journal");
    stage.props.release();
    stage.pass(ms(2)).await;
    assert_eq!(stage.props.polled(), [1]);

    stage.props.hold();
    stage.job(1, complete("x")).await;
    stage.pass(SLOW).await;
    assert!(stage.props.fetched().is_empty(), "the addresses are not in the journal");
    stage.props.release();
    stage.settle().await;
    assert_eq!(stage.props.fetched(), [1]);

    let job = stage.model.queue.get(JobId(1)).unwrap().clone();
    for take in pair(&job) {
        stage.job(1, JobNews::Fetched(Box::new(take))).await;
    }
    stage.props.hold();
    stage.job(1, JobNews::FetchEnded(Ok(()))).await;
    assert_eq!(stage.word(1), "done");
    let sweeps = |stage: &Stage| {
        stage.props.wanted.iter().filter(|effect| matches!(effect, Effect::Sweep(_))).count()
    };
    assert_eq!(sweeps(&stage), 0);
    stage.props.release();
    stage.settle().await;
    assert_eq!(sweeps(&stage), 1);
    stage.pass(ms(2000)).await;
    assert_eq!(stage.model.next_wake(), None);
}

#[tokio::test(start_paused = true)]
async fn a_task_that_the_journal_refuses_is_told_and_asked_about_later() {
    let mut stage = Stage::sending("apixo").await;
    stage.props.refuse = Some(refusal());
    stage.job(1, accepted("task-4711")).await;
    stage.sees("Job 1 is the task task-4711 at its gateway; note that down");
    stage.pass(SLOW).await;
    assert!(stage.props.polled().is_empty());
    stage.props.refuse = None;
    stage.pass(ms(5100)).await;
    assert_eq!(stage.props.polled(), [1]);
}

#[tokio::test(start_paused = true)]
async fn a_request_that_the_journal_refuses_waits_and_leaves_later() {
    let mut stage = Stage::paying("apixo").await;
    stage.props.refuse = Some(refusal());
    stage.props.refuse_only =
        Some(|record| matches!(record, Record::Job(job) if job.state.word() == "sending"));
    stage.press("ctrl+g").await;
    assert_eq!((stage.word(1), stage.props.created().len()), ("waiting", 0));
    stage.sees("Nothing was sent, because the journal did not take it");
    stage.props.refuse = None;
    stage.pass(ms(3000)).await;
    assert_eq!((stage.word(1), stage.props.created()), ("sending", vec![1]));
}

#[tokio::test(start_paused = true)]
async fn a_journal_that_goes_on_refusing_ends_it_with_nothing_sent() {
    let mut stage = Stage::paying("apixo").await;
    stage.props.refuse = Some(refusal());
    stage.props.refuse_only =
        Some(|record| matches!(record, Record::Job(job) if job.state.word() == "sending"));
    stage.press("ctrl+g").await;
    stage.pass(ms(600_000)).await;
    assert_eq!((stage.word(1), stage.props.created().len()), ("failed", 0));
}

#[tokio::test(start_paused = true)]
async fn a_key_that_the_journal_refuses_to_send_again_stays_unknown() {
    let mut stage = Stage::sending("apimall").await;
    for _ in 0..8 {
        stage.job(1, lost()).await;
        stage.pass(ms(80_000)).await;
    }
    assert_eq!(stage.word(1), "unknown");
    let sent = stage.props.created().len();
    stage.props.refuse = Some(refusal());
    stage.press("alt+3 r").await;
    stage.pass(ms(600_000)).await;
    assert_eq!((stage.word(1), stage.props.created().len()), ("unknown", sent));
}

#[tokio::test(start_paused = true)]
async fn what_is_watched_again_waits_for_the_journal_too() {
    let mut stage = Stage::sending("apixo").await;
    stage.props.hold();
    stage.job(1, accepted("t1")).await;
    stage.press("alt+3 c r").await;
    stage.pass(SLOW).await;
    assert_eq!((stage.word(1), stage.props.polled().len()), ("running", 0));
    stage.props.release();
    stage.pass(ms(2)).await;
    assert_eq!(stage.props.polled(), [1], "once, though two answers came");
    stage.job(1, working()).await;
    assert!(stage.due_in(1).is_some());
}

#[tokio::test(start_paused = true)]
async fn takes_are_journalled_one_by_one_and_all_of_them_with_the_end() {
    let mut stage = Stage::running("apixo").await;
    stage.pass(SLOW).await;
    stage.job(1, complete("x")).await;
    let job = stage.model.queue.get(JobId(1)).unwrap().clone();
    let [a, b] = <[_; 2]>::try_from(pair(&job)).unwrap();
    // The journal refuses the first by itself; the end must not be there without it.
    stage.props.refuse = Some(refusal());
    stage.job(1, JobNews::Fetched(Box::new(a))).await;
    stage.props.refuse = None;
    stage.job(1, JobNews::Fetched(Box::new(b))).await;
    stage.job(1, JobNews::FetchEnded(Ok(()))).await;
    let last = stage.props.wanted.iter().rev().find_map(|effect| match effect {
        Effect::Record { record, .. } => match &**record {
            Record::Takes { job, takes } => Some((job.state.word(), takes.len())),
            _ => None,
        },
        _ => None,
    });
    assert_eq!(last, Some(("done", 2)));
}
