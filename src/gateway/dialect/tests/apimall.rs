//! API Mall, against its page.

use super::*;

const BASE: &str = "https://gateway.apimall.ai/api/v1";

fn sent(request: &Request) -> Json {
    let wish = Wish { base: BASE, idempotency_key: Some("once"), ..Wish::default() };
    let call = create(Dialect::Apimall, request, &wish);
    let shown = "POST https://gateway.apimall.ai/api/v1/audio/generate\n\
                 authorization: Bearer ***\nidempotency-key: once\n\
                 content-type: application/json\n";
    assert!(call.to_string().starts_with(shown), "{call}");
    call.body.expect("a body")
}

#[test]
fn an_order_is_sent_as_the_page_sends_it() {
    let text = "An uplifting synth-pop track about late-night coding.";
    let params = Params {
        // Neither belongs to a description.
        title: "Late".into(),
        style: "synth-pop".into(),
        ..Params::default()
    };
    let request = super::request(Mode::Describe, text, params);
    let ours = json!({
        "customMode": false, "styleWeight": 0.6, "weirdnessConstraint": 0.2, "audioWeight": 0.5
    });
    assert_eq!(sent(&request), with(fixture!("apimall-generate.request"), "", ours));
}

#[test]
fn every_parameter_of_the_page_is_sent() {
    let params = Params {
        model: "V9".into(),
        title: "Neon".into(),
        style: "ballad".into(),
        avoid: "drums".into(),
        vocal: Vocal::Male,
        persona: "p1".into(),
        ..Params::default()
    };
    let request = super::request(Mode::Lyrics, "[Verse]\nNeon", params.clone());
    let body = json!({
        "model": "V9", "prompt": "[Verse]\nNeon", "style": "ballad", "title": "Neon",
        "customMode": true, "instrumental": false, "negativeTags": "drums", "vocalGender": "m",
        "styleWeight": 0.6, "weirdnessConstraint": 0.2, "audioWeight": 0.5, "personaId": "p1"
    });
    assert_eq!(sent(&request), body);

    let params = Params { vocal: Vocal::None, ..params };
    let body = sent(&super::request(Mode::Lyrics, "", params));
    assert_eq!((&body["prompt"], &body["instrumental"]), (&json!("ballad"), &json!(true)));
    assert_eq!(body.get("vocalGender"), None);
}

#[test]
fn without_a_key_for_the_action_there_is_no_header() {
    let request = super::request(Mode::Describe, "la", Params::default());
    let call = create(Dialect::Apimall, &request, &Wish::default());
    assert!(!call.to_string().contains("idempotency-key"), "{call}");
}

#[test]
fn it_is_asked_as_the_page_asks() {
    assert_eq!(
        poll(Dialect::Apimall, BASE, "aud_01HQ9MB2J3RWB1V8Y5B9H8M2QK").to_string(),
        "GET https://gateway.apimall.ai/api/v1/audio/aud_01HQ9MB2J3RWB1V8Y5B9H8M2QK\n\
         authorization: Bearer ***"
    );
}

#[test]
fn the_answers_to_an_order_are_read() {
    let apimall = speaker(Dialect::Apimall);
    assert_eq!(
        apimall.created(&answer(200, fixture!("apimall-created"))),
        Created::Accepted(Receipt {
            task: Some("aud_01HQ9MB2J3RWB1V8Y5B9H8M2QK".into()),
            request_ids: vec![
                "req_01HQ9M7J7X9P7Y8T6W5V4U3S2R".into(),
                "suno_req_01HQ9MBE2M6R6A0Z8KQ2P7P4FV".into(),
            ],
            model: Some("V5".into()),
            credits_used: Some(12.0),
            credits_left: Some(108.0),
            ..Receipt::default()
        })
    );
    // The document gives the error without its status; its table says 402.
    for status in [402, 200] {
        assert_eq!(
            apimall.created(&answer(status, fixture!("apimall-refused"))),
            Created::Refused(Failure {
                class: FailureClass::Funds,
                message: "The account at the gateway has too little left: Insufficient credits"
                    .into(),
                advice: "Top up the account at the gateway, then generate again".into(),
                code: Some("insufficient_credits".into()),
            })
        );
    }
}

fn completed() -> Receipt {
    Receipt {
        task: Some("aud_01HQ9MB2J3RWB1V8Y5B9H8M2QK".into()),
        request_ids: vec!["req_01HQ9M7J7X9P7Y8T6W5V4U3S2R".into()],
        model: Some("V5".into()),
        credits_used: Some(12.0),
        credits_refunded: Some(0.0),
        created: time("2026-03-12T09:40:00Z"),
        completed: time("2026-03-12T09:41:30Z"),
        tracks: vec![track(
            "https://cdn.apimall.ai/generated/audio-01.mp3",
            Some("https://cdn.apimall.ai/generated/audio-cover-01.webp"),
        )],
        ..Receipt::default()
    }
}

#[test]
fn the_takes_are_the_tracks_and_the_hosted_file_only_without_them() {
    let apimall = speaker(Dialect::Apimall);
    assert_eq!(
        apimall.polled(&answer(200, fixture!("apimall-completed"))),
        Polled::Complete(completed())
    );
    let hosted = Receipt {
        tracks: vec![track(
            "https://cdn.apimall.ai/generated/result.mp3",
            Some("https://cdn.apimall.ai/generated/cover.webp"),
        )],
        ..completed()
    };
    for output in [json!(null), json!({}), json!({"tracks": []}), json!({"tracks": [{}, null]})] {
        let mut body = parsed(fixture!("apimall-completed"));
        body["data"]["output"] = output;
        assert_eq!(apimall.polled(&well(&body)), Polled::Complete(hosted.clone()));
    }
    let mut body = parsed(fixture!("apimall-completed"));
    body["data"]["output"]["tracks"][0]["imageUrl"] = json!(null);
    let Polled::Complete(receipt) = apimall.polled(&well(&body)) else { panic!("{body}") };
    let cover = receipt.tracks[0].cover.as_deref();
    assert_eq!(cover, Some("https://cdn.apimall.ai/generated/cover.webp"));
}

#[test]
fn states_are_those_of_the_page() {
    let apimall = speaker(Dialect::Apimall);
    for state in ["pending", "processing", "unknown", "dreaming"] {
        let mut body = parsed(fixture!("apimall-completed"));
        body["data"]["status"] = state.into();
        let receipt = Receipt { tracks: Vec::new(), ..completed() };
        let want = Polled::Working { receipt, provisional: Vec::new() };
        assert_eq!(apimall.polled(&well(&body)), want, "{state}");
    }
}

#[test]
fn a_failure_is_read_in_both_spellings_with_what_came_back() {
    let apimall = speaker(Dialect::Apimall);
    for field in ["error_message", "failMsg"] {
        let body = json!({"success": true, "data": {
            "task_id": "t", "status": "failed", field: "Upstream fell over",
            "credits_used": 12, "credits_refunded": 12
        }});
        let want = Polled::Failed {
            receipt: Receipt {
                task: Some("t".into()),
                credits_used: Some(12.0),
                credits_refunded: Some(12.0),
                ..Receipt::default()
            },
            failure: Failure {
                class: FailureClass::Task,
                message: "The gateway could not make the song: Upstream fell over (12 credits \
                          came back)"
                    .into(),
                advice: "Read the reason: generating again is a new order that costs again".into(),
                code: None,
            },
        };
        assert_eq!(apimall.polled(&well(&body)), want);
    }
    let body = json!({"data": {"status": "failed", "credits_refunded": 0}});
    let polled = apimall.polled(&well(&body));
    let message = &word(&polled).1.expect("failed").message;
    assert_eq!(message, "The gateway could not make the song (no credits came back)");
}

#[test]
fn the_balance_names_both_kinds_of_credits() {
    let apimall = speaker(Dialect::Apimall);
    let call = balance(Dialect::Apimall, BASE).expect("it tells").to_string();
    assert_eq!(
        call,
        "GET https://gateway.apimall.ai/api/v1/account/balances\nauthorization: Bearer ***"
    );
    let said = |data: Json| {
        let balance = apimall.balanced(&well(&json!({"success": true, "data": data})));
        balance.map(|balance| balance.to_string())
    };
    assert_eq!(
        said(json!({"credits": 108, "api_credits": 12.5})),
        Ok("108 credits, 12.5 API credits".into())
    );
    assert_eq!(said(json!({"credits": 108})), Ok("108 credits".into()));
    assert_eq!(said(json!({"api_credits": "7"})), Ok("7 API credits".into()));
    assert!(said(json!(null)).is_err());
}
