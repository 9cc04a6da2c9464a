//! The takes of a finished task: both at once from their addresses, one by one into the library.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use jiff::Timestamp;
use tokio::sync::{Mutex, OwnedMutexGuard};
use tokio::time::timeout;

use super::account::Office;
use super::aside;
use super::download::{Attempt, COVER, Download, RECORDING, Watching, beginning, on_disk};
use crate::library::folders::{Content, Incoming, arrivals, arrive};
use crate::runtime::keep::keep;
use crate::song::{Exchange, Failure, FailureClass, Job, Label, Purpose, Take, TakeId, Track};
use crate::studio::JobNews;

/// So often a cover is tried...
const COVERS: u32 = 3;
/// ...and so long is waited after the first time, twice that after the second.
const BETWEEN: Duration = Duration::from_secs(1);
/// A take that is there does not wait longer than this for its cover.
const PATIENCE: Duration = Duration::from_secs(10);
/// What nobody has tried again by then will not come; longer than anybody waits before that.
const LAPSE: Duration = Duration::from_secs(120);

/// Fetches the takes of a job that are not in `kept`; each is told when it is there.
pub(super) async fn fetch(office: Arc<Office>, job: Box<Job>, kept: Vec<Take>) {
    let id = job.id;
    let turn = Arc::new(office.turn(id).lock_owned().await);
    let folder = match arrive(&office.dir, id) {
        Ok(folder) => folder,
        Err(error) => {
            let failure = on_disk(&arrivals(&office.dir, id), error);
            return office.job(id, JobNews::FetchEnded(Err(failure)));
        }
    };
    let missing: Vec<(Label, Track)> = job
        .receipt
        .tracks
        .iter()
        .enumerate()
        .map(|(index, track)| (Label::nth(index), track.clone()))
        .filter(|(label, _)| kept.iter().all(|take| take.id.label != *label))
        .collect();
    let wanted = Wanted::default();
    let kept = Mutex::new(kept);
    let bench = Bench { office: &office, job: &job, folder: &folder, kept, turn, wanted };
    let ended = join_all(missing.into_iter().map(|(label, track)| bench.take(label, track))).await;
    let result = ended.into_iter().collect::<Result<Vec<()>, Failure>>().map(drop);
    if result.is_err() {
        let (office, stands) = (Arc::clone(&office), office.arriving.stands(id));
        tokio::spawn(async move {
            tokio::time::sleep(LAPSE).await;
            office.arriving.lapse(id, &stands);
        });
    }
    office.job(id, JobNews::FetchEnded(result));
}

struct Bench<'a> {
    office: &'a Office,
    job: &'a Job,
    folder: &'a Path,
    /// Those in the library; held while another goes in.
    kept: Mutex<Vec<Take>>,
    /// Shared with work on the disk, which may last longer than this.
    turn: Arc<OwnedMutexGuard<()>>,
    wanted: Wanted,
}

/// Whether anybody still waits; not, when this is dropped.
#[derive(Default)]
struct Wanted(Arc<AtomicBool>);

impl Drop for Wanted {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Bench<'_> {
    async fn take(&self, label: Label, track: Track) -> Result<(), Failure> {
        let _place = self.office.place(&self.job.request.params.profile).await;
        let recording = Download::new(self.folder, &format!("{label} audio"), RECORDING);
        self.hear(label, &recording, &track.audio).await?;
        let cover = match &track.cover {
            Some(url) => timeout(PATIENCE, self.cover(label, url)).await.ok().flatten(),
            None => None,
        };
        let audio_ext = recording_ext(&beginning(recording.part()));
        let incoming =
            Incoming { label, audio: Content::File(recording.part().to_owned()), audio_ext, cover };
        let mut kept = self.kept.lock().await;
        let (dir, job, before) = (self.office.dir.clone(), self.job.clone(), kept.clone());
        let (turn, dropped) = (Arc::clone(&self.turn), Arc::clone(&self.wanted.0));
        let stored = aside(move || {
            let _turn = turn;
            keep(&dir, &job, &[incoming], &before, || !dropped.load(Ordering::Relaxed))
        });
        let stored = stored.await?;
        match stored {
            Ok(takes) => {
                for take in takes.unwrap_or_default() {
                    kept.push(take.clone());
                    self.office.job(self.job.id, JobNews::Fetched(Box::new(take)));
                }
                Ok(())
            }
            Err(failure) => {
                self.office.arriving.give_up(self.take_id(label), &failure.message);
                if failure.class == FailureClass::Task {
                    // Whole, and yet no recording: only a new copy can be better.
                    recording.discard()?;
                }
                Err(failure)
            }
        }
    }

    fn take_id(&self, label: Label) -> TakeId {
        TakeId { job: self.job.id, label }
    }

    /// Fetches a recording that can be played as it comes.
    async fn hear(&self, label: Label, recording: &Download, url: &str) -> Result<(), Failure> {
        let (arriving, take) = (&self.office.arriving, self.take_id(label));
        let begun = || self.office.job(take.job, JobNews::Arriving(label));
        let mut ear = arriving.attempt(take, recording.part(), begun);
        let result = self.download(recording, url, Purpose::Audio, &mut ear).await;
        match &result {
            Ok(()) => arriving.finish(take),
            // Who waits for more goes on waiting: it is tried again.
            Err(failure) if failure.class == FailureClass::Busy => {}
            Err(failure) if failure.class == FailureClass::Gone => {
                arriving.lose(take, &failure.message);
            }
            Err(failure) => arriving.give_up(take, &failure.message),
        }
        result
    }

    /// A cover is worth trying for, but no take waits for it.
    async fn cover(&self, label: Label, url: &str) -> Option<(Content, &'static str)> {
        let cover = Download::new(self.folder, &format!("{label} cover"), COVER);
        let mut attempts = 1;
        while let Err(failure) = self.download(&cover, url, Purpose::Cover, &mut ()).await {
            tracing::warn!(job = %self.job.id, why = failure.message, "a cover did not come");
            if failure.class != FailureClass::Busy || attempts == COVERS {
                return None;
            }
            tokio::time::sleep(BETWEEN * attempts).await;
            attempts += 1;
        }
        let Some(ext) = picture_ext(&beginning(cover.part())) else {
            tracing::warn!(job = %self.job.id, "a cover is no picture");
            // Of no use, and it may be anything.
            let _ = cover.discard();
            return None;
        };
        Some((Content::File(cover.part().to_owned()), ext))
    }

    async fn download(
        &self,
        download: &Download,
        url: &str,
        purpose: Purpose,
        watch: &mut dyn Watching,
    ) -> Result<(), Failure> {
        let (at, since) = (Timestamp::now(), Instant::now());
        let mut attempt = Attempt::default();
        let result = download.fetch(&self.office.transport, url, &mut attempt, watch).await;
        let from = if attempt.from > 0 {
            format!("\nrange: bytes={}-", attempt.from)
        } else {
            String::new()
        };
        let answer = match &result {
            Ok(()) => format!("{} bytes", attempt.bytes),
            Err(failure) => format!("{} bytes; {}", attempt.bytes, failure.message),
        };
        let exchange = Exchange {
            at,
            purpose,
            request: format!("GET {}{from}", crate::song::clean_line(url)),
            status: attempt.status,
            answer,
            milliseconds: since.elapsed().as_millis() as u64,
            repeated: 0,
        };
        self.office.told(self.job.id, exchange);
        result
    }
}

/// What kind of recording it is; what says nothing of itself is the usual.
fn recording_ext(bytes: &[u8]) -> &'static str {
    match bytes {
        [b'R', b'I', b'F', b'F', ..] => "wav",
        [b'f', b'L', b'a', b'C', ..] => "flac",
        [b'O', b'g', b'g', b'S', ..] => "ogg",
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => "m4a",
        [0xff, 0xf0 | 0xf1 | 0xf8 | 0xf9, ..] => "aac",
        _ => "mp3",
    }
}

/// What kind of picture it is; none where it is none.
fn picture_ext(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => Some("png"),
        [0xff, 0xd8, 0xff, ..] => Some("jpg"),
        [b'G', b'I', b'F', b'8', ..] => Some("gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("webp"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_known_by_their_bytes() {
        assert_eq!(picture_ext(b"\x89PNG\r\n"), Some("png"));
        assert_eq!(picture_ext(b"\xff\xd8\xff\xe0"), Some("jpg"));
        assert_eq!(picture_ext(b"RIFF\0\0\0\0WEBPVP8 "), Some("webp"));
        assert_eq!(picture_ext(b"<html>"), None);
    }

    #[test]
    fn recordings_are_known_by_their_bytes() {
        assert_eq!(recording_ext(b"ID3\x04"), "mp3");
        assert_eq!(recording_ext(b"\xff\xfb\x90"), "mp3");
        assert_eq!(recording_ext(b"RIFF\0\0\0\0WAVE"), "wav");
        assert_eq!(recording_ext(b"fLaC\0"), "flac");
        assert_eq!(recording_ext(b"OggS\0"), "ogg");
        assert_eq!(recording_ext(b"\0\0\0\x20ftypM4A "), "m4a");
        assert_eq!(recording_ext(b"\xff\xf1\x50"), "aac");
        assert_eq!(recording_ext(b""), "mp3");
    }
}
