//! Windows on top: opening, moving about, choosing, closing.

use crate::library::LoadError;
use crate::song::{Exchange, JobId};
use crate::studio::{Choice, Effect, List, Model, Overlay, Redraw, Scope, TABLE, Tone};

/// More rows than a job's facts take.
const FACTS: usize = 24;

/// No window has fewer cells across.
const NARROWEST: usize = 50;

impl Model {
    pub(super) fn open(&mut self, overlay: Overlay) {
        self.overlay = Some(overlay);
        self.size_overlay();
        self.mark(Redraw::ALL);
    }

    pub(super) fn dismiss(&mut self) {
        self.overlay = None;
        self.mark(Redraw::ALL);
    }

    pub(super) fn size_overlay(&mut self) {
        let rows = self.sizes.overlay;
        match &mut self.overlay {
            Some(Overlay::Pick(picker)) => picker.list.resize(rows, picker.matches.len()),
            Some(Overlay::Help(list) | Overlay::Job(_, list)) => list.height = rows,
            Some(Overlay::Unsaved(_)) | None => {}
        }
    }

    pub(super) fn step_choice(&mut self, by: isize) {
        match &mut self.overlay {
            Some(Overlay::Pick(picker)) => picker.list.step(by, picker.matches.len()),
            Some(Overlay::Help(list)) => {
                // A row an action, a heading and a gap a scope.
                let rows = TABLE.len() + 2 * Scope::ALL.len();
                list.top = list.top.saturating_add_signed(by).min(rows.saturating_sub(list.height));
            }
            Some(Overlay::Job(id, list)) => {
                // Exact only where no line is wrapped; the view never shows past the end.
                let lines = self.queue.get(*id).map_or(0, |job| job.request.text.lines().count());
                let characters =
                    self.queue.get(*id).map_or(0, |job| job.request.text.len() / NARROWEST);
                let rows = FACTS + lines + characters;
                list.top = list.top.saturating_add_signed(by).min(rows.saturating_sub(list.height));
            }
            Some(Overlay::Unsaved(_)) | None => {}
        }
        self.mark(Redraw::OVERLAY);
    }

    pub(super) fn overlay_page(&self) -> isize {
        List { height: self.sizes.overlay, ..List::default() }.page()
    }

    pub(super) fn choose(&mut self) {
        let Some(Overlay::Pick(picker)) = &self.overlay else { return self.type_in_window('\n') };
        let Some(choice) = picker.selected().map(|item| item.choice) else {
            return self.say(Tone::Plain, "Nothing matches; delete a letter or two");
        };
        self.dismiss();
        match choice {
            Choice::Act(action) => self.act(action),
            Choice::Song(song) => self.open_song(song),
        }
    }

    pub(super) fn erase(&mut self) {
        if let Some(Overlay::Pick(picker)) = &mut self.overlay {
            picker.erase();
            self.mark(Redraw::OVERLAY);
        }
    }

    /// A character typed into a window that is not a picker.
    pub(super) fn type_in_window(&mut self, c: char) {
        match (&self.overlay, c) {
            (Some(Overlay::Unsaved(_)), 's') => self.rescue(),
            (Some(Overlay::Unsaved(_)), _) => {
                self.say(
                    Tone::Warning,
                    "Press s, {dismiss} or {quit-anyway}: the words are not safe",
                );
            }
            (Some(Overlay::Help(_) | Overlay::Job(..)), 'q' | ' ' | '\n') => self.dismiss(),
            (Some(Overlay::Help(_) | Overlay::Job(..)), 'j') => self.step_choice(1),
            (Some(Overlay::Help(_) | Overlay::Job(..)), 'k') => self.step_choice(-1),
            _ => {}
        }
    }

    pub(super) fn story_read(&mut self, id: JobId, result: Result<Vec<Exchange>, LoadError>) {
        match result {
            Ok(story) => self.story = Some((id, story)),
            Err(error) => self.say(Tone::Bad, error.to_string()),
        }
        self.mark_story(id);
    }

    pub(super) fn show_job(&mut self) {
        match self.queue.selected() {
            Some(job) => {
                let id = job.id;
                self.story = None;
                self.effects.push(Effect::LoadStory(id));
                self.open(Overlay::Job(id, List::default()));
            }
            None => self.say(Tone::Plain, "There is no job yet; {generate} makes one"),
        }
    }
}
