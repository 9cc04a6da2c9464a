//! What jobs tell: progress, takes, failures.

use crate::library::Record;
use crate::player::{Command, State};
use crate::song::{Exchange, JobId, JobState, Take, TakeId};
use crate::studio::pending::Ticket;
use crate::studio::{JobNews, Model, Pane, Queue, Redraw, Tone, literal};

impl Model {
    pub(super) fn job_news(&mut self, id: JobId, news: JobNews) {
        let Some(job) = self.queue.get(id) else { return };
        let is_at_rest = job.state.is_at_rest();
        let at = self.now;
        match news {
            JobNews::Progress(done) => {
                self.queue.measure(id, done);
                self.mark(Redraw::QUEUE);
                return;
            }
            JobNews::Created(created) => self.created(id, *created),
            JobNews::Polled(polled) => self.polled(id, *polled),
            JobNews::Arriving(label) => return self.arriving(id, label),
            JobNews::Fetched(take) => return self.fetched(id, *take),
            JobNews::FetchEnded(result) => self.fetch_ended(id, result),
            // What the built-in engine says too late.
            JobNews::Done(_) | JobNews::Failed(_) | JobNews::Cancelled if is_at_rest => return,
            JobNews::Done(takes) => self.done(id, takes),
            JobNews::Failed(failure) => self.fail(id, failure),
            JobNews::Cancelled => self.end(id, JobState::Cancelled { at }),
        }
        if self.queue.get(id).is_some_and(|job| !matches!(job.state, JobState::Running { .. })) {
            self.start_next();
        }
    }

    /// All takes of a job are there; `takes` are those that came with the news.
    pub(super) fn done(&mut self, id: JobId, takes: Vec<Take>) {
        let Some(since) = self.queue.get(id).and_then(|job| job.state.since()) else { return };
        let state = JobState::Done { since, at: self.now };
        let Some(job) = self.queue.set(id, state).cloned() else { return };
        self.watch.forget(id);
        let is_free = self.is_player_free();
        self.show_takes(takes);
        self.stop_arriving(id);
        // All of them once more: the journal may have refused one that came by itself.
        let takes: Vec<Take> = self.takes.of(id).cloned().collect();
        let count = takes.len();
        self.record(Ticket::Done(id), Record::Takes { job: job.clone(), takes });
        let took = Queue::elapsed(&job, self.now).unwrap_or_default().as_secs_f32();
        let s = if count == 1 { "" } else { "s" };
        let next = if is_free && self.focus != Pane::Takes {
            "; {play-pause} plays the first"
        } else {
            "; {takes} goes to the takes"
        };
        if count == 1 && job.receipt.task.is_some() {
            let text = "1 take came, where two are usual; {retry-job} on the job asks once more";
            self.say(Tone::Warning, text);
        } else {
            self.say(Tone::Good, format!("{count} take{s} in {took:.1} s{next}"));
        }
        self.mark(Redraw::QUEUE | Redraw::HEADER);
        self.mark_story(id);
    }

    pub(super) fn is_player_free(&self) -> bool {
        use State::{Buffering, Loading, Paused, Playing};
        let is_used = matches!(self.deck.status.state, Playing | Paused | Loading | Buffering);
        !is_used && self.listening.blind.is_none()
    }

    /// Nobody's ears or hands are disturbed: what plays goes on, a browsed list stays put.
    pub(super) fn show_takes(&mut self, takes: Vec<Take>) {
        let first = takes.first().cloned();
        let ids: Vec<_> = takes.iter().map(|take| take.id).collect();
        self.takes.add(takes);
        for id in &ids {
            self.listening.growing.remove(id);
            self.tell_take(*id);
        }
        if let Some(first) = first {
            // The first of a pair is the one to begin with, whichever came first.
            let is_first =
                self.takes.of(first.job()).next().is_some_and(|take| take.id == first.id);
            if self.focus != Pane::Takes && is_first {
                self.takes.select(first.id);
            }
            // What was heard while it came goes on; it is in the player already.
            if self.is_player_free() && is_first && self.playing() != Some(first.id) {
                self.open_take(first.id, false);
            }
            self.join(first.id);
        }
        self.make_whole(&ids);
        self.mark(Redraw::TAKES | Redraw::HEADER | Redraw::PLAYER);
    }

    /// The take in the player broke off, and now it came whole: that is what is played from then
    /// on. Where the broken one still plays, nobody's ears are disturbed.
    fn make_whole(&mut self, come: &[TakeId]) {
        use State::{Ended, Paused, Stopped};
        let (position, state) = (self.deck.status.position, self.deck.status.state);
        let is_at_rest = matches!(state, Paused | Stopped | Ended);
        let heard = self.playing().filter(|take| come.contains(take));
        if let Some(take) = heard.filter(|_| self.deck.status.broken && is_at_rest) {
            self.open_take(take, false);
            if state == Paused {
                self.send(Command::SeekTo(position));
            }
        }
    }

    /// The other of a pair comes after the one that waits in the player: they are put together.
    fn join(&mut self, come: TakeId) {
        let status = &self.deck.status;
        let is_alone = status.rival.is_none() && status.state == State::Stopped;
        let waits = self.playing().filter(|take| take.job == come.job && *take != come);
        if let Some(take) = waits.filter(|_| is_alone && self.is_player_free()) {
            self.open_take(take, false);
        }
    }

    pub(super) fn fail(&mut self, id: JobId, failure: crate::song::Failure) {
        let said = format!("Job {id}: {}. {}", literal(&failure.message), failure.advice);
        self.say(Tone::Bad, said);
        self.end(id, JobState::Failed { at: self.now, failure });
    }

    /// A job comes to rest without being done.
    pub(super) fn end(&mut self, id: JobId, state: JobState) {
        self.watch.forget(id);
        self.change(id, state, Ticket::Other);
    }

    /// Changes where a job stands, here and in the journal.
    pub(super) fn change(&mut self, id: JobId, state: JobState, ticket: Ticket) {
        if let Some(job) = self.queue.set(id, state).cloned() {
            self.record(ticket, Record::Job(job));
        }
        // Addresses that are asked for anew lead to the same takes.
        if self.queue.get(id).is_some_and(|job| job.state.is_at_rest()) {
            self.stop_arriving(id);
        }
        self.mark(Redraw::QUEUE | Redraw::HEADER);
        self.mark_story(id);
    }

    /// A word of a job's story goes to the journal, and onto the screen if it is read there.
    pub(super) fn exchanged(&mut self, id: JobId, exchange: Exchange) {
        if let Some((shown, story)) = &mut self.story
            && *shown == id
        {
            story.push(exchange.clone());
        }
        self.record(Ticket::Other, Record::Exchange { job: id, exchange });
        self.read_on(id);
        self.mark_story(id);
    }
}
