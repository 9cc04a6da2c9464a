//! Why a file is not a take.

use std::io;
use std::time::Duration;

use crate::song::clock;

/// What is wrong with a recording: the message says what and why, [`ProbeError::advice`] what to
/// do.
#[derive(Debug, thiserror::Error)]
pub enum ProbeError {
    /// It could not be read.
    #[error("the recording cannot be read: {0}")]
    Io(#[from] io::Error),
    /// A folder, a pipe or a device.
    #[error("the recording is not a file")]
    NotAFile,
    /// No bytes, or a header with no sound after it.
    #[error("the recording is empty")]
    Empty,
    /// Nothing in it can be decoded.
    #[error("this is not a recording: {0}")]
    NotAudio(&'static str),
    /// Audio, but in a form that is not played here.
    #[error("this recording cannot be played: {0}")]
    Unsupported(&'static str),
    /// An MP4 file whose index comes last, read while it arrives.
    #[error("this recording cannot be played while it arrives: its index comes at its end")]
    IndexLast,
    /// It stops in the middle; how long it should be, it does not say.
    #[error("the recording breaks off after {}", clock(*.0))]
    BreaksOff(Duration),
    /// It stops before its header says it does.
    #[error("the recording breaks off after {} of {}", clock(*.decoded), clock(*.declared))]
    Incomplete {
        /// What there is.
        decoded: Duration,
        /// What the header promises.
        declared: Duration,
    },
    /// Longer than [`super::LONGEST`].
    #[error("the recording is longer than {} minutes", super::LONGEST.as_secs() / 60)]
    TooLong,
}

impl ProbeError {
    /// What the user can do about it.
    pub fn advice(&self) -> &'static str {
        match self {
            Self::Io(error) if error.kind() == io::ErrorKind::NotFound => {
                "Was it moved or deleted? Put it back, or download the take again."
            }
            Self::Io(_) => "Check the disk and the file's permissions, then try again.",
            Self::NotAFile => "Choose the recording's file itself.",
            Self::Empty | Self::NotAudio(_) | Self::BreaksOff(_) | Self::Incomplete { .. } => {
                "Download the take again; the gateway keeps it for a while."
            }
            Self::IndexLast => "Wait until all of it is here, then open it again.",
            Self::Unsupported(_) => "Convert it to MP3 or WAV, mono or stereo.",
            Self::TooLong => "Cut it into shorter files.",
        }
    }
}
