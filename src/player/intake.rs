//! The bytes of a recording on their way to its decoder: what they begin with, and what went wrong
//! while they were read.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex, PoisonError};

use symphonia::core::io::{MediaSource, ReadOnlySource};

/// Bytes that are looked at before anything is decoded.
const HEAD: u64 = 64;

/// The first bytes of a recording, after the tags in front of it.
pub(super) struct Head {
    bytes: Vec<u8>,
    /// Whether tags were passed over.
    tagged: bool,
}

impl Head {
    /// Reads them. A tag in front, with a cover of any size, is passed over here: nothing in it
    /// is needed, and a broken one is no reason to refuse the sound after it.
    ///
    /// # Errors
    /// Where the source cannot be read.
    pub(super) fn read(source: &mut impl Read) -> io::Result<Self> {
        let mut head = Self { bytes: Vec::new(), tagged: false };
        head.fill(source)?;
        while let Some(length) = head.tag() {
            head.tagged = true;
            let held = head.bytes.len().min(length);
            head.bytes.drain(..held);
            let rest = (length - held) as u64;
            io::copy(&mut source.by_ref().take(rest), &mut io::sink())?;
            head.fill(source)?;
        }
        Ok(head)
    }

    fn fill(&mut self, source: &mut impl Read) -> io::Result<()> {
        let wanted = HEAD - self.bytes.len() as u64;
        source.by_ref().take(wanted).read_to_end(&mut self.bytes)?;
        Ok(())
    }

    /// The length of the `ID3v2` tag that begins here. Its bytes have seven bits each, so that a
    /// size never looks like sound.
    fn tag(&self) -> Option<usize> {
        let [b'I', b'D', b'3', major, minor, flags, size @ ..] = self.bytes.first_chunk::<10>()?
        else {
            return None;
        };
        if *major == 0xff || *minor == 0xff || size.iter().any(|byte| *byte > 0x7f) {
            return None;
        }
        let body = size.iter().fold(0, |length, byte| length << 7 | usize::from(*byte));
        let footer = if flags & 0x10 == 0 { 0 } else { 10 };
        Some(10 + body + footer)
    }

    /// Whether it is an MP4 file with nothing in front: the one form that may have to be read out
    /// of order.
    pub(super) fn is_mp4(&self) -> bool {
        !self.tagged && self.bytes.get(4..8) == Some(b"ftyp")
    }

    /// What it is, where that is anything but sound for certain.
    pub(super) fn picture(&self) -> Option<&'static str> {
        const PICTURES: [&[u8]; 4] = [b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF"];
        let webp = self.bytes.starts_with(b"RIFF") && self.bytes.get(8..12) == Some(b"WEBP");
        let picture = webp || PICTURES.iter().any(|magic| self.bytes.starts_with(magic));
        picture.then_some("it is a picture")
    }

    /// What it is, if nothing in it turns out to be sound: the first byte that is not white space
    /// opens a tag, as in HTML and XML, or an object, as in JSON.
    pub(super) fn page(&self) -> Option<&'static str> {
        let first = self.bytes.trim_ascii_start().first()?;
        matches!(first, b'<' | b'{').then_some("it is a web page or a message of a server")
    }

    /// The recording from its first byte on, for a source that is read in order.
    pub(super) fn before<R: Read>(self, source: R) -> Watched<impl Read> {
        Watched::new(Cursor::new(self.bytes).chain(source))
    }
}

/// What went wrong while a source was read. Decoders take an error for the end here and there, so
/// it is kept beside them.
#[derive(Clone, Default)]
pub(super) struct Trouble(Arc<Mutex<Option<io::Error>>>);

impl Trouble {
    /// The error, once.
    pub(super) fn take(&self) -> Option<io::Error> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn note(&self, error: io::Error) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
    }
}

/// A source whose errors are noted.
pub(super) struct Watched<R> {
    inner: R,
    trouble: Trouble,
}

impl<R> Watched<R> {
    pub(super) fn new(inner: R) -> Self {
        Self { inner, trouble: Trouble::default() }
    }

    /// Where its errors are noted.
    pub(super) fn trouble(&self) -> Trouble {
        self.trouble.clone()
    }
}

impl<R: Read + Send + Sync + 'static> Watched<R> {
    /// As a source that cannot seek.
    pub(super) fn in_order(self) -> Box<dyn MediaSource> {
        Box::new(ReadOnlySource::new(self))
    }
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.inner.read(into) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    let kind = error.kind();
                    self.trouble.note(error);
                    return Err(kind.into());
                }
                read => return read,
            }
        }
    }
}

impl Seek for Watched<File> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

impl MediaSource for Watched<File> {
    fn is_seekable(&self) -> bool {
        true
    }

    fn byte_len(&self) -> Option<u64> {
        self.inner.metadata().ok().map(|meta| meta.len())
    }
}
