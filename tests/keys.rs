//! `refrain key` as people and scripts use it: the real program, with no keyring that answers.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

use std::fs;
use std::io::{Read as _, Write as _};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, MasterPty, PtySize, native_pty_system};
use tempfile::TempDir;

const KEY: &str = "sk-live-51Hq8ZtVbX";

const CONFIG: &str = r#"
[profiles.variable]
gateway = "apixo"
api_key_env = "APIXO_KEY"
[profiles.command]
gateway = "apimall"
api_key_cmd = 'printf "%s\n" "$OTHER"'
[profiles.ring]
gateway = "apiin"
"#;

/// A home with a configuration, and without a way to a keyring.
struct Home(TempDir);

impl Home {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("config.toml"), CONFIG).unwrap();
        Self(home)
    }

    /// What the program sees of the world.
    fn environment(&self) -> [(&'static str, String); 6] {
        let home = self.0.path().display();
        [
            ("HOME", home.to_string()),
            ("PATH", std::env::var("PATH").unwrap()),
            ("REFRAIN_CONFIG", format!("{home}/config.toml")),
            ("DBUS_SESSION_BUS_ADDRESS", format!("unix:path={home}/no-bus")),
            ("APIXO_KEY", format!(" {KEY}\n")),
            ("OTHER", KEY.into()),
        ]
    }

    fn run(&self, args: &[&str], input: &str, without: &str) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_refrain"));
        let environment = self.environment();
        command.arg("key").args(args).env_clear().envs(environment).env_remove(without);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // It may have left without listening.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        Run::of(child.wait_with_output().unwrap())
    }

    fn key(&self, args: &[&str]) -> Run {
        self.run(args, "", "")
    }
}

struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Run {
    /// Whatever happens, the key is not in what is said.
    #[track_caller]
    fn of(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("it speaks UTF-8");
        let run =
            Self { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) };
        assert!(!run.out.contains(&KEY[..7]) && !run.err.contains(&KEY[..7]), "{}", run.err);
        run
    }

    #[track_caller]
    fn tells(&self, out: &str) {
        assert_eq!((self.code, self.out.as_str()), (Some(0), out), "{}", self.err);
    }

    #[track_caller]
    fn refuses(&self, code: i32, words: &[&str]) {
        assert_eq!((self.code, self.out.as_str()), (Some(code), ""), "{}", self.err);
        for word in words {
            assert!(self.err.contains(word), "no {word:?} in {}", self.err);
        }
    }
}

#[test]
fn a_key_is_checked_and_not_shown() {
    let home = Home::new();
    home.key(&["check", "variable"]).tells("a key of 18 characters from $APIXO_KEY\n");
    let told = "a key of 18 characters from the command in api_key_cmd\n";
    home.key(&["check", "command"]).tells(told);
    home.key(&["check", "sketch"]).tells("the built-in sketch needs no key\n");
}

#[test]
fn a_key_that_is_not_there_is_told_by_its_place() {
    let home = Home::new();
    home.run(&["check", "variable"], "", "APIXO_KEY").refuses(4, &["APIXO_KEY is not set", "\n  "]);
    home.run(&["check", "command"], "", "OTHER").refuses(4, &["api_key_cmd is empty"]);
}

#[test]
fn a_wrong_use_says_what_would_be_right() {
    let home = Home::new();
    let run = home.key(&["set", "loud"]);
    run.refuses(2, &["no profile \"loud\"", "sketch, variable, command, ring"]);
    home.key(&["set", "sketch"]).refuses(2, &["needs no key"]);
    let run = home.run(&["set", "variable"], KEY, "");
    run.refuses(2, &["takes its key from $APIXO_KEY", "delete api_key_env"]);
    home.key(&["set", "ring"]).refuses(2, &["no key to keep", "standard input"]);
    home.key(&["set"]).refuses(2, &["<NAME>"]);
    home.key(&[]).refuses(2, &["check", "delete", "set"]);
}

#[test]
#[cfg(target_os = "linux")]
fn without_a_keyring_there_are_other_places() {
    let home = Home::new();
    let words = ["no keyring that answers", "api_key_env", "api_key_cmd"];
    home.key(&["check", "ring"]).refuses(4, &words);
    home.key(&["delete", "ring"]).refuses(4, &words);
    home.run(&["set", "ring"], &format!("{KEY}\n"), "").refuses(4, &words);
    let two = home.run(&["set", "ring"], &format!("{KEY} {KEY}\n"), "");
    two.refuses(4, &["what was given has blanks"]);
}

/// Whether a terminal shows what is typed.
#[cfg(target_os = "linux")]
fn echoes(terminal: &dyn MasterPty) -> bool {
    const ECHO: u32 = 0o10;
    terminal.get_termios().is_none_or(|termios| termios.local_flags.bits() & ECHO != 0)
}

#[test]
#[cfg(target_os = "linux")]
fn a_key_is_typed_unseen() {
    for (typed, code, words) in [
        (format!("{KEY}\r"), 4, "no keyring that answers"),
        // Ctrl+C, with the terminal as it was.
        (format!("{}\u{3}", &KEY[..9]), 2, "no key to keep"),
    ] {
        let home = Home::new();
        let pty = native_pty_system().openpty(PtySize::default()).unwrap();
        // The shell tells whether what is typed can be seen again.
        let line = format!(
            "'{}' key set ring; echo \"left with $?\"; stty -a | grep -o -- '-*\\becho\\b'",
            env!("CARGO_BIN_EXE_refrain")
        );
        let mut command = CommandBuilder::new("sh");
        command.args(["-c", &line]);
        command.env_clear();
        home.environment().into_iter().for_each(|(name, value)| command.env(name, value));
        let mut child = pty.slave.spawn_command(command).unwrap();
        drop(pty.slave);
        let mut reader = pty.master.try_clone_reader().unwrap();
        let mut writer = pty.master.take_writer().unwrap();
        let (mut seen, mut byte) = (Vec::new(), [0]);
        while !seen.ends_with(b"not shown): ") && reader.read_exact(&mut byte).is_ok() {
            seen.extend(byte);
        }
        // The question is there a moment before the terminal stops to show what is typed.
        let asked = Instant::now();
        while echoes(&*pty.master) && asked.elapsed() < Duration::from_secs(60) {
            std::thread::yield_now();
        }
        writer.write_all(typed.as_bytes()).unwrap();
        // A terminal whose last user has left ends with an error.
        let _ = reader.read_to_end(&mut seen);
        child.wait().unwrap();
        let seen = String::from_utf8(seen).unwrap();
        assert!(seen.contains(words) && seen.contains(&format!("left with {code}")), "{seen}");
        assert!(seen.trim_end().ends_with("\necho"), "{seen}");
        assert!(!seen.contains(&KEY[..7]), "{seen}");
    }
}
