//! Where everything stands on a screen of a given size.

use ratatui::layout::{Margin, Position, Rect};

use crate::song::Take;
use crate::studio::{Model, Overlay, Pane, Pictures, Sizes};

/// Four panes at once need this much...
const WIDE: (u16, u16) = (100, 28);
/// ...and below this there is no room to work.
const SMALLEST: (u16, u16) = (60, 16);

/// Cells left of the words, with the stripe of the section; more will stand there later.
pub(super) const GUTTER: u16 = 3;

/// What the parts of the screen want room for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The pane that has the keys.
    pub focus: Pane,
    /// Whether a take is in the player.
    pub plays: bool,
    /// The pictures of the player.
    pub pictures: Pictures,
    /// Whether the take in the player has a cover that is shown.
    pub cover: bool,
    /// The same of the selected take.
    pub selected_cover: bool,
}

impl Wanted {
    /// What a model wants room for, on a screen that shows covers or not.
    pub fn of(model: &Model, covers: bool) -> Self {
        let heard = model.heard();
        // A cover would tell whose name is hidden.
        let has_cover = |take: &Take| covers && take.cover.is_some() && !model.is_hidden(take.id);
        Self {
            focus: model.focus,
            plays: heard.is_some(),
            pictures: model.listening.pictures,
            cover: heard.is_some_and(has_cover),
            selected_cover: model.takes.selected().is_some_and(has_cover),
        }
    }
}

/// The places of the parts of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Areas {
    /// All of it.
    pub screen: Rect,
    /// The top line.
    pub header: Rect,
    /// The tabs, where one pane is shown at a time.
    pub tabs: Option<Rect>,
    /// The panes with their frames, in the order of [`Pane::ALL`]; hidden ones are `None`.
    pub panes: [Option<Rect>; 4],
    /// The player.
    pub player: Rect,
    /// The cover of what it plays, inside of it.
    pub cover: Option<Rect>,
    /// The cover of the selected take, inside of its pane.
    pub selected_cover: Option<Rect>,
    /// The bottom line.
    pub footer: Rect,
    /// Whether there is no room to work.
    pub is_too_small: bool,
}

impl Areas {
    /// Divides `screen`; on a small one only the pane in focus is shown.
    pub fn new(screen: Rect, wanted: &Wanted) -> Self {
        let (width, height) = (screen.width, screen.height);
        let row = |y: u16, rows: u16| Rect::new(screen.x, screen.y + y, width, rows);
        if width < SMALLEST.0 || height < SMALLEST.1 {
            let nothing = Rect::default();
            return Self {
                screen,
                header: nothing,
                tabs: None,
                panes: [None; 4],
                player: nothing,
                cover: None,
                selected_cover: None,
                footer: nothing,
                is_too_small: true,
            };
        }
        let is_wide = width >= WIDE.0 && height >= WIDE.1;
        let player_rows = player_rows(height, is_wide, *wanted);
        let tabs = (!is_wide).then(|| row(1, 1));
        let top = if is_wide { 1 } else { 2 };
        let body = row(top, height - top - player_rows - 1);
        let panes = if is_wide {
            four(body).map(Some)
        } else {
            Pane::ALL.map(|pane| (pane == wanted.focus).then_some(body))
        };
        let takes = panes[Pane::Takes as usize].filter(|_| wanted.selected_cover && is_wide);
        let player = row(height - 1 - player_rows, player_rows);
        Self {
            screen,
            header: row(0, 1),
            tabs,
            panes,
            player,
            cover: wanted.cover.then(|| cover(player)).flatten(),
            selected_cover: takes.and_then(selected_cover),
            footer: row(height - 1, 1),
            is_too_small: false,
        }
    }

    /// The frame of a pane, if it is on screen.
    pub fn pane(&self, pane: Pane) -> Option<Rect> {
        self.panes[pane as usize]
    }

    /// The frame of a window on top: a question is small, a list takes what it can.
    pub fn overlay(&self, overlay: &Overlay) -> Rect {
        match overlay {
            Overlay::Unsaved(_) => self.window(76, 11),
            Overlay::Ask(_) => self.window(72, 4),
            _ => self.window(84, 32),
        }
    }

    fn window(&self, width: u16, height: u16) -> Rect {
        let width = self.screen.width.saturating_sub(4).min(width);
        let height = self.screen.height.saturating_sub(4).min(height);
        let x = self.screen.x + (self.screen.width - width) / 2;
        let y = self.screen.y + (self.screen.height - height) / 3;
        Rect::new(x, y, width, height)
    }

    /// The room that the model should know of.
    pub fn sizes(&self) -> Sizes {
        // Hidden panes will stand where the one in focus stands.
        let shown = self.panes.iter().flatten().next().copied().unwrap_or_default();
        let room = |pane| inside(self.pane(pane).unwrap_or(shown));
        let words = words_in(self.pane(Pane::Lyrics).unwrap_or(shown));
        let window = inside(self.window(84, 32));
        Sizes {
            words: (usize::from(words.width), usize::from(words.height)),
            queue: usize::from(room(Pane::Queue).height),
            takes: usize::from(room(Pane::Takes).height),
            overlay: (usize::from(window.width), usize::from(window.height)),
        }
    }

    /// The pane under the pointer.
    pub fn pane_at(&self, at: Position) -> Option<Pane> {
        Pane::ALL.into_iter().find(|pane| self.pane(*pane).is_some_and(|area| area.contains(at)))
    }
}

/// How high the player is: a line, or a line with pictures and what is sung under it.
fn player_rows(height: u16, is_wide: bool, wanted: Wanted) -> u16 {
    match (wanted.pictures, height) {
        _ if !wanted.plays => 1,
        (Pictures::Wave, 48..) if is_wide => 6,
        (Pictures::Wave, 34..) if is_wide => 4,
        (Pictures::Wave, _) if is_wide => 3,
        (Pictures::Spectrum, 48..) if is_wide => 8,
        (Pictures::Spectrum, 34..) if is_wide => 6,
        (Pictures::Spectrum, _) if is_wide => 4,
        (Pictures::Spectrum, 22..) => 3,
        _ => 1,
    }
}

/// A square at the left of the player, above its last line, which is for words.
fn cover(player: Rect) -> Option<Rect> {
    let rows = player.height.checked_sub(1).filter(|rows| *rows >= 3)?;
    Some(Rect::new(player.x + 1, player.y, rows * 2, rows))
}

/// A square at the right of the takes, where their rows keep enough room.
fn selected_cover(pane: Rect) -> Option<Rect> {
    let inside = inside(pane);
    let rows = inside.height.min(10);
    let width = rows * 2;
    let fits = rows >= 6 && inside.width >= 56 + width;
    fits.then(|| Rect::new(inside.right() - width - 1, inside.y, width, rows))
}

/// Two panes above, two below.
fn four(body: Rect) -> [Rect; 4] {
    let low = (body.height * 34 / 100).clamp(8, 18);
    let song = (body.width * 42 / 100).clamp(50, 68);
    let queue = (body.width * 34 / 100).clamp(36, 60);
    let (top, bottom) = (body.height - low, body.y + body.height - low);
    [
        Rect::new(body.x, body.y, body.width - song, top),
        Rect::new(body.x + body.width - song, body.y, song, top),
        Rect::new(body.x, bottom, queue, low),
        Rect::new(body.x + queue, bottom, body.width - queue, low),
    ]
}

/// What a frame leaves.
pub(super) fn inside(frame: Rect) -> Rect {
    frame.inner(Margin::new(1, 1))
}

/// Where the words stand in the frame of their pane.
pub(super) fn words_in(frame: Rect) -> Rect {
    let inside = inside(frame);
    let gutter = GUTTER.min(inside.width);
    Rect {
        x: inside.x + gutter,
        // A cell for the cursor after the last word.
        width: inside.width.saturating_sub(gutter + 1),
        ..inside
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all_wishes() -> impl Iterator<Item = Wanted> {
        let all = [Pictures::Off, Pictures::Wave, Pictures::Spectrum];
        let plays = all.map(|pictures| (true, pictures)).into_iter();
        plays.chain([(false, Pictures::Wave)]).flat_map(|(plays, pictures)| {
            Pane::ALL.map(|focus| Wanted {
                focus,
                plays,
                pictures,
                cover: plays,
                selected_cover: plays,
            })
        })
    }

    #[test]
    fn the_parts_cover_the_screen_without_overlap() {
        for (width, height) in [(60, 16), (80, 24), (100, 28), (120, 40), (200, 60), (500, 200)] {
            let screen = Rect::new(0, 0, width, height);
            for wanted in all_wishes() {
                let areas = Areas::new(screen, &wanted);
                assert!(!areas.is_too_small);
                assert!(areas.panes.into_iter().flatten().all(|pane| pane.height >= 8));
                assert!(areas.cover.is_none_or(|cover| {
                    areas.player.intersection(cover) == cover && cover.height < areas.player.height
                }));
                let mut parts = vec![areas.header, areas.player, areas.footer];
                parts.extend(areas.tabs);
                parts.extend(areas.panes.into_iter().flatten());
                let cells: u32 = parts.iter().map(|part| part.area()).sum();
                assert_eq!(cells, screen.area(), "{width}x{height}");
                for (i, a) in parts.iter().enumerate() {
                    assert!(parts[i + 1..].iter().all(|b| !a.intersects(*b)));
                }
            }
        }
    }

    #[test]
    fn no_size_is_too_odd() {
        for width in 0..130 {
            for height in 0..50 {
                for wanted in all_wishes().step_by(4) {
                    let areas = Areas::new(Rect::new(0, 0, width, height), &wanted);
                    assert_eq!(areas.is_too_small, width < 60 || height < 16);
                    let _ = areas.sizes();
                }
            }
        }
    }
}
