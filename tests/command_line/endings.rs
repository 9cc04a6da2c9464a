//! How a command ends: a number for each class of failure, and what it says then.

use std::process::{Command, Stdio};
use std::thread;

use serde_json::{Value, json};

use super::home::Run;
use super::shop::Shop;

/// A gateway that goes wrong, and how the command must end then.
struct Ending {
    script: &'static str,
    code: i32,
    class: &'static str,
    state: &'static str,
    words: &'static str,
}

const ENDINGS: [Ending; 8] = [
    Ending {
        script: "on = \"create\"\ndo = \"status\"\nstatus = 422",
        code: 3,
        class: "invalid",
        state: "failed",
        words: "refrain: The gateway cannot make the song",
    },
    Ending {
        script: "on = \"create\"\ndo = \"status\"\nstatus = 401",
        code: 4,
        class: "auth",
        state: "failed",
        words: "does not accept the key",
    },
    Ending {
        script: "on = \"create\"\ndo = \"status\"\nstatus = 402",
        code: 5,
        class: "funds",
        state: "failed",
        words: "Top up the account",
    },
    Ending {
        script: "on = \"create\"\ndo = \"status\"\nstatus = 451",
        code: 6,
        class: "moderation",
        state: "failed",
        words: "Rewrite the words",
    },
    Ending {
        script: "on = \"create\"\ndo = \"never_ends\"",
        code: 7,
        class: "busy",
        state: "stalled",
        words: "refrain resume watches it again",
    },
    Ending {
        script: "on = \"create\"\ndo = \"drop_after\"",
        code: 8,
        class: "unknown",
        state: "unknown",
        words: "may be paid already",
    },
    Ending {
        script: "on = \"create\"\ndo = \"fail\"\ncode = \"InternalError\"\nmessage = \"the singer has a cold\"",
        code: 9,
        class: "task",
        state: "failed",
        words: "the singer has a cold",
    },
    Ending {
        script: "on = \"audio\"\ndo = \"audio_gone\"",
        code: 1,
        class: "gone",
        state: "stalled",
        words: "refrain resume",
    },
];

/// What is not done within a second has stalled.
fn impatient(config: &str) -> String {
    config.replace("[profiles.apixo]\n", "[profiles.apixo]\npatience = \"1s\"\n")
}

#[test]
fn every_class_of_failure_has_its_exit_code() {
    let end = |ending: &Ending| {
        let shop = Shop::new(&format!("[[rule]]\n{}", ending.script));
        if ending.code == 7 {
            shop.configure(impatient);
        }
        let run = shop.generate("apixo", &["--json"]);
        run.ends(ending.code);
        let told = run.json();
        assert_eq!(
            (&told["state"], &told["error"]["class"]),
            (&json!(ending.state), &json!(ending.class))
        );
        assert_eq!((&told["job"], &told["takes"]), (&json!(1), &json!([])));
        assert!(run.err.contains(ending.words), "no {:?} in {}", ending.words, run.err);
        assert!(run.err.contains(told["error"]["advice"].as_str().unwrap()), "{}", run.err);
        assert_eq!(shop.creates().len(), 1, "nothing is ordered twice");
    };
    thread::scope(|scope| {
        for ending in &ENDINGS {
            scope.spawn(move || end(ending));
        }
    });
}

#[test]
fn a_lost_answer_is_asked_for_again_where_a_key_makes_it_safe() {
    let shop = Shop::new("[[rule]]\non = \"create\"\nnth = 1\ndo = \"drop_after\"");
    let run = shop.generate("apimall", &[]);
    run.ends(0);
    assert_eq!(run.out.lines().count(), 2);
    let creates = shop.creates();
    assert_eq!(creates.len(), 2);
    assert_eq!(creates[0]["idempotency_key"], creates[1]["idempotency_key"]);
    let charged: Vec<_> =
        creates.iter().map(|create| create["charged"].as_f64().unwrap()).collect();
    assert!(charged[0] > 0.0 && charged[1] == 0.0, "{charged:?}");
}

#[test]
fn without_a_key_nothing_is_sent() {
    let shop = Shop::new("");
    shop.configure(|config| {
        config.replace("api_key_cmd = \"echo sandbox-apixo-key\"", "api_key_env = \"NO_SUCH_KEY\"")
    });
    let run = shop.generate("apixo", &["--json"]);
    run.ends(4);
    assert_eq!(run.json()["error"]["class"], "auth");
    assert!(run.err.contains("NO_SUCH_KEY"), "{}", run.err);
    assert!(shop.creates().is_empty());
}

#[test]
fn what_preflight_refuses_makes_no_job() {
    let shop = Shop::new("");
    let run = shop.run(&["generate", "--profile", "apixo", "--instrumental", "--json"]);
    run.ends(3);
    let told = run.json();
    assert_eq!((&told["job"], &told["state"]), (&Value::Null, &json!("refused")));
    assert_eq!((&told["gateway"], &told["error"]["class"]), (&json!("apixo"), &json!("invalid")));
    assert!(run.err.contains("needs a Style"), "{}", run.err);
    shop.run(&["generate", "--profile", "apixo", "--describe", " "]).refuses(3, &["--lyrics FILE"]);
    let model = ["--profile", "udioapi", "--model", "udio-130"];
    let run = shop.generate(model[1], &model[2..]);
    run.refuses(3, &["udio-130 sings no lyrics", "--describe TEXT"]);
    assert!(shop.creates().is_empty());
}

#[test]
fn an_interrupt_leaves_the_job_open() {
    let shop = Shop::new("[[rule]]\non = \"create\"\ndo = \"never_ends\"");
    let args = ["--config", "config.toml", "--data-dir", "data", "generate", "--profile", "apixo"];
    let mut command = shop.home.command(&[&args[..], &["--describe", "tea", "--json"]].concat());
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    shop.until(|ledger| ledger["polls"].as_object().is_some_and(|polls| !polls.is_empty()));
    let killed = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(killed.unwrap().success());
    let run = Run::of(child.wait_with_output().unwrap());
    run.ends(130);
    assert_eq!(run.json()["state"], "running");
    assert!(run.err.contains("job 1 stays open"), "{}", run.err);
    assert_eq!(shop.run(&["jobs", "--json"]).json()[0]["state"], "running");
}

#[test]
fn nobody_need_listen() {
    let shop = Shop::new("");
    shop.generate("apixo", &["--detach"]).ends(0);
    let deaf = |args: &[&str]| {
        let args = [&["--config", "config.toml", "--data-dir", "data"], args].concat();
        let mut command = shop.home.command(&args);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // Both pipes are closed before there can be anything in them.
        drop((child.stdout.take(), child.stderr.take()));
        child.wait().unwrap().code()
    };
    assert_eq!(deaf(&["jobs"]), Some(0));
    assert_eq!(deaf(&["job", "1"]), Some(0));
    assert_eq!(deaf(&["job", "2"]), Some(2));
    assert_eq!(deaf(&["generate", "--profile", "nobody"]), Some(2));
    assert_eq!(deaf(&["resume"]), Some(0));
}
