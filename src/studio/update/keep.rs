//! Keeping what was written: the draft as it is typed, and leaving without a loss.

use jiff::SignedDuration;

use crate::library::{Record, Reply, Settings, SongEntry};
use crate::song::Draft;
use crate::studio::model::PATIENCE;
use crate::studio::pending::{Errand, Sure, Ticket};
use crate::studio::{Effect, Model, Overlay, Redraw, Saved, Tone, literal};

/// What the journal refused is tried again this much later.
const RETRY: SignedDuration = SignedDuration::from_secs(5);

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

    pub(super) fn save_by_hand(&mut self) {
        self.save_now();
        let text = match self.saving.saved() {
            Saved::No(why) => {
                return self.say(Tone::Bad, format!("Your words are not saved: {why}"));
            }
            Saved::Yes => "Everything is saved; that happens a moment after you type",
            Saved::Soon => "Saving; it also happens a moment after you type",
        };
        self.say(Tone::Plain, text);
    }

    /// Sends the draft to the journal, unless nothing changed.
    pub(super) fn save_now(&mut self) {
        // One at a time: an answer must be for what was sent last.
        if self.saving.is_changed() && !self.saving.is_sent() {
            self.send_draft();
        }
    }

    fn send_draft(&mut self) {
        let draft = self.desk.draft();
        self.list_song(&draft);
        let ticket = self.record(Ticket::Draft, Record::Draft { draft, at: self.now });
        self.saving.send(ticket);
    }

    fn list_song(&mut self, draft: &Draft) {
        let entry = SongEntry { id: draft.song, name: draft.name().to_owned(), changed: self.now };
        match self.songs.iter_mut().find(|song| song.id == draft.song) {
            Some(song) => *song = entry,
            None => self.songs.push(entry),
        }
    }

    pub(in crate::studio) fn record(&mut self, ticket: Ticket, record: Record) -> u64 {
        // Drafts and intents are answered for by themselves; all else is tried again.
        let is_answered = matches!(ticket, Ticket::Draft | Ticket::Intent(_) | Ticket::Sending(_));
        let kept = (!is_answered).then(|| record.clone());
        self.next_ticket += 1;
        self.tickets.insert(self.next_ticket, (ticket, kept));
        self.effects.push(Effect::Record { ticket: self.next_ticket, record: Box::new(record) });
        self.next_ticket
    }

    pub(super) fn journal(&mut self, reply: Reply) {
        match reply {
            Reply::Written { ticket, result } => {
                self.written(ticket, result.map_err(|e| format!("{}. {}", e.fault, e.advice())));
            }
            Reply::Loaded { song, result } if self.opening == Some(song) => {
                self.opening = None;
                match result {
                    Ok(Some(draft)) => self.when_saved(Errand::Put(Box::new(draft))),
                    Ok(None) => {
                        self.say(Tone::Bad, format!("Song {song} is not in the library any more"));
                    }
                    Err(error) => {
                        self.say(Tone::Bad, format!("Song {song} cannot be read: {error}"));
                    }
                }
            }
            Reply::Story { job, result } => self.story_read(job, result),
            // Another song was asked for since.
            Reply::Loaded { .. } => {}
        }
    }

    fn written(&mut self, ticket: u64, result: Result<(), String>) {
        let before = self.saving.saved();
        if self.saving.answer(ticket, result.clone(), self.now) {
            self.note_saved(&before);
            self.draft_written(result.as_ref().err(), &before);
        }
        match (self.tickets.remove(&ticket), result) {
            (Some((Ticket::Intent(job), _)), result) => self.intent_written(job, result),
            (Some((Ticket::Sending(job), _)), result) => self.sending_written(job, result),
            (Some((Ticket::Task(job), _)), Ok(())) => self.task_written(job),
            (Some((Ticket::Tracks(job), _)), Ok(())) => self.tracks_written(job),
            (Some((Ticket::Done(job), _)), Ok(())) => self.effects.push(Effect::Sweep(job)),
            (Some((ticket, Some(record))), Err(why)) => {
                self.say(Tone::Bad, format!("The journal is behind and tries again: {why}"));
                self.refused.push((ticket, record));
                self.retry_at = Some(self.now + RETRY);
            }
            _ => {}
        }
    }

    fn draft_written(&mut self, refusal: Option<&String>, before: &Saved) {
        match (refusal, self.errand.take()) {
            // Something was typed while it was on its way.
            (None, Some((errand, _))) => self.when_saved(errand),
            (Some(why), Some((Errand::Leave, _))) => self.open(Overlay::Unsaved(why.clone())),
            (Some(why), Some(_)) => {
                self.say(
                    Tone::Bad,
                    format!("This song stays on the desk, for it is not saved: {why}"),
                );
            }
            (Some(why), None) if !matches!(before, Saved::No(_)) => {
                self.say(Tone::Bad, format!("Your words are not saved: {why}"));
            }
            (_, None) => {}
        }
    }

    /// What the journal refused a while ago goes to it again.
    pub(super) fn retry_if_due(&mut self) {
        if self.retry_at.is_some_and(|at| at <= self.now) {
            self.retry_at = None;
            for (ticket, record) in std::mem::take(&mut self.refused) {
                let record = self.as_it_is_now(record);
                self.record(ticket, record);
            }
        }
    }

    /// What was refused may be old by now; an old state must not come after a new one.
    fn as_it_is_now(&self, record: Record) -> Record {
        match record {
            Record::Job(old) => Record::Job(self.queue.get(old.id).cloned().unwrap_or(old)),
            Record::OnDesk(_) => Record::OnDesk(self.desk.song),
            Record::Settings(_) => Record::Settings(Settings { volume: self.volume }),
            Record::Takes { job: old, takes } => {
                Record::Takes { job: self.queue.get(old.id).cloned().unwrap_or(old), takes }
            }
            Record::Draft { .. } | Record::Exchange { .. } => record,
        }
    }

    /// Does something that takes the words off the desk, once they are safe.
    pub(super) fn when_saved(&mut self, errand: Errand) {
        self.save_now();
        if self.saving.is_open() {
            self.errand = Some((errand, self.now));
            return;
        }
        match errand {
            Errand::Leave => self.leave(),
            Errand::New => self.put_new(),
            Errand::Open(song) => {
                self.opening = Some(song);
                self.effects.push(Effect::Load(song));
            }
            Errand::Put(draft) => {
                self.put_on_desk(&draft);
                self.record(Ticket::Other, Record::OnDesk(draft.song));
                self.say(Tone::Plain, format!("{} is on the desk", literal(draft.name())));
            }
        }
    }

    /// A disk that does not answer must not keep the user.
    pub(super) fn give_up_if_due(&mut self) {
        if self.errand.as_ref().is_some_and(|(_, since)| *since + PATIENCE <= self.now)
            && let Some((errand, _)) = self.errand.take()
        {
            let why = "the disk does not answer";
            match errand {
                Errand::Leave if !self.saving.is_open() => self.errand = Some((errand, self.now)),
                Errand::Leave => self.open(Overlay::Unsaved(why.to_owned())),
                _ => self.say(Tone::Bad, format!("This song stays on the desk: {why}")),
            }
        }
    }

    pub(super) fn quit_anyway(&mut self) {
        if matches!(self.overlay, Some(Overlay::Unsaved(_))) {
            self.effects.push(Effect::Quit);
        }
    }

    /// The words go to a file of their own, because the journal cannot take them.
    pub(super) fn rescue(&mut self) {
        self.effects.push(Effect::Rescue(self.sheet()));
        self.dismiss();
    }

    /// The system wants the program to end; there is nobody left to ask.
    pub(super) fn terminate(&mut self) {
        if self.saving.is_changed() {
            self.send_draft();
        }
        self.ending.get_or_insert(self.now);
    }

    /// Whether nothing new may begin, because the program is about to end.
    pub(super) fn is_leaving(&self) -> bool {
        self.ending.is_some() || matches!(self.errand, Some((Errand::Leave, _)))
    }

    /// Whether the journal or a gateway still owes an answer that is worth money.
    fn is_owed(&self) -> bool {
        !self.is_settled() || self.queue.sending().any(|job| job.id >= self.own)
    }

    /// The words are safe: leaves, once all answers about requests on their way are here.
    fn leave(&mut self) {
        let sending = self.queue.sending().filter(|job| job.id >= self.own).count();
        let doubt = "A request is on its way; its answer is awaited. {quit} again leaves at once, \
                     and its outcome will be unknown";
        if sending > 0 && !self.is_sure(Sure::Leave, doubt) {
            self.errand = Some((Errand::Leave, self.now));
            return;
        }
        self.effects.push(Effect::Quit);
    }

    /// Leaves when what was waited for is here.
    pub(super) fn leave_if_ready(&mut self) {
        let is_over = self.ending.is_some_and(|since| since + PATIENCE <= self.now);
        let is_asked = matches!(self.errand, Some((Errand::Leave, _))) && !self.saving.is_open();
        if is_over || ((is_asked || self.ending.is_some()) && !self.is_owed()) {
            self.effects.push(Effect::Quit);
        }
    }
}
