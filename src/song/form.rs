//! The form of a lyric: section tags in square brackets, and the lines under them.

/// What a section tag asks for. Unknown tags are free-form and never refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SectionKind {
    /// `[Intro]`
    Intro,
    /// `[Verse]`, `[Verse 2]`
    Verse,
    /// `[Pre-Chorus]`, `[Build]`
    PreChorus,
    /// `[Chorus]`, `[Hook]`, `[Refrain]`, `[Drop]`
    Chorus,
    /// `[Post-Chorus]`
    PostChorus,
    /// `[Bridge]`
    Bridge,
    /// `[Guitar Solo]`, `[Instrumental]`, `[Interlude]`
    Solo,
    /// `[Break]`
    Break,
    /// `[Outro]`, `[Fade Out]`, `[End]`
    Outro,
    /// Anything else in brackets: a cue such as `[Whispered]`.
    Other,
}

impl SectionKind {
    /// The word for it in counts such as "verse 4 · chorus 2".
    pub fn word(self) -> &'static str {
        match self {
            Self::Intro => "intro",
            Self::Verse => "verse",
            Self::PreChorus => "pre-chorus",
            Self::Chorus => "chorus",
            Self::PostChorus => "post-chorus",
            Self::Bridge => "bridge",
            Self::Solo => "solo",
            Self::Break => "break",
            Self::Outro => "outro",
            Self::Other => "other",
        }
    }
}

/// Section tags that all gateways are known to follow.
pub const SECTIONS: [&str; 21] = [
    "Intro",
    "Verse",
    "Pre-Chorus",
    "Chorus",
    "Post-Chorus",
    "Hook",
    "Refrain",
    "Bridge",
    "Break",
    "Interlude",
    "Instrumental",
    "Instrumental Break",
    "Solo",
    "Guitar Solo",
    "Piano Solo",
    "Drum Solo",
    "Build",
    "Drop",
    "Outro",
    "Fade Out",
    "End",
];

/// Delivery cues: how the lines after them are sung.
pub const CUES: [&str; 3] = ["Whispered", "Spoken", "Shout"];

/// A line of a lyric, read by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line<'a> {
    /// Nothing but white space.
    Blank,
    /// `[Verse 1]`: the text between the brackets.
    Tag(&'a str),
    /// Words to sing.
    Sung(&'a str),
}

impl<'a> Line<'a> {
    /// Reads one line.
    pub fn read(line: &'a str) -> Self {
        let line = line.trim();
        if line.is_empty() {
            return Self::Blank;
        }
        match line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            Some(tag) if !tag.contains(['[', ']']) => Self::Tag(tag.trim()),
            _ => Self::Sung(line),
        }
    }
}

/// The lines of a lyric.
pub fn lines(lyrics: &str) -> impl Iterator<Item = Line<'_>> {
    lyrics.lines().map(Line::read)
}

/// What the text of a tag asks for.
pub fn section_kind(tag: &str) -> SectionKind {
    let tag = tag.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| tag.contains(word));
    if has(&["pre-chorus", "prechorus", "pre chorus", "pre-hook", "build"]) {
        SectionKind::PreChorus
    } else if has(&["post-chorus", "postchorus", "post chorus"]) {
        SectionKind::PostChorus
    } else if has(&["solo", "instrumental", "interlude"]) {
        SectionKind::Solo
    } else if has(&["chorus", "hook", "refrain", "drop"]) {
        SectionKind::Chorus
    } else if has(&["verse", "rap"]) {
        SectionKind::Verse
    } else if has(&["bridge", "middle"]) {
        SectionKind::Bridge
    } else if has(&["intro"]) {
        SectionKind::Intro
    } else if has(&["outro", "fade out", "coda", "ending"]) || tag == "end" {
        SectionKind::Outro
    } else if has(&["break"]) {
        SectionKind::Break
    } else {
        SectionKind::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_blank_tags_or_sung() {
        let read: Vec<_> = lines("[Verse 1]\n\n  Neon [low]\n[a][b]\n[]").collect();
        assert_eq!(
            read,
            [
                Line::Tag("Verse 1"),
                Line::Blank,
                Line::Sung("Neon [low]"),
                Line::Sung("[a][b]"),
                Line::Tag(""),
            ]
        );
    }

    #[test]
    fn tags_of_the_reference_are_known() {
        for (tag, kind) in [
            ("Verse 2", SectionKind::Verse),
            ("PRE-CHORUS", SectionKind::PreChorus),
            ("Post-Chorus", SectionKind::PostChorus),
            ("Hook", SectionKind::Chorus),
            ("Instrumental Break", SectionKind::Solo),
            ("Fade Out", SectionKind::Outro),
            ("Break", SectionKind::Break),
            ("Whispered", SectionKind::Other),
        ] {
            assert_eq!(section_kind(tag), kind, "{tag}");
        }
    }
}
