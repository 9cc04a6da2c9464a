//! A process or a machine that stops at any moment: what was committed is there, what was not is
//! not there by half.

use std::fs;

use super::*;

/// The files as a killed process leaves them: the database and its log, never closed.
fn wreck(dir: &Path) -> (Vec<u8>, Vec<u8>) {
    let read = |name| fs::read(dir.join(name)).unwrap();
    (read("library.db"), read("library.db-wal"))
}

fn reopened(database: &[u8], log: &[u8]) -> Contents {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("library.db"), database).unwrap();
    fs::write(dir.path().join("library.db-wal"), log).unwrap();
    open(dir.path()).1
}

#[test]
fn what_was_written_is_there_after_a_kill() {
    let dir = tempfile::tempdir().unwrap();
    let (mut library, _) = open(dir.path());
    let mut model = Model::default();
    for record in [
        write(draft(1, "typed a moment ago"), 1),
        Record::OnDesk(SongId(1)),
        Record::Job(job(1, 1, JobState::Running { since: at(2) })),
    ] {
        library.write(&record).unwrap();
        model.apply(&record);
    }
    let (database, log) = wreck(dir.path());
    // Never closed; its lock is held until the test ends, as another process would see it.
    std::mem::forget(library);
    assert_eq!(reopened(&database, &log), model.contents());
}

#[test]
fn a_log_cut_anywhere_gives_the_library_as_it_was_between_two_writes() {
    let dir = tempfile::tempdir().unwrap();
    // Relative paths of takes resolve in each wreck's own folder, so these are kept elsewhere.
    let recordings = Path::new("/recordings");
    let (mut library, _) = open(dir.path());
    let mut chance = Chance(42);
    let mut model = Model::default();
    let mut states = vec![model.contents()];
    for _ in 0..12 {
        let record = chance.record(recordings);
        library.write(&record).unwrap();
        model.apply(&record);
        states.push(model.contents());
    }
    let (database, log) = wreck(dir.path());
    let mut last = 0;
    let ends = (0..log.len()).step_by(1373).chain([log.len()]);
    for end in ends {
        let found = reopened(&database, &log[..end]);
        let state = states.iter().rposition(|state| *state == found);
        let state = state.unwrap_or_else(|| panic!("a state that never was, cut at {end}"));
        assert!(state >= last, "cut at {end}");
        last = state;
    }
    assert_eq!(states[last], model.contents());
}
