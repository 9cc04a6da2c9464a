//! Screens of jobs that were paid for: in every state, with all that gateways say about them.

use std::time::Duration;

use refrain::gateway::{Balance, Created, Polled};
use refrain::song::{
    Exchange, Failure, FailureClass, Job, JobId, JobState, Params, Purpose, Receipt, Request,
    SongId, Track,
};
use refrain::studio::{Asked, Effect, Event, JobNews};

use crate::stage::{NOW, Stage, look, pair};

fn failure(class: FailureClass, message: &str, code: Option<&str>) -> Failure {
    let advice = "Look at the account, then {retry-job} on the job";
    Failure { code: code.map(Into::into), ..Failure::new(class, message, advice) }
}

fn tracks(count: usize) -> Vec<Track> {
    let audio = |index| format!("https://cdn.example/{index}.mp3");
    (0..count).map(|index| Track { audio: audio(index), ..Track::default() }).collect()
}

/// What a gateway may say about a job, by a number.
pub async fn news(stage: &mut Stage, job: &Job, which: usize) {
    let receipt = || Receipt {
        task: Some("task-1".into()),
        credits_used: Some(12.0),
        tracks: tracks(2),
        ..Receipt::default()
    };
    let busy = || failure(FailureClass::Busy, "The gateway has too much to do: slow down", None);
    let wait = Some(Duration::from_secs(9));
    // An answer counts only where a question was asked.
    let asked = match which {
        0..=4 => Asked::Create,
        5..=7 => Asked::Poll,
        _ => Asked::Fetch,
    };
    stage.model.watch.awaits(job.id, asked, stage.model.now);
    let news = match which {
        0..=2 => {
            JobNews::Created(Box::new(Created::Accepted(Receipt { tracks: vec![], ..receipt() })))
        }
        3 => JobNews::Created(Box::new(Created::Busy { failure: busy(), retry_after: wait })),
        4 => JobNews::Created(Box::new(Created::Unknown(failure(
            FailureClass::Unknown,
            "The connection broke before the answer came",
            None,
        )))),
        5 => JobNews::Polled(Box::new(Polled::Again { failure: busy(), retry_after: wait })),
        6 => JobNews::Polled(Box::new(Polled::Refused(failure(
            FailureClass::Auth,
            "The gateway does not accept the key",
            Some("401"),
        )))),
        7 => JobNews::Polled(Box::new(Polled::Complete(receipt()))),
        8 => JobNews::Fetched(Box::new(pair(job).remove(0))),
        9 => JobNews::FetchEnded(Err(busy())),
        10 => JobNews::Done(pair(job)),
        _ => {
            let (request, answer) = ("GET https://x/y\na: b", "{\"state\":\"pending\"}");
            let told = exchange(Purpose::Poll, request, Some(200), answer);
            return stage.happens(Event::Exchange(job.id, Box::new(told))).await;
        }
    };
    stage.job(job.id.0, news).await;
}

fn exchange(purpose: Purpose, request: &str, status: Option<u16>, answer: &str) -> Exchange {
    Exchange {
        at: NOW.parse().unwrap(),
        purpose,
        request: request.into(),
        status,
        answer: answer.into(),
        milliseconds: 214,
        repeated: 0,
    }
}

/// A queue with a job in every state, the oldest first:
/// done, failed, cancelled, let go, unknown, stalled, fetching, running, running in trouble,
/// turned away, waiting, without a profile, being sent.
async fn every_state(width: u16, height: u16) -> Stage {
    let mut stage = Stage::with_profiles(width, height, &["apixo", "udioapi", "sketch"]);
    stage.settle().await;
    let now = stage.model.now;
    let ago = |seconds: u64| now - Duration::from_secs(seconds);
    let add = |stage: &mut Stage, title: &str, profile: &str, state: JobState, has_tracks| {
        let params = Params {
            profile: profile.into(),
            model: "V5_5".into(),
            title: title.into(),
            style: "synth-pop, 120 bpm".into(),
            ..Params::default()
        };
        let request = Request { text: "[Verse]\nNeon on the window".into(), params, seed: 7 };
        let id = stage.model.queue.next_id();
        let mut job = Job::new(id, SongId(1), id.0 as u32, profile, request, ago(100));
        if !matches!(state, JobState::Waiting | JobState::Sending { .. } | JobState::Unknown { .. })
        {
            job.receipt.task = Some(format!("task-{id}"));
        }
        if has_tracks {
            job.receipt.tracks = tracks(2);
            job.receipt.completed = Some(ago(20));
            job.receipt.credits_used = Some(12.0);
        }
        job.state = state;
        stage.model.queue.add(job.clone());
        job
    };
    let since = ago(95);
    let done =
        add(&mut stage, "Midnight Compiler", "apixo", JobState::Done { since, at: ago(9) }, true);
    stage.model.takes.add(pair(&done));
    let funds = failure(FailureClass::Funds, "The account has too little left", Some("402"));
    let failed = JobState::Failed { at: ago(60), failure: funds };
    add(&mut stage, "Slow Train", "udioapi", failed, false);
    let let_go = JobState::Cancelled { at: ago(50) };
    add(&mut stage, "Paper Cups", "apixo", let_go, true);
    let lost = failure(FailureClass::Unknown, "The connection broke before the answer came", None);
    let unknown = JobState::Unknown { since, at: ago(30), failure: lost };
    add(&mut stage, "Glass Harbour", "udioapi", unknown, false);
    let refused = failure(FailureClass::Auth, "The gateway does not accept the key", Some("401"));
    let stalled = JobState::Stalled { since, at: ago(40), failure: refused };
    add(&mut stage, "Low Tide", "apixo", stalled, true);
    let fetching = add(&mut stage, "Ninety-Nine", "apixo", JobState::Fetching { since }, true);
    add(&mut stage, "Warm Static", "apixo", JobState::Running { since: ago(42) }, false);
    let troubled = JobState::Running { since: ago(50) };
    let troubled = add(&mut stage, "Rain on Tin", "apixo", troubled, false);
    add(&mut stage, "Long Way Down", "apixo", JobState::Running { since }, false);
    let turned = JobState::Sending { since: now };
    let turned = add(&mut stage, "Too Many Lights", "apixo", turned, false);
    add(&mut stage, "Patience", "apixo", JobState::Waiting, false);
    add(&mut stage, "Old Friend", "lost", JobState::Waiting, false);
    add(&mut stage, "On the Wire", "apixo", JobState::Sending { since: ago(3) }, false);
    news(&mut stage, &fetching, 8).await;
    news(&mut stage, &turned, 3).await;
    news(&mut stage, &troubled, 5).await;
    let balance = Balance { text: "$8.40".into() };
    stage.happens(Event::Balance("apixo".into(), Ok(balance))).await;
    stage.press("alt+3").await;
    stage
}

#[tokio::test(start_paused = true)]
async fn a_queue_with_every_state() {
    for (width, height) in [(120, 40), (80, 24), (60, 16)] {
        let stage = every_state(width, height).await;
        insta::assert_snapshot!(format!("states_{width}x{height}"), stage.screen());
    }
}

#[tokio::test(start_paused = true)]
async fn a_job_that_waits_for_a_word_says_which() {
    let mut stage = every_state(120, 40).await;
    for (title, hints) in [
        ("Glass Harbour", "r pay again   c forget"),
        ("Low Tide", "r resume   c let go"),
        ("Warm Static", "c let go   r ask now"),
    ] {
        let is_it = |job: &Job| job.request.params.title == title;
        let row = stage.model.queue.rows().position(is_it).expect(title);
        let len = stage.model.queue.len();
        stage.model.queue.list.select(row, len);
        stage.press("down up").await;
        stage.sees(hints);
    }
    assert!(stage.model.queue.rows().filter(|job| stage.model.needs_user(job)).count() == 3);
}

/// The window on the job that failed, with its story.
async fn story(width: u16, height: u16) -> Stage {
    let mut stage = every_state(width, height).await;
    let request = "POST https://api.example/v1/create\nauthorization: Bearer ***\n\n{\"title\":\"Slow Train\",\"make_instrumental\":false}";
    let answer = r#"{"code":402,"message":"Insufficient credits","data":null}"#;
    let told = exchange(Purpose::Create, request, Some(402), answer);
    stage.happens(Event::Exchange(JobId(2), Box::new(told))).await;
    stage.press("end up enter").await;
    stage
}

#[tokio::test(start_paused = true)]
async fn a_job_tells_its_story() {
    let mut stage = Box::pin(story(120, 40)).await;
    insta::assert_snapshot!("story_120x40", stage.screen());
    stage.press("end").await;
    stage.sees("\"message\": \"Insufficient credits\"");
    stage.press("home w").await;
    let written = stage.props.wanted.iter().find_map(|effect| match effect {
        Effect::WriteStory { job, text } => Some((*job, text.clone())),
        _ => None,
    });
    let (job, text) = written.expect("a file was asked for");
    assert_eq!(job, JobId(2));
    assert!(text.contains("Insufficient credits") && text.contains("Slow Train"), "{text}");
    stage.press("esc end up up up enter").await;
    insta::assert_snapshot!("story_unknown_120x40", stage.screen());
    stage.press("c").await;
    let state = &stage.model.queue.get(JobId(4)).unwrap().state;
    assert!(matches!(state, JobState::Cancelled { .. }), "{state:?}");
    stage.sees("Job 4");
    let mut stage = Box::pin(story(80, 24)).await;
    stage.press("pagedown").await;
    insta::assert_snapshot!("story_80x24", stage.screen());
}

#[tokio::test(start_paused = true)]
async fn a_long_notice_can_be_read() {
    let mut stage = every_state(80, 24).await;
    let broke = failure(
        FailureClass::Funds,
        "The account at the gateway has too little left: Insufficient credits",
        None,
    );
    let advice = "Top up the account at the gateway, then generate again".into();
    let refused = Created::Refused(Failure { advice, ..broke });
    stage.model.watch.awaits(JobId(13), Asked::Create, stage.model.now);
    stage.job(13, JobNews::Created(Box::new(refused))).await;
    insta::assert_snapshot!("long_notice_80x24", stage.screen());
    stage.pass(Duration::from_secs(6)).await;
    stage.press("down").await;
    stage.sees("selected take");
    assert!(look(&[]).glyphs.unicode);
}
