//! The decoder thread of a take: file or feed to tape, as fast as it comes, then it is gone.

use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use super::Frame;
use super::decoder::Decoder;
use super::feed::{Ending, Feed, FeedReader};
use super::resample::Resampler;
use super::survey::Survey;
use super::tape::{Recorder, Tape};
use super::{ProbeError, time_of};
use crate::song::Lufs;

/// Between two pictures of a take that arrives.
const PICTURE: Duration = Duration::from_secs(1);

/// What the control thread hears of it.
#[derive(Debug)]
pub(super) enum News {
    /// The first frames are there.
    Begun,
    /// More of a take that arrives is there, and looks like this.
    Grown { peaks: Vec<u8> },
    /// All of them are; or all that there will be, and why.
    Whole { peaks: Vec<u8>, loudness: Option<Lufs>, flaw: Option<Flaw> },
    /// Other bytes arrive than before.
    Anew,
    /// It cannot be played.
    Failed(ProbeError),
}

/// What is wrong with a take that plays all the same.
#[derive(Debug)]
pub(super) struct Flaw {
    pub(super) what: String,
    pub(super) advice: String,
}

/// Where the bytes come from.
#[derive(Clone, Debug)]
pub(super) enum Origin {
    File(PathBuf),
    Feed(Feed),
}

/// Starts decoding to `tape`. It ends by itself, soon after [`Tape::discard`] at the latest; nobody
/// waits for it, because a file on a lost network can hold a reader for minutes.
pub(super) fn load(origin: Origin, tape: Arc<Tape>, tell: impl Fn(News) + Send + Clone + 'static) {
    let failed = tell.clone();
    let work = move || {
        let news = match origin {
            Origin::File(path) => from_file(&path, &tape, &tell),
            Origin::Feed(feed) => from_feed(&feed, &tape, &tell),
        };
        tell(news.unwrap_or_else(News::Failed));
    };
    if let Err(error) = thread::Builder::new().name("decoder".into()).spawn(work) {
        failed(News::Failed(error.into()));
    }
}

fn from_file(
    path: &std::path::Path,
    tape: &Arc<Tape>,
    tell: &impl Fn(News),
) -> Result<News, ProbeError> {
    let mut work = Work::new(Decoder::open(path)?, tape);
    work.run(tell)?;
    let flaw = work.flaw();
    Ok(work.finish(flaw))
}

fn from_feed(feed: &Feed, tape: &Arc<Tape>, tell: &impl Fn(News)) -> Result<News, ProbeError> {
    let edition = feed.edition();
    let reader = FeedReader::new(feed.clone(), Arc::clone(tape));
    let is_anew = || feed.ending(edition) == Some(Ending::Anew);
    let mut work = match Decoder::stream(reader) {
        Ok(decoder) => Work::new(decoder, tape),
        Err(_) if is_anew() => return Ok(News::Anew),
        Err(error) => return Err(error),
    };
    work.picture = Some(Instant::now());
    let ended = work.run(tell);
    let flaw = match (ended, feed.ending(edition)) {
        (_, Some(Ending::Anew)) => return Ok(News::Anew),
        // What came so far was paid for and can be heard.
        (Err(_), Some(Ending::Broken(why))) if work.frames > 0 => Some(Flaw {
            what: format!("it stopped arriving after {}: {why}", crate::song::clock(work.time())),
            advice: "What came can be heard; the job in the queue says what to do".into(),
        }),
        (Err(error), _) => return Err(error),
        (Ok(()), _) => work.flaw(),
    };
    Ok(work.finish(flaw))
}

/// A take being decoded.
struct Work {
    decoder: Decoder,
    resampler: Resampler,
    recorder: Recorder,
    survey: Survey,
    tape: Arc<Tape>,
    /// Frames at the player's rate so far.
    frames: u64,
    /// When the last picture was told; none for a take that does not arrive.
    picture: Option<Instant>,
}

impl Work {
    fn new(decoder: Decoder, tape: &Arc<Tape>) -> Self {
        let resampler = Resampler::new(decoder.rate());
        if let Some(frames) = decoder.declared() {
            tape.expect(resampler.length(frames));
        }
        let recorder = Recorder::new(Arc::clone(tape));
        let survey = Survey::new(super::RATE);
        let tape = Arc::clone(tape);
        Self { decoder, resampler, recorder, survey, tape, frames: 0, picture: None }
    }

    /// Decodes to the end, or until nobody wants it.
    fn run(&mut self, tell: &impl Fn(News)) -> Result<(), ProbeError> {
        let mut told = false;
        let mut out = Vec::new();
        while let Some(block) = self.decoder.next_block()? {
            if self.tape.is_unwanted() {
                return Ok(());
            }
            self.resampler.push(block, &mut out);
            self.keep(&mut out);
            if !told && self.tape.ready() > 0 {
                told = true;
                tell(News::Begun);
            }
            if self.picture.is_some_and(|then| then.elapsed() >= PICTURE) {
                self.picture = Some(Instant::now());
                tell(News::Grown { peaks: self.survey.peaks() });
            }
        }
        self.resampler.finish(&mut out);
        self.keep(&mut out);
        Ok(())
    }

    fn keep(&mut self, out: &mut Vec<Frame>) {
        self.recorder.push(out);
        self.survey.push(out);
        self.frames += out.len() as u64;
        out.clear();
    }

    fn time(&self) -> Duration {
        time_of(self.frames)
    }

    /// Whether its header promised more.
    fn flaw(&self) -> Option<Flaw> {
        let error = self.decoder.missing()?;
        Some(Flaw { what: error.to_string(), advice: error.advice().into() })
    }

    fn finish(self, flaw: Option<Flaw>) -> News {
        self.recorder.finish();
        let (peaks, loudness) = self.survey.finish();
        News::Whole { peaks, loudness, flaw }
    }
}
