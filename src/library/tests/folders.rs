//! The song folders, with everything a title can be.

use std::fs;
use std::path::PathBuf;

use super::super::Fault;
use super::super::folders::{Incoming, arrive, stage, store, tidy};
use super::*;

fn incoming(label: Label, audio: &[u8]) -> Incoming {
    let cover = (label == Label::A).then(|| (b"png".to_vec().into(), "png"));
    Incoming { label, audio: audio.to_vec().into(), audio_ext: "mp3", cover }
}

fn pair() -> [Incoming; 2] {
    [incoming(Label::A, b"one"), incoming(Label::B, b"two")]
}

fn titled(title: &str) -> Job {
    let mut job = job(12, 7, JobState::Running { since: at(1) });
    job.request.params.title = title.into();
    job.request.params.profile = "sketch".into();
    job
}

/// Every file under a folder, as relative paths in order.
fn files(dir: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path.strip_prefix(dir).unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    found.sort();
    found
}

const FOLDER: &str = "songs/0007 Paper Cups/v2 job 12";

#[test]
fn a_job_becomes_a_folder_that_can_be_read_without_the_program() {
    let dir = tempfile::tempdir().unwrap();
    let mut staged = stage(dir.path(), &titled("Paper Cups"), &pair()).unwrap();
    assert!(files(dir.path()).iter().all(|name| Path::new(name).extension().unwrap() == "part"));
    let parts: Vec<PathBuf> = staged.recordings().map(|(_, path)| path.to_owned()).collect();
    assert_eq!(fs::read(&parts[1]).unwrap(), b"two");
    staged.set_duration(Label::A, Duration::from_millis(92_500));
    let stored = staged.publish().unwrap();

    let folder = dir.path().join(FOLDER);
    assert_eq!(stored[0].audio, folder.join("Paper Cups A.mp3"));
    assert_eq!(stored[0].cover, Some(folder.join("Paper Cups A.png")));
    assert_eq!((stored[1].label, &stored[1].cover), (Label::B, &None));
    assert_eq!(fs::read(&stored[1].audio).unwrap(), b"two");
    assert_eq!(
        files(&folder),
        ["Paper Cups A.mp3", "Paper Cups A.png", "Paper Cups B.mp3", "lyrics.txt", "song.json"]
    );
    assert_eq!(fs::read_to_string(folder.join("lyrics.txt")).unwrap(), "[Verse]\nNeon");
    let sheet = fs::read(folder.join("song.json")).unwrap();
    let sheet: serde_json::Value = serde_json::from_slice(&sheet).unwrap();
    assert_eq!(sheet["title"], "Paper Cups");
    assert_eq!(sheet["gateway"], "sketch");
    assert_eq!(sheet["seed"], u64::MAX - 12);
    assert_eq!(sheet["lyrics"], "[Verse]\nNeon");
    assert_eq!(sheet["weirdness"].to_string(), "0.29");
    assert_eq!(sheet["takes"][0]["seconds"], 92.5);
    assert_eq!(sheet["takes"][1]["audio"], "Paper Cups B.mp3");
    assert_eq!(sheet["takes"][1]["seconds"], serde_json::Value::Null);
}

#[test]
fn no_title_leaves_the_song_folder() {
    let long = "very long ".repeat(1000);
    for title in ["../..", "CON", "/", "🎹👩‍👧", &long, "", "a/b\\c:d*e?\u{0}\n", ".hidden", "שיר"]
    {
        let home = tempfile::tempdir().unwrap();
        let dir = home.path().join("data");
        let stored = store(&dir, &titled(title), &pair()).unwrap();
        for take in &stored {
            let inside = take.audio.strip_prefix(dir.join("songs")).unwrap();
            assert_eq!(inside.components().count(), 3, "{title:?}");
            assert!(inside.components().all(|part| part.as_os_str().len() <= 100));
        }
        assert_eq!(files(home.path()).len(), 5, "{title:?}");
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1);
    }
}

#[test]
fn a_song_keeps_its_folder_when_its_title_changes() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir_all(dir.path().join("songs/00071 Another")).unwrap();
    store(dir.path(), &titled("Paper Cups"), &pair()).unwrap();
    let mut next = titled("Glass");
    (next.id, next.version) = (JobId(13), 3);
    let stored = store(dir.path(), &next, &pair()).unwrap();
    let folder = dir.path().join("songs/0007 Paper Cups/v3 job 13");
    assert_eq!(stored[0].audio, folder.join("Glass A.mp3"));
}

#[test]
fn a_job_that_runs_again_finds_its_own_files() {
    let dir = tempfile::tempdir().unwrap();
    let job = titled("Paper Cups");
    let first = store(dir.path(), &job, &pair()).unwrap();
    let before = files(dir.path());
    let staged = stage(dir.path(), &job, &pair()).unwrap();
    assert!(staged.recordings().all(|(_, path)| path.extension().unwrap() == "mp3"));
    assert_eq!(staged.publish().unwrap(), first);
    assert_eq!(files(dir.path()), before);
}

#[test]
fn a_different_recording_never_takes_the_place_of_one_that_is_there() {
    let dir = tempfile::tempdir().unwrap();
    let job = titled("Paper Cups");
    let first = store(dir.path(), &job, &pair()).unwrap();
    let other = [incoming(Label::A, b"ONE"), incoming(Label::B, b"two")];
    let second = store(dir.path(), &job, &other).unwrap();
    assert_eq!(fs::read(&first[0].audio).unwrap(), b"one");
    assert_eq!(second[0].audio, dir.path().join(FOLDER).join("Paper Cups A 2.mp3"));
    assert_eq!(fs::read(&second[0].audio).unwrap(), b"ONE");
    assert_eq!(second[1], first[1]);
    let sheet = fs::read_to_string(dir.path().join(FOLDER).join("song 2.json")).unwrap();
    assert!(sheet.contains("Paper Cups A 2.mp3"));
}

#[test]
fn two_takes_with_one_letter_are_both_kept() {
    let dir = tempfile::tempdir().unwrap();
    let takes = [incoming(Label::B, b"one"), incoming(Label::B, b"two")];
    let stored = store(dir.path(), &titled("x"), &takes).unwrap();
    assert_eq!(fs::read(&stored[0].audio).unwrap(), b"one");
    assert_eq!(fs::read(&stored[1].audio).unwrap(), b"two");
}

#[test]
fn what_is_not_published_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let staged = stage(dir.path(), &titled("Paper Cups"), &pair()).unwrap();
    assert_eq!(files(dir.path()).len(), 4);
    drop(staged);
    assert_eq!(files(dir.path()), [""; 0]);
    assert!(!dir.path().join(FOLDER).exists());
}

#[test]
fn parts_of_a_crash_are_cleared_and_other_files_are_not() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join(FOLDER);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("Paper Cups B.mp3.part"), "tw").unwrap();
    fs::write(folder.join("Old A.mp3.part"), "o").unwrap();
    fs::write(folder.join("notes.txt"), "mine").unwrap();
    drop(stage(dir.path(), &titled("Paper Cups"), &pair()).unwrap());
    assert_eq!(files(&folder), ["notes.txt"]);
}

#[test]
fn a_description_is_not_called_lyrics() {
    let dir = tempfile::tempdir().unwrap();
    let mut job = titled("Paper Cups");
    job.request.params.mode = crate::song::Mode::Describe;
    store(dir.path(), &job, &[]).unwrap();
    assert_eq!(files(&dir.path().join(FOLDER)), ["description.txt", "song.json"]);
}

#[test]
fn a_place_that_takes_no_files_says_so() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let error = store(file.path(), &titled("x"), &pair()).unwrap_err();
    assert_eq!((error.job, &error.fault), (JobId(12), &Fault::NotAFolder));
    assert!(error.to_string().starts_with("the takes of job 12 could not be kept in "), "{error}");
    assert!(store(Path::new("/proc/self"), &titled("x"), &pair()).is_err());
}

/// A crash can come between a take and the word of it in the journal: the next attempt knows only
/// of the take that it brings.
#[test]
fn a_sheet_goes_on_telling_of_takes_that_the_journal_missed() {
    let dir = tempfile::tempdir().unwrap();
    let job = titled("Paper Cups");
    store(dir.path(), &job, &pair()).unwrap();
    let folder = dir.path().join("songs/0007 Paper Cups/v2 job 12");
    let told = || {
        let sheet = fs::read(folder.join("song.json")).unwrap();
        let sheet: serde_json::Value = serde_json::from_slice(&sheet).unwrap();
        let takes = sheet["takes"].as_array().unwrap().iter();
        takes.map(|take| take["audio"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let both = ["Paper Cups A.mp3", "Paper Cups B.mp3"];
    for label in [Label::A, Label::B] {
        let one = incoming(label, if label == Label::A { b"one" } else { b"two" });
        store(dir.path(), &job, &[one]).unwrap();
        assert_eq!(told(), both);
        assert!(!folder.join("song 2.json").exists());
    }
    // What is not there any more is not told of.
    fs::remove_file(folder.join(both[0])).unwrap();
    store(dir.path(), &job, &[incoming(Label::B, b"two")]).unwrap();
    let second = fs::read_to_string(folder.join("song 2.json")).unwrap();
    assert!(second.contains(both[1]) && !second.contains(both[0]), "{second}");
    assert_eq!(told(), both, "nor is what was told ever taken back");
}

#[test]
fn what_nobody_fetches_any_more_is_taken_away_and_nothing_else() {
    let dir = tempfile::tempdir().unwrap();
    for job in [1, 2] {
        fs::write(arrive(dir.path(), JobId(job)).unwrap().join("A audio.part"), "half").unwrap();
    }
    let mine = dir.path().join("incoming/mine");
    fs::create_dir(&mine).unwrap();
    tidy(dir.path(), |job| job == JobId(2));
    assert_eq!(files(&dir.path().join("incoming")), ["job 2/A audio.part"]);
    assert!(mine.exists());
    tidy(&dir.path().join("nothing here"), |_| false);
}
