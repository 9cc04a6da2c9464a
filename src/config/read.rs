//! From the text of a configuration file to settings, or to everything that is wrong with it.

use toml::de::DeValue;

use super::findings::{Findings, Problems, excerpt, nearest};
use super::profiles::read_profiles;
use super::section::Section;
use super::settings::{Binding, Device, Screen, Sound, Unicode};
use super::values::visible_line;
use super::{Config, Profile, syntax};
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
        covers: section.choice("covers").unwrap_or(default.covers),
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
        volume: section.number("volume", &(0..=100), 70),
        device: read_device(&mut section).unwrap_or_default(),
    };
    section.close();
    sound
}

fn read_device(section: &mut Section<'_, '_>) -> Option<Device> {
    let value = section.value("device")?;
    let device = value.get_ref().as_str().and_then(visible_line).map(|name| (&*name).into());
    if device.is_none() {
        let advice = "Write device = \"auto\", or a name that `refrain devices` lists.";
        section.wrong("device", value, "\"auto\", \"silent\" or the name of an output", advice);
    }
    device
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
