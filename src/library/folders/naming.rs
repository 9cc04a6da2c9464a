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

/// The highest number that a song folder has; 0 if there is none.
pub(in super::super) fn highest(dir: &Path) -> io::Result<u64> {
    let folders = numbered(&dir.join("songs"))?;
    Ok(folders.into_iter().map(|(song, _)| song.0).max().unwrap_or(0))
}

/// The existing folder of a song; the first by name, should there be several.
fn song_folder(songs: &Path, song: SongId) -> io::Result<Option<PathBuf>> {
    let folders = numbered(songs)?.into_iter();
    Ok(folders
        .filter(|(number, path)| *number == song && path.is_dir())
        .map(|(_, path)| path)
        .min())
}

/// Everything whose name begins like a song folder's.
fn numbered(songs: &Path) -> io::Result<Vec<(SongId, PathBuf)>> {
    let entries = match fs::read_dir(songs) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let prefix = name.split(' ').next().unwrap_or_default();
        // "12 Bars" may be a folder of the user's own: a number counts only as it is written here.
        if let Ok(song) = prefix.parse().map(SongId)
            && number(song) == prefix
        {
            found.push((song, path));
        }
    }
    Ok(found)
}

fn number(song: SongId) -> String {
    format!("{:04}", song.0)
}
