//! From the text of a configuration file to settings, or to everything that is wrong with it.

use toml::de::DeValue;

use super::findings::{Findings, Problems, excerpt, nearest};
use super::section::Section;
use super::settings::{Binding, Gateway, Profile, Screen, Sound, Unicode};
use super::{Config, syntax};
use crate::song::clean_line;

/// Reads a whole file. Nothing of a file with a mistake is used: half of somebody's settings would
/// be a riddle on the screen.
pub(super) fn read(text: &str) -> Result<Config, Problems> {
    let mut findings = Findings::new(text);
    let Some(table) = syntax::parse(text, &mut findings) else {
        findings.finish()?;
        return Ok(Config::default());
    };
    let mut top = Section::top(table.get_ref(), &mut findings);
    let screen = read_screen(top.section("screen"));
    let sound = read_sound(top.section("sound"));
    let keys = read_keys(top.section("keys"));
    let profiles = read_profiles(top.section("profiles"));
    let profile = read_default_profile(&mut top, &profiles);
    top.close();
    findings.finish()?;
    Ok(Config { file: None, screen, sound, keys, profiles, profile })
}

fn read_screen(mut section: Section<'_, '_>) -> Screen {
    let default = Screen::default();
    let screen = Screen {
        theme: section.choice("theme").unwrap_or(default.theme),
        color: section.choice("color").unwrap_or(default.color),
        unicode: read_unicode(&mut section).unwrap_or(default.unicode),
        motion: section.flag("motion").unwrap_or(default.motion),
        mouse: section.flag("mouse").unwrap_or(default.mouse),
    };
    section.close();
    screen
}

fn read_unicode(section: &mut Section<'_, '_>) -> Option<Unicode> {
    let value = section.value("unicode")?;
    match value.get_ref() {
        DeValue::Boolean(true) => Some(Unicode::Always),
        DeValue::Boolean(false) => Some(Unicode::Never),
        DeValue::String(text) if text == "auto" => Some(Unicode::Auto),
        _ => {
            let advice = "Write unicode = \"auto\", or true or false without quotes.";
            section.wrong("unicode", value, "\"auto\", true or false", advice);
            None
        }
    }
}

fn read_sound(mut section: Section<'_, '_>) -> Sound {
    let sound = Sound {
        volume: section.number("volume", &(0..=100)),
        device: section.choice("device").unwrap_or_default(),
    };
    section.close();
    sound
}

fn read_keys(mut section: Section<'_, '_>) -> Vec<Binding> {
    let mut bindings = Vec::new();
    for (name, value) in section.entries() {
        let keys: Option<Vec<_>> = match value.get_ref() {
            DeValue::String(key) => Some(vec![clean_line(key)]),
            DeValue::Array(keys) => {
                keys.iter().map(|key| key.get_ref().as_str().map(clean_line)).collect()
            }
            _ => None,
        };
        if let Some(keys) = keys {
            let line = section.findings.line(name.span().start);
            bindings.push(Binding { action: clean_line(name.get_ref()), keys, line });
        } else {
            let advice =
                "Write one key as \"ctrl+g\", several as [\"ctrl+g\", \"f5\"], none as [].";
            section.wrong(name.get_ref(), value, "a key or a list of keys, in quotes", advice);
        }
    }
    bindings
}

/// The built-in profile comes first, then the file's in their order.
fn read_profiles(mut section: Section<'_, '_>) -> Vec<Profile> {
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
    let profile = Profile {
        name,
        gateway: read_gateway(&mut section, offset),
        model: section.text("model").map(|(_, model)| clean_line(model)),
    };
    section.close();
    profile
}

/// A profile without a gateway is noted as a problem, so what is returned for it is never used.
fn read_gateway(section: &mut Section<'_, '_>, offset: usize) -> Gateway {
    if section.is_missing("gateway") {
        let what = format!("{} does not say which gateway makes its takes", section.name());
        let advice = "Add gateway = \"sketch\" below it; sketch is the only gateway so far.";
        section.findings.add(offset, what, advice);
    }
    section.choice("gateway").unwrap_or(Gateway::Sketch)
}

fn read_default_profile(top: &mut Section<'_, '_>, profiles: &[Profile]) -> String {
    let Some((offset, name)) = top.text("profile") else {
        return Profile::BUILT_IN.into();
    };
    if !profiles.iter().any(|profile| profile.name == name) {
        let names = profiles.iter().map(|profile| profile.name.as_str());
        let what = match nearest(name, names) {
            Some(near) => format!("no profile \"{}\"; did you mean \"{near}\"?", excerpt(name)),
            None => format!("no profile \"{}\"", excerpt(name)),
        };
        let advice = "Name a profile that stands in this file as [profiles.NAME], or \"sketch\".";
        top.findings.add(offset, what, advice);
    }
    name.to_owned()
}
