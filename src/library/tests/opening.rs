//! What a library does with a place or a file that is not as it should be.

use std::fs;
use std::path::PathBuf;

use rusqlite::{Connection, OpenFlags};

use super::super::{Fault, OpenError};
use super::*;

fn refused(dir: &Path) -> OpenError {
    let error = Library::open(dir).map(|_| ()).unwrap_err();
    assert!(!error.to_string().contains('\n') && !error.advice().is_empty());
    error
}

#[test]
fn a_second_studio_is_refused_and_told_who_is_first() {
    let dir = tempfile::tempdir().unwrap();
    let (mut library, _) = open(dir.path());
    let error = refused(dir.path());
    let pid = std::process::id();
    assert_eq!(error, OpenError::InUse { dir: dir.path().into(), pid: Some(pid) });
    assert!(error.to_string().ends_with(&format!("another Refrain (process {pid})")), "{error}");
    assert!(error.advice().contains("--data-dir"));

    library.write(&write(draft(1, "still mine"), 1)).unwrap();
    drop(library);
    assert_eq!(open(dir.path()).1.draft.lyrics, "still mine");
}

#[test]
fn a_lock_left_by_a_crash_does_not_lock() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("library.lock"), "4711\nand something longer than a number\n")
        .unwrap();
    drop(open(dir.path()));
    let now = fs::read_to_string(dir.path().join("library.lock")).unwrap();
    assert_eq!(now.trim(), std::process::id().to_string());
}

#[test]
fn a_library_of_the_first_version_is_brought_up_to_date() {
    let dir = tempfile::tempdir().unwrap();
    let done = JobState::Done { since: at(1), at: at(4) };
    open(dir.path()).0.write(&Record::Job(job(1, 1, done.clone()))).unwrap();
    let db = Connection::open(dir.path().join("library.db")).unwrap();
    db.execute_batch(
        "DROP TABLE exchanges;
         DROP TABLE remarks;
         UPDATE jobs SET job = json_remove(
             job, '$.gateway', '$.receipt', '$.idempotency_key', '$.callback_token',
             '$.request.params.persona');
         PRAGMA user_version = 1;",
    )
    .unwrap();
    drop(db);
    let (mut library, contents) = open(dir.path());
    assert_eq!(contents.jobs, [job(1, 1, done)]);
    let exchange = exchange(3);
    library.write(&Record::Exchange { job: JobId(1), exchange: exchange.clone() }).unwrap();
    assert_eq!(library.story(JobId(1)), Ok(vec![exchange]));
}

#[test]
fn a_newer_library_is_refused_and_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    open(dir.path()).0.write(&write(draft(1, "from the future"), 1)).unwrap();
    let path = dir.path().join("library.db");
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 9).unwrap();
    let before = fs::read(&path).unwrap();

    let error = refused(dir.path());
    assert_eq!(error, OpenError::Newer { path: path.clone(), found: 9, known: 3 });
    assert!(error.to_string().contains("version 9") && error.to_string().contains("version 3"));
    assert!(error.advice().contains("Update Refrain"));
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn a_file_that_is_no_library_is_refused_and_left_alone() {
    for garbage in [&b"hello"[..], &[0; 700], &b"My shopping list\n".repeat(1000)] {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("library.db");
        fs::write(&path, garbage).unwrap();
        let error = refused(dir.path());
        assert!(matches!(error, OpenError::NotALibrary { .. }), "{error}");
        assert_eq!(fs::read(&path).unwrap(), garbage);
    }
}

#[test]
fn the_database_of_another_program_is_refused_and_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("library.db");
    Connection::open(&path).unwrap().execute_batch("CREATE TABLE songs (name)").unwrap();
    let before = fs::read(&path).unwrap();
    let error = refused(dir.path());
    assert!(error.to_string().contains("another program"), "{error}");
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn a_damaged_page_is_named_and_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let (mut library, _) = open(dir.path());
    library.write(&Record::Job(job(1, 1, JobState::Waiting))).unwrap();
    let page: u64 = library
        .db
        .query_row("SELECT rootpage FROM sqlite_schema WHERE name = 'jobs'", [], |row| {
            row.get::<_, i64>(0)
        })
        .unwrap() as u64;
    drop(library);
    let path = dir.path().join("library.db");
    let mut bytes = fs::read(&path).unwrap();
    bytes[(page as usize - 1) * 4096..][..4096].fill(0xff);
    fs::write(&path, &bytes).unwrap();

    let error = refused(dir.path());
    assert!(matches!(error, OpenError::Fault { fault: Fault::Damaged(_), .. }), "{error}");
    assert!(error.advice().contains("songs"));
    assert_eq!(fs::read(&path).unwrap(), bytes);
}

#[test]
fn a_file_cut_short_is_refused_without_a_panic() {
    let dir = tempfile::tempdir().unwrap();
    let (mut library, _) = open(dir.path());
    library.write(&write(draft(1, &"Neon\n".repeat(9000)), 1)).unwrap();
    drop(library);
    let path = dir.path().join("library.db");
    let whole = fs::read(&path).unwrap();
    for length in [99, 512, 4095, 4096, 8192, whole.len() - 4096, whole.len() - 1] {
        let cut = tempfile::tempdir().unwrap();
        let path = cut.path().join("library.db");
        fs::write(&path, &whole[..length]).unwrap();
        refused(cut.path());
        assert_eq!(fs::read(&path).unwrap(), whole[..length], "{length}");
    }
}

#[test]
fn a_place_that_cannot_be_written_to_says_so() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let error = refused(&file.path().join("refrain"));
    assert!(matches!(error, OpenError::Fault { fault: Fault::NotAFolder, .. }), "{error}");
    // Even the superuser makes no folder here.
    for place in ["/proc/self/refrain", "/sys/refrain"] {
        let error = refused(Path::new(place));
        assert!(error.to_string().contains(place), "{error}");
        assert!(error.advice().contains("--data-dir"));
    }
}

#[test]
fn a_read_only_library_says_so_at_once() {
    let dir = tempfile::tempdir().unwrap();
    open(dir.path()).0.write(&write(draft(1, "words"), 1)).unwrap();
    let path = dir.path().join("library.db");
    let db = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let error = Library::prepare(db, &path, dir.path().into(), None).map(|_| ()).unwrap_err();
    assert_eq!(error, OpenError::Fault { path, fault: Fault::ReadOnly });
    assert!(error.to_string().ends_with("the place is read-only"), "{error}");
}

#[test]
fn a_folder_in_the_place_of_the_database_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("library.db")).unwrap();
    refused(dir.path());
}

#[test]
fn a_library_that_starts_afresh_does_not_give_old_numbers_to_new_songs() {
    let dir = tempfile::tempdir().unwrap();
    for folder in ["0007 Paper Cups", "0003 Glass", "0100", "Mixes", "12 Bars"] {
        fs::create_dir_all(dir.path().join("songs").join(folder)).unwrap();
    }
    let (mut library, contents) = open(dir.path());
    assert_eq!((contents.draft.song, contents.next_song), (SongId(101), SongId(102)));
    library.write(&write(draft(101, "words"), 1)).unwrap();
    drop(library);
    assert_eq!(open(dir.path()).1.next_song, SongId(102));
}

#[cfg(unix)]
#[test]
fn a_new_data_directory_is_for_its_user_alone() {
    use std::os::unix::fs::PermissionsExt;
    let home = tempfile::tempdir().unwrap();
    let dir: PathBuf = home.path().join("share/refrain");
    drop(open(&dir));
    for dir in [dir.parent().unwrap(), &dir] {
        assert_eq!(fs::metadata(dir).unwrap().permissions().mode() & 0o777, 0o700);
    }
}

#[test]
fn commits_wait_for_the_disk() {
    let dir = tempfile::tempdir().unwrap();
    let (library, _) = open(dir.path());
    let pragma = |name| library.db.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    assert_eq!(pragma("synchronous"), Ok(2));
    assert!(pragma("busy_timeout").unwrap() > 0);
    let mode: String =
        library.db.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
    assert_eq!(mode, "wal");
}
