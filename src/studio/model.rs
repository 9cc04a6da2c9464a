//! Everything the studio knows.

use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;

use super::dice::Dice;
use super::media::Now;
use super::notice::{Notice, Tone};
use super::opening::{Opening, Profile};
use super::pane::Pane;
use super::pending::{Errand, Sure, Ticket};
use super::{
    Desk, Effect, Finding, Listening, Overlay, Queue, Redraw, Saving, Scope, Sizes, Takes, Watch,
    check,
};
use crate::gateway::Gateway;
use crate::library::{Contents, Record, SongEntry};
use crate::player;
use crate::song::{Draft, Exchange, Job, JobId, Request, SongId, TakeId};

/// How long the disk may take before the user is asked what to do.
pub(super) const PATIENCE: SignedDuration = SignedDuration::from_secs(3);
/// How long a gateway may take with an order when the program must end.
const ORDER: SignedDuration = SignedDuration::from_secs(10);

/// What is known of the player.
#[derive(Clone, Debug)]
pub struct Deck {
    /// What it last told.
    pub status: player::Status,
    /// What it plays on.
    pub device: player::Device,
    /// What the system's own controls show of it.
    pub media: Option<Now>,
    /// What that was made from.
    pub(super) glance: Option<super::media::Glance>,
}

/// The whole state of the studio.
pub struct Model {
    /// The moment of the last event.
    pub now: Timestamp,
    /// The moment that the screen shows: it goes on in steps.
    pub shown: Timestamp,
    /// The pane that has the keys.
    pub focus: Pane,
    /// The song under the writer's hands.
    pub desk: Desk,
    /// The jobs.
    pub queue: Queue,
    /// The recordings.
    pub takes: Takes,
    /// The player.
    pub deck: Deck,
    /// All songs.
    pub songs: Vec<SongEntry>,
    /// The window on top.
    pub overlay: Option<Overlay>,
    /// What just happened.
    pub notice: Notice,
    /// Whether the words are safe.
    pub saving: Saving,
    /// The ways to gateways.
    pub profiles: Vec<Profile>,
    /// When each job is asked about next.
    pub watch: Watch,
    /// What was last heard of the accounts, by profile.
    pub balances: BTreeMap<String, String>,
    /// The story of the job in the window on top, once it is read.
    pub story: Option<(JobId, Vec<Exchange>)>,
    /// The job whose story is written to a file once it is read.
    pub(super) claim: Option<JobId>,
    /// How the user listens.
    pub listening: Listening,
    /// Percent.
    pub volume: u8,
    /// Whether things may move that need not.
    pub motion: bool,
    /// What is wrong or odd about the song on the desk, the most important first.
    pub findings: Vec<Finding>,
    /// The name of the song on the desk: its title, or the words that stand for it.
    pub name: String,
    pub(super) profile: String,
    pub(super) next_song: SongId,
    /// Jobs below this are somebody else's to go on with.
    pub(super) own: JobId,
    /// Whether somebody is there to be asked once more.
    pub(super) asks: bool,
    pub(super) dice: Dice,
    /// What must be asked for once more, and when it was asked for.
    pub(super) sure: Option<(Sure, Timestamp)>,
    /// The profile whose account the user asked for.
    pub(super) asked_balance: Option<String>,
    /// Since when the program is ending without being asked.
    pub(super) ending: Option<Timestamp>,
    pub(super) sizes: Sizes,
    /// What is on its way to the journal.
    pub(super) tickets: BTreeMap<u64, (Ticket, Option<Record>)>,
    pub(super) next_ticket: u64,
    pub(super) last_request: Option<(Request, Timestamp)>,
    /// What was last cut or copied.
    pub(super) clipboard: String,
    /// What waits for the words on the desk to be safe, and since when.
    pub(super) errand: Option<(Errand, Timestamp)>,
    /// The song that was asked for last.
    pub(super) opening: Option<SongId>,
    /// What the journal refused, to be tried again.
    pub(super) refused: Vec<(Ticket, Record)>,
    pub(super) retry_at: Option<Timestamp>,
    pub(super) effects: Vec<Effect>,
    redraw: Redraw,
}

impl Model {
    /// Opens the studio. The effects take up the work that an earlier run left.
    pub fn new(opening: Opening) -> (Self, Vec<Effect>) {
        let Opening { contents, profiles, profile, volume, motion, take_up, asks, chance, now } =
            opening;
        let Contents {
            draft,
            songs,
            jobs,
            takes,
            remarks,
            settings,
            next_song,
            next_job,
            unreadable,
        } = contents;
        let mut model = Self {
            now,
            shown: now,
            focus: Pane::Lyrics,
            desk: Desk::new(&draft),
            queue: Queue::new(jobs, next_job),
            takes: Takes::new(takes, remarks),
            deck: Deck {
                status: player::Status { volume, ..player::Status::default() },
                device: player::Device::Unopened,
                media: None,
                glance: None,
            },
            songs,
            overlay: None,
            notice: Notice::default(),
            saving: Saving::default(),
            profiles,
            watch: Watch::default(),
            balances: BTreeMap::new(),
            story: None,
            claim: None,
            volume,
            listening: Listening {
                pictures: settings.pictures,
                as_delivered: settings.as_delivered,
                ..Listening::default()
            },
            motion,
            findings: Vec::new(),
            name: String::new(),
            profile,
            next_song,
            own: if take_up { JobId(0) } else { next_job },
            asks,
            dice: Dice::new(chance),
            sure: None,
            asked_balance: None,
            ending: None,
            sizes: Sizes::default(),
            tickets: BTreeMap::new(),
            next_ticket: 0,
            last_request: None,
            clipboard: String::new(),
            errand: None,
            opening: None,
            refused: Vec::new(),
            retry_at: None,
            effects: Vec::new(),
            redraw: Redraw::ALL,
        };
        if let Some(first) = unreadable.first() {
            let count = unreadable.len();
            model.say(
                Tone::Warning,
                format!("{count} things in the library cannot be read: {first}"),
            );
        }
        model.send(player::Command::Volume(volume));
        model.take_up_listening();
        model.look_over();
        if take_up {
            model.take_up();
        }
        let effects = std::mem::take(&mut model.effects);
        (model, effects)
    }

    /// Finds out what the song on the desk is called and what keeps it from leaving.
    pub(super) fn look_over(&mut self) {
        // The Song pane tells what keeps the song from leaving; it is drawn when that changes.
        let findings = self.gateway().map(|gateway| check(&self.desk, gateway, self.model_name()));
        let findings = findings.unwrap_or_default();
        if findings != self.findings {
            self.findings = findings;
            self.mark(Redraw::SONG);
        }
        let name = self.desk.name();
        if name != self.name {
            self.name = name.to_owned();
            self.mark(Redraw::HEADER);
        }
    }

    /// The profile of the song on the desk: the one it names, or the configuration's own where it
    /// names none. A song is never sent elsewhere because its profile is gone.
    pub fn profile(&self) -> Option<&Profile> {
        let named = match self.desk.choices().profile.as_str() {
            "" => self.profile.as_str(),
            name => name,
        };
        self.profiles.iter().find(|profile| profile.name == named)
    }

    /// The gateway of the song on the desk.
    pub fn gateway(&self) -> Option<&Gateway> {
        Some(&self.profile()?.offer)
    }

    /// The way to a job's gateway; none where its profile is gone or leads elsewhere by now.
    pub fn way_of(&self, job: &Job) -> Option<&Profile> {
        let name = &job.request.params.profile;
        let profile = self.profiles.iter().find(|profile| profile.name == *name)?;
        (profile.gateway == job.gateway).then_some(profile)
    }

    /// The gateway of a job.
    pub fn gateway_of(&self, job: &Job) -> Option<&Gateway> {
        Some(&self.way_of(job)?.offer)
    }

    /// The model of the song on the desk: the chosen one, the profile's, the gateway's first.
    pub fn model_name(&self) -> &str {
        let chosen = self.desk.choices().model.as_str();
        if !chosen.is_empty() {
            return chosen;
        }
        let preset = self.profile().and_then(|profile| profile.model.as_deref());
        let first = || self.gateway().and_then(|gateway| gateway.models.first());
        preset.or_else(|| first().map(String::as_str)).unwrap_or_default()
    }

    /// The take in the player.
    pub fn playing(&self) -> Option<TakeId> {
        self.deck.status.take
    }

    /// Where keys are heard now, the nearest first.
    pub fn scopes(&self) -> &'static [Scope] {
        use Scope::{Anywhere, Control, List, Overlay, Queue, Song, Takes, Text};
        match &self.overlay {
            // A held key must not answer the question before a loss.
            Some(crate::studio::Overlay::Unsaved(_)) => return &[Overlay],
            Some(crate::studio::Overlay::Job(_)) => return &[Overlay, Queue, List, Anywhere],
            Some(crate::studio::Overlay::Take(_)) => return &[Overlay, Takes, List, Anywhere],
            Some(crate::studio::Overlay::Ask(_)) => return &[Overlay, Text, Anywhere],
            Some(crate::studio::Overlay::Help(_)) => return &[Overlay, List, Anywhere],
            Some(_) => return &[Overlay, Anywhere],
            None => {}
        }
        match self.focus {
            Pane::Lyrics => &[Text, Anywhere],
            Pane::Song if self.desk.field.is_text() => &[Song, Text, Anywhere],
            Pane::Song => &[Control, Song, Anywhere],
            Pane::Queue => &[Queue, List, Anywhere],
            Pane::Takes => &[Takes, List, Anywhere],
        }
    }

    /// Whether a typed character goes into a text.
    pub fn is_typing(&self) -> bool {
        match &self.overlay {
            Some(Overlay::Pick(_) | Overlay::Ask(_)) => true,
            Some(_) => false,
            None => match self.focus {
                Pane::Lyrics => true,
                Pane::Song => self.desk.field.is_text(),
                Pane::Queue | Pane::Takes => false,
            },
        }
    }

    /// When the studio wants to be woken, if nothing happens before. `None` while nothing moves
    /// and nothing is due.
    pub fn next_wake(&self) -> Option<Timestamp> {
        let clock = self.is_counting().then(|| {
            // A step of the turning mark, or the next second of the elapsed time.
            let step = self.step();
            let now = self.now.as_millisecond();
            Timestamp::from_millisecond(now - now.rem_euclid(step) + step).unwrap_or(self.now)
        });
        // Who only waits for others to leave waits for their answers, not for a moment.
        let errand = self.errand.as_ref().filter(|_| self.saving.is_open());
        let answer = errand.map(|(_, since)| *since + PATIENCE);
        let end = self.ending.map(|since| since + self.patience());
        let due = self.watch.next().filter(|_| !self.is_leaving());
        let due = [self.saving.due(), clock, answer, end, self.retry_at, due, self.lapses()];
        due.into_iter().flatten().min()
    }

    /// How long is waited for what is owed when the program must end.
    pub(super) fn patience(&self) -> SignedDuration {
        if self.watch.creates() > 0 { ORDER } else { PATIENCE }
    }

    /// Whether time shows: something is at work, or waits for its moment.
    pub(super) fn is_counting(&self) -> bool {
        let newest = self.queue.running().next_back();
        newest.is_some_and(|job| job.id >= self.own) || self.watch.next().is_some()
    }

    /// Milliseconds between two pictures of something at work.
    pub(super) fn step(&self) -> i64 {
        if self.motion { 250 } else { 1000 }
    }

    /// Whether the journal has everything, or has refused it.
    pub fn is_settled(&self) -> bool {
        self.tickets.is_empty()
    }

    /// The song on the desk as a plain text for people.
    pub fn sheet(&self) -> String {
        let Draft { params, lyrics, description, .. } = self.desk.draft();
        let parts = [
            ("Title", params.title),
            ("Style", params.style),
            ("Avoid", params.avoid),
            ("Description", description),
            ("Lyrics", lyrics),
        ];
        let written = parts.iter().filter(|(_, text)| !text.is_empty());
        written.map(|(name, text)| format!("{name}:\n{text}\n")).collect::<Vec<_>>().join("\n")
    }

    /// Takes the set of parts of the screen that changed since the last call.
    pub fn take_redraw(&mut self) -> Redraw {
        std::mem::take(&mut self.redraw)
    }

    pub(super) fn mark(&mut self, parts: Redraw) {
        self.redraw |= parts;
        // The window on a job tells where it stands, as the queue does.
        if parts.has(Redraw::QUEUE) && self.is_reading() {
            self.redraw |= Redraw::OVERLAY;
        }
    }

    pub(super) fn say(&mut self, tone: Tone, text: impl Into<String>) {
        let text = crate::song::clean_line(&text.into());
        self.notice = Notice { text, tone, at: self.now };
        self.mark(Redraw::FOOTER);
    }

    pub(super) fn send(&mut self, command: player::Command) {
        self.effects.push(Effect::Player(command));
    }
}
