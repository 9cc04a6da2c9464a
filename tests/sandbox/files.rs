//! Takes and covers as a CDN serves them.

use std::time::Duration;

use refrain::sandbox::{Dialect, Options, Pace};
use serde_json::{Value, json};

use super::stage::{AUDIO, Stage, bytes, send, until};

#[tokio::test]
async fn a_file_can_be_had_whole_in_parts_and_not_at_all() {
    let stage = Stage::new();
    let task = stage.task(Dialect::Apiin).await;
    let path = format!("/files/{task}/1.mp3");
    let whole = stage.get(&path).await;
    assert_eq!(whole.body, bytes(1, AUDIO + 1));
    assert_eq!(whole.header("content-length"), (AUDIO + 1).to_string());
    assert_eq!(whole.header("accept-ranges"), "bytes");
    let tag = whole.header("etag").to_owned();

    let part = |range: &str| send(stage.fetch(&path).header("Range", range));
    let middle = part("bytes=100-199").await;
    assert_eq!((middle.status, middle.body.as_slice()), (206, &whole.body[100..200]));
    assert_eq!(middle.header("content-range"), format!("bytes 100-199/{}", AUDIO + 1));
    assert_eq!(middle.header("content-length"), "100");
    let rest = part("bytes=19000-").await;
    assert_eq!((rest.status, rest.body.as_slice()), (206, &whole.body[19000..]));
    let last = part("bytes=-5").await;
    assert_eq!((last.status, last.body.as_slice()), (206, &whole.body[AUDIO - 4..]));
    let beyond = part("bytes=99999-").await;
    assert_eq!(beyond.status, 416);
    assert_eq!(beyond.header("content-range"), format!("bytes */{}", AUDIO + 1));

    let going_on =
        |tag: &str| send(stage.fetch(&path).header("Range", "bytes=5-").header("If-Range", tag));
    assert_eq!(going_on(&tag).await.status, 206);
    assert_eq!(going_on("\"another\"").await.body, whole.body);

    let head = send(stage.http.head(stage.url(&path))).await;
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.header("content-length"), (AUDIO + 1).to_string());

    for nothing in [format!("/files/{task}/9.mp3"), format!("/files/{task}/1.wav")] {
        assert_eq!(stage.get(&nothing).await.status, 404, "{nothing}");
    }
    assert_eq!(stage.get("/files/nobody/1.mp3").await.status, 404);

    let ledger = stage.sandbox.ledger();
    let downloads = &ledger["downloads"][&path];
    assert_eq!(downloads["requests"], 8);
    assert_eq!(downloads["ranges"][0], "bytes=100-199");
}

#[tokio::test]
async fn a_task_goes_by_the_clock_where_nobody_polls() {
    let stage = Stage::paced(Pace::Takes(Duration::from_millis(1)));
    let task = stage.task(Dialect::Apixo).await;
    let done =
        until(|| async { stage.sandbox.ledger() }, |told| told["tasks"][0]["stage"] == "done")
            .await;
    assert_eq!(done["tasks"][0]["polls"], 0);
    assert_eq!(stage.poll(Dialect::Apixo, &task).await["data"]["state"], "success");
}

#[tokio::test]
async fn takes_are_real() {
    // A poll waits for the takes of its stage, so nothing here waits for a clock.
    let stage = Stage::open(Options { pace: Pace::Polls, ..Options::default() });
    let body = json!({ "input": {
        "mode": "V5", "customMode": true, "instrumental": false,
        "prompt": "[Verse]\nOne line is enough", "style": "pop, 140 bpm", "title": "One",
    }});
    let task = stage.task_of(Dialect::Apixo, &body).await;
    let done = stage.nth_poll(Dialect::Apixo, &task, 4).await;
    let result: Value = serde_json::from_str(done["data"]["resultJson"].as_str().unwrap()).unwrap();
    let fetch = |take: usize, what: &str| {
        send(stage.http.get(result["resultUrls"][take][what].as_str().unwrap()))
    };
    let audio = fetch(0, "audio_url").await.body;
    assert!(audio.len() > 50_000 && audio[0] == 0xff, "an MP3 frame");
    assert_ne!(fetch(1, "audio_url").await.body, audio, "two takes");
    assert!(fetch(0, "image_url").await.body.starts_with(b"\x89PNG"));
}
