//! The studio's face in a terminal: it hears keys and shows the screen.

use std::io;

use crossterm::event::Event as Told;
use ratatui::layout::Size;
use rustix::event::{PollFd, PollFlags, Timespec};
use rustix::io::Errno;
use tokio::io::Interest;
use tokio::io::unix::AsyncFd;
use tokio::signal::unix::{Signal, SignalKind, signal};

use super::input::translate;
use super::{Look, Screen, Surface};
use crate::runtime;
use crate::studio::{Event, Model};

/// Where keys come from.
#[allow(async_fn_in_trait, reason = "used on one thread")]
pub trait Ears {
    /// Waits until something may be there. Nothing is lost when the wait is given up.
    ///
    /// # Errors
    /// When nothing will come any more.
    async fn ready(&mut self) -> io::Result<()>;

    /// What came next, if anything.
    ///
    /// # Errors
    /// When nothing will come any more.
    fn next(&mut self) -> io::Result<Option<Heard>>;
}

/// What ears hear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// The terminal told something.
    Told(Told),
    /// The system wants the program to end.
    Terminate,
}

/// The terminal that standard input is, and the signals that concern it.
pub struct Tty {
    input: AsyncFd<io::Stdin>,
    resized: Signal,
    ends: [Signal; 3],
    /// A signal was heard and not yet told.
    pending: Vec<Heard>,
}

impl Tty {
    /// Listens to standard input and to the signals. Needs a running tokio runtime.
    ///
    /// # Errors
    /// When the system does not let it.
    #[allow(deprecated, reason = "its safe form; standard input is never closed while this lives")]
    pub fn new() -> io::Result<Self> {
        Ok(Self {
            input: AsyncFd::with_interest(io::stdin(), Interest::READABLE)?,
            resized: signal(SignalKind::window_change())?,
            ends: [
                signal(SignalKind::terminate())?,
                signal(SignalKind::hangup())?,
                signal(SignalKind::interrupt())?,
            ],
            pending: Vec::new(),
        })
    }
}

impl Ears for Tty {
    async fn ready(&mut self) -> io::Result<()> {
        let [terminate, hangup, interrupt] = &mut self.ends;
        tokio::select! {
            biased;
            _ = terminate.recv() => self.pending.push(Heard::Terminate),
            _ = hangup.recv() => self.pending.push(Heard::Terminate),
            _ = interrupt.recv() => self.pending.push(Heard::Terminate),
            _ = self.resized.recv() => {
                let (width, height) = crossterm::terminal::size()?;
                self.pending.push(Heard::Told(Told::Resize(width, height)));
            }
            // What is there is read until there is no more; new input makes it ready again.
            input = self.input.readable() => input?.clear_ready(),
        }
        Ok(())
    }

    fn next(&mut self) -> io::Result<Option<Heard>> {
        if let Some(heard) = self.pending.pop() {
            return Ok(Some(heard));
        }
        // crossterm would read the end of a terminal that is gone again and again, for ever.
        if is_gone(self.input.get_ref())? {
            return Ok(Some(Heard::Terminate));
        }
        if crossterm::event::poll(std::time::Duration::ZERO)? {
            return crossterm::event::read().map(|told| Some(Heard::Told(told)));
        }
        Ok(None)
    }
}

/// Whether the other side of the terminal was closed.
fn is_gone(terminal: &io::Stdin) -> io::Result<bool> {
    let mut asked = [PollFd::new(terminal, PollFlags::IN)];
    match rustix::event::poll(&mut asked, Some(&Timespec::default())) {
        Ok(_) | Err(Errno::INTR) => {}
        Err(error) => return Err(error.into()),
    }
    Ok(asked[0].revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL))
}

/// Ears and a screen.
pub struct Face<E, S> {
    ears: E,
    screen: Screen<S>,
    /// A size that the model has not heard of.
    size: Option<Size>,
}

impl<E: Ears, S: Surface> Face<E, S> {
    /// A face that has shown nothing yet.
    ///
    /// # Errors
    /// When the surface does not tell its size.
    pub fn new(ears: E, surface: S, look: Look) -> io::Result<Self> {
        let size = surface.size()?;
        Ok(Self { ears, screen: Screen::new(surface, look)?, size: Some(size) })
    }

    /// What stands on the terminal.
    pub fn screen(&self) -> &Screen<S> {
        &self.screen
    }

    /// As [`Face::screen`], to change it.
    pub fn screen_mut(&mut self) -> &mut Screen<S> {
        &mut self.screen
    }
}

impl<E: Ears, S: Surface> runtime::Face for Face<E, S> {
    async fn ready(&mut self) -> io::Result<()> {
        if self.size.is_some() { Ok(()) } else { self.ears.ready().await }
    }

    fn next(&mut self, model: &Model) -> io::Result<Option<Event>> {
        loop {
            if let Some(size) = self.size.take() {
                return Ok(Some(Event::Sized(self.screen.resize(size))));
            }
            match self.ears.next()? {
                None => return Ok(None),
                Some(Heard::Terminate) => return Ok(Some(Event::Terminate)),
                // Of many sizes only the last matters, but each must reach the model in order.
                Some(Heard::Told(Told::Resize(width, height))) => {
                    self.size = Some(Size { width, height });
                }
                Some(Heard::Told(told)) => {
                    let (keymap, areas) = (&self.screen.look().keymap, self.screen.areas());
                    if let Some(event) = translate(told, keymap, areas, model) {
                        return Ok(Some(event));
                    }
                }
            }
        }
    }

    fn show(&mut self, model: &mut Model) -> io::Result<()> {
        // Before the model knows the room that it has, there is nothing right to show.
        if self.size.is_some() { Ok(()) } else { self.screen.draw(model) }
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        self.screen.backend_mut().copy(text)
    }
}
