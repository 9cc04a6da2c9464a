//! The real outside: the journal's thread, the player's, the workshop's.

use std::io;
use std::path::{Path, PathBuf};

use tokio::sync::mpsc::UnboundedSender;

use super::{Clock, Outside, SystemClock, Workshop};
use crate::library::{Journal, Library};
use crate::player::{OutputKind, Player};
use crate::studio::{Effect, Event};

/// All that does work beside the loop. Dropping it waits until everything sent is written.
pub struct Machine {
    player: Player,
    workshop: Workshop,
    dir: PathBuf,
    news: UnboundedSender<Event>,
    // Last, so that it is dropped after those that may still send to it.
    journal: Journal,
}

/// A player whose news go to `news`.
pub fn spawn_player(output: OutputKind, news: UnboundedSender<Event>) -> Player {
    Player::spawn(output, move |event| {
        let _ = news.send(Event::Player(event));
    })
}

impl Machine {
    /// Sets up the threads over a library; what they have to tell goes to `news`.
    ///
    /// # Errors
    /// If the system has no thread to give.
    pub fn new(
        library: Library,
        output: OutputKind,
        news: UnboundedSender<Event>,
    ) -> io::Result<Self> {
        let dir = library.dir().to_owned();
        let replies = news.clone();
        let journal = Journal::spawn(library, move |reply| {
            let _ = replies.send(Event::Journal(reply));
        })?;
        let player = spawn_player(output, news.clone());
        let workshop = Workshop::new(dir.clone(), news.clone());
        Ok(Self { player, workshop, dir, news, journal })
    }
}

impl Outside for Machine {
    fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::Record { ticket, record } => self.journal.record(ticket, *record),
            Effect::Load(song) => self.journal.load(song),
            Effect::Start(job) => self.workshop.start(*job),
            Effect::Cancel(id) => self.workshop.cancel(id),
            Effect::Player(command) => self.player.send(command),
            Effect::Rescue(words) => {
                let said = match rescue(&self.dir, &words) {
                    Ok(path) => format!("Your words are in {}", path.display()),
                    Err(why) => format!(
                        "Your words could not be written anywhere: {why}; select all and copy them"
                    ),
                };
                let _ = self.news.send(Event::Trouble(said));
            }
            // The loop's own.
            Effect::Copy(_) | Effect::Quit => {}
        }
    }
}

/// Writes the words beside the library, or where there is no room, among the temporary files.
fn rescue(dir: &Path, words: &str) -> io::Result<PathBuf> {
    let name = format!("rescued words {}.txt", SystemClock.now().strftime("%Y-%m-%d %H%M%S"));
    let write = |dir: PathBuf| {
        let path = dir.join(&name);
        std::fs::write(&path, words).map(|()| path)
    };
    write(dir.to_owned()).or_else(|_| write(std::env::temp_dir()))
}
