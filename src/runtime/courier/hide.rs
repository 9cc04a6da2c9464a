//! What a gateway said, without the key: it may echo what it was sent.
//!
//! The words are searched after they were read, because in an answer a key can be spelled in more
//! ways than anybody thinks of. Only the name of a task stays as it is: it must be asked about by
//! exactly that.

use secrecy::SecretString;

use crate::gateway::{Created, Polled, redacted};
use crate::song::{Failure, Receipt, Track};

/// Hides a key.
pub(super) struct Hide<'a>(pub(super) &'a SecretString);

impl Hide<'_> {
    pub(super) fn created(&self, created: Created) -> Created {
        match created {
            Created::Accepted(receipt) => Created::Accepted(self.receipt(receipt)),
            Created::Refused(failure) => Created::Refused(self.failure(failure)),
            Created::Busy { failure, retry_after } => {
                Created::Busy { failure: self.failure(failure), retry_after }
            }
            Created::Conflict(failure) => Created::Conflict(self.failure(failure)),
            Created::Unknown(failure) => Created::Unknown(self.failure(failure)),
        }
    }

    pub(super) fn polled(&self, polled: Polled) -> Polled {
        match polled {
            Polled::Working { receipt, provisional } => Polled::Working {
                receipt: self.receipt(receipt),
                provisional: self.tracks(provisional),
            },
            Polled::Complete(receipt) => Polled::Complete(self.receipt(receipt)),
            Polled::Failed { receipt, failure } => {
                Polled::Failed { receipt: self.receipt(receipt), failure: self.failure(failure) }
            }
            Polled::Refused(failure) => Polled::Refused(self.failure(failure)),
            Polled::Missing(failure) => Polled::Missing(self.failure(failure)),
            Polled::Again { failure, retry_after } => {
                Polled::Again { failure: self.failure(failure), retry_after }
            }
        }
    }

    pub(super) fn failure(&self, failure: Failure) -> Failure {
        Failure {
            message: self.text(&failure.message),
            advice: self.text(&failure.advice),
            code: self.maybe(failure.code),
            ..failure
        }
    }

    fn receipt(&self, receipt: Receipt) -> Receipt {
        Receipt {
            request_ids: receipt.request_ids.iter().map(|id| self.text(id)).collect(),
            model: self.maybe(receipt.model),
            lyrics: self.maybe(receipt.lyrics),
            tracks: self.tracks(receipt.tracks),
            ..receipt
        }
    }

    fn tracks(&self, tracks: Vec<Track>) -> Vec<Track> {
        let track = |track: Track| Track {
            audio: self.text(&track.audio),
            cover: self.maybe(track.cover),
            id: self.maybe(track.id),
            title: self.maybe(track.title),
            model: self.maybe(track.model),
            tags: self.maybe(track.tags),
            ..track
        };
        tracks.into_iter().map(track).collect()
    }

    fn maybe(&self, text: Option<String>) -> Option<String> {
        text.map(|text| self.text(&text))
    }

    fn text(&self, text: &str) -> String {
        redacted(text, self.0)
    }
}
