//! What begins when, from the song on paper: neither the mix nor the master moves anything.

use std::time::Duration;

use super::compose::{Section, Song};
use super::mix;
use crate::song::{Moment, Part, Timeline};

/// The sections of a song and its sung lines. A line begins with its first note; the first section
/// with the recording, for the silence before it belongs to it.
pub(super) fn of(song: &Song) -> Timeline {
    let moment = |step: u32, what: Part, text: &str| Moment {
        at: Duration::from_secs_f64(mix::moment(song.tempo(), step)),
        what,
        text: text.to_owned(),
    };
    let mut moments = Vec::new();
    for section in &song.form.sections {
        let mut begins = moment(section.steps().start, Part::Section, &section.name);
        if section.bar == 0 {
            begins.at = Duration::ZERO;
        }
        moments.push(begins);
        let lines = section.phrases.iter().enumerate().filter_map(|(index, phrase)| {
            Some(moment(entry(song, section, index)?, Part::Line, phrase.line.as_deref()?))
        });
        moments.extend(lines);
    }
    Timeline::new(moments)
}

/// The step of the first note of a phrase; those before it in the tune may hold over from the
/// phrase before.
fn entry(song: &Song, section: &Section, index: usize) -> Option<u32> {
    let (from, until) = (section.phrase_start(index), section.phrase_start(index + 1));
    let next = song.melody.partition_point(|note| note.start < from);
    song.melody.get(next).map(|note| note.start).filter(|start| *start < until)
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use super::*;
    use crate::sketch::progress::Progress;
    use crate::sketch::testing::{STYLES, WORDS, request};
    use crate::sketch::time::RATE;
    use crate::sketch::{arrange, compose};
    use crate::song::Label;

    fn song(text: &str, style: &str) -> Song {
        compose::compose(&request(text, style), Label::A)
    }

    fn texts<'a>(moments: impl Iterator<Item = &'a Moment>) -> Vec<&'a str> {
        moments.map(|moment| moment.text.as_str()).collect()
    }

    #[test]
    fn every_line_is_there_once_in_order_and_in_its_section() {
        let sung: Vec<&str> =
            WORDS.lines().filter(|line| !line.is_empty() && !line.starts_with('[')).collect();
        for style in STYLES {
            let song = song(WORDS, style);
            let timeline = of(&song);
            assert_eq!(texts(timeline.lines()), sung, "{style}");
            assert_eq!(texts(timeline.sections()), ["Intro", "Verse", "Chorus", "Outro"]);
            let times: Vec<Duration> = timeline.lines().map(|line| line.at).collect();
            assert!(times.windows(2).all(|pair| pair[0] < pair[1]), "{style}");
            let end = Duration::from_secs_f64(mix::moment(song.tempo(), song.end()));
            assert!(timeline.moments().iter().all(|moment| moment.at < end));
            for (line, section) in timeline.lines().zip([1, 1, 1, 1, 2, 2, 2, 2]) {
                let found = timeline.section_at(line.at).map(|section| section.text.as_str());
                assert_eq!(found, Some(["Intro", "Verse", "Chorus"][section]), "{line:?}");
            }
        }
    }

    #[test]
    fn a_long_line_is_one_line_and_a_recalled_chorus_is_sung_again() {
        let long = "I counted every single one of all the lanterns over the river in the rain";
        let text = format!("[Verse 1]\n{long}\n[Chorus]\nOh, oh!\n[Verse 2]\nLa la\n[Chorus]");
        let timeline = of(&song(&text, "pop"));
        assert_eq!(texts(timeline.lines()), [long, "Oh, oh!", "La la", "Oh, oh!"]);
        let sections = ["Intro", "Verse 1", "Chorus", "Verse 2", "Chorus", "Outro"];
        assert_eq!(texts(timeline.sections()), sections);
    }

    #[test]
    fn a_song_without_words_has_sections_only() {
        for (text, style) in
            [(WORDS, "pop, instrumental"), ("[Intro]\n[Guitar Solo]\n[End]", "rock")]
        {
            let timeline = of(&song(text, style));
            assert_eq!(timeline.lines().count(), 0);
            assert!(timeline.sections().count() >= 3);
            assert_eq!(timeline.moments()[0].at, Duration::ZERO);
        }
        let named = of(&song("[Intro]\n[Guitar Solo]\n[End]", "rock"));
        assert_eq!(texts(named.sections()), ["Intro", "Guitar Solo", "End"]);
    }

    /// The first sample of what the lead plays is that of the first line: with the others silent
    /// there is nothing before it, and a note after it.
    #[test]
    fn the_first_line_is_where_the_samples_say() {
        for style in ["jazz", "hip hop", "folk"] {
            let mut song = song(WORDS, style);
            song.interludes.clear();
            let mut score = arrange::arrange(&song, 7, Label::A);
            score.parts.drain(..score.parts.len() - 1);
            score.hits.clear();
            let mut tell = |_| ControlFlow::Continue(());
            let mix = mix::perform(&score, &mut Progress::new(&mut tell)).unwrap();
            let first = of(&song).lines().next().unwrap().at;
            let heard = mix.left.iter().position(|sample| sample.abs() > 1e-4).unwrap();
            let late = heard as f64 / f64::from(RATE) - first.as_secs_f64();
            assert!((-0.001..0.03).contains(&late), "{style}: {late} s late");
        }
    }
}
