//! Keeping what was written: the draft as it is typed, and leaving without a loss.

use crate::library::{Record, Reply, SongEntry};
use crate::song::Draft;
use crate::studio::model::Ticket;
use crate::studio::{Effect, Model, Overlay, Redraw, Saved, Tone};

impl Model {
    /// The song on the desk is no longer what the journal has.
    pub(super) fn touch(&mut self) {
        let before = self.saving.saved();
        self.saving.touch(self.now);
        self.note_saved(&before);
    }

    /// The header says whether the words are safe.
    fn note_saved(&mut self, before: &Saved) {
        if self.saving.saved() != *before {
            self.mark(Redraw::HEADER);
        }
    }

    pub(super) fn save_if_due(&mut self) {
        if self.saving.due().is_some_and(|due| due <= self.now) {
            self.save_now();
        }
    }

    /// Sends the draft to the journal, unless nothing changed.
    pub(super) fn save_now(&mut self) {
        if !self.saving.is_changed() {
            return;
        }
        let draft = self.desk.draft();
        self.list_song(&draft);
        let ticket = self.record(Ticket::Other, Record::Draft { draft, at: self.now });
        self.saving.send(ticket);
    }

    fn list_song(&mut self, draft: &Draft) {
        let entry = SongEntry { id: draft.song, name: draft.name().to_owned(), changed: self.now };
        match self.songs.iter_mut().find(|song| song.id == draft.song) {
            Some(song) => *song = entry,
            None => self.songs.push(entry),
        }
    }

    pub(super) fn record(&mut self, ticket: Ticket, record: Record) -> u64 {
        self.next_ticket += 1;
        self.tickets.insert(self.next_ticket, ticket);
        self.effects.push(Effect::Record { ticket: self.next_ticket, record: Box::new(record) });
        self.next_ticket
    }

    pub(super) fn journal(&mut self, reply: Reply) {
        match reply {
            Reply::Written { ticket, result } => {
                let result = result.map_err(|error| format!("{}. {}", error.fault, error.advice()));
                self.written(ticket, result);
            }
            Reply::Loaded { result: Ok(Some(draft)), .. } => {
                self.put_on_desk(&draft);
                self.record(Ticket::Other, Record::OnDesk(draft.song));
                self.say(Tone::Plain, format!("{} is on the desk", draft.name()));
            }
            Reply::Loaded { song, result: Ok(None) } => {
                self.say(Tone::Bad, format!("Song {song} is not in the library any more"));
            }
            Reply::Loaded { song, result: Err(error) } => {
                self.say(Tone::Bad, format!("Song {song} cannot be read: {error}"));
            }
        }
    }

    fn written(&mut self, ticket: u64, result: Result<(), String>) {
        let before = self.saving.saved();
        if self.saving.answer(ticket, result.clone(), self.now) {
            self.note_saved(&before);
            if self.leaving {
                return self.leave(result.err());
            }
            if let (Err(why), false) = (&result, matches!(before, Saved::No(_))) {
                self.say(Tone::Bad, format!("Your words are not saved: {why}"));
            }
        }
        match (self.tickets.remove(&ticket), result) {
            (Some(Ticket::Intent(job)), result) => self.intent_written(job, result),
            (Some(Ticket::Takes(job)), Err(why)) => {
                self.say(
                    Tone::Bad,
                    format!("The takes of job {job} are on disk, but not in the journal: {why}"),
                );
            }
            _ => {}
        }
    }

    pub(super) fn quit(&mut self) {
        self.leaving = true;
        self.save_now();
        if !self.saving.is_open() {
            self.leave(None);
        }
    }

    /// The last answer before leaving is there.
    fn leave(&mut self, lost: Option<String>) {
        match lost {
            None if self.saving.is_changed() => self.save_now(),
            None => self.effects.push(Effect::Quit),
            Some(why) => {
                self.leaving = false;
                self.open(Overlay::Unsaved(why));
            }
        }
    }

    pub(super) fn quit_anyway(&mut self) {
        if matches!(self.overlay, Some(Overlay::Unsaved(_))) {
            self.effects.push(Effect::Quit);
        } else {
            self.dismiss();
            self.quit();
        }
    }

    /// The words go to a file of their own, because the journal cannot take them.
    pub(super) fn rescue(&mut self) {
        let Draft { params, lyrics, description, .. } = self.desk.draft();
        let parts = [
            ("Title", params.title),
            ("Style", params.style),
            ("Avoid", params.avoid),
            ("Description", description),
            ("Lyrics", lyrics),
        ];
        let written = parts.iter().filter(|(_, text)| !text.is_empty());
        let sheet = written.map(|(name, text)| format!("{name}:\n{text}\n"));
        self.effects.push(Effect::Rescue(sheet.collect::<Vec<_>>().join("\n")));
        self.dismiss();
    }

    /// The system wants the program to end; there is nobody left to ask.
    pub(super) fn terminate(&mut self) {
        self.save_now();
        self.effects.push(Effect::Quit);
    }
}
