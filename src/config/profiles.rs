//! `[profiles.NAME]` of the file: from tables to profiles, or to what is wrong with them.

use std::time::Duration;

use toml::Spanned;
use toml::de::DeValue;

use super::address::{base_url, callback_listen, callback_url};
use super::findings::excerpt;
use super::profile::{Callback, KeySource, LimitsOverride, PollOverride, Profile};
use super::section::Section;
use crate::song::clean_line;

/// Once an hour is the least anybody would ask, once a second the most a gateway would bear.
const POLL: std::ops::RangeInclusive<Duration> = Duration::from_secs(1)..=Duration::from_secs(3600);

/// Nobody waits a day for a song.
const PATIENCE: std::ops::RangeInclusive<Duration> =
    Duration::from_secs(1)..=Duration::from_secs(24 * 3600);

/// What says something about a network, and so nothing about the built-in composer.
const REMOTE: [&str; 9] = [
    "api_key_env",
    "api_key_cmd",
    "base_url",
    "poll",
    "retention_days",
    "provider",
    "cluster",
    "callback_url",
    "callback_listen",
];

/// The built-in profile comes first, then the file's in their order.
pub(super) fn read_profiles(mut section: Section<'_, '_>) -> Vec<Profile> {
    let mut profiles = vec![Profile::built_in()];
    for (key, value) in section.entries() {
        let (name, offset) = (clean_line(key.get_ref()), key.span().start);
        if name.trim().is_empty() || name != *key.get_ref() {
            let what = "a profile's name must be visible text on one line";
            section.findings.add(offset, what, "Call it [profiles.loud], for example.");
            continue;
        }
        let table = section.child(format!("[profiles.{}]", excerpt(&name)), Some(value));
        let profile = read_profile(table, name, offset);
        if profile.name == Profile::BUILT_IN {
            profiles[0] = profile;
        } else {
            profiles.push(profile);
        }
    }
    profiles
}

fn read_profile(mut section: Section<'_, '_>, name: String, offset: usize) -> Profile {
    let (line, gateway) = read_gateway(&mut section, &name, offset);
    let profile = Profile {
        line,
        key: read_key(&mut section),
        model: section.line("model"),
        models: section.lines("models"),
        base_url: base_url(&mut section),
        poll: read_poll(&mut section),
        parallel: section.number("parallel", &(1..=10_000), 3),
        price: section.line("price"),
        retention_days: section.number("retention_days", &(1..=3650), 15),
        patience: section.duration("patience", &PATIENCE, "30m"),
        limits: read_limits(&mut section),
        provider: section.choice("provider"),
        cluster: section.choice("cluster"),
        callback: read_callback(&mut section),
        ..Profile::of(name, gateway)
    };
    if profile.is_built_in() {
        say_what_does_nothing(&mut section);
    }
    section.close();
    profile
}

/// The gateway and its line. A profile without one is noted as a problem, so what is returned for
/// it is never used.
fn read_gateway(section: &mut Section<'_, '_>, name: &str, offset: usize) -> (usize, String) {
    if section.is_missing("gateway") {
        let what = format!("{} does not say which gateway makes its takes", section.name());
        let advice = "Add gateway = \"sketch\" below it, or the name of another gateway.";
        section.findings.add(offset, what, advice);
    }
    let line = section.findings.line(section.offset("gateway").unwrap_or(offset));
    let gateway = section.line("gateway").unwrap_or_default();
    // A new song, and a song without a profile, must not begin to cost something.
    if name == Profile::BUILT_IN && !gateway.is_empty() && gateway != Profile::BUILT_IN {
        let what = "[profiles.sketch] is the built-in composer and can have no other gateway";
        section.note("gateway", what, "Give this profile another name, such as [profiles.mine].");
    }
    (line, gateway)
}

/// Where the key is. What stands in the file is not repeated in a message: it may be the key.
fn read_key(section: &mut Section<'_, '_>) -> KeySource {
    if let Some(value) = section.banned("api_key") {
        let what = "`api_key`: a key does not belong in a file that is copied and shown around";
        let advice = "Put it into an environment variable and name that: api_key_env = \"…\"; or \
                      have it fetched: api_key_cmd = \"…\"; or run: refrain key set NAME.";
        section.findings.add(value.span().start, what, advice);
    }
    let env = section.value("api_key_env");
    let cmd = section.value("api_key_cmd");
    if let (Some(env), Some(cmd)) = (env, cmd) {
        let what = "`api_key_env` and `api_key_cmd` both say where the key is";
        let second = env.span().start.max(cmd.span().start);
        section.findings.add(second, what, "Delete one of them.");
    }
    match (env, cmd) {
        (Some(env), _) => read_variable(section, env),
        (_, Some(cmd)) => read_command(section, cmd),
        (None, None) => KeySource::Keyring,
    }
}

fn read_variable(section: &mut Section<'_, '_>, value: &Spanned<DeValue<'_>>) -> KeySource {
    let name = value.get_ref().as_str().unwrap_or_default();
    // Keys have small letters, or dashes, or begin with a digit: what looks like a variable is
    // hardly ever a key in the wrong place.
    let is_name = name.len() <= 64
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
    if name.is_empty() || !is_name {
        let expected = "the name of an environment variable, in capitals and without $";
        let advice =
            "Write api_key_env = \"APIXO_KEY\", for example: the name, not the key itself.";
        section.wrong_unseen("api_key_env", value, expected, advice);
    }
    KeySource::Env(name.to_owned())
}

fn read_command(section: &mut Section<'_, '_>, value: &Spanned<DeValue<'_>>) -> KeySource {
    let command = value.get_ref().as_str().unwrap_or_default().trim();
    if command.is_empty() || command.contains('\0') {
        let expected = "a command in quotes that prints the key";
        let advice = "Write api_key_cmd = \"pass show apixo\", for example.";
        section.wrong_unseen("api_key_cmd", value, expected, advice);
    }
    KeySource::Command(command.to_owned())
}

fn read_poll(section: &mut Section<'_, '_>) -> PollOverride {
    let mut section = section.table("poll");
    let poll = PollOverride {
        first: section.duration("first", &POLL, "45s"),
        every: section.duration("every", &POLL, "5s"),
        slowest: section.duration("slowest", &POLL, "15s"),
    };
    if let (Some(every), Some(slowest)) = (poll.every, poll.slowest)
        && slowest < every
    {
        let what = "`slowest` must not be a shorter time than `every`";
        section.note("slowest", what, "Make it longer, or delete it.");
    }
    section.close();
    poll
}

fn read_limits(section: &mut Section<'_, '_>) -> LimitsOverride {
    let mut section = section.table("limits");
    let range = 1..=1_000_000;
    let limits = LimitsOverride {
        lyrics: section.number("lyrics", &range, 5000),
        description: section.number("description", &range, 500),
        style: section.number("style", &range, 1000),
        avoid: section.number("avoid", &range, 1000),
        title: section.number("title", &range, 80),
    };
    section.close();
    limits
}

/// Both or none: an address that nobody listens behind would only look like an answer.
fn read_callback(section: &mut Section<'_, '_>) -> Option<Callback> {
    let (has_url, has_listen) = (section.has("callback_url"), section.has("callback_listen"));
    let url = callback_url(section);
    let listen = callback_listen(section);
    if has_url && !has_listen {
        let what = "`callback_url` needs `callback_listen`: nobody would hear the gateway call";
        let advice = "Add callback_listen = \"127.0.0.1:8765\", where the calls arrive in the end.";
        section.note("callback_url", what, advice);
    }
    if has_listen && !has_url {
        let what = "`callback_listen` needs `callback_url`: no gateway would know where to call";
        let advice = "Add callback_url = \"https://…\", the address from outside.";
        section.note("callback_listen", what, advice);
    }
    Some(Callback { url: url?, listen: listen? })
}

/// Somebody who writes these believes that something leaves the machine.
fn say_what_does_nothing(section: &mut Section<'_, '_>) {
    for key in REMOTE {
        let what = if key.starts_with("api_key") {
            format!("`{key}` does nothing here: the built-in sketch needs no key")
        } else {
            format!("`{key}` does nothing here: the built-in sketch uses no network")
        };
        section.note(key, what, "Delete the line, or name another gateway.");
    }
}
