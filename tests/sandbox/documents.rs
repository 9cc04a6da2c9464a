//! Each dialect from the create to the takes, as its document has it.

use refrain::sandbox::Dialect;
use serde_json::{Value, json};

use super::shape::{assert_shape, example};
use super::stage::{Stage, bytes, good, send};

/// Fetches both files of a take that `number` counts from 1.
async fn assert_take(stage: &Stage, audio: &Value, image: &Value, number: u8) {
    let audio = send(stage.http.get(audio.as_str().unwrap())).await;
    assert_eq!((audio.status, audio.header("content-type")), (200, "audio/mpeg"));
    assert_eq!(audio.body, bytes(number, audio.body.len()));
    let image = send(stage.http.get(image.as_str().unwrap())).await;
    assert_eq!((image.status, image.header("content-type")), (200, "image/png"));
}

#[tokio::test]
async fn apixo() {
    let stage = Stage::new();
    let created = send(stage.create(Dialect::Apixo, &good(Dialect::Apixo))).await.json();
    assert_shape(&created, "apixo-created");
    assert_eq!((&created["code"], &created["message"]), (&json!(200), &json!("success")));
    let task = created["data"]["taskId"].as_str().unwrap();
    assert!(task.len() == 13 && task.starts_with("task_"), "{task}");

    let mut pending = stage.poll(Dialect::Apixo, task).await;
    assert_eq!(pending["data"]["state"], "pending");
    assert_shape(&pending, "apixo-processing");
    for _ in 0..2 {
        pending = stage.poll(Dialect::Apixo, task).await;
        assert_eq!(pending["data"]["state"], "processing");
        assert_shape(&pending, "apixo-processing");
    }
    let done = stage.poll(Dialect::Apixo, task).await;
    assert_eq!(done["data"]["state"], "success");
    assert_shape(&done, "apixo-success");
    let data = &done["data"];
    assert!(data["createTime"].as_i64().unwrap() > 1_700_000_000_000, "milliseconds");
    assert_eq!(
        data["costTime"].as_i64().unwrap(),
        data["completeTime"].as_i64().unwrap() - data["createTime"].as_i64().unwrap()
    );
    assert_eq!(data["lyrics"], good(Dialect::Apixo)["input"]["prompt"], "sung as they stand");
    let result: Value = serde_json::from_str(data["resultJson"].as_str().unwrap()).unwrap();
    assert_shape(&result, "apixo-result");
    let takes = result["resultUrls"].as_array().unwrap();
    assert_eq!(takes.len(), 2);
    for (number, take) in (1..).zip(takes) {
        assert_take(&stage, &take["audio_url"], &take["image_url"], number).await;
    }
    assert_eq!(stage.poll(Dialect::Apixo, task).await, done, "the end is the end");
}

#[tokio::test]
async fn apixo_writes_lyrics_for_a_description_and_none_for_an_instrumental() {
    let stage = Stage::new();
    let simple = stage.task_of(Dialect::Apixo, &example("apixo-request-simple")).await;
    let done = stage.nth_poll(Dialect::Apixo, &simple, 4).await;
    let lyrics = done["data"]["lyrics"].as_str().unwrap();
    assert!(lyrics.starts_with("[Verse]\n") && lyrics.contains("upbeat pop song"), "{lyrics}");

    let mute = stage.task_of(Dialect::Apixo, &example("apixo-request-instrumental")).await;
    let done = stage.nth_poll(Dialect::Apixo, &mute, 4).await;
    assert_eq!((&done["data"]["state"], done["data"].get("lyrics")), (&json!("success"), None));
}

#[tokio::test]
async fn apixo_failing() {
    let stage = Stage::scripted(
        "[[rule]]\non = \"create\"\ndo = \"fail\"\ncode = \"SensitiveContent\"\nmessage = \"No\"",
    );
    let task = stage.task(Dialect::Apixo).await;
    let failed = stage.nth_poll(Dialect::Apixo, &task, 3).await;
    assert_shape(&failed, "apixo-failed");
    assert_eq!(failed["data"]["state"], "failed");
    assert_eq!(failed["data"]["failCode"], "SensitiveContent");
    assert_eq!(failed["data"]["failMsg"], "No");
}

#[tokio::test]
async fn api_mall() {
    let stage = Stage::new();
    let created = send(stage.create(Dialect::ApiMall, &good(Dialect::ApiMall))).await.json();
    assert_shape(&created, "apimall-created");
    let data = &created["data"];
    assert_eq!((&data["credits_used"], &data["remaining_credits"]), (&json!(12), &json!(988)));
    assert_eq!(data["model"], "V5");
    let task = data["task_id"].as_str().unwrap();
    assert!(task.len() == 30 && task.starts_with("aud_01"), "{task}");
    assert!(created["request_id"].as_str().unwrap().starts_with("req_01"), "{created}");

    for state in ["pending", "processing", "processing"] {
        let told = stage.poll(Dialect::ApiMall, task).await;
        assert_eq!((&told["success"], &told["data"]["status"]), (&json!(true), &json!(state)));
        for nothing in ["output", "audio_url", "image_url", "error_message", "completed_at"] {
            assert_eq!(told["data"].get(nothing), Some(&Value::Null), "{nothing}");
        }
    }
    let done = stage.poll(Dialect::ApiMall, task).await;
    assert_shape(&done, "apimall-completed");
    let data = &done["data"];
    assert_eq!((&data["status"], &data["credits_refunded"]), (&json!("completed"), &json!(0)));
    let moment = data["completed_at"].as_str().unwrap();
    assert!(moment.len() == 24 && moment.ends_with('Z'), "{moment}");
    let tracks = data["output"]["tracks"].as_array().unwrap();
    assert_eq!(tracks.len(), 2);
    for (number, track) in (1..).zip(tracks) {
        assert_take(&stage, &track["audioUrl"], &track["imageUrl"], number).await;
    }
    assert_eq!(data["audio_url"], tracks[0]["audioUrl"]);
}

#[tokio::test]
async fn api_mall_failing_pays_back() {
    let stage = Stage::scripted("[[rule]]\non = \"create\"\ndo = \"fail\"\nmessage = \"No\"");
    let task = stage.task(Dialect::ApiMall).await;
    let failed = stage.nth_poll(Dialect::ApiMall, &task, 3).await;
    let data = &failed["data"];
    assert_eq!((&data["status"], &data["error_message"]), (&json!("failed"), &json!("No")));
    assert_eq!((&data["credits_used"], &data["credits_refunded"]), (&json!(12), &json!(12)));
    assert_eq!(data["output"], Value::Null);
    let balance = stage.request(reqwest::Method::GET, Dialect::ApiMall, "/account/balances");
    let balance = send(balance.bearer_auth(stage.sandbox.key(Dialect::ApiMall))).await.json();
    assert_eq!(balance["data"]["credits"], 1000);
}

#[tokio::test]
async fn apiin() {
    let stage = Stage::new();
    let created = send(stage.create(Dialect::Apiin, &good(Dialect::Apiin))).await.json();
    assert_shape(&created, "apiin-created");
    assert_eq!((&created["status"], &created["model"]), (&json!("pending"), &json!("suno-v4-5")));
    let task = created["task_id"].as_str().unwrap();
    assert!(task.len() == 21 && task.starts_with("gen") && task.ends_with("ksv"), "{task}");
    assert_eq!(created["created_at"].as_str().unwrap().len(), 20, "{created}");

    let queued = stage.poll(Dialect::Apiin, task).await;
    assert_eq!(queued["data"]["response_data"], json!([]));
    let text = stage.poll(Dialect::Apiin, task).await;
    let first = stage.poll(Dialect::Apiin, task).await;
    let done = stage.poll(Dialect::Apiin, task).await;
    for (told, stage, sounding) in
        [(&text, "text", 0), (&first, "first", 1), (&done, "complete", 2)]
    {
        assert_eq!(told["data"]["type"], stage);
        let items = told["data"]["response_data"].as_array().unwrap();
        assert_eq!(items.len(), 2);
        let heard = items.iter().filter(|item| item["audio_url"] != "").count();
        assert_eq!(heard, sounding, "{stage}");
    }
    assert_shape(&done, "feed");
    assert_eq!(done["data"]["request_body"], good(Dialect::Apiin));
    for (number, item) in (1..).zip(done["data"]["response_data"].as_array().unwrap()) {
        assert_eq!(
            (&item["status"], &item["title"]),
            (&json!("complete"), &json!("Summer Dreams"))
        );
        assert_eq!(item["tags"], "pop, upbeat, electronic, 120 bpm", "the style");
        assert_eq!(item["duration"], 61.23);
        assert_take(&stage, &item["audio_url"], &item["image_url"], number).await;
    }
    // The parameter's older name.
    let older = format!("/audio/music/feed?workId={task}");
    let older = stage.request(reqwest::Method::GET, Dialect::Apiin, &older);
    let older = send(older.bearer_auth(stage.sandbox.key(Dialect::Apiin))).await;
    assert_eq!(older.json(), done);
}

#[tokio::test]
async fn udioapi() {
    let stage = Stage::new();
    let created = send(stage.create(Dialect::Udioapi, &good(Dialect::Udioapi))).await.json();
    let task = created["workId"].as_str().unwrap();
    let mut told = Vec::new();
    for stage_word in ["new", "IN_PROGRESS", "IN_PROGRESS", "complete"] {
        let answer = stage.poll(Dialect::Udioapi, task).await;
        assert_eq!(answer["type"], stage_word);
        told.push(answer);
    }
    assert_shape(&told[3], "udioapi-feed");
    assert_eq!(told[3]["request_body"], good(Dialect::Udioapi), "without the token");
    let items = told[3]["response_data"].as_array().unwrap();
    assert!(items[0]["prompt"].as_str().unwrap().contains("[Chorus]"), "lyrics were written");
    for (number, item) in (1..).zip(items) {
        assert_take(&stage, &item["audio_url"], &item["image_url"], number).await;
    }
}

#[tokio::test]
async fn udioapi_v2_says_success_before_there_is_sound() {
    let stage = Stage::new();
    let created = send(stage.create(Dialect::UdioapiV2, &good(Dialect::UdioapiV2))).await.json();
    assert_shape(&created, "udioapi-v2-created");
    let task = created["workId"].as_str().unwrap();
    assert_eq!(created["data"]["task_id"], task);
    assert_ne!(stage.poll(Dialect::UdioapiV2, task).await["data"]["type"], "SUCCESS");
    for heard in [0, 1, 2] {
        let told = stage.poll(Dialect::UdioapiV2, task).await;
        assert_eq!(told["data"]["type"], "SUCCESS");
        let items = told["data"]["response_data"].as_array().unwrap();
        assert_eq!(items.iter().filter(|item| item["audio_url"] != "").count(), heard);
        let complete = items.iter().filter(|item| item["status"] == "complete").count();
        assert_eq!(complete, if heard == 2 { 2 } else { 0 });
        if heard == 2 {
            assert_shape(&told, "feed");
            assert_eq!(items[1]["extra_message"], "All generated successfully.");
        }
    }
}

#[tokio::test]
async fn a_feed_tells_a_failure_in_its_items() {
    for dialect in [Dialect::Apiin, Dialect::Udioapi, Dialect::UdioapiV2] {
        let script = "[[rule]]\non = \"create\"\ndo = \"fail\"\nmessage = \"Server overload\"";
        let stage = Stage::scripted(script);
        let task = stage.task(dialect).await;
        let failed = stage.nth_poll(dialect, &task, 3).await;
        let data = if dialect == Dialect::Udioapi { &failed } else { &failed["data"] };
        for item in data["response_data"].as_array().unwrap() {
            assert_eq!(item["error_message"], "Server overload", "{dialect:?}");
            assert_eq!((&item["status"], &item["audio_url"]), (&json!("error"), &json!("")));
        }
        assert_eq!(stage.sandbox.ledger()["accounts"][dialect.name()], 1000);
    }
}
