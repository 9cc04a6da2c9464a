//! The real outside: the journal's thread, the player's, the workshop's.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::thread;

use jiff::Timestamp;
use tokio::sync::mpsc::UnboundedSender;

use super::courier::{Courier, Errand, Ways};
use super::media::Media;
use super::{Outside, Workshop};
use crate::config::Device;
use crate::library::{Journal, Library};
use crate::player::{Feeds, OutputKind, Player};
use crate::song::JobId;
use crate::studio::{Effect, Event, Tone};

/// All that does work beside the loop. Dropping it waits until everything sent is written.
pub struct Machine {
    player: Player,
    workshop: Workshop,
    courier: Courier,
    media: Media,
    dir: PathBuf,
    news: UnboundedSender<Event>,
    // Last, so that it is dropped after those that may still send to it.
    journal: Journal,
}

/// A player of takes on disk and of those that `feeds` announces, whose news go to `news`.
pub fn spawn_player(output: OutputKind, feeds: Feeds, news: UnboundedSender<Event>) -> Player {
    Player::spawn(output, feeds, move |event| {
        let _ = news.send(Event::Player(event));
    })
}

/// Where the player shall play, from where the configuration says.
pub fn output(device: &Device) -> OutputKind {
    match device {
        Device::Auto => OutputKind::System,
        Device::Silent => OutputKind::Silent,
        Device::Named(name) => OutputKind::Named(name.clone()),
    }
}

impl Machine {
    /// Sets up the threads over a library; what they have to tell goes to `news`.
    ///
    /// # Errors
    /// If the system has no thread to give.
    pub fn new(
        library: Library,
        output: OutputKind,
        ways: Ways,
        news: UnboundedSender<Event>,
    ) -> io::Result<Self> {
        let dir = library.dir().to_owned();
        let replies = news.clone();
        let journal = Journal::spawn(library, move |reply| {
            let _ = replies.send(Event::Journal(reply));
        })?;
        let feeds = Feeds::default();
        let player = spawn_player(output, feeds.clone(), news.clone());
        let workshop = Workshop::new(dir.clone(), news.clone());
        let courier = Courier::new(ways, dir.clone(), feeds, news.clone());
        let media = Media::new(news.clone());
        Ok(Self { player, workshop, courier, media, dir, news, journal })
    }
}

impl Outside for Machine {
    fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::Record { ticket, record } => self.journal.record(ticket, *record),
            Effect::Load(song) => self.journal.load(song),
            Effect::LoadStory(id) => self.journal.story(id),
            Effect::Create(job) => self.courier.send(Errand::Create(job)),
            Effect::Poll { id, profile, task } => {
                self.courier.send(Errand::Poll { id, profile, task });
            }
            Effect::Fetch { job, kept } => self.courier.send(Errand::Fetch { job, kept }),
            Effect::Sweep(id) => self.sweep(id),
            Effect::Balance(profile) => self.courier.send(Errand::Balance(profile)),
            Effect::Start(job) => self.workshop.start(*job),
            Effect::Cancel(id) => {
                self.workshop.cancel(id);
                if self.courier.is_at_work() {
                    self.courier.send(Errand::Cancel(id));
                }
            }
            Effect::Player(command) => self.player.send(command),
            Effect::Media(now) => self.media.show(now),
            Effect::Rescue(words) => self.rescue(words),
            Effect::WriteStory { job, text } => self.write_story(job, text),
            // The loop's own.
            Effect::Copy(_) | Effect::Quit => {}
        }
    }
}

impl Machine {
    /// Only who has fetched something has left anything.
    fn sweep(&mut self, id: JobId) {
        if self.courier.is_at_work() {
            self.courier.send(Errand::Sweep(id));
        }
    }

    fn rescue(&self, words: String) {
        let (done, lost) = (
            "Your words are in",
            "Your words could not be written anywhere; select all and copy them",
        );
        self.beside(move |dir| rescue(dir, &words), done.into(), lost);
    }

    fn write_story(&self, job: JobId, text: String) {
        let (done, lost) =
            (format!("The story of job {job} is in"), "The story could not be written anywhere");
        let name = Timestamp::now().strftime("%Y-%m-%d %H%M%S%.3f");
        let name = format!("Refrain job {job} {name}.txt");
        self.beside(move |dir| write_aside(dir, &name, &text), done, lost);
    }

    /// Writes on a thread of its own, for the disk may be in trouble, and tells where it is.
    fn beside(
        &self,
        write: impl FnOnce(&Path) -> io::Result<PathBuf> + Send + 'static,
        done: String,
        lost: &'static str,
    ) {
        let (dir, news) = (self.dir.clone(), self.news.clone());
        let work = move || {
            let (tone, said) = match write(&dir) {
                Ok(path) => (Tone::Good, format!("{done} {}", path.display())),
                Err(why) => (Tone::Bad, format!("{lost}: {why}")),
            };
            let _ = news.send(Event::Told(tone, said));
        };
        if let Err(error) = thread::Builder::new().name("rescue".into()).spawn(work) {
            tracing::error!(%error, "no thread to write a file on");
        }
    }
}

/// Writes words to a new file beside the library, or where there is no room, among the temporary
/// files; gives its path.
///
/// # Errors
/// If neither takes it.
pub fn rescue(dir: &Path, words: &str) -> io::Result<PathBuf> {
    let name = Timestamp::now().strftime("rescued words %Y-%m-%d %H%M%S%.3f.txt").to_string();
    write_aside(dir, &name, words)
}

/// Writes a text to a new file of that name in `dir`, or where there is no room, among the
/// temporary files; gives its path.
///
/// # Errors
/// If neither takes it.
pub fn write_aside(dir: &Path, name: &str, text: &str) -> io::Result<PathBuf> {
    let write = |dir: PathBuf| {
        let path = dir.join(name);
        // Nobody else's to read, wherever it is.
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
        match file.write_all(text.as_bytes()).and_then(|()| file.sync_all()) {
            Ok(()) => Ok(path),
            Err(error) => {
                // A file that is not whole would only deceive.
                let _ = fs::remove_file(&path);
                Err(error)
            }
        }
    };
    write(dir.to_owned()).or_else(|_: io::Error| write(std::env::temp_dir()))
}
