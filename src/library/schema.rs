//! The tables, how they came to be, and whether a file is a library at all.
//!
//! A song's draft, a job and a take are each one JSON text: they are always read and written
//! whole, and a field that a newer Refrain adds does not need a new table. Columns beside it are
//! what lists and look-ups need. There are no foreign keys: a journal that refuses a paid take
//! because its song was not saved yet would protect the tables and lose the music.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, TransactionBehavior};

use super::{Fault, OpenError};

/// "Rfrn", where SQLite keeps the name of the program a file belongs to.
const APPLICATION: i64 = 0x5266_726e;

/// What makes a library of version n out of one of version n-1. Only ever added to.
const MIGRATIONS: &[&str] = &[
    "
    CREATE TABLE songs (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        changed TEXT NOT NULL,
        draft TEXT NOT NULL -- last, so that a list of songs never reads the pages of the words
    ) STRICT;
    CREATE TABLE jobs (
        id INTEGER PRIMARY KEY,
        song INTEGER NOT NULL,
        state TEXT NOT NULL,
        job TEXT NOT NULL
    ) STRICT;
    CREATE TABLE takes (
        job INTEGER NOT NULL,
        label TEXT NOT NULL,
        song INTEGER NOT NULL,
        take TEXT NOT NULL, -- without its peaks
        peaks BLOB NOT NULL,
        PRIMARY KEY (job, label)
    ) STRICT;
    CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
    CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
",
    "
    CREATE TABLE exchanges (
        id INTEGER PRIMARY KEY,
        job INTEGER NOT NULL,
        exchange TEXT NOT NULL
    ) STRICT;
    CREATE INDEX exchanges_of_a_job ON exchanges (job);
",
    // Beside the takes, so that a take that is fetched again keeps what was thought of it.
    "
    CREATE TABLE remarks (
        job INTEGER NOT NULL,
        label TEXT NOT NULL,
        remarks TEXT NOT NULL,
        PRIMARY KEY (job, label)
    ) STRICT;
",
];

/// The version that this program writes.
pub(super) const VERSION: i64 = MIGRATIONS.len() as i64;

/// How long to wait for another program, such as a backup, that is reading the file.
const PATIENCE: Duration = Duration::from_secs(2);

/// `FULL`: a commit is on the disk when it returns; the money invariant stands on it.
/// `fullfsync`: on macOS a plain sync stops in the drive's cache.
const PRAGMAS: &str = "
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA fullfsync = ON;
    PRAGMA checkpoint_fullfsync = ON;
    PRAGMA journal_size_limit = 8388608;
    PRAGMA cell_size_check = ON;
    PRAGMA trusted_schema = OFF;
";

/// Makes a connection ready for use: checks what the file is and brings it to [`VERSION`].
pub(super) fn prepare(db: &mut Connection, path: &Path) -> Result<(), OpenError> {
    let found = recognise(db, path)?;
    db.execute_batch(PRAGMAS).and_then(|()| migrate(db, found)).map_err(|error| refuse(error, path))
}

/// Makes a connection that is only read from ready for use, with all that follows as it is at one
/// moment. False where nothing was ever written into the file.
pub(super) fn look(db: &Connection, path: &Path) -> Result<bool, OpenError> {
    match recognise(db, path)? {
        0 => return Ok(false),
        VERSION => {}
        found => return Err(OpenError::Older { path: path.to_owned(), found, known: VERSION }),
    }
    db.execute_batch(
        "PRAGMA query_only = ON; PRAGMA cell_size_check = ON; PRAGMA trusted_schema = OFF; BEGIN;",
    )
    .map_err(|error| refuse(error, path))?;
    Ok(true)
}

/// Counts the openings: a write that must reach the file, so that a full or read-only disk is
/// known now and not at the first lost word.
///
/// It is not worth waiting for, and a sync would be most of the time that opening takes. That is
/// safe here only: the log is new or has just been recovered, so this write is appended to it, and
/// the first real commit syncs the log as a whole.
pub(super) fn prove_writable(db: &Connection, path: &Path) -> Result<(), OpenError> {
    db.execute_batch(
        "PRAGMA synchronous = OFF;
         INSERT INTO meta (key, value) VALUES ('opened', 1)
             ON CONFLICT (key) DO UPDATE SET value = value + 1;
         PRAGMA synchronous = FULL;",
    )
    .map_err(|error| refuse(error, path))
}

/// The version of the library, 0 for a new one. Only reads: a stranger's file is not touched.
fn recognise(db: &Connection, path: &Path) -> Result<i64, OpenError> {
    let (application, found, tables) = db
        .busy_timeout(PATIENCE)
        .and_then(|()| {
            db.query_row(
                "SELECT (SELECT application_id FROM pragma_application_id),
                        (SELECT user_version FROM pragma_user_version),
                        (SELECT count(*) FROM sqlite_schema)",
                [],
                |row| Ok((row.get::<_, i64>(0)?, row.get(1)?, row.get::<_, i64>(2)?)),
            )
        })
        .map_err(|error| refuse(error, path))?;
    match (application, found) {
        (0, 0) if tables == 0 => Ok(0),
        (APPLICATION, 0..=VERSION) => Ok(found),
        (APPLICATION, found) if found > VERSION => {
            Err(OpenError::Newer { path: path.to_owned(), found, known: VERSION })
        }
        _ => Err(OpenError::NotALibrary {
            path: path.to_owned(),
            why: "it is the database of another program".into(),
        }),
    }
}

/// All missing steps in one transaction: a library is never between two versions.
fn migrate(db: &mut Connection, found: i64) -> rusqlite::Result<()> {
    if found == VERSION {
        return Ok(());
    }
    let change = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for step in MIGRATIONS.iter().skip(found as usize) {
        change.execute_batch(step)?;
    }
    change.pragma_update(None, "application_id", APPLICATION)?;
    change.pragma_update(None, "user_version", VERSION)?;
    change.commit()
}

/// SQLite's error as a reason not to open the file.
pub(super) fn refuse(error: rusqlite::Error, path: &Path) -> OpenError {
    let path = path.to_owned();
    if error.sqlite_error_code() == Some(ErrorCode::NotADatabase) {
        return OpenError::NotALibrary { path, why: "it is not a database".into() };
    }
    OpenError::Fault { path, fault: Fault::from(error) }
}
