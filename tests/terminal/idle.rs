//! Idle is idle: nothing is written, nothing wakes up.
//!
//! Here real time passes because its passing is what is measured.

use std::fs;
use std::time::{Duration, Instant};

use crate::home::Home;
use crate::studio::{PATIENCE, Studio};

const REST: Duration = Duration::from_millis(500);
const MEASURED: Duration = Duration::from_secs(2);

/// How often each thread of the program gave its processor away, by the thread's name.
fn switches(pid: u32) -> Vec<(String, u64)> {
    let mut switches = Vec::new();
    for task in fs::read_dir(format!("/proc/{pid}/task")).unwrap() {
        let status = fs::read_to_string(task.unwrap().path().join("status")).unwrap();
        let row = |name: &str| {
            let value = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
            value.trim().to_owned()
        };
        switches.push((row("Name:"), row("voluntary_ctxt_switches:").parse().unwrap()));
    }
    switches.sort();
    switches
}

/// Asserts that nothing happens in a studio to which nobody does anything.
#[track_caller]
pub fn is_idle(studio: &mut Studio) {
    let deadline = Instant::now() + PATIENCE;
    let before = loop {
        let before = switches(studio.pid);
        studio.settle(REST);
        if switches(studio.pid) == before {
            break before;
        }
        assert!(Instant::now() < deadline, "it never comes to rest");
    };
    let drawn = studio.raw.len();
    let heard = studio.hear(MEASURED);
    let written = String::from_utf8_lossy(&studio.raw[drawn..]);
    assert!(heard.is_err(), "written: {written:?}, switches: {before:?}");
    assert_eq!(switches(studio.pid), before, "something woke up");
}

#[test]
fn a_new_studio_is_idle() {
    is_idle(&mut Home::new().open());
}

#[test]
fn a_studio_with_words_is_idle() {
    let home = Home::new();
    let mut studio = home.open();
    studio.send("Paper cups");
    studio.sees("Paper cups");
    studio.sees("· saved");
    is_idle(&mut studio);
}
