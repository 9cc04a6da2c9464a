//! What `refrain generate` can be told.

use std::path::PathBuf;

use super::{exit, object};
use crate::song::{Vocal, Weight};

/// What to generate.
#[derive(Debug, clap::Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
#[command(after_help = format!("{}\n\n{}", object::SHAPE, exit::TABLE))]
pub(super) struct Args {
    /// The lyrics: a text file, or - for standard input. Without words an instrumental is made
    #[arg(long, value_name = "FILE")]
    pub(super) lyrics: Option<PathBuf>,
    /// What the song is about; the gateway writes the words
    #[arg(long, value_name = "TEXT", conflicts_with = "lyrics")]
    pub(super) describe: Option<String>,
    /// Style tags: genre, tempo, mood, instruments
    #[arg(long, value_name = "TEXT")]
    pub(super) style: Option<String>,
    /// The song's title
    #[arg(long, value_name = "TEXT")]
    pub(super) title: Option<String>,
    /// The gateway's name for a model; the profile's own when not given
    #[arg(long, value_name = "NAME")]
    pub(super) model: Option<String>,
    /// Nobody sings
    #[arg(long)]
    pub(super) instrumental: bool,
    /// Negative tags: what to keep out
    #[arg(long, value_name = "TEXT")]
    pub(super) negative: Option<String>,
    /// Who sings: m or f
    #[arg(long, value_name = "m|f", value_parser = vocal, conflicts_with = "instrumental")]
    pub(super) vocal: Option<Vocal>,
    /// How strictly the style is followed, from 0 to 1
    #[arg(long, value_name = "N", value_parser = weight)]
    pub(super) style_weight: Option<Weight>,
    /// How far from the usual, from 0 to 1
    #[arg(long, value_name = "N", value_parser = weight)]
    pub(super) weirdness: Option<Weight>,
    /// How much an audio input counts, from 0 to 1
    #[arg(long, value_name = "N", value_parser = weight)]
    pub(super) audio_weight: Option<Weight>,
    /// A voice kept at the gateway, by the gateway's name for it
    #[arg(long, value_name = "ID")]
    pub(super) persona: Option<String>,
    /// The profile to use; the configuration's own when not given
    #[arg(long, value_name = "NAME")]
    pub(super) profile: Option<String>,
    /// End as soon as the gateway has the task and the journal its name; `refrain resume` or the
    /// studio fetches the takes
    #[arg(long)]
    pub(super) detach: bool,
    /// Only print the request as it would leave, without its key; nothing is sent or kept
    #[arg(long, conflicts_with = "detach")]
    pub(super) dry_run: bool,
    /// Print one JSON object instead of paths
    #[arg(long)]
    pub(super) json: bool,
}

fn vocal(text: &str) -> Result<Vocal, String> {
    match text {
        "m" => Ok(Vocal::Male),
        "f" => Ok(Vocal::Female),
        _ => Err("it is m or f".to_owned()),
    }
}

fn weight(text: &str) -> Result<Weight, String> {
    let value = text.parse::<f32>().ok().filter(|value| (0.0..=1.0).contains(value));
    value.map(Weight::from).ok_or_else(|| "it is a number from 0 to 1, such as 0.6".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_numbers_from_0_to_1() {
        assert_eq!(weight("0.654"), Ok(Weight::hundredths(65)));
        assert_eq!(
            (weight("0"), weight("1")),
            (Ok(Weight::hundredths(0)), Ok(Weight::hundredths(100)))
        );
        for wrong in ["", "1.01", "-0.1", "NaN", "inf", "half", "60%"] {
            assert!(weight(wrong).is_err(), "{wrong}");
        }
    }
}
