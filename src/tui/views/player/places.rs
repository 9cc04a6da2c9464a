//! Where everything stands in the player.

use std::time::Duration;

use ratatui::layout::Rect;

use super::length;
use crate::player::Spectrum;
use crate::song::Take;
use crate::studio::{Model, Pictures};

/// Cells for the letter of a take before its waveform.
const LETTER: u16 = 5;
/// Cells for a length behind it, and for a length and a loudness.
const LENGTH: u16 = 6;
const LOUDNESS: u16 = 17;
/// The level, left and right, with a gap before it.
const LEVEL: u16 = 5;

/// The places of a player of one height or another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Places {
    /// Whether all stands on one line.
    pub is_strip: bool,
    /// The line that says what is heard.
    pub line: Rect,
    /// The waveforms of what is heard and of the other; the second may be empty.
    pub waves: [Rect; 2],
    /// Cells behind a waveform.
    pub beside: u16,
    /// How loud it is at this moment.
    pub level: Rect,
    /// The spectrum; may be empty.
    pub spectrum: Rect,
    /// The line for words.
    pub foot: Option<Rect>,
}

impl Places {
    /// The places in `bar`, beside its cover if it has one.
    pub(super) fn new(bar: Rect, cover: Option<Rect>, model: &Model) -> Self {
        if bar.height < 2 {
            return Self::strip(bar);
        }
        let has_foot = bar.height >= 4;
        let foot = has_foot.then(|| Rect { y: bar.bottom() - 1, height: 1, ..bar });
        let from = cover.map_or(bar.x, |cover| cover.right() + 1);
        let beside_cover = Rect { x: from, width: bar.right().saturating_sub(from), ..bar };
        let line = Rect { height: 1, ..beside_cover };
        let body =
            Rect { y: bar.y + 1, height: bar.height - 1 - u16::from(has_foot), ..beside_cover };
        let beside = if bar.width >= 100 { LOUDNESS } else { LENGTH };

        let bands = Spectrum::BANDS as u16;
        let each = match model.listening.pictures {
            // Nothing moves for those who want nothing to move.
            Pictures::Spectrum if model.motion => (body.width / 3 / bands).clamp(1, 3),
            _ => 0,
        };
        let spectrum = right_of(body, bands * each + 1, bands * each);
        let used = if each > 0 { spectrum.width + 3 } else { 1 };
        let level = right_of(body, used + LEVEL - 2, 3);
        let wide = body.width.saturating_sub(LETTER + 1 + beside + used + LEVEL);
        let wave = Rect { x: body.x + LETTER, width: wide, ..body };
        let is_pair = model.deck.status.rival.is_some();
        let is_hidden = model.playing().is_some_and(|take| model.is_hidden(take));
        let waves = if is_pair && !is_hidden && wave.height > 1 {
            let first = wave.height.div_ceil(2);
            let lower = Rect { y: wave.y + first, height: wave.height - first, ..wave };
            let upper = Rect { height: first, ..wave };
            // A stays above B, whichever is heard: what jumps cannot be compared.
            let status = &model.deck.status;
            if status.rival < status.take { [lower, upper] } else { [upper, lower] }
        } else {
            [wave, Rect::default()]
        };
        Self { is_strip: false, line, waves, beside, level, spectrum, foot }
    }

    /// One line: what it is, the waveform, how loud it is.
    fn strip(bar: Rect) -> Self {
        // On a narrow screen the title gives way first.
        let left = (bar.width * 2 / 5).clamp(26, 46).min(bar.width);
        let right = if bar.width >= 110 { 38 } else { 19 };
        let width = bar.width.saturating_sub(left + right);
        let wave = Rect { x: bar.x + left, width, ..bar };
        Self {
            is_strip: true,
            line: bar,
            waves: [wave, Rect::default()],
            beside: right,
            ..Self::default()
        }
    }

    /// Where a press moves the playhead.
    pub(super) fn hit(&self) -> Rect {
        match self.waves {
            [first, second] if second.is_empty() => first,
            [first, second] => first.union(second),
        }
    }
}

/// `wide` cells that begin `back` cells before the right edge.
fn right_of(body: Rect, back: u16, wide: u16) -> Rect {
    let x = body.right().saturating_sub(back).max(body.x);
    Rect { x, width: wide.min(body.right() - x), ..body }
}

/// The time that a waveform is as wide as: a pair is drawn in one scale, so that what stands above
/// each other is heard at one moment. What is there of a take that arrives has room in it, even
/// where nobody knows yet how long that will be.
pub(super) fn scale(take: &Take, model: &Model) -> Duration {
    let known = |take: &Take| {
        let grown = model.listening.growing.get(&take.id).map(|(ready, _)| *ready);
        length(take, model).max(grown).unwrap_or_default()
    };
    let rival = model.rival().map(known).unwrap_or_default();
    let position = model.deck.status.position;
    known(take).max(rival).max(position).max(Duration::from_millis(1))
}

/// The part of the take in the player, 0.0 at its start and 1.0 at its end, that is drawn at a
/// place; none where there is no waveform.
pub(in crate::tui) fn part_at(
    bar: Rect,
    cover: Option<Rect>,
    at: ratatui::layout::Position,
    model: &Model,
) -> Option<f32> {
    let take = model.heard()?;
    let hit = Places::new(bar, cover, model).hit();
    let along = f32::from(at.x.checked_sub(hit.x)?) / f32::from(hit.width.max(1));
    let scale = scale(take, model);
    let time = scale.as_secs_f32() * along;
    let part = time / length(take, model).unwrap_or(scale).as_secs_f32().max(0.001);
    hit.contains(at).then(|| part.min(1.0))
}
