//! Profiles: what can be said of a gateway, and what is said back when it is wrong.

use std::time::Duration;

use super::super::*;
use super::{message, right, wrong};

/// A key as somebody may paste it anywhere.
const SECRET: &str = "sk-live-51Hq8ZtVbX";

/// A profile called `loud` with these lines.
fn loud(lines: &str) -> Profile {
    right(&format!("[profiles.loud]\ngateway = \"apixo\"\n{lines}")).profiles.remove(1)
}

/// What is wrong with such lines; they begin in line 3.
fn complaints(lines: &str) -> Vec<String> {
    wrong(&format!("[profiles.loud]\ngateway = \"apixo\"\n{lines}"))
}

#[test]
fn a_full_profile_is_read() {
    let profile = loud(
        r#"
api_key_env = "APIXO_KEY"
model = "V6"
models = ["V6", " V5 "]
base_url = "https://API.example.com:8443/v1//"
poll = { first = "45s", every = "1m30s", slowest = "1h" }
parallel = 10
price = "$0.10"
retention_days = 15
patience = "30m"
limits = { lyrics = 5000, title = 1_00 }
provider = "value"
cluster = "second"
callback_url = "https://studio.example.com/hook"
callback_listen = "127.0.0.1:8765"
"#,
    );
    let seconds = |seconds| Some(Duration::from_secs(seconds));
    assert_eq!(
        profile,
        Profile {
            line: 2,
            key: KeySource::Env("APIXO_KEY".into()),
            model: Some("V6".into()),
            models: vec!["V6".into(), "V5".into()],
            base_url: Some("https://api.example.com:8443/v1".into()),
            poll: PollOverride { first: seconds(45), every: seconds(90), slowest: seconds(3600) },
            parallel: Some(10),
            price: Some("$0.10".into()),
            retention_days: Some(15),
            patience: seconds(1800),
            limits: LimitsOverride {
                lyrics: Some(5000),
                title: Some(100),
                ..LimitsOverride::default()
            },
            provider: Some(Provider::Value),
            cluster: Some(Cluster::Second),
            callback: Some(Callback {
                url: "https://studio.example.com/hook".into(),
                listen: "127.0.0.1:8765".parse().unwrap(),
            }),
            ..Profile::of("loud".into(), "apixo".into())
        }
    );
    assert_eq!((Provider::Official.word(), Cluster::Default.word()), ("official", "default"));
}

#[test]
fn a_profile_can_leave_everything_to_its_gateway() {
    // No name of a gateway is judged here; its line is kept for those who do.
    let profile = loud("");
    assert_eq!(profile, Profile { line: 2, ..Profile::of("loud".into(), "apixo".into()) });
    assert_eq!(right("profiles.a.gateway = \"nobody\"").profiles[1].gateway, "nobody");
}

#[test]
fn keys_are_somewhere_else() {
    let command = loud("api_key_cmd = \" pass show apixo \"").key;
    assert_eq!(command, KeySource::Command("pass show apixo".into()));
    assert_eq!(command.to_string(), "the command in api_key_cmd");
    assert_eq!(loud("").key, KeySource::Keyring);
    assert_eq!(loud("api_key_env = \"K\"").key.to_string(), "$K");
    assert_eq!(
        complaints("api_key_env = \"A\"\napi_key_cmd = \"b\""),
        ["4:15: `api_key_env` and `api_key_cmd` both say where the key is / Delete one of them."]
    );
    assert_eq!(
        complaints("api_key_env = \"$APIXO_KEY\""),
        ["3:15: `api_key_env` must be the name of an environment variable, in capitals and \
          without $ / Write api_key_env = \"APIXO_KEY\", for example: the name, not the key itself."]
    );
}

#[test]
fn a_key_in_the_file_is_refused_and_repeated_nowhere() {
    let refused = complaints(&format!("api_key = \"{SECRET}\""));
    assert_eq!(refused.len(), 1);
    assert!(refused[0].starts_with("3:11: `api_key`: a key does not belong in a file"));
    let elsewhere = [
        format!("[profiles.a]\ngateway = \"apixo\"\napi_key = \"{SECRET}\""),
        format!("[profiles.a]\ngateway = \"apixo\"\napi_key = {SECRET}"),
        format!("[profiles.a]\ngateway = \"apixo\"\napi_key = [\"{SECRET}\"]"),
        format!("[profiles.a]\ngateway = \"apixo\"\napikey = \"{SECRET}\""),
        format!("[profiles.a]\ngateway = \"apixo\"\ntoken = \"{SECRET}\""),
        format!("[profiles.a]\ngateway = \"apixo\"\napi_key_env = \"{SECRET}\""),
        format!("[profiles.a]\ngateway = \"apixo\"\napi_key_cmd = [\"echo\", \"{SECRET}\"]"),
        format!("[profiles.a]\ngateway = \"apixo\"\nbase_url = \"https://{SECRET}@a.com\""),
        format!("[profiles.a]\ngateway = \"apixo\"\nbase_url = \"https://a.com/?key={SECRET}\""),
        format!("[profiles.a]\ngateway = \"apixo\"\nbase_url = \"{SECRET}\""),
        format!("[profiles]\napixo = \"{SECRET}\""),
        format!("api_key = \"{SECRET}\""),
    ];
    for text in elsewhere {
        let message = message(text.as_bytes());
        assert!(!message.contains(&SECRET[..7]), "{message}");
    }
    // Nor is a name suggested that is refused.
    let typo = complaints("api_ky = \"a\"\n");
    assert!(typo[0].contains("api_key_env") && !typo[0].contains("`api_key`"), "{typo:?}");
}

#[test]
fn a_gateway_is_an_address_that_keeps_a_key_safe() {
    for (url, read) in [
        ("https://a.com", "https://a.com"),
        ("https://a.com///", "https://a.com"),
        ("http://127.0.0.1:8001/", "http://127.0.0.1:8001"),
        ("http://localhost/v1/", "http://localhost/v1"),
        ("http://[::1]:1", "http://[::1]:1"),
        (" HTTPS://\\tA.com ", "https://a.com"),
    ] {
        assert_eq!(loud(&format!("base_url = \"{url}\"")).base_url.as_deref(), Some(read));
    }
    for (url, words) in [
        ("http://a.com", "the key would travel in the clear"),
        ("http://localhost.a.com", "in the clear"),
        ("http://192.168.0.7", "in the clear"),
        ("http://[::ffff:192.168.0.7]", "in the clear"),
        ("http://0.0.0.0", "in the clear"),
        ("ftp://a.com", "an address with https:// /"),
        ("file:///etc/passwd", "an address with https:// /"),
        ("data:text/plain,la", "an address with https:// /"),
        ("a.com/v1", "a whole address"),
        ("https://", "a whole address"),
        ("https://a b.com", "a whole address"),
        ("https://ann@a.com", "without a name or password"),
        ("https://a.com?x=1", "ends before any ?"),
        ("https://a.com#x", "ends before any ?"),
        ("", "a whole address"),
    ] {
        let problems = complaints(&format!("base_url = \"{url}\""));
        assert_eq!(problems.len(), 1, "{url}");
        assert!(problems[0].starts_with("3:12: `base_url` must"), "{problems:?}");
        assert!(problems[0].contains(words), "{url}: {problems:?}");
    }
}

#[test]
fn a_callback_is_heard_on_this_machine_only() {
    let url = "callback_url = \"https://a.com/hook\"\n";
    let listen = "callback_listen = \"127.0.0.1:8765\"";
    assert!(complaints(url)[0].starts_with("3:1: `callback_url` needs `callback_listen`"));
    assert!(complaints(listen)[0].starts_with("3:1: `callback_listen` needs `callback_url`"));
    let plain = complaints(&format!("callback_url = \"http://a.com/hook\"\n{listen}"));
    assert!(plain[0].contains("anybody on the way"), "{plain:?}");
    loud(&format!("callback_url = \"http://127.0.0.1:8765/hook/\"\n{listen}"));
    for address in ["0.0.0.0:8765", "192.168.0.7:80", "[::]:80", "127.0.0.1", "127.0.0.1:0", "a:1"]
    {
        let problems = complaints(&format!("{url}callback_listen = \"{address}\""));
        assert_eq!(problems.len(), 1, "{address}");
        assert!(problems[0].contains("an address of this machine"), "{problems:?}");
    }
    assert!(loud(&format!("{url}callback_listen = \"[::1]:80\"")).callback.is_some());
}

#[test]
fn times_are_neither_rude_nor_endless() {
    let poll = |time: &str| complaints(&format!("poll.every = {time}"));
    let expected = "3:14: `every` must be a time from 1 s to 1 h, such as \"5s\", not ";
    for time in ["\"500ms\"", "\"61m\"", "\"-5s\"", "\"5\"", "5", "\"soon\"", "\"\"", "\"1mo\""] {
        assert!(poll(time)[0].starts_with(expected), "{:?}", poll(time));
    }
    let endless = format!("\"{}s\"", "9".repeat(500_000));
    assert!(poll(&endless)[0].len() < 300);
    assert_eq!(
        poll("0.5")[0].rsplit(" / ").next(),
        Some("Write every = \"5s\": h, m, s and ms, with quotes.")
    );
    assert_eq!(loud("poll.first = \"1500ms\"").poll.first, Some(Duration::from_millis(1500)));
    let slow = complaints("poll = { every = \"9s\", slowest = \"8s\" }");
    assert!(slow[0].contains("`slowest` must not be a shorter time"), "{slow:?}");
    assert!(complaints("patience = \"25h\"")[0].contains("from 1 s to 24 h"));
}

#[test]
fn numbers_and_names_have_bounds() {
    for (line, words) in [
        ("parallel = 0", "a whole number from 1 to 10000, not 0"),
        ("parallel = 10001", "a whole number from 1 to 10000, not 10001"),
        ("parallel = 70000", "a whole number from 1 to 10000, not 70000"),
        ("parallel = -1", "a whole number from 1 to 10000, not -1"),
        ("retention_days = 1.5", "a whole number from 1 to 3650, not 1.5"),
        ("limits.lyrics = 99999999999", "a whole number from 1 to 1000000"),
        ("limits = 5", "[profiles.loud.limits] must be a section, not 5"),
        ("limits.lyric = 5", "unknown key `lyric` in [profiles.loud.limits]; did you mean"),
        ("first = \"5s\"", "`first` stands in [profiles.loud.poll]; move it there."),
        ("provider = \"offical\"", "Did you mean provider = \"official\"?"),
        ("cluster = \"third\"", "one of \"default\", \"second\", not \"third\""),
        ("models = []", "a list of names in quotes, not a list"),
        ("models = \"V5\"", "a list of names in quotes, not \"V5\""),
        ("models = [\"V5\", 5]", "`models` must be a list of names of at most 100 characters"),
        ("models = [\"V5\", \"V5\"]", "`models` has \"V5\" twice"),
        ("model = \"a\\u001b[31m\"", "one line of at most 100 characters"),
        ("price = \"a\\nb\"", "one line of at most 100 characters"),
    ] {
        let problems = complaints(line);
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(problems[0].starts_with("3:") && problems[0].contains(words), "{problems:?}");
    }
    let endless = complaints(&format!("price = \"{}\"", "$".repeat(500_000)));
    assert!(endless[0].len() < 200, "{}", endless[0].len());
}

#[test]
fn what_means_nothing_to_the_sketch_is_told() {
    let text = "[profiles.demo]\ngateway = \"sketch\"\nparallel = 1\napi_key_env = \"KEY\"\n\
                base_url = \"https://a.com\"\n";
    assert_eq!(
        wrong(text),
        [
            "4:1: `api_key_env` does nothing here: the built-in sketch needs no key / \
             Delete the line, or name another gateway.",
            "5:1: `base_url` does nothing here: the built-in sketch uses no network / \
             Delete the line, or name another gateway.",
        ]
    );
    // What is always there costs nothing, whatever a file says.
    assert_eq!(
        wrong("[profiles.sketch]\ngateway = \"apixo\""),
        ["2:1: [profiles.sketch] is the built-in composer and can have no other gateway / \
          Give this profile another name, such as [profiles.mine]."]
    );
}
