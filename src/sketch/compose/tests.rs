//! Musical facts that hold for every song.

use super::*;
use crate::sketch::style::Genre;
use crate::sketch::testing::{STYLES, WORDS, request};
use crate::song::{Mode, SectionKind, Vocal};

fn song(text: &str, style: &str) -> Song {
    compose(&request(text, style), Label::A)
}

#[test]
fn the_genres_of_these_tests_are_all_of_them() {
    for (style, genre) in STYLES.iter().zip(Genre::ALL) {
        assert_eq!(song(WORDS, style).style.genre, genre);
    }
}

#[test]
fn every_syllable_is_one_note_in_its_section() {
    for style in STYLES {
        let song = song(WORDS, style);
        assert_eq!(song.form.left_out, 0);
        for section in &song.form.sections {
            let syllables: usize = section.phrases.iter().map(|p| p.syllables.len()).sum();
            let notes = song.melody.iter().filter(|note| section.steps().contains(&note.start));
            assert_eq!(notes.count(), syllables, "{style} {:?}", section.kind);
        }
        assert!(song.melody.windows(2).all(|w| w[0].start + w[0].length <= w[1].start));
    }
}

#[test]
fn every_note_is_in_the_key_or_in_the_chord() {
    for style in STYLES {
        for take in [Label::A, Label::B] {
            let song = compose(&request(WORDS, style), take);
            for note in song.melody.iter().chain(&song.interludes) {
                let chord = song.chord_at(note.start).unwrap();
                assert!(song.style.key.contains(note.pitch) || chord.contains(note.pitch));
                assert!((50..=77).contains(&note.pitch));
            }
        }
    }
}

#[test]
fn chords_fill_every_bar_and_end_at_home() {
    for style in STYLES {
        let song = song(WORDS, style);
        assert_eq!(song.chords[0].start, 0);
        assert!(song.chords.windows(2).all(|w| w[0].end() == w[1].start));
        let last = song.chords.last().unwrap();
        assert_eq!((last.end(), last.root), (song.end(), song.style.key.tonic));
    }
}

#[test]
fn the_chorus_lies_higher_than_the_verse_and_is_stronger() {
    for style in STYLES {
        let song = song(WORDS, style);
        let mean = |kind| {
            let section = song.form.sections.iter().find(|s| s.kind == kind).unwrap();
            let notes: Vec<f32> = song
                .melody
                .iter()
                .filter(|note| section.steps().contains(&note.start))
                .map(|note| f32::from(note.pitch))
                .collect();
            (notes.iter().sum::<f32>() / notes.len() as f32, section.energy)
        };
        let (verse, chorus) = (mean(SectionKind::Verse), mean(SectionKind::Chorus));
        assert!(chorus.0 > verse.0 + 1.0, "{style}: {verse:?} {chorus:?}");
        assert!(chorus.1 > verse.1);
    }
}

#[test]
fn a_repeated_line_is_sung_as_before() {
    let song =
        song("[Chorus]\nhold me now\nthe night is long\nhold me now\nthe night is long", "pop");
    let chorus = song.form.sections.iter().find(|s| s.kind == SectionKind::Chorus).unwrap();
    let line = |index| -> Vec<(u32, u32)> {
        let start = chorus.phrase_start(index);
        let end = chorus.phrase_start(index + 1);
        let notes = song.melody.iter().filter(|note| (start..end).contains(&note.start));
        notes.map(|note| (note.start - start, note.length)).collect()
    };
    assert_eq!(line(0), line(2));
    assert_eq!(line(1), line(3));
}

#[test]
fn the_takes_are_the_same_song_told_twice() {
    for style in STYLES {
        let asked = request(WORDS, style);
        let (a, b) = (compose(&asked, Label::A), compose(&asked, Label::B));
        let kinds = |song: &Song| -> Vec<SectionKind> {
            song.form.sections.iter().map(|section| section.kind).collect()
        };
        assert_eq!(kinds(&a), kinds(&b));
        assert_ne!(a.style.key, b.style.key);
        let degrees = |song: &Song| -> Vec<u8> {
            song.melody.iter().map(|n| (n.pitch + 12 - song.style.key.tonic) % 12).collect()
        };
        let (a, b) = (degrees(&a), degrees(&b));
        assert_eq!(a.len(), b.len(), "the same words");
        let same = a.iter().zip(&b).filter(|(a, b)| a == b).count();
        assert!(same * 2 < a.len(), "{style}: {same} of {}", a.len());
    }
}

#[test]
fn untagged_words_find_their_chorus() {
    use SectionKind::{Chorus, Intro, Outro, Verse};
    let stanzas = "one two three\nfour five\n\nsing it\nloud\n\nsix seven\neight\n\nsing it\nloud";
    let kinds: Vec<SectionKind> =
        song(stanzas, "pop").form.sections.iter().map(|section| section.kind).collect();
    assert_eq!(kinds, [Intro, Verse, Chorus, Verse, Chorus, Outro]);
}

#[test]
fn songs_without_words_have_a_tune() {
    let mut described = request("a song about rain", "pop");
    described.params.mode = Mode::Describe;
    let mut mute = request(WORDS, "pop");
    mute.params.vocal = Vocal::None;
    for request in [described, mute, request("", "pop"), request("🎉 !!!\n[Chorus]", "pop")] {
        let song = compose(&request, Label::A);
        assert!(!song.melody.is_empty());
        assert!(song.form.bars() >= 12);
    }
}

#[test]
fn songs_are_neither_endless_nor_over_at_once() {
    let seconds = |song: &Song| song.tempo().seconds(song.end());
    for style in STYLES {
        let length = seconds(&song(WORDS, style));
        assert!((35.0..80.0).contains(&length), "{style}: {length}");
    }
    let long = "line of words to sing all night\n".repeat(30_000);
    let sections = "[Verse]\nla la la\n".repeat(400);
    for text in
        [&long, &sections, &"la ".repeat(2000), &"桜が咲く\n".repeat(300), &"[Intro]\n".repeat(400)]
    {
        for style in ["20 bpm", "400 bpm", "ambient"] {
            let song = song(text, style);
            assert!((20.0..240.0).contains(&seconds(&song)), "{style}");
        }
    }
}
