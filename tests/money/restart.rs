//! What an earlier run left: nothing is lost, and nothing is sent twice.

use jiff::{SignedDuration, Timestamp};
use refrain::song::{Failure, FailureClass, Job, JobId, JobState};
use refrain::studio::{Effect, JobNews};

use crate::stage::gateway::{
    accepted, busy, complete, failure, job, not_fetched, refused, tracks, with_task,
};
use crate::stage::{NOW, Stage, ms, pair};

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

fn sending() -> JobState {
    JobState::Sending { since: now() }
}

fn running() -> JobState {
    JobState::Running { since: now() }
}

fn fetching(id: u64, gateway: &str) -> Job {
    let mut job = with_task(job(id, gateway, JobState::Fetching { since: now() }), "t");
    job.receipt.add(tracks("x"));
    job
}

async fn restarted(jobs: Vec<Job>) -> Stage {
    let mut stage = Stage::with_jobs(jobs);
    stage.settle().await;
    stage
}

#[tokio::test(start_paused = true)]
async fn what_waits_is_sent_once_the_journal_has_that_it_leaves() {
    let stage = restarted(vec![job(1, "apixo", JobState::Waiting)]).await;
    assert_eq!(stage.props.created(), [1]);
    assert_eq!(stage.journalled(1).unwrap().state.word(), "sending");
}

#[tokio::test(start_paused = true)]
async fn without_a_key_what_was_being_sent_is_unknown() {
    let mut stage = restarted(vec![job(1, "apixo", sending())]).await;
    stage.pass(ms(3_600_000)).await;
    assert_eq!((stage.word(1), stage.props.created().len()), ("unknown", 0));
    stage.sees("Refrain ended while the request was on its way");
    assert_eq!(stage.journalled(1).unwrap().state.word(), "unknown");
}

#[tokio::test(start_paused = true)]
async fn with_a_key_it_is_sent_again_with_the_same_one() {
    let mut stage = restarted(vec![job(1, "apimall", sending())]).await;
    let key = stage.props.wanted.iter().find_map(|effect| match effect {
        Effect::Create(job) => job.idempotency_key.clone(),
        _ => None,
    });
    assert_eq!(key.as_deref(), Some("key-1"));
    // The first may have arrived: that it is busy now proves nothing.
    stage.job(1, busy(None)).await;
    assert_eq!(stage.word(1), "sending");
    stage.pass(ms(3000)).await;
    stage.job(1, refused(FailureClass::Funds)).await;
    assert_eq!(stage.word(1), "unknown");
}

#[tokio::test(start_paused = true)]
async fn a_key_that_the_gateway_may_have_forgotten_makes_nothing_safe() {
    let old = JobState::Sending { since: now() - SignedDuration::from_hours(2) };
    let mut stage = restarted(vec![job(1, "apimall", old)]).await;
    stage.pass(ms(3_600_000)).await;
    assert_eq!((stage.word(1), stage.props.created().len()), ("unknown", 0));
    stage.press("alt+3 r").await;
    stage.sees("again sends it as a new paid action");
    assert!(stage.props.created().is_empty());
}

#[tokio::test(start_paused = true)]
async fn what_was_at_work_is_asked_about_but_not_before_its_time() {
    let old = JobState::Running { since: now() - SignedDuration::from_mins(5) };
    let jobs = vec![
        with_task(job(1, "apixo", running()), "t1"),
        with_task(job(2, "apixo", old), "t2"),
        job(3, "apixo", running()),
    ];
    let mut stage = restarted(jobs).await;
    assert_eq!(stage.word(3), "unknown", "it has no task to ask about");
    stage.pass(ms(2000)).await;
    assert_eq!(stage.props.polled(), [2]);
    stage.pass(ms(42_000)).await;
    assert_eq!(stage.props.polled(), [2]);
    stage.pass(ms(2000)).await;
    assert_eq!(stage.props.polled(), [2, 1], "45 s after it was sent");
    assert!(stage.props.created().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_was_set_back_keeps_nobody_waiting() {
    let tomorrow = JobState::Running { since: now() + SignedDuration::from_hours(24) };
    let mut stage = restarted(vec![with_task(job(1, "apixo", tomorrow), "t1")]).await;
    stage.pass(ms(46_000)).await;
    assert_eq!(stage.props.polled(), [1]);
}

#[tokio::test(start_paused = true)]
async fn takes_that_are_there_are_not_fetched_again() {
    let left = fetching(1, "apixo");
    let [a, b] = <[_; 2]>::try_from(pair(&left)).unwrap();
    let mut stage = Stage::opened(120, 36, &[("apixo", "apixo")], |opening| {
        opening.contents.next_job = JobId(2);
        opening.contents.takes = vec![a.clone()];
        opening.contents.jobs = vec![left];
    });
    stage.pass(ms(1500)).await;
    let kept = stage.props.wanted.iter().find_map(|effect| match effect {
        Effect::Fetch { kept, .. } => Some(kept.clone()),
        _ => None,
    });
    assert_eq!(kept, Some(vec![a]));
    stage.job(1, JobNews::Fetched(Box::new(b))).await;
    stage.job(1, JobNews::FetchEnded(Ok(()))).await;
    assert_eq!((stage.word(1), stage.model.takes.all().len()), ("done", 2));
    assert!(stage.props.created().is_empty() && stage.props.polled().is_empty());
}

#[tokio::test(start_paused = true)]
async fn addresses_that_expired_meanwhile_are_asked_for_once() {
    let mut stage = restarted(vec![fetching(1, "apixo")]).await;
    stage.pass(ms(1500)).await;
    stage.job(1, not_fetched(FailureClass::Gone)).await;
    assert_eq!(stage.props.polled(), [1]);
    stage.job(1, complete("new")).await;
    assert_eq!(stage.props.fetched(), [1, 1]);
    stage.job(1, not_fetched(FailureClass::Gone)).await;
    assert_eq!(stage.word(1), "stalled");
}

#[tokio::test(start_paused = true)]
async fn what_is_at_rest_stays_there() {
    let stalled =
        JobState::Stalled { since: now(), at: now(), failure: failure(FailureClass::Gone) };
    let unknown =
        JobState::Unknown { since: now(), at: now(), failure: failure(FailureClass::Unknown) };
    let jobs = vec![
        with_task(job(1, "apixo", stalled), "t1"),
        job(2, "apimall", unknown),
        job(3, "apixo", JobState::Cancelled { at: now() }),
    ];
    let mut stage = restarted(jobs).await;
    stage.sees("The outcome of a request is unknown");
    stage.pass(ms(3_600_000)).await;
    let asks = |effect: &&Effect| {
        matches!(effect, Effect::Create(_) | Effect::Poll { .. } | Effect::Fetch { .. })
    };
    assert_eq!(stage.props.wanted.iter().find(asks), None);
    assert_eq!(stage.model.next_wake(), None);
}

#[tokio::test(start_paused = true)]
async fn without_its_profile_nothing_is_lost_and_nothing_goes_elsewhere() {
    for profiles in [&[("sketch", "sketch")][..], &[("apixo", "apiin"), ("apimall", "udioapi")]] {
        let mut stage = Stage::opened(120, 36, profiles, |opening| {
            opening.contents.next_job = JobId(9);
            opening.contents.jobs = vec![
                job(1, "apixo", JobState::Waiting),
                job(2, "apixo", sending()),
                job(3, "apimall", sending()),
                with_task(job(4, "apixo", running()), "t4"),
                job(5, "apixo", running()),
                fetching(6, "apixo"),
                job(
                    7,
                    "apixo",
                    JobState::Failed { at: now(), failure: failure(FailureClass::Busy) },
                ),
            ];
        });
        stage.pass(ms(600_000)).await;
        let words: Vec<_> = (1..=7).map(|id| stage.word(id)).collect();
        let expected = ["waiting", "unknown", "unknown", "stalled", "unknown", "stalled", "failed"];
        assert_eq!(words, expected);
        // Not even by hand.
        stage.press("alt+3 home").await;
        for _ in 0..7 {
            stage.press("r").await;
            stage.pass(ms(1000)).await;
            stage.press("r down").await;
        }
        let asks = |effect: &&Effect| {
            matches!(effect, Effect::Create(_) | Effect::Poll { .. } | Effect::Fetch { .. })
        };
        assert_eq!(stage.props.wanted.iter().find(asks), None);
        assert_eq!(stage.model.queue.len(), 7);
    }
}

#[tokio::test(start_paused = true)]
async fn a_sketch_without_its_profile_waits_for_it() {
    let mut left = job(1, "sketch", running());
    "mine".clone_into(&mut left.request.params.profile);
    let mut stage = Stage::with_jobs(vec![left]);
    stage.settle().await;
    assert_eq!(stage.word(1), "waiting");
}

#[tokio::test(start_paused = true)]
async fn the_command_line_leaves_the_studios_jobs_alone() {
    let left = || {
        vec![
            job(1, "apixo", JobState::Waiting),
            job(2, "apixo", sending()),
            job(3, "apimall", sending()),
            with_task(job(4, "apixo", running()), "t4"),
            with_task(job(5, "apixo", running()), "t5"),
            with_task(job(6, "apixo", running()), "t6"),
            fetching(7, "apixo"),
        ]
    };
    let mut stage = Stage::opened(120, 36, &[("apixo", "apixo")], |opening| {
        opening.contents.next_job = JobId(8);
        opening.contents.jobs = left();
        opening.take_up = false;
    });
    stage.pass(ms(600_000)).await;
    assert_eq!(stage.model.next_wake(), None);
    crate::stage::write(&mut stage).await;
    stage.press("ctrl+g").await;
    assert_eq!(stage.props.created(), [8], "what nobody works on keeps no place");
    stage.job(8, accepted("t8")).await;
    stage.pass(ms(46_000)).await;
    assert_eq!(stage.props.polled(), [8]);
    for before in left() {
        assert_eq!(stage.model.queue.get(before.id), Some(&before));
        assert_eq!(stage.journalled(before.id.0), None);
    }
    // It leaves without waiting for them.
    stage.pass(ms(1000)).await;
    assert!(stage.press("ctrl+q").await);
}

#[tokio::test(start_paused = true)]
async fn a_failure_is_kept_in_its_words() {
    let stage = restarted(vec![job(1, "apixo", sending())]).await;
    let Failure { class, advice, .. } =
        stage.model.queue.get(JobId(1)).unwrap().state.failure().unwrap().clone();
    assert_eq!(class, FailureClass::Unknown);
    for key in ["{check-balance}", "{retry-job}", "{cancel-job}"] {
        assert!(advice.contains(key), "{advice}");
    }
}
