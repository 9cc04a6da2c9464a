//! What it costs to know a recording, and to draw it as it plays. `cargo bench --bench player`
#![allow(clippy::unwrap_used)]

use std::f32::consts::TAU;
use std::path::PathBuf;
use std::time::Duration;

use divan::{Bencher, black_box};
use refrain::player::{Analyser, probe};
use rusty_mp3::{Mp3Encoder, Mp3EncoderConfig};
use tempfile::TempDir;

fn main() {
    divan::main();
}

const RATE: u32 = 48_000;
/// As long as songs are.
const SECONDS: u32 = 240;

/// Interleaved stereo: two tones and a little noise.
fn sound(seconds: u32) -> Vec<f32> {
    let mut state = 1_u32;
    (0..RATE * seconds)
        .flat_map(|n| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let noise = (state >> 16) as f32 / 65_536.0 - 0.5;
            let at = |hertz: f32| (TAU * (hertz * n as f32 / RATE as f32).fract()).sin();
            [0.4 * at(220.0) + 0.05 * noise, 0.3 * at(1_760.0) + 0.05 * noise]
        })
        .collect()
}

fn stage(name: &str, bytes: &[u8]) -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    (folder, path)
}

/// The waveform and the loudness alone: a WAV is decoded at next to no cost.
#[divan::bench(sample_count = 10)]
fn four_minutes_of_wav(bencher: Bencher) {
    let bytes = RATE * SECONDS * 4;
    let mut wav = b"RIFF".to_vec();
    wav.extend((36 + bytes).to_le_bytes());
    wav.extend(b"WAVEfmt \x10\0\0\0\x01\0\x02\0\x80\xbb\0\0\0\xee\x02\0\x04\0\x10\0data");
    wav.extend(bytes.to_le_bytes());
    let samples = sound(SECONDS);
    wav.extend(samples.iter().flat_map(|sample| ((sample * 32_767.0) as i16).to_le_bytes()));
    let (_folder, path) = stage("take.wav", &wav);
    bencher.bench_local(|| probe(black_box(&path)).unwrap());
}

/// All that a take from a gateway goes through before it is kept.
#[divan::bench(sample_count = 10)]
fn four_minutes_of_mp3(bencher: Bencher) {
    let mut encoder = Mp3Encoder::new(Mp3EncoderConfig { bitrate_kbps: 192, vbr_quality: None });
    encoder.push_pcm_f32(&sound(SECONDS), 2, RATE).unwrap();
    encoder.finish();
    let mut mp3 = Vec::new();
    while let Ok(packet) = encoder.next_packet() {
        mp3.extend(packet);
    }
    let (_folder, path) = stage("take.mp3", &mp3);
    bencher.bench_local(|| probe(black_box(&path)).unwrap());
}

/// One picture of the sound, 30 of which are drawn a second.
#[divan::bench]
fn look(bencher: Bencher) {
    let mut analyser = Analyser::new();
    analyser.push(&sound(1));
    bencher.bench_local(|| analyser.look(black_box(Duration::from_millis(33))));
}

/// The samples of one picture, on their way in.
#[divan::bench]
fn push(bencher: Bencher) {
    let mut analyser = Analyser::new();
    let sound = &sound(1)[..2 * 1_600];
    bencher.bench_local(|| analyser.push(black_box(sound)));
}
