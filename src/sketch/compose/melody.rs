//! The tune: phrases in time and pitch, section by section.
//!
//! What makes it a song rather than notes: the second verse has the tune of the first, the third
//! phrase answers the first, a repeated line is sung as before, the chorus lies higher and the
//! title highest.

use crate::song::{Label, Request, SectionKind};

use super::Note;
use super::chord::{self, Chord};
use super::contour::{self, Line, Shape, Slot};
use super::form::{Form, Section};
use super::rhythm::{self, Feel};
use crate::sketch::rng::Rng;
use crate::sketch::style::{Genre, Style};
use crate::sketch::words::Phrase;

/// The lead's lowest and highest note for a high and a low voice, as MIDI pitches.
const HIGH: (u8, u8) = (58, 77);
const LOW: (u8, u8) = (50, 69);

/// Writes the tune of one take.
pub(super) struct Tune<'a> {
    form: &'a Form,
    chords: &'a [Chord],
    style: &'a Style,
    seed: u64,
    take: Label,
    title: String,
    range: (u8, u8),
}

impl<'a> Tune<'a> {
    /// A tune over the given form and chords.
    pub fn new(
        form: &'a Form,
        chords: &'a [Chord],
        style: &'a Style,
        request: &'a Request,
        take: Label,
    ) -> Self {
        let title = crate::sketch::words::phrases(&request.params.title);
        let title = title.first().map(|phrase| phrase.text.clone()).unwrap_or_default();
        let range = if style.low_lead { LOW } else { HIGH };
        Self { form, chords, style, seed: request.seed, take, title, range }
    }

    /// The sung notes, and those that the lead plays alone.
    pub fn write(&self) -> (Vec<Note>, Vec<Note>) {
        let mut sung = Vec::new();
        let mut alone = Vec::new();
        for section in &self.form.sections {
            match section.kind {
                SectionKind::Solo if section.phrases.is_empty() => self.solo(section, &mut alone),
                _ => self.sing(section, &mut sung),
            }
        }
        for section in self.form.sections.iter().filter(|section| section.phrases.is_empty()) {
            if section.kind == SectionKind::Intro {
                self.hook(section, &sung, &mut alone);
            }
        }
        alone.sort_by_key(|note| note.start);
        (sung, alone)
    }

    fn sing(&self, section: &Section, notes: &mut Vec<Note>) {
        let feel = Feel::draw(&mut self.stream(section.kind, "feel", 0));
        for (i, phrase) in section.phrases.iter().enumerate() {
            // A line that was there before in this section is sung as it was.
            let first = section.phrases.iter().position(|other| other.text == phrase.text);
            self.phrase(section, phrase, &feel, (i, first.unwrap_or(i)), notes);
        }
    }

    /// Adds the notes of a phrase; `place` is its number in the section, and the number of the
    /// phrase whose tune it shares.
    fn phrase(
        &self,
        section: &Section,
        phrase: &Phrase,
        feel: &Feel,
        (index, model): (usize, usize),
        notes: &mut Vec<Note>,
    ) {
        let start = section.phrase_start(index);
        let onsets = rhythm::place(phrase, section.bars_per_phrase, feel);
        let slots: Vec<Slot> = onsets
            .iter()
            .filter_map(|onset| {
                let chord = chord::at(self.chords, start + onset.step)?;
                let held = if onset.length >= 6 { 1.5 } else { 0.0 };
                Some(Slot { chord, weight: rhythm::weight(onset.step) + held })
            })
            .collect();
        let hook = self.is_hook(phrase);
        let motif = if model % 4 == 2 { 0 } else { model % 4 };
        let mut rng = self.stream(section.kind, "motif", motif);
        // Where one take rises the other falls.
        let shared = format!("shape {} {motif}", section.kind.word());
        let shape = Rng::stream(self.seed, &shared).below(4) + 2 * self.take.index();
        let line = self.line(section.kind, hook, index % 2 == 1, Shape::nth(shape));
        let tune = contour::draw(&slots, line, self.style.key, self.range, &mut rng);
        let loud = 0.55 + 0.3 * section.energy + if hook { 0.05 } else { 0.0 };
        for ((onset, pitch), syllable) in onsets.iter().zip(tune).zip(&phrase.syllables) {
            let accent = if syllable.stressed { 0.08 } else { -0.02 };
            notes.push(Note {
                start: start + onset.step,
                length: onset.length,
                pitch,
                velocity: (loud + accent).clamp(0.1, 1.0),
            });
        }
    }

    fn line(&self, kind: SectionKind, hook: bool, closes: bool, shape: Shape) -> Line {
        let middle = f32::midpoint(f32::from(self.range.0), f32::from(self.range.1));
        let rap = self.style.genre == Genre::HipHop && kind != SectionKind::Chorus;
        let (lift, reach) = match kind {
            SectionKind::Chorus | SectionKind::PostChorus => (3.0, 4.5),
            SectionKind::PreChorus => (0.5, 3.5),
            SectionKind::Bridge => (1.0, 5.0),
            SectionKind::Solo => (3.0, 6.5),
            _ if rap => (-3.0, 1.5),
            _ => (-3.0, 3.5),
        };
        Line {
            shape: if hook { Shape::nth(self.take.index()) } else { shape },
            centre: middle + lift + if hook { 1.0 } else { 0.0 },
            reach: reach + if hook { 1.0 } else { 0.0 },
            closes,
            leaps: self.style.weirdness,
            stays: if rap { 0.8 } else { 0.2 },
        }
    }

    /// Whether the title is sung in a phrase.
    fn is_hook(&self, phrase: &Phrase) -> bool {
        self.title.len() > 2 && phrase.text.contains(&self.title)
    }

    /// An invented tune over an instrumental section.
    fn solo(&self, section: &Section, notes: &mut Vec<Note>) {
        let mut rng = self.stream(SectionKind::Solo, "solo", 0);
        let counts = [(); 3].map(|()| 7 + rng.below(7));
        let feel = Feel::draw(&mut rng);
        let bars_per_phrase = 2;
        let section = Section { bars_per_phrase, ..section.clone() };
        for index in 0..(section.bars / bars_per_phrase) as usize {
            let count = counts[index % counts.len()];
            let phrase = Phrase::wordless("solo", count);
            self.phrase(&section, &phrase, &feel, (index, index), notes);
        }
    }

    /// Before anyone sings, the lead shows the first line of the chorus.
    fn hook(&self, intro: &Section, sung: &[Note], notes: &mut Vec<Note>) {
        let chorus = |section: &&Section| section.kind == SectionKind::Chorus;
        let Some(chorus) = self.form.sections.iter().find(chorus) else { return };
        if chorus.phrases.is_empty() {
            return;
        }
        let from = chorus.phrase_start(0);
        let span = intro.steps().end - intro.steps().start;
        let until = from + (chorus.bars_per_phrase * 2).min(intro.bars) * 16;
        let shown = sung.iter().filter(|note| (from..until).contains(&note.start));
        notes.extend(shown.filter(|note| note.start - from + note.length <= span).map(|note| {
            // In the second half of the intro, so that it leads into the song.
            let late = span.saturating_sub(until - from);
            let start = intro.steps().start + late + (note.start - from);
            Note { start, velocity: note.velocity * 0.8, ..*note }
        }));
    }

    fn stream(&self, kind: SectionKind, what: &str, index: usize) -> Rng {
        Rng::stream(self.seed, &format!("{what} {} {index} {}", kind.word(), self.take))
    }
}
