//! From words to rows. Every function is one statement; [`super::Library::write`] wraps them in a
//! transaction.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::{Fault, Record, Settings};
use crate::song::{Draft, Exchange, Job, JobId, Remarks, SongId, Take, TakeId};

/// Writes one record. The caller commits, or lets go of all of it.
pub(super) fn record(db: &Connection, dir: &Path, record: &Record) -> Result<(), Fault> {
    match record {
        Record::Draft { draft, at } => put_draft(db, draft, *at),
        Record::Job(job) => put_job(db, job),
        Record::Takes { job, takes } => {
            put_job(db, job)?;
            takes.iter().try_for_each(|take| put_take(db, dir, take))
        }
        Record::Exchange { job, exchange } => put_exchange(db, *job, exchange),
        Record::Take(take) => put_take(db, dir, take),
        Record::Remarks { take, remarks } => put_remarks(db, *take, remarks),
        Record::OnDesk(song) => put_desk(db, *song),
        Record::Settings(settings) => put_settings(db, settings),
    }
}

fn put_draft(db: &Connection, draft: &Draft, at: Timestamp) -> Result<(), Fault> {
    db.prepare_cached(
        "INSERT INTO songs (id, name, changed, draft) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (id) DO UPDATE SET name = ?2, changed = ?3, draft = ?4",
    )?
    .execute(params![
        key(draft.song.0),
        draft.name(),
        at.to_string(),
        serde_json::to_string(draft)?
    ])?;
    Ok(())
}

fn put_job(db: &Connection, job: &Job) -> Result<(), Fault> {
    db.prepare_cached(
        "INSERT INTO jobs (id, song, state, job) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (id) DO UPDATE SET song = ?2, state = ?3, job = ?4",
    )?
    .execute(params![
        key(job.id.0),
        key(job.song.0),
        job.state.word(),
        serde_json::to_string(job)?
    ])?;
    Ok(())
}

fn put_take(db: &Connection, dir: &Path, take: &Take) -> Result<(), Fault> {
    let row = Take {
        audio: inside(dir, &take.audio),
        cover: take.cover.as_deref().map(|cover| inside(dir, cover)),
        peaks: Vec::new(),
        remarks: Remarks::default(),
        ..take.clone()
    };
    db.prepare_cached(
        "INSERT INTO takes (job, label, song, take, peaks) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (job, label) DO UPDATE SET song = ?3, take = ?4, peaks = ?5",
    )?
    .execute(params![
        key(take.id.job.0),
        take.id.label.to_string(),
        key(take.song.0),
        serde_json::to_string(&row)?,
        take.peaks
    ])?;
    Ok(())
}

fn put_remarks(db: &Connection, take: TakeId, remarks: &Remarks) -> Result<(), Fault> {
    db.prepare_cached(
        "INSERT INTO remarks (job, label, remarks) VALUES (?1, ?2, ?3)
         ON CONFLICT (job, label) DO UPDATE SET remarks = ?3",
    )?
    .execute(params![
        key(take.job.0),
        take.label.to_string(),
        serde_json::to_string(remarks)?
    ])?;
    Ok(())
}

fn put_exchange(db: &Connection, job: JobId, exchange: &Exchange) -> Result<(), Fault> {
    db.prepare_cached("INSERT INTO exchanges (job, exchange) VALUES (?1, ?2)")?
        .execute(params![key(job.0), serde_json::to_string(exchange)?])?;
    Ok(())
}

fn put_desk(db: &Connection, song: SongId) -> Result<(), Fault> {
    db.prepare_cached("INSERT OR REPLACE INTO meta (key, value) VALUES ('desk', ?1)")?
        .execute([key(song.0)])?;
    Ok(())
}

fn put_settings(db: &Connection, settings: &Settings) -> Result<(), Fault> {
    let mut put =
        db.prepare_cached("INSERT OR REPLACE INTO settings (key, value) VALUES (?1, ?2)")?;
    for (key, value) in settings.rows()? {
        put.execute(params![key, value.to_string()])?;
    }
    Ok(())
}

/// SQLite's integers are signed; no song will be numbered so high that it matters.
pub(super) fn key(number: u64) -> i64 {
    number.cast_signed()
}

/// A path as it is stored: relative where it is inside the data directory, so that the directory
/// can be moved.
fn inside(dir: &Path, path: &Path) -> PathBuf {
    path.strip_prefix(dir).unwrap_or(path).to_owned()
}
