//! Where the files of a job go.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::song::{Job, SongId, clean_name};

/// The folder of a job. Titles change from version to version; a song's number does not, so an
/// existing folder is found by it, whatever a user has renamed the rest to.
pub(super) fn job_folder(dir: &Path, job: &Job) -> io::Result<PathBuf> {
    let songs = dir.join("songs");
    let song = match song_folder(&songs, job.song)? {
        Some(folder) => folder,
        None => songs.join(format!("{} {}", number(job.song), stem(job))),
    };
    Ok(song.join(format!("v{} job {}", job.version, job.id)))
}

/// What the names of a job's recordings begin with.
pub(super) fn stem(job: &Job) -> String {
    clean_name(&job.request.params.title)
}

/// The existing folder of a song; the first by name, should there be several.
fn song_folder(songs: &Path, song: SongId) -> io::Result<Option<PathBuf>> {
    let entries = match fs::read_dir(songs) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        entries => entries?,
    };
    let number = number(song);
    let mut found = None;
    for entry in entries {
        let path = entry?.path();
        let first = path.file_name().and_then(|name| name.to_str()?.split(' ').next());
        let earlier = found.as_ref().is_none_or(|found| path < *found);
        if first == Some(&number) && earlier && path.is_dir() {
            found = Some(path);
        }
    }
    Ok(found)
}

fn number(song: SongId) -> String {
    format!("{:04}", song.0)
}
