//! A song on the desk.

use serde::{Deserialize, Serialize};

use super::{Params, SongId};

/// Where the writer left off in the words: line and character, both from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// Line from 0.
    pub line: usize,
    /// Unicode scalar value within the line, from 0.
    pub column: usize,
}

/// Everything a writer can change about a song. Saved as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The song it belongs to.
    pub song: SongId,
    /// The words, lines joined by `\n`.
    pub lyrics: String,
    /// What to write a song about, for [`super::Mode::Describe`].
    pub description: String,
    /// Everything in the Song pane.
    pub params: Params,
    /// The cursor in the words.
    pub cursor: Cursor,
}

impl Draft {
    /// An empty song with the given number.
    pub fn new(song: SongId) -> Self {
        Self { song, ..Self::default() }
    }

    /// Whether there is nothing here that anybody would miss.
    pub fn is_blank(&self) -> bool {
        [&self.lyrics, &self.description, &self.params.title, &self.params.style]
            .iter()
            .all(|text| text.trim().is_empty())
    }

    /// The title, or the first words that can stand for it.
    pub fn name(&self) -> &str {
        let sung = self.lyrics.lines().find(|line| {
            let line = line.trim();
            !line.is_empty() && !line.starts_with('[')
        });
        [Some(self.params.title.as_str()), sung, self.description.lines().next()]
            .into_iter()
            .flatten()
            .map(str::trim)
            .find(|name| !name.is_empty())
            .unwrap_or("Untitled")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_song_without_a_title_is_named_by_its_first_sung_line() {
        let mut draft = Draft::new(SongId(1));
        assert_eq!(draft.name(), "Untitled");
        assert!(draft.is_blank());
        draft.lyrics = "[Verse 1]\n\n  Neon on the window\n".into();
        assert_eq!(draft.name(), "Neon on the window");
        draft.params.title = "Paper Cups".into();
        assert_eq!(draft.name(), "Paper Cups");
        assert!(!draft.is_blank());
    }
}
