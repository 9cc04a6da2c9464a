//! What was ordered before: jobs, one job's story, and going on with what is open.

use std::fs;

use refrain::library::Library;
use serde_json::{Value, json};

use super::home::Home;
use super::shop::Shop;

#[test]
fn a_detached_job_is_resumed_and_its_story_can_be_written_down() {
    let shop = Shop::new("");
    let run = shop.generate("apixo", &["--detach"]);
    run.ends(0);
    let task = shop.creates()[0]["task"].as_str().unwrap().to_owned();
    assert_eq!(run.out, format!("job 1 task {task}\n"));
    assert!(run.err.contains("refrain resume"), "{}", run.err);

    // Another song does not touch it.
    shop.home.write("other.txt", "Neon on the window\n");
    let run = shop.generate("apimall", &["--lyrics", "other.txt", "--json"]);
    assert_eq!(run.code, Some(2), "an option twice is a wrong use");
    let other = ["generate", "--lyrics", "other.txt", "--profile", "apimall", "--json"];
    let told = shop.run(&other).ends(0).json();
    assert_eq!((&told["job"], &told["state"]), (&json!(2), &json!("done")));

    // With the library open elsewhere it can be looked at, and no more.
    let open = Library::open(&shop.home.path("data")).unwrap();
    let listed = shop.run(&["jobs", "--json"]).ends(0).json();
    let states: Vec<_> = listed.as_array().unwrap().iter().map(|job| &job["state"]).collect();
    assert_eq!(states, ["done", "running"], "the newest first");
    assert_eq!((&listed[1]["task"], &listed[1]["gateway"]), (&json!(task), &json!("apixo")));
    let table = shop.run(&["jobs"]).ends(0).out.clone();
    let lines: Vec<_> = table.lines().collect();
    assert!(lines[0].starts_with("JOB  SONG"), "{table}");
    assert!(lines[1].starts_with("2    Neon on the window v1"), "{table}");
    assert!(lines[2].contains("apixo") && lines[2].contains("refrain resume"), "{table}");
    shop.run(&["resume"]).refuses(1, &["already open in another Refrain"]);
    drop(open);

    let run = shop.run(&["resume"]);
    run.ends(0);
    let paths: Vec<_> = run.out.lines().collect();
    assert_eq!(paths.len(), 2, "{}", run.out);
    assert!(paths.iter().all(|path| path.contains("job 1") && fs::metadata(path).is_ok()));
    assert!(run.err.contains("job 1, Paper Cups v1: running"), "{}", run.err);
    assert!(run.err.contains("job 1, Paper Cups v1: done"), "{}", run.err);
    assert_eq!(shop.creates().len(), 2, "resuming orders nothing");
    assert_eq!(shop.run(&["resume", "--json"]).ends(0).out, "[]\n");

    shop.run(&["job", "1", "-o", "claim.txt"]).ends(0);
    let story = fs::read_to_string(shop.home.path("claim.txt")).unwrap();
    for word in [
        "Job 1: Paper Cups v1, done",
        &task,
        "POST http",
        "Bearer ***",
        "status 200",
        "Paper cups along",
    ] {
        assert!(story.contains(word), "no {word:?} in {story}");
    }
    assert!(!story.contains("sandbox-apixo-key"), "{story}");
    let again = shop.run(&["job", "2", "--output", "claim.txt"]);
    again.refuses(1, &["claim.txt", "not replaced"]);
    assert_eq!(fs::read_to_string(shop.home.path("claim.txt")).unwrap(), story);
    assert_eq!(shop.run(&["job", "1"]).ends(0).out, story);

    let whole = shop.run(&["job", "2", "--json"]).ends(0).json();
    assert_eq!((&whole["job"], &whole["version"]), (&json!(2), &json!(1)));
    assert!(whole["credits_used"].is_number() && whole["receipt"]["credits_left"].is_number());
    assert_eq!(whole["story"][0]["purpose"], "create");
    shop.run(&["job", "3"]).refuses(2, &["no job 3", "jobs 1 to 2"]);
}

#[test]
fn what_stalled_is_watched_again_and_what_is_unknown_is_not_sent_again() {
    let shop = Shop::new(
        "[[rule]]\non = \"audio\"\ndo = \"audio_gone\"\n\
         [[rule]]\non = \"create\"\nafter = 1\ndo = \"drop_after\"",
    );
    shop.generate("apixo", &[]).ends(1);
    shop.generate("apixo", &[]).ends(8);
    let run = shop.run(&["resume"]);
    run.ends(1);
    assert!(run.err.contains("job 1:\n") && run.err.contains("job 2:\n"), "{}", run.err);
    shop.sandbox.set_script("").unwrap();
    let run = shop.run(&["resume", "--json"]);
    run.ends(8);
    let told = run.json();
    assert_eq!((&told[0]["state"], &told[1]["state"]), (&json!("done"), &json!("unknown")));
    assert_eq!(told[0]["takes"].as_array().unwrap().len(), 2);
    assert_eq!(shop.creates().len(), 2);
    let table = shop.run(&["jobs"]).ends(0).out.clone();
    assert!(table.contains("outcome unknown") && table.contains("may be paid already"), "{table}");
}

#[test]
fn where_nothing_was_made_there_is_nothing_to_list() {
    let home = Home::new();
    let run = home.run(&["jobs"]);
    assert_eq!((run.code, run.out.as_str()), (Some(0), ""));
    assert!(run.err.contains("no job yet"), "{}", run.err);
    assert_eq!(home.run(&["jobs", "--json"]).json(), Value::Array(Vec::new()));
    home.run(&["job", "1"]).refuses(2, &["no job 1", "no job yet"]);
    assert_eq!(fs::read_dir(home.path("")).unwrap().count(), 0, "looking begins nothing");
}

#[test]
fn the_journal_can_be_read_whatever_is_configured() {
    let shop = Shop::new("");
    shop.generate("apixo", &["--detach"]).ends(0);
    shop.home.write("config.toml", "}{");
    assert_eq!(shop.run(&["jobs", "--json"]).ends(0).json()[0]["gateway"], "apixo");
    shop.run(&["resume"]).refuses(1, &["config.toml:1:1"]);
}
