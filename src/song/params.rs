//! What the Song pane sets beside the words.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Whether the writer brings the words or the gateway writes them from a description.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// The lyrics are sung as they stand ("custom mode" in the gateways' documents).
    #[default]
    Lyrics,
    /// A description goes out and the gateway writes the song.
    Describe,
}

/// Who sings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Vocal {
    /// The gateway chooses.
    #[default]
    Auto,
    /// A female voice.
    Female,
    /// A male voice.
    Male,
    /// Nobody: an instrumental.
    None,
}

/// A slider from 0.00 to 1.00, held in hundredths so that it prints as it was set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "f32", into = "f32")]
pub struct Weight(u8);

impl Weight {
    /// From hundredths; more than 100 is 100.
    pub fn hundredths(hundredths: u8) -> Self {
        Self(hundredths.min(100))
    }

    /// Moved by `by` hundredths, staying within 0 and 100.
    #[must_use]
    pub fn moved(self, by: i8) -> Self {
        Self(self.0.saturating_add_signed(by).min(100))
    }

    /// 0.0 to 1.0.
    pub fn value(self) -> f32 {
        f32::from(self.0) / 100.0
    }
}

impl From<f32> for Weight {
    /// Rounded to hundredths and held within 0.0 and 1.0; not-a-number is 0.
    fn from(value: f32) -> Self {
        Self((value.clamp(0.0, 1.0) * 100.0).round() as u8)
    }
}

impl From<Weight> for f32 {
    fn from(weight: Weight) -> Self {
        weight.value()
    }
}

impl fmt::Display for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2}", self.value())
    }
}

/// The parameters of a song.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Params {
    /// The profile that names the gateway; empty is the configuration's own.
    pub profile: String,
    /// The gateway's name for the model; empty is the gateway's default.
    pub model: String,
    /// Own words or a description.
    pub mode: Mode,
    /// The song's title.
    pub title: String,
    /// Style tags: genre, tempo, mood, instruments.
    pub style: String,
    /// What to keep out ("negative tags").
    pub avoid: String,
    /// Who sings.
    pub vocal: Vocal,
    /// A voice kept at the gateway, by the gateway's name for it.
    pub persona: String,
    /// How strictly the style is followed.
    pub style_weight: Weight,
    /// How far from the usual.
    pub weirdness: Weight,
    /// How much an audio input counts, where a gateway takes one.
    pub audio_weight: Weight,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            profile: String::new(),
            model: String::new(),
            mode: Mode::default(),
            title: String::new(),
            style: String::new(),
            avoid: String::new(),
            vocal: Vocal::default(),
            persona: String::new(),
            style_weight: Weight(60),
            weirdness: Weight(20),
            audio_weight: Weight(50),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weight_stays_in_its_range_and_prints_as_set() {
        assert_eq!(Weight::hundredths(60).moved(5).to_string(), "0.65");
        assert_eq!(Weight::hundredths(98).moved(5).to_string(), "1.00");
        assert_eq!(Weight::hundredths(3).moved(-5).to_string(), "0.00");
        assert_eq!(Weight::from(0.29), Weight::hundredths(29));
        assert_eq!(Weight::from(f32::NAN), Weight::hundredths(0));
        assert_eq!(Weight::from(7.0), Weight::hundredths(100));
    }
}
