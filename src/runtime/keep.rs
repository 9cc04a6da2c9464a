//! From recordings that arrived to takes in the library: checked, named, told.
//!
//! A take is a take only when its file decoded from end to end.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::library::folders::{Incoming, StoreError, stage};
use crate::player::{Probe, probe};
use crate::song::{Failure, FailureClass, Job, Label, Remarks, Take, TakeId, Timeline};

/// Keeps recordings of a job beside those in `kept`. Slow: it decodes them all and waits for the
/// disk. `is_wanted` is asked once more before anything gets its name.
///
/// # Errors
/// When one does not decode ([`FailureClass::Task`]) or the disk says no
/// ([`FailureClass::Storage`]); nothing is then kept. `None` where it is not wanted any more.
pub(super) fn keep(
    dir: &Path,
    job: &Job,
    incoming: &[Incoming],
    kept: &[Take],
    is_wanted: impl Fn() -> bool,
) -> Result<Option<Vec<Take>>, Failure> {
    let mut staged = stage(dir, job, incoming).map_err(|error| cannot_keep(&error))?;
    let found: Vec<(Label, PathBuf)> =
        staged.recordings().map(|(label, path)| (label, path.to_owned())).collect();
    let mut probes = HashMap::new();
    for (label, path) in found {
        let probe = check(job, &path)?;
        staged.set_duration(label, probe.duration);
        probes.insert(label, probe);
    }
    staged.beside(kept);
    if !is_wanted() {
        return Ok(None);
    }
    let stored = staged.publish().map_err(|error| cannot_keep(&error))?;
    let takes = stored.into_iter().filter_map(|stored| {
        let Probe { duration, peaks, loudness } = probes.remove(&stored.label)?;
        let params = &job.request.params;
        let track = job.receipt.tracks.get(stored.label.index());
        let said = track.and_then(|track| track.model.clone()).or(job.receipt.model.clone());
        Some(Take {
            id: TakeId { job: job.id, label: stored.label },
            song: job.song,
            title: params.title.clone(),
            version: job.version,
            made_by: said.unwrap_or_else(|| params.model.clone()),
            created: Timestamp::now(),
            duration,
            audio: stored.audio,
            cover: stored.cover,
            peaks,
            loudness,
            timeline: Timeline::default(),
            remarks: Remarks::default(),
        })
    });
    Ok(Some(takes.collect()))
}

/// Decodes a recording from end to end.
fn check(job: &Job, recording: &Path) -> Result<Probe, Failure> {
    probe(recording).map_err(|error| {
        tracing::error!(job = %job.id, %error, "a take did not decode");
        Failure::new(
            FailureClass::Task,
            format!("A take did not decode: {error}"),
            "Try again with {retry-job}; if it stays, the log has more, and the song is as it was",
        )
    })
}

fn cannot_keep(error: &StoreError) -> Failure {
    Failure::new(
        FailureClass::Storage,
        format!("The takes could not be kept: {}", error.fault),
        format!("{} The file was {}", error.advice(), error.path.display()),
    )
}
