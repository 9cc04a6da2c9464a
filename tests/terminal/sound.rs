//! Playing on a machine without a card: the screen says so, and nothing else is on it.

use std::fs;
use std::time::Duration;

use refrain::library::Record;
use refrain::song::{
    Draft, Job, JobId, JobState, Label, Remarks, Request, SongId, Take, TakeId, Timeline,
};

use crate::home::Home;
use crate::wav::silence;

/// A home in which a take was made earlier.
fn home_with_a_take() -> Home {
    let home = Home::new();
    let audio = home.path().join("take.wav");
    fs::write(&audio, silence(60)).unwrap();
    let (mut library, contents) = home.library();
    let mut draft = Draft::new(SongId(1));
    draft.lyrics = "Oh, compile me tonight".into();
    draft.params.title = "Midnight Compiler".into();
    draft.params.profile = "sketch".into();
    let at = "2026-11-21T12:00:00Z".parse().unwrap();
    let request = Request::freeze(&draft, 1);
    let job = Job {
        state: JobState::Done { since: at, at },
        ..Job::new(JobId(1), draft.song, 1, "sketch", request, at)
    };
    let take = Take {
        id: TakeId { job: job.id, label: Label::A },
        song: job.song,
        title: draft.params.title.clone(),
        version: 1,
        made_by: "sketch".into(),
        created: at,
        duration: Duration::from_secs(60),
        audio,
        cover: None,
        loudness: None,
        timeline: Timeline::default(),
        remarks: Remarks::default(),
        peaks: vec![100; Take::PEAKS],
    };
    assert_eq!(contents.draft.song, draft.song);
    library.write(&Record::Draft { draft, at }).unwrap();
    library.write(&Record::Takes { job, takes: vec![take] }).unwrap();
    home
}

#[test]
fn without_a_card_the_screen_stays_clean() {
    let home = home_with_a_take();
    let mut studio = home.launch().size(120, 36).open();
    studio.sees("Midnight Compiler v1");
    // Ctrl+Space, as terminals have always sent it.
    studio.send("\0");
    studio.sees("takes run by the clock");
    studio.sees("0:01");
    // Every row is one that the studio drew: its frame is whole, and nobody else's words are there.
    let screen = studio.screen().contents();
    let lines: Vec<_> = screen.lines().collect();
    assert!(lines[0].starts_with(" Refrain  Midnight Compiler"), "{screen}");
    assert!(!screen.contains("ALSA lib") && !screen.contains(".c:"), "{screen}");
    let raw = String::from_utf8_lossy(&studio.raw).into_owned();
    assert!(!raw.contains("ALSA lib"), "it was on the screen for a moment");
    // What is written to a terminal by a library is not in a frame.
    assert_eq!(outside_of_frames(&raw), "", "on\n{screen}");
    studio.send("\0");
    studio.quit();
    studio.was_given_back();
    assert_eq!(studio.screen().contents(), "$ refrain");
}

#[test]
fn the_bar_says_whole_that_there_is_no_sound() {
    let home = home_with_a_take();
    let mut studio = home.launch().size(120, 36).open();
    studio.sees("Midnight Compiler v1");
    studio.send("\0");
    studio.sees("0:01");
    studio.sees("1:00 ");
    studio.sees("no sound");
}

/// What can be read of what came out between the first frame and now, but in no frame.
fn outside_of_frames(raw: &str) -> String {
    let (begin, end) = ("\x1b[?2026h", "\x1b[?2026l");
    let frames = raw.split_once(begin).map_or("", |(_, frames)| frames);
    let gaps = frames.split(end).skip(1);
    gaps.filter_map(|gap| gap.split(begin).next()).collect()
}
