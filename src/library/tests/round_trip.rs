//! What goes in comes out.

use super::*;

#[test]
fn a_new_library_has_song_1_on_the_desk() {
    for (_library, contents) in
        [open(tempfile::tempdir().unwrap().path()), { Library::in_memory().unwrap() }]
    {
        assert_eq!(contents, Model::default().contents());
        assert_eq!(contents.draft, Draft::new(SongId(1)));
        assert_eq!(contents.next_song, SongId(2), "song 1 is on the desk");
    }
}

#[test]
fn a_song_that_was_never_saved_keeps_its_number() {
    let dir = tempfile::tempdir().unwrap();
    open(dir.path()).0.write(&Record::OnDesk(SongId(5))).unwrap();
    let (mut library, contents) = open(dir.path());
    assert_eq!((contents.draft, contents.next_song), (Draft::new(SongId(5)), SongId(6)));
    library.write(&Record::Job(job(1, 8, JobState::Waiting))).unwrap();
    drop(library);
    assert_eq!(open(dir.path()).1.next_song, SongId(9));
}

#[test]
fn everything_is_there_after_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let states = [
        JobState::Waiting,
        JobState::Running { since: at(3) },
        failed(),
        JobState::Cancelled { at: at(5) },
    ];
    let mut records = vec![
        write(draft(1, "first"), 1),
        write(draft(2, "[Verse]\n  two\n\n"), 5),
        write(draft(3, "🎹 ערב"), 3),
        Record::OnDesk(SongId(2)),
        Record::Takes {
            job: job(9, 1, JobState::Done { since: at(1), at: at(4) }),
            takes: [Label::A, Label::B, Label::nth(25)].map(|l| take(dir, 9, 1, l)).to_vec(),
        },
        Record::Settings(Settings { volume: 35, ..Settings::default() }),
    ];
    let jobs = states.into_iter().zip(1..).map(|(state, id)| Record::Job(job(id, 2, state)));
    records.extend(jobs);
    let mut model = Model::default();
    let (mut library, _) = open(dir);
    for record in &records {
        library.write(record).unwrap();
        model.apply(record);
    }
    assert_eq!(library.draft(SongId(3)), Ok(Some(draft(3, "🎹 ערב"))));
    assert_eq!(library.draft(SongId(4)), Ok(None));
    drop(library);

    let (_library, contents) = open(dir);
    assert_eq!(contents, model.contents());
    assert_eq!(contents.draft, draft(2, "[Verse]\n  two\n\n"));
    assert_eq!(contents.songs.iter().map(|song| song.id.0).collect::<Vec<_>>(), [2, 3, 1]);
}

#[test]
fn random_writes_and_restarts_agree_with_a_model() {
    for seed in 1..=12 {
        let dir = tempfile::tempdir().unwrap();
        let mut chance = Chance(seed * 0x9e37_79b9);
        let mut model = Model::default();
        for _ in 0..3 {
            let (mut library, contents) = open(dir.path());
            assert_eq!(contents, model.contents(), "seed {seed}");
            for _ in 0..chance.below(12) {
                let record = chance.record(dir.path());
                library.write(&record).unwrap();
                model.apply(&record);
            }
        }
        let (library, contents) = open(dir.path());
        assert_eq!(contents, model.contents(), "seed {seed}");
        for (job, story) in &model.stories {
            assert_eq!(library.story(*job).as_ref(), Ok(story), "seed {seed}");
        }
    }
}

#[test]
fn a_megabyte_of_words_is_kept_whole() {
    let dir = tempfile::tempdir().unwrap();
    let long = draft(1, &"Neon \"on\" the window 🎹\n".repeat(40_000));
    let (mut library, _) = open(dir.path());
    for second in 0..4 {
        library.write(&write(long.clone(), second)).unwrap();
    }
    drop(library);
    assert_eq!(open(dir.path()).1.draft, long);
}

#[test]
fn the_data_directory_can_be_moved() {
    let home = tempfile::tempdir().unwrap();
    let (old, new) = (home.path().join("old"), home.path().join("new"));
    let elsewhere = Take { audio: "/elsewhere/a.mp3".into(), ..take(&old, 1, 1, Label::B) };
    let takes = vec![take(&old, 1, 1, Label::A), elsewhere.clone()];
    let done = job(1, 1, JobState::Done { since: at(1), at: at(4) });
    open(&old).0.write(&Record::Takes { job: done, takes }).unwrap();
    std::fs::rename(&old, &new).unwrap();
    assert_eq!(open(&new).1.takes, [take(&new, 1, 1, Label::A), elsewhere]);
}

#[test]
fn fields_of_a_newer_version_are_tolerated() {
    let dir = tempfile::tempdir().unwrap();
    let (mut library, _) = open(dir.path());
    let records = [
        write(draft(1, "words"), 1),
        Record::Takes { job: job(1, 1, failed()), takes: vec![take(dir.path(), 1, 1, Label::A)] },
    ];
    let mut model = Model::default();
    for record in &records {
        library.write(record).unwrap();
        model.apply(record);
    }
    library
        .db
        .execute_batch(
            "UPDATE songs SET draft = json_set(draft, '$.mood', 'blue', '$.params.key', 'Am');
             UPDATE jobs SET job = json_set(job, '$.cost', json('[1, 2]'));
             UPDATE takes SET take = json_set(take, '$.stems', json('{}'));
             INSERT INTO settings VALUES ('theme', '{\"name\": \"dusk\"}');",
        )
        .unwrap();
    drop(library);
    assert_eq!(open(dir.path()).1, model.contents());
}

#[test]
fn a_row_that_makes_no_sense_is_named_and_kept() {
    let dir = tempfile::tempdir().unwrap();
    let (mut library, _) = open(dir.path());
    for record in [
        write(draft(1, "one"), 1),
        write(draft(2, "two"), 2),
        Record::Job(job(3, 1, JobState::Waiting)),
        Record::Job(job(4, 1, JobState::Waiting)),
        Record::OnDesk(SongId(2)),
    ] {
        library.write(&record).unwrap();
    }
    library
        .db
        .execute_batch(
            "UPDATE jobs SET job = json_set(job, '$.state', 'levitating') WHERE id = 4;
             UPDATE songs SET draft = substr(draft, 1, 20) WHERE id = 2;",
        )
        .unwrap();
    drop(library);

    let (library, contents) = open(dir.path());
    assert_eq!(contents.jobs, [job(3, 1, JobState::Waiting)]);
    assert_eq!(contents.next_job, JobId(5), "its number is not given away");
    assert_eq!(contents.draft, Draft::new(SongId(3)), "its words are not written over");
    let named: Vec<_> = contents.unreadable.iter().map(|error| error.what.as_str()).collect();
    assert_eq!(named, ["job 4", "the draft of song 2"]);
    assert!(contents.unreadable[0].to_string().contains("levitating"));
    assert!(library.draft(SongId(2)).is_err());
    let kept: i64 = library
        .db
        .query_row("SELECT length(draft) FROM songs WHERE id = 2", [], |row| row.get(0))
        .unwrap();
    assert_eq!(kept, 20);
}
