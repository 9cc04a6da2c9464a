//! Whatever a gateway sends, every decoder returns.

use super::*;

/// A poll of each shape, and the examples of the documents.
fn bodies() -> Vec<String> {
    let item = json!({
        "id": "a", "audio_url": "https://x/a.mp3", "image_url": "https://x/a.jpg",
        "status": "complete", "title": "Neon", "duration": 184.5, "model_name": "m",
        "extra_message": "All generated successfully.", "fail_message": null, "prompt": "la",
        "tags": "pop"
    });
    let feed = |stage: &str| {
        let data = json!({
            "type": stage, "request_body": {"prompt": "la"}, "response_data": [item, item],
            "created_at": "2024-06-01T09:58:00Z"
        });
        json!({"code": 200, "message": "ok", "data": data}).to_string()
    };
    let documents = [
        fixture!("apiin-created"),
        fixture!("apimall-completed"),
        fixture!("apimall-created"),
        fixture!("apimall-refused"),
        fixture!("apixo-created"),
        fixture!("apixo-failed"),
        fixture!("apixo-pl-created"),
        fixture!("apixo-pl-failed"),
        fixture!("apixo-pl-refused"),
        fixture!("apixo-pl-success"),
        fixture!("apixo-processing"),
        fixture!("apixo-success"),
    ];
    documents.into_iter().map(str::to_owned).chain([feed("complete"), feed("first")]).collect()
}

/// Shows a body to all who read; whatever they say is bounded.
fn show(status: u16, body: &[u8]) {
    let answer = answer(status, body);
    for dialect in SPEAKERS {
        let speaker = speaker(dialect);
        // Both may say anything, as long as they say it.
        let _ = speaker.created(&answer);
        let _ = speaker.balanced(&answer);
        match speaker.polled(&answer) {
            Polled::Complete(receipt) => {
                assert!((1..=super::read::MOST_TRACKS).contains(&receipt.tracks.len()));
            }
            Polled::Working { receipt, provisional } => {
                assert!(receipt.tracks.is_empty());
                assert!(provisional.len() <= super::read::MOST_TRACKS);
            }
            _ => {}
        }
    }
}

#[test]
fn answers_that_break_off_anywhere() {
    for body in bodies() {
        for cut in 0..=body.len() {
            show(200, &body.as_bytes()[..cut]);
        }
        show(500, body.as_bytes());
    }
}

/// Every place in a value, as a pointer.
fn places(value: &Json, at: &str, into: &mut Vec<String>) {
    into.push(at.to_owned());
    match value {
        Json::Object(fields) => {
            for (name, value) in fields {
                places(value, &format!("{at}/{name}"), into);
            }
        }
        Json::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                places(value, &format!("{at}/{index}"), into);
            }
        }
        _ => {}
    }
}

#[test]
fn answers_with_something_else_in_every_place() {
    let others = [
        json!(null),
        json!(true),
        json!(-1),
        json!(1e308),
        json!(u64::MAX),
        json!(""),
        json!("é\u{0}\u{202e}"),
        json!([]),
        json!([null, 1, "x"]),
        json!({}),
        json!({"a": {}}),
        json!("{\"resultUrls\":[null,{\"audio_url\":7}]}"),
        json!("9999-99-99T99:99:99Z"),
    ];
    for body in bodies() {
        let whole = parsed(&body);
        let mut all = Vec::new();
        places(&whole, "", &mut all);
        for place in all {
            for other in &others {
                let mut changed = whole.clone();
                *changed.pointer_mut(&place).expect("a place") = other.clone();
                show(200, changed.to_string().as_bytes());
            }
        }
    }
}

#[test]
fn answers_that_are_deep_or_long() {
    const LONG: usize = 1024 * 1024;
    for nest in ["[", "{\"data\":", "{\"a\":[", "\"", "\\", "\u{0}", " ", "é"] {
        show(200, nest.repeat(LONG / nest.len()).as_bytes());
    }
    let deep = format!("{}{}", "[".repeat(100), "]".repeat(100));
    let result = json!(format!("{{\"resultUrls\":{deep}}}"));
    show(200, json!({"data": {"state": "success", "resultJson": result}}).to_string().as_bytes());
    let brackets = json!("[".repeat(LONG));
    let body = json!({"data": {"state": "success", "resultJson": brackets, "lyrics": brackets}});
    show(200, body.to_string().as_bytes());
    show(200, &[0xff; 4096]);
    show(200, &[0xef, 0xbb, 0xbf]);
}

#[test]
fn takes_are_as_many_as_an_alphabet_has_letters() {
    let items: Vec<_> = (0..1000)
        .map(|i| json!({"audio_url": format!("https://x/{i}"), "status": "complete"}))
        .collect();
    let result = json!({"resultUrls": items}).to_string();
    let body = json!({"data": {
        "state": "success", "status": "completed", "type": "complete", "resultJson": result,
        "output": {"tracks": items}, "response_data": items
    }});
    for dialect in SPEAKERS {
        let polled = speaker(dialect).polled(&well(&body));
        let Polled::Complete(receipt) = polled else { panic!("{dialect:?}") };
        let names: Vec<_> = receipt.tracks.into_iter().map(|track| track.audio).collect();
        let want: Vec<_> = (0..26).map(|i| format!("https://x/{i}")).collect();
        assert_eq!(names, want, "{dialect:?}");
    }
}

/// A finished task with these addresses, in every shape at once.
fn done_with(addresses: &[Json]) -> Answer {
    let item = |address: &Json| json!({"audio_url": address, "status": "complete"});
    let items: Vec<_> = addresses.iter().map(item).collect();
    let result = json!({"resultUrls": items}).to_string();
    well(&json!({"data": {
        "state": "success", "status": "completed", "type": "complete", "resultJson": result,
        "output": {"tracks": items}, "response_data": items
    }}))
}

#[test]
fn only_what_can_be_fetched_is_a_take() {
    let good = [json!("https://x/1"), json!("HTTP://x:80/2?a=b#c")];
    let bad = [
        "/songs/1.mp3",
        "songs/1.mp3",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "//x/1.mp3",
        "https://",
        "https:///1.mp3",
        "ftp://x/1.mp3",
        "https://x/a b",
        "https://x/\u{7}",
        "data:audio/mpeg;base64,AA==",
        "https:x",
    ];
    for dialect in SPEAKERS {
        let speaker = speaker(dialect);
        for bad in bad {
            let polled = speaker.polled(&done_with(&[json!(bad)]));
            let (word, failure) = word(&polled);
            assert_eq!(word, "again", "{dialect:?} {bad}");
            let message = &failure.expect("a reason").message;
            assert!(message.contains("address that cannot be fetched"), "{message}");

            let polled = speaker.polled(&done_with(&[json!(bad), good[0].clone()]));
            let Polled::Complete(receipt) = polled else { panic!("{dialect:?} {bad}") };
            assert_eq!(receipt.tracks, [track("https://x/1", None)]);
        }
        let polled = speaker.polled(&done_with(&good));
        let Polled::Complete(receipt) = polled else { panic!("{dialect:?}") };
        assert_eq!(receipt.tracks.len(), 2);
        // What is not there at all is no take either, and may come a moment later.
        for none in [json!(null), json!(""), json!(" "), json!(7), json!({})] {
            let polled = speaker.polled(&done_with(std::slice::from_ref(&none)));
            let word = word(&polled).0;
            // Version 2 counts items, and this one is still to come.
            let want = if dialect == Dialect::UdioapiV2 { "working" } else { "again" };
            assert_eq!(word, want, "{dialect:?} {none}");
        }
    }
}

#[test]
fn moments_are_read_in_both_forms_and_nonsense_is_none() {
    let read = |said: Json| super::read::time(&json!({"at": said}), &["at"]);
    let want = time("2026-01-09T13:33:30.929Z");
    assert_eq!(read(json!(1_767_965_610_929_i64)), want);
    assert_eq!(read(json!("1767965610929")), want);
    assert_eq!(read(json!("2026-01-09T14:33:30.929+01:00")), want);
    assert_eq!(read(json!(1_767_965_610)), time("2026-01-09T13:33:30Z"));
    for nonsense in [
        json!(0),
        json!(-5),
        json!(i64::MAX),
        json!(u64::MAX),
        json!(1e300),
        json!("soon"),
        json!(""),
        json!(null),
        json!([]),
        json!("1066-10-14T09:00:00Z"),
    ] {
        assert_eq!(read(nonsense.clone()), None, "{nonsense}");
    }
}
