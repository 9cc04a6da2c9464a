//! A task is asked about at the right moments, its takes are fetched, and nothing is given up for
//! trouble on the way.

use refrain::song::{FailureClass, JobId};
use refrain::studio::{Event, JobNews};

use crate::stage::gateway::{
    again, complete, job, missing, not_fetched, poll_refused, with_task, working,
};
use crate::stage::{Stage, ms, pair};

#[tokio::test(start_paused = true)]
async fn the_first_question_comes_when_the_gateway_says_and_the_others_slower() {
    let mut stage = Stage::running("apixo").await;
    assert_eq!(stage.due_in(1).map(f64::round), Some(45.0));
    stage.pass(ms(44_900)).await;
    assert!(stage.props.polled().is_empty());
    stage.pass(ms(200)).await;
    assert_eq!(stage.props.polled(), [1]);
    // While the answer is awaited nothing else is asked.
    stage.pass(ms(300_000)).await;
    assert_eq!(stage.props.polled(), [1]);
    for polls in 2..20 {
        stage.job(1, working()).await;
        let due = stage.due_in(1).unwrap();
        assert!((4.9..=12.0).contains(&due), "{due}");
        stage.pass(ms(12_001)).await;
        assert_eq!(stage.props.polled().len(), polls);
    }
    assert_eq!(stage.props.created(), [1]);
}

#[tokio::test(start_paused = true)]
async fn trouble_is_waited_out_and_retry_after_obeyed() {
    let mut stage = Stage::running("apixo").await;
    stage.pass(ms(46_000)).await;
    stage.job(1, again(Some(600))).await;
    assert!(stage.due_in(1).unwrap() >= 599.9);
    stage.press("alt+3 r").await;
    stage.props.tell(Event::Hint("nobody".into()));
    stage.pass(ms(599_000)).await;
    assert_eq!(stage.props.polled().len(), 1);
    stage.pass(ms(100_000)).await;
    assert_eq!(stage.props.polled().len(), 2);
    // Other trouble before does not count towards not being known.
    for polls in 3..6 {
        stage.job(1, again(None)).await;
        stage.pass(ms(80_000)).await;
        assert_eq!(stage.props.polled().len(), polls);
    }
    for _ in 0..3 {
        stage.job(1, missing()).await;
        assert_eq!(stage.word(1), "running");
        stage.pass(ms(80_000)).await;
    }
    stage.job(1, missing()).await;
    assert_eq!(stage.word(1), "stalled");
    stage.pass(ms(2000)).await;
    assert_eq!(stage.model.next_wake(), None, "it causes no wakes");
    // Asked for again it has its task, and no second request leaves.
    stage.press("r").await;
    stage.pass(ms(5)).await;
    assert_eq!((stage.word(1), stage.props.created()), ("running", vec![1]));
    assert_eq!(stage.props.polled().len(), 9);
}

#[tokio::test(start_paused = true)]
async fn a_refusal_to_tell_stalls_at_once() {
    let mut stage = Stage::running("apixo").await;
    stage.pass(ms(46_000)).await;
    stage.job(1, poll_refused()).await;
    let job = stage.model.queue.get(JobId(1)).unwrap();
    assert_eq!(job.state.word(), "stalled");
    assert_eq!(job.state.failure().unwrap().class, FailureClass::Auth);
}

#[tokio::test(start_paused = true)]
async fn patience_ends_and_can_be_had_again() {
    let mut stage = Stage::running("apixo").await;
    for _ in 0..400 {
        stage.pass(ms(12_000)).await;
        if stage.word(1) == "stalled" {
            break;
        }
        stage.job(1, working()).await;
    }
    assert_eq!(stage.word(1), "stalled");
    stage.sees("is not done after 30 minutes");
    stage.press("alt+3 r").await;
    stage.pass(ms(5)).await;
    stage.job(1, working()).await;
    assert_eq!(stage.word(1), "running", "patience begins anew");
    assert_eq!(stage.props.created(), [1]);
}

#[tokio::test(start_paused = true)]
async fn trouble_while_fetching_has_a_count_of_its_own() {
    let mut stage = Stage::running("apixo").await;
    stage.pass(ms(46_000)).await;
    for _ in 0..5 {
        stage.job(1, again(None)).await;
        stage.pass(ms(80_000)).await;
    }
    stage.job(1, complete("x")).await;
    for fetches in 1..6 {
        assert_eq!(stage.props.fetched().len(), fetches);
        stage.job(1, not_fetched(FailureClass::Busy)).await;
        // Told twice, it counts once.
        stage.job(1, not_fetched(FailureClass::Busy)).await;
        assert_eq!(stage.word(1), "fetching");
        stage.pass(ms(80_000)).await;
    }
    stage.job(1, not_fetched(FailureClass::Busy)).await;
    assert_eq!(stage.word(1), "stalled");
    stage.press("alt+3 r").await;
    assert_eq!(stage.props.fetched().len(), 7);
}

#[tokio::test(start_paused = true)]
async fn a_disk_that_takes_nothing_stalls_at_once() {
    let mut stage = Stage::running("apixo").await;
    stage.pass(ms(46_000)).await;
    stage.job(1, complete("x")).await;
    stage.job(1, not_fetched(FailureClass::Storage)).await;
    assert_eq!(stage.word(1), "stalled");
}

#[tokio::test(start_paused = true)]
async fn what_was_let_go_ignores_late_answers_but_keeps_late_takes() {
    let mut stage = Stage::running("apixo").await;
    stage.pass(ms(46_000)).await;
    stage.press("alt+3 c").await;
    stage.job(1, complete("x")).await;
    assert_eq!(stage.word(1), "cancelled");
    stage.press("r").await;
    stage.pass(ms(5)).await;
    stage.job(1, complete("x")).await;
    assert_eq!((stage.word(1), stage.props.fetched().len()), ("fetching", 1));
    stage.press("c").await;
    let ordered = stage.model.queue.get(JobId(1)).unwrap().clone();
    let [a, b] = <[_; 2]>::try_from(pair(&ordered)).unwrap();
    stage.job(1, JobNews::Fetched(Box::new(a))).await;
    stage.job(1, JobNews::FetchEnded(Ok(()))).await;
    assert_eq!((stage.word(1), stage.model.takes.all().len()), ("cancelled", 1));
    stage.press("r").await;
    stage.job(1, JobNews::Fetched(Box::new(b))).await;
    stage.job(1, JobNews::FetchEnded(Ok(()))).await;
    assert_eq!((stage.word(1), stage.model.takes.all().len()), ("done", 2));
    assert_eq!(stage.props.created(), [1]);
}

#[tokio::test(start_paused = true)]
async fn a_hint_is_a_reason_to_ask_now_and_nothing_more() {
    let running = refrain::song::JobState::Running { since: crate::stage::NOW.parse().unwrap() };
    let mut stage = Stage::with_jobs(vec![with_task(job(1, "apixo", running), "t1")]);
    stage.settle().await;
    let hint = |stage: &Stage, token: &str| stage.props.tell(Event::Hint(token.into()));
    hint(&stage, "token-2");
    hint(&stage, "");
    stage.pass(ms(100)).await;
    assert!(stage.props.polled().is_empty());
    for _ in 0..50 {
        hint(&stage, "token-1");
    }
    stage.pass(ms(100)).await;
    assert_eq!((stage.props.polled().len(), stage.word(1)), (1, "running"));
    // Many of them do not make it ask more than once a second.
    for _ in 0..50 {
        stage.job(1, working()).await;
        hint(&stage, "token-1");
        stage.pass(ms(100)).await;
    }
    let polls = stage.props.polled().len();
    assert!((4..=7).contains(&polls), "{polls}");
}

#[tokio::test(start_paused = true)]
async fn a_held_key_does_not_hammer_the_gateway() {
    let mut stage = Stage::running("apixo").await;
    stage.press("alt+3").await;
    for _ in 0..50 {
        stage.press("r").await;
        stage.job(1, working()).await;
        stage.pass(ms(100)).await;
    }
    assert!(stage.props.polled().len() <= 7, "{}", stage.props.polled().len());
}

#[tokio::test(start_paused = true)]
async fn the_loop_wakes_for_the_clock_only_while_an_answer_is_awaited() {
    let mut stage = Stage::running("apixo").await;
    stage.pass(ms(46_000)).await;
    let wake = stage.model.next_wake().unwrap();
    assert!(wake > stage.model.now);
    assert!(wake.duration_since(stage.model.now).as_millis() <= 1000);
}
