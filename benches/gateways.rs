//! What a gateway's answer costs once it is there: read, understood, and without its key. A
//! thousand open jobs are a few hundred of these a second. Run with `cargo bench --bench gateways`.
#![allow(clippy::unwrap_used)]

use divan::{Bencher, black_box};
use refrain::gateway::{Answer, Dialect, redacted};

fn main() {
    divan::main();
}

const DIALECTS: &[(&str, Dialect, &str)] = &[
    (
        "apixo",
        Dialect::Apixo,
        r#"{"code":200,"message":"success","data":{"taskId":"task_1","state":"generating",
            "createTime":1767965610929}}"#,
    ),
    (
        "apimall",
        Dialect::Apimall,
        r#"{"code":200,"message":"success","request_id":"req_1","data":{"task_id":"aud_1",
            "status":"processing","model":"V5","credits_used":12}}"#,
    ),
    (
        "udioapi-v2",
        Dialect::UdioapiV2,
        r#"{"code":200,"message":"success","data":{"type":"IN_PROGRESS","response_data":[]}}"#,
    ),
];

fn names() -> impl Iterator<Item = &'static str> {
    DIALECTS.iter().map(|(name, ..)| *name)
}

/// The answer that comes most often: not yet.
#[divan::bench(args = names())]
fn not_done_yet(bencher: Bencher, name: &str) {
    let (_, dialect, body) = DIALECTS.iter().find(|(known, ..)| *known == name).unwrap();
    let answer = Answer { status: 200, retry_after: None, body: body.as_bytes().to_vec() };
    let speaker = dialect.speaker().unwrap();
    bencher.bench_local(|| speaker.polled(black_box(&answer)));
}

/// An answer of many bytes that is no answer.
#[divan::bench(args = [1, 64, 4096])]
fn nonsense(bencher: Bencher, kilobytes: usize) {
    let body = vec![b'x'; kilobytes * 1024];
    let answer = Answer { status: 200, retry_after: None, body };
    let speaker = Dialect::Apixo.speaker().unwrap();
    bencher.bench_local(|| speaker.polled(black_box(&answer)));
}

/// Looking for a key in a text.
#[divan::bench(args = [1, 64])]
fn a_key_hidden(bencher: Bencher, kilobytes: usize) {
    let key = "sk-live-3f9ab2c4d6e8f0a1b2c3".into();
    let text = "a line of lyrics that is no key\n".repeat(kilobytes * 32);
    bencher.bench_local(|| redacted(black_box(&text), &key));
}
