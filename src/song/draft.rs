//! A song on the desk.

use serde::{Deserialize, Serialize};

use super::{Line, Params, SongId};

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

    /// What the song is called; see [`name_of`].
    pub fn name(&self) -> &str {
        name_of(&self.params.title, self.lyrics.lines(), self.description.lines())
    }
}

/// What a song is called: its title, or else its first sung line, or else the first line of its
/// description.
pub fn name_of<'a>(
    title: &'a str,
    mut lyrics: impl Iterator<Item = &'a str>,
    mut description: impl Iterator<Item = &'a str>,
) -> &'a str {
    let title = title.trim();
    if !title.is_empty() {
        return title;
    }
    let sung = lyrics.find_map(|line| match Line::read(line) {
        Line::Sung(words) => Some(words),
        Line::Blank | Line::Tag(_) => None,
    });
    let described = || description.find(|line| !line.trim().is_empty()).map(str::trim);
    sung.or_else(described).unwrap_or("Untitled")
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
