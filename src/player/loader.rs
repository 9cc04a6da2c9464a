//! The decoder thread of one opened take: file to tape, as fast as it goes, then it is gone.

use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use super::ProbeError;
use super::decoder::Decoder;
use super::resample::Resampler;
use super::tape::{Recorder, Tape};

/// What the control thread hears of it.
#[derive(Debug)]
pub(super) enum News {
    /// The first frames are there.
    Begun,
    /// All of them are.
    Whole,
    /// It cannot be played.
    Failed(ProbeError),
}

/// Starts decoding `path` to `tape`. It ends by itself, soon after [`Tape::discard`] at the
/// latest; nobody waits for it, because a file on a lost network can hold a reader for minutes.
pub(super) fn load(path: PathBuf, tape: Arc<Tape>, tell: impl Fn(News) + Send + Clone + 'static) {
    let failed = tell.clone();
    let work = move || {
        let news = fill(&path, &tape, &tell).map_or_else(News::Failed, |()| News::Whole);
        tell(news);
    };
    if let Err(error) = thread::Builder::new().name("decoder".into()).spawn(work) {
        failed(News::Failed(error.into()));
    }
}

fn fill(path: &std::path::Path, tape: &Arc<Tape>, tell: &impl Fn(News)) -> Result<(), ProbeError> {
    let mut decoder = Decoder::open(path)?;
    let mut resampler = Resampler::new(decoder.rate());
    if let Some(frames) = decoder.declared() {
        tape.expect(resampler.length(frames));
    }
    let mut recorder = Recorder::new(Arc::clone(tape));
    let mut told = false;
    let mut out = Vec::new();
    while let Some(block) = decoder.next_block()? {
        if tape.is_unwanted() {
            return Ok(());
        }
        resampler.push(block, &mut out);
        recorder.push(&out);
        out.clear();
        if !told && recorder.has_begun() {
            told = true;
            tell(News::Begun);
        }
    }
    resampler.finish(&mut out);
    recorder.push(&out);
    recorder.finish();
    Ok(())
}
