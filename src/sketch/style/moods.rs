//! Words for moods, and where they push the music.

/// Pushes to be added to a genre's own numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Mood {
    /// Added to the energy.
    pub energy: f32,
    /// Added to the brightness; a dark song is more often in minor.
    pub brightness: f32,
    /// Added to the place within the genre's tempi, where 1.0 is all of them.
    pub tempo: f32,
}

impl Mood {
    const fn new(energy: f32, brightness: f32, tempo: f32) -> Self {
        Self { energy, brightness, tempo }
    }

    /// Adds another push; many words of one kind push no further than a few.
    pub fn add(&mut self, other: Self) {
        self.energy = (self.energy + other.energy).clamp(-0.4, 0.4);
        self.brightness = (self.brightness + other.brightness).clamp(-0.5, 0.5);
        self.tempo = (self.tempo + other.tempo).clamp(-0.6, 0.6);
    }
}

/// The mood that a word stands for.
pub(super) fn mood(word: &str) -> Option<Mood> {
    MOODS.iter().find(|(words, _)| words.contains(&word)).map(|(_, mood)| *mood)
}

const MOODS: [(&[&str], Mood); 7] = [
    (
        &[
            "happy",
            "joyful",
            "sunny",
            "uplifting",
            "upbeat",
            "euphoric",
            "fun",
            "party",
            "feelgood",
        ],
        Mood::new(0.15, 0.35, 0.25),
    ),
    (
        &["energetic", "driving", "powerful", "anthemic", "epic", "aggressive", "heavy", "bouncy"],
        Mood::new(0.2, 0.0, 0.25),
    ),
    (&["bright", "hopeful", "warm", "romantic", "summer"], Mood::new(0.0, 0.3, 0.0)),
    (
        &["sad", "melancholic", "melancholy", "dark", "moody", "gloomy", "lonely", "haunting"],
        Mood::new(-0.05, -0.35, -0.1),
    ),
    (
        &["nostalgic", "wistful", "bittersweet", "brooding", "angry", "night", "midnight", "rainy"],
        Mood::new(0.0, -0.25, 0.0),
    ),
    (
        &["chill", "calm", "mellow", "soft", "gentle", "intimate", "dreamy", "relaxed", "tender"],
        Mood::new(-0.2, 0.0, -0.25),
    ),
    (&["fast", "uptempo", "quick"], Mood::new(0.05, 0.0, 0.5)),
];
