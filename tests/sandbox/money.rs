//! What is charged, and how often.

use std::time::Duration;

use refrain::sandbox::Dialect;
use reqwest::Method;
use serde_json::{Value, json};

use super::stage::{Stage, good, send, try_send};

fn left(stage: &Stage, dialect: Dialect) -> Value {
    stage.sandbox.ledger()["accounts"][dialect.name()].clone()
}

#[tokio::test]
async fn every_create_has_its_price() {
    let stage = Stage::new();
    for (dialect, body, left_over) in [
        (Dialect::Apixo, good(Dialect::Apixo), json!(999.88)),
        (Dialect::ApiMall, good(Dialect::ApiMall), json!(988)),
        (Dialect::Apiin, json!({ "prompt": "x" }), json!(995)),
        (Dialect::Apiin, json!({ "prompt": "x", "model": "suno-v4-0" }), json!(987)),
        (Dialect::Apiin, json!({ "prompt": "x", "model": "suno-v4-5" }), json!(977)),
        (Dialect::Apiin, json!({ "prompt": "x", "model": "suno-v5-0" }), json!(965)),
        (Dialect::Udioapi, good(Dialect::Udioapi), json!(990)),
        // Both versions of udioapi are one account.
        (Dialect::UdioapiV2, good(Dialect::UdioapiV2), json!(980)),
    ] {
        stage.task_of(dialect, &body).await;
        assert_eq!(left(&stage, dialect), left_over, "{dialect:?} {body}");
    }
}

#[tokio::test]
async fn balances_are_told_as_the_documents_have_them() {
    let stage = Stage::new();
    stage.task(Dialect::Apixo).await;
    let balance =
        |dialect, path, key: &str| send(stage.request(Method::GET, dialect, path).bearer_auth(key));
    let (apixo, mall) = (Dialect::Apixo, Dialect::ApiMall);
    let told = balance(apixo, "/apikeys/current-balance", stage.sandbox.key(apixo)).await.json();
    assert_eq!(told, json!({ "code": 200, "message": "success", "data": 999.88 }));
    let told = balance(mall, "/account/balances", stage.sandbox.key(mall)).await.json();
    assert_eq!(told["data"], json!({ "credits": 1000, "api_credits": 1000 }));
    assert_eq!(told["success"], true);
    assert_eq!(balance(mall, "/account/balances", "wrong").await.status, 401);
    assert_eq!(stage.sandbox.ledger()["balances"], json!({ "apixo": 1, "apimall": 2 }));
}

#[tokio::test]
async fn an_idempotency_key_is_charged_once() {
    let stage = Stage::new();
    let body = good(Dialect::ApiMall);
    let create = |body: &Value, key: &str| {
        send(stage.create(Dialect::ApiMall, body).header("Idempotency-Key", key))
    };
    let first = create(&body, "one").await;
    let again = create(&body, "one").await;
    assert_eq!((first.status, &first.body), (again.status, &again.body));
    assert_eq!(left(&stage, Dialect::ApiMall), 988);

    let mut other = body.clone();
    other["title"] = json!("Tea");
    let refused = create(&other, "one").await;
    assert_eq!(refused.status, 409);
    assert_eq!(refused.json()["error"]["code"], "idempotency_conflict");
    assert_eq!(create(&other, "two").await.status, 200);
    assert_eq!(left(&stage, Dialect::ApiMall), 976);

    let ledger = stage.sandbox.ledger();
    let creates = ledger["creates"].as_array().unwrap();
    let repeated: Vec<_> = creates.iter().map(|create| create["repeated"] == true).collect();
    assert_eq!(repeated, [false, true, false, false]);
    assert_eq!(creates[1]["task"], creates[0]["task"]);
    assert_eq!(
        (&creates[1]["charged"], &creates[1]["idempotency_key"]),
        (&json!(0), &json!("one"))
    );
}

#[tokio::test]
async fn a_lost_answer_can_be_asked_for_again_with_the_key() {
    let stage = Stage::scripted("[[rule]]\non = \"create\"\nnth = 1\ndo = \"drop_after\"");
    let create =
        || stage.create(Dialect::ApiMall, &good(Dialect::ApiMall)).header("Idempotency-Key", "one");
    assert!(try_send(create()).await.is_err(), "the answer is lost");
    assert_eq!(left(&stage, Dialect::ApiMall), 988);
    let lost = stage.sandbox.ledger()["creates"][0].clone();
    assert_eq!((&lost["answered"], &lost["status"]), (&json!(false), &Value::Null));
    assert_eq!(send(create()).await.json()["data"]["task_id"], lost["task"]);
    assert_eq!(left(&stage, Dialect::ApiMall), 988);
}

#[tokio::test]
async fn a_key_in_flight_is_a_conflict() {
    let script = "[[rule]]\non = \"create\"\nnth = 1\ndo = \"stall\"\nwork = true";
    let stage = Stage::scripted(script);
    let create =
        || stage.create(Dialect::ApiMall, &good(Dialect::ApiMall)).header("Idempotency-Key", "one");
    let stalled = tokio::spawn(create().send());
    super::stage::until(
        || async { stage.sandbox.ledger() },
        |ledger| !ledger["creates"].as_array().unwrap().is_empty(),
    )
    .await;
    assert_eq!(send(create()).await.status, 409);
    stalled.abort();
    assert!(stalled.await.is_err());
    // The first caller has gone; the next one hears what became of it.
    let told = super::stage::until(|| send(create()), |answer| answer.status == 200).await;
    assert_eq!(told.json()["data"]["credits_used"], 12);
    assert_eq!(left(&stage, Dialect::ApiMall), 988);
}

#[tokio::test]
async fn without_a_key_a_lost_answer_is_paid_twice() {
    let stage = Stage::scripted("[[rule]]\non = \"create\"\nnth = 1\ndo = \"drop_after\"");
    let create = || stage.create(Dialect::Apixo, &good(Dialect::Apixo));
    let late = create().timeout(Duration::from_secs(20));
    assert!(try_send(late).await.is_err());
    assert_eq!(send(create()).await.status, 200);
    assert_eq!(left(&stage, Dialect::Apixo), 999.76);
}
