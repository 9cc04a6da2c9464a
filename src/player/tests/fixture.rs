//! Recordings made on the spot, and a player with a listener.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use tempfile::TempDir;

use crate::player::{
    Command, Device, Event, Feed, Feeds, LONGEST, OutputKind, Player, Recording, Source, State,
    Status, Stretch,
};
use crate::song::{JobId, Label, TakeId};

/// Longer than any machine needs; a test that waits so long has failed.
const PATIENCE: Duration = Duration::from_secs(20);

pub(super) const TAKE: TakeId = TakeId { job: JobId(12), label: Label::A };
pub(super) const RIVAL: TakeId = TakeId { job: JobId(12), label: Label::B };

/// A 16-bit WAV header for `frames` frames.
pub(super) fn wav_header(rate: u32, channels: u16, frames: u32) -> Vec<u8> {
    let block = u32::from(channels) * 2;
    let mut head = b"RIFF".to_vec();
    head.extend((36 + frames * block).to_le_bytes());
    head.extend(b"WAVEfmt \x10\0\0\0\x01\0");
    head.extend(channels.to_le_bytes());
    head.extend(rate.to_le_bytes());
    head.extend((rate * block).to_le_bytes());
    head.extend((block as u16).to_le_bytes());
    head.extend(b"\x10\0data");
    head.extend((frames * block).to_le_bytes());
    head
}

/// A WAV file of interleaved samples.
pub(super) fn wav(path: &Path, rate: u32, channels: u16, samples: &[i16]) {
    let mut bytes = wav_header(rate, channels, samples.len() as u32 / u32::from(channels));
    bytes.extend(samples.iter().flat_map(|sample| sample.to_le_bytes()));
    File::create(path).unwrap().write_all(&bytes).unwrap();
}

/// Frames in which no two neighbours and no two places look alike, loud enough to see a fade.
pub(super) fn stereo(frames: usize) -> Vec<i16> {
    noise(frames, 0x2545_f491)
}

/// As [`stereo`], and other frames for each `seed`.
pub(super) fn noise(frames: usize, seed: u32) -> Vec<i16> {
    let mut state = seed;
    (0..frames * 2)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            8_000 + (state >> 18) as i16
        })
        .collect()
}

/// What should come out of the deck for frames of such a recording.
pub(super) fn played(samples: &[i16]) -> Vec<f32> {
    samples.iter().map(|&sample| f32::from(sample) / 32_768.0).collect()
}

/// A take in a file, to be opened alone.
pub(super) fn open(path: PathBuf, play: bool) -> Command {
    let take = Recording { take: TAKE, source: Source::File(path), loudness: None };
    Command::Open { take, rival: None, play }
}

/// A player and all it says.
pub(super) struct Studio {
    pub(super) player: Player,
    pub(super) events: Receiver<Event>,
    pub(super) feeds: Feeds,
    folder: TempDir,
}

impl Studio {
    pub(super) fn new(output: OutputKind) -> Self {
        let (told, events) = mpsc::channel();
        let feeds = Feeds::default();
        let player = Player::spawn(output, feeds.clone(), move |event| _ = told.send(event));
        Self { player, events, feeds, folder: TempDir::new().unwrap() }
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Puts a recording at 48 kHz stereo on the deck and waits until all of it is there.
    pub(super) fn load(&self, samples: &[i16]) {
        let path = self.path("take.wav");
        wav(&path, 48_000, 2, samples);
        self.player.send(open(path, false));
        assert_eq!(self.status().state, State::Loading);
        assert_eq!(self.status().state, State::Stopped);
    }

    /// A recording in a file of this studio.
    pub(super) fn recording(&self, take: TakeId, name: &str) -> Recording {
        Recording { take, source: Source::File(self.path(name)), loudness: None }
    }

    /// Puts two recordings at 48 kHz stereo on the deck, the first to be heard, and waits until all
    /// of both is there.
    pub(super) fn load_pair(&self, a: &[i16], b: &[i16]) -> Status {
        let recording = |take, name: &str, samples: &[i16]| {
            wav(&self.path(name), 48_000, 2, samples);
            self.recording(take, name)
        };
        let (take, rival) = (recording(TAKE, "a.wav", a), recording(RIVAL, "b.wav", b));
        self.player.send(Command::Open { take, rival: Some(rival), play: false });
        for _ in 0..2 {
            while !matches!(self.event(), Event::Measured { .. }) {}
        }
        self.status()
    }

    /// Announces a recording under [`TAKE`] and plays it from its first byte on; it arrives in the
    /// file that comes back.
    pub(super) fn arrive(&self) -> (Feed, File) {
        let path = self.path("take.part");
        let file = File::create(&path).unwrap();
        let feed = self.feeds.announce(TAKE, &path);
        let take = Recording { take: TAKE, source: Source::Arriving, loudness: None };
        self.player.send(Command::Open { take, rival: None, play: true });
        (feed, file)
    }

    /// Where a take stands once everything before is done and said. It sounds as it did: a loop
    /// that is let go before anything is rendered is none.
    pub(super) fn sync(&self) -> Status {
        let stretch = Stretch { from: Duration::ZERO, to: LONGEST };
        for stretch in [Some(stretch), None] {
            self.player.send(Command::Loop(stretch));
            loop {
                let status = self.status();
                match status.looped {
                    None if stretch.is_none() => return status,
                    Some(_) if stretch.is_some() => break,
                    _ => {}
                }
            }
        }
        unreachable!("the second of the two returns")
    }

    /// Waits until all of a take is decoded.
    pub(super) fn until_measured(&self) -> Status {
        while !matches!(self.event(), Event::Measured { .. }) {}
        self.sync()
    }

    /// Waits until so many frames of what arrives are decoded.
    pub(super) fn until_ready(&self, frames: u64) -> Status {
        loop {
            let status = self.sync();
            if status.ready.is_none_or(|ready| ready >= crate::player::time_of(frames)) {
                return status;
            }
            std::thread::yield_now();
        }
    }

    /// The next thing that the player says.
    pub(super) fn event(&self) -> Event {
        self.events.recv_timeout(PATIENCE).expect("the player says nothing")
    }

    /// The next status; other events are passed over.
    pub(super) fn status(&self) -> Status {
        loop {
            if let Event::Status(status) = self.event() {
                return status;
            }
        }
    }

    /// The status that answers a command.
    pub(super) fn send(&self, command: Command) -> Status {
        self.player.send(command);
        self.status()
    }

    /// All statuses until one with `state`, which is the last.
    pub(super) fn until(&self, state: State) -> Vec<Status> {
        let mut statuses = vec![self.status()];
        while statuses.last().unwrap().state != state {
            statuses.push(self.status());
        }
        statuses
    }

    /// The next word about the device; statuses are passed over.
    pub(super) fn device(&self) -> Device {
        loop {
            if let Event::Device(device) = self.event() {
                return device;
            }
        }
    }

    /// Drops the player and returns what it still said, which ends when its threads do.
    pub(super) fn quit(self) -> Vec<Event> {
        drop(self.player);
        self.events.iter().collect()
    }
}
