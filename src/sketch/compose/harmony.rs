//! Harmony: chords that fill every bar, drawn from the progressions of the genre.

use crate::song::{Label, SectionKind};

use super::chord::Chord;
use super::form::{Form, Section};
use super::progressions::{self, Progressions};
use crate::sketch::rng::Rng;
use crate::sketch::style::{Genre, Key, Style, Tonality};
use crate::sketch::time::STEPS_PER_BAR;

/// The chords of a form, without a gap.
pub(super) fn harmonise(form: &Form, style: &Style, seed: u64, take: Label) -> Vec<Chord> {
    let set = progressions::of(style.genre, style.key.tonality);
    let mut rng = Rng::stream(seed, &format!("harmony {take}"));
    let plan = Plan::draw(&set, style, take, &mut rng);
    // In slow music a chord a bar stands too long.
    let steps = if style.tempo.bar_seconds() > 3.1 { STEPS_PER_BAR / 2 } else { STEPS_PER_BAR };
    let mut chords = Vec::new();
    for (i, section) in form.sections.iter().enumerate() {
        let cycle = plan.cycle(section.kind);
        let last = i + 1 == form.sections.len();
        fill(&mut chords, section, cycle, steps);
        if last {
            come_home(&mut chords, style.key);
        }
    }
    for chord in &mut chords {
        colour(chord, style);
    }
    chords
}

/// The progressions this take has chosen.
struct Plan {
    verse: Vec<Chord>,
    chorus: Vec<Chord>,
    build: Vec<Chord>,
    bridge: Vec<Chord>,
}

impl Plan {
    fn draw(set: &Progressions, style: &Style, take: Label, rng: &mut Rng) -> Self {
        // The takes draw from the two ends of a table, so that they never share a verse. The
        // safest progressions come first; weirdness reaches deeper.
        let mut draw = |lines: &[&'static str]| {
            let depth = (lines.len() as f32 * (0.5 + 0.5 * style.weirdness)).ceil() as usize;
            let at = rng.below(depth.max(1)) * 2 + take.index();
            let line = lines.get(at % lines.len().max(1)).copied().unwrap_or("I I I I");
            let mut chords: Vec<Chord> =
                line.split(' ').filter_map(|name| Chord::numeral(name, style.key)).collect();
            borrow(&mut chords, style, rng);
            chords
        };
        Self {
            verse: draw(set.verse),
            chorus: draw(set.chorus),
            build: draw(set.build),
            bridge: draw(set.bridge),
        }
    }

    fn cycle(&self, kind: SectionKind) -> &[Chord] {
        match kind {
            // The intro shows the hook, so it stands on the chorus.
            SectionKind::Intro
            | SectionKind::Chorus
            | SectionKind::PostChorus
            | SectionKind::Outro => &self.chorus,
            SectionKind::Verse | SectionKind::Other | SectionKind::Solo => &self.verse,
            SectionKind::PreChorus => &self.build,
            SectionKind::Bridge | SectionKind::Break => &self.bridge,
        }
    }
}

/// Now and then, with enough weirdness, a chord comes from the parallel key.
fn borrow(chords: &mut [Chord], style: &Style, rng: &mut Rng) {
    let often = (style.weirdness - 0.35) * 0.5;
    let strangers: &[&str] = match style.key.tonality {
        Tonality::Major => &["iv", "bVII", "bVI", "III7", "bII"],
        Tonality::Minor => &["IV", "V7", "bII", "ii", "I"],
    };
    for chord in chords.iter_mut().skip(1) {
        if rng.chance(often)
            && let Some(stranger) = Chord::numeral(rng.pick(strangers), style.key)
        {
            *chord = stranger;
        }
    }
}

/// Repeats a cycle of chords until the section is full.
fn fill(chords: &mut Vec<Chord>, section: &Section, cycle: &[Chord], steps: u32) {
    let span = section.steps();
    let mut start = span.start;
    for chord in cycle.iter().cycle() {
        if start >= span.end {
            break;
        }
        let length = steps.min(span.end - start);
        chords.push(Chord { start, length, ..chord.clone() });
        start += length;
    }
}

/// The last bar is the tonic.
fn come_home(chords: &mut Vec<Chord>, key: Key) {
    let Some(end) = chords.last().map(Chord::end) else { return };
    let bar = end.saturating_sub(STEPS_PER_BAR);
    chords.retain(|chord| chord.start < bar);
    if let Some(last) = chords.last_mut() {
        last.length = bar - last.start;
    }
    chords.push(Chord { start: bar, length: end - bar, ..Chord::tonic(key) });
}

/// Sevenths and ninths, where the genre or the weirdness wants them and the key has them.
fn colour(chord: &mut Chord, style: &Style) {
    let rich = match style.genre {
        Genre::LoFi | Genre::Jazz => 0.7,
        Genre::Ambient | Genre::HipHop => 0.45,
        Genre::Metal | Genre::Rock => -1.0,
        _ => 0.2,
    } + style.weirdness * 0.4;
    let in_key = |tone: u8| style.key.contains(60 + (chord.root + tone) % 12);
    let ninth = in_key(14) && rich > 0.75;
    let seventh = [10, 11].into_iter().find(|&tone| in_key(tone)).filter(|_| rich > 0.4);
    if chord.tones.len() == 3 && chord.tones.get(1).is_some_and(|third| matches!(third, 3 | 4)) {
        if let Some(tone) = seventh {
            chord.colour(tone);
        }
        if ninth {
            chord.colour(14);
        }
    }
}
