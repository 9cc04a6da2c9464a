//! MP3: 192 kbit/s, 44.1 kHz, stereo, gapless.
//!
//! The encoder reads a few `MP3_*` environment variables that its authors tune it with. They can
//! change how its bits are spent and so the bytes of the file, never its format or its length.

use super::SketchError;
use super::mix::Stereo;
use super::progress::{Progress, Stage};
use super::time::SAMPLE_RATE;

/// Kilobits a second. Up to 256 the encoder has a bit reservoir; above, it does worse.
const BITRATE: u32 = 192;

/// Encodes a finished take.
///
/// # Errors
///
/// [`SketchError::Cancelled`] when the caller wants to stop, [`SketchError::Encode`] when the
/// encoder refuses.
pub fn encode(take: &Stereo, progress: &mut Progress) -> Result<Vec<u8>, SketchError> {
    const SPAN: usize = SAMPLE_RATE as usize; // a second of sound is some 10 ms of work
    let config = rusty_mp3::Mp3EncoderConfig { bitrate_kbps: BITRATE, vbr_quality: None };
    let mut encoder = rusty_mp3::Mp3Encoder::new(config);
    let mut interleaved = Vec::with_capacity(2 * SPAN);
    let whole = take.left.len();
    let spans = take.left.chunks(SPAN).zip(take.right.chunks(SPAN));
    for (i, (left, right)) in spans.enumerate() {
        interleaved.clear();
        interleaved.extend(left.iter().zip(right).flat_map(|(left, right)| [*left, *right]));
        encoder
            .push_pcm_f32(&interleaved, 2, SAMPLE_RATE)
            .map_err(|error| SketchError::Encode(error.to_string()))?;
        progress.at(Stage::Encode, i * SPAN, whole)?;
    }
    encoder.finish();
    let mut file = Vec::with_capacity(whole / 16 * 9 / 5);
    // The first packet is completed by `finish`, so nothing is taken before.
    while let Ok(packet) = encoder.next_packet() {
        file.extend_from_slice(&packet);
    }
    if file.is_empty() {
        return Err(SketchError::Encode("there was nothing to encode".into()));
    }
    progress.at(Stage::Encode, 1, 1)?;
    Ok(file)
}
