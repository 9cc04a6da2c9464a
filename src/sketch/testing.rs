//! Requests for the tests of this room.

use crate::song::{Params, Request};

/// A short song: a verse and a chorus.
pub(super) const WORDS: &str = "[Verse]
Paper cups on the window sill
Morning comes and the street is still
I count the cars till the light goes green
And wonder what the quiet means

[Chorus]
Oh, paper moon, don't let me down
You're the only light in town
Oh, paper moon, don't let me down
I'll be dancing till you drown";

/// A style for each genre.
pub(super) const STYLES: [&str; 12] = [
    "pop",
    "rock",
    "folk",
    "hip hop",
    "jazz",
    "house",
    "synth-pop",
    "lo-fi",
    "ballad",
    "ambient",
    "reggae",
    "metal",
];

/// A request for the given words and style, seed 7.
pub(super) fn request(text: &str, style: &str) -> Request {
    Request {
        text: text.into(),
        params: Params { title: "Paper Moon".into(), style: style.into(), ..Params::default() },
        seed: 7,
    }
}
