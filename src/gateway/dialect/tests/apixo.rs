//! APIXO, against both of its pages.

use super::*;

const BASE: &str = "https://api.apixo.ai/api/v1";
const URL: &str = "https://api.apixo.ai/api/v1/generateTask/suno";

fn params(model: &str, style: &str, title: &str) -> Params {
    Params { model: model.into(), style: style.into(), title: title.into(), ..Params::default() }
}

fn sent(request: &Request, callback: Option<&str>, provider: Option<&str>) -> Json {
    let extras = Extras { provider: provider.map(str::to_owned), cluster: Some("second".into()) };
    let wish = Wish { base: BASE, callback, extras, idempotency_key: Some("once") };
    let call = create(Dialect::Apixo, request, &wish);
    let shown = format!("POST {URL}\nauthorization: Bearer ***\ncontent-type: application/json\n");
    assert!(call.to_string().starts_with(&shown), "{call}");
    assert!(call.secret_field.is_none());
    call.body.expect("a body")
}

#[test]
fn a_description_is_sent_as_both_pages_send_it() {
    let params = |model: &str| Params {
        // None of these belongs to a description.
        title: "Road".into(),
        style: "pop".into(),
        avoid: "noise".into(),
        persona: "p1".into(),
        vocal: Vocal::Female,
        model: model.into(),
        ..Params::default()
    };
    let text = "upbeat pop song about a summer road trip";
    let request = super::request(Mode::Describe, text, params("V5_5"));
    assert_eq!(sent(&request, None, None), parsed(fixture!("apixo-simple.request")));

    let request =
        super::request(Mode::Describe, "upbeat pop song about summer vacation", params("V5"));
    assert_eq!(sent(&request, None, Some("value")), parsed(fixture!("apixo-pl-simple.request")));

    let request =
        super::request(Mode::Describe, "warm acoustic song about coming home", params("V5_5"));
    let callback = Some("https://your-server.com/webhooks/apixo");
    assert_eq!(sent(&request, callback, None), parsed(fixture!("apixo-callback.request")));
}

#[test]
fn own_words_are_sent_as_both_pages_send_them() {
    let params = Params {
        vocal: Vocal::Female,
        avoid: "noise, distortion".into(),
        ..params("V4_5PLUS", "orchestral, emotional, film score", "Dawn of Hope")
    };
    let words = "[Verse 1]\nWalking down an empty street\nEchoes of your laughter sweet\n\n\
                 [Chorus]\nI miss you more than words can say";
    let request = super::request(Mode::Lyrics, words, params.clone());
    assert_eq!(sent(&request, None, None), parsed(fixture!("apixo-custom.request")));

    let words = "Verse 1: Walking down the empty street, echoes of your laughter sweet. Chorus: I \
                 miss you more than words can say, wish you were here today.";
    let request = super::request(Mode::Lyrics, words, params);
    let callback = Some("https://your-server.com/callback");
    let body = sent(&request, callback, Some("official"));
    assert_eq!(body, parsed(fixture!("apixo-pl-custom.request")));
    let text = body.to_string();
    assert!(text.contains("\"styleWeight\":0.6,"), "a weight prints as it was set: {text}");
}

#[test]
fn an_instrumental_is_sent_as_both_pages_send_it() {
    let style = "orchestral, cinematic, ambient";
    let params = Params {
        vocal: Vocal::None,
        style_weight: crate::song::Weight::hundredths(70),
        ..params("V4_5PLUS", style, "Peaceful Morning")
    };
    let text = "cinematic orchestral track with gentle piano and strings";
    let request = super::request(Mode::Lyrics, text, params.clone());
    let ours = json!({"weirdnessConstraint": 0.2, "audioWeight": 0.5});
    for example in
        [fixture!("apixo-instrumental.request"), fixture!("apixo-pl-instrumental.request")]
    {
        assert_eq!(sent(&request, None, None), with(example, "/input", ours.clone()));
    }
    let wordless = super::request(Mode::Lyrics, " \n", params);
    assert_eq!(sent(&wordless, None, None)["input"]["prompt"], style);
}

#[test]
fn the_outline_of_a_request_is_followed() {
    let params = Params { vocal: Vocal::Female, ..params("V4_5PLUS", "...", "...") };
    let request = super::request(Mode::Lyrics, "...", params);
    let ours = json!({"styleWeight": 0.6, "weirdnessConstraint": 0.2, "audioWeight": 0.5});
    let mut outline = with(fixture!("apixo-pl-outline.request"), "/input", ours);
    // The outline names a callback beside `async`; its own text wants `callback` with one.
    outline["request_type"] = "callback".into();
    assert_eq!(sent(&request, Some("https://..."), Some("auto")), outline);
}

#[test]
fn it_is_asked_as_both_pages_ask() {
    let call = poll(Dialect::Apixo, BASE, "task_12345678");
    assert_eq!(
        call.to_string(),
        "GET https://api.apixo.ai/api/v1/statusTask/suno?taskId=task_12345678\n\
         authorization: Bearer ***"
    );
}

#[test]
fn the_answers_to_an_order_are_read() {
    let apixo = speaker(Dialect::Apixo);
    let receipt = Receipt { task: Some("task_12345678".into()), ..Receipt::default() };
    for example in [fixture!("apixo-created"), fixture!("apixo-pl-created")] {
        assert_eq!(apixo.created(&answer(200, example)), Created::Accepted(receipt.clone()));
    }
    for status in [200, 400] {
        assert_eq!(
            apixo.created(&answer(status, fixture!("apixo-pl-refused"))),
            Created::Refused(Failure {
                class: FailureClass::Funds,
                message: "The account at the gateway has too little left: Insufficient credits"
                    .into(),
                advice: "Top up the account at the gateway, then generate again".into(),
                code: Some("400".into()),
            })
        );
    }
}

#[test]
fn the_answers_to_a_question_are_read() {
    let apixo = speaker(Dialect::Apixo);
    let receipt = Receipt {
        task: Some("task_12345678".into()),
        created: time("2026-01-09T13:33:30.929Z"),
        ..Receipt::default()
    };
    assert_eq!(
        apixo.polled(&answer(200, fixture!("apixo-processing"))),
        Polled::Working { receipt: receipt.clone(), provisional: Vec::new() }
    );
    assert_eq!(
        apixo.polled(&answer(200, fixture!("apixo-success"))),
        Polled::Complete(Receipt {
            lyrics: Some("[Verse 1]\nRolling down the highway...".into()),
            completed: time("2026-01-09T13:35:00.929Z"),
            tracks: vec![
                track("https://file.apixo.ai/track1.mp3", Some("https://file.apixo.ai/cover1.jpg")),
                track("https://file.apixo.ai/track2.mp3", Some("https://file.apixo.ai/cover2.jpg")),
            ],
            ..receipt.clone()
        })
    );
    assert_eq!(
        apixo.polled(&answer(200, fixture!("apixo-pl-success"))),
        Polled::Complete(Receipt {
            lyrics: Some(
                "[Verse 1]\nWalking down the empty street...\n\n[Chorus]\nI miss you more than \
                 words can say..."
                    .into()
            ),
            completed: time("2026-01-09T13:34:12.317Z"),
            tracks: vec![
                track("https://r2.apixo.ai/track1.mp3", Some("https://r2.apixo.ai/cover1.jpg")),
                track("https://r2.apixo.ai/track2.mp3", Some("https://r2.apixo.ai/cover2.jpg")),
            ],
            ..receipt.clone()
        })
    );
}

#[test]
fn the_failures_of_both_pages_are_read() {
    let apixo = speaker(Dialect::Apixo);
    let receipt = Receipt { task: Some("task_12345678".into()), ..Receipt::default() };
    assert_eq!(
        apixo.polled(&answer(200, fixture!("apixo-failed"))),
        Polled::Failed {
            receipt: Receipt {
                created: time("2026-01-09T13:33:30.929Z"),
                completed: time("2026-01-09T13:33:40.132Z"),
                ..receipt.clone()
            },
            failure: Failure {
                class: FailureClass::Invalid,
                message: "The gateway could not make the song as it was ordered: Prompt is \
                          invalid or rejected by provider"
                    .into(),
                advice: "Change what the gateway names, then generate again".into(),
                code: Some("PromptInvalid".into()),
            },
        }
    );
    assert_eq!(
        apixo.polled(&answer(200, fixture!("apixo-pl-failed"))),
        Polled::Failed {
            receipt,
            failure: Failure {
                class: FailureClass::Moderation,
                message: "The gateway's moderation refused the song: Content does not meet \
                          safety guidelines"
                    .into(),
                advice: "Rewrite the words and the style without names of artists, then \
                         generate again"
                    .into(),
                code: Some("CONTENT_VIOLATION".into()),
            },
        }
    );
    for (code, class) in [
        ("SensitiveContent", FailureClass::Moderation),
        ("SensitiveContentDetected", FailureClass::Moderation),
        ("SENSITIVE_CONTENT", FailureClass::Moderation),
        ("MissingParameter", FailureClass::Invalid),
        ("PromptLengthExceeded", FailureClass::Invalid),
        ("PROMPT_TOO_LONG", FailureClass::Invalid),
        ("RateLimited", FailureClass::Task),
        ("RateLimitExceeded", FailureClass::Task),
        ("Timeout", FailureClass::Task),
        ("PROCESSING_TIMEOUT", FailureClass::Task),
        ("Unknown error", FailureClass::Task),
    ] {
        let body = json!({"code": 200, "data": {"state": "failed", "failCode": code}});
        let polled = apixo.polled(&well(&body));
        let Polled::Failed { failure, .. } = polled else { panic!("{code}: {polled:?}") };
        assert_eq!((failure.class, failure.code.as_deref()), (class, Some(code)));
        assert!(failure.message.ends_with(code), "{}", failure.message);
    }
}

#[test]
fn the_result_in_a_string_is_read_with_care() {
    let apixo = speaker(Dialect::Apixo);
    let polled = |result: Json| {
        apixo.polled(&well(
            &json!({"code": 200, "data": {"state": "success", "resultJson": result}}),
        ))
    };
    for bad in [json!("{\"resultUrls\":[{"), json!(""), json!(null), json!("null"), json!(7)] {
        let polled = polled(bad.clone());
        assert_eq!(word(&polled).0, "again", "{bad}");
    }
    // As an object in place of a string it is as good.
    let object = json!({"resultUrls": [{"audio_url": "https://x/1.mp3"}]});
    assert_eq!(word(&polled(object)).0, "complete");
}

#[test]
fn the_balance_is_in_dollars() {
    let apixo = speaker(Dialect::Apixo);
    let call = balance(Dialect::Apixo, BASE).expect("it tells").to_string();
    assert_eq!(
        call,
        "GET https://api.apixo.ai/api/v1/apikeys/current-balance\nauthorization: Bearer ***"
    );
    let said = |body: Json| apixo.balanced(&well(&body)).map(|balance| balance.to_string());
    assert_eq!(said(json!({"code": 200, "data": 8.4})), Ok("$8.40".into()));
    assert_eq!(said(json!({"code": 200, "data": "0.125"})), Ok("$0.12".into()));
    assert_eq!(said(json!({"code": 200, "data": -1})), Ok("-$1.00".into()));
    let refused = said(json!({"code": 401, "message": "Invalid API key", "data": 8}));
    assert_eq!(refused.expect_err("refused").class, FailureClass::Auth);
    assert!(said(json!({"code": 200, "data": null})).is_err());
}
