//! Windows on top: opening, moving about, choosing, closing.

use crate::library::LoadError;
use crate::song::{Exchange, Job, JobId, story};
use crate::studio::{
    Action, Choice, Detail, Effect, List, Model, Overlay, Redraw, Scope, TABLE, Tone,
};

/// Rows of a picker above its list.
const QUERY: usize = 2;
/// Rows of the help below its list.
const FOOT: usize = 1;

impl Model {
    pub(super) fn open(&mut self, overlay: Overlay) {
        self.keep_asked();
        self.overlay = Some(overlay);
        self.size_overlay();
        self.mark(Redraw::ALL);
    }

    pub(super) fn dismiss(&mut self) {
        self.overlay = None;
        self.mark(Redraw::ALL);
    }

    pub(super) fn size_overlay(&mut self) {
        let (cells, rows) = self.sizes.overlay;
        match &mut self.overlay {
            Some(Overlay::Pick(picker)) => {
                picker.list.resize(rows.saturating_sub(QUERY), picker.matches.len());
            }
            Some(Overlay::Help(list)) => list.height = rows.saturating_sub(FOOT),
            Some(Overlay::Job(detail)) => {
                // A cell free on both sides.
                detail.resize((cells.saturating_sub(2), rows));
                let id = detail.job;
                self.mark_story(id);
            }
            Some(Overlay::Take(detail)) => detail.resize(rows),
            // A cell free on both sides.
            Some(Overlay::Ask(ask)) => ask.text.resize(cells.saturating_sub(2), 1),
            Some(Overlay::Unsaved(_)) | None => {}
        }
    }

    pub(super) fn step_choice(&mut self, by: isize) {
        match &mut self.overlay {
            Some(Overlay::Pick(picker)) => picker.list.step(by, picker.matches.len()),
            Some(Overlay::Help(list)) => {
                // A row an action, a heading and a gap a scope, and no gap at the end.
                let rows = TABLE.len() + 2 * Scope::ALL.len() - 1;
                list.top = list.top.saturating_add_signed(by).min(rows.saturating_sub(list.height));
            }
            Some(Overlay::Job(detail)) => detail.scroll(by),
            Some(Overlay::Take(detail)) => detail.step(by),
            Some(Overlay::Ask(_) | Overlay::Unsaved(_)) | None => {}
        }
        self.mark(Redraw::OVERLAY);
    }

    pub(super) fn overlay_page(&self) -> isize {
        let (_, rows) = self.sizes.overlay;
        List { height: rows.saturating_sub(QUERY), ..List::default() }.page()
    }

    pub(super) fn choose(&mut self) {
        let picker = match &self.overlay {
            Some(Overlay::Pick(picker)) => picker,
            Some(Overlay::Ask(_)) => return self.answer(),
            Some(Overlay::Take(_)) => return self.play_moment(),
            _ => return self.type_in_window('\n'),
        };
        let Some(choice) = picker.selected().map(|item| item.choice.clone()) else {
            return self.say(Tone::Plain, "Nothing matches; delete a letter or two");
        };
        self.dismiss();
        match choice {
            Choice::Act(action) => self.act(action),
            Choice::Song(song) => self.open_song(song),
            Choice::Output(outlet) => self.choose_output(outlet),
        }
    }

    pub(super) fn erase(&mut self) {
        if let Some(Overlay::Pick(picker)) = &mut self.overlay {
            picker.erase();
            self.mark(Redraw::OVERLAY);
        } else if self.is_typing() {
            self.edit(Action::DeleteBack);
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
            (Some(Overlay::Help(_) | Overlay::Job(_) | Overlay::Take(_)), 'q' | ' ' | '\n') => {
                self.dismiss();
            }
            (Some(Overlay::Help(_) | Overlay::Job(_) | Overlay::Take(_)), c) => {
                self.unknown(c.encode_utf8(&mut [0; 4]));
            }
            _ => {}
        }
    }

    /// The job that keys are about: the one in the window on top, or the selected one.
    pub fn job_at_hand(&self) -> Option<&Job> {
        match &self.overlay {
            Some(Overlay::Job(detail)) => self.queue.get(detail.job),
            _ => self.queue.selected(),
        }
    }

    /// Whether the window on top is a job's.
    pub fn is_reading(&self) -> bool {
        matches!(self.overlay, Some(Overlay::Job(_)))
    }

    pub(super) fn show_job(&mut self) {
        match self.queue.selected() {
            Some(job) => {
                let id = job.id;
                self.story = None;
                self.effects.push(Effect::LoadStory(id));
                self.open(Overlay::Job(Box::new(Detail::new(id))));
            }
            None => self.say(Tone::Plain, "There is no job yet; {generate} makes one"),
        }
    }

    pub(super) fn story_read(&mut self, id: JobId, result: Result<Vec<Exchange>, LoadError>) {
        let is_claimed = self.claim.take_if(|claim| *claim == id).is_some();
        let is_shown = matches!(&self.overlay, Some(Overlay::Job(detail)) if detail.job == id);
        match result {
            Ok(exchanges) => {
                if let Some(job) = self.queue.get(id).filter(|_| is_claimed) {
                    let takes: Vec<_> = self.takes.of(id).cloned().collect();
                    let text = story(job, &exchanges, &takes);
                    self.effects.push(Effect::WriteStory { job: id, text });
                }
                // An older reading may come after a newer.
                let has_more = self
                    .story
                    .as_ref()
                    .is_some_and(|(shown, story)| *shown == id && story.len() > exchanges.len());
                if is_shown && !has_more {
                    self.story = Some((id, exchanges));
                }
            }
            Err(error) => {
                self.say(Tone::Bad, error.to_string());
                if let Some(Overlay::Job(detail)) = self.overlay.as_mut().filter(|_| is_shown) {
                    detail.untold();
                }
            }
        }
        self.mark_story(id);
    }

    /// Something was asked about a job while its story was being read: it is read again.
    pub(super) fn read_on(&mut self, id: JobId) {
        let is_shown = matches!(&self.overlay, Some(Overlay::Job(detail)) if detail.job == id);
        if is_shown && self.story.is_none() {
            self.effects.push(Effect::LoadStory(id));
        }
    }

    /// Something about a job changed: the window on it tells that.
    pub(super) fn mark_story(&mut self, id: JobId) {
        let Some(job) = self.queue.get(id) else { return };
        if !matches!(&self.overlay, Some(Overlay::Job(detail)) if detail.job == id) {
            return;
        }
        let facts = self.facts_of(job);
        if let Some(Overlay::Job(detail)) = &mut self.overlay {
            detail.tell_facts(facts);
            if let Some((_, story)) = self.story.as_ref().filter(|(of, _)| *of == id) {
                detail.tell_story(story);
            }
        }
        self.mark(Redraw::OVERLAY);
    }

    /// The whole story of a job goes to a file, as the journal has it.
    pub(super) fn write_story(&mut self) {
        let Some(id) = self.job_at_hand().map(|job| job.id) else {
            return self.say(Tone::Plain, "There is no job to tell of");
        };
        self.claim = Some(id);
        self.effects.push(Effect::LoadStory(id));
        self.say(Tone::Plain, format!("Writing the story of job {id}"));
    }
}
