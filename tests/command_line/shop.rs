//! A home whose profiles lead to gateways of this machine, with takes of a second each.

use std::thread;
use std::time::Duration;

use refrain::sandbox::{Dialect, Options, Pace, Recording, Sandbox, Sound};
use serde_json::Value;

use super::home::{Home, Run};
use crate::wav::silence;

pub struct Shop {
    pub sandbox: Sandbox,
    pub home: Home,
}

/// A second of silence.
fn recording() -> Recording {
    let cover = b"\x89PNG\r\n\x1a\nnot looked at".to_vec();
    Recording::new(silence(1), cover, Duration::from_secs(1))
}

impl Shop {
    /// With a script of accidents.
    pub fn new(script: &str) -> Self {
        let options = Options {
            pace: Pace::Takes(Duration::ZERO),
            sound: Sound::Given(vec![recording()]),
            script: script.to_owned(),
            ..Options::default()
        };
        let shop = Self { sandbox: Sandbox::start(options).unwrap(), home: Home::new() };
        shop.configure(str::to_owned);
        shop.home.write("song.txt", "[Verse 1]\nPaper cups along the sill\n");
        shop
    }

    /// With a configuration that is a little different.
    pub fn configure(&self, change: impl FnOnce(&str) -> String) {
        let config = self.sandbox.config().replace("first = \"2s\"", "first = \"1s\"");
        self.home.write("config.toml", change(&config));
    }

    pub fn run(&self, args: &[&str]) -> Run {
        self.home.run(&[&["--config", "config.toml", "--data-dir", "data"], args].concat())
    }

    /// A song with everything that any gateway needs.
    pub fn generate(&self, profile: &str, more: &[&str]) -> Run {
        let song = ["generate", "--lyrics", "song.txt", "--style", "synth-pop, warm"];
        self.run(&[&song[..], &["--title", "Paper Cups", "--profile", profile], more].concat())
    }

    /// The orders that came in.
    pub fn creates(&self) -> Vec<Value> {
        self.sandbox.ledger()["creates"].as_array().unwrap().clone()
    }

    /// Looks at what happened until it is so, for a minute at most.
    pub fn until(&self, so: impl Fn(&Value) -> bool) {
        let begun = std::time::Instant::now();
        while !so(&self.sandbox.ledger()) {
            assert!(begun.elapsed() < Duration::from_secs(60), "{}", self.sandbox.ledger());
            thread::yield_now();
        }
    }
}

impl Run {
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out)
            .unwrap_or_else(|why| panic!("{why} in {:?}, beside {}", self.out, self.err))
    }

    #[track_caller]
    pub fn ends(&self, code: i32) -> &Self {
        assert_eq!(self.code, Some(code), "{}\n{}", self.out, self.err);
        // No key is ever told.
        for dialect in Dialect::ALL {
            assert!(!self.out.contains(dialect.key()) && !self.err.contains(dialect.key()));
        }
        assert!(!self.err.contains("panicked"), "{}", self.err);
        assert!(!self.err.contains(['{', '}']), "an action's name is no word: {}", self.err);
        self
    }
}
