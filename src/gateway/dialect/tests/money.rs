//! What each status means for money, at every gateway.

use super::*;
use FailureClass::{Auth, Busy, Funds, Gone, Invalid, Moderation, Task, Unknown};

fn said(dialect: Dialect, answer: &Answer) -> (&'static str, FailureClass) {
    let (word, failure) = refusal(speaker(dialect).created(answer));
    assert!(!failure.message.is_empty() && !failure.advice.is_empty());
    (word, failure.class)
}

#[test]
fn every_status_of_a_create_means_what_it_should() {
    for dialect in SPEAKERS {
        for status in 100..=599 {
            let busy = if dialect.is_idempotent() { ("busy", Busy) } else { ("unknown", Unknown) };
            let want = match status {
                400 | 422 => ("refused", Invalid),
                401 | 403 | 404 | 405 | 301 | 302 | 307 | 308 => ("refused", Auth),
                402 => ("refused", Funds),
                451 => ("refused", Moderation),
                409 => ("conflict", Unknown),
                429 => ("busy", Busy),
                503 => busy,
                _ => ("unknown", Unknown),
            };
            for body in ["", "<html>Trouble</html>", "{}", "null", "[1]"] {
                assert_eq!(said(dialect, &answer(status, body)), want, "{dialect:?} {status}");
            }
            // A task in an answer that went wrong is no task.
            let body = r#"{"task_id":"t","workId":"t","data":{"task_id":"t","taskId":"t"}}"#;
            if !(200..300).contains(&status) {
                assert_eq!(said(dialect, &answer(status, body)), want, "{dialect:?} {status}");
            }
            // A body may take back what HTTP says.
            if status >= 300 {
                let body = format!(r#"{{"code":{status},"message":"No","data":null}}"#);
                assert_eq!(said(dialect, &answer(200, body)), want, "{dialect:?} {status}");
            }
        }
    }
}

#[test]
fn words_and_codes_tell_more_than_a_status() {
    for (status, body, want) in [
        (400, json!({"message": "Insufficient credits"}), ("refused", Funds)),
        (403, json!({"error": {"code": "INSUFFICIENT_BALANCE"}}), ("refused", Funds)),
        (429, json!({"message": "Insufficient credits"}), ("refused", Funds)),
        (400, json!({"error": {"code": "sensitive_content"}}), ("refused", Moderation)),
        (400, json!({"message": "Tags contain artist name"}), ("refused", Moderation)),
        (400, json!({"msg": "Invalid API key"}), ("refused", Auth)),
        (200, json!({"success": false, "error": {"code": "rate_limit_exceeded"}}), ("busy", Busy)),
        (200, json!({"error": "Invalid token"}), ("refused", Auth)),
        // Words beside what is no refusal decide nothing.
        (200, json!({"message": "Rate limit exceeded"}), ("unknown", Unknown)),
        (500, json!({"message": "Insufficient credits"}), ("unknown", Unknown)),
        (200, json!({"success": false, "error": "Oh no"}), ("unknown", Unknown)),
    ] {
        for dialect in SPEAKERS {
            let got = said(dialect, &answer(status, body.to_string()));
            assert_eq!(got, want, "{dialect:?} {body}");
        }
    }
}

#[test]
fn a_task_that_was_named_is_never_lost() {
    for dialect in SPEAKERS {
        for body in [
            json!({"task_id": "t", "data": {"taskId": "t", "task_id": "t"}}),
            json!({"code": 500, "data": {"taskId": "t", "task_id": "t"}}),
            json!({"success": 1, "code": {}, "data": {
                "taskId": " t ", "task_id": " t ", "credits_used": "many", "model": [], "created_at": {}
            }, "request_id": null, "error": null}),
        ] {
            let created = speaker(dialect).created(&well(&body));
            let receipt = Receipt { task: Some("t".into()), ..Receipt::default() };
            assert_eq!(created, Created::Accepted(receipt), "{dialect:?} {body}");
        }
        for nameless in [json!(""), json!(" "), json!(null), json!({}), json!(1e30), json!(true)] {
            let body = json!({"data": {"taskId": nameless, "task_id": nameless}});
            assert_eq!(said(dialect, &well(&body)), ("unknown", Unknown), "{dialect:?} {body}");
        }
    }
}

#[test]
fn the_wait_that_a_gateway_asks_for_is_kept() {
    let wait = Some(Duration::from_secs(7));
    let busy = Answer { status: 429, retry_after: wait, body: Vec::new() };
    for dialect in SPEAKERS {
        let Created::Busy { retry_after, .. } = speaker(dialect).created(&busy) else { panic!() };
        assert_eq!(retry_after, wait);
        let Polled::Again { retry_after, .. } = speaker(dialect).polled(&busy) else { panic!() };
        assert_eq!(retry_after, wait);
    }
}

#[test]
fn every_status_of_a_poll_means_what_it_should() {
    for dialect in SPEAKERS {
        for status in 100..=599 {
            let want = match status {
                401 | 403 => ("refused", Some(Auth)),
                404 | 410 => ("missing", Some(Gone)),
                _ => ("again", Some(Busy)),
            };
            let said = |answer: &Answer| {
                let polled = speaker(dialect).polled(answer);
                let (word, failure) = word(&polled);
                (word, failure.map(|failure| failure.class))
            };
            for body in ["", "<html>Trouble</html>", "{}", r#"{"code":200,"data":null}"#] {
                assert_eq!(said(&answer(status, body)), want, "{dialect:?} {status} {body}");
            }
            if status >= 300 {
                let body = format!(r#"{{"code":{status},"message":"No","data":null}}"#);
                assert_eq!(said(&answer(200, body)), want, "{dialect:?} {status}");
            }
        }
        let polled = |error: &str| {
            speaker(dialect).polled(&well(&json!({"success": false, "error": {"code": error}})))
        };
        assert_eq!(word(&polled("task_not_found")).0, "missing");
        assert_eq!(word(&polled("invalid_api_key")).0, "refused");
        assert_eq!(word(&polled("oh_no")).0, "again");
    }
}

#[test]
fn messages_carry_the_gateway_s_words_clean_and_short() {
    let apixo = speaker(Dialect::Apixo);
    let words = format!("\u{1b}[31mNo\r\n\u{202e}{}", "é".repeat(4000));
    let body = json!({"code": "bad\u{7}\nnews", "message": words});
    let (_, failure) = refusal(apixo.created(&answer(400, body.to_string())));
    assert_eq!(failure.code.as_deref(), Some("bad news"));
    assert!(failure.message.contains(": [31mNo éé"), "{}", failure.message);
    assert!(failure.message.ends_with('…') && failure.message.chars().count() < 400);
    assert!(!failure.message.chars().any(char::is_control));

    // A plain word counts as one, a page does not.
    let (_, failure) = refusal(apixo.created(&answer(502, "upstream gone\n")));
    assert!(failure.message.ends_with(": upstream gone"), "{}", failure.message);
    let (_, failure) = refusal(apixo.created(&answer(502, "<html>")));
    assert!(failure.message.ends_with("(status 502)"), "{}", failure.message);
}

#[test]
fn a_key_that_was_used_before_is_no_refusal() {
    let body = json!({"success": false, "error": {
        "code": "idempotency_conflict", "message": "Idempotency-Key conflict"
    }});
    let answer = answer(409, body.to_string());
    let (word, failure) = refusal(speaker(Dialect::Apimall).created(&answer));
    assert_eq!((word, failure.class), ("conflict", Unknown));
    assert_eq!(
        failure.message,
        "The key of this order was used for another one, or it is still under way: \
         Idempotency-Key conflict"
    );
    assert_eq!(failure.code.as_deref(), Some("idempotency_conflict"));
}

#[test]
fn a_failed_task_blames_nobody_for_the_gateway_s_own_troubles() {
    for words in ["Unauthorized", "Rate limit exceeded", "It took too long"] {
        let body = json!({"data": {
            "state": "failed", "status": "failed", "failMsg": words, "type": "failed",
            "fail_message": words
        }});
        for dialect in SPEAKERS {
            let polled = speaker(dialect).polled(&well(&body));
            let class = word(&polled).1.map(|failure| failure.class);
            assert_eq!((word(&polled).0, class), ("failed", Some(Task)), "{dialect:?} {words}");
        }
    }
}
