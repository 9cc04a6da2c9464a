//! From rows to words. A row that cannot be understood is named and left in the library; it never
//! keeps the others from being read.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row};
use serde::de::DeserializeOwned;

use super::write::key;
use super::{Contents, Fault, LoadError, Settings, SongEntry, folders};
use crate::song::{Draft, Exchange, Job, JobId, Remarks, SongId, Take, TakeId};

/// Everything that is there.
pub(super) fn contents(db: &Connection, dir: &Path) -> Result<Contents, Fault> {
    let mut unreadable = Vec::new();
    let songs = songs(db)?;
    let next_job = JobId(next(
        db,
        "SELECT max(id) FROM (SELECT id FROM jobs UNION ALL SELECT job FROM takes)",
    )?);
    let jobs = rows(db, "SELECT 'job ' || id, job FROM jobs ORDER BY id", &mut unreadable, json)?;
    let mut takes: Vec<Take> = rows(
        db,
        "SELECT 'take ' || job || lower(label), take, peaks FROM takes ORDER BY job, label",
        &mut unreadable,
        |row| take(row, dir),
    )?;
    let mut remarks = remarks(db, &mut unreadable)?;
    for take in &mut takes {
        take.remarks = remarks.remove(&take.id).unwrap_or_default();
    }
    let used = jobs.iter().map(|job: &Job| job.song).chain(takes.iter().map(|take| take.song));
    let unused = unused_song(db, dir)?.max(used.max().map_or(SongId(1), after));
    let draft = match on_desk(db)?.or_else(|| songs.first().map(|song| song.id)) {
        None => Draft::new(unused),
        Some(song) => match draft(db, song) {
            Ok(draft) => draft.unwrap_or_else(|| Draft::new(song)),
            Err(fault @ Fault::Unknown(_)) => {
                unreadable.push(LoadError { what: format!("the draft of song {song}"), fault });
                Draft::new(unused)
            }
            Err(fault) => return Err(fault),
        },
    };
    // A song on the desk has its number even before its first word is saved.
    let next_song = unused.max(after(draft.song));
    let settings = settings(db)?;
    Ok(Contents { draft, songs, jobs, takes, remarks, settings, next_song, next_job, unreadable })
}

/// What was thought of every take.
fn remarks(
    db: &Connection,
    unreadable: &mut Vec<LoadError>,
) -> Result<BTreeMap<TakeId, Remarks>, Fault> {
    let query =
        "SELECT 'the remarks on take ' || job || lower(label), remarks, job || label FROM remarks";
    let read = |row: &Row<'_>| {
        let take = row.get::<_, String>(2)?.parse().map_err(Fault::Unknown)?;
        Ok((take, json(row)?))
    };
    Ok(rows(db, query, unreadable, read)?.into_iter().collect())
}

/// The draft of a song, if it was ever saved.
pub(super) fn draft(db: &Connection, song: SongId) -> Result<Option<Draft>, Fault> {
    db.prepare_cached("SELECT id, draft FROM songs WHERE id = ?1")?
        .query_row([key(song.0)], |row| Ok(json(row)))
        .optional()?
        .transpose()
}

/// What was asked and answered about a job, the oldest first. A row that makes no sense is left out:
/// the rest of the story is worth having.
pub(super) fn story(db: &Connection, job: JobId) -> Result<Vec<Exchange>, Fault> {
    let mut select =
        db.prepare_cached("SELECT id, exchange FROM exchanges WHERE job = ?1 ORDER BY id")?;
    let mut rows = select.query([key(job.0)])?;
    let mut story = Vec::new();
    while let Some(row) = rows.next()? {
        story.extend(json(row).ok());
    }
    Ok(story)
}

/// The songs, the one changed last first.
fn songs(db: &Connection) -> Result<Vec<SongEntry>, Fault> {
    let mut select = db.prepare("SELECT id, name, changed FROM songs ORDER BY id DESC")?;
    let songs = select.query_map([], |row| {
        Ok(SongEntry {
            id: SongId(row.get::<_, i64>(0)?.cast_unsigned()),
            name: row.get(1)?,
            // Only the order depends on it: a song is not refused for its date.
            changed: row.get_ref(2)?.as_str()?.parse().unwrap_or(Timestamp::UNIX_EPOCH),
        })
    })?;
    let mut songs: Vec<_> = songs.collect::<Result<_, _>>()?;
    songs.sort_by_key(|song| std::cmp::Reverse(song.changed));
    Ok(songs)
}

/// All rows of a query whose first column says what each is.
fn rows<T>(
    db: &Connection,
    query: &str,
    unreadable: &mut Vec<LoadError>,
    mut read: impl FnMut(&Row<'_>) -> Result<T, Fault>,
) -> Result<Vec<T>, Fault> {
    let mut select = db.prepare(query)?;
    let mut rows = select.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        match read(row) {
            Ok(value) => found.push(value),
            Err(fault @ Fault::Unknown(_)) => {
                unreadable.push(LoadError { what: row.get(0)?, fault });
            }
            Err(fault) => return Err(fault),
        }
    }
    Ok(found)
}

/// The JSON in the second column.
fn json<T: DeserializeOwned>(row: &Row<'_>) -> Result<T, Fault> {
    let text = row.get_ref(1)?.as_bytes().map_err(rusqlite::Error::from)?;
    Ok(serde_json::from_slice(text)?)
}

/// A take: its JSON, its peaks, and its files where the data directory is now.
fn take(row: &Row<'_>, dir: &Path) -> Result<Take, Fault> {
    let take: Take = json(row)?;
    Ok(Take {
        audio: dir.join(&take.audio),
        cover: take.cover.as_ref().map(|cover| dir.join(cover)),
        peaks: row.get(2)?,
        ..take
    })
}

fn settings(db: &Connection) -> Result<Settings, Fault> {
    let mut select = db.prepare("SELECT key, value FROM settings")?;
    let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(Settings::from_rows(rows.collect::<Result<Vec<_>, _>>()?))
}

/// The song that was last put on the desk.
fn on_desk(db: &Connection) -> Result<Option<SongId>, Fault> {
    let song = db
        .query_row("SELECT value FROM meta WHERE key = 'desk'", [], |row| row.get::<_, i64>(0))
        .optional()?;
    Ok(song.map(|song| SongId(song.cast_unsigned())))
}

/// The first number above every song that was saved, or has a folder: the database may be new and
/// the recordings not.
fn unused_song(db: &Connection, dir: &Path) -> Result<SongId, Fault> {
    match next(db, "SELECT max(id) FROM songs")? {
        1 if dir.is_absolute() => Ok(after(SongId(folders::highest(dir)?))),
        next => Ok(SongId(next)),
    }
}

fn after(song: SongId) -> SongId {
    SongId(song.0.saturating_add(1))
}

/// One more than the highest number in use.
fn next(db: &Connection, highest: &str) -> Result<u64, Fault> {
    let highest: Option<i64> = db.query_row(highest, [], |row| row.get(0))?;
    Ok(highest.unwrap_or(0).cast_unsigned().saturating_add(1))
}
