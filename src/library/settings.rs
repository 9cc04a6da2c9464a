//! Small things that the studio remembers from one start to the next.
//!
//! Not the configuration, which the user writes: these are changed by use, such as with a volume
//! key. Each field is a row of its own, so that one that makes no sense costs only itself, and a
//! field from a newer version is left where it is.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Which pictures of the sound are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pictures {
    /// None: a line for the playhead.
    Off,
    /// The waveform of the whole take.
    #[default]
    Wave,
    /// That, and the spectrum of what is heard.
    Spectrum,
}

/// What was last set by use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// How loud takes play, 0 to 100.
    pub volume: u8,
    /// Which pictures of the sound are shown.
    pub pictures: Pictures,
    /// Takes are heard as delivered, not matched in loudness.
    pub as_delivered: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { volume: 80, pictures: Pictures::default(), as_delivered: false }
    }
}

impl Settings {
    /// One key and one JSON value a field.
    pub(super) fn rows(&self) -> serde_json::Result<Map<String, Value>> {
        serde_json::from_value(serde_json::to_value(self)?)
    }

    /// The settings with every row that can be read; the others are at their defaults.
    pub(super) fn from_rows(rows: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut good = Map::new();
        let mut settings = Self::default();
        for (key, value) in rows {
            let Ok(value) = serde_json::from_str(&value) else { continue };
            good.insert(key.clone(), value);
            match serde_json::from_value(Value::Object(good.clone())) {
                Ok(read) => settings = read,
                Err(_) => drop(good.remove(&key)),
            }
        }
        settings.volume = settings.volume.min(100);
        settings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_makes_no_sense_costs_only_itself() {
        let rows = |value: &str| [("later".into(), "[1]".into()), ("volume".into(), value.into())];
        let loud = |volume| Settings { volume, ..Settings::default() };
        assert_eq!(Settings::from_rows(rows("35")), loud(35));
        assert_eq!(Settings::from_rows(rows("255")), loud(100));
        for wrong in ["", "\"loud\"", "-1", "4000"] {
            assert_eq!(Settings::from_rows(rows(wrong)), Settings::default(), "{wrong}");
        }
    }

    #[test]
    fn what_was_set_is_read_again_and_a_picture_from_later_is_the_usual_one() {
        let set = Settings { volume: 12, pictures: Pictures::Spectrum, as_delivered: true };
        let rows = set.rows().unwrap().into_iter().map(|(key, value)| (key, value.to_string()));
        assert_eq!(Settings::from_rows(rows), set);
        let later = [("pictures".into(), "\"hologram\"".into()), ("volume".into(), "12".into())];
        assert_eq!(Settings::from_rows(later), Settings { volume: 12, ..Settings::default() });
    }
}
