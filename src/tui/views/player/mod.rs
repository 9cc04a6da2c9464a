//! The player: which take, where in it, how loud, and pictures of it.
//!
//! On a line of its own where there is little room; else a line, pictures under it, and the words
//! that are sung under them.

mod foot;
mod line;
mod meters;
mod places;
mod strip;
mod wave;

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::brush::{fit, put, put_right};
use super::footer;
use crate::player::{Device, State};
use crate::song::{Take, TakeId, clock};
use crate::studio::{Action, Model, Pictures};
use crate::tui::Look;

pub(in crate::tui) use places::part_at;
use places::{Places, scale};
pub(super) use wave::picture;

pub(super) fn draw(model: &Model, cover: Option<Rect>, look: &Look, buffer: &mut Buffer) {
    let area = *buffer.area();
    // What is too long for the bottom line begins on the last line of this part.
    let is_cut = footer::draw_above(model, look, buffer);
    if is_cut && area.height == 1 {
        return;
    }
    let Some(take) = model.heard() else { return idle(model, look, buffer) };
    let places = Places::new(area, cover, model);
    if places.is_strip {
        strip::draw(take, &places, model, look, buffer);
    } else {
        line::draw(take, places.line, model, look, buffer);
        if is_cut && places.foot.is_none() {
            return;
        }
        for (rect, id) in places.waves.into_iter().zip([Some(take.id), model.deck.status.rival]) {
            if let Some(id) = id.filter(|id| !model.is_hidden(*id) && !rect.is_empty()) {
                beside(id, rect, &places, model, look, buffer);
            }
        }
        meters::level(places.level, model, look, buffer);
        meters::spectrum(places.spectrum, model, look, buffer);
    }
    pictures(take, &places, model, look, buffer);
    if let Some(area) = places.foot.filter(|_| !is_cut) {
        foot::draw(area, model, look, buffer);
    }
}

/// Nothing is in the player.
fn idle(model: &Model, look: &Look, buffer: &mut Buffer) {
    let area = *buffer.area();
    let y = area.bottom().saturating_sub(1);
    let right = area.right().saturating_sub(1);
    let volume = no_sound(model).into_iter().map(str::to_owned).chain([volume(model)]);
    let volume = volume.collect::<Vec<_>>().join("  ");
    let end = put_right(buffer, (right, y), area.width, &volume, look.theme.dim);
    let hint = match model.takes.selected() {
        _ if model.playing().is_some() => "What is heard broke off and is not listed".to_owned(),
        Some(_) => format!("{} plays the selected take", look.key(Action::PlayPause)),
        None => "Nothing to play yet".to_owned(),
    };
    let room = end.saturating_sub(area.x + 2);
    put(buffer, (area.x + 1, y), room, &fit(&hint, room, look.glyphs.more), look.theme.dim);
}

/// The waveforms, or a line for where it plays.
fn pictures(take: &Take, places: &Places, model: &Model, look: &Look, buffer: &mut Buffer) {
    let [first, second] = places.waves;
    if model.is_hidden(take.id) || model.listening.pictures == Pictures::Off {
        // A waveform would tell whose name is hidden, and how long it is.
        return wave::progress(places.hit(), take, model, look, buffer);
    }
    let scale = scale(take, model);
    wave::draw(take, first, scale, true, model, look, buffer);
    if let Some(rival) = model.rival().filter(|_| !second.is_empty()) {
        wave::draw(rival, second, scale, false, model, look, buffer);
    }
}

/// What stands left and right of a waveform: the take's letter, its length, its loudness.
fn beside(
    id: TakeId,
    rect: Rect,
    places: &Places,
    model: &Model,
    look: &Look,
    buffer: &mut Buffer,
) {
    let Some(take) = model.takes.get(id) else { return };
    let is_heard = model.playing() == Some(id);
    let y = rect.y + (rect.height - 1) / 2;
    let (mark, hue) = look.label(id.label);
    let ink = if is_heard { hue.add_modifier(Modifier::BOLD) } else { look.theme.dim };
    put(buffer, (rect.x.saturating_sub(4), y), 3, &format!("{mark} {}", id.label), ink);
    let ink = if is_heard { look.theme.base } else { look.theme.dim };
    let x = rect.right() + 1;
    let total = known(length(take, model));
    put(buffer, (x, y), places.beside, &format!("{total:>5}"), ink);
    let loudness = take.loudness.filter(|_| places.beside > 6);
    if let Some(loudness) = loudness {
        put(buffer, (x + 7, y), places.beside, &loudness.to_string(), ink);
    }
}

/// How long a take is, as the player says where it has it; one that arrives may not be known yet.
fn length(take: &Take, model: &Model) -> Option<Duration> {
    let status = &model.deck.status;
    let told = match Some(take.id) {
        id if id == status.take => status.total,
        id if id == status.rival => status.rival_total,
        _ => None,
    };
    told.or(Some(take.duration)).filter(|length| !length.is_zero())
}

/// A length in words.
pub(super) fn known(length: Option<Duration>) -> String {
    length.map_or_else(|| "-:--".to_owned(), clock)
}

/// The mark of what the player does.
pub(super) fn state_mark(model: &Model, look: &Look) -> &'static str {
    match model.deck.status.state {
        State::Playing => look.glyphs.plays,
        State::Paused => look.glyphs.paused,
        State::Loading | State::Buffering => look.glyphs.more,
        State::Stopped | State::Ended => look.glyphs.stopped,
    }
}

/// A take's mark, name and colour; without a sign of which it is where its name is hidden.
fn label(id: TakeId, model: &Model, look: &Look) -> (String, Style) {
    if model.is_hidden(id) {
        return (format!("{} {}", look.glyphs.unchosen, model.alias(id)), look.theme.accent);
    }
    let (mark, hue) = look.label(id.label);
    (format!("{mark} {}", id.label), hue)
}

/// How loud it is.
fn volume(model: &Model) -> String {
    if model.deck.status.muted { "muted".into() } else { format!("vol {:>3} %", model.volume) }
}

/// That nothing can be heard, where it is so.
fn no_sound(model: &Model) -> Option<&'static str> {
    match &model.deck.device {
        Device::Silent { .. } | Device::Off => Some("no sound"),
        Device::Sound(_) | Device::Unopened => None,
    }
}
