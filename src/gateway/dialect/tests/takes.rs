//! The table of gateways and the dialects say the same about what is sent.

use super::*;
use crate::gateway::{Catalogue, Parameter};
use crate::song::Weight;

/// Every parameter with a value that is found again, and who knows what it is called.
fn marked() -> (Params, Vec<(Parameter, Json)>) {
    let params = Params {
        profile: "mark-profile".into(),
        model: "mark-model".into(),
        title: "mark-title".into(),
        style: "mark-style".into(),
        avoid: "mark-avoid".into(),
        vocal: Vocal::Male,
        persona: "mark-persona".into(),
        style_weight: Weight::hundredths(11),
        weirdness: Weight::hundredths(22),
        audio_weight: Weight::hundredths(33),
        ..Params::default()
    };
    let marks = vec![
        (Parameter::Title, json!("mark-title")),
        (Parameter::Style, json!("mark-style")),
        (Parameter::Avoid, json!("mark-avoid")),
        (Parameter::Persona, json!("mark-persona")),
        (Parameter::StyleWeight, json!(0.11)),
        (Parameter::Weirdness, json!(0.22)),
        (Parameter::AudioWeight, json!(0.33)),
    ];
    (params, marks)
}

/// All values in a body, however deep.
fn leaves(body: &Json) -> Vec<Json> {
    match body {
        Json::Object(fields) => fields.values().flat_map(leaves).collect(),
        Json::Array(items) => items.iter().flat_map(leaves).collect(),
        leaf => vec![leaf.clone()],
    }
}

#[test]
fn what_the_table_says_a_gateway_takes_is_sent_and_nothing_else() {
    let catalogue = Catalogue::built_in().expect("the table");
    let mut spoken = 0;
    for name in catalogue.names() {
        let gateway = catalogue.get(name).expect("named");
        if gateway.dialect.speaker().is_none() {
            continue;
        }
        spoken += 1;
        for mode in [Mode::Lyrics, Mode::Describe] {
            let (params, marks) = marked();
            let request = request(mode, "mark-words", params);
            let body = create(gateway.dialect, &request, &Wish::default()).body.expect("a body");
            let leaves = leaves(&body);
            let is_sent = |value: &Json| leaves.contains(value);
            for (parameter, mark) in marks {
                let takes = gateway.takes(parameter, mode);
                assert_eq!(is_sent(&mark), takes, "{name} {mode:?} {parameter:?}: {body}");
            }
            let voice = is_sent(&json!("m")) || is_sent(&json!("male"));
            assert_eq!(voice, gateway.takes(Parameter::Vocal, mode), "{name} {mode:?}: {body}");
            assert!(is_sent(&json!("mark-words")) && is_sent(&json!("mark-model")), "{body}");
            assert!(!is_sent(&json!("mark-profile")), "{body}");
        }
    }
    assert_eq!(spoken, SPEAKERS.len());
    assert!(Dialect::Sketch.speaker().is_none());
}

#[test]
fn nobody_sings_an_instrumental_and_nothing_is_sent_empty() {
    for dialect in SPEAKERS {
        for mode in [Mode::Lyrics, Mode::Describe] {
            let nothing = Params { vocal: Vocal::None, ..Params::default() };
            let request = request(mode, " \n\t", nothing);
            let body = create(dialect, &request, &Wish::default()).body.expect("a body");
            let leaves = leaves(&body);
            let empty = |leaf: &Json| leaf.as_str().is_some_and(|text| text.trim().is_empty());
            assert!(!leaves.iter().any(empty) && !leaves.contains(&Json::Null), "{body}");
            let names = ["instrumental", "make_instrumental"];
            let input = body.get("input").unwrap_or(&body);
            assert!(names.iter().any(|name| input.get(name) == Some(&json!(true))), "{body}");
        }
    }
}

#[test]
fn weights_are_sent_as_they_were_set() {
    for hundredths in 0..=100 {
        let weight = Weight::hundredths(hundredths);
        let sent = super::fields::Fields::default().weight("w", weight).done().to_string();
        let digits = weight.to_string();
        let shortest = match digits.trim_end_matches('0') {
            whole if whole.ends_with('.') => format!("{whole}0"),
            part => part.to_owned(),
        };
        assert_eq!(sent, format!("{{\"w\":{shortest}}}"));
    }
}

#[test]
fn a_task_stays_in_its_place_in_an_address() {
    let base = "https://gateway.example/api/v1";
    for dialect in SPEAKERS {
        let shape = |task: &str| {
            let url = poll(dialect, base, task).url;
            let marks = url.chars().filter(|c| "/?#&=@:".contains(*c)).collect::<String>();
            (url.starts_with(base), marks)
        };
        for hostile in ["../x?y#z", "a&b=c", "@evil.example/", "a b\r\nx: y", "%2e%2e/", "é\u{0}"]
        {
            assert_eq!(shape(hostile), shape("task"), "{dialect:?} {hostile}");
        }
        assert!(!poll(dialect, base, "..").url.ends_with("/.."), "{dialect:?}");
        assert!(!poll(dialect, base, ".").url.ends_with("/."), "{dialect:?}");
    }
}

#[test]
fn what_a_dialect_says_of_itself_is_what_it_does() {
    let song = request(Mode::Lyrics, "la", Params::default());
    for dialect in SPEAKERS {
        let told = |wish: &Wish<'_>| create(dialect, &song, wish).to_string();
        let keyed = told(&Wish { idempotency_key: Some("k-77"), ..Wish::default() });
        assert_eq!(keyed.contains("k-77"), dialect.is_idempotent(), "{dialect:?}");
        let called = told(&Wish { callback: Some("https://back.example"), ..Wish::default() });
        assert_eq!(called.contains("back.example"), dialect.calls_back(), "{dialect:?}");
        assert_eq!(balance(dialect, "").is_some(), dialect.tells_balance(), "{dialect:?}");
    }
}
