//! The event loop: it performs effects, and draws when something changed.
//!
//! One thread runs the loop; whatever may block (disk, decoding, composing, sound) has threads of
//! its own and sends [`Event`]s. Nothing runs while nothing happens: the loop sleeps until a key,
//! a message, or the moment that the model asked for.

mod clock;
mod courier;
mod keep;
mod log;
mod machine;
mod media;
mod open;
mod workshop;

use std::io;

use tokio::sync::mpsc::UnboundedReceiver;

pub use clock::{Clock, SystemClock};
pub use courier::{Way, Ways};
pub use log::Log;
pub use machine::{Machine, output, rescue, spawn_player, write_aside};
pub use open::{Unopened, open_library, opening, profiles, ways};
pub use workshop::Workshop;

use crate::studio::{Effect, Event, Model, update};

/// So many news are taken in before the user is heard and sees something.
const NEWS: usize = 256;

/// What comes from the machine's threads.
pub type Inbox = UnboundedReceiver<Event>;

/// What the user sees and speaks through: a terminal, or lines on a command line.
#[allow(async_fn_in_trait, reason = "the loop is the only caller and runs on one thread")]
pub trait Face {
    /// Waits until the user may have done something. Nothing is lost when the wait is given up.
    ///
    /// # Errors
    /// When nothing will come any more.
    async fn ready(&mut self) -> io::Result<()>;

    /// The next thing the user did, as it is meant in the model's present state.
    ///
    /// # Errors
    /// When nothing will come any more.
    fn next(&mut self, model: &Model) -> io::Result<Option<Event>>;

    /// Shows what changed.
    ///
    /// # Errors
    /// When nobody can see it any more.
    fn show(&mut self, model: &mut Model) -> io::Result<()>;

    /// Puts a text into the clipboard that other programs see, where there is one.
    ///
    /// # Errors
    /// When the terminal is gone.
    fn copy(&mut self, text: &str) -> io::Result<()>;
}

/// Who does what the studio wants done outside. None of it waits; answers come as events.
pub trait Outside {
    /// Sets an effect going.
    fn perform(&mut self, effect: Effect);
}

/// Runs the studio until it wants to quit.
///
/// # Errors
/// When the face is gone. The model has then been told to end, and what it still owed is done.
pub async fn run(
    model: &mut Model,
    first: Vec<Effect>,
    face: &mut impl Face,
    outside: &mut impl Outside,
    inbox: &mut Inbox,
    clock: &impl Clock,
) -> io::Result<()> {
    let mut turn = Turn { model, face, outside, clock, ending: false, done: false };
    let result = turn.run(first, inbox).await;
    if result.is_err() && !turn.ending {
        // Only the face can fail, and it is gone.
        let _ = turn.event(Event::Terminate);
    }
    turn.end(inbox).await;
    result
}

/// Waits so long; for ever where there is nothing to wait for.
async fn moment(wait: Option<std::time::Duration>) {
    match wait {
        Some(wait) => tokio::time::sleep(wait).await,
        None => std::future::pending().await,
    }
}

struct Turn<'a, F, O, C> {
    model: &'a mut Model,
    face: &'a mut F,
    outside: &'a mut O,
    clock: &'a C,
    /// Nobody is listened to any more.
    ending: bool,
    done: bool,
}

impl<F: Face, O: Outside, C: Clock> Turn<'_, F, O, C> {
    async fn run(&mut self, first: Vec<Effect>, inbox: &mut Inbox) -> io::Result<()> {
        self.perform(first)?;
        while self.goes_on() {
            self.face.show(self.model)?;
            let wake = self.model.next_wake().map(|at| self.clock.until(at));
            let mut news = None;
            tokio::select! {
                biased;
                ready = self.face.ready() => ready?,
                // Where nobody is left who could tell anything, the others still can.
                Some(event) = inbox.recv() => news = Some(event),
                () = moment(wake) => news = Some(Event::Tick),
            }
            if let Some(event) = news {
                self.event(event)?;
            }
            // What is there already, then one drawing. The face comes last: what it has to say
            // may hang on the news.
            let mut taken = 0;
            while self.goes_on()
                && taken < NEWS
                && let Ok(event) = inbox.try_recv()
            {
                self.event(event)?;
                taken += 1;
            }
            while self.goes_on()
                && let Some(event) = self.face.next(self.model)?
            {
                self.event(event)?;
            }
        }
        Ok(())
    }

    fn goes_on(&self) -> bool {
        !self.done && !self.ending
    }

    /// Nobody types any more; what is owed to the journal and by gateways is still done.
    async fn end(&mut self, inbox: &mut Inbox) {
        while !self.done {
            let wake = self.model.next_wake().map(|at| self.clock.until(at));
            let event = tokio::select! {
                event = inbox.recv() => event,
                () = moment(wake) => Some(Event::Tick),
            };
            let Some(event) = event else { return };
            // Only the face can fail.
            let _ = self.event(event);
        }
    }

    fn event(&mut self, event: Event) -> io::Result<()> {
        self.ending |= matches!(event, Event::Terminate);
        let effects = update(self.model, event, self.clock.now());
        self.perform(effects)
    }

    fn perform(&mut self, effects: Vec<Effect>) -> io::Result<()> {
        for effect in effects {
            match effect {
                Effect::Quit => self.done = true,
                Effect::Copy(text) => self.face.copy(&text)?,
                effect => self.outside.perform(effect),
            }
        }
        Ok(())
    }
}
