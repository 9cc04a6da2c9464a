//! Keys from an environment, from real commands, and from a keyring that is slow.

use std::sync::mpsc;

use super::*;

/// A limit that no command here comes near.
const LONG: Duration = Duration::from_secs(60);

fn from_variable(value: Option<&str>) -> Result<SecretString, KeyError> {
    let environment = |name: &str| {
        assert_eq!(name, "APIXO_KEY");
        value.map(OsString::from)
    };
    read("loud", &KeySource::Env("APIXO_KEY".into()), environment, LONG)
}

fn from_command(command: &str, limit: Duration) -> Result<SecretString, KeyError> {
    read("loud", &KeySource::Command(command.into()), |_| None, limit)
}

/// The message for a command without a key; it does not tell what was printed.
#[track_caller]
fn refused(command: &str, limit: Duration) -> String {
    let error = from_command(command, limit).expect_err(command);
    for text in [error.to_string(), format!("{error:?}")] {
        assert!(!text.contains("sk-1"), "{text}");
    }
    error.to_string()
}

#[test]
fn a_key_from_the_environment_is_trimmed() {
    assert_eq!(from_variable(Some(" sk-1/+=_.~\n")).unwrap().expose_secret(), "sk-1/+=_.~");
    for missing in [None, Some(""), Some(" \n")] {
        insta::allow_duplicates! {
            insta::assert_snapshot!(from_variable(missing).unwrap_err(), @r#"
            profile "loud" has no key: the environment variable APIXO_KEY is not set
              Set it before Refrain starts, or choose another place for the key in [profiles.loud].
            "#);
        }
    }
}

#[test]
fn what_is_no_key_is_refused_and_not_told() {
    let long = "k".repeat(LONGEST + 1);
    for (value, words) in [
        ("sk-1 sk-1", "has blanks or characters inside"),
        ("sk-1\nsk-1", "has blanks or characters inside"),
        ("sk-1\u{1b}[0m", "has blanks or characters inside"),
        ("sk-1\u{200b}", "has blanks or characters inside"),
        ("sk-1…", "has blanks or characters inside"),
        (&long, "is longer than 4096 characters"),
    ] {
        let error = from_variable(Some(value)).unwrap_err();
        let text = error.to_string();
        assert!(text.contains("$APIXO_KEY") && text.contains(words), "{text}");
        assert!(!text.contains("sk-1") && !format!("{error:?}").contains("sk-1"), "{error:?}");
    }
    assert!(from_variable(Some(&long[1..])).is_ok());
    let given = set_key("loud", &"sk-1 sk-1".into()).unwrap_err().to_string();
    assert!(given.contains("what was given has blanks"), "{given}");
}

#[test]
fn the_first_line_of_a_command_is_the_key() {
    let key = from_command("printf ' sk-1 \\r\\nlogin: ann\\n'; echo fine >&2", LONG).unwrap();
    assert_eq!(key.expose_secret(), "sk-1");
    // The shell's words are the shell's.
    let key = from_command("test -z \"$(cat)\" && printf %s sk- && echo 1 | cat", LONG).unwrap();
    assert_eq!(key.expose_secret(), "sk-1");
    assert!(format!("{key:?}").contains("REDACTED"));
}

#[test]
fn a_command_that_fails_says_why() {
    insta::assert_snapshot!(refused("echo sk-1; echo a >&2; printf '\\033[31mlocked\\n\\n' >&2; exit 3", LONG), @r#"
    profile "loud" has no key: the command in api_key_cmd failed (exit status: 3): [31mlocked
      Run it by hand: it must print the key by itself, without asking. Unlock what it asks for first.
    "#);
    assert!(refused("exit 1", LONG).contains("failed (exit status: 1)\n"));
    assert!(refused("kill -9 $$", LONG).contains("signal: 9"));
    assert!(refused("no-such-command-here", LONG).contains("127"));
    let tracing = refused("set -x; echo sk-1; exit 1 sk-1", LONG);
    assert!(tracing.contains("exit 1 ***"), "{tracing}");
    // A key that was printed in the wrong way is not told either.
    assert!(refused("echo sk-1 sk-1", LONG).contains("api_key_cmd has blanks"));
    assert!(refused("printf 'sk-1\\377'", LONG).contains("api_key_cmd has blanks"));
    assert!(refused("echo; echo sk-1", LONG).contains("api_key_cmd is empty"));
    assert!(refused("true", LONG).contains("api_key_cmd is empty"));
}

#[test]
fn a_command_cannot_say_too_much() {
    assert!(refused("yes sk-1", LONG).contains("printed more than 8 KiB"));
    // It may complain as long as it likes, and is not stopped by that.
    let key = from_command("yes complaint | head -c 1000000 >&2; echo sk-1", LONG).unwrap();
    assert_eq!(key.expose_secret(), "sk-1");
    let loud = refused("yes complaint | head -c 1000000 >&2; exit 1", LONG);
    assert!(loud.len() < 400, "{loud}");
}

#[test]
fn a_command_that_does_not_end_is_ended_with_all_that_it_began() {
    let short = Duration::from_millis(50);
    let expected = "the command in api_key_cmd did not end within 0 s";
    for command in ["sleep 60", "echo sk-1; sleep 60 | cat", "exec >&- 2>&-; sleep 60; :"] {
        assert!(refused(command, short).contains(expected), "{command}");
    }
    // The pipe ends when the last that has it is gone: the shell, and what it left running.
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    let held = format!("exec 3>'{}'; echo begun >&3; sleep 60 & yes", pipe.display());
    let (send, read) = mpsc::channel();
    std::thread::spawn(move || send.send(std::fs::read_to_string(pipe)));
    assert!(refused(&held, LONG).contains("printed more than"));
    assert_eq!(read.recv_timeout(LONG).unwrap().unwrap(), "begun\n");
}

#[test]
fn a_keyring_that_waits_for_its_owner_is_not_waited_for() {
    let (hold, held) = mpsc::channel::<()>();
    let slow = keyring::within(Duration::ZERO, move || held.recv());
    assert_eq!(slow.unwrap_err(), "no answer within 0 s");
    drop(hold);
    assert_eq!(keyring::within(LONG, || 7), Ok(7));
}
