//! What the library promises, held against a model that has no disk.

mod crash;
mod folders;
mod full;
mod glance;
mod journal;
mod opening;
mod round_trip;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;

use super::{Contents, Library, Record, Settings, SongEntry};
use crate::song::{
    Cursor, Draft, Exchange, Failure, FailureClass, Job, JobId, JobState, Label, Purpose, Remarks,
    Request, SongId, Take, TakeId, Timeline, Weight,
};

const TITLES: [&str; 5] = ["Paper Cups", "", "👩‍👧 Zwei 🎹", "שיר ערב", "Don't \"Stop\"\u{0}"];

fn at(second: i64) -> Timestamp {
    Timestamp::new(1_800_000_000 + second, 123_456_789).unwrap()
}

fn draft(song: u64, words: &str) -> Draft {
    let mut draft = Draft::new(SongId(song));
    draft.lyrics = words.into();
    draft.description = "a slow one".into();
    draft.params.title = TITLES[song as usize % TITLES.len()].into();
    draft.params.weirdness = Weight::hundredths(29);
    draft.cursor = Cursor { line: 3, column: 7 };
    draft
}

fn job(id: u64, song: u64, state: JobState) -> Job {
    let request = Request::freeze(&draft(song, "[Verse]\nNeon"), u64::MAX - id);
    Job { state, ..Job::new(JobId(id), SongId(song), 2, "sketch", request, at(1)) }
}

fn failed() -> JobState {
    let failure = Failure::new(FailureClass::Storage, "the disk is full", "free some");
    JobState::Failed { at: at(9), failure }
}

fn exchange(number: u64) -> Exchange {
    Exchange {
        at: at(number as i64),
        purpose: Purpose::Poll,
        request: "GET /status".into(),
        status: Some(200),
        answer: format!("{{\"n\":{number}}}"),
        milliseconds: number,
        repeated: 0,
    }
}

fn take(dir: &Path, job: u64, song: u64, label: Label) -> Take {
    Take {
        id: TakeId { job: JobId(job), label },
        song: SongId(song),
        title: TITLES[song as usize % TITLES.len()].into(),
        version: 2,
        made_by: "sketch".into(),
        created: at(2),
        duration: Duration::new(92, 1),
        audio: dir.join(format!("songs/0001 é/v2 job {job}/é {label}.mp3")),
        cover: (label == Label::A).then(|| dir.join("songs/cover.png")),
        loudness: None,
        timeline: Timeline::default(),
        remarks: Remarks::default(),
        peaks: (0..Take::PEAKS).map(|i| i as u8).collect(),
    }
}

fn write(draft: Draft, second: i64) -> Record {
    Record::Draft { draft, at: at(second) }
}

fn open(dir: &Path) -> (Library, Contents) {
    Library::open(dir).unwrap()
}

/// What the library should hold, kept in memory.
#[derive(Default)]
struct Model {
    drafts: BTreeMap<SongId, (Draft, Timestamp)>,
    jobs: BTreeMap<JobId, Job>,
    takes: BTreeMap<TakeId, Take>,
    remarks: BTreeMap<TakeId, Remarks>,
    stories: BTreeMap<JobId, Vec<Exchange>>,
    desk: Option<SongId>,
    settings: Settings,
}

impl Model {
    fn apply(&mut self, record: &Record) {
        match record.clone() {
            Record::Draft { draft, at } => drop(self.drafts.insert(draft.song, (draft, at))),
            Record::Job(job) => drop(self.jobs.insert(job.id, job)),
            Record::Takes { job, takes } => {
                self.jobs.insert(job.id, job);
                self.takes.extend(takes.into_iter().map(|take| (take.id, take)));
            }
            Record::Exchange { job, exchange } => {
                self.stories.entry(job).or_default().push(exchange);
            }
            Record::Take(take) => drop(self.takes.insert(take.id, take)),
            Record::Remarks { take, remarks } => drop(self.remarks.insert(take, remarks)),
            Record::OnDesk(song) => self.desk = Some(song),
            Record::Settings(settings) => self.settings = settings,
        }
    }

    /// What was thought of takes that are not there.
    fn unclaimed(&self) -> BTreeMap<TakeId, Remarks> {
        let mut remarks = self.remarks.clone();
        remarks.retain(|take, _| !self.takes.contains_key(take));
        remarks
    }

    fn remarked(&self, take: &Take) -> Take {
        let remarks = self.remarks.get(&take.id).cloned().unwrap_or_default();
        Take { remarks, ..take.clone() }
    }

    fn contents(&self) -> Contents {
        let mut songs: Vec<_> = self
            .drafts
            .values()
            .map(|(draft, changed)| SongEntry {
                id: draft.song,
                name: draft.name().into(),
                changed: *changed,
            })
            .collect();
        songs.sort_by_key(|song| std::cmp::Reverse((song.changed, song.id)));
        let saved = self.drafts.keys().copied();
        let made = self.jobs.values().map(|job| job.song);
        let unused = saved.chain(made).max().map_or(1, |song| song.0 + 1);
        let takes_of = self.takes.keys().map(|take| take.job);
        let next_job = self.jobs.keys().copied().chain(takes_of).max().map_or(1, |job| job.0 + 1);
        let desk = self.desk.or(songs.first().map(|song| song.id)).unwrap_or(SongId(unused));
        Contents {
            draft: self.drafts.get(&desk).map_or(Draft::new(desk), |(draft, _)| draft.clone()),
            songs,
            jobs: self.jobs.values().cloned().collect(),
            takes: self.takes.values().map(|take| self.remarked(take)).collect(),
            remarks: self.unclaimed(),
            settings: self.settings.clone(),
            next_song: SongId(unused.max(desk.0 + 1)),
            next_job: JobId(next_job),
            unreadable: Vec::new(),
        }
    }
}

/// A sequence of records that is different for each seed and the same each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }

    fn record(&mut self, dir: &Path) -> Record {
        let song = 1 + self.below(4);
        let id = 1 + self.below(6);
        match self.below(8) {
            0 | 1 => {
                let words = "La 🎵\n".repeat(self.below(900) as usize);
                write(draft(song, &words), self.below(50) as i64)
            }
            2 => Record::Job(job(id, song, JobState::Running { since: at(3) })),
            7 => Record::Remarks {
                take: TakeId { job: JobId(id), label: Label::nth(self.below(2) as usize) },
                remarks: Remarks {
                    star: self.below(2) == 0,
                    why: "it sings".into(),
                    ..Remarks::default()
                },
            },
            3 => Record::Takes {
                job: job(id, song, JobState::Done { since: at(1), at: at(4) }),
                takes: [Label::A, Label::B].map(|label| take(dir, id, song, label)).to_vec(),
            },
            4 => Record::Exchange { job: JobId(id), exchange: exchange(self.below(9)) },
            5 => Record::OnDesk(SongId(song)),
            _ => Record::Settings(Settings {
                volume: self.below(101) as u8,
                as_delivered: self.below(2) == 0,
                ..Settings::default()
            }),
        }
    }
}
