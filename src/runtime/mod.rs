//! The event loop: it performs effects, and draws when something changed.
//!
//! One thread runs the loop; whatever may block (disk, decoding, composing, sound) has threads of
//! its own and sends [`Event`]s. Nothing runs while nothing happens: the loop sleeps until a key,
//! a message, or the moment that the model asked for.

mod clock;
mod log;
mod machine;
mod open;
mod workshop;

use std::io;

use tokio::sync::mpsc::UnboundedReceiver;

pub use clock::{Clock, SystemClock};
pub use log::Log;
pub use machine::{Machine, rescue, spawn_player};
pub use open::{Unopened, open_library, opening};
pub use workshop::Workshop;

use crate::studio::{Effect, Event, Model, update};

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
/// When the face is gone. The model has then been told to save, and what it wanted was set going.
pub async fn run(
    model: &mut Model,
    first: Vec<Effect>,
    face: &mut impl Face,
    outside: &mut impl Outside,
    inbox: &mut Inbox,
    clock: &impl Clock,
) -> io::Result<()> {
    let mut turn = Turn { model, face, outside, clock, done: false };
    let result = turn.run(first, inbox).await;
    if result.is_err() && !turn.done {
        turn.event(Event::Terminate)?;
    }
    result
}

struct Turn<'a, F, O, C> {
    model: &'a mut Model,
    face: &'a mut F,
    outside: &'a mut O,
    clock: &'a C,
    done: bool,
}

impl<F: Face, O: Outside, C: Clock> Turn<'_, F, O, C> {
    async fn run(&mut self, first: Vec<Effect>, inbox: &mut Inbox) -> io::Result<()> {
        self.perform(first)?;
        while !self.done {
            self.face.show(self.model)?;
            let wake = self.model.next_wake().map(|at| self.clock.until(at));
            let mut news = None;
            tokio::select! {
                biased;
                ready = self.face.ready() => ready?,
                event = inbox.recv() => news = event,
                () = async { tokio::time::sleep(wake.unwrap_or_default()).await }, if wake.is_some() => {
                    news = Some(Event::Tick);
                }
            }
            if let Some(event) = news {
                self.event(event)?;
            }
            // All that is there already, then one drawing.
            while !self.done
                && let Some(event) = self.face.next(self.model)?
            {
                self.event(event)?;
            }
            while !self.done
                && let Ok(event) = inbox.try_recv()
            {
                self.event(event)?;
            }
        }
        Ok(())
    }

    fn event(&mut self, event: Event) -> io::Result<()> {
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
