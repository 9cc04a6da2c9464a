//! udioapi.pro: version 1 against its page, which has tables but no samples, and version 2.

use super::*;

const BASE: &str = "https://udioapi.pro";

fn params() -> Params {
    Params {
        model: "chirp-v3.5".into(),
        title: "Neon".into(),
        style: "ballad".into(),
        avoid: "drums".into(),
        vocal: Vocal::Female,
        persona: "p1".into(),
        ..Params::default()
    }
}

fn sent(request: &Request, wish: &Wish<'_>) -> Json {
    let call = create(Dialect::Udioapi, request, wish);
    assert_eq!(call.url, "https://udioapi.pro/api/generate");
    let shown = call.to_string();
    assert!(shown.contains("\"token\": \"***\"") && !shown.contains("k3y"), "{shown}");
    assert!(!shown.contains("authorization"), "the key is in the body: {shown}");
    let sent = String::from_utf8(call.body_to_send().expect("a body")).expect("text");
    assert_eq!(parsed(&sent)["token"], "k3y");
    call.body.expect("a body")
}

#[test]
fn every_parameter_of_the_page_is_sent() {
    let extras = Extras { cluster: Some("second".into()), provider: Some("value".into()) };
    let callback = Some("https://me/x");
    let wish = Wish { base: BASE, callback, extras, idempotency_key: Some("once") };
    let request = super::request(Mode::Lyrics, "[Verse]\nNeon", params());
    let body = json!({
        "title": "Neon", "prompt": "[Verse]\nNeon", "gpt_description_prompt": "ballad",
        "custom_mode": true, "make_instrumental": false, "model": "chirp-v3.5",
        "callback_url": "https://me/x", "cluster": "second"
    });
    assert_eq!(sent(&request, &wish), body);
}

#[test]
fn custom_mode_is_for_the_chirp_models_and_the_prompt_for_those_who_sing() {
    let wish = Wish { base: BASE, ..Wish::default() };
    let described = super::request(Mode::Describe, "a slow one", params());
    let body = json!({
        "title": "Neon", "prompt": "a slow one", "gpt_description_prompt": "ballad",
        "custom_mode": false, "make_instrumental": false, "model": "chirp-v3.5"
    });
    assert_eq!(sent(&described, &wish), body);

    let udio = Params { model: "udio-130".into(), ..params() };
    let body = sent(&super::request(Mode::Describe, "a slow one", udio), &wish);
    assert_eq!(body.get("custom_mode"), None);

    let instrumental = Params { vocal: Vocal::None, ..params() };
    let body = json!({
        "title": "Neon", "gpt_description_prompt": "ballad", "custom_mode": true,
        "make_instrumental": true, "model": "chirp-v3.5"
    });
    assert_eq!(sent(&super::request(Mode::Lyrics, "  ", instrumental), &wish), body);
}

#[test]
fn the_feed_is_asked_without_a_key() {
    let call = poll(Dialect::Udioapi, BASE, "w1").to_string();
    assert_eq!(call, "GET https://udioapi.pro/api/feed?workId=w1");
    assert!(balance(Dialect::Udioapi, BASE).is_none());
}

#[test]
fn the_task_is_read_wherever_it_stands() {
    for dialect in [Dialect::Udioapi, Dialect::UdioapiV2, Dialect::Apiin] {
        for body in [
            json!({"workId": "w1"}),
            json!({"task_id": "w1"}),
            json!({"code": 200, "data": {"workId": "w1"}}),
            json!({"code": 200, "message": 7, "data": {"task_id": "w1", "model": {}}}),
        ] {
            let receipt = Receipt { task: Some("w1".into()), ..Receipt::default() };
            assert_eq!(speaker(dialect).created(&well(&body)), Created::Accepted(receipt));
        }
    }
}

/// The answer of the feed with every field of the page's tables.
fn feed(stage: &str, status: &str) -> Json {
    let item = |id: &str| {
        json!({
            "audio_url": format!("https://x/{id}.mp3"), "createTime": "2024-06-01T10:00:00Z",
            "id": id, "image_url": format!("https://x/{id}.jpg"), "prompt": "[Verse]\r\nNeon",
            "tags": "ballad", "title": "Neon", "error_message": "", "status": status
        })
    };
    json!({
        "type": stage, "request_body": {"prompt": "la", "token": "***"},
        "response_data": [item("a"), item("b")], "created_at": "2024-06-01T09:58:00Z"
    })
}

fn receipt() -> Receipt {
    Receipt {
        lyrics: Some("[Verse]\nNeon".into()),
        created: time("2024-06-01T09:58:00Z"),
        ..Receipt::default()
    }
}

fn takes() -> Vec<Track> {
    let take = |id: &str| Track {
        id: Some(id.into()),
        title: Some("Neon".into()),
        tags: Some("ballad".into()),
        ..track(&format!("https://x/{id}.mp3"), Some(&format!("https://x/{id}.jpg")))
    };
    vec![take("a"), take("b")]
}

#[test]
fn the_feed_is_read_bare_and_in_an_envelope() {
    let udioapi = speaker(Dialect::Udioapi);
    let enveloped = |feed: Json| json!({"code": 200, "message": "ok", "data": feed});
    let done = Polled::Complete(Receipt { tracks: takes(), ..receipt() });
    assert_eq!(udioapi.polled(&well(&feed("complete", "complete"))), done);
    assert_eq!(udioapi.polled(&well(&enveloped(feed("complete", "")))), done);
    for stage in ["new", "IN_PROGRESS", "text", "first"] {
        let want = Polled::Working { receipt: receipt(), provisional: takes() };
        assert_eq!(udioapi.polled(&well(&feed(stage, "streaming"))), want, "{stage}");
        assert_eq!(udioapi.polled(&well(&enveloped(feed(stage, "streaming")))), want, "{stage}");
    }
    let new = json!({"type": "new"});
    let want = Polled::Working { receipt: Receipt::default(), provisional: Vec::new() };
    assert_eq!(udioapi.polled(&well(&new)), want);
}

#[test]
fn every_error_message_of_the_page_has_its_class() {
    let udioapi = speaker(Dialect::Udioapi);
    for (message, class) in [
        ("Unable to generate lyrics from song description", FailureClass::Moderation),
        ("Prompt likely malformed", FailureClass::Invalid),
        ("Rate limit exceeded", FailureClass::Task),
        ("Invalid prompt format", FailureClass::Invalid),
        ("Generation timeout", FailureClass::Task),
        ("Server overload", FailureClass::Task),
        ("Invalid parameters", FailureClass::Invalid),
        ("Network error", FailureClass::Task),
        ("Topic too long.", FailureClass::Invalid),
        ("Anything else", FailureClass::Task),
    ] {
        let mut body = feed("complete", "");
        for item in body["response_data"].as_array_mut().expect("items") {
            item["audio_url"] = "".into();
            item["error_message"] = message.into();
        }
        let polled = udioapi.polled(&well(&body));
        let Polled::Failed { receipt: said, failure } = polled else { panic!("{message}") };
        assert_eq!((said, failure.class), (receipt(), class), "{message}");
        assert!(failure.message.ends_with(message), "{}", failure.message);
        let names_cluster = failure.advice.contains("cluster = \"second\"");
        assert_eq!(names_cluster, class == FailureClass::Task, "{}", failure.advice);
        assert_eq!(names_cluster, failure.advice.contains("costs again"), "{}", failure.advice);
    }
}

#[test]
fn version_2_takes_what_apiin_takes_under_its_own_address() {
    let wish = Wish { base: BASE, callback: Some("https://me/x"), ..Wish::default() };
    let request = super::request(Mode::Lyrics, "[Verse]\nNeon", params());
    let call = create(Dialect::UdioapiV2, &request, &wish);
    let shown = "POST https://udioapi.pro/api/v2/generate\nauthorization: Bearer ***\n";
    assert!(call.to_string().starts_with(shown), "{call}");
    let body = json!({
        "model": "chirp-v3.5", "prompt": "[Verse]\nNeon", "style": "ballad", "title": "Neon",
        "tags": "drums", "make_instrumental": false, "gender": "female", "style_weight": 0.6,
        "weirdness_constraint": 0.2, "audio_weight": 0.5, "callback_url": "https://me/x"
    });
    assert_eq!(call.body, Some(body));
    assert_eq!(
        poll(Dialect::UdioapiV2, BASE, "w1").to_string(),
        "GET https://udioapi.pro/api/v2/feed?workId=w1\nauthorization: Bearer ***"
    );
}

#[test]
fn version_2_says_success_long_before_it_is_done() {
    let v2 = speaker(Dialect::UdioapiV2);
    let working = Polled::Working { receipt: receipt(), provisional: takes() };
    let done = Polled::Complete(Receipt { tracks: takes(), ..receipt() });
    for stage in ["SUCCESS", "complete"] {
        assert_eq!(v2.polled(&well(&feed(stage, "streaming"))), working);
        assert_eq!(v2.polled(&well(&feed(stage, "complete"))), done);
    }
    let mut said = feed("SUCCESS", "");
    said["response_data"][0]["extra_message"] = "All generated successfully.".into();
    assert_eq!(word(&v2.polled(&well(&said))).0, "working", "one of two is enough for nothing");
    said["response_data"][1]["extra_message"] = "All generated successfully.".into();
    assert_eq!(v2.polled(&well(&said)), done);
    let mut one = feed("SUCCESS", "complete");
    one["response_data"][1]["audio_url"] = "".into();
    assert_eq!(word(&v2.polled(&well(&one))).0, "working", "the other is still to come");
    one["response_data"][1]["fail_message"] = "Server overload".into();
    let kept = Receipt { tracks: takes()[..1].to_vec(), ..receipt() };
    assert_eq!(v2.polled(&well(&one)), Polled::Complete(kept));
    one["response_data"][0]["audio_url"] = json!(null);
    one["response_data"][0]["error_message"] = "Server overload".into();
    assert_eq!(word(&v2.polled(&well(&one))).0, "failed");
}
