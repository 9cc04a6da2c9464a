//! A disk that is full, or takes no writes, while the studio is open.

use rusqlite::Connection;

use super::super::{Fault, OpenError, schema};
use super::*;

/// Lets the database grow to at most this many pages.
fn limit(db: &Connection, pages: i64) {
    db.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(())).unwrap();
}

#[test]
fn a_full_disk_costs_nothing_that_was_saved_and_ends_when_it_has_space() {
    let dir = tempfile::tempdir().unwrap();
    let (mut library, _) = open(dir.path());
    library.write(&write(draft(1, "safe"), 1)).unwrap();
    let long = write(draft(1, &"more words\n".repeat(100_000)), 2);
    limit(&library.db, 20);

    let error = library.write(&long).unwrap_err();
    assert_eq!(error.fault, Fault::Full);
    assert_eq!(error.to_string(), "the draft of song 1 could not be saved: the disk is full");
    assert!(error.advice().contains("Free some space"));
    assert_eq!(library.draft(SongId(1)).unwrap().unwrap().lyrics, "safe");
    library.write(&Record::OnDesk(SongId(1))).unwrap();

    limit(&library.db, 1_000_000);
    library.write(&long).unwrap();
    drop(library);
    let Record::Draft { draft: long, .. } = long else { unreachable!() };
    assert_eq!(open(dir.path()).1.draft, long);
}

#[test]
fn a_take_that_does_not_fit_leaves_its_job_as_it_was() {
    let (mut library, _) = Library::in_memory().unwrap();
    let running = job(1, 1, JobState::Running { since: at(1) });
    library.write(&Record::Job(running.clone())).unwrap();
    limit(&library.db, 20);
    let mut big = take(Path::new("/"), 1, 1, Label::A);
    big.peaks = vec![7; 200_000];
    let done = job(1, 1, JobState::Done { since: at(1), at: at(2) });
    let error = library.write(&Record::Takes { job: done, takes: vec![big] }).unwrap_err();
    assert_eq!(error.to_string(), "the takes of job 1 could not be saved: the disk is full");
    let contents = super::super::read::contents(&library.db, Path::new("")).unwrap();
    assert_eq!((contents.jobs, contents.takes), (vec![running], vec![]));
}

#[test]
fn a_disk_that_is_full_at_the_start_says_so() {
    let mut db = Connection::open_in_memory().unwrap();
    limit(&db, 2);
    let error = schema::prepare(&mut db, Path::new("x")).unwrap_err();
    assert_eq!(error, OpenError::Fault { path: "x".into(), fault: Fault::Full });
}

#[test]
fn a_disk_that_turns_read_only_says_so_and_may_turn_back() {
    let (mut library, _) = Library::in_memory().unwrap();
    library.db.pragma_update(None, "query_only", true).unwrap();
    let record = Record::Job(job(1, 1, JobState::Waiting));
    let error = library.write(&record).unwrap_err();
    assert_eq!(error.to_string(), "job 1 could not be saved: the place is read-only");
    library.db.pragma_update(None, "query_only", false).unwrap();
    library.write(&record).unwrap();
}

#[test]
fn a_program_that_holds_the_file_is_named_as_the_cause() {
    let dir = tempfile::tempdir().unwrap();
    let (mut library, _) = open(dir.path());
    library.db.busy_timeout(Duration::ZERO).unwrap();
    let other = Connection::open(dir.path().join("library.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let record = write(draft(1, "words"), 1);
    assert_eq!(library.write(&record).unwrap_err().fault, Fault::Busy);
    other.execute_batch("COMMIT").unwrap();
    library.write(&record).unwrap();
}
