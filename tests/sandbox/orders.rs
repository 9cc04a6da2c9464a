//! The routes for whoever drives the sandbox from outside.

use refrain::sandbox::{Dialect, Options, Sandbox};
use serde_json::{Value, json};

use super::stage::{Stage, good, send};

#[tokio::test]
async fn the_ledger_has_what_happened_and_no_keys() {
    let stage = Stage::new();
    for dialect in Dialect::ALL {
        let task = stage.task(dialect).await;
        stage.poll(dialect, &task).await;
        stage.poll(dialect, &task).await;
    }
    let answer = stage.get("/_sandbox/ledger").await;
    let text = String::from_utf8(answer.body.clone()).unwrap();
    assert!(!text.contains("sandbox-"), "a key in {text}");
    let ledger = answer.json();
    assert_eq!(ledger, stage.sandbox.ledger());
    for (n, dialect) in Dialect::ALL.iter().enumerate() {
        let create = &ledger["creates"][n];
        assert_eq!(create["dialect"], dialect.name());
        assert_eq!(create["body"], good(*dialect));
        assert_eq!((&create["number"], &create["status"]), (&json!(n + 1), &json!(200)));
        assert_eq!((&create["answered"], &create["fault"]), (&json!(true), &Value::Null));
        let task = create["task"].as_str().unwrap();
        assert_eq!(ledger["polls"][task], 2);
        assert_eq!(
            (&ledger["tasks"][n]["id"], &ledger["tasks"][n]["stage"]),
            (&json!(task), &json!("working"))
        );
    }
}

#[tokio::test]
async fn a_reset_forgets_and_begins_anew() {
    let stage =
        Stage::scripted("[[rule]]\non = \"create\"\nnth = 1\ndo = \"status\"\nstatus = 503");
    let refused = || send(stage.create(Dialect::Apixo, &good(Dialect::Apixo)));
    assert_eq!(refused().await.status, 503);
    let task = stage.task(Dialect::Apixo).await;
    assert_eq!(send(stage.http.post(stage.url("/_sandbox/reset"))).await.status, 204);
    let ledger = stage.sandbox.ledger();
    assert_eq!((&ledger["creates"], &ledger["accounts"]["apixo"]), (&json!([]), &json!(1000)));
    assert_eq!(send(stage.asking(Dialect::Apixo, &task)).await.status, 404);
    assert_eq!(refused().await.status, 503, "the script too");
    assert_ne!(stage.task(Dialect::Apixo).await, task, "no id is used twice");
    assert_eq!(stage.sandbox.ledger()["tasks"][0]["number"], 1);
}

#[tokio::test]
async fn a_script_can_be_put_and_a_bad_one_is_refused_with_its_line() {
    let stage = Stage::new();
    let put =
        |script: &'static str| send(stage.http.put(stage.url("/_sandbox/script")).body(script));
    let bad = put("[[rule]]\non = \"poll\"\ndo = \"never\"\n").await;
    assert_eq!(bad.status, 400);
    assert!(String::from_utf8(bad.body).unwrap().contains("line 1"));
    assert_eq!(put("[[rule]]\non = \"balance\"\ndo = \"status\"\nstatus = 500").await.status, 204);
    let balance = stage.request(reqwest::Method::GET, Dialect::Apixo, "/apikeys/current-balance");
    assert_eq!(send(balance).await.status, 500);
    stage.sandbox.set_script("").unwrap();
    assert!(stage.sandbox.set_script("rule = 1").is_err());
    stage.task(Dialect::Apixo).await;
}

#[test]
fn a_bad_script_or_a_taken_port_is_told_at_the_start() {
    let script = "nonsense = 1".into();
    let error = Sandbox::start(Options { script, ..Options::default() }).err().unwrap();
    assert!(error.to_string().contains("line 1"), "{error}");
    let first = Sandbox::start(Options::default()).unwrap();
    let port = first.address().port();
    assert!(Sandbox::start(Options { port, ..Options::default() }).is_err());
    assert!(first.address().ip().is_loopback());
    drop(first);
    Sandbox::start(Options { port, ..Options::default() }).expect("the port is free again");
}
