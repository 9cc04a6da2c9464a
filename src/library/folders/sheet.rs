//! `song.json`: everything needed to know what a folder holds, without this program.

use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use serde::Serialize;

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
    let Ok(earlier) = serde_json::from_slice::<serde_json::Value>(earlier) else { return false };
    let Some(told) = earlier["takes"].as_array() else { return false };
    told.iter().all(|line| takes.iter().any(|take| line["audio"] == name(&take.audio)))
}

/// The file's name in the folder; it is made of a cleaned title, so it is always text.
fn name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap_or_default()
}
