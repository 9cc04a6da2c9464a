//! Recordings that were damaged on their way: they play as far as they can, or say why not.

use std::io::Cursor;
use std::time::Duration;

use super::fixture::wav_header;
use super::samples::{fixture, frames, mp3, probe_bytes};
use crate::player::ProbeError;
use crate::player::decoder::Decoder;

/// The same numbers everywhere, from one seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    fn noise(&mut self, bytes: usize) -> Vec<u8> {
        (0..bytes).map(|_| self.below(256) as u8).collect()
    }
}

#[test]
fn what_breaks_off_is_not_whole() {
    let whole = mp3(44_100, 2, 2, false, true);
    let vbr = mp3(44_100, 2, 2, true, true);
    let all = [whole, vbr, fixture("tone.flac"), fixture("tone.m4a")];
    for (n, bytes) in all.iter().enumerate() {
        let error = probe_bytes(&bytes[..bytes.len() * 7 / 10]).unwrap_err();
        assert!(matches!(error, ProbeError::Incomplete { .. }), "{n}: {error}");
        assert_eq!(error.advice(), "Download the take again; the gateway keeps it for a while.");
    }
    let ogg = fixture("pages.ogg");
    assert_eq!(probe_bytes(&ogg).unwrap().duration.as_secs(), 6);
    let error = probe_bytes(&ogg[..ogg.len() * 7 / 10]).unwrap_err();
    assert!(matches!(error, ProbeError::BreaksOff(_)), "{error}");
    let mut cut = wav_header(48_000, 2, 480_000);
    cut.extend(vec![1; 192_000 * 4]);
    assert_eq!(
        probe_bytes(&cut).unwrap_err().to_string(),
        "the recording breaks off after 0:04 of 0:10"
    );
}

#[test]
fn what_never_said_how_long_it_is_does_not_break_off() {
    for whole in [mp3(44_100, 2, 2, true, false), fixture("tone.aac"), fixture("untagged.mp3")] {
        let probe = probe_bytes(&whole[..whole.len() / 2]).unwrap();
        assert!(probe.duration > Duration::from_millis(300), "{:?}", probe.duration);
    }
}

#[test]
fn an_index_that_is_cut_off_is_refused() {
    let whole = fixture("index-last.m4a");
    let error = probe_bytes(&whole[..whole.len() / 2]).unwrap_err();
    assert!(matches!(error, ProbeError::NotAudio(_)), "{error}");
}

#[test]
fn junk_in_the_middle_costs_a_moment() {
    let mut chance = Chance(5);
    for size in [1, 417, 5_000] {
        for tagged in [false, true] {
            let whole = mp3(44_100, 2, 3, false, tagged);
            let (before, after) = whole.split_at(whole.len() / 2);
            let junk = chance.noise(size);
            let probe = probe_bytes(&[before, &junk, after].concat()).unwrap();
            let off = probe.duration.abs_diff(Duration::from_secs(3));
            assert!(off < Duration::from_millis(250), "{size}: {:?}", probe.duration);
        }
    }
}

#[test]
fn a_song_that_is_longer_than_its_header_says_is_played_whole() {
    // Two files in one, as some servers join them.
    let (first, second) = (mp3(44_100, 2, 1, false, true), mp3(44_100, 2, 2, false, true));
    let joined = probe_bytes(&[first, second].concat()).unwrap();
    let off = joined.duration.abs_diff(Duration::from_secs(3));
    assert!(off < Duration::from_millis(120), "{:?}", joined.duration);
}

#[test]
fn a_header_that_promises_too_much_is_believed() {
    let mut bytes = mp3(44_100, 2, 1, false, true);
    let tag = bytes.windows(4).position(|four| four == b"Info" || four == b"Xing").unwrap();
    // Twice as many packets as there are; nobody can tell it from a file that was cut off.
    bytes[tag + 8..tag + 12].copy_from_slice(&80_u32.to_be_bytes());
    let error = probe_bytes(&bytes).unwrap_err();
    assert_eq!(error.to_string(), "the recording breaks off after 0:01 of 0:02");
}

#[test]
fn three_hundred_mutations_come_to_an_end() {
    let seeds = [
        mp3(16_000, 1, 1, false, true),
        fixture("xing.mp3"),
        fixture("tone.flac"),
        fixture("tone.ogg"),
        fixture("tone.m4a"),
        fixture("tone.aac"),
        fixture("deep.wav")[..8_000].to_vec(),
    ];
    let mut chance = Chance(77);
    let (mut played, mut gave_up) = (0, 0);
    for round in 0..300 {
        let mut bytes = seeds[round % seeds.len()].clone();
        // Most of what can go wrong is in the first bytes.
        let span = if round % 2 == 0 { bytes.len().min(200) } else { bytes.len() };
        for _ in 0..=chance.below(12) {
            let at = chance.below(span);
            match chance.below(4) {
                0 => bytes[at] = 0xff,
                1 => bytes[at] ^= 1 << chance.below(8),
                2 => bytes[at] = chance.below(256) as u8,
                _ => drop(bytes.drain(at..(at + chance.below(9)).min(bytes.len()))),
            }
        }
        for bytes in [bytes.clone(), bytes[..chance.below(bytes.len())].to_vec()] {
            let read = Decoder::stream(Cursor::new(bytes)).and_then(frames);
            // Sums of a decoder that overflow panic where they are checked; that stays inside.
            gave_up += usize::from(read.as_ref().is_err_and(|e| e.to_string().contains("gave up")));
            played += usize::from(read.is_ok());
        }
    }
    assert!((150..600).contains(&played), "{played} still play");
    assert!(gave_up < 10, "{gave_up} decoders gave up");
}
