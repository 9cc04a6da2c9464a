//! A home whose profiles lead to gateways of this machine, with takes of a second each.

use std::thread;
use std::time::Duration;

use refrain::sandbox::{Dialect, Options, Pace, Recording, Sandbox, Sound};
use serde_json::Value;

use super::home::{Home, Run};

pub struct Shop {
    pub sandbox: Sandbox,
    pub home: Home,
}

const RATE: u32 = 8_000;

/// A second of silence as a WAV file of one channel.
fn recording() -> Recording {
    let bytes = RATE * 2;
    let mut wav = b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0".to_vec();
    wav.extend(RATE.to_le_bytes());
    wav.extend((RATE * 2).to_le_bytes());
    wav.extend(b"\x02\0\x10\0data");
    wav.extend(bytes.to_le_bytes());
    wav[4..8].copy_from_slice(&(36 + bytes).to_le_bytes());
    wav.resize(wav.len() + bytes as usize, 0);
    Recording::new(wav, b"\x89PNG\r\n\x1a\nnot looked at".to_vec(), Duration::from_secs(1))
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
