//! The line that says what is heard, where it is, and what is done to it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::super::brush::{fit, put, put_right};
use super::{label, length, no_sound, state_mark, volume};
use crate::player::{Gain, State};
use crate::song::{Take, clock};
use crate::studio::wrap::text_cells;
use crate::studio::{Action, Model, Repeat};
use crate::tui::Look;

/// Cells that the title has before anything that is less important.
const TITLE: u16 = 18;

pub(super) fn draw(take: &Take, area: Rect, model: &Model, look: &Look, buffer: &mut Buffer) {
    let (theme, y) = (&look.theme, area.y);
    let x = put(buffer, (area.x + 1, y), 2, state_mark(model, look), theme.base) + 1;
    let (name, hue) = label(take.id, model, look);
    let mut x = put(buffer, (x, y), 4, &name, hue.add_modifier(Modifier::BOLD)) + 2;
    let bold = theme.base.add_modifier(Modifier::BOLD);
    let position = clock(model.deck.status.position);
    x = put(buffer, (x, y), 8, &format!("{position:>4}"), bold);
    if let Some(total) = length(take, model).filter(|_| !model.is_hidden(take.id)) {
        let total = format!(" / {}", clock(total));
        x = put(buffer, (x, y), 12, &total, theme.dim);
    }
    x += 2;
    let mut end = area.right().saturating_sub(1);
    for (text, style) in facts(model, look) {
        let wide = text_cells(&text) as u16;
        if wide == 0 || x + TITLE + wide + 3 > end {
            continue;
        }
        end = put_right(buffer, (end, y), wide, &text, style).saturating_sub(3);
    }
    let room = end.saturating_sub(x);
    let title = format!("{} v{}", take.title, take.version);
    x = put(buffer, (x, y), room, &fit(&title, room, look.glyphs.more), theme.base);
    // Sections of a take whose name is hidden would tell the one that has them from the other.
    let section = model.section_now().filter(|_| !model.is_hidden(take.id));
    if let Some(section) = section {
        let text = format!(" {} {}", look.glyphs.dot, section.text);
        if x + (text_cells(&text) as u16) < end {
            put(buffer, (x, y), end - x, &text, theme.tag);
        }
    }
}

/// What there is to say, the most important first.
pub(super) fn facts(model: &Model, look: &Look) -> Vec<(String, Style)> {
    let theme = &look.theme;
    let status = &model.deck.status;
    let ink = if status.muted { theme.warning } else { theme.dim };
    let silent = no_sound(model).map(|text| (text.to_owned(), theme.warning));
    let mut facts: Vec<_> = silent.into_iter().collect();
    facts.push((volume(model), ink));
    facts.extend(arriving(model, look).map(|text| (text, theme.warning)));
    facts.push((gain(model, look), theme.dim));
    if let Some(looped) = status.looped {
        let text = format!("loop {}-{}", clock(looped.from), clock(looped.to));
        facts.push((text, theme.accent));
    } else if let Some(from) = model.listening.loop_from {
        let text = format!("loop {}-{}", clock(from), look.glyphs.more);
        facts.push((text, theme.accent));
    }
    if let Some(rival) = status.rival
        && let Some(key) = look.key_here(Action::SwitchTake, model)
    {
        let (name, _) = label(rival, model, look);
        facts.push((format!("{key} hears {name}"), theme.dim));
    }
    let repeat = match model.listening.repeat {
        _ if model.listening.in_turn => "in turn",
        Repeat::Off => "",
        Repeat::Take => "repeats",
        Repeat::Pair => "repeats the pair",
    };
    facts.push((repeat.to_owned(), theme.dim));
    facts
}

/// How far it has come, while it is on its way, or that it did not come whole.
fn arriving(model: &Model, look: &Look) -> Option<String> {
    let status = &model.deck.status;
    let ready = status.ready.map(|ready| format!("to {} so far", clock(ready)));
    let is_hidden = status.take.is_some_and(|take| model.is_hidden(take));
    match status.state {
        // What is on its way, and where it waits, would tell which of the two it is.
        State::Buffering | State::Loading if is_hidden => {
            Some(format!("waits{}", look.glyphs.more))
        }
        State::Buffering => Some(format!("buffering to {}", clock(status.position))),
        State::Loading => Some(format!("loading{}", look.glyphs.more)),
        _ if status.broken && !is_hidden => Some("breaks off".to_owned()),
        _ => ready.filter(|_| !is_hidden),
    }
}

/// What is done about the loudness of the pair.
pub(super) fn gain(model: &Model, look: &Look) -> String {
    let status = &model.deck.status;
    if status.rival.is_none() {
        return String::new();
    }
    let is_hidden = status.take.is_some_and(|take| model.is_hidden(take));
    let minus = if look.glyphs.unicode { '−' } else { '-' };
    match status.gain {
        Gain::Delivered => "as delivered".to_owned(),
        Gain::Matching => format!("matching{}", look.glyphs.more),
        // How much it is turned down would tell which of the two it is.
        Gain::Matched(_) if is_hidden => "matched".to_owned(),
        Gain::Matched(gain) if gain > -0.05 => "matched 0.0 dB".to_owned(),
        Gain::Matched(gain) => format!("matched {minus}{:.1} dB", gain.abs()),
    }
}
