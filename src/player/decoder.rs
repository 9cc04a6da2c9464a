//! Reads an MP3 or WAV file as stereo frames, from the first to the last, once.
//!
//! It never seeks: where its source can, symphonia guesses the length of an MP3 without a Xing
//! header from the file's size and cuts a variable bit rate short.

use std::fs::File;
use std::io::{self, Read, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use symphonia::core::codecs::audio::{AudioDecoder, AudioDecoderOptions};
use symphonia::core::errors::Error;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, FormatReader, TrackType};
use symphonia::core::io::{MediaSourceStream, MediaSourceStreamOptions, ReadOnlySource};
use symphonia::core::meta::MetadataOptions;

use super::{LONGEST, ProbeError};

/// Left and right, -1.0 to 1.0.
pub(super) type Frame = [f32; 2];

/// The sample rates that occur in recordings, hertz.
const RATES: std::ops::RangeInclusive<u32> = 4_000..=384_000;

const NOTHING: &str = "no MP3 or WAV sound was found in it";
const WEB_PAGE: &str = "it is a web page or a message of a server";

/// An open recording.
pub(super) struct Decoder {
    format: Box<dyn FormatReader>,
    codec: Box<dyn AudioDecoder>,
    track: u32,
    rate: u32,
    declared: Option<u64>,
    decoded: u64,
    /// The most frames that are accepted.
    limit: u64,
    good: u64,
    bad: u64,
    samples: Vec<f32>,
    block: Vec<Frame>,
}

impl Decoder {
    /// Opens a recording and reads its header.
    pub(super) fn open(path: &Path) -> Result<Self, ProbeError> {
        guarded(|| Self::open_unguarded(path))
    }

    fn open_unguarded(path: &Path) -> Result<Self, ProbeError> {
        // Asked first: opening a pipe would wait for its other end.
        let meta = std::fs::metadata(path)?;
        if !meta.is_file() {
            return Err(ProbeError::NotAFile);
        }
        if meta.len() == 0 {
            return Err(ProbeError::Empty);
        }
        let mut file = File::open(path)?;
        let page = looks_like_markup(&mut file)?;
        let source = MediaSourceStream::new(
            Box::new(ReadOnlySource::new(file)),
            MediaSourceStreamOptions::default(),
        );
        let format = symphonia::default::get_probe()
            .probe(&Hint::new(), source, FormatOptions::default(), MetadataOptions::default())
            .map_err(|error| refusal(error, if page { WEB_PAGE } else { NOTHING }))?;
        let track = format.default_track(TrackType::Audio).ok_or(ProbeError::NotAudio(NOTHING))?;
        let params = track.codec_params.as_ref().and_then(|params| params.audio());
        let params = params.ok_or(ProbeError::NotAudio(NOTHING))?;
        let rate = params
            .sample_rate
            .filter(|rate| RATES.contains(rate))
            .ok_or(ProbeError::Unsupported("its sample rate is out of range"))?;
        let declared = track.num_frames;
        let limit = LONGEST.as_secs() * u64::from(rate);
        if declared.is_some_and(|frames| frames > limit) {
            return Err(ProbeError::TooLong);
        }
        let codec = symphonia::default::get_codecs()
            .make_audio_decoder(params, &AudioDecoderOptions::default())
            .map_err(|_| ProbeError::Unsupported("its coding is neither MP3 nor plain PCM"))?;
        let track = track.id;
        Ok(Self {
            format,
            codec,
            track,
            rate,
            declared,
            decoded: 0,
            limit,
            good: 0,
            bad: 0,
            samples: Vec::new(),
            block: Vec::new(),
        })
    }

    /// Frames a second of the recording.
    pub(super) fn rate(&self) -> u32 {
        self.rate
    }

    /// The frames that the header promises, at the recording's own rate.
    pub(super) fn declared(&self) -> Option<u64> {
        self.declared
    }

    /// The frames that came out so far, at the recording's own rate.
    pub(super) fn decoded(&self) -> u64 {
        self.decoded
    }

    /// The next frames, some hundreds to a few thousand; none at the end.
    ///
    /// Damaged packets are passed over. At the end it is an error if nothing came out, or less
    /// than was damaged.
    pub(super) fn next_block(&mut self) -> Result<Option<&[Frame]>, ProbeError> {
        if guarded(|| self.advance())? { Ok(Some(&self.block)) } else { Ok(None) }
    }

    fn advance(&mut self) -> Result<bool, ProbeError> {
        loop {
            let packet = match self.format.next_packet() {
                Ok(Some(packet)) => packet,
                Ok(None) => return self.end(),
                Err(Error::IoError(error)) if error.kind() == io::ErrorKind::UnexpectedEof => {
                    return self.end();
                }
                Err(Error::IoError(error)) => return Err(error.into()),
                Err(_) => {
                    self.bad += 1;
                    return self.end();
                }
            };
            if packet.track_id != self.track {
                continue;
            }
            match self.codec.decode(&packet) {
                Ok(buffer) => {
                    self.good += 1;
                    let channels = buffer.spec().channels().count();
                    buffer.copy_to_vec_interleaved(&mut self.samples);
                    fold(&self.samples, channels, &mut self.block);
                }
                Err(Error::IoError(_) | Error::DecodeError(_)) => {
                    self.bad += 1;
                    continue;
                }
                Err(error) => return Err(refusal(error, NOTHING)),
            }
            if self.block.is_empty() {
                continue;
            }
            self.decoded += self.block.len() as u64;
            if self.decoded > self.limit {
                return Err(ProbeError::TooLong);
            }
            return Ok(true);
        }
    }

    fn end(&self) -> Result<bool, ProbeError> {
        match (self.decoded, self.good, self.bad) {
            (0, _, 0) => Err(ProbeError::Empty),
            (0, _, _) => Err(ProbeError::NotAudio(NOTHING)),
            (_, good, bad) if bad > good => Err(ProbeError::NotAudio(NOTHING)),
            _ => Ok(false),
        }
    }
}

/// Whether the first byte that is not white space opens a tag, as in HTML and XML.
fn looks_like_markup(file: &mut File) -> io::Result<bool> {
    let mut head = Vec::new();
    file.by_ref().take(64).read_to_end(&mut head)?;
    file.rewind()?;
    Ok(head.trim_ascii_start().first() == Some(&b'<'))
}

fn refusal(error: Error, otherwise: &'static str) -> ProbeError {
    match error {
        Error::IoError(error) if error.kind() != io::ErrorKind::UnexpectedEof => error.into(),
        _ => ProbeError::NotAudio(otherwise),
    }
}

/// One channel sounds on both sides; of more than two the first two are the front pair.
fn fold(samples: &[f32], channels: usize, block: &mut Vec<Frame>) {
    block.clear();
    match channels {
        0 => {}
        1 => block.extend(samples.iter().map(|&sample| [sample; 2])),
        _ => block.extend(samples.chunks_exact(channels).map(|frame| [frame[0], frame[1]])),
    }
}

/// A file from outside may trip a decoder in ways its author did not think of; that must cost
/// the take, not the studio.
fn guarded<T>(work: impl FnOnce() -> Result<T, ProbeError>) -> Result<T, ProbeError> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or(Err(ProbeError::NotAudio("the decoder gave up on it")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recording_that_hides_its_length_is_cut_off() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("live.wav");
        // A stream of a length unknown to whoever wrote it, as from a pipe.
        let mut bytes = b"RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0\x01\0\x01\0".to_vec();
        bytes.extend(b"\x40\x1f\0\0\x80\x3e\0\0\x02\0\x10\0data\xff\xff\xff\xff");
        bytes.resize(80_000, 1);
        std::fs::write(&path, &bytes).unwrap();

        let mut decoder = Decoder::open(&path).unwrap();
        assert_eq!((decoder.rate(), decoder.declared()), (8_000, None));
        while decoder.next_block().unwrap().is_some() {}

        let mut decoder = Decoder::open(&path).unwrap();
        decoder.limit = 8_000;
        let end = std::iter::repeat_with(|| decoder.next_block().map(|block| block.is_some()));
        let end = end.take(1_000).find(|block| !matches!(block, Ok(true)));
        assert!(matches!(end, Some(Err(ProbeError::TooLong))));
    }
}
