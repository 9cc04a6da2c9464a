//! From the key press to the takes.

use std::hash::{DefaultHasher, Hash, Hasher};

use jiff::SignedDuration;

use crate::library::Record;
use crate::player::{Command, State};
use crate::song::{Failure, FailureClass, Job, JobId, JobState, Request, SongId, Take};
use crate::studio::model::Ticket;
use crate::studio::{Effect, JobNews, Model, Overlay, Pane, Queue, Redraw, Tone, check, literal};

/// A key that is held down must not order the same song again and again.
const SAME_AGAIN: SignedDuration = SignedDuration::from_secs(2);

impl Model {
    pub(super) fn generate(&mut self) {
        let Some(gateway) = self.gateway() else {
            return self.say(Tone::Bad, "This song's gateway is not in the configuration any more; choose another in the Song pane");
        };
        if let Some(finding) = check(&self.desk, gateway) {
            match finding.field {
                Some(field) => {
                    self.focus(Pane::Song);
                    self.set_field(field);
                }
                None => self.focus(Pane::Lyrics),
            }
            return self.say(Tone::Warning, finding.message);
        }
        let longest_title = gateway.limits.title;
        let draft = self.desk.draft();
        let mut request = Request::freeze(&draft, 0);
        request.params.profile = self.profile().map(|p| p.name.clone()).unwrap_or_default();
        self.model_name().clone_into(&mut request.params.model);
        // A name of ours is cut to fit; a title of the writer's never is.
        if self.desk.title.is_empty() {
            request.params.title =
                request.params.title.chars().take(longest_title.min(48)).collect();
        }
        if let Some((last, at)) = &self.last_request
            && *last == request
            && self.now.duration_since(*at) < SAME_AGAIN
        {
            // Held down it never gets old enough.
            self.last_request = Some((request, self.now));
            return self
                .say(Tone::Plain, "Already in the queue; ask again in a moment for another pair");
        }
        self.last_request = Some((request.clone(), self.now));
        self.touch();
        self.save_now();
        self.order(self.desk.song, request);
    }

    /// Puts a request into the queue and the journal. It starts when the journal has it.
    fn order(&mut self, song: SongId, mut request: Request) {
        let id = self.queue.next_id();
        request.seed = seed(id, self.now.as_nanosecond());
        let version = self.queue.versions(song) + 1;
        let job = Job { id, song, version, request, created: self.now, state: JobState::Waiting };
        self.say(Tone::Plain, format!("{} is in the queue", literal(&job.request.params.title)));
        self.record(Ticket::Intent(id), Record::Job(job.clone()));
        self.queue.add(job);
        self.mark(Redraw::QUEUE | Redraw::HEADER);
    }

    pub(super) fn intent_written(&mut self, id: JobId, result: Result<(), String>) {
        let is_waiting = self.queue.get(id).is_some_and(|job| job.state == JobState::Waiting);
        match result {
            Ok(()) => self.start_next(),
            // It was cancelled meanwhile.
            Err(_) if !is_waiting => {}
            Err(message) => {
                let failure = Failure {
                    class: FailureClass::Storage,
                    message: format!(
                        "Nothing was sent, because the journal did not take it: {message}"
                    ),
                    advice: "Make room or fix the folder, then {retry-job} on the job".into(),
                };
                self.say(Tone::Bad, failure.message.clone());
                self.queue.set(id, JobState::Failed { at: self.now, failure });
                self.mark(Redraw::QUEUE | Redraw::HEADER);
            }
        }
    }

    /// Starts what waits, as far as its gateway takes jobs at once. Nothing starts that is not in
    /// the journal.
    pub(in crate::studio) fn start_next(&mut self) {
        let ready: Vec<JobId> = self.queue.waiting().map(|job| job.id).collect();
        for id in ready {
            let Some(job) = self.queue.get(id) else { continue };
            let profile = job.request.params.profile.clone();
            let Some(gateway) = self.gateway_of(&profile) else {
                let failure = Failure {
                    class: FailureClass::Invalid,
                    message: format!("The profile {profile} is not in the configuration any more"),
                    advice: "Put it back, or generate the song with another gateway".into(),
                };
                self.end(id, JobState::Failed { at: self.now, failure });
                continue;
            };
            let parallel = gateway.parallel;
            let busy =
                self.queue.running().filter(|job| job.request.params.profile == profile).count();
            if busy < parallel && !self.awaits_intent(id) {
                let running = JobState::Running { since: self.now };
                if let Some(job) = self.queue.set(id, running).cloned() {
                    self.record(Ticket::Other, Record::Job(job.clone()));
                    self.effects.push(Effect::Start(Box::new(job)));
                }
            }
        }
        self.mark(Redraw::QUEUE | Redraw::HEADER);
    }

    pub(super) fn job_news(&mut self, id: JobId, news: JobNews) {
        if self.queue.get(id).is_none_or(|job| job.state.is_ended()) {
            return;
        }
        let at = self.now;
        match news {
            JobNews::Progress(done) => {
                self.queue.measure(id, done);
                self.mark(Redraw::QUEUE);
                return;
            }
            JobNews::Done(takes) => self.done(id, takes),
            JobNews::Failed(failure) => {
                self.say(
                    Tone::Bad,
                    format!("Job {id}: {}. {}", literal(&failure.message), failure.advice),
                );
                self.end(id, JobState::Failed { at, failure });
            }
            JobNews::Cancelled => self.end(id, JobState::Cancelled { at }),
        }
        self.start_next();
    }

    fn done(&mut self, id: JobId, takes: Vec<Take>) {
        let since = match self.queue.get(id).map(|job| &job.state) {
            Some(JobState::Running { since }) => *since,
            _ => self.now,
        };
        let state = JobState::Done { since, at: self.now };
        let Some(job) = self.queue.set(id, state).cloned() else { return };
        let took = Queue::elapsed(&job, self.now).unwrap_or_default().as_secs_f32();
        let s = if takes.len() == 1 { "" } else { "s" };
        let is_free =
            !matches!(self.deck.status.state, State::Playing | State::Paused | State::Loading);
        let next = if is_free && self.focus != Pane::Takes {
            "; {play-pause} plays the first"
        } else {
            "; {takes} goes to the takes"
        };
        self.say(Tone::Good, format!("{} take{s} in {took:.1} s{next}", takes.len()));
        let record = Record::Takes { job: job.clone(), takes: takes.clone() };
        self.record(Ticket::Other, record);
        let first = takes.first().cloned();
        self.takes.add(takes);
        // Nobody's ears or hands are disturbed: what plays goes on, a browsed list stays put.
        if let Some(first) = first {
            if self.focus != Pane::Takes {
                self.takes.select(first.id);
            }
            if is_free {
                self.send(Command::Open { take: first.id, path: first.audio, play: false });
            }
        }
        self.mark(Redraw::TAKES | Redraw::QUEUE | Redraw::HEADER | Redraw::PLAYER);
    }

    /// A job ends without takes.
    fn end(&mut self, id: JobId, state: JobState) {
        if let Some(job) = self.queue.set(id, state).cloned() {
            self.record(Ticket::Other, Record::Job(job));
        }
        self.mark(Redraw::QUEUE | Redraw::HEADER);
        if matches!(self.overlay, Some(Overlay::Job(shown, _)) if shown == id) {
            self.mark(Redraw::OVERLAY);
        }
    }

    pub(super) fn cancel_job(&mut self) {
        let Some(job) = self.queue.selected() else {
            return self.say(Tone::Plain, "There is no job to cancel");
        };
        let id = job.id;
        match job.state {
            JobState::Waiting => {
                self.end(id, JobState::Cancelled { at: self.now });
                self.say(Tone::Plain, format!("Job {id} is cancelled; nothing was sent"));
            }
            JobState::Running { .. } => {
                self.effects.push(Effect::Cancel(id));
                self.say(Tone::Plain, format!("Stopping job {id}"));
            }
            _ => self.say(Tone::Plain, format!("Job {id} is over: {}", job.state.word())),
        }
    }

    pub(super) fn retry_job(&mut self) {
        let Some(job) = self.queue.selected() else {
            return self.say(Tone::Plain, "There is no job to try again");
        };
        match job.state {
            JobState::Failed { .. } | JobState::Cancelled { .. } => {
                let (song, request) = (job.song, job.request.clone());
                self.order(song, request);
            }
            _ => {
                let text = format!(
                    "Job {} is {}; only what failed can be tried again",
                    job.id,
                    job.state.word()
                );
                self.say(Tone::Plain, text);
            }
        }
    }
}

/// Where a job's chance starts. Not a secret: it only has to differ from job to job.
fn seed(id: JobId, nanosecond: i128) -> u64 {
    let mut hasher = DefaultHasher::new();
    (id, nanosecond).hash(&mut hasher);
    // Numbers that every JSON reader keeps exactly.
    hasher.finish() >> 11
}
