//! From bytes in memory to files with names, in two steps with room for a check between them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::super::{Fault, disk};
use super::{Content, Incoming, StoreError, StoredTake, naming, sheet};
use crate::song::{Job, Label, Mode, Take};

/// The files of a job, complete and on the disk, but without their names yet. Dropped before
/// [`Staged::publish`], it takes its files away again.
#[derive(Debug)]
pub struct Staged {
    job: Job,
    folder: PathBuf,
    takes: Vec<StoredTake>,
    durations: Vec<(Label, Duration)>,
    /// Takes of the same job that are there already, for `song.json`.
    kept: Vec<(StoredTake, Duration)>,
    /// Written, and waiting for their names.
    parts: Vec<Part>,
}

#[derive(Debug)]
struct Part {
    path: PathBuf,
    named: PathBuf,
}

/// Writes the takes of a job and their words into the song's folder as `.part` files, and takes
/// away those that an earlier attempt left there. Only one at a time for the same job.
///
/// # Errors
/// If the disk says no. Nothing of this attempt is then left.
pub fn stage(dir: &Path, job: &Job, takes: &[Incoming]) -> Result<Staged, StoreError> {
    let fail = |path: &Path, error: io::Error| StoreError {
        job: job.id,
        path: path.to_owned(),
        fault: error.into(),
    };
    let dir = std::path::absolute(dir).map_err(|error| fail(dir, error))?;
    let folder = naming::job_folder(&dir, job).map_err(|error| fail(&dir, error))?;
    disk::make_dir(&folder)
        .and_then(|()| remove_parts(&folder))
        .map_err(|error| fail(&folder, error))?;
    let mut staged = Staged {
        job: job.clone(),
        folder,
        takes: Vec::with_capacity(takes.len()),
        durations: Vec::new(),
        kept: Vec::new(),
        parts: Vec::new(),
    };
    let stem = naming::stem(job);
    for take in takes {
        let name = format!("{stem} {}", take.label);
        let audio = staged.put(&name, take.audio_ext, &take.audio)?;
        let cover = match &take.cover {
            Some((bytes, ext)) => Some(staged.put(&name, ext, bytes)?),
            None => None,
        };
        staged.takes.push(StoredTake { label: take.label, audio, cover });
    }
    let own = job.request.text.as_str();
    let sung = job.receipt.lyrics.as_deref().unwrap_or_default();
    let words = match job.request.params.mode {
        Mode::Lyrics => [("lyrics", own), ("description", "")],
        Mode::Describe => [("lyrics", sung), ("description", own)],
    };
    for (name, text) in words.into_iter().filter(|(_, text)| !text.is_empty()) {
        staged.put(name, "txt", &text.as_bytes().to_vec().into())?;
    }
    Ok(staged)
}

impl Staged {
    /// Each take and the file that its recording is in now, for a check before it gets its name.
    pub fn recordings(&self) -> impl Iterator<Item = (Label, &Path)> {
        self.takes.iter().map(|take| {
            let part = self.parts.iter().find(|part| part.named == take.audio);
            (take.label, part.map_or(&*take.audio, |part| &*part.path))
        })
    }

    /// Says how long a take plays, for `song.json`.
    pub fn set_duration(&mut self, label: Label, duration: Duration) {
        self.durations.retain(|(known, _)| *known != label);
        self.durations.push((label, duration));
    }

    /// Says which takes of the job are there already, for `song.json`.
    pub fn beside<'a>(&mut self, kept: impl IntoIterator<Item = &'a Take>) {
        let stored = |take: &Take| StoredTake {
            label: take.id.label,
            audio: take.audio.clone(),
            cover: take.cover.clone(),
        };
        self.kept = kept.into_iter().map(|take| (stored(take), take.duration)).collect();
    }

    /// Gives the files their names. When this returns they are there to stay.
    ///
    /// # Errors
    /// If the disk says no. Files that got their names before that stay, and another attempt
    /// finds them.
    pub fn publish(mut self) -> Result<Vec<StoredTake>, StoreError> {
        let (mut takes, mut durations) = (self.takes.clone(), self.durations.clone());
        for (kept, duration) in &self.kept {
            if takes.iter().all(|take| take.label != kept.label) {
                takes.push(kept.clone());
                durations.push((kept.label, *duration));
            }
        }
        let named = self.folder.join("song.json");
        let before = fs::read(&named).unwrap_or_default();
        for (other, duration) in sheet::others(&before, self.job.id, &self.folder, &takes) {
            durations.extend(duration.map(|duration| (other.label, duration)));
            takes.push(other);
        }
        takes.sort_by_key(|take| take.label);
        let sheet = sheet::write(&self.job, &takes, &durations)
            .map_err(|error| self.error(&self.folder, Fault::from(error)))?;
        // A sheet that tells all that the one before told takes its place.
        if sheet::is_told(&before, &takes) {
            let part = Part { path: self.folder.join("song.json.part"), named };
            disk::write_file(&part.path, sheet.as_bytes())
                .map_err(|error| self.error(&part.path, error.into()))?;
            self.parts.push(part);
        } else {
            self.put("song", "json", &sheet.into_bytes().into())?;
        }
        while let Some(part) = self.parts.first() {
            fs::rename(&part.path, &part.named)
                .map_err(|error| self.error(&part.named, error.into()))?;
            self.parts.remove(0);
        }
        disk::sync_dir(&self.folder).map_err(|error| self.error(&self.folder, error.into()))?;
        Ok(std::mem::take(&mut self.takes))
    }

    /// Writes a file under a name that is free, and gives the path that it will have. A file that
    /// is there already with the same bytes is the one that is meant; one with other bytes is
    /// somebody's music, and the new one becomes "Title A 2.mp3".
    fn put(&mut self, name: &str, ext: &str, content: &Content) -> Result<PathBuf, StoreError> {
        let mut file = format!("{name}.{ext}");
        let mut count = 1;
        loop {
            let named = self.folder.join(&file);
            let claimed = self.parts.iter().any(|part| part.named == named);
            if !claimed && disk::holds(&named, content) {
                return Ok(named);
            }
            if !claimed && named.symlink_metadata().is_err() {
                let path = self.folder.join(format!("{file}.part"));
                self.parts.push(Part { path: path.clone(), named: named.clone() });
                disk::put(&path, content).map_err(|error| self.error(&path, error.into()))?;
                return Ok(named);
            }
            count += 1;
            file = format!("{name} {count}.{ext}");
        }
    }

    fn error(&self, path: &Path, fault: Fault) -> StoreError {
        StoreError { job: self.job.id, path: path.to_owned(), fault }
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        for part in &self.parts {
            fs::remove_file(&part.path).ok();
        }
        // Goes only if it is empty: a job that kept nothing leaves no folder.
        fs::remove_dir(&self.folder).ok();
    }
}

/// Takes away what a crash left half-written.
fn remove_parts(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ext| ext == "part") {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}
