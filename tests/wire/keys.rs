//! Where a key goes: to its gateway, and nowhere else. The other side may send it back in any
//! place and spelling.

use std::fs;
use std::path::Path;
use std::process::Command;

use refrain::gateway::{Created, Polled};
use refrain::sandbox::{Options, Pace, Sandbox, Sound};
use refrain::song::Label;
use serde_json::json;

use crate::desk::{BOUNDS, Desk, pair, rule, sound};
use crate::server::{KEY, Server, say};

/// Every file below a folder that has any of these texts in it, or in its name.
fn holders(dir: &Path, texts: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(holders(&path, texts));
            continue;
        }
        let bytes = fs::read(&path).unwrap();
        let has = |text: &&str| {
            path.to_string_lossy().contains(*text)
                || bytes.windows(text.len()).any(|window| window == text.as_bytes())
        };
        if texts.iter().any(has) {
            found.push(path.display().to_string());
        }
    }
    found
}

/// The key as JSON may spell it, whoever writes it.
fn escaped() -> String {
    let spelled: Vec<_> = KEY.bytes().map(|byte| format!("\\u{byte:04x}")).collect();
    spelled.concat()
}

/// A gateway that puts the key into everything that it says.
fn echo() -> Server {
    Server::start(|request, socket| {
        let host = request.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
        let said = format!(
            "no {KEY}; {}; {}",
            KEY.replace('/', "%2F").replace('+', "%2B").replace('=', "%3D"),
            "é".repeat(284)
        );
        if request.starts_with("GET /a.mp3") {
            return say(socket, 200, "", &sound(Label::A).audio);
        }
        let (status, body) = if request.starts_with("POST") && request.contains("one more") {
            let error = json!({"error": {"code": KEY, "message": said}}).to_string();
            (402, error.replace("no ", &format!("{} ", escaped())))
        } else if request.starts_with("POST") {
            let data = json!({"task_id": "t1", "request_id": KEY, "model": said});
            (200, json!({"code": 200, "data": data}).to_string())
        } else if request.contains("/t1 ") {
            let track = json!({
                "audio_url": format!("http://{host}/a.mp3"), "title": said, "tags": said,
                "id": KEY, "image_url": format!("http://{host}/c.png?token={KEY}"),
            });
            let data =
                json!({"task_id": "t1", "status": "completed", "output": {"tracks": [track]}});
            (200, json!({"code": 200, "data": data}).to_string())
        } else {
            let data = json!({"task_id": "t2", "status": "failed", "error_message": said,
                              "error_code": KEY});
            (200, json!({"code": 200, "data": data}).to_string())
        };
        say(socket, status, "", body.as_bytes());
    })
}

#[tokio::test]
async fn a_key_that_is_echoed_is_told_to_nobody() {
    let server = echo();
    let mut desk = Desk::with(&server.config(), BOUNDS);
    let mut told = Vec::new();
    let mut job = desk.job("apimall");
    let created = desk.create(&mut job).await;
    assert!(matches!(created, Created::Accepted(_)), "{created:?}");
    told.push(format!("{created:?}"));
    let polled = desk.poll(&mut job).await;
    assert!(matches!(polled, Polled::Complete(_)), "{polled:?}");
    told.push(format!("{polled:?}"));
    let mut takes = Vec::new();
    desk.fetch(&job, &mut takes).await.unwrap();
    told.push(format!("{takes:?}"));
    job.receipt.task = Some("t2".into());
    let polled = desk.poll(&mut job).await;
    assert!(matches!(polled, Polled::Failed { .. }), "{polled:?}");
    told.push(format!("{polled:?}"));
    let mut job = desk.job("apimall");
    job.request.text += "\none more";
    let created = desk.create(&mut job).await;
    assert!(matches!(created, Created::Refused(_)), "{created:?}");
    told.push(format!("{created:?}"));
    desk.listen();
    told.extend(desk.story.iter().map(|exchange| format!("{exchange:?}")));
    let heard = server.heard();
    assert!(heard[0].contains(&format!("authorization: Bearer {KEY}")), "{}", heard[0]);
    // A beginning is enough to be looked for: texts are cut.
    for text in told {
        assert!(!text.contains(&KEY[..8]), "{text}");
    }
    assert_eq!(holders(&desk.dir(), &[&KEY[..8]]), [""; 0]);
}

/// The real program from the order to the takes, through faults that echo its key, with a log that
/// has everything.
#[test]
fn a_whole_run_leaves_no_key_anywhere() {
    let key = "sandbox-apimall-key";
    let echo =
        format!("{{\\\"error\\\":{{\\\"code\\\":\\\"x\\\",\\\"message\\\":\\\"bad {key}\\\"}}}}");
    let broken = format!("times = 1\ndo = \"status\"\nstatus = 503\nbody = \"{echo}\"");
    let script = [
        rule("create", &format!("times = 1\ndo = \"status\"\nstatus = 429\nbody = \"{echo}\"")),
        rule("poll", &broken),
        rule("audio", &broken),
    ];
    let options = Options {
        pace: Pace::Polls,
        sound: Sound::Given(pair().to_vec()),
        script: script.concat(),
        ..Options::default()
    };
    let sandbox = Sandbox::start(options).unwrap();
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("song.txt"), "Paper cups along the sill").unwrap();
    let outside = tempfile::tempdir().unwrap();
    let config = outside.path().join("config.toml");
    let text = sandbox.config().replace("first = \"2s\"", "first = \"1s\"");
    fs::write(&config, text).unwrap();
    for logged in ["refrain=trace", "trace"] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_refrain"));
        command.args(["generate", "--json", "--profile", "apimall", "--lyrics", "song.txt"]);
        command.args(["--style", "folk"]).arg("--config").arg(&config);
        command.current_dir(home.path()).env_clear().env("HOME", home.path());
        command.env("PATH", "/usr/bin:/bin").env("RUST_LOG", logged);
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        for text in [&output.stdout, &output.stderr] {
            assert!(!String::from_utf8_lossy(text).contains(key), "{output:?}");
        }
        assert_eq!(holders(home.path(), &[key]), [""; 0], "{logged}");
    }
    let creates = sandbox.ledger()["creates"].clone();
    let charged = creates.as_array().unwrap().iter().filter(|create| create["charged"] != 0);
    assert_eq!(charged.count(), 2, "{creates:#}");
}
