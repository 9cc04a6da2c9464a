//! What is refused, with which status, in which words.

use refrain::sandbox::Dialect;
use reqwest::Method;
use serde_json::{Value, json};

use super::shape::assert_shape;
use super::stage::{Answer, Stage, create_path, good, send};

/// Where a dialect tells why.
fn message(dialect: Dialect, answer: &Answer) -> String {
    let pointer = match dialect {
        Dialect::ApiMall | Dialect::Apiin => "/error/message",
        _ => "/message",
    };
    answer.json().pointer(pointer).and_then(Value::as_str).expect("a message").to_owned()
}

/// Asserts that each change to a good body is refused in words that have the given ones.
async fn assert_refused(dialect: Dialect, cases: &[(&str, Value, &str)]) {
    let stage = Stage::new();
    for (pointer, value, words) in cases {
        let mut body = good(dialect);
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        let parent = body.pointer_mut(parent).unwrap().as_object_mut().unwrap();
        if value.is_null() {
            parent.remove(name);
        } else {
            parent.insert(name.into(), value.clone());
        }
        let answer = send(stage.create(dialect, &body)).await;
        assert_eq!(answer.status, 400, "{pointer} = {value}");
        let message = message(dialect, &answer);
        assert!(message.contains(words), "{pointer} = {value}: {message}");
    }
    assert_eq!(stage.sandbox.ledger()["accounts"][dialect.name()], 1000, "nothing is charged");
}

fn long(length: usize) -> Value {
    // Two bytes each: what counts is characters.
    json!("é".repeat(length))
}

#[tokio::test]
async fn apixo() {
    let cases = [
        ("/input", Value::Null, "input is required"),
        ("/input", json!("x"), "input must be an object"),
        ("/request_type", json!("sync"), "request_type must be one of async, callback"),
        ("/request_type", json!("callback"), "callback_url is required"),
        ("/provider", json!("cheap"), "provider"),
        ("/input/mode", Value::Null, "input.mode is required"),
        ("/input/mode", json!("V9"), "input.mode must be one of V4"),
        ("/input/customMode", Value::Null, "input.customMode is required"),
        ("/input/customMode", json!("true"), "input.customMode must be a boolean"),
        ("/input/instrumental", Value::Null, "input.instrumental is required"),
        ("/input/prompt", Value::Null, "input.prompt is required"),
        ("/input/prompt", json!(""), "input.prompt is required"),
        ("/input/prompt", json!(7), "input.prompt must be a string"),
        ("/input/prompt", long(5001), "input.prompt has 5001 characters, 5000 at most"),
        ("/input/style", long(1001), "input.style"),
        ("/input/title", long(81), "input.title"),
        ("/input/vocalGender", json!("female"), "input.vocalGender must be one of m, f"),
        ("/input/styleWeight", json!("0.6"), "input.styleWeight must be a number"),
        ("/input/audioWeight", json!(1.5), "input.audioWeight"),
        ("/input/negative_tags", json!("x"), "input.negative_tags is not a known field"),
    ];
    assert_refused(Dialect::Apixo, &cases).await;
}

#[tokio::test]
async fn apixo_has_shorter_texts_for_v4_and_descriptions() {
    let stage = Stage::new();
    let body = |mode: &str, custom: bool, length: usize| {
        json!({ "input": {
            "mode": mode, "customMode": custom, "instrumental": false, "prompt": long(length),
        }})
    };
    for (mode, custom, most) in
        [("V4", true, 3000), ("V5_5", true, 5000), ("V4", false, 500), ("V5", false, 500)]
    {
        let fits = send(stage.create(Dialect::Apixo, &body(mode, custom, most))).await;
        let over = send(stage.create(Dialect::Apixo, &body(mode, custom, most + 1))).await;
        assert_eq!((fits.status, over.status), (200, 400), "{mode} {custom}");
        assert_shape(&over.json(), "apixo-error");
    }
}

#[tokio::test]
async fn api_mall() {
    let cases = [
        ("/prompt", Value::Null, "prompt is required"),
        ("/model", json!("suno"), "model must be one of V4, V4_5, V4_5PLUS, V5"),
        ("/customMode", json!(1), "customMode must be a boolean"),
        ("/vocalGender", json!("x"), "vocalGender"),
        ("/styleWeight", json!("x"), "styleWeight"),
        ("/mode", json!("V5"), "mode is not a known field"),
    ];
    assert_refused(Dialect::ApiMall, &cases).await;
    let stage = Stage::new();
    let full = json!({ "customMode": true, "style": "pop", "title": "Tea" });
    stage.task_of(Dialect::ApiMall, &full).await;
    let refused = send(stage.create(Dialect::ApiMall, &json!({}))).await;
    assert_shape(&refused.json(), "apimall-error");
}

#[tokio::test]
async fn apiin() {
    let cases = [
        ("/prompt", Value::Null, "prompt or gpt_description_prompt is required"),
        ("/prompt", long(5001), "prompt has 5001"),
        ("/gpt_description_prompt", long(401), "gpt_description_prompt has 401"),
        ("/style", long(1001), "style has 1001"),
        ("/title", long(81), "title has 81"),
        ("/model", json!("chirp-v4-5"), "model must be one of suno-v3-5"),
        ("/make_instrumental", json!("no"), "make_instrumental must be a boolean"),
        ("/customMode", json!(true), "customMode is not a known field"),
    ];
    assert_refused(Dialect::Apiin, &cases).await;
    let refused = send(Stage::new().create(Dialect::Apiin, &json!({}))).await.json();
    assert_eq!(refused["error"]["type"], "invalid_request");
}

#[tokio::test]
async fn udioapi() {
    let cases = [
        ("/prompt", Value::Null, "prompt is required"),
        ("/prompt", long(3001), "Topic too long."),
        ("/gpt_description_prompt", long(401), "Topic too long."),
        ("/model", json!("V5"), "model must be one of chirp-v3.0"),
        ("/cluster", json!("third"), "cluster"),
        ("/custom_mode", json!(true), "style (or gpt_description_prompt) is required"),
        ("/customMode", json!(true), "customMode is not a known field"),
    ];
    assert_refused(Dialect::Udioapi, &cases).await;
    let stage = Stage::new();
    let custom = |title: Value, style: &str| json!({ "custom_mode": true, "make_instrumental": true, "title": title, style: "pop" });
    for style in ["style", "gpt_description_prompt"] {
        stage.task_of(Dialect::Udioapi, &custom(json!("Tea"), style)).await;
    }
    let untitled = send(stage.create(Dialect::Udioapi, &custom(json!(""), "style"))).await;
    assert!(message(Dialect::Udioapi, &untitled).contains("title is required"));
}

#[tokio::test]
async fn udioapi_v2() {
    let cases = [
        ("/prompt", Value::Null, "is required"),
        ("/model", json!("chirp-v3.5"), "model must be one of chirp-v3-5"),
        ("/token", json!("x"), "token is not a known field"),
    ];
    assert_refused(Dialect::UdioapiV2, &cases).await;
}

#[tokio::test]
async fn a_key_is_asked_for() {
    let stage = Stage::new();
    for dialect in Dialect::ALL {
        let body = match dialect {
            Dialect::Udioapi => json!({ "prompt": "x", "token": "wrong" }).to_string(),
            _ => good(dialect).to_string(),
        };
        let create = || {
            let request = stage.request(Method::POST, dialect, create_path(dialect));
            request.header("Content-Type", "application/json").body(body.clone())
        };
        for request in [create(), create().bearer_auth("wrong")] {
            let answer = send(request).await;
            assert_eq!(answer.status, 401, "{dialect:?}");
            assert!(!message(dialect, &answer).is_empty());
        }
        if dialect != Dialect::Udioapi {
            let task = stage.task(dialect).await;
            let answer = send(stage.strange(dialect, &task).bearer_auth("wrong")).await;
            assert_eq!(answer.status, 401, "{dialect:?}");
        }
    }
}

#[tokio::test]
async fn what_is_not_there_and_what_is_not_json() {
    let stage = Stage::new();
    for dialect in Dialect::ALL {
        assert_eq!(send(stage.asking(dialect, "nobody")).await.status, 404, "{dialect:?}");
        let broken = stage.create(dialect, &good(dialect)).body("{");
        assert_eq!(send(broken).await.status, 400, "{dialect:?}");
        let kind = stage.request(Method::POST, dialect, create_path(dialect));
        let body = json!({ "token": stage.sandbox.key(dialect) }).to_string();
        let kind = kind.bearer_auth(stage.sandbox.key(dialect)).body(body);
        let answer = send(kind).await;
        assert_eq!(answer.status, 400, "{dialect:?}");
        assert!(message(dialect, &answer).contains("Content-Type"), "{dialect:?}");
    }
    // A task is known to its own gateway only.
    let task = stage.task(Dialect::Apiin).await;
    assert_eq!(send(stage.asking(Dialect::UdioapiV2, &task)).await.status, 404);
    assert_eq!(stage.get("/nowhere").await.status, 404);
}

#[tokio::test]
async fn an_empty_account_is_402() {
    for dialect in Dialect::ALL {
        let stage = Stage::with(0, "");
        let answer = send(stage.create(dialect, &good(dialect))).await;
        assert_eq!(answer.status, 402, "{dialect:?}");
        let json = answer.json();
        match dialect {
            Dialect::ApiMall => {
                assert_shape(&json, "apimall-error");
                assert_eq!(json["error"]["code"], "insufficient_credits");
            }
            Dialect::Apixo => assert_shape(&json, "apixo-error"),
            Dialect::Apiin => assert_eq!(json["error"]["type"], "insufficient_credits"),
            _ => assert_eq!(json["message"], "Insufficient credits"),
        }
    }
}
