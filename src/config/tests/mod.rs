//! The room from its door: files in, settings or messages out.

mod profiles;

use std::fs;

use super::*;

/// Reads a text that is right.
fn right(text: &str) -> Config {
    read::read(text).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// What is wrong with a text, as "line:column: what / advice".
fn wrong(text: &str) -> Vec<String> {
    let problems = read::read(text).expect_err(text);
    problems
        .shown
        .into_iter()
        .map(|p| format!("{}:{}: {} / {}", p.line, p.column, p.what, p.advice))
        .collect()
}

/// The message for a file of these bytes, without the path in front.
fn message(bytes: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config.toml");
    fs::write(&file, bytes).unwrap();
    let message = load(Some(&file)).unwrap_err().to_string();
    message.replace(&format!("{}/", folder.path().display()), "")
}

#[test]
fn a_full_file_is_read() {
    let config = right(
        r#"
profile = "demo"
[screen]
theme = "light"
color = "256"
unicode = false
motion = false
mouse = false
covers = "blocks"
[sound]
volume = 0
device = "silent"
[keys]
generate = "ctrl+g"
play = ["ctrl+p", "f5"]
adieu = []
[profiles.demo]
gateway = "sketch"
model = "quick"
[profiles.album]
gateway = "sketch"
"#,
    );
    let screen = Screen {
        theme: Theme::Light,
        color: Color::Palette256,
        unicode: Unicode::Never,
        motion: false,
        mouse: false,
        covers: Covers::Blocks,
    };
    assert_eq!(config.screen, screen);
    assert_eq!(config.sound, Sound { volume: Some(0), device: Device::Silent });
    let keys: Vec<_> =
        config.keys.iter().map(|b| (b.action.as_str(), b.keys.join(" "), b.line)).collect();
    assert_eq!(
        keys,
        [
            ("generate", "ctrl+g".to_owned(), 14),
            ("play", "ctrl+p f5".to_owned(), 15),
            ("adieu", String::new(), 16),
        ]
    );
    let names: Vec<_> = config.profiles.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(names, ["sketch", "demo", "album"]);
    assert_eq!(config.profile("demo").unwrap().model.as_deref(), Some("quick"));
    assert_eq!(config.profile, "demo");
}

#[test]
fn nothing_and_the_mark_of_an_editor_are_the_defaults() {
    assert_eq!(right(""), Config::default());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config.toml");
    fs::write(&file, "\u{feff}profile = \"sketch\"\r\n").unwrap();
    assert_eq!(load(Some(&file)).unwrap(), Config { file: Some(file), ..Config::default() });
}

#[test]
fn the_built_in_profile_can_be_given_a_model() {
    let config = right("[profiles.sketch]\ngateway = \"sketch\"\nmodel = \"slow\"");
    assert_eq!(config.profiles.len(), 1);
    assert_eq!(config.profiles[0].model.as_deref(), Some("slow"));
}

#[test]
fn the_example_says_the_defaults() {
    let example = include_str!("../../../assets/config.toml");
    // A setting is a comment that begins without a space; prose begins with one.
    let settings: String = example
        .lines()
        .filter_map(|line| line.strip_prefix('#'))
        .filter(|line| line.starts_with(|c: char| c == '[' || c.is_alphabetic()))
        .flat_map(|line| [line, "\n"])
        .collect();
    let mut config = right(&settings);
    assert_eq!(config.keys.len(), 4);
    config.keys.clear();
    // The built-in profile, and one for each gateway beside it.
    assert!(config.profiles.len() > 5);
    config.profiles.truncate(1);
    config.profiles[0].line = 0;
    assert_eq!(config, Config::default());
    assert_eq!(right(example), Config::default());
    // What has a word for it is in it.
    let words = "profile screen theme color unicode motion mouse covers sound volume device keys gateway \
                 api_key_env api_key_cmd model models base_url poll first every slowest parallel \
                 price retention_days patience limits lyrics description style avoid title \
                 provider cluster callback_url callback_listen";
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    for word in words.split_whitespace() {
        assert!(example.split(|c| !is_part(c)).any(|part| part == word), "{word}");
    }
}

#[test]
fn unknown_keys_are_named_with_what_was_meant() {
    let text = "\n[screen]\ncolour = \"auto\"\nvolume = 3\nxyzzy = 1\n[musik]\n";
    assert_eq!(
        wrong(text),
        [
            "3:1: unknown key `colour` in [screen]; did you mean `color`? / \
             Write `color`, or delete the line.",
            "4:1: unknown key `volume` in [screen] / `volume` stands in [sound]; move it there.",
            "5:1: unknown key `xyzzy` in [screen] / \
             Known there: `theme`, `color`, `unicode`, `motion`, `mouse`, `covers`. \
             Correct the name, or delete the line.",
            "6:2: unknown key `musik` at the top of the file / \
             Known there: `screen`, `sound`, `keys`, `profiles`, `profile`. \
             Correct the name, or delete the line.",
        ]
    );
}

#[test]
fn wrong_values_are_answered_with_right_ones() {
    let cases = [
        (
            "screen.color = 256",
            "1:16: `color` must be one of \"auto\", \"truecolor\", \"256\", \"16\", \"never\", \
             not 256 / Did you mean color = \"256\"?",
        ),
        (
            "screen.theme = \"Drak\"",
            "1:16: `theme` must be one of \"dark\", \"light\", \"terminal\", not \"Drak\" / \
             Did you mean theme = \"dark\"?",
        ),
        (
            "screen.unicode = \"true\"",
            "1:18: `unicode` must be \"auto\", true or false, not \"true\" / \
             Write unicode = \"auto\", or true or false without quotes.",
        ),
        (
            "screen.motion = 1",
            "1:17: `motion` must be true or false, not 1 / \
             Write motion = true or motion = false, without quotes.",
        ),
        (
            "screen = 3",
            "1:10: [screen] must be a section, not 3 / \
             Write [screen] on a line of its own and its settings below.",
        ),
        (
            "profile = \"skech\"",
            "1:11: no profile \"skech\"; did you mean \"sketch\"? / \
             Name a profile that stands in this file as [profiles.NAME], or \"sketch\".",
        ),
        (
            "[profiles.loud]\nmodel = \"v5\"",
            "1:11: [profiles.loud] does not say which gateway makes its takes / \
             Add gateway = \"sketch\" below it, or the name of another gateway.",
        ),
        (
            "[profiles.\"a\\u001b[31m\"]\ngateway = \"sketch\"",
            "1:11: a profile's name must be visible text on one line / \
             Call it [profiles.loud], for example.",
        ),
        (
            "[keys]\ngenerate = 7",
            "2:12: `generate` must be a key or a list of keys, in quotes, not 7 / \
             Write one key as \"ctrl+g\", several as [\"ctrl+g\", \"f5\"], none as [].",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(wrong(text), [expected], "{text}");
    }
}

#[test]
fn a_volume_out_of_range_is_refused_in_every_spelling() {
    for volume in ["101", "-1", "0xfff", "99999999999999999999", "70.0", "\"70\"", "[70]", "inf"] {
        let problems = wrong(&format!("sound.volume = {volume}"));
        assert!(
            problems[0].starts_with("1:16: `volume` must be a whole number from 0 to 100, not "),
            "{problems:?}"
        );
    }
    assert_eq!(right("sound.volume = 0x64").sound.volume, Some(100));
}

#[test]
fn an_output_is_called_what_the_system_calls_it() {
    let device = |text: &str| right(&format!("sound.device = {text}")).sound.device;
    assert_eq!(device("\"auto\""), Device::Auto);
    assert_eq!(device("\"silent\""), Device::Silent);
    let named = Device::Named("USB Audio, Front (hw:1)".to_owned());
    assert_eq!(device("\" USB Audio, Front (hw:1) \""), named);
    for odd in ["\"\"", "true", "7", "[\"auto\"]", "\"a\\nb\"", "\"\\u001b[2J\""] {
        let problems = wrong(&format!("sound.device = {odd}"));
        assert!(problems[0].contains("`refrain devices` lists"), "{problems:?}");
    }
}

#[test]
fn a_message_is_whole_and_fits_a_screen() {
    let text = "screen.motion = 1\n\n[sound]\ndevice = \" \"\n";
    insta::assert_snapshot!(message(text.as_bytes()), @r#"
    config.toml:1:17: `motion` must be true or false, not 1
      Write motion = true or motion = false, without quotes.
    config.toml:4:10: `device` must be "auto", "silent" or the name of an output, not " "
      Write device = "auto", or a name that `refrain devices` lists.
    Nothing of the file is used until it is corrected; --config /dev/null starts without it.
    "#);
    let many = "[screen]\n".to_owned()
        + &(0..500).map(|n| format!("k{n} = 1\n")).collect::<Vec<_>>().concat();
    let message = message(many.as_bytes());
    assert!(message.lines().count() < 20, "{message}");
    assert!(message.contains("…and 492 more"), "{message}");
}

#[test]
fn what_is_not_toml_is_told_by_line() {
    insta::assert_snapshot!(message(b"[screen]\ntheme = dark\n\nmotion = true\nmotion = false\n"), @r#"
    config.toml:2:9: text must stand in quotes
      Write it like this: theme = "dark".
    config.toml:5:1: this name is set twice
      Delete one of its lines.
    Nothing of the file is used until it is corrected; --config /dev/null starts without it.
    "#);
    insta::assert_snapshot!(message(b"Dear diary,\nthe chorus [is late"), @r#"
    config.toml:1:6: this is not TOML: key with no value, expected `=`
      A section looks like [screen], a setting like theme = "dark", a comment like # this.
    config.toml:2:5: this is not TOML: key with no value, expected `=`
      A section looks like [screen], a setting like theme = "dark", a comment like # this.
    Nothing of the file is used until it is corrected; --config /dev/null starts without it.
    "#);
}

#[test]
fn what_is_not_text_is_told() {
    insta::assert_snapshot!(message(b"[screen]\n# \xc3\xa9\xff\n"), @r#"
    config.toml:2:4: the file is not UTF-8 text from here on
      Save it as UTF-8 in your editor; if it is a picture or a sound, name another file with --config.
    "#);
    insta::assert_snapshot!(message(&vec![b'#'; 1 + source::LARGEST as usize]), @r#"
    config.toml: the file is larger than 1 MiB, which no configuration is
      Is it the right file? Name another one with --config, or move this one away.
    "#);
    let folder = tempfile::tempdir().unwrap();
    let directory = load(Some(folder.path())).unwrap_err().to_string();
    assert!(directory.contains("this is a directory"), "{directory}");
    fs::write(folder.path().join("a"), "").unwrap();
    let unreadable = load(Some(&folder.path().join("a/b.toml"))).unwrap_err().to_string();
    assert!(unreadable.contains("b.toml: the configuration cannot be read: "), "{unreadable}");
    let absent = load(Some(&folder.path().join("no.toml"))).unwrap_err().to_string();
    assert!(absent.contains("no.toml: there is no such file"), "{absent}");
}

#[test]
fn control_characters_of_a_file_reach_no_message() {
    let problems = wrong("\"\\u001b]0;x\\u0007\" = 1\nprofile = \"\\u009b2J\"");
    assert_eq!(problems.len(), 2);
    assert!(!problems.concat().contains(char::is_control), "{problems:?}");
}

#[test]
fn a_hostile_file_is_refused_quickly() {
    let full = source::LARGEST as usize;
    for piece in ["[", "a.", "a={", "a=[", "\"", "x=1,", "[[a]]\n", "=", "a\n", "\u{1b}", "[a.b]\n"]
    {
        let _ = read::read(&piece.repeat(full / piece.len()));
    }
    let deep = "a.".repeat(full / 2) + "a = 1";
    assert!(read::read(&deep).is_err());
    let keys: String = (0..60_000).map(|n| format!("k{n} = 1\n")).collect::<Vec<_>>().concat();
    assert_eq!(read::read(&keys).unwrap_err().more, 60_000 - 8);
    let profiles: String =
        (0..40_000).map(|n| format!("[profiles.p{n}]\nx=1\n")).collect::<Vec<_>>().concat();
    assert_eq!(read::read(&profiles).unwrap_err().more, 80_000 - 8);
}
