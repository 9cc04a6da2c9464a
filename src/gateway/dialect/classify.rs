//! What a trouble is: from a status, a code and words to what it means for money, and to what the
//! user reads and does.

use serde_json::Value as Json;

use super::read::{Recordings, Reply, id, is_success, line, squashed};
use super::{Created, Polled};
use crate::song::{Failure, FailureClass, Receipt};

use FailureClass::{Auth, Busy, Funds, Gone, Invalid, Moderation, Task, Unknown};

/// What a failure of a class is told by, squashed; the first that fits decides.
const TELLING: &[(FailureClass, &[&str])] = &[
    (
        Funds,
        &[
            "insufficientcredit",
            "insufficientbalance",
            "insufficientfund",
            "notenoughcredit",
            "notenoughbalance",
        ],
    ),
    (
        Moderation,
        &[
            "sensitivecontent",
            "sensitiveword",
            "contentviolat",
            "contentpolicy",
            "moderation",
            "safetyguideline",
            "safetycheck",
            "safetyfilter",
            "flagged",
            "artistname",
            "unabletogeneratelyrics",
        ],
    ),
    (
        Auth,
        &[
            "unauthori",
            "unauthenticated",
            "authenticationerror",
            "invalidapikey",
            "apikeyrequired",
            "apikeyisrequired",
            "missingapikey",
            "invalidtoken",
            "accessnotapproved",
        ],
    ),
    (Busy, &["ratelimit", "toomanyrequests", "toomanyconcurrent", "overload"]),
    (
        Invalid,
        &[
            "invalidrequest",
            "invalidparam",
            "invalidprompt",
            "promptinvalid",
            "missingparam",
            "missingrequired",
            "malformed",
            "lengthexceeded",
            "topictoolong",
            "prompttoolong",
            "lyricstoolong",
            "styletoolong",
            "titletoolong",
            "istoolong",
        ],
    ),
];

/// The class that a code tells, or else the words. Codes are in `PascalCase` on newer pages
/// and in `UPPER_CASE` on older ones of the same gateway.
pub fn class_of(code: Option<&str>, words: Option<&str>) -> Option<FailureClass> {
    [code, words].into_iter().flatten().map(squashed).find_map(|said| {
        let fits = |telling: &[&str]| telling.iter().any(|telling| said.contains(telling));
        TELLING.iter().find(|(_, telling)| fits(telling)).map(|(class, _)| *class)
    })
}

/// What to do now.
fn advice(class: FailureClass) -> &'static str {
    match class {
        Invalid => "Change what the gateway names, then generate again",
        Auth => "Check the key and the base_url of the profile, then generate again",
        Funds => "Top up the account at the gateway, then generate again",
        Moderation => {
            "Rewrite the words and the style without names of artists, then generate again"
        }
        Busy => "Wait: it is sent again by itself, and nothing was charged for it",
        Unknown => {
            "Look at the gateway's own site whether it has the song before generating again: it \
             may have charged for it"
        }
        Task => {
            "Read the reason, and look whether the credits came back: generating again is a new \
             order that costs again"
        }
        Gone => "Keep what is on this disk: the gateway has nothing more to give for this order",
        FailureClass::Storage => "Make room on this disk, then fetch the takes again",
    }
}

/// What to do where only a question failed.
const ASKED_AGAIN: &str = "Wait: the gateway is asked again by itself, which costs nothing";

/// What happened, in the gateway's words where it has some.
fn message(what: &str, words: Option<&str>, status: u16) -> String {
    match words {
        Some(words) => format!("{what}: {words}"),
        None if is_success(status) => what.to_owned(),
        None => format!("{what} (status {status})"),
    }
}

fn failure(class: FailureClass, what: &str, reply: &Reply) -> Failure {
    Failure {
        class,
        message: message(what, reply.words().as_deref(), reply.status()),
        advice: advice(class).to_owned(),
        code: reply.code(),
    }
}

/// What the answer to a create means. `receipt` is what was read from it; `repeatable` says that
/// the gateway knows an idempotency key, so that its 503 can safely be met with the same order.
pub fn created(reply: &Reply, receipt: Receipt, repeatable: bool) -> Created {
    let status = reply.status();
    let has_task = reply.arrived() && receipt.task.is_some();
    if has_task && is_success(status) {
        return Created::Accepted(receipt);
    }
    let said = class_of(reply.code().as_deref(), reply.words().as_deref());
    let class = match status {
        // Only an outright refusal is searched for a class: a message beside it may be anything.
        200..=299 if reply.is_error() => said,
        301 | 302 | 307 | 308 | 404 | 405 => Some(Auth),
        400 | 422 => said.or(Some(Invalid)),
        401 | 403 => said.filter(|said| matches!(said, Funds | Moderation)).or(Some(Auth)),
        402 => Some(Funds),
        429 => said.filter(|said| *said == Funds).or(Some(Busy)),
        451 => Some(Moderation),
        503 if repeatable => Some(Busy),
        _ => None,
    };
    let what = match (class, status) {
        (_, 301 | 302 | 307 | 308) => {
            "The address of the gateway leads elsewhere, and the key is not sent to another host"
        }
        (_, 404 | 405) => "The gateway does not take orders at this address",
        (Some(Auth), _) => "The gateway does not accept the key",
        (Some(Funds), _) => "The account at the gateway has too little left",
        (Some(Moderation), _) => "The gateway's moderation refused the words",
        (Some(Busy), _) => "The gateway has too much to do",
        (Some(_), _) => "The gateway cannot make the song as it was ordered",
        (None, 409) => "The key of this order was used for another one, or it is still under way",
        (None, 200..=299) => "The gateway's answer names no task",
        (None, _) => "The gateway failed over the order, and may have taken it",
    };
    match class {
        // A task that was named can be asked about, whatever else went wrong.
        None if has_task => Created::Accepted(receipt),
        None if status == 409 => Created::Conflict(failure(Unknown, what, reply)),
        None => Created::Unknown(failure(Unknown, what, reply)),
        Some(Busy) => {
            Created::Busy { failure: failure(Busy, what, reply), retry_after: reply.retry_after }
        }
        Some(class) => Created::Refused(failure(class, what, reply)),
    }
}

/// What the answer to a poll means that says nothing about the task.
pub fn wordless(reply: &Reply) -> Polled {
    let code = reply.code();
    let missing = |code: &str| squashed(code).ends_with("notfound");
    let said = class_of(code.as_deref(), reply.words().as_deref());
    match reply.status() {
        401 | 403 => Polled::Refused(failure(Auth, "The gateway does not accept the key", reply)),
        200..=299 if reply.is_error() && said == Some(Auth) => {
            Polled::Refused(failure(Auth, "The gateway does not accept the key", reply))
        }
        404 | 410 => Polled::Missing(failure(Gone, "The gateway does not know the task", reply)),
        200..=299 if reply.is_error() && code.is_some_and(|code| missing(&code)) => {
            Polled::Missing(failure(Gone, "The gateway does not know the task", reply))
        }
        _ => again(Busy, "The gateway does not say how far the song is", reply),
    }
}

/// No word about the task.
pub fn again(class: FailureClass, what: &str, reply: &Reply) -> Polled {
    let failure = Failure { advice: ASKED_AGAIN.to_owned(), ..failure(class, what, reply) };
    Polled::Again { failure, retry_after: reply.retry_after }
}

/// What a task that is said to be done means. Without a recording it is asked about again: the
/// list may be filled a moment later, and a job that stalls can be resumed while one that failed
/// has lost what was paid for.
pub fn done(reply: &Reply, receipt: Receipt, recordings: Recordings) -> Polled {
    if !recordings.tracks.is_empty() {
        return Polled::Complete(Receipt { tracks: recordings.tracks, ..receipt });
    }
    let what = if recordings.unfetchable {
        "The gateway says that the song is done, but names an address that cannot be fetched"
    } else {
        "The gateway says that the song is done, but names no recording yet"
    };
    again(Task, what, reply)
}

/// A task that ended without takes, from the object that says so.
pub fn failed(receipt: Receipt, of: &Json) -> Polled {
    let code = id(of, &["failCode", "fail_code", "error_code"]);
    let words = line(of, &["failMsg", "fail_message", "error_message", "extra_message"]);
    let failure = task(&receipt, code, words.as_deref());
    Polled::Failed { receipt, failure }
}

/// Why a task ended without takes.
pub fn task(receipt: &Receipt, code: Option<String>, words: Option<&str>) -> Failure {
    // A limit or a key that a task met was the gateway's own, at the place where it lets songs be
    // made: the user can neither wait for the one nor mend the other.
    let class = class_of(code.as_deref(), words)
        .filter(|class| matches!(class, Invalid | Moderation | Funds))
        .unwrap_or(Task);
    let what = match class {
        Invalid => "The gateway could not make the song as it was ordered",
        Moderation => "The gateway's moderation refused the song",
        Funds => "The account at the gateway had too little left",
        _ => "The gateway could not make the song",
    };
    let credits = match receipt.credits_refunded {
        Some(credits) if credits > 0.0 => format!(" ({credits} credits came back)"),
        Some(_) => " (no credits came back)".to_owned(),
        None => String::new(),
    };
    // The code is all there is to read where the gateway has no words.
    let message = message(what, words.or(code.as_deref()), 200) + &credits;
    let advice = match (class, receipt.credits_refunded) {
        (Task, Some(_)) => "Read the reason: generating again is a new order that costs again",
        _ => advice(class),
    };
    Failure { class, message, advice: advice.to_owned(), code }
}

/// Why there is no balance.
pub fn no_balance(reply: &Reply) -> Failure {
    match reply.status() {
        401 | 403 => failure(Auth, "The gateway does not accept the key", reply),
        _ => failure(Busy, "The gateway does not say what is left on the account", reply),
    }
}
