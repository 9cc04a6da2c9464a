//! Whole files: recordings, and everything that is none.

use std::fs::{self, File};
use std::path::Path;
use std::time::Duration;

use super::fixture::{Studio, TAKE, open, stereo, wav, wav_header};
use super::samples::{mp3, probe_bytes};
use crate::player::{Event, OutputKind, ProbeError, State, probe};
use crate::song::Take;

fn long_wav(path: &Path, seconds: u32) {
    let frames = 8_000 * seconds;
    fs::write(path, wav_header(8_000, 1, frames)).unwrap();
    let file = File::options().write(true).open(path).unwrap();
    file.set_len(44 + u64::from(frames) * 2).unwrap();
}

#[test]
fn a_wav_has_its_length_and_its_peaks() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("take.wav");
    let mut samples = vec![0_i16; 11_025];
    samples[5_512] = i16::MIN;
    wav(&path, 11_025, 1, &samples);
    let probe = probe(&path).unwrap();
    assert_eq!(probe.duration, Duration::from_secs(1));
    assert_eq!(probe.peaks.len(), Take::PEAKS);
    let loud: Vec<usize> = (0..Take::PEAKS).filter(|&span| probe.peaks[span] > 0).collect();
    assert_eq!((loud.as_slice(), probe.peaks[100]), ([100].as_slice(), 34), "one sample of 55");
}

#[test]
fn what_is_no_recording_is_refused_in_words() {
    let noise: Vec<u8> =
        stereo(100_000).iter().flat_map(|n| (n.wrapping_mul(77)).to_be_bytes()).collect();
    let html = b"\n<!DOCTYPE html><html><body>502 Bad Gateway</body></html>".repeat(50);
    for (bytes, words) in [
        (Vec::new(), "the recording is empty"),
        (wav_header(48_000, 2, 0), "the recording is empty"),
        (html, "this is not a recording: it is a web page or a message of a server"),
        (vec![0; 5_000], "this is not a recording: no sound was found in it"),
        (b"ID3\x04\0\0\0\0\x7f\x7f".to_vec(), "this is not a recording: no sound was found in it"),
        (b"RIFF".to_vec(), "this is not a recording: no sound was found in it"),
        (noise, "this is not a recording: no sound was found in it"),
    ] {
        let error = probe_bytes(&bytes).unwrap_err();
        assert_eq!(error.to_string(), words, "{} bytes", bytes.len());
        assert!(!error.advice().is_empty());
    }
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(probe(folder.path()), Err(ProbeError::NotAFile)));
    assert!(matches!(probe(&folder.path().join("gone")), Err(ProbeError::Io(_))));
}

#[test]
fn a_recording_of_three_hours_is_refused_before_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("long.wav");
    long_wav(&path, 3 * 3_600);
    let error = probe(&path).unwrap_err();
    assert!(matches!(error, ProbeError::TooLong));
    assert_eq!(error.to_string(), "the recording is longer than 60 minutes");
    assert_eq!(error.advice(), "Cut it into shorter files.");
}

#[test]
fn the_player_says_why_a_take_does_not_play_and_takes_the_next() {
    let studio = Studio::new(OutputKind::Silent);
    let gone = studio.path("gone.mp3");
    studio.player.send(open(gone, true));
    assert_eq!(studio.status().state, State::Loading);
    let Event::Failed { take, what, advice } = studio.event() else { panic!("no failure") };
    assert_eq!(take, TAKE);
    assert!(what.starts_with("the recording cannot be read: No such file"), "{what}");
    assert_eq!(advice, "Was it moved or deleted? Put it back, or download the take again.");
    let empty = studio.status();
    assert_eq!((empty.state, empty.take), (State::Stopped, None));
    studio.load(&stereo(100));
}

#[test]
fn a_truncated_take_plays_as_far_as_it_goes() {
    let studio = Studio::new(OutputKind::Silent);
    let path = studio.path("cut.mp3");
    let whole = mp3(44_100, 2, 1, false, true);
    fs::write(&path, &whole[..whole.len() / 4]).unwrap();
    studio.player.send(open(path, true));
    let end = studio.until(State::Ended).pop().unwrap();
    assert!(end.position > Duration::from_millis(100) && end.position < Duration::from_millis(400));
}
