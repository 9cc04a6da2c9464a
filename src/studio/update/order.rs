//! From the key press to the request that may leave. Nothing leaves that is not in the journal.

use std::collections::{BTreeMap, BTreeSet};

use jiff::SignedDuration;

use crate::library::Record;
use crate::song::{Failure, FailureClass, Job, JobId, JobState, Request, SongId};
use crate::studio::pending::{Sure, Ticket};
use crate::studio::{Effect, Model, Overlay, Redraw, Tone, literal};

/// A key that is held down must not order the same song again and again.
const SAME_AGAIN: SignedDuration = SignedDuration::from_secs(2);
/// The same song within this time is probably not meant to be paid twice.
const UNCHANGED: SignedDuration = SignedDuration::from_secs(60);

impl Model {
    pub(super) fn generate(&mut self) {
        let Some(profile) = self.profile() else {
            return self.say(
                Tone::Bad,
                "This song's gateway is not in the configuration any more; choose another in the Song pane",
            );
        };
        let is_free = profile.offer.is_free();
        if let Some(finding) = self.first_blocking().cloned() {
            self.go_to(&finding);
            return self.say(Tone::Warning, finding.message);
        }
        let Some(request) = self.request() else { return };
        if self.asks && !self.is_worth_sending(&request, is_free) {
            return;
        }
        self.touch();
        self.save_now();
        self.order(self.desk.song, request);
    }

    /// What the song on the desk would be sent as; none where its profile is gone.
    pub fn request(&self) -> Option<Request> {
        let profile = self.profile()?;
        let mut request = Request::freeze(&self.desk.draft(), 0);
        request.params.profile.clone_from(&profile.name);
        self.model_name().clone_into(&mut request.params.model);
        // A name of ours is cut to fit; a title of the writer's never is.
        if self.desk.title.is_empty() {
            let limits = profile.offer.limits(&request.params.model);
            let longest = limits.title.unwrap_or(48).min(48);
            request.params.title = request.params.title.chars().take(longest).collect();
        }
        Some(request)
    }

    /// Whether this very request went out a moment ago: a key that is held down never gets old
    /// enough.
    fn is_held_down(&mut self, request: &Request) -> bool {
        let last = self.last_request.as_ref().filter(|(last, _)| last == request);
        let is_held = last.is_some_and(|(_, at)| self.now.duration_since(*at) < SAME_AGAIN);
        if is_held {
            self.last_request = Some((request.clone(), self.now));
            let text = "Already in the queue; ask again in a moment for another pair";
            self.say(Tone::Plain, text);
        }
        is_held
    }

    /// Asks once more where money might be spent by mistake.
    fn is_worth_sending(&mut self, request: &Request, is_free: bool) -> bool {
        if is_free {
            return !self.is_held_down(request);
        }
        let last = self.last_request.as_ref().filter(|(last, _)| last == request);
        let since = last.map(|(_, at)| self.now.duration_since(*at));
        let unchanged = since.filter(|since| *since < UNCHANGED).map(|since| {
            let seconds = since.as_secs();
            format!(
                "This very song was sent {seconds} s ago; {{generate}} again pays for another pair"
            )
        });
        let warning = self.first_warning().cloned();
        let found = warning
            .as_ref()
            .map(|finding| format!("{}; {{generate}} again sends it as it is", finding.message));
        let Some(doubt) = unchanged.or(found) else { return true };
        let is_sure = self.is_sure(Sure::Generate(Box::new(request.clone())), doubt.clone());
        if let Some(finding) = warning.filter(|_| !is_sure) {
            self.go_to(&finding);
            self.say(Tone::Warning, doubt);
        }
        is_sure
    }

    /// Puts a request into the queue and the journal. It starts when the journal has it.
    pub(super) fn order(&mut self, song: SongId, mut request: Request) {
        let Some(profile) = self.profiles.iter().find(|p| p.name == request.params.profile) else {
            let text = format!(
                "The profile {} is not in the configuration any more; generate with another",
                literal(&request.params.profile)
            );
            return self.say(Tone::Bad, text);
        };
        let (gateway, offer) = (profile.gateway.clone(), profile.offer.clone());
        let calls_back = profile.calls_back;
        let id = self.queue.next_id();
        request.seed = 0;
        self.last_request = Some((request.clone(), self.now));
        request.seed = self.dice.seed();
        let version = self.queue.versions(song) + 1;
        let title = literal(&request.params.title);
        let price = if offer.is_free() {
            String::new()
        } else {
            format!(" ({})", literal(offer.price(&request.params.model)))
        };
        let mut job = Job::new(id, song, version, gateway, request, self.now);
        job.idempotency_key = offer.dialect.is_idempotent().then(|| self.dice.name());
        job.callback_token = calls_back.then(|| self.dice.name());
        // What was asked for in the window on another job is seen in the queue; a key that is held
        // down there does not order it again.
        if matches!(self.overlay, Some(Overlay::Job(_))) {
            self.dismiss();
        }
        self.queue.add(job.clone());
        self.record(Ticket::Intent(id), Record::Job(job));
        self.say(Tone::Plain, format!("{title} is in the queue{price}"));
        self.mark(Redraw::QUEUE | Redraw::HEADER);
    }

    /// The journal answers about a job that is to begin, or to be sent.
    pub(super) fn intent_written(&mut self, id: JobId, result: Result<(), String>) {
        let is_to_begin = self.queue.get(id).is_some_and(|job| job.state == JobState::Waiting);
        match result {
            Ok(()) => self.start_next(),
            // It was cancelled meanwhile.
            Err(_) if !is_to_begin => {}
            Err(why) => {
                let failure = Failure::new(
                    FailureClass::Storage,
                    format!("Nothing was sent, because the journal did not take it: {why}"),
                    "Make room or fix the folder, then {retry-job} on the job",
                );
                self.say(Tone::Bad, failure.message.clone());
                self.end(id, JobState::Failed { at: self.now, failure });
            }
        }
    }

    /// Starts what waits, as far as its gateway takes jobs at once, in the order in which it was
    /// asked for.
    pub(in crate::studio) fn start_next(&mut self) {
        if !self.is_leaving() {
            for (id, is_built_in) in self.next_to_start() {
                self.begin(id, is_built_in);
            }
        }
    }

    /// What may begin now, and whether on this machine.
    fn next_to_start(&self) -> Vec<(JobId, bool)> {
        let mut next = Vec::new();
        let mut waiting = self.queue.waiting().filter(|job| job.id >= self.own).peekable();
        if waiting.peek().is_none() {
            return next;
        }
        let mut busy: BTreeMap<&str, usize> = BTreeMap::new();
        // What another run left is nobody's work now.
        for job in self.queue.running().filter(|job| job.id >= self.own) {
            // What is fetched from elsewhere does not keep the gateway busy.
            if !matches!(job.state, JobState::Fetching { .. }) {
                *busy.entry(&job.request.params.profile).or_default() += 1;
            }
        }
        let intents: BTreeSet<JobId> = self
            .tickets
            .values()
            .filter_map(|(ticket, _)| match ticket {
                Ticket::Intent(id) => Some(*id),
                _ => None,
            })
            .collect();
        for job in waiting {
            // Without its profile it waits: it may be put back.
            let Some(offer) = self.gateway_of(job) else { continue };
            let busy = busy.entry(&job.request.params.profile).or_default();
            if self.watch.is_held(job.id, self.now) {
                // Turned away for now: those behind it would be as well.
                *busy = usize::MAX;
            }
            if *busy < offer.parallel && !intents.contains(&job.id) {
                *busy += 1;
                next.push((job.id, offer.dialect.is_built_in()));
            }
        }
        next
    }

    fn begin(&mut self, id: JobId, is_built_in: bool) {
        let since = self.now;
        // It is begun now; what it was to wait for is over.
        if self.watch.turn(id).is_some() {
            self.watch.pause(id);
        }
        if is_built_in {
            self.change(id, JobState::Running { since }, Ticket::Other);
            let job = self.queue.get(id).cloned().map(Box::new);
            self.effects.extend(job.map(Effect::Start));
        } else {
            self.change(id, JobState::Sending { since }, Ticket::Sending(id));
        }
    }
}
