//! Results that are sent: the same body as a poll's answer, again if need be, and to this machine
//! only.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::thread;

use refrain::sandbox::Dialect;
use serde_json::{Value, json};

use super::stage::{Stage, good, send, until};

/// Listens, and answers each request with the next status; gives the bodies in the end.
fn receiver(statuses: &'static [u16]) -> (String, thread::JoinHandle<Vec<Value>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/hook?song=1", listener.local_addr().unwrap());
    let receive = move || {
        let take = |status: &u16| {
            let (stream, _) = listener.accept().unwrap();
            let mut reader = BufReader::new(stream);
            let mut length = 0;
            loop {
                let mut line = String::new();
                reader.read_line(&mut line).unwrap();
                let line = line.trim().to_lowercase();
                if let Some(value) = line.strip_prefix("content-length:") {
                    length = value.trim().parse().unwrap();
                }
                if line.is_empty() {
                    break;
                }
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).unwrap();
            let answer = format!("HTTP/1.1 {status} X\r\ncontent-length: 0\r\n\r\n");
            reader.get_mut().write_all(answer.as_bytes()).unwrap();
            serde_json::from_slice(&body).unwrap()
        };
        statuses.iter().map(take).collect()
    };
    (url, thread::spawn(receive))
}

async fn calls(stage: &Stage, count: usize) -> Vec<Value> {
    let ledger = until(
        || async { stage.sandbox.ledger() },
        |ledger| ledger["callbacks"].as_array().unwrap().len() >= count,
    )
    .await;
    ledger["callbacks"].as_array().unwrap().clone()
}

#[tokio::test]
async fn apixo_calls_at_the_end_until_it_is_heard() {
    let stage = Stage::new();
    let (url, received) = receiver(&[500, 503, 200]);
    let mut body = good(Dialect::Apixo);
    body["request_type"] = json!("callback");
    body["callback_url"] = json!(url);
    let task = stage.task_of(Dialect::Apixo, &body).await;
    let done = stage.nth_poll(Dialect::Apixo, &task, 4).await;
    let calls = calls(&stage, 3).await;
    let told: Vec<_> = calls.iter().map(|call| (&call["attempt"], &call["status"])).collect();
    let expected = [(json!(1), json!(500)), (json!(2), json!(503)), (json!(3), json!(200))];
    assert_eq!(told, expected.iter().map(|(a, b)| (a, b)).collect::<Vec<_>>());
    assert_eq!(received.join().unwrap(), [done.clone(), done.clone(), done]);
}

#[tokio::test]
async fn a_receiver_that_never_hears_is_called_four_times() {
    let stage = Stage::scripted("[[rule]]\non = \"callback\"\ndo = \"drop_before\"");
    let mut body = good(Dialect::Udioapi);
    body["callback_url"] = json!("http://localhost:9/hook");
    let task = stage.task_of(Dialect::Udioapi, &body).await;
    stage.nth_poll(Dialect::Udioapi, &task, 3).await;
    let calls = calls(&stage, 4).await;
    assert!(calls.iter().all(|call| call["stage"] == "first" && call["status"].is_null()));
}

#[tokio::test]
async fn feeds_call_for_the_first_take_too() {
    for dialect in [Dialect::Apiin, Dialect::Udioapi, Dialect::UdioapiV2] {
        let stage = Stage::new();
        let (url, received) = receiver(&[200, 200]);
        let mut body = good(dialect);
        body["callback_url"] = json!(url);
        let task = stage.task_of(dialect, &body).await;
        let first = stage.nth_poll(dialect, &task, 3).await;
        // One after the other: nothing else says which comes first.
        calls(&stage, 1).await;
        let done = stage.poll(dialect, &task).await;
        assert_eq!(received.join().unwrap(), [first, done], "{dialect:?}");
    }
}

#[tokio::test]
async fn a_sandbox_never_calls_out() {
    let stage = Stage::new();
    for url in ["https://127.0.0.1/x", "http://example.com/", "http://10.0.0.1/", "nothing"] {
        let mut body = good(Dialect::Apiin);
        body["callback_url"] = json!(url);
        let answer = send(stage.create(Dialect::Apiin, &body)).await;
        assert_eq!(answer.status, 400, "{url}");
        let words = answer.json()["error"]["message"].as_str().unwrap().to_owned();
        assert!(words.starts_with("callback_url must be"), "{words}");
    }
}
