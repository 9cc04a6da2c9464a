//! What is outside the studio: a library that is real, and a record of all that was wanted.

use std::collections::VecDeque;

use refrain::library::{Library, Record, Reply, WriteError};
use refrain::player::{Command, Player};
use refrain::runtime::Outside;
use refrain::song::JobId;
use refrain::studio::{Effect, Event};
use tokio::sync::mpsc::UnboundedSender;

/// What the studio wanted done, and a library that keeps it.
pub struct Props {
    pub library: Library,
    /// Every effect, in order.
    pub wanted: Vec<Effect>,
    /// When set, the journal refuses with this...
    pub refuse: Option<WriteError>,
    /// ...everything, or what this says.
    pub refuse_only: Option<fn(&Record) -> bool>,
    /// While held, what the journal is to do waits here.
    held: Option<VecDeque<Effect>>,
    pub(super) player: Option<Player>,
    news: UnboundedSender<Event>,
}

impl Outside for Props {
    fn perform(&mut self, effect: Effect) {
        self.wanted.push(effect.clone());
        match (&effect, &mut self.held) {
            (Effect::Record { .. } | Effect::Load(_) | Effect::LoadStory(_), held) => match held {
                Some(held) => held.push_back(effect),
                None => self.answer(effect),
            },
            (Effect::Player(_), _) => {
                if let (Effect::Player(command), Some(player)) = (effect, &self.player) {
                    player.send(command);
                }
            }
            _ => {}
        }
    }
}

impl Props {
    pub fn new(library: Library, news: UnboundedSender<Event>) -> Self {
        Self {
            library,
            wanted: Vec::new(),
            refuse: None,
            refuse_only: None,
            held: None,
            player: None,
            news,
        }
    }

    pub(super) fn news(&self) -> UnboundedSender<Event> {
        self.news.clone()
    }

    pub fn tell(&self, event: Event) {
        self.news.send(event).expect("the stage holds the inbox");
    }

    fn answer(&mut self, effect: Effect) {
        let reply = match effect {
            Effect::Record { ticket, record } => {
                let is_refused = self.refuse_only.is_none_or(|only| only(&record));
                let result = match self.refuse.as_ref().filter(|_| is_refused) {
                    Some(error) => Err(error.clone()),
                    None => self.library.write(&record),
                };
                Reply::Written { ticket, result }
            }
            Effect::Load(song) => Reply::Loaded { song, result: self.library.draft(song) },
            Effect::LoadStory(job) => Reply::Story { job, result: self.library.story(job) },
            _ => return,
        };
        self.tell(Event::Journal(reply));
    }

    /// From now on the journal takes its time.
    pub fn hold(&mut self) {
        self.held.get_or_insert_default();
    }

    /// The journal does and answers everything, and at once again.
    pub fn release(&mut self) {
        for effect in self.held.take().unwrap_or_default() {
            self.answer(effect);
        }
    }

    /// The jobs that were started, in order.
    pub fn started(&self) -> Vec<JobId> {
        self.pick(|effect| match effect {
            Effect::Start(job) => Some(job.id),
            _ => None,
        })
    }

    /// The numbers of the jobs whose request left, in order.
    pub fn created(&self) -> Vec<u64> {
        self.pick(|effect| match effect {
            Effect::Create(job) => Some(job.id.0),
            _ => None,
        })
    }

    /// The numbers of the jobs that were asked about, in order.
    pub fn polled(&self) -> Vec<u64> {
        self.pick(|effect| match effect {
            Effect::Poll { id, .. } => Some(id.0),
            _ => None,
        })
    }

    /// The numbers of the jobs whose takes were fetched, in order.
    pub fn fetched(&self) -> Vec<u64> {
        self.pick(|effect| match effect {
            Effect::Fetch { job, .. } => Some(job.id.0),
            _ => None,
        })
    }

    /// What the player was told, in order, but for the volume at the start.
    pub fn played(&self) -> Vec<Command> {
        let played = self.pick(|effect| match effect {
            Effect::Player(command) => Some(command.clone()),
            _ => None,
        });
        played.into_iter().skip(1).collect()
    }

    fn pick<T>(&self, what: impl Fn(&Effect) -> Option<T>) -> Vec<T> {
        self.wanted.iter().filter_map(what).collect()
    }
}
