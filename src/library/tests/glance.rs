//! Looking at a library that somebody else may have open.

use std::fs;

use rusqlite::Connection;

use super::{at, exchange, failed, job, open, take, write};
use crate::library::{Glance, OpenError, Record};
use crate::song::{JobId, JobState, Label};

#[test]
fn a_library_is_looked_at_while_it_is_open_and_stays_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let (mut library, _) = open(dir.path());
    library.write(&write(super::draft(1, "Neon"), 1)).unwrap();
    library.write(&Record::Job(job(1, 1, failed()))).unwrap();
    let done = job(2, 1, JobState::Done { since: at(2), at: at(4) });
    let takes = vec![take(dir.path(), 2, 1, Label::A)];
    library.write(&Record::Takes { job: done, takes: takes.clone() }).unwrap();
    library.write(&Record::Exchange { job: JobId(1), exchange: exchange(1) }).unwrap();

    let glance = Glance::at(dir.path()).unwrap().unwrap();
    // What is written from now on is not seen: it is one moment.
    library.write(&Record::Exchange { job: JobId(1), exchange: exchange(2) }).unwrap();
    library.write(&Record::Job(job(3, 1, failed()))).unwrap();
    assert_eq!(glance.story(JobId(1)).unwrap(), [exchange(1)]);
    assert_eq!(glance.contents().takes, takes);
    assert_eq!(glance.contents().next_job, JobId(3));
    drop(glance);
    assert_eq!(Glance::at(dir.path()).unwrap().unwrap().contents().jobs.len(), 3);
    drop(library);
    // Also when nobody has it, and it can be opened for writing afterwards.
    let seen = Glance::at(dir.path()).unwrap().unwrap().contents().clone();
    assert_eq!(open(dir.path()).1, seen);
}

#[test]
fn where_there_is_no_library_none_is_begun() {
    let dir = tempfile::tempdir().unwrap();
    assert!(Glance::at(dir.path()).unwrap().is_none());
    assert!(Glance::at(&dir.path().join("absent")).unwrap().is_none());
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    fs::write(dir.path().join("library.db"), "").unwrap();
    assert!(Glance::at(dir.path()).unwrap().is_none());
}

#[test]
fn what_is_not_of_this_version_is_refused_and_not_changed() {
    let dir = tempfile::tempdir().unwrap();
    drop(open(dir.path()));
    let path = dir.path().join("library.db");
    let set = |version: i64| {
        let db = Connection::open(&path).unwrap();
        db.pragma_update(None, "user_version", version).unwrap();
    };
    set(1);
    let older = Glance::at(dir.path()).unwrap_err();
    assert!(matches!(older, OpenError::Older { found: 1, .. }), "{older}");
    set(99);
    let newer = Glance::at(dir.path()).unwrap_err();
    assert!(matches!(newer, OpenError::Newer { found: 99, .. }), "{newer}");
    fs::write(&path, "not a database, but long enough to be looked at as if it were one").unwrap();
    let stranger = Glance::at(dir.path()).unwrap_err();
    assert!(matches!(stranger, OpenError::NotALibrary { .. }), "{stranger}");
}
