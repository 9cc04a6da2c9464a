//! `song.json`: everything needed to know what a folder holds, without this program.

use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize as _, Serialize};
use serde_json::Value;

use super::StoredTake;
use crate::song::{Job, JobId, Label, Mode, Params, Receipt, SongId};

#[derive(Serialize)]
struct Sheet<'a> {
    song: SongId,
    version: u32,
    job: JobId,
    created: Timestamp,
    gateway: &'a str,
    seed: u64,
    /// Title, style, model and all the rest of the Song pane.
    #[serde(flatten)]
    params: &'a Params,
    #[serde(skip_serializing_if = "Option::is_none")]
    lyrics: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    takes: Vec<TakeLine<'a>>,
    /// The gateway's own words: its task, credits, addresses.
    #[serde(skip_serializing_if = "Option::is_none")]
    receipt: Option<&'a Receipt>,
}

#[derive(Serialize)]
struct TakeLine<'a> {
    label: Label,
    audio: &'a str,
    cover: Option<&'a str>,
    seconds: Option<f64>,
}

/// The sheet of a job with its takes and, where they are known, their durations.
pub(super) fn write(
    job: &Job,
    takes: &[StoredTake],
    durations: &[(Label, Duration)],
) -> serde_json::Result<String> {
    let text = Some(job.request.text.as_str());
    let (lyrics, description) = match job.request.params.mode {
        Mode::Lyrics => (text, None),
        Mode::Describe => (None, text),
    };
    let takes = takes.iter().map(|take| TakeLine {
        label: take.label,
        audio: name(&take.audio),
        cover: take.cover.as_deref().map(name),
        seconds: durations
            .iter()
            .find(|(label, _)| *label == take.label)
            .map(|(_, duration)| duration.as_secs_f64()),
    });
    let sheet = Sheet {
        song: job.song,
        version: job.version,
        job: job.id,
        created: job.created,
        gateway: &job.gateway,
        seed: job.request.seed,
        params: &job.request.params,
        lyrics,
        description,
        takes: takes.collect(),
        receipt: Some(&job.receipt).filter(|receipt| **receipt != Receipt::default()),
    };
    Ok(serde_json::to_string_pretty(&sheet)? + "\n")
}

/// Whether every recording that an earlier sheet tells of is among `takes`.
pub(super) fn is_told(earlier: &[u8], takes: &[StoredTake]) -> bool {
    let Ok(earlier) = serde_json::from_slice::<Value>(earlier) else { return false };
    let Some(told) = earlier["takes"].as_array() else { return false };
    told.iter().all(|line| takes.iter().any(|take| line["audio"] == name(&take.audio)))
}

/// The takes that an earlier sheet of the same job tells of and that are there, for labels not in
/// `takes`: a crash can come between a take and the word of it in the journal.
pub(super) fn others(
    earlier: &[u8],
    job: JobId,
    folder: &Path,
    takes: &[StoredTake],
) -> Vec<(StoredTake, Option<Duration>)> {
    let Ok(earlier) = serde_json::from_slice::<Value>(earlier) else { return Vec::new() };
    let lines = earlier["takes"].as_array().filter(|_| earlier["job"] == job.0);
    let file = |name: &Value| {
        let path = folder.join(Path::new(name.as_str()?).file_name()?);
        path.is_file().then_some(path)
    };
    let other = |line: &Value| {
        let label = Label::deserialize(&line["label"]).ok()?;
        let audio = file(&line["audio"])?;
        let seconds = line["seconds"].as_f64();
        let duration = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
        let is_new = takes.iter().all(|take| take.label != label);
        is_new.then(|| (StoredTake { label, audio, cover: file(&line["cover"]) }, duration))
    };
    lines.into_iter().flatten().filter_map(other).collect()
}

/// The file's name in the folder; it is made of a cleaned title, so it is always text.
fn name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap_or_default()
}
