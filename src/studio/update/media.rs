//! The system's own controls: what they show, and what they wish.

use crate::player::Command;
use crate::song::{TakeId, clean_line};
use crate::studio::media::{Glance, Now, Wish};
use crate::studio::{Effect, Model};

impl Model {
    /// Shows what plays, where it is not shown already.
    pub(super) fn show_media(&mut self) {
        // The player tells where it is many times a second; what is shown has words and paths.
        let glance = self.glance();
        if glance == self.deck.glance {
            return;
        }
        self.deck.glance = glance;
        let now = self.playing().map(|take| self.now_playing(take));
        let is_shown = match (&now, &self.deck.media) {
            (Some(now), Some(shown)) => now.shows(shown),
            (None, None) => true,
            _ => false,
        };
        if !is_shown {
            self.deck.media.clone_from(&now);
            self.effects.push(Effect::Media(now.map(Box::new)));
        }
    }

    /// All that what is shown depends on.
    fn glance(&self) -> Option<Glance> {
        let (status, id) = (&self.deck.status, self.playing()?);
        let take = self.takes.get(id);
        Some(Glance {
            take: id,
            is_listed: take.is_some(),
            is_arriving: self.takes.is_arriving(id),
            has_cover: take.is_some_and(|take| take.cover.is_some()),
            blind: self.listening.blind,
            length: status.total,
            state: status.state,
            second: status.position.as_secs(),
            volume: self.volume,
            neighbours: self.neighbours(id),
        })
    }

    /// Whether there is a take before this one in the list, and one after it.
    fn neighbours(&self, id: TakeId) -> [bool; 2] {
        [-1, 1].map(|by| self.takes.neighbour(id, by).is_some())
    }

    fn now_playing(&self, id: TakeId) -> Now {
        let (status, take) = (&self.deck.status, self.takes.get(id));
        let job = self.queue.get(id.job);
        let title = take.map(|take| &take.title).or(job.map(|job| &job.request.params.title));
        let version = take.map(|take| take.version).or(job.map(|job| job.version));
        let is_hidden = self.is_hidden(id);
        let [has_previous, has_next] = self.neighbours(id);
        let name = if is_hidden { self.alias(id).to_owned() } else { id.label.to_string() };
        Now {
            name: format!("job_{}_{name}", id.job),
            title: clean_line(title.map_or("", String::as_str)),
            take: match version {
                Some(version) => format!("Take {name}, v{version}"),
                None => format!("Take {name}"),
            },
            // It is another for each take, as the cover is.
            length: status.total.filter(|_| !is_hidden),
            cover: take.and_then(|take| take.cover.clone()).filter(|_| !is_hidden),
            state: status.state,
            position: status.position,
            volume: self.volume,
            has_next,
            has_previous,
        }
    }

    /// Does what they wish; what is for a take that has gone means nothing.
    pub(super) fn wish(&mut self, wish: Wish) {
        match wish {
            Wish::Act(action) => self.act(action),
            Wish::SeekBy(seconds) => self.seek(seconds),
            Wish::SeekTo(name, to) => {
                if self.deck.media.as_ref().is_some_and(|now| now.name == name) {
                    self.send(Command::SeekTo(to));
                }
            }
            Wish::Volume(percent) => {
                let by = i16::from(percent.min(100)) - i16::from(self.volume);
                if by != 0 {
                    self.change_volume(by as i8);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::PathBuf;
    use std::time::Duration;

    use jiff::Timestamp;

    use super::*;
    use crate::gateway::Catalogue;
    use crate::library::{Contents, Settings};
    use crate::player::{self, State, Status};
    use crate::song::{Draft, JobId, Label, Remarks, SongId, Take, Timeline};
    use crate::studio::{Blind, Event, Opening, Profile, update};

    const JOB: JobId = JobId(12);

    fn take(label: Label) -> Take {
        Take {
            id: TakeId { job: JOB, label },
            song: SongId(1),
            title: "Paper Cups".into(),
            version: 2,
            made_by: "sketch-1".into(),
            created: Timestamp::UNIX_EPOCH,
            duration: Duration::from_secs(60),
            audio: PathBuf::from("/music/a.mp3"),
            cover: Some(format!("/music/{label}.png").into()),
            peaks: Vec::new(),
            loudness: None,
            timeline: Timeline::default(),
            remarks: Remarks::default(),
        }
    }

    /// A studio with a pair.
    fn studio() -> Model {
        let offer = Catalogue::built_in().unwrap().get("sketch").unwrap().clone();
        let (name, gateway) = ("sketch".to_owned(), "sketch".to_owned());
        let profiles = vec![Profile { name, gateway, offer, model: None, calls_back: false }];
        let contents = Contents {
            draft: Draft::new(SongId(1)),
            songs: Vec::new(),
            jobs: Vec::new(),
            takes: vec![take(Label::A), take(Label::B)],
            remarks: BTreeMap::new(),
            settings: Settings::default(),
            next_song: SongId(2),
            next_job: JobId(13),
            unreadable: Vec::new(),
        };
        let (model, _) = Model::new(Opening {
            contents,
            profiles,
            profile: "sketch".into(),
            volume: 70,
            motion: false,
            take_up: false,
            asks: false,
            chance: [0; 32],
            now: Timestamp::UNIX_EPOCH,
        });
        model
    }

    fn send(model: &mut Model, event: Event) -> Vec<Effect> {
        update(model, event, Timestamp::UNIX_EPOCH)
    }

    /// What is shown after the player tells where it is.
    fn shown(model: &mut Model, label: Label, state: State, millis: u64) -> Vec<Option<Now>> {
        let (take, position) = (Some(TakeId { job: JOB, label }), Duration::from_millis(millis));
        let total = Some(Duration::from_secs(60));
        let status = Status { take, state, position, total, ..Status::default() };
        let effects = send(model, Event::Player(player::Event::Status(status)));
        let media = |effect| match effect {
            Effect::Media(now) => Some(now.map(|now| *now)),
            _ => None,
        };
        effects.into_iter().filter_map(media).collect()
    }

    #[test]
    fn what_changes_is_shown_and_a_moment_later_nothing() {
        let mut model = studio();
        let first = shown(&mut model, Label::A, State::Playing, 10);
        let [Some(now)] = &first[..] else { panic!("{first:?}") };
        assert_eq!((now.title.as_str(), now.take.as_str()), ("Paper Cups", "Take A, v2"));
        assert_eq!((now.volume, now.has_next, now.has_previous), (70, true, false));
        assert_eq!(now.cover, Some("/music/A.png".into()));
        assert_eq!(now.length, Some(Duration::from_secs(60)));
        assert_eq!(shown(&mut model, Label::A, State::Playing, 50), []);
        for (label, state, millis) in [
            (Label::A, State::Playing, 1_010),
            (Label::A, State::Paused, 1_010),
            (Label::A, State::Paused, 9_000),
            (Label::B, State::Paused, 9_000),
        ] {
            assert_eq!(shown(&mut model, label, state, millis).len(), 1, "{state:?} {millis}");
        }
        let status = Event::Player(player::Event::Status(Status::default()));
        assert!(send(&mut model, status).contains(&Effect::Media(None)));
    }

    #[test]
    fn what_is_hidden_here_is_hidden_there() {
        let mut model = studio();
        model.listening.blind = Some(Blind { job: JOB, first: Label::B });
        for (label, alias) in [(Label::A, "2"), (Label::B, "1")] {
            let shown = shown(&mut model, label, State::Playing, 0);
            let [Some(now)] = &shown[..] else { panic!("{shown:?}") };
            assert_eq!((now.take.clone(), now.length), (format!("Take {alias}, v2"), None));
            assert_eq!((now.name.clone(), &now.cover), (format!("job_12_{alias}"), &None));
        }
    }

    #[test]
    fn a_wish_is_for_the_take_that_is_shown() {
        let mut model = studio();
        shown(&mut model, Label::A, State::Playing, 0);
        let to = Duration::from_secs(9);
        let seek = Effect::Player(Command::SeekTo(to));
        let wish = |name: &str| Event::Media(Wish::SeekTo(name.into(), to));
        assert!(send(&mut model, wish("job_12_A")).contains(&seek));
        assert!(!send(&mut model, wish("job_12_B")).contains(&seek));
        let volume = Effect::Player(Command::Volume(45));
        assert!(send(&mut model, Event::Media(Wish::Volume(45))).contains(&volume));
        assert_eq!(model.volume, 45);
        assert!(!send(&mut model, Event::Media(Wish::Volume(45))).contains(&volume));
    }
}
