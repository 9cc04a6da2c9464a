//! Every gateway, every kind of song, from the command to the files.

use std::fs;
use std::path::Path;
use std::thread;

use refrain::sandbox::Dialect;
use serde_json::{Value, json};

use super::shop::Shop;

const KEYS: [&str; 7] = ["job", "gateway", "task", "state", "takes", "credits_used", "error"];

/// The keys of the outermost object, as they stand.
fn keys(text: &str) -> Vec<&str> {
    let lines = text.lines().filter_map(|line| line.strip_prefix("  \""));
    lines.filter_map(|line| Some(line.split_once("\":")?.0)).collect()
}

#[test]
fn every_gateway_makes_every_kind_of_song() {
    let shop = Shop::new("");
    let kinds = [
        ("words", &["--lyrics", "song.txt", "--vocal", "f"][..]),
        ("described", &["--describe", "a song about paper cups"]),
        ("mute", &["--instrumental"]),
    ];
    let made = |dialect: Dialect, kind: &str, words: &[&str]| {
        let name = dialect.name();
        let dir = format!("{name} {kind}");
        let set = ["--data-dir", &dir, "generate", "--profile", name, "--json"];
        let song = ["--title", "Paper Cups", "--style", "synth-pop, warm"];
        let run = shop.home.run(&[&["--config", "config.toml"][..], &set, &song, words].concat());
        run.ends(0);
        assert_eq!(keys(&run.out), KEYS, "{}", run.out);
        let told = run.json();
        assert_eq!((&told["job"], &told["gateway"]), (&json!(1), &json!(name)));
        assert_eq!((&told["state"], &told["error"]), (&json!("done"), &Value::Null));
        assert!(told["task"].is_string(), "{told}");
        assert_eq!(told["credits_used"].is_number(), dialect == Dialect::ApiMall, "{told}");
        let takes = told["takes"].as_array().unwrap();
        assert_eq!(takes.len(), 2);
        for (take, (id, label)) in takes.iter().zip([("1a", "A"), ("1b", "B")]) {
            assert_eq!((&take["id"], &take["label"]), (&json!(id), &json!(label)));
            assert_eq!(take["duration_s"], json!(1.0));
            for file in ["audio", "cover"] {
                let path = Path::new(take[file].as_str().unwrap());
                assert!(path.is_absolute() && fs::metadata(path).unwrap().len() > 0);
            }
        }
    };
    thread::scope(|scope| {
        for dialect in Dialect::ALL {
            scope.spawn(move || {
                for (kind, words) in kinds {
                    made(dialect, kind, words);
                }
            });
        }
    });
    assert_eq!(shop.creates().len(), 15, "each was ordered once");
}

#[test]
fn every_parameter_arrives() {
    let shop = Shop::new("");
    let more = "--model V5 --negative drums --vocal m --style-weight 0.65 --weirdness 1 \
                --audio-weight 0 --persona p-7 --json";
    let more: Vec<_> = more.split_whitespace().collect();
    shop.generate("apimall", &more).ends(0);
    let body = &shop.creates()[0]["body"];
    let sent = json!({
        "model": "V5", "prompt": "[Verse 1]\nPaper cups along the sill\n", "customMode": true,
        "instrumental": false, "title": "Paper Cups", "style": "synth-pop, warm",
        "negativeTags": "drums", "vocalGender": "m", "personaId": "p-7", "styleWeight": 0.65,
        "weirdnessConstraint": 1.0, "audioWeight": 0.0,
    });
    assert_eq!(*body, sent);
}

#[test]
fn what_a_gateway_does_not_take_is_said_and_what_is_odd_does_not_stop_it() {
    let shop = Shop::new("");
    let run = shop.run(&[
        "generate",
        "--profile",
        "apixo",
        "--describe",
        "tea",
        "--persona",
        "p-7",
        "--style",
        "pop",
        "--weirdness",
        "0.2",
        "--title",
        "Tea",
        "--model",
        "V9",
        "--detach",
    ]);
    // It leaves all the same; this gateway knows no such model.
    run.ends(3);
    for word in ["no --persona", "no --style", "no --weirdness", "no --title", "V9 is not among"] {
        assert!(run.err.contains(word), "no {word:?} in {}", run.err);
    }
    assert!(!run.err.contains("no --model"));
    assert!(run.err.contains("input.mode must be one of"), "{}", run.err);
    // A warning asks nobody twice, and no words are an instrumental.
    let run = shop.run(&["generate", "--profile", "apixo", "--style", "pop", "--detach"]);
    run.ends(0);
    assert!(run.err.contains("an instrumental is made"), "{}", run.err);
    assert_eq!(shop.creates().last().unwrap()["body"]["input"]["instrumental"], true);
}
