//! What stands on the terminal, and the least that must be sent to change it.
//!
//! Each part of the screen has a buffer of its own. Only parts that the model marked are laid out
//! again, only cells that differ are sent, all of a frame in one write.

use std::io;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::{Color, Modifier};

use super::areas::Wanted;
use super::covers::{Covers, Gallery};
use super::views::{self, Part};
use super::{Areas, Depth, Look};
use crate::studio::{Model, Pane, Redraw, Sizes};

/// Something to draw on.
pub trait Surface {
    /// How large it is, in cells.
    ///
    /// # Errors
    /// When it cannot be known.
    fn size(&self) -> io::Result<Size>;

    /// How many pixels a cell has, where that is known.
    fn cell(&self) -> Option<(u16, u16)> {
        None
    }

    /// Adds changed cells to the frame.
    ///
    /// # Errors
    /// When they cannot be written.
    fn put<'a>(&mut self, cells: impl Iterator<Item = (u16, u16, &'a Cell)>) -> io::Result<()>;

    /// Adds the wish for an empty surface to the frame.
    ///
    /// # Errors
    /// When it cannot be written.
    fn wipe(&mut self) -> io::Result<()>;

    /// Adds the place of the cursor to the frame; `None` hides it.
    ///
    /// # Errors
    /// When it cannot be written.
    fn point(&mut self, cursor: Option<Position>) -> io::Result<()>;

    /// Puts a text into the clipboard that other programs see, where the terminal has a way.
    ///
    /// # Errors
    /// When the terminal is gone.
    fn copy(&mut self, text: &str) -> io::Result<()>;

    /// Shows the frame.
    ///
    /// # Errors
    /// When the terminal is gone.
    fn present(&mut self) -> io::Result<()>;
}

struct Panel {
    part: Part,
    /// What the terminal shows.
    front: Buffer,
    /// What it should show.
    back: Buffer,
}

/// The terminal and what stands on it.
pub struct Screen<B> {
    backend: B,
    look: Look,
    covers: Gallery,
    wanted: Wanted,
    areas: Areas,
    panels: Vec<Panel>,
    /// The window on top: what the terminal shows, what it should show.
    window: Option<(Buffer, Buffer)>,
    cursor: Option<Position>,
}

impl<B: Surface> Screen<B> {
    /// A screen of the backend's size that shows nothing yet.
    ///
    /// # Errors
    /// When the backend does not tell its size.
    pub fn new(backend: B, look: Look) -> io::Result<Self> {
        let areas = Areas::new(within(backend.size()?), &Wanted::default());
        Ok(Self {
            backend,
            look,
            covers: Gallery::new(Covers::Off, Depth::True, true),
            wanted: Wanted::default(),
            areas,
            panels: Vec::new(),
            window: None,
            cursor: None,
        })
    }

    /// Shows covers from now on.
    pub fn show_covers(&mut self, covers: Covers, depth: Depth) {
        self.covers = Gallery::new(covers, depth, self.look.glyphs.unicode);
        self.covers.forget(self.backend.cell());
    }

    /// Waits until a cover can be drawn that could not before. Nothing is lost when the wait is
    /// given up.
    pub(super) async fn covers_ready(&mut self) {
        self.covers.ready().await;
    }

    /// Where everything stands.
    pub fn areas(&self) -> &Areas {
        &self.areas
    }

    /// How things look.
    pub fn look(&self) -> &Look {
        &self.look
    }

    /// What is drawn on.
    pub fn backend(&self) -> &B {
        &self.backend
    }

    /// As [`Screen::backend`], to change it.
    pub fn backend_mut(&mut self) -> &mut B {
        &mut self.backend
    }

    /// Takes a new size; gives the room that the model should know of.
    pub fn resize(&mut self, size: Size) -> Sizes {
        // A terminal cuts what it shows when it gets smaller, even if it grows back at once:
        // nothing that stands there is to be relied on.
        self.panels.clear();
        self.areas = Areas::new(within(size), &self.wanted);
        self.areas.sizes()
    }

    /// The room that the model should know of, as it is now.
    pub fn sizes(&self, model: &Model) -> Sizes {
        let wanted = Wanted::of(model, self.covers.is_open());
        if wanted == self.wanted {
            return self.areas.sizes();
        }
        Areas::new(self.areas.screen, &wanted).sizes()
    }

    /// Brings the terminal up to date with the model.
    ///
    /// # Errors
    /// When the terminal cannot be written to.
    pub fn draw(&mut self, model: &mut Model) -> io::Result<()> {
        let mut redraw = model.take_redraw();
        if self.covers.take_news() {
            redraw |= Redraw::PLAYER | Redraw::TAKES;
        }
        if redraw.is_empty() {
            return Ok(());
        }
        self.wanted = Wanted::of(model, self.covers.is_open());
        let areas = Areas::new(self.areas.screen, &self.wanted);
        if redraw.holds(Redraw::REPAINT) || self.panels.is_empty() {
            self.panels.clear();
            self.window = None;
            self.backend.wipe()?;
            self.covers.forget(self.backend.cell());
        }
        if areas != self.areas || self.panels.is_empty() {
            self.areas = areas;
            self.arrange();
            // What moved shows nothing yet.
            redraw |= Redraw::ALL;
        }
        self.cover(model);
        let covered = self.window.as_ref().map(|(front, _)| *front.area());

        let mut dirty: Vec<&mut Panel> =
            self.panels.iter_mut().filter(|panel| redraw.has(panel.part.marks())).collect();
        for panel in &mut dirty {
            clear(&mut panel.back, &self.look);
            views::draw(panel.part, model, &self.areas, &self.look, &mut panel.back);
            let (take, area) = match panel.part {
                Part::Player => (model.heard(), self.areas.cover),
                Part::Pane(Pane::Takes) => (model.takes.selected(), self.areas.selected_cover),
                _ => continue,
            };
            if let (Some(path), Some(area)) = (take.and_then(|take| take.cover.as_deref()), area) {
                self.covers.draw(path, area, covered.is_some(), &mut panel.back);
            }
        }
        if let (Some((_, back)), Some(overlay)) = (&mut self.window, &model.overlay) {
            clear(back, &self.look);
            views::overlay::draw(overlay, model, &self.look, back);
        }

        let hidden = |x, y| covered.is_some_and(|area| area.contains(Position { x, y }));
        let panes = dirty.iter().flat_map(|panel| panel.front.diff_iter(&panel.back));
        let window = self.window.iter().flat_map(|(front, back)| front.diff_iter(back));
        let mut changes: Vec<(u16, u16, &Cell)> =
            panes.filter(|(x, y, _)| !hidden(*x, *y)).collect();
        changes.extend(window);
        let cursor = views::cursor(model, &self.areas);
        if changes.is_empty() && cursor == self.cursor {
            return Ok(());
        }
        self.backend.put(changes.into_iter())?;
        // Drawing moves the terminal's cursor, so it is put back each time.
        self.backend.point(cursor)?;
        self.cursor = cursor;
        for Panel { front, back, .. } in dirty {
            std::mem::swap(front, back);
        }
        if let Some((front, back)) = &mut self.window {
            std::mem::swap(front, back);
        }
        self.backend.present()
    }

    /// Makes the panels for the areas; what stands where it stood is kept.
    fn arrange(&mut self) {
        let mut old = std::mem::take(&mut self.panels);
        let areas = &self.areas;
        let mut parts = vec![
            (Part::Header, Some(areas.header)),
            (Part::Tabs, areas.tabs),
            (Part::Player, Some(areas.player)),
            (Part::Footer, Some(areas.footer)),
        ];
        parts.extend(Pane::ALL.map(|pane| (Part::Pane(pane), areas.pane(pane))));
        if areas.is_too_small {
            parts = vec![(Part::TooSmall, Some(areas.screen))];
        }
        for (part, area) in parts {
            let Some(area) = area else { continue };
            let panel = match old.iter().position(|panel| *panel.front.area() == area) {
                Some(index) => Panel { part, ..old.swap_remove(index) },
                None => Panel { part, front: stale(area), back: Buffer::empty(area) },
            };
            self.panels.push(panel);
        }
    }

    /// Opens or closes the window on top.
    fn cover(&mut self, model: &Model) {
        let wanted = model.overlay.as_ref().filter(|_| !self.areas.is_too_small);
        let area = wanted.map(|overlay| self.areas.overlay(overlay));
        let shown = self.window.as_ref().map(|(front, _)| *front.area());
        if area == shown {
            return;
        }
        if let Some(shown) = shown {
            // A wide character may have lost a half under the edge.
            let wide = Rect { x: shown.x.saturating_sub(1), width: shown.width + 2, ..shown };
            for panel in &mut self.panels {
                for position in panel.front.area().intersection(wide).positions() {
                    panel.front[position] = stale_cell();
                }
            }
        }
        self.window = area.map(|area| (stale(area), Buffer::empty(area)));
    }
}

/// A terminal may claim any size; no screen is larger than this.
fn within(size: Size) -> Rect {
    Rect::new(0, 0, size.width.min(1000), size.height.min(500))
}

fn clear(buffer: &mut Buffer, look: &Look) {
    let mut cell = Cell::EMPTY;
    cell.set_style(look.theme.base);
    buffer.content.fill(cell);
}

/// A cell that no view draws, so that whatever is drawn there is sent.
fn stale_cell() -> Cell {
    let mut cell = Cell::EMPTY;
    cell.set_fg(Color::Rgb(1, 2, 3));
    cell.modifier = Modifier::all();
    cell
}

fn stale(area: Rect) -> Buffer {
    Buffer::filled(area, stale_cell())
}
