//! `refrain sandbox`, the program.
#![cfg(unix)]

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Command, Stdio};

use refrain::sandbox::{Dialect, configuration};

#[test]
fn it_prints_a_configuration_and_nothing_else() {
    let program = env!("CARGO_BIN_EXE_refrain");
    let out = Command::new(program).args(["sandbox", "--print-config"]).output().unwrap();
    assert!(out.status.success());
    let text = String::from_utf8(out.stdout).unwrap();
    assert_eq!(text, configuration(7878));
    let table: toml::Table = text.parse().unwrap();
    assert_eq!(table["profile"].as_str(), Some("apixo"));
    for dialect in Dialect::ALL {
        let profile = &table["profiles"][dialect.name()];
        assert_eq!(profile["gateway"].as_str(), Some(dialect.name()));
        assert_eq!(profile["api_key_cmd"].as_str(), Some(&*format!("echo {}", dialect.key())));
        let base = profile["base_url"].as_str().unwrap();
        assert!(base.starts_with("http://127.0.0.1:7878/"), "{base}");
        assert_eq!(profile["poll"]["first"].as_str(), Some("2s"));
    }
}

#[test]
fn it_serves_until_it_is_interrupted_and_what_it_prints_is_toml() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_refrain"))
        .args(["sandbox", "--port", "0", "--pace", "polls", "--canned"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut text = String::new();
    while !text.contains("[profiles.udioapi-v2]") {
        assert!(out.read_line(&mut text).unwrap() > 0, "it ended: {text}");
    }
    let killed = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(killed.unwrap().success());
    out.read_to_string(&mut text).unwrap();
    assert!(child.wait().unwrap().success());
    let table: toml::Table = text.parse().unwrap();
    assert_eq!(table["profiles"].as_table().unwrap().len(), 5);
    assert!(text.contains("sandbox-apimall-key"));
}

#[test]
fn it_refuses_a_bad_script_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("bad.toml");
    std::fs::write(&script, "[[rule]]\non = \"lunch\"\ndo = \"stall\"\n").unwrap();
    let out = Command::new(env!("CARGO_BIN_EXE_refrain"))
        .args(["sandbox", "--port", "0", "--script"])
        .arg(&script)
        .output()
        .unwrap();
    let err = String::from_utf8(out.stderr).unwrap();
    assert!(!out.status.success() && err.contains("line 2"), "{err}");
}

#[test]
fn its_help_has_every_fault() {
    let mut program = Command::new(env!("CARGO_BIN_EXE_refrain"));
    let help = program.args(["sandbox", "--help"]).output().unwrap().stdout;
    let help = String::from_utf8(help).unwrap();
    let head = include_str!("../../src/sandbox/mod.rs");
    let rows = head.lines().filter_map(|line| line.strip_prefix("//! | `"));
    let mut count = 0;
    for row in rows {
        let names = row.split(" | ").next().unwrap();
        for name in names.split(['`', ',', ' ']).filter(|name| name.contains(char::is_alphabetic)) {
            count += usize::from(name != "do");
            assert!(help.contains(name), "--help lacks {name}");
        }
    }
    assert_eq!(count, 25, "the faults of the module's head");
}
