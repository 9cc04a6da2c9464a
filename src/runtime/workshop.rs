//! Where songs are made on this machine: the takes of a job side by side, then to the library.
//!
//! Each job has its own threads. A take is a take only when its file decoded from end to end.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;

use tokio::sync::mpsc::UnboundedSender;

use super::keep::keep;
use crate::library::folders::Incoming;
use crate::sketch::{self, Rendered, SketchError};
use crate::song::{Failure, FailureClass, Job, JobId, Label, Timeline};
use crate::studio::{Event, JobNews};

/// The two takes of every sketch.
const LABELS: [Label; 2] = [Label::A, Label::B];

const BROKE_DOWN: &str = "The sketch engine broke down over this song";

/// The jobs at work on this machine.
pub struct Workshop {
    dir: PathBuf,
    news: UnboundedSender<Event>,
    stops: HashMap<JobId, Arc<AtomicBool>>,
}

impl Workshop {
    /// A workshop that puts its takes into song folders under `dir`.
    pub fn new(dir: PathBuf, news: UnboundedSender<Event>) -> Self {
        Self { dir, news, stops: HashMap::new() }
    }

    /// Begins a job.
    pub fn start(&mut self, job: Job) {
        // Jobs that are over have let go of theirs.
        self.stops.retain(|_, stop| Arc::strong_count(stop) > 1);
        let stop = Arc::new(AtomicBool::new(false));
        self.stops.insert(job.id, Arc::clone(&stop));
        let (dir, news, id) = (self.dir.clone(), self.news.clone(), job.id);
        let bench = Bench { job, dir, stop, news: news.clone() };
        let work = move || {
            let told = catch_unwind(AssertUnwindSafe(|| bench.work().unwrap_or_else(|told| told)));
            let told = told.unwrap_or_else(|_| failure(FailureClass::Task, BROKE_DOWN));
            // The studio may have gone while this worked.
            let _ = bench.news.send(Event::Job(bench.job.id, told));
        };
        if let Err(error) = thread::Builder::new().name(format!("job {id}")).spawn(work) {
            let failed = failure(FailureClass::Task, &format!("No thread to work on: {error}"));
            let _ = news.send(Event::Job(id, failed));
        }
    }

    /// Asks a job to stop; it says when it did.
    pub fn cancel(&mut self, id: JobId) {
        if let Some(stop) = self.stops.remove(&id) {
            stop.store(true, Ordering::Relaxed);
        }
    }
}

impl Drop for Workshop {
    fn drop(&mut self) {
        for stop in self.stops.values() {
            stop.store(true, Ordering::Relaxed);
        }
    }
}

/// One job at work.
struct Bench {
    job: Job,
    dir: PathBuf,
    stop: Arc<AtomicBool>,
    news: UnboundedSender<Event>,
}

impl Bench {
    /// Ends with the takes, or with why there are none.
    fn work(&self) -> Result<JobNews, JobNews> {
        let (incoming, timelines): (Vec<_>, Vec<_>) = self.compose_all()?.into_iter().unzip();
        let is_wanted = || !self.stop.load(Ordering::Relaxed);
        let takes = keep(&self.dir, &self.job, &incoming, &[], is_wanted);
        let mut takes = takes.map_err(JobNews::Failed)?.ok_or(JobNews::Cancelled)?;
        // Only this maker knows what it sings when; a recording does not say.
        for (incoming, timeline) in incoming.iter().zip(timelines) {
            if let Some(take) = takes.iter_mut().find(|take| take.id.label == incoming.label) {
                take.timeline = timeline;
            }
        }
        Ok(JobNews::Done(takes))
    }

    fn compose_all(&self) -> Result<Vec<(Incoming, Timeline)>, JobNews> {
        let done = LABELS.map(|_| AtomicU32::new(0));
        let told = AtomicU32::new(0);
        thread::scope(|scope| {
            let workers = LABELS.map(|label| {
                let (done, told) = (&done, &told);
                scope.spawn(move || {
                    sketch::render(&self.job.request, label, &mut |part| {
                        self.progress(label, part, done, told)
                    })
                })
            });
            let mut made = Vec::new();
            for (label, worker) in LABELS.into_iter().zip(workers) {
                let rendered = match worker.join() {
                    Ok(rendered) => rendered.map_err(refused),
                    Err(_) => Err(failure(FailureClass::Task, BROKE_DOWN)),
                };
                // One take without the other is of no use.
                let Rendered { audio, cover, timeline, .. } =
                    rendered.inspect_err(|_| self.stop.store(true, Ordering::Relaxed))?;
                let cover = Some((cover.into(), "png"));
                let audio = audio.into();
                made.push((Incoming { label, audio, audio_ext: "mp3", cover }, timeline));
            }
            Ok(made)
        })
    }

    /// Tells the studio of whole percents only.
    fn progress(
        &self,
        label: Label,
        part: f32,
        done: &[AtomicU32; 2],
        told: &AtomicU32,
    ) -> ControlFlow<()> {
        let permille = (part.clamp(0.0, 1.0) * 1000.0) as u32;
        done[label.index() % 2].store(permille, Ordering::Relaxed);
        let percent = done.iter().map(|part| part.load(Ordering::Relaxed)).sum::<u32>() / 20;
        if told.fetch_max(percent, Ordering::Relaxed) < percent {
            let news = JobNews::Progress(percent as f32 / 100.0);
            let _ = self.news.send(Event::Job(self.job.id, news));
        }
        if self.stop.load(Ordering::Relaxed) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }
}

fn refused(error: SketchError) -> JobNews {
    match error {
        SketchError::Cancelled => JobNews::Cancelled,
        other @ (SketchError::Encode(_) | SketchError::Cover(_)) => {
            failure(FailureClass::Task, &other.to_string())
        }
    }
}

fn failure(class: FailureClass, message: &str) -> JobNews {
    JobNews::Failed(Failure::new(
        class,
        message,
        "Try again; if it stays, the log has more, and the song is as it was",
    ))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use jiff::Timestamp;

    use super::*;
    use crate::song::{Params, Request, SongId, Take};

    /// The takes of a request, made here.
    fn takes(text: &str, style: &str) -> Vec<Take> {
        let dir = tempfile::tempdir().unwrap();
        let (news, mut inbox) = tokio::sync::mpsc::unbounded_channel();
        let params = Params { style: style.into(), ..Params::default() };
        let request = Request { text: text.into(), params, seed: 3 };
        let job = Job::new(JobId(1), SongId(1), 1, "sketch", request, Timestamp::UNIX_EPOCH);
        let mut workshop = Workshop::new(dir.path().to_owned(), news);
        workshop.start(job);
        loop {
            match inbox.blocking_recv() {
                Some(Event::Job(_, JobNews::Progress(_))) => {}
                Some(Event::Job(_, JobNews::Done(takes))) => return takes,
                other => panic!("{other:?}"),
            }
        }
    }

    #[test]
    fn takes_know_what_is_sung_when_and_how_loud_they_are() {
        let takes = takes("[Chorus 1]\nOh, paper moon\nDon't let me down", "pop");
        assert_eq!(takes.len(), 2);
        for take in &takes {
            let lines: Vec<&str> = take.timeline.lines().map(|line| line.text.as_str()).collect();
            assert_eq!(lines, ["Oh, paper moon", "Don't let me down"]);
            let sections = take.timeline.sections().map(|section| section.text.as_str());
            assert_eq!(sections.collect::<Vec<_>>(), ["Intro", "Chorus 1", "Outro"]);
            assert!(take.timeline.moments().iter().all(|moment| moment.at < take.duration));
            assert_eq!(take.timeline.moments()[0].at, Duration::ZERO);
            // The master aims at -14.
            let loudness = take.loudness.unwrap().value();
            assert!((-15.5..-12.5).contains(&loudness), "{loudness} LUFS");
        }
        let sung = |take: &Take| take.timeline.lines().next().unwrap().at;
        assert_ne!(sung(&takes[0]), sung(&takes[1]), "each its own, at its own speed");
    }
}
