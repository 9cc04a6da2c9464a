//! Recordings that are read while they arrive.

use std::io::{self, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::samples::{cover, delivered, fixture, frames, mp3};
use crate::player::ProbeError;
use crate::player::decoder::Decoder;

/// Hands out a little at a time, and counts it; after the last byte comes an end or an error.
struct Drip {
    bytes: Cursor<Vec<u8>>,
    given: Arc<AtomicUsize>,
    after: Option<io::ErrorKind>,
}

impl Drip {
    fn new(bytes: Vec<u8>) -> Self {
        Self { bytes: Cursor::new(bytes), given: Arc::default(), after: None }
    }

    fn breaking(bytes: Vec<u8>, after: io::ErrorKind) -> Self {
        Self { after: Some(after), ..Self::new(bytes) }
    }
}

impl Read for Drip {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let most = into.len().min(512);
        let read = self.bytes.read(&mut into[..most])?;
        self.given.fetch_add(read, Ordering::Relaxed);
        match self.after {
            Some(kind) if read == 0 && most > 0 => Err(io::Error::new(kind, "the line is dead")),
            _ => Ok(read),
        }
    }
}

#[test]
fn the_first_frames_come_with_the_first_kilobytes() {
    for tag in [0, 300_000] {
        let (tag, sound) = (cover(tag), delivered(4));
        let (before, all) = (tag.len(), tag.len() + sound.len());
        let drip = Drip::new([tag, sound].concat());
        let given = Arc::clone(&drip.given);
        let mut decoder = Decoder::stream(drip).unwrap();
        assert!(!decoder.next_block().unwrap().unwrap().is_empty());
        let needed = given.load(Ordering::Relaxed) - before;
        assert!(needed <= 4_096, "{needed} bytes");
        frames(decoder).unwrap();
        assert_eq!(given.load(Ordering::Relaxed), all);
    }
}

#[test]
fn a_stream_sounds_as_its_file_does() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("take");
    let mut all: Vec<Vec<u8>> =
        ["tone.flac", "tone.ogg", "tone.aac", "tone.m4a", "xing.mp3"].map(fixture).into();
    all.extend([fixture("deep.wav"), mp3(44_100, 2, 1, true, false)]);
    for bytes in all {
        std::fs::write(&path, &bytes).unwrap();
        let file = Decoder::open(&path).unwrap();
        let stream = Decoder::stream(Drip::new(bytes)).unwrap();
        assert_eq!((stream.rate(), stream.declared()), (file.rate(), file.declared()));
        assert_eq!(frames(stream).unwrap(), frames(file).unwrap());
    }
}

#[test]
fn a_broken_line_is_no_end() {
    let whole = delivered(1);
    // While the tag, the header, the second packet and the last one are read.
    for end in [30, 100, 700, 1_500, whole.len() / 2, whole.len() - 100] {
        for kind in [io::ErrorKind::ConnectionReset, io::ErrorKind::UnexpectedEof] {
            let bytes = whole[..end].to_vec();
            let read = Decoder::stream(Drip::breaking(bytes, kind)).and_then(frames);
            let Err(ProbeError::Io(error)) = read else { panic!("{end}: {read:?}") };
            assert_eq!((error.kind(), error.to_string()), (kind, "the line is dead".into()));
        }
    }
    for name in ["tone.flac", "tone.ogg", "tone.aac", "tone.m4a", "deep.wav"] {
        let whole = fixture(name);
        for end in [50, whole.len() / 2] {
            let bytes = whole[..end].to_vec();
            let kind = io::ErrorKind::TimedOut;
            let read = Decoder::stream(Drip::breaking(bytes, kind)).and_then(frames);
            assert!(matches!(&read, Err(ProbeError::Io(_))), "{name} at {end}: {read:?}");
        }
    }
}

#[test]
fn what_came_before_the_line_broke_is_given_out() {
    let whole = delivered(2);
    let half = whole[..whole.len() / 2].to_vec();
    let mut decoder = Decoder::stream(Drip::breaking(half, io::ErrorKind::BrokenPipe)).unwrap();
    let mut came = 0;
    let end = loop {
        match decoder.next_block() {
            Ok(Some(block)) => came += block.len(),
            end => break end.map(|_| ()),
        }
    };
    assert!(matches!(end, Err(ProbeError::Io(_))));
    assert!(came.abs_diff(48_000) < 4_000, "{came} frames");
    let Some(ProbeError::Incomplete { decoded, declared }) = decoder.missing() else {
        panic!("all of it")
    };
    assert!((decoded.as_secs_f64() * 48_000.0 - came as f64).abs() < 0.1);
    assert_eq!(declared.as_secs(), 2);
}

#[test]
fn an_index_that_comes_last_has_to_be_waited_for() {
    let read = Decoder::stream(Drip::new(fixture("index-last.m4a"))).and_then(frames);
    let Err(error) = read else { panic!("played") };
    assert_eq!(
        error.to_string(),
        "this recording cannot be played while it arrives: its index comes at its end"
    );
    assert_eq!(error.advice(), "Wait until all of it is here, then open it again.");
}

#[test]
fn what_is_no_recording_is_refused_as_it_arrives() {
    for (bytes, words) in [
        (
            b"  <html><body>Not found</body></html>".to_vec(),
            "it is a web page or a message of a server",
        ),
        (br#"{"error":{"code":404}}"#.to_vec(), "it is a web page or a message of a server"),
        (fixture("picture.jpg"), "it is a picture"),
        (vec![0x55; 3_000], "no sound was found in it"),
    ] {
        let Err(error) = Decoder::stream(Drip::new(bytes)) else { panic!("played") };
        assert_eq!(error.to_string(), format!("this is not a recording: {words}"));
    }
    assert!(Decoder::stream(Drip::new(Vec::new())).is_err());
}
