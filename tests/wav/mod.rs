//! Silence to play, for tests that need a recording and no music.

const RATE: u32 = 8_000;

/// Silence as a WAV file of one channel.
pub fn silence(seconds: u32) -> Vec<u8> {
    let bytes = RATE * seconds * 2;
    let mut wav = b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0".to_vec();
    wav.extend(RATE.to_le_bytes());
    wav.extend((RATE * 2).to_le_bytes());
    wav.extend(b"\x02\0\x10\0data");
    wav.extend(bytes.to_le_bytes());
    wav[4..8].copy_from_slice(&(36 + bytes).to_le_bytes());
    wav.resize(wav.len() + bytes as usize, 0);
    wav
}
