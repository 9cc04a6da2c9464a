//! A service that calls back is asked at once: the real program, the real sandbox, a real socket.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::net::TcpListener;
use std::process::Command;
use std::time::Duration;

use refrain::sandbox::{Dialect, Options, Pace, Sandbox, Sound};

/// Far longer than any test runs: without a call the job would not be asked about in time.
const FIRST: &str = "30m";

fn config(sandbox: &Sandbox, dialect: Dialect, listen: u16) -> String {
    let (name, key, base_url) = (dialect.name(), sandbox.key(dialect), sandbox.base_url(dialect));
    format!(
        "profile = \"{name}\"\n\
         [profiles.{name}]\n\
         gateway = \"{name}\"\n\
         api_key_cmd = \"echo {key}\"\n\
         base_url = \"{base_url}\"\n\
         poll = {{ first = \"{FIRST}\", every = \"{FIRST}\" }}\n\
         callback_url = \"http://127.0.0.1:{listen}/from/outside\"\n\
         callback_listen = \"127.0.0.1:{listen}\"\n"
    )
}

#[test]
fn a_call_is_a_reason_to_ask_now() {
    let pace = Pace::Takes(Duration::from_millis(500));
    let options = Options { port: 0, pace, sound: Sound::OnePair, ..Options::default() };
    let sandbox = Sandbox::start(options).unwrap();
    // API Mall's document has no callbacks.
    for dialect in Dialect::ALL.into_iter().filter(|dialect| dialect.name() != "apimall") {
        let home = tempfile::tempdir().unwrap();
        let listen = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let file = home.path().join("config.toml");
        fs::write(&file, config(&sandbox, dialect, listen)).unwrap();
        let lyrics = home.path().join("song.txt");
        fs::write(&lyrics, "[Verse]\nNeon on the window\n").unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_refrain"))
            .env("HOME", home.path())
            .arg("--config")
            .arg(&file)
            .arg("--data-dir")
            .arg(home.path().join("data"))
            .args(["generate", "--style", "synth-pop", "--title", "Neon", "--lyrics"])
            .arg(&lyrics)
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{}: {told}", dialect.name());
        let takes = String::from_utf8(output.stdout).unwrap();
        assert_eq!(takes.lines().count(), 2, "{}: {takes}", dialect.name());
    }
}
