//! Reads a recording as stereo frames, from the first to the last, once: MP3, WAV, FLAC, Ogg
//! Vorbis and AAC, from a whole file or from a stream that is still growing.
//!
//! It never seeks but for the index of an MP4 file: where its source can, symphonia guesses the
//! length of an MP3 without a Xing header from the file's size and cuts a variable bit rate short.

use std::fs::File;
use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::Duration;

use symphonia::core::codecs::audio::{AudioDecoder, AudioDecoderOptions};
use symphonia::core::errors::Error;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::well_known::FORMAT_ID_MP3;
use symphonia::core::formats::{FormatOptions, FormatReader, TrackType};
use symphonia::core::io::{MediaSource, MediaSourceStream, MediaSourceStreamOptions};
use symphonia::core::meta::MetadataOptions;

use super::intake::{Head, Trouble, Watched};
use super::padding::Padding;
use super::{Frame, LONGEST, ProbeError};

/// The sample rates that occur in recordings, hertz.
const RATES: std::ops::RangeInclusive<u32> = 4_000..=384_000;
/// How much shorter than its header says a recording may be: encoders count their padding
/// differently, and a damaged packet costs 26 ms.
const SLACK: Duration = Duration::from_millis(250);

const NOTHING: &str = "no sound was found in it";
const CODING: &str = "its coding is none of MP3, PCM, FLAC, Vorbis and AAC";

/// An open recording.
pub(super) struct Decoder {
    format: Box<dyn FormatReader>,
    codec: Box<dyn AudioDecoder>,
    trouble: Trouble,
    padding: Padding,
    track: u32,
    rate: u32,
    declared: Option<u64>,
    decoded: u64,
    /// The most frames that are accepted.
    limit: u64,
    /// Whether it stopped before it was over.
    is_cut: bool,
    good: u64,
    bad: u64,
    samples: Vec<f32>,
    block: Vec<Frame>,
}

impl Decoder {
    /// Opens a file and reads its header.
    pub(super) fn open(path: &Path) -> Result<Self, ProbeError> {
        guarded(|| Self::open_unguarded(path))
    }

    /// Opens a recording that may still be growing and reads its header. Where bytes have not
    /// come yet the source's `read` waits, and so does this; an error of it is the decoder's, and
    /// only its end is the end.
    pub(super) fn stream(source: impl Read + Send + Sync + 'static) -> Result<Self, ProbeError> {
        guarded(|| Self::in_order(source))
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
        match Self::in_order(File::open(path)?) {
            Err(ProbeError::IndexLast) => {
                let source = Watched::new(File::open(path)?);
                let trouble = source.trouble();
                Self::begin(Box::new(source), trouble, |_| ProbeError::NotAudio(NOTHING))
            }
            opened => opened,
        }
    }

    fn in_order(mut source: impl Read + Send + Sync + 'static) -> Result<Self, ProbeError> {
        let head = Head::read(&mut source)?;
        if let Some(picture) = head.picture() {
            return Err(ProbeError::NotAudio(picture));
        }
        let (mp4, otherwise) = (head.is_mp4(), head.page().unwrap_or(NOTHING));
        let source = head.before(source);
        let trouble = source.trouble();
        Self::begin(source.in_order(), trouble, |error| match error {
            Error::Unsupported(_) if mp4 => ProbeError::IndexLast,
            _ => ProbeError::NotAudio(otherwise),
        })
    }

    fn begin(
        source: Box<dyn MediaSource>,
        trouble: Trouble,
        refusal: impl Fn(&Error) -> ProbeError,
    ) -> Result<Self, ProbeError> {
        let source = MediaSourceStream::new(source, MediaSourceStreamOptions::default());
        let format = symphonia::default::get_probe()
            .probe(&Hint::new(), source, FormatOptions::default(), MetadataOptions::default())
            .map_err(|error| trouble.take().map_or_else(|| refusal(&error), ProbeError::Io))?;
        let track = format.default_track(TrackType::Audio).ok_or(ProbeError::NotAudio(NOTHING))?;
        let params = track.codec_params.as_ref().and_then(|params| params.audio());
        let params = params.ok_or(ProbeError::Unsupported(CODING))?;
        let rate = params
            .sample_rate
            .filter(|rate| RATES.contains(rate))
            .ok_or(ProbeError::Unsupported("its sample rate is out of range"))?;
        // Counted frames only. What symphonia guesses from a size it guesses where it can seek.
        let declared = track.num_frames;
        let limit = LONGEST.as_secs() * u64::from(rate);
        if declared.is_some_and(|frames| frames > limit) {
            return Err(ProbeError::TooLong);
        }
        let mp3 = format.format_info().format == FORMAT_ID_MP3;
        let codec = symphonia::default::get_codecs()
            .make_audio_decoder(params, &AudioDecoderOptions::default().gapless(!mp3))
            .map_err(|_| ProbeError::Unsupported(CODING))?;
        let track = track.id;
        Ok(Self {
            format,
            codec,
            trouble,
            padding: Padding::new(mp3),
            track,
            rate,
            declared,
            decoded: 0,
            limit,
            is_cut: false,
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

    /// How long what came out so far is.
    pub(super) fn duration(&self) -> Duration {
        self.time(self.decoded)
    }

    /// At the end: what is wrong where that was clearly not all of it.
    pub(super) fn missing(&self) -> Option<ProbeError> {
        let decoded = self.duration();
        match self.declared.map(|frames| self.time(frames)) {
            Some(declared) if decoded + SLACK < declared => {
                Some(ProbeError::Incomplete { decoded, declared })
            }
            Some(_) => None,
            None => self.is_cut.then_some(ProbeError::BreaksOff(decoded)),
        }
    }

    fn time(&self, frames: u64) -> Duration {
        Duration::from_secs_f64(frames as f64 / f64::from(self.rate))
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
                    // The pages of an Ogg file tell which is the last.
                    self.is_cut = self.format.format_info().short_name == "ogg";
                    return self.end();
                }
                Err(Error::IoError(error)) => {
                    return Err(self.trouble.take().unwrap_or(error).into());
                }
                Err(_) => {
                    self.bad += 1;
                    return self.end();
                }
            };
            if packet.track_id != self.track {
                continue;
            }
            match self.codec.decode(&packet) {
                Ok(buffer) if buffer.spec().rate() == self.rate => {
                    self.good += 1;
                    let channels = buffer.spec().channels().count();
                    buffer.copy_to_vec_interleaved(&mut self.samples);
                    fold(&self.samples, channels, &mut self.block);
                }
                Ok(_) | Err(Error::IoError(_) | Error::DecodeError(_)) => {
                    self.bad += 1;
                    continue;
                }
                Err(_) => return Err(ProbeError::NotAudio(NOTHING)),
            }
            let (start, end) = (packet.trim_start.get(), packet.trim_end.get());
            if self.padding.cut(start, end, &mut self.block) {
                self.declared = None;
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
        if let Some(error) = self.trouble.take() {
            return Err(error.into());
        }
        match (self.decoded, self.good, self.bad) {
            (0, _, 0) => Err(ProbeError::Empty),
            (0, _, _) => Err(ProbeError::NotAudio(NOTHING)),
            (_, good, bad) if bad > good => Err(ProbeError::NotAudio(NOTHING)),
            _ => Ok(false),
        }
    }
}

/// One channel sounds on both sides; of more than two the first two are the front pair.
fn fold(samples: &[f32], channels: usize, block: &mut Vec<Frame>) {
    block.clear();
    match channels {
        0 => {}
        1 => block.extend(samples.iter().map(|&sample| [sane(sample); 2])),
        _ => {
            let front = |frame: &[f32]| [sane(frame[0]), sane(frame[1])];
            block.extend(samples.chunks_exact(channels).map(front));
        }
    }
}

/// Floats in a file can be anything, and one that is no number would silence every meter for good.
fn sane(sample: f32) -> f32 {
    const MOST: f32 = 8.0;
    if sample.is_nan() { 0.0 } else { sample.clamp(-MOST, MOST) }
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

    /// A WAV of a length unknown to whoever wrote it, as from a pipe.
    fn endless() -> Vec<u8> {
        let mut bytes = b"RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0\x01\0\x01\0".to_vec();
        bytes.extend(b"\x40\x1f\0\0\x80\x3e\0\0\x02\0\x10\0data\xff\xff\xff\xff");
        bytes.resize(80_000, 1);
        bytes
    }

    #[test]
    fn a_recording_that_hides_its_length_is_cut_off() {
        let mut decoder = Decoder::stream(io::Cursor::new(endless())).unwrap();
        assert_eq!((decoder.rate(), decoder.declared()), (8_000, None));
        while decoder.next_block().unwrap().is_some() {}
        assert_eq!((decoder.decoded, decoder.missing().is_none()), (39_978, true));

        let mut decoder = Decoder::stream(io::Cursor::new(endless())).unwrap();
        decoder.limit = 8_000;
        let end = std::iter::repeat_with(|| decoder.next_block().map(|block| block.is_some()));
        let end = end.take(1_000).find(|block| !matches!(block, Ok(true)));
        assert!(matches!(end, Some(Err(ProbeError::TooLong))));
    }

    #[test]
    fn what_is_no_number_is_silence() {
        let mut block = Vec::new();
        fold(&[f32::NAN, f32::INFINITY, 0.5, -0.5], 2, &mut block);
        assert_eq!(block, [[0.0, 8.0], [0.5, -0.5]]);
        fold(&[0.1, 0.2, 0.3], 3, &mut block);
        assert_eq!(block, [[0.1, 0.2]]);
        fold(&[0.1, 0.2], 1, &mut block);
        assert_eq!(block, [[0.1; 2], [0.2; 2]]);
    }
}
