//! The form: which sections there are, how long they are and how strong.

use std::ops::Range;

use crate::song::{Label, Line, Request, SectionKind, clean_line, lines, section_kind};

use crate::sketch::rng::Rng;
use crate::sketch::style::Style;
use crate::sketch::time::STEPS_PER_BAR;
use crate::sketch::words::{self, Phrase};

/// The longest song in seconds; words beyond it are left out.
const LONGEST: f32 = 225.0;
/// As many lines as are read at all: more than fit into [`LONGEST`] at any tempo.
const MOST_LINES: usize = 600;
/// The fastest singing, in syllables a second.
const FASTEST: f32 = 5.5;

/// A section of the song.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// What it is.
    pub kind: SectionKind,
    /// What it is called: as its tag is written, or after what it is.
    pub name: String,
    /// What is sung, in order; none in an instrumental section.
    pub phrases: Vec<Phrase>,
    /// Its first bar.
    pub bar: u32,
    /// Its length in bars.
    pub bars: u32,
    /// How many bars a phrase has, its breath included.
    pub bars_per_phrase: u32,
    /// How strong it is, 0.0 to 1.0.
    pub energy: f32,
}

impl Section {
    /// Its steps.
    pub fn steps(&self) -> Range<u32> {
        self.bar * STEPS_PER_BAR..(self.bar + self.bars) * STEPS_PER_BAR
    }

    /// The first step of its phrase at `index`.
    pub fn phrase_start(&self, index: usize) -> u32 {
        (self.bar + index as u32 * self.bars_per_phrase) * STEPS_PER_BAR
    }
}

/// The whole form.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// The sections, one after the other from bar 0.
    pub sections: Vec<Section>,
    /// How many phrases did not fit into the longest song.
    pub left_out: usize,
}

impl Form {
    /// The length of the song in bars.
    pub fn bars(&self) -> u32 {
        self.sections.last().map_or(0, |section| section.bar + section.bars)
    }
}

/// A section as it is written, before it has a length.
struct Stanza {
    kind: SectionKind,
    /// Its tag as it is written.
    tag: Option<String>,
    phrases: Vec<Phrase>,
}

impl Stanza {
    fn new(kind: SectionKind) -> Self {
        Self { kind, tag: None, phrases: Vec::new() }
    }
}

/// Plans the form of a request.
pub(super) fn plan(request: &Request, style: &Style, take: Label) -> Form {
    let mut stanzas =
        if style.instrumental { Vec::new() } else { read(&request.text, &request.params.title) };
    if stanzas.iter().all(|stanza| stanza.phrases.is_empty()) {
        stanzas = wordless(stanzas, request.seed, take);
    }
    frame(&mut stanzas);
    lay_out(stanzas, style)
}

/// The sections of a lyric: by its tags, or where it has none by its stanzas.
fn read(text: &str, title: &str) -> Vec<Stanza> {
    let mut stanzas: Vec<Stanza> = Vec::new();
    let mut tagged = false;
    let mut fresh = true; // whether the next line begins a stanza
    for line in lines(text).take(MOST_LINES) {
        match line {
            Line::Blank => fresh |= !tagged,
            Line::Tag(tag) => {
                let kind = section_kind(tag);
                // A cue such as [Whispered] belongs to the section it stands in.
                if kind != SectionKind::Other || stanzas.is_empty() {
                    let (kind, tag) = match kind {
                        SectionKind::Other => (SectionKind::Verse, None),
                        kind => (kind, Some(clean_line(tag))),
                    };
                    stanzas.push(Stanza { kind, tag, phrases: Vec::new() });
                    (tagged, fresh) = (true, false);
                }
            }
            Line::Sung(words) => {
                if std::mem::take(&mut fresh) {
                    stanzas.push(Stanza::new(SectionKind::Verse));
                }
                if let Some(stanza) = stanzas.last_mut() {
                    stanza.phrases.extend(words::phrases(words));
                }
            }
        }
    }
    if tagged {
        recall(&mut stanzas);
    } else {
        stanzas.retain(|stanza| !stanza.phrases.is_empty());
        find_chorus(&mut stanzas, &title.to_lowercase());
    }
    stanzas
}

/// `[Chorus]` without words, after one with words, means the same words again.
fn recall(stanzas: &mut [Stanza]) {
    let mut chorus: Vec<Phrase> = Vec::new();
    for stanza in stanzas.iter_mut().filter(|stanza| stanza.kind == SectionKind::Chorus) {
        if stanza.phrases.is_empty() {
            stanza.phrases.clone_from(&chorus);
        } else {
            chorus.clone_from(&stanza.phrases);
        }
    }
}

/// In words without tags the chorus is the stanza that comes again, or else the one with the
/// title in it, or else the second.
fn find_chorus(stanzas: &mut [Stanza], title: &str) {
    let text = |stanza: &Stanza| -> Vec<String> {
        stanza.phrases.iter().map(|phrase| phrase.text.clone()).collect()
    };
    let texts: Vec<Vec<String>> = stanzas.iter().map(text).collect();
    let again = |i: usize| texts.iter().filter(|other| **other == texts[i]).count() > 1;
    let titled =
        |i: usize| title.len() > 2 && texts[i].iter().any(|line: &String| line.contains(title));
    let found = (0..texts.len())
        .find(|&i| again(i))
        .or_else(|| (1..texts.len()).find(|&i| titled(i)).or((texts.len() > 1).then_some(1)));
    let Some(chorus) = found else { return };
    for i in 0..stanzas.len() {
        if texts[i] == texts[chorus] {
            stanzas[i].kind = SectionKind::Chorus;
        }
    }
}

/// A form for a song without words; the tune is invented, four phrases a section.
fn wordless(mut stanzas: Vec<Stanza>, seed: u64, take: Label) -> Vec<Stanza> {
    use SectionKind::{Break, Chorus, Intro, Outro, Solo, Verse};
    if stanzas.is_empty() {
        stanzas = [Verse, Chorus, Solo, Chorus].map(Stanza::new).into();
    }
    let mut rng = Rng::stream(seed, &format!("wordless {take}"));
    let counts = [(); 4].map(|()| 5 + rng.below(5));
    let fill = |stanza: &mut Stanza| {
        let kind = stanza.kind;
        let silent = matches!(kind, Intro | Outro | Solo | Break);
        // The third phrase answers the first, as in most songs.
        let order: &[usize] = if silent { &[] } else { &[0, 1, 0, 2] };
        let phrase = |&i: &usize| Phrase::wordless(&format!("{} {i}", kind.word()), counts[i]);
        stanza.phrases = order.iter().map(phrase).collect();
    };
    stanzas.truncate(60);
    stanzas.iter_mut().for_each(fill);
    stanzas
}

/// Every song gets a beginning and an end.
fn frame(stanzas: &mut Vec<Stanza>) {
    if stanzas.first().is_none_or(|stanza| stanza.kind != SectionKind::Intro) {
        stanzas.insert(0, Stanza::new(SectionKind::Intro));
    }
    if stanzas.last().is_none_or(|stanza| stanza.kind != SectionKind::Outro) {
        stanzas.push(Stanza::new(SectionKind::Outro));
    }
}

/// Gives every section its bars and its energy, and stops where the song would get too long.
fn lay_out(stanzas: Vec<Stanza>, style: &Style) -> Form {
    let bar_seconds = style.tempo.bar_seconds();
    let room = (LONGEST / bar_seconds) as u32;
    // About ten seconds to begin with: 4 bars of a pop song.
    let unit = if bar_seconds > 2.9 { 2 } else { 4 };
    let last_chorus = stanzas.iter().rposition(|stanza| stanza.kind == SectionKind::Chorus);
    let mut form = Form { sections: Vec::new(), left_out: 0 };
    let last = stanzas.len().saturating_sub(1);
    for (i, Stanza { kind, tag, mut phrases }) in stanzas.into_iter().enumerate() {
        let bar = form.bars();
        let bars_per_phrase = bars_per_phrase(&phrases, bar_seconds);
        if i != last || !phrases.is_empty() {
            let left = room.saturating_sub(bar + unit);
            let fits = (left / bars_per_phrase) as usize;
            form.left_out += phrases.len().saturating_sub(fits);
            let empty = phrases.is_empty();
            phrases.truncate(fits);
            if left == 0 || (phrases.is_empty() && !empty) {
                continue;
            }
        }
        let bars = match (phrases.len() as u32 * bars_per_phrase, kind) {
            (0, SectionKind::Solo) => 2 * unit,
            (0, SectionKind::Outro) => unit / 2 + 1, // the last one lets the end ring
            (0, _) => unit,
            (sung, _) if sung > 2 && sung % 2 == 1 => sung + 1,
            (sung, SectionKind::Outro) => sung + 1,
            (sung, _) => sung,
        };
        let energy = energy(kind, Some(i) == last_chorus) + (style.energy - 0.5) * 0.3;
        let energy = energy.clamp(0.1, 1.0);
        let name = tag.unwrap_or_else(|| title(kind).to_owned());
        form.sections.push(Section { kind, name, phrases, bar, bars, bars_per_phrase, energy });
    }
    form
}

/// What a section without a tag is called.
fn title(kind: SectionKind) -> &'static str {
    match kind {
        SectionKind::Intro => "Intro",
        SectionKind::Verse | SectionKind::Other => "Verse",
        SectionKind::PreChorus => "Pre-Chorus",
        SectionKind::Chorus => "Chorus",
        SectionKind::PostChorus => "Post-Chorus",
        SectionKind::Bridge => "Bridge",
        SectionKind::Solo => "Solo",
        SectionKind::Break => "Break",
        SectionKind::Outro => "Outro",
    }
}

/// As many bars as let the phrases be sung at an easy pace: 1, 2 or 4.
fn bars_per_phrase(phrases: &[Phrase], bar_seconds: f32) -> u32 {
    let counts = || phrases.iter().map(|phrase| phrase.syllables.len() as f32);
    let most = counts().fold(1.0, f32::max);
    let mean = counts().sum::<f32>() / phrases.len().max(1) as f32;
    let easy = |bars: u32| {
        let seconds = bars as f32 * bar_seconds;
        mean / seconds <= 2.7 && most / seconds <= FASTEST
    };
    [1, 2].into_iter().find(|&bars| easy(bars)).unwrap_or(if easy(4) || bar_seconds < 1.6 {
        if mean / (2.0 * bar_seconds) < 3.6 { 2 } else { 4 }
    } else {
        2
    })
}

fn energy(kind: SectionKind, last_chorus: bool) -> f32 {
    match kind {
        SectionKind::Intro => 0.42,
        SectionKind::Verse | SectionKind::Other => 0.54,
        SectionKind::PreChorus => 0.66,
        SectionKind::Chorus if last_chorus => 0.97,
        SectionKind::Chorus | SectionKind::PostChorus => 0.88,
        SectionKind::Bridge => 0.55,
        SectionKind::Solo => 0.76,
        SectionKind::Break => 0.3,
        SectionKind::Outro => 0.4,
    }
}
