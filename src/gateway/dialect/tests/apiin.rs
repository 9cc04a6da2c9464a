//! apiin.one, against its page, and its feed.

use super::*;

const BASE: &str = "https://apiin.one/api/v1";

fn sent(request: &Request, callback: Option<&str>) -> Json {
    let call = create(Dialect::Apiin, request, &Wish { base: BASE, callback, ..Wish::default() });
    let shown = "POST https://apiin.one/api/v1/audio/music\nauthorization: Bearer ***\n\
                 content-type: application/json\n";
    assert!(call.to_string().starts_with(shown), "{call}");
    call.body.expect("a body")
}

#[test]
fn own_words_are_sent_as_the_page_sends_them() {
    let params = Params {
        model: "suno-v4-5".into(),
        style: "pop, upbeat, electronic, 120 bpm".into(),
        title: "Summer Dreams".into(),
        ..Params::default()
    };
    let words =
        "Verse 1: Walking down the street, feeling so free\nChorus: Summer dreams are calling me";
    let request = super::request(Mode::Lyrics, words, params.clone());
    let weights = json!({"style_weight": 0.6, "weirdness_constraint": 0.2, "audio_weight": 0.5});
    let example = with(fixture!("apiin-custom.request"), "", weights);
    assert_eq!(sent(&request, None), example);

    let params = Params { avoid: "drums".into(), vocal: Vocal::Female, ..params };
    let request = super::request(Mode::Lyrics, words, params);
    let rest = json!({
        "tags": "drums", "gender": "female", "callback_url": "https://me/x",
        "style_weight": 0.6, "weirdness_constraint": 0.2, "audio_weight": 0.5
    });
    let example = with(fixture!("apiin-custom.request"), "", rest);
    assert_eq!(sent(&request, Some("https://me/x")), example);
}

#[test]
fn a_description_travels_alone() {
    let params = Params {
        model: "suno-v5-0".into(),
        title: "Neon".into(),
        style: "pop".into(),
        vocal: Vocal::None,
        ..Params::default()
    };
    let request = super::request(Mode::Describe, "a slow one", params);
    let body = json!({
        "model": "suno-v5-0", "gpt_description_prompt": "a slow one", "make_instrumental": true
    });
    assert_eq!(sent(&request, None), body);
}

#[test]
fn it_is_asked_for_its_feed() {
    assert_eq!(
        poll(Dialect::Apiin, BASE, "gen123abc456def789ksv").to_string(),
        "GET https://apiin.one/api/v1/audio/music/feed?task_id=gen123abc456def789ksv\n\
         authorization: Bearer ***"
    );
    assert!(balance(Dialect::Apiin, BASE).is_none());
}

#[test]
fn the_answers_to_an_order_are_read() {
    let apiin = speaker(Dialect::Apiin);
    assert_eq!(
        apiin.created(&answer(200, fixture!("apiin-created"))),
        Created::Accepted(Receipt {
            task: Some("gen123abc456def789ksv".into()),
            model: Some("suno-v4-5".into()),
            created: time("2026-02-24T12:00:00Z"),
            ..Receipt::default()
        })
    );
    let enveloped = json!({"code": 200, "message": "success", "data": {"task_id": 981}});
    assert_eq!(
        apiin.created(&well(&enveloped)),
        Created::Accepted(Receipt { task: Some("981".into()), ..Receipt::default() })
    );
    for (status, kind, class) in [
        (400, "invalid_request", FailureClass::Invalid),
        (401, "authentication_error", FailureClass::Auth),
        (402, "insufficient_credits", FailureClass::Funds),
    ] {
        let body = json!({"error": {"code": status, "message": "No.", "type": kind}});
        for http in [status, 200] {
            let (word, failure) = refusal(apiin.created(&answer(http, body.to_string())));
            assert_eq!((word, failure.class), ("refused", class));
            assert!(failure.message.ends_with(": No."), "{}", failure.message);
        }
        let body = json!({"error": {"code": kind, "message": "No."}});
        let (_, failure) = refusal(apiin.created(&well(&body)));
        assert_eq!((failure.class, failure.code.as_deref()), (class, Some(kind)));
    }
}

/// The feed at a stage.
fn feed(stage: &str, items: impl Into<Json>) -> Answer {
    let items: Json = items.into();
    well(&json!({
        "code": 200, "message": "success",
        "data": {
            "type": stage, "request_body": {"prompt": "la"}, "response_data": items,
            "created_at": "2026-02-24T12:00:00Z"
        }
    }))
}

/// An item with all that it may have.
fn item(id: &str, status: &str, audio: &str) -> Json {
    json!({
        "id": id, "audio_url": audio, "image_url": "https://x/c.jpg", "status": status,
        "title": "Neon", "duration": 184.5, "model_name": "chirp-v4-5", "tags": "pop",
        "extra_message": "", "fail_message": null, "error_message": ""
    })
}

fn take(id: &str, audio: &str) -> Track {
    Track {
        id: Some(id.into()),
        title: Some("Neon".into()),
        seconds: Some(184.5),
        model: Some("chirp-v4-5".into()),
        tags: Some("pop".into()),
        ..track(audio, Some("https://x/c.jpg"))
    }
}

#[test]
fn the_stages_of_the_feed_are_followed() {
    let apiin = speaker(Dialect::Apiin);
    let receipt = Receipt { created: time("2026-02-24T12:00:00Z"), ..Receipt::default() };
    let working = |provisional| Polled::Working { receipt: receipt.clone(), provisional };
    for stage in ["text", "first", "SUCCESS", "dreaming"] {
        assert_eq!(apiin.polled(&feed(stage, json!([]))), working(vec![]), "{stage}");
        assert_eq!(apiin.polled(&feed(stage, json!(null))), working(vec![]), "{stage}");
    }
    let streams = json!([item("a", "streaming", "https://x/a"), item("b", "queued", "")]);
    for stage in ["text", "first"] {
        let want = working(vec![take("a", "https://x/a")]);
        assert_eq!(apiin.polled(&feed(stage, streams.clone())), want);
    }
    // One that is done already is still not all.
    let first = json!([item("a", "complete", "https://x/a.mp3")]);
    let want = working(vec![take("a", "https://x/a.mp3")]);
    assert_eq!(apiin.polled(&feed("first", first)), want);

    let both =
        json!([item("a", "complete", "https://x/a.mp3"), item("b", "complete", "https://x/b.mp3")]);
    let tracks = vec![take("a", "https://x/a.mp3"), take("b", "https://x/b.mp3")];
    let done = Polled::Complete(Receipt { tracks, ..receipt.clone() });
    assert_eq!(apiin.polled(&feed("complete", both)), done);
}

#[test]
fn a_task_fails_only_where_nothing_can_still_come() {
    let apiin = speaker(Dialect::Apiin);
    let good = item("a", "complete", "https://x/a.mp3");
    let queued = item("b", "queued", "");
    let bad = |field: &str| {
        let mut bad = item("b", "queued", "");
        bad[field] = "Unable to generate lyrics from song description".into();
        bad
    };
    let said = |stage, items| {
        let polled = apiin.polled(&feed(stage, items));
        let (word, failure) = word(&polled);
        (word, failure.map(|failure| failure.class))
    };
    let moderated = Some(FailureClass::Moderation);
    for field in ["fail_message", "error_message"] {
        assert_eq!(said("text", json!([queued, bad(field)])), ("working", None));
        assert_eq!(said("first", json!([bad(field)])), ("working", None));
        assert_eq!(said("first", json!([good, bad(field)])), ("complete", None));
        assert_eq!(said("complete", json!([good, bad(field)])), ("complete", None));
        assert_eq!(said("text", json!([bad(field), bad(field)])), ("failed", moderated));
        assert_eq!(said("complete", json!([bad(field)])), ("failed", moderated));
        // Said to be complete while one is still queued: it may come a moment later.
        let late = Some(FailureClass::Task);
        assert_eq!(said("complete", json!([queued, bad(field)])), ("again", late));
    }
    // Only a failed item has its extra message read as a reason.
    let mut extra = item("b", "failed", "");
    extra["extra_message"] = "Sensitive words".into();
    assert_eq!(said("text", json!([extra])), ("failed", moderated));
    extra["status"] = "queued".into();
    assert_eq!(said("text", json!([extra])), ("working", None));
    assert_eq!(said("failed", json!([queued])), ("failed", Some(FailureClass::Task)));
    assert_eq!(said("failed", json!([good, queued])), ("complete", None));
}
