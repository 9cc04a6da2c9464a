//! The check that a file is a recording, and a whole one.

use std::path::Path;
use std::time::Duration;

use super::ProbeError;
use super::decoder::Decoder;
use super::peaks::Peaks;
use crate::song::Lufs;

/// How much shorter than its header says a recording may be: encoders count their padding
/// differently, and a damaged packet costs 26 ms.
const SLACK: Duration = Duration::from_millis(250);

/// What is known of a recording once all of it was decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Probe {
    /// How long it plays.
    pub duration: Duration,
    /// How loud each of [`crate::song::Take::PEAKS`] equal spans is (RMS), 0 to 255.
    pub peaks: Vec<u8>,
    /// How loud it is as a whole; none for silence.
    pub loudness: Option<Lufs>,
}

/// Decodes a recording from end to end and keeps nothing of it but this. It takes about 1 ms per
/// second of sound, and memory that does not depend on the file.
///
/// # Errors
/// Where it cannot be read, is no audio, breaks off early or is too long; see [`ProbeError`].
pub fn probe(path: &Path) -> Result<Probe, ProbeError> {
    let mut decoder = Decoder::open(path)?;
    let mut peaks = Peaks::new();
    while let Some(block) = decoder.next_block()? {
        peaks.push(block);
    }
    let time = |frames: u64| Duration::from_secs_f64(frames as f64 / f64::from(decoder.rate()));
    let duration = time(decoder.decoded());
    if let Some(declared) = decoder.declared().map(time)
        && duration + SLACK < declared
    {
        return Err(ProbeError::Incomplete { decoded: duration, declared });
    }
    Ok(Probe { duration, peaks: peaks.finish(), loudness: None })
}
