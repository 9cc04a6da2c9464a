//! Musical facts about the arrangement.

use super::*;
use crate::sketch::compose::compose;
use crate::sketch::style::{Genre, Seat};
use crate::sketch::testing::{STYLES, WORDS, request};
use crate::song::SectionKind;

fn score(style: &str, take: Label) -> (Song, Score) {
    let request = request(WORDS, style);
    let song = compose(&request, take);
    let score = arrange(&song, request.seed, take);
    (song, score)
}

#[test]
fn patterns_are_bars_of_sixteen_steps() {
    for genre in Genre::ALL {
        for take in [Label::A, Label::B] {
            let band = bands::of(genre, take);
            let layers = band.layers.iter().map(|layer| layer.pattern);
            let grooves = band.grooves.into_iter().flatten().map(|(_, pattern)| *pattern);
            for pattern in layers.chain(band.bass.lines).chain(grooves) {
                assert_eq!(pattern.len(), 16, "{genre:?}: {pattern}");
            }
        }
    }
}

#[test]
fn the_chorus_is_denser_than_the_verse() {
    for style in STYLES {
        for take in [Label::A, Label::B] {
            let (song, score) = score(style, take);
            let density = |kind| {
                let section = song.form.sections.iter().find(|s| s.kind == kind).unwrap();
                let notes = score.parts.iter().flat_map(|part| &part.notes);
                let starts = notes.map(|played| played.note.start);
                let all = starts.chain(score.hits.iter().map(|hit| hit.step));
                all.filter(|step| section.steps().contains(step)).count() as f32
                    / section.bars as f32
            };
            let (verse, chorus) = (density(SectionKind::Verse), density(SectionKind::Chorus));
            assert!(chorus > verse, "{style} {take}: {verse} {chorus}");
        }
    }
}

#[test]
fn every_bar_has_a_chord_that_sounds() {
    for style in STYLES {
        let (song, score) = score(style, Label::A);
        for bar in 0..song.form.bars() {
            let (from, until) = (bar * 16, bar * 16 + 16);
            let sounds = score.parts.iter().any(|part| {
                part.notes.iter().any(|played| {
                    let note = played.note;
                    note.start < until && note.start + note.length > from
                })
            });
            assert!(sounds, "{style}: bar {bar} is empty");
        }
    }
}

#[test]
fn accompaniment_plays_the_notes_of_the_chord() {
    for style in STYLES {
        let (song, score) = score(style, Label::B);
        let (lead, band) = score.parts.split_last().unwrap();
        assert_eq!(lead.notes.len(), song.melody.len() + song.interludes.len());
        for part in band.iter().filter(|part| part.instrument.seat() != Seat::Bass) {
            for played in &part.notes {
                let chord = song.chord_at(played.note.start).unwrap();
                let fifth = (chord.root + 7) % 12 == played.note.pitch % 12;
                assert!(chord.contains(played.note.pitch) || fifth, "{style}");
            }
        }
        let all = score.parts.iter().flat_map(|part| &part.notes);
        assert!(all.clone().all(|played| played.note.start + played.note.length <= score.end));
        assert!(all.clone().all(|played| (24..=108).contains(&played.note.pitch)));
    }
}

#[test]
fn what_is_avoided_is_not_heard_and_what_is_wanted_is() {
    let mut asked = request(WORDS, "rock, strings, piano");
    asked.params.avoid = "drums, electric guitar".into();
    let song = compose(&asked, Label::A);
    let score = arrange(&song, asked.seed, Label::A);
    let seats: Vec<Seat> = score.parts.iter().map(|part| part.instrument.seat()).collect();
    assert!(score.hits.is_empty());
    assert!(!seats.contains(&Seat::Electric), "{seats:?}");
    assert!(seats.contains(&Seat::Strings) && seats.contains(&Seat::Piano));
}

#[test]
fn the_takes_have_different_bands_and_grooves() {
    for style in STYLES {
        let ((_, a), (_, b)) = (score(style, Label::A), score(style, Label::B));
        let lead = |score: &Score| score.parts.last().unwrap().instrument;
        assert_ne!(lead(&a), lead(&b), "{style}");
        assert_ne!(
            bands::of(Genre::ALL[0], Label::A).grooves[1],
            bands::of(Genre::ALL[0], Label::B).grooves[0]
        );
    }
}
