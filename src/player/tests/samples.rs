//! Recordings as they come, and what becomes of their bytes.

use std::f32::consts::TAU;
use std::fs;
use std::path::Path;

use rusty_mp3::{Mp3Encoder, Mp3EncoderConfig};

use crate::player::Frame;
use crate::player::decoder::Decoder;
use crate::player::{Probe, ProbeError, probe};

/// An MP3 of a tone, with or without its Info tag, at a constant or a variable bit rate.
pub(super) fn mp3(rate: u32, channels: u16, seconds: u32, vbr: bool, tagged: bool) -> Vec<u8> {
    let config = Mp3EncoderConfig {
        bitrate_kbps: 128,
        vbr_quality: vbr.then(|| rusty_mp3::vbr_quality_index(4.0)),
    };
    encode(config, rate, channels, seconds, tagged)
}

/// An MP3 as the gateways deliver it: 192 kbit/s, 48 kHz, stereo.
pub(super) fn delivered(seconds: u32) -> Vec<u8> {
    let config = Mp3EncoderConfig { bitrate_kbps: 192, vbr_quality: None };
    encode(config, 48_000, 2, seconds, true)
}

fn encode(
    config: Mp3EncoderConfig,
    rate: u32,
    channels: u16,
    seconds: u32,
    tagged: bool,
) -> Vec<u8> {
    let at = |n: u32| (TAU * 440.0 * n as f32 / rate as f32).sin() * 0.5;
    let samples: Vec<f32> =
        (0..rate * seconds).flat_map(|n| vec![at(n); usize::from(channels)]).collect();
    encoded(config, rate, channels, &samples, tagged)
}

/// An MP3 of any samples.
pub(super) fn encoded(
    config: Mp3EncoderConfig,
    rate: u32,
    channels: u16,
    samples: &[f32],
    tagged: bool,
) -> Vec<u8> {
    let mut encoder = Mp3Encoder::new(config);
    encoder.push_pcm_f32(samples, channels, rate).unwrap();
    encoder.finish();
    let mut packets = Vec::new();
    while let Ok(packet) = encoder.next_packet() {
        packets.push(packet);
    }
    if let Some(tag) = encoder.lame_tag_frame() {
        packets[0] = tag.to_vec();
    }
    packets[usize::from(!tagged)..].concat()
}

/// An `ID3v2` tag with a cover of so many bytes, which are any but all ones.
pub(super) fn cover(bytes: usize) -> Vec<u8> {
    let mut frame = b"APIC".to_vec();
    let body = bytes + 14;
    frame.extend(
        [body >> 21 & 0x7f, body >> 14 & 0x7f, body >> 7 & 0x7f, body & 0x7f].map(|n| n as u8),
    );
    frame.extend(b"\0\0\0image/jpeg\0\x03\0");
    frame.extend((0..bytes).map(|n| (n * 31 % 255) as u8));
    let size = frame.len();
    let mut tag = b"ID3\x04\0\0".to_vec();
    tag.extend(
        [size >> 21 & 0x7f, size >> 14 & 0x7f, size >> 7 & 0x7f, size & 0x7f].map(|n| n as u8),
    );
    tag.extend(frame);
    tag
}

/// A recording of those in `tests/fixtures/audio`.
pub(super) fn fixture(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/audio");
    fs::read(folder.join(name)).unwrap()
}

/// What comes of a file with these bytes.
pub(super) fn probe_bytes(bytes: &[u8]) -> Result<Probe, ProbeError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("take");
    fs::write(&path, bytes).unwrap();
    probe(&path)
}

/// All frames of a recording, which may not come in more blocks than any recording of its size.
pub(super) fn frames(mut decoder: Decoder) -> Result<Vec<Frame>, ProbeError> {
    let mut frames = Vec::new();
    for _ in 0..5_000 {
        match decoder.next_block()? {
            Some(block) => frames.extend_from_slice(block),
            None => return Ok(frames),
        }
    }
    panic!("the decoder goes on and on");
}
