//! The check that a file is a recording, and a whole one.

use std::path::Path;
use std::time::Duration;

use super::ProbeError;
use super::decoder::Decoder;
use super::survey::Survey;
use crate::song::Lufs;

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

/// Decodes a recording from end to end and keeps nothing of it but this. It takes some 3 ms per
/// second of sound, and memory that does not depend on the file.
///
/// # Errors
/// Where it cannot be read, is no audio, breaks off early or is too long; see [`ProbeError`].
pub fn probe(path: &Path) -> Result<Probe, ProbeError> {
    let mut decoder = Decoder::open(path)?;
    let mut survey = Survey::new(decoder.rate());
    while let Some(block) = decoder.next_block()? {
        survey.push(block);
    }
    if let Some(error) = decoder.missing() {
        return Err(error);
    }
    let (peaks, loudness) = survey.finish();
    Ok(Probe { duration: decoder.duration(), peaks, loudness })
}
