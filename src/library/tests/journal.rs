//! The library on its own thread.

use std::sync::mpsc::{self, Receiver, Sender};

use super::super::{Fault, Journal, Reply};
use super::*;

/// A journal and what it says back.
fn journal(library: Library) -> (Journal, Receiver<Reply>) {
    let (say, hear) = mpsc::channel();
    let done = move |reply| drop(say.send(reply));
    (Journal::spawn(library, done).unwrap(), hear)
}

/// A journal that stops at its first reply until it is let go, so that a queue can form.
fn held_journal(library: Library) -> (Journal, Receiver<Reply>, Sender<()>) {
    let (say, hear) = mpsc::channel();
    let (go, wait) = mpsc::channel::<()>();
    let mut held = true;
    let done = move |reply| {
        say.send(reply).ok();
        if std::mem::take(&mut held) {
            wait.recv().ok();
        }
    };
    (Journal::spawn(library, done).unwrap(), hear, go)
}

fn saved(ticket: u64) -> Reply {
    Reply::Written { ticket, result: Ok(()) }
}

#[test]
fn everything_sent_is_written_before_drop_returns() {
    let dir = tempfile::tempdir().unwrap();
    let (journal, replies) = journal(open(dir.path()).0);
    let mut chance = Chance(7);
    let mut model = Model::default();
    for ticket in 0..60 {
        let record = chance.record(dir.path());
        model.apply(&record);
        journal.record(ticket, record);
    }
    drop(journal);
    assert_eq!(open(dir.path()).1, model.contents());
    assert_eq!(replies.iter().collect::<Vec<_>>(), (0..60).map(saved).collect::<Vec<_>>());
}

#[test]
fn drafts_that_wait_are_folded_and_all_answered_in_order() {
    let dir = tempfile::tempdir().unwrap();
    let (library, _) = open(dir.path());
    // The database itself takes down what it is made to write.
    let note = "INSERT INTO saves VALUES (new.id || ': ' || (new.draft ->> 'lyrics'))";
    library
        .db
        .execute_batch(&format!(
            "CREATE TABLE saves (line);
             CREATE TRIGGER made AFTER INSERT ON songs BEGIN {note}; END;
             CREATE TRIGGER changed AFTER UPDATE ON songs BEGIN {note}; END;"
        ))
        .unwrap();
    let (journal, replies, go) = held_journal(library);
    journal.record(0, Record::OnDesk(SongId(1)));
    for (ticket, song, words) in
        [(1, 1, "a"), (2, 1, "ab"), (3, 1, "abc"), (4, 2, "x"), (5, 1, "abcd")]
    {
        journal.record(ticket, write(draft(song, words), 1));
    }
    journal.load(SongId(1));
    journal.record(6, write(draft(1, "abcde"), 1));
    journal.record(7, Record::Job(job(1, 1, JobState::Waiting)));
    journal.record(8, write(draft(1, "abcdef"), 1));
    go.send(()).unwrap();
    drop(journal);

    let loaded = Reply::Loaded { song: SongId(1), result: Ok(Some(draft(1, "abcd"))) };
    let mut expected: Vec<_> = (0..=8).map(saved).collect();
    expected.insert(6, loaded);
    assert_eq!(replies.iter().collect::<Vec<_>>(), expected);
    let (library, _) = open(dir.path());
    let saves: String = library
        .db
        .query_row("SELECT group_concat(line, ', ') FROM saves", [], |row| row.get(0))
        .unwrap();
    assert_eq!(saves, "1: abc, 2: x, 1: abcd, 1: abcde, 1: abcdef");
}

#[test]
fn a_failed_write_is_told_and_the_next_one_works() {
    let (library, _) = Library::in_memory().unwrap();
    library.db.execute_batch("PRAGMA max_page_count = 20").unwrap();
    let (journal, replies) = journal(library);
    journal.record(1, write(draft(1, &"words\n".repeat(90_000)), 1));
    journal.record(2, Record::OnDesk(SongId(1)));
    journal.record(3, write(draft(1, "fewer words"), 2));
    journal.load(SongId(1));
    journal.flush();
    let heard: Vec<_> = replies.try_iter().collect();
    assert!(matches!(
        &heard[0],
        Reply::Written { ticket: 1, result: Err(error) } if error.fault == Fault::Full
    ));
    let loaded = Reply::Loaded { song: SongId(1), result: Ok(Some(draft(1, "fewer words"))) };
    assert_eq!(heard[1..], [saved(2), saved(3), loaded]);
}
