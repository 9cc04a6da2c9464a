//! Every kind of recording that is played, and the kinds that are not.

use std::io::Cursor;
use std::time::Duration;

use rusty_mp3::Mp3EncoderConfig;

use super::fixture::wav_header;
use super::samples::{cover, delivered, encoded, fixture, frames, mp3, probe_bytes};
use crate::player::decoder::Decoder;
use crate::player::{Probe, ProbeError};

/// One second of a tone at half of full scale.
#[track_caller]
fn is_the_tone(name: &str, probe: &Probe, slack: u64) {
    let off = probe.duration.abs_diff(Duration::from_secs(1));
    assert!(off <= Duration::from_millis(slack), "{name}: {:?}", probe.duration);
    let (first, last) = (10, 180);
    let even = probe.peaks[first..last].iter().all(|peak| (80..=100).contains(peak));
    assert!(even, "{name}: {:?}", probe.peaks);
    // The standard weighs 440 Hz 0.6 dB less than 1 kHz.
    let loudness = probe.loudness.unwrap().value();
    assert!((loudness + 6.6).abs() < 0.5, "{name}: {loudness} LUFS");
}

#[test]
fn every_format_is_as_long_and_as_loud_as_it_is() {
    for (name, slack) in [
        ("tone.flac", 0),
        ("tone.ogg", 0),
        // AAC has no word for the silence that an encoder puts in front.
        ("tone.aac", 50),
        ("tone.m4a", 50),
        ("index-last.m4a", 50),
        ("xing.mp3", 0),
        ("untagged.mp3", 80),
        ("deep.wav", 0),
        ("float.wav", 0),
    ] {
        is_the_tone(name, &probe_bytes(&fixture(name)).unwrap(), slack);
    }
}

#[test]
fn every_kind_of_mp3_is_as_long_as_it_is() {
    for (rate, channels, vbr, tagged) in [
        (44_100, 2, false, true),
        (48_000, 1, true, true),
        (44_100, 2, true, false),
        (22_050, 1, false, false),
        (8_000, 1, false, true),
    ] {
        let probe = probe_bytes(&mp3(rate, channels, 2, vbr, tagged)).unwrap();
        let off = probe.duration.abs_diff(Duration::from_secs(2));
        let limit = if tagged { Duration::ZERO } else { Duration::from_millis(110) };
        assert!(off <= limit, "{rate} {vbr} {tagged}: {:?}", probe.duration);
        assert!(probe.peaks[5..190].iter().all(|peak| (85..96).contains(peak)));
    }
}

#[test]
fn an_mp3_begins_with_the_first_sample_of_its_recording() {
    let mut samples = vec![0.0; 2 * 24_000];
    samples[2 * 10_000..2 * 10_040].fill(0.9);
    let config = Mp3EncoderConfig { bitrate_kbps: 192, vbr_quality: None };
    let mp3 = encoded(config, 44_100, 2, &samples, true);
    let frames = frames(Decoder::stream(Cursor::new(mp3)).unwrap()).unwrap();
    assert_eq!(frames.len(), 24_000);
    let middle = (0..frames.len()).max_by(|a, b| {
        let sum = |n: usize| {
            frames[n.saturating_sub(20)..(n + 20).min(24_000)].iter().map(|f| f[0]).sum::<f32>()
        };
        sum(*a).total_cmp(&sum(*b))
    });
    assert!(middle.unwrap().abs_diff(10_020) <= 2, "{middle:?}");
}

#[test]
fn the_slowest_and_the_fastest_rate_are_played() {
    for rate in [4_000, 384_000] {
        let mut bytes = wav_header(rate, 1, rate / 2);
        bytes.extend((0..rate / 2).flat_map(|_| 16_384_i16.to_le_bytes()));
        assert_eq!(probe_bytes(&bytes).unwrap().duration, Duration::from_millis(500));
    }
    for rate in [1_000, 400_000] {
        let mut bytes = wav_header(rate, 1, 500);
        bytes.resize(1_044, 0);
        let words = "this recording cannot be played: its sample rate is out of range";
        assert_eq!(probe_bytes(&bytes).unwrap_err().to_string(), words);
    }
}

#[test]
fn a_cover_costs_no_sound_whatever_is_in_it() {
    let bare = mp3(44_100, 2, 1, false, true);
    let whole = probe_bytes(&bare).unwrap();
    let mut twice = cover(600_000);
    twice.extend(cover(30));
    for tag in [cover(600_000), twice, vec![b'x'; 5_000]] {
        let covered = [tag, bare.clone()].concat();
        assert_eq!(probe_bytes(&covered).unwrap(), whole);
    }
    // A tag that says it is one, and is not.
    let mut broken = cover(10_000);
    broken[10..200].fill(0x7f);
    let broken = [broken, bare.clone()].concat();
    assert_eq!(probe_bytes(&broken).unwrap(), whole);
    // One after the sound, as some write it.
    let after = [bare, cover(3_000)].concat();
    assert_eq!(probe_bytes(&after).unwrap().duration, whole.duration);
    let flac = [cover(500), fixture("tone.flac")].concat();
    is_the_tone("a tag and FLAC", &probe_bytes(&flac).unwrap(), 0);
}

#[test]
fn what_is_not_played_is_told_from_what_is_no_sound() {
    let opus = probe_bytes(&fixture("tone.opus")).unwrap_err();
    assert!(matches!(opus, ProbeError::Unsupported(_)));
    assert_eq!(
        opus.to_string(),
        "this recording cannot be played: its coding is none of MP3, PCM, FLAC, Vorbis and AAC"
    );
    assert_eq!(opus.advice(), "Convert it to MP3 or WAV, mono or stereo.");
    let png = [b"\x89PNG\r\n\x1a\n".to_vec(), delivered(1)].concat();
    for bytes in [fixture("picture.jpg"), png] {
        let error = probe_bytes(&bytes).unwrap_err();
        assert_eq!(error.to_string(), "this is not a recording: it is a picture");
    }
}
