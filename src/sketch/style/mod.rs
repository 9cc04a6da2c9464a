//! The style text read as a musical plan: genre, tempo, key, energy, instruments.
//!
//! Words that mean nothing here are passed over. It never fails: no style is a style, too.

mod genre;
mod key;
mod moods;
mod tags;

use crate::song::{Label, Mode, Request, Vocal};

use super::rng::Rng;
use super::time::{Swing, Tempo};
pub use genre::{Genre, Room};
pub use key::{Key, Tonality};
pub use tags::Seat;
use tags::Tags;

/// The tempo that words and genres stay within, in beats per minute; others are folded into it by
/// doubling and halving.
const TEMPI: (f32, f32) = (55.0, 200.0);

/// What one take of a song should be like.
#[derive(Clone, Debug)]
pub struct Style {
    /// The kind of music.
    pub genre: Genre,
    /// Tempo and feel.
    pub tempo: Tempo,
    /// The key the song ends in.
    pub key: Key,
    /// 0.0 sleepy to 1.0 wild.
    pub energy: f32,
    /// 0.0 dark to 1.0 bright.
    pub brightness: f32,
    /// 0.0 what everybody does to 1.0 what nobody does.
    pub weirdness: f32,
    /// How many of the wanted instruments are heard, 0.0 to 1.0.
    pub weight: f32,
    /// Whether no words are sung.
    pub instrumental: bool,
    /// A low lead (a man's range) instead of a high one.
    pub low_lead: bool,
    /// Instruments that the text asks for.
    pub wanted: Vec<Seat>,
    /// Instruments that it rules out.
    pub unwanted: Vec<Seat>,
}

/// Reads the style of one take. Both takes share genre and mood; the second goes its own way in
/// everything that the text leaves open.
pub fn parse(request: &Request, take: Label) -> Style {
    let params = &request.params;
    let mut tags = Tags::read(&params.style);
    if params.mode == Mode::Describe {
        tags.add(&Tags::read(&request.text));
    }
    tags.forbid(&params.avoid);

    let mut shared = Rng::stream(request.seed, "style");
    let mut own = Rng::stream(request.seed, &format!("style {take}"));
    let genre = tags.genre.unwrap_or_default();
    let plan = genre.plan();
    let energy = (plan.energy + tags.mood.energy).clamp(0.05, 1.0);
    let brightness = (0.5 + tags.mood.brightness).clamp(0.0, 1.0);

    let minor = shared.chance((plan.minor - tags.mood.brightness).clamp(0.03, 0.97));
    let tonality = if minor { Tonality::Minor } else { Tonality::Major };
    let tonality = tags.tonality.unwrap_or(tonality);
    let home = shared.below(12) + take.index() * (2 + shared.below(4));
    let tonic = tags.tonic.unwrap_or((home % 12) as u8);

    let place = (shared.between(0.25, 0.75) + tags.mood.tempo).clamp(0.0, 1.0);
    let open = plan.bpm.0 + (plan.bpm.1 - plan.bpm.0) * place;
    let drift = if take == Label::A { 1.0 } else { own.between(0.95, 1.04) };
    let bpm = tags.bpm.map_or((open * drift).round(), fold);
    // Swing is a feel of slow and middle tempi; fast music evens out.
    let swing = match plan.swing {
        Swing::Eighths(late) => Swing::Eighths(late * (1.35 - bpm / 400.0).min(1.0)),
        other => other,
    };

    Style {
        genre,
        tempo: Tempo { bpm, swing },
        key: Key { tonic, tonality },
        energy,
        brightness,
        weirdness: params.weirdness.value(),
        weight: params.style_weight.value(),
        instrumental: params.vocal == Vocal::None
            || params.mode == Mode::Describe
            || tags.instrumental,
        low_lead: match (params.vocal, tags.low_voice) {
            (Vocal::Male, _) | (_, Some(true)) => true,
            (Vocal::Female, _) | (_, Some(false)) => false,
            _ => take.index() % 2 == 1,
        },
        wanted: tags.wanted,
        unwanted: tags.unwanted,
    }
}

/// The same pulse, counted twice as fast or half as fast until it can be played.
fn fold(bpm: f32) -> f32 {
    let mut bpm = bpm.clamp(1.0, 10_000.0);
    while bpm < TEMPI.0 {
        bpm *= 2.0;
    }
    while bpm > TEMPI.1 {
        bpm /= 2.0;
    }
    bpm
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sketch::testing::request;

    fn style(text: &str) -> Style {
        parse(&request("la la", text), Label::A)
    }

    #[test]
    fn the_text_is_obeyed() {
        let read = style("synth-pop, 104 bpm, A minor, bright");
        assert_eq!(read.genre, Genre::SynthPop);
        assert!((read.tempo.bpm - 104.0).abs() < 0.01);
        assert_eq!(read.key.to_string(), "A minor");
        assert!(read.brightness > 0.5);
    }

    #[test]
    fn impossible_tempi_keep_their_pulse() {
        assert!((style("20 bpm").tempo.bpm - 80.0).abs() < 0.01);
        assert!((style("400 bpm").tempo.bpm - 200.0).abs() < 0.01);
        assert!((style("0 bpm").tempo.bpm - 64.0).abs() < 0.01);
        assert!(style("999999999999999999999 bpm").tempo.bpm <= 200.0);
    }

    #[test]
    fn the_second_take_has_another_key_and_nearly_the_same_tempo() {
        for seed in 0..50 {
            let mut asked = request("la la", "pop");
            asked.seed = seed;
            let (a, b) = (parse(&asked, Label::A), parse(&asked, Label::B));
            assert_ne!(a.key.tonic, b.key.tonic);
            assert_eq!((a.genre, a.key.tonality), (b.genre, b.key.tonality));
            assert!((a.tempo.bpm / b.tempo.bpm - 1.0).abs() < 0.07);
        }
    }

    #[test]
    fn nonsense_is_a_style() {
        for text in ["", ",,,;;;", "🎸🎸", &"x".repeat(10_000), &"metal, ".repeat(2000), "ё bpm"]
        {
            assert!((55.0..=200.0).contains(&style(text).tempo.bpm), "{text}");
        }
    }
}
