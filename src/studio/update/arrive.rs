//! Takes that are heard while they arrive.

use std::path::PathBuf;
use std::time::Duration;

use crate::song::{Job, JobId, JobState, Label, Remarks, Take, TakeId, Timeline, Track};
use crate::studio::{Model, Pane, Redraw, Tone};

impl Model {
    /// A take is on its way and can be heard.
    pub(super) fn arriving(&mut self, id: JobId, label: Label) {
        let Some(job) = self.queue.get(id) else { return };
        // Told too late, or about what is there already.
        let take = TakeId { job: id, label };
        if !matches!(job.state, JobState::Fetching { .. }) || self.takes.get(take).is_some() {
            return;
        }
        let coming = coming(job, label, self.now);
        // The one to begin with is said once; the other of its pair only joins it.
        let is_first = self.takes.listed_of(id).next().is_none();
        self.takes.arrive(coming);
        if is_first && self.focus != Pane::Takes && self.is_player_free() {
            self.takes.select(take);
            let text = format!("Take {label} is arriving; {{play-pause}} plays what is there");
            self.say(Tone::Plain, text);
        }
        self.mark(Redraw::TAKES | Redraw::HEADER | Redraw::PLAYER);
    }

    /// What is on its way of a job does not come, or not now.
    pub(super) fn stop_arriving(&mut self, id: JobId) {
        if !self.takes.give_up(id) {
            return;
        }
        self.listening.growing.retain(|take, _| take.job != id);
        let is_compared = self.listening.blind.is_some_and(|blind| blind.job == id);
        if is_compared && self.takes.listed_of(id).count() < 2 {
            self.end_blind();
        }
        if let Some(crate::studio::Overlay::Take(detail)) = &self.overlay {
            self.tell_take(detail.take);
        }
        self.mark(Redraw::TAKES | Redraw::HEADER | Redraw::PLAYER);
    }
}

/// What is known of a take before it is there.
fn coming(job: &Job, label: Label, now: jiff::Timestamp) -> Take {
    let track = job.receipt.tracks.get(label.index());
    let said = |of: fn(&Track) -> &Option<String>| track.and_then(|track| of(track).clone());
    let made_by = said(|track| &track.model).or_else(|| job.receipt.model.clone());
    let seconds = track.and_then(|track| track.seconds);
    let length = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    Take {
        id: TakeId { job: job.id, label },
        song: job.song,
        title: job.request.params.title.clone(),
        version: job.version,
        made_by: made_by.unwrap_or_else(|| job.request.params.model.clone()),
        created: now,
        duration: length.unwrap_or_default(),
        audio: PathBuf::new(),
        cover: None,
        peaks: Vec::new(),
        loudness: None,
        timeline: Timeline::default(),
        remarks: Remarks::default(),
    }
}
