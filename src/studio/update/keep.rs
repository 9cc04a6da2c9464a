//! Keeping what was written: the draft as it is typed, and what the journal answers.

use jiff::SignedDuration;

use crate::library::{Record, Reply, SongEntry};
use crate::song::{Draft, Job, JobState, Take};
use crate::studio::pending::{Errand, Ticket};
use crate::studio::{Effect, Model, Redraw, Saved, Tone, literal};

/// What the journal refused is tried again this much later.
const RETRY: SignedDuration = SignedDuration::from_secs(5);
/// Who has little time left tries sooner.
const RETRY_ENDING: SignedDuration = SignedDuration::from_secs(1);

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

    pub(super) fn send_draft(&mut self) {
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
                self.say(Tone::Bad, self.behind(ticket, &why));
                self.refused.push((ticket, record));
                let wait = if self.ending.is_some() { RETRY_ENDING } else { RETRY };
                self.retry_at = Some(self.now + wait);
            }
            _ => {}
        }
    }

    /// What the journal does not have yet. A task that was paid for is named, so that it can be
    /// found again at the gateway whatever happens here.
    fn behind(&self, ticket: Ticket, why: &str) -> String {
        let task = match ticket {
            Ticket::Task(id) => self.queue.get(id).and_then(|job| job.receipt.task.as_deref()),
            _ => None,
        };
        match (ticket, task) {
            (Ticket::Task(id), Some(task)) => format!(
                "Job {id} is the task {} at its gateway; note that down, for the journal is behind \
                 and tries again: {why}",
                literal(task)
            ),
            _ => format!("The journal is behind and tries again: {why}"),
        }
    }

    fn draft_written(&mut self, refusal: Option<&String>, before: &Saved) {
        match (refusal, self.errand.take()) {
            // Something was typed while it was on its way.
            (None, Some((errand, _))) => self.when_saved(errand),
            (Some(why), Some((Errand::Leave, _))) => self.cannot_leave(why.clone()),
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
            self.retry_refused();
        }
    }

    pub(super) fn retry_refused(&mut self) {
        self.retry_at = None;
        for (ticket, record) in std::mem::take(&mut self.refused) {
            let record = self.as_it_is_now(record);
            self.record(ticket, record);
        }
    }

    /// What was refused may be old by now; an old state must not come after a new one.
    fn as_it_is_now(&self, record: Record) -> Record {
        match record {
            Record::Job(old) => self.job_as_it_is(old, Vec::new()),
            Record::Takes { job: old, takes } => self.job_as_it_is(old, takes),
            Record::OnDesk(_) => Record::OnDesk(self.desk.song),
            Record::Settings(_) => Record::Settings(self.settings()),
            Record::Take(old) => Record::Take(self.takes.get(old.id).cloned().unwrap_or(old)),
            Record::Remarks { take, remarks } => {
                let now = self.takes.remarks(take).cloned();
                Record::Remarks { take, remarks: now.unwrap_or(remarks) }
            }
            Record::Draft { .. } | Record::Exchange { .. } => record,
        }
    }

    /// A job that is done by now is not so in the journal without all of its takes.
    fn job_as_it_is(&self, old: Job, mut takes: Vec<Take>) -> Record {
        let job = self.queue.get(old.id).cloned().unwrap_or(old);
        if matches!(job.state, JobState::Done { .. }) {
            takes = self.takes.of(job.id).cloned().collect();
        }
        if takes.is_empty() { Record::Job(job) } else { Record::Takes { job, takes } }
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
}
