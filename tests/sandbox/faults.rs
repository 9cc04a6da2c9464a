//! Each accident that a script can ask for.

use std::time::{Duration, Instant};

use refrain::sandbox::Dialect;
use serde_json::{Value, json};

use super::stage::{AUDIO, Answer, Stage, bytes, good, send, try_send, until};

fn rule(on: &str, more: &str) -> String {
    format!("[[rule]]\non = \"{on}\"\n{more}\n")
}

/// A create at API Mall under a rule.
async fn create(more: &str) -> (Stage, reqwest::Result<Answer>) {
    let stage = Stage::scripted(&rule("create", more));
    let answer = try_send(stage.create(Dialect::ApiMall, &good(Dialect::ApiMall))).await;
    (stage, answer)
}

/// The first take under a rule.
async fn audio(more: &str) -> (Stage, reqwest::Result<Answer>) {
    let stage = Stage::scripted(&rule("audio", more));
    let task = stage.task(Dialect::Apixo).await;
    let answer = try_send(stage.fetch(&format!("/files/{task}/1.mp3"))).await;
    (stage, answer)
}

/// The poll at the end of a task under a rule for polls.
async fn told(dialect: Dialect, more: &str) -> Value {
    let stage = Stage::scripted(&rule("poll", more));
    let task = stage.task(dialect).await;
    stage.nth_poll(dialect, &task, 4).await
}

fn charged(stage: &Stage) -> Value {
    stage.sandbox.ledger()["creates"][0]["charged"].clone()
}

#[tokio::test]
async fn a_status_comes_in_the_words_of_the_dialect() {
    let (stage, answer) = create("do = \"status\"\nstatus = 429\nretry_after = 2").await;
    let answer = answer.unwrap();
    assert_eq!((answer.status, answer.header("retry-after")), (429, "2"));
    assert_eq!(answer.json()["error"]["code"], "rate_limit_exceeded");
    assert_eq!(charged(&stage), 0);
    let told = &stage.sandbox.ledger()["creates"][0];
    assert_eq!((&told["answered"], &told["fault"]), (&json!(true), &json!("status")));

    let more = "do = \"status\"\nstatus = 503\nbody = \"busy\"\ncontent_type = \"text/plain\"";
    let answer = create_ok(more).await;
    assert_eq!((answer.status, answer.header("content-type")), (503, "text/plain"));
    assert_eq!(answer.body, b"busy");

    let (stage, answer) = create("do = \"status\"\nstatus = 502\nwork = true").await;
    assert_eq!((answer.unwrap().status, charged(&stage)), (502, json!(12)));
    assert_eq!(stage.sandbox.ledger()["creates"][0]["answered"], false);
}

async fn create_ok(more: &str) -> Answer {
    create(more).await.1.unwrap()
}

#[tokio::test]
async fn a_connection_breaks_before_or_after_the_work() {
    for (name, price) in [("drop_before", 0), ("drop_after", 12)] {
        let (stage, answer) = create(&format!("do = \"{name}\"")).await;
        let error = answer.unwrap_err();
        assert!(!error.is_timeout() && !error.is_connect(), "{error:?}");
        assert_eq!(charged(&stage), price, "{name}");
        assert_eq!(stage.sandbox.ledger()["creates"][0]["answered"], false);
        // Only this connection: the next request is served.
        stage.sandbox.set_script("").unwrap();
        stage.task(Dialect::ApiMall).await;
    }
}

#[tokio::test]
async fn an_answer_never_comes_or_comes_late() {
    let stage = Stage::scripted(&rule("create", "do = \"stall\""));
    let request = stage.create(Dialect::ApiMall, &good(Dialect::ApiMall));
    let answer = try_send(request.timeout(Duration::from_millis(200))).await;
    assert!(answer.unwrap_err().is_timeout());
    until(|| async { stage.sandbox.ledger() }, |ledger| ledger["creates"] != json!([])).await;
    assert_eq!(charged(&stage), 0);
    let begin = Instant::now();
    let (stage, answer) = create("do = \"delay\"\ndelay = \"60ms\"").await;
    assert_eq!((answer.unwrap().status, charged(&stage)), (200, json!(12)));
    assert!(begin.elapsed() >= Duration::from_millis(60));
}

#[tokio::test]
async fn something_else_comes_in_the_answer_s_place() {
    let html = create_ok("do = \"html\"").await;
    assert_eq!((html.status, html.header("content-type")), (200, "text/html"));
    let garbage = create_ok("do = \"garbage\"").await;
    assert!(serde_json::from_slice::<Value>(&garbage.body).is_err() && garbage.body.len() == 4096);
    let elsewhere = create_ok("do = \"redirect\"\nto = \"http://127.0.0.1:9/x\"").await;
    assert_eq!((elsewhere.status, elsewhere.header("location")), (302, "http://127.0.0.1:9/x"));
    let (_, huge) = audio("do = \"huge\"").await;
    let huge = huge.unwrap();
    assert_eq!((huge.status, huge.body.len()), (200, 50_000_000));
    let (stage, gone) = audio("do = \"audio_gone\"").await;
    assert_eq!(gone.unwrap().status, 404);
    assert_eq!(stage.sandbox.ledger()["downloads"].as_object().unwrap().len(), 1);
}

#[tokio::test]
async fn a_body_is_slow_cut_short_or_misdescribed() {
    let begin = Instant::now();
    let (_, slow) = audio("do = \"slow\"\nrate = 200_000").await;
    assert_eq!(slow.unwrap().body, bytes(1, AUDIO + 1));
    assert!(begin.elapsed() >= Duration::from_millis(90), "{:?}", begin.elapsed());

    let (_, short) = audio("do = \"short\"").await;
    assert_eq!(short.unwrap().body, bytes(1, AUDIO / 2));
    for (name, length, sent) in
        [("truncate", AUDIO + 1, AUDIO / 2), ("lying_length", 2 * (AUDIO + 1), AUDIO + 1)]
    {
        let stage = Stage::scripted(&rule("audio", &format!("do = \"{name}\"")));
        let task = stage.task(Dialect::Apixo).await;
        let request = stage.fetch(&format!("/files/{task}/1.mp3"));
        let mut response = request.send().await.unwrap();
        assert_eq!(response.content_length(), Some(length as u64), "{name}");
        let mut body = Vec::new();
        let error = loop {
            match response.chunk().await {
                Ok(Some(chunk)) => body.extend(chunk),
                Ok(None) => panic!("{name}: nobody noticed"),
                Err(error) => break error,
            }
        };
        assert!(!error.is_timeout(), "{name}: {error:?}");
        assert_eq!(body, bytes(1, sent), "{name}");
    }
    let (_, cut) = create("do = \"truncate\"").await;
    assert!(cut.is_err(), "an answer of JSON too");
}

#[tokio::test]
async fn nothing_is_in_data() {
    for dialect in Dialect::ALL {
        let stage = Stage::scripted(&rule("create", "do = \"null_data\""));
        let answer = send(stage.create(dialect, &good(dialect))).await.json();
        match dialect {
            Dialect::Apiin => assert_eq!(answer["task_id"], Value::Null),
            Dialect::Udioapi => assert_eq!(answer["workId"], Value::Null),
            _ => assert_eq!(answer["data"], Value::Null),
        }
    }
    assert_eq!(told(Dialect::Apixo, "do = \"null_data\"").await["data"], Value::Null);
}

#[tokio::test]
async fn states_and_results_that_nobody_documented() {
    let unknown = "do = \"unknown_state\"";
    for (dialect, pointer) in [
        (Dialect::Apixo, "/data/state"),
        (Dialect::ApiMall, "/data/status"),
        (Dialect::Apiin, "/data/type"),
        (Dialect::Udioapi, "/type"),
        (Dialect::UdioapiV2, "/data/type"),
    ] {
        let answer = told(dialect, unknown).await;
        assert_eq!(answer.pointer(pointer), Some(&json!("QUANTUM_SUPERPOSITION")), "{dialect:?}");
    }
    let broken = told(Dialect::Apixo, "do = \"bad_result_json\"").await;
    let result = broken["data"]["resultJson"].as_str().unwrap();
    assert!(serde_json::from_str::<Value>(result).is_err());
    let broken = told(Dialect::ApiMall, "do = \"bad_result_json\"").await;
    assert!(broken["data"]["output"]["tracks"].is_string());
}

#[tokio::test]
async fn none_one_or_three_takes() {
    let tracks = |told: &Value| told["data"]["output"]["tracks"].as_array().unwrap().len();
    for (name, count) in [("zero_tracks", 0), ("one_take", 1), ("three_takes", 3)] {
        let answer = told(Dialect::ApiMall, &format!("do = \"{name}\"")).await;
        assert_eq!(tracks(&answer), count, "{name}");
    }
    let stage = Stage::scripted(&rule("create", "do = \"three_takes\""));
    let task = stage.task(Dialect::ApiMall).await;
    assert_eq!(tracks(&stage.nth_poll(Dialect::ApiMall, &task, 4).await), 3);
    assert_eq!(stage.get(&format!("/files/{task}/3.mp3")).await.body, bytes(3, AUDIO + 3));
    let stage = Stage::scripted(&rule("create", "do = \"one_take\""));
    let task = stage.task(Dialect::ApiMall).await;
    assert_eq!(tracks(&stage.nth_poll(Dialect::ApiMall, &task, 3).await), 1, "and no first stage");
}

#[tokio::test]
async fn addresses_that_must_not_be_followed() {
    for (name, start) in [("relative_url", "/files/"), ("file_url", "file:///")] {
        let answer = told(Dialect::ApiMall, &format!("do = \"{name}\"")).await;
        let url = answer["data"]["output"]["tracks"][0]["audioUrl"].as_str().unwrap().to_owned();
        assert!(url.starts_with(start), "{url}");
    }
}

#[tokio::test]
async fn escapes_in_words() {
    let script = "[[rule]]\non = \"create\"\ndo = \"fail\"\n[[rule]]\non = \"poll\"\ndo = \"control_characters\"";
    let stage = Stage::scripted(script);
    let task = stage.task(Dialect::Apixo).await;
    let failed = stage.nth_poll(Dialect::Apixo, &task, 3).await;
    let message = failed["data"]["failMsg"].as_str().unwrap();
    assert!(message.contains('\u{1b}') && message.contains("Prompt is invalid"), "{message:?}");
    assert_eq!(failed["data"]["failCode"], "PromptInvalid");
    assert_eq!(failed["data"]["state"], "failed", "states can be read");
}

#[tokio::test]
async fn a_task_fails_late_or_never_ends() {
    let stage = Stage::scripted(&rule("poll", "nth = 3\ndo = \"fail\"\nmessage = \"Oh\""));
    let task = stage.task(Dialect::ApiMall).await;
    let failed = stage.nth_poll(Dialect::ApiMall, &task, 3).await;
    assert_eq!(failed["data"]["error_message"], "Oh");
    assert_eq!(stage.sandbox.ledger()["accounts"]["apimall"], 1000);
    assert_eq!(stage.poll(Dialect::ApiMall, &task).await["data"]["status"], "failed");

    let stage = Stage::scripted(&rule("create", "do = \"never_ends\""));
    let task = stage.task(Dialect::ApiMall).await;
    let still = stage.nth_poll(Dialect::ApiMall, &task, 20).await;
    assert_eq!(still["data"]["status"], "processing");
}

#[tokio::test]
async fn rules_choose_their_dialect_and_their_task() {
    let stage = Stage::scripted(
        "[[rule]]\non = \"poll\"\ntask = 2\ndo = \"status\"\nstatus = 500\n
         [[rule]]\non = \"create\"\ndialect = \"apiin\"\ndo = \"status\"\nstatus = 500",
    );
    let first = stage.task(Dialect::Apixo).await;
    let second = stage.task(Dialect::Apixo).await;
    assert_eq!(send(stage.asking(Dialect::Apixo, &first)).await.status, 200);
    assert_eq!(send(stage.asking(Dialect::Apixo, &second)).await.status, 500);
    assert_eq!(send(stage.create(Dialect::Apiin, &good(Dialect::Apiin))).await.status, 500);
    let told = &stage.sandbox.ledger()["polls"];
    assert_eq!((&told[&first], &told[&second]), (&json!(1), &json!(1)));
}
