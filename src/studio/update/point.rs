//! The pointer and rows of lists.

use std::time::Duration;

use crate::player::Command;
use crate::studio::{Model, Overlay, Pane, Redraw, Spot, Tone};

impl Model {
    pub(super) fn click(&mut self, spot: Spot, drag: bool) {
        if self.overlay.is_some() {
            match spot {
                Spot::Overlay(row) => self.click_choice(row),
                Spot::Outside if !drag && !matches!(self.overlay, Some(Overlay::Unsaved(_))) => {
                    self.escape();
                }
                _ => {}
            }
            return;
        }
        match spot {
            Spot::Words { row, cell } => {
                self.focus(Pane::Lyrics);
                self.desk.words_mut().point(row, cell, drag);
                self.mark(Redraw::WORDS);
                self.touch();
            }
            _ if drag => {}
            Spot::Field(field) => {
                self.focus(Pane::Song);
                self.set_field(field);
            }
            Spot::Queue(row) => {
                self.focus(Pane::Queue);
                let row = self.queue.list.top + row;
                self.queue.list.select(row, self.queue.len());
                self.mark(Redraw::QUEUE);
            }
            Spot::Takes(row) => {
                self.focus(Pane::Takes);
                self.takes.select_row(self.takes.list.top + row, 1);
                self.mark(Redraw::TAKES);
            }
            Spot::Pane(pane) => self.focus(pane),
            Spot::Playhead(part) => match self.deck.status.total.filter(|total| !total.is_zero()) {
                Some(total) => {
                    let to = total.mul_f32(part.clamp(0.0, 1.0));
                    self.send(Command::SeekTo(Duration::min(to, total)));
                }
                None => self.say(Tone::Plain, "How long this take is, is not known yet"),
            },
            Spot::Overlay(_) | Spot::Outside => {}
        }
    }

    pub(super) fn wheel(&mut self, over: Option<Pane>, rows: isize) {
        if self.overlay.is_some() {
            return self.step_choice(rows);
        }
        match over {
            Some(Pane::Lyrics) => {
                self.desk.words_mut().scroll_by(rows);
                self.mark(Redraw::WORDS);
            }
            Some(Pane::Song) => self.step_field(rows.signum()),
            Some(Pane::Queue) => self.step_queue(rows),
            Some(Pane::Takes) => self.step_takes(rows),
            None => {}
        }
    }

    pub(super) fn step_row(&mut self, by: isize) {
        if self.overlay.is_some() {
            return self.step_choice(by);
        }
        match self.focus {
            Pane::Queue => self.step_queue(by),
            Pane::Takes => self.step_takes(by),
            Pane::Lyrics | Pane::Song => {}
        }
    }

    pub(super) fn page(&self) -> isize {
        if self.overlay.is_some() {
            return self.overlay_page();
        }
        match self.focus {
            Pane::Queue => self.queue.list.page(),
            _ => self.takes.list.page(),
        }
    }

    fn step_queue(&mut self, by: isize) {
        self.queue.list.step(by, self.queue.len());
        self.mark(Redraw::QUEUE);
    }

    fn step_takes(&mut self, by: isize) {
        self.takes.step(by);
        self.mark(Redraw::TAKES);
    }

    fn click_choice(&mut self, row: usize) {
        if let Some(Overlay::Pick(picker)) = &mut self.overlay {
            let row = picker.list.top + row;
            if row < picker.matches.len() {
                picker.list.select(row, picker.matches.len());
                self.choose();
            }
        }
        if let Some(Overlay::Take(detail)) = &mut self.overlay {
            let row = detail.list.top + row;
            if detail.rows.get(row).is_some_and(|row| row.at().is_some()) {
                detail.select(row);
                self.mark(Redraw::OVERLAY);
                self.choose();
            }
        }
    }
}
