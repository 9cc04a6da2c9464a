//! Which line of the lyrics is which moment of a recording: by its words, and where they come more
//! than once, the n-th to the n-th.

use std::time::Duration;

use crate::song::{Line, Moment, Part, Timeline};

/// The line of `lyrics` that is sung at a moment, from 0.
pub(super) fn line_of(timeline: &Timeline, at: Duration, lyrics: &[String]) -> Option<usize> {
    let now = timeline.line_at(at)?;
    let begun = timeline.lines().filter(|line| line.at <= at && is_same(&line.text, &now.text));
    let nth = begun.count().saturating_sub(1);
    let same = lyrics.iter().enumerate().filter_map(|(index, line)| match read(line)? {
        (Part::Line, words) if is_same(words, &now.text) => Some(index),
        _ => None,
    });
    nth_or_last(same, nth)
}

/// The moment at which a line of `lyrics` begins, or the first line with something on it below.
pub(super) fn moment_of<'t>(
    timeline: &'t Timeline,
    lyrics: &[String],
    line: usize,
) -> Option<&'t Moment> {
    let below = lyrics.get(line..)?.iter().find_map(|line| read(line))?;
    let (part, words) = below;
    let is_it =
        |line: &&String| matches!(read(line), Some((of, it)) if of == part && is_same(it, words));
    let nth = lyrics[..line].iter().filter(is_it).count();
    let same = timeline.moments().iter();
    nth_or_last(same.filter(|moment| moment.what == part && is_same(&moment.text, words)), nth)
}

/// What a line of the lyrics is, and its words; nothing where there are none.
fn read(line: &str) -> Option<(Part, &str)> {
    let (part, words) = match Line::read(line) {
        Line::Blank => return None,
        Line::Tag(words) => (Part::Section, words),
        Line::Sung(words) => (Part::Line, words),
    };
    plain(words).next().is_some().then_some((part, words))
}

/// Whether two lines say the same: case, punctuation and space are not sung.
fn is_same(a: &str, b: &str) -> bool {
    plain(a).eq(plain(b))
}

fn plain(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// A refrain may be written once and sung thrice, or the other way round.
fn nth_or_last<T>(all: impl Iterator<Item = T>, nth: usize) -> Option<T> {
    all.take(nth + 1).last()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn timeline(moments: &[(u64, Part, &str)]) -> Timeline {
        let moment = |&(at, what, text): &(u64, Part, &str)| Moment {
            at: Duration::from_secs(at),
            what,
            text: text.into(),
        };
        Timeline::new(moments.iter().map(moment).collect())
    }

    fn sung() -> Timeline {
        timeline(&[
            (5, Part::Section, "Chorus"),
            (5, Part::Line, "oh  compile me, tonight!"),
            (9, Part::Line, "♪"),
            (12, Part::Line, "Neon"),
            (20, Part::Section, "Chorus"),
            (20, Part::Line, "Oh, compile me tonight"),
            (40, Part::Line, "Oh, compile me tonight"),
        ])
    }

    fn lyrics() -> Vec<String> {
        "[Chorus]\nOh, compile me tonight\n\nNeon\n[chorus]\nOh, compile me tonight\n…"
            .lines()
            .map(str::to_owned)
            .collect()
    }

    #[test]
    fn the_nth_time_is_the_nth_line_and_the_last_stands_for_more() {
        let lit = |at| line_of(&sung(), Duration::from_secs(at), &lyrics());
        assert_eq!([lit(0), lit(5), lit(9), lit(12)], [None, Some(1), None, Some(3)]);
        assert_eq!([lit(19), lit(20), lit(45)], [Some(3), Some(5), Some(5)]);
    }

    #[test]
    fn a_line_is_found_in_the_sound_by_its_words() {
        let timeline = sung();
        let from = |line| moment_of(&timeline, &lyrics(), line).map(|moment| moment.at.as_secs());
        assert_eq!([from(0), from(1), from(2), from(3)], [Some(5), Some(5), Some(12), Some(12)]);
        assert_eq!([from(4), from(5), from(6), from(99)], [Some(20), Some(20), None, None]);
    }
}
