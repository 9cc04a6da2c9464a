//! The takes of a finished task: both at once from their addresses, one by one into the library.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use jiff::Timestamp;
use tokio::sync::Mutex;

use super::account::Office;
use super::aside;
use super::download::{Attempt, Download, on_disk};
use crate::library::folders::{Content, Incoming, arrivals};
use crate::runtime::keep::keep;
use crate::song::{Exchange, Failure, FailureClass, Job, Label, Purpose, Take, Track};
use crate::studio::JobNews;

/// So often a cover is tried...
const COVERS: u32 = 3;
/// ...and so long is waited after the first time, twice that after the second.
const BETWEEN: Duration = Duration::from_secs(1);

/// Fetches the takes of a job that are not in `kept`; each is told when it is there.
pub(super) async fn fetch(office: Arc<Office>, job: Box<Job>, kept: Vec<Take>) {
    let id = job.id;
    let folder = arrivals(&office.dir, id);
    if let Err(error) = fs::create_dir_all(&folder) {
        return office.job(id, JobNews::FetchEnded(Err(on_disk(&folder, error))));
    }
    let missing: Vec<(Label, Track)> = job
        .receipt
        .tracks
        .iter()
        .enumerate()
        .map(|(index, track)| (Label::nth(index), track.clone()))
        .filter(|(label, _)| kept.iter().all(|take| take.id.label != *label))
        .collect();
    let bench = Bench { office: &office, job: &job, folder: &folder, kept: Mutex::new(kept) };
    let ended = join_all(missing.into_iter().map(|(label, track)| bench.take(label, track))).await;
    let result = ended.into_iter().collect::<Result<Vec<()>, Failure>>().map(drop);
    office.job(id, JobNews::FetchEnded(result));
}

struct Bench<'a> {
    office: &'a Office,
    job: &'a Job,
    folder: &'a Path,
    /// Those in the library; held while another goes in.
    kept: Mutex<Vec<Take>>,
}

impl Bench<'_> {
    async fn take(&self, label: Label, track: Track) -> Result<(), Failure> {
        // Never closed, so a permit always comes.
        let _permit = self.office.files.acquire().await;
        let recording = Download::new(self.folder, &format!("{label} audio"));
        self.download(&recording, &track.audio, Purpose::Audio).await?;
        let cover = match &track.cover {
            Some(url) => self.cover(label, url).await,
            None => None,
        };
        let audio_ext = recording_ext(&recording.part);
        let incoming =
            Incoming { label, audio: Content::File(recording.part.clone()), audio_ext, cover };
        let mut kept = self.kept.lock().await;
        let (dir, job, before) = (self.office.dir.clone(), self.job.clone(), kept.clone());
        let stored = aside(move || keep(&dir, &job, &[incoming], &before, || true)).await?;
        match stored {
            Ok(takes) => {
                for take in takes.unwrap_or_default() {
                    kept.push(take.clone());
                    self.office.job(self.job.id, JobNews::Fetched(Box::new(take)));
                }
                Ok(())
            }
            Err(failure) => {
                if failure.class == FailureClass::Task {
                    // Whole, and yet no recording: only a new copy can be better.
                    recording.discard().map_err(|error| on_disk(&recording.part, error))?;
                }
                Err(failure)
            }
        }
    }

    /// A cover is worth trying for, but no take waits for it.
    async fn cover(&self, label: Label, url: &str) -> Option<(Content, &'static str)> {
        let cover = Download::new(self.folder, &format!("{label} cover"));
        let mut attempts = 1;
        while let Err(failure) = self.download(&cover, url, Purpose::Cover).await {
            tracing::warn!(job = %self.job.id, why = failure.message, "a cover did not come");
            if failure.class != FailureClass::Busy || attempts == COVERS {
                return None;
            }
            tokio::time::sleep(BETWEEN * attempts).await;
            attempts += 1;
        }
        let ext = picture_ext(&beginning(&cover.part))?;
        Some((Content::File(cover.part), ext))
    }

    async fn download(
        &self,
        download: &Download,
        url: &str,
        purpose: Purpose,
    ) -> Result<(), Failure> {
        let (at, since) = (Timestamp::now(), Instant::now());
        let mut attempt = Attempt::default();
        let result = download.fetch(&self.office.transport, url, &mut attempt).await;
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

fn beginning(path: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    // Nothing read is nothing known.
    let _ = File::open(path).and_then(|file| file.take(16).read_to_end(&mut bytes));
    bytes
}

fn recording_ext(path: &Path) -> &'static str {
    if beginning(path).starts_with(b"RIFF") { "wav" } else { "mp3" }
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
}
