//! The terminal is taken, and always given back.

use std::fs::File;
use std::io::{self, Stdout, Write};
use std::os::fd::OwnedFd;

use crossterm::clipboard::CopyToClipboard;
use crossterm::cursor::{Hide, MoveTo, SetCursorStyle, Show};
use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
    KeyboardEnhancementFlags, PopKeyboardEnhancementFlags, PushKeyboardEnhancementFlags,
};
use crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen,
    LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{execute, queue};
use ratatui::backend::{Backend, CrosstermBackend, TestBackend};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

use super::Surface;

/// The taken terminal; dropping it gives it back, also while a panic unwinds.
pub struct Terminal {
    /// Standard error as it was; libraries that chatter write to the log meanwhile.
    stderr: Option<OwnedFd>,
}

impl Terminal {
    /// Takes the terminal: raw mode, the alternate screen, whole pastes, distinct keys.
    ///
    /// Standard error goes to `log` until the terminal is given back.
    ///
    /// # Errors
    /// When standard output is not a terminal that can do it. What was begun is undone.
    pub fn enter(mouse: bool, log: Option<&File>) -> io::Result<Self> {
        enable_raw_mode()?;
        let mut terminal = Self { stderr: None };
        let mut out = io::stdout();
        execute!(
            out,
            EnterAlternateScreen,
            EnableBracketedPaste,
            PushKeyboardEnhancementFlags(KeyboardEnhancementFlags::DISAMBIGUATE_ESCAPE_CODES),
            SetCursorStyle::SteadyBar,
        )?;
        if mouse {
            execute!(out, EnableMouseCapture)?;
        }
        if let Some(log) = log {
            terminal.stderr = Some(rustix::io::dup(io::stderr())?);
            rustix::stdio::dup2_stderr(log)?;
        }
        Ok(terminal)
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // The terminal may be gone already; then there is nothing to give back.
        let _ = execute!(
            io::stdout(),
            EndSynchronizedUpdate,
            DisableMouseCapture,
            PopKeyboardEnhancementFlags,
            DisableBracketedPaste,
            SetCursorStyle::DefaultUserShape,
            LeaveAlternateScreen,
            Show,
        );
        let _ = disable_raw_mode();
        if let Some(stderr) = &self.stderr {
            let _ = rustix::stdio::dup2_stderr(stderr);
        }
    }
}

/// Collects a frame and writes it at once, so that no half of it is ever seen.
pub struct FrameWriter {
    frame: Vec<u8>,
    out: Stdout,
}

impl FrameWriter {
    /// Writes to standard output.
    pub fn new() -> Self {
        Self { frame: Vec::with_capacity(64 * 1024), out: io::stdout() }
    }
}

impl Default for FrameWriter {
    fn default() -> Self {
        Self::new()
    }
}

impl Write for FrameWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.frame.is_empty() {
            queue!(self.frame, BeginSynchronizedUpdate)?;
        }
        self.frame.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    /// Shows the frame.
    fn flush(&mut self) -> io::Result<()> {
        if self.frame.is_empty() {
            return Ok(());
        }
        queue!(self.frame, EndSynchronizedUpdate)?;
        let mut out = self.out.lock();
        let written = out.write_all(&self.frame).and_then(|()| out.flush());
        self.frame.clear();
        written
    }
}

impl Surface for CrosstermBackend<FrameWriter> {
    fn size(&self) -> io::Result<Size> {
        Backend::size(self)
    }

    fn cell(&self) -> Option<(u16, u16)> {
        // What the system knows; the terminal is not asked.
        let size = crossterm::terminal::window_size().ok()?;
        let cell = (size.width.checked_div(size.columns)?, size.height.checked_div(size.rows)?);
        (cell.0 > 0 && cell.1 > 0).then_some(cell)
    }

    fn put<'a>(&mut self, cells: impl Iterator<Item = (u16, u16, &'a Cell)>) -> io::Result<()> {
        // Terminals disagree about the width of what is made of several characters, so the place
        // after it is not left to them: a drawing begins by saying where.
        let mut run: Vec<(u16, u16, &Cell)> = Vec::new();
        for cell in cells {
            run.push(cell);
            if cell.2.symbol().chars().nth(1).is_some() {
                self.draw(run.drain(..))?;
            }
        }
        if run.is_empty() { Ok(()) } else { self.draw(run.into_iter()) }
    }

    fn wipe(&mut self) -> io::Result<()> {
        queue!(self, Clear(ClearType::All))
    }

    fn point(&mut self, cursor: Option<Position>) -> io::Result<()> {
        match cursor {
            Some(Position { x, y }) => queue!(self, MoveTo(x, y), Show),
            None => queue!(self, Hide),
        }
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        queue!(self, CopyToClipboard::to_clipboard_from(text))?;
        self.present()
    }

    fn present(&mut self) -> io::Result<()> {
        Write::flush(self)
    }
}

/// A surface in memory, for tests, benches and pictures.
impl Surface for TestBackend {
    fn size(&self) -> io::Result<Size> {
        let Ok(size) = Backend::size(self);
        Ok(size)
    }

    fn put<'a>(&mut self, cells: impl Iterator<Item = (u16, u16, &'a Cell)>) -> io::Result<()> {
        let Ok(()) = self.draw(cells);
        Ok(())
    }

    fn wipe(&mut self) -> io::Result<()> {
        let Ok(()) = self.clear();
        Ok(())
    }

    fn point(&mut self, cursor: Option<Position>) -> io::Result<()> {
        let Ok(()) = match cursor {
            Some(at) => self.set_cursor_position(at).and_then(|()| self.show_cursor()),
            None => self.hide_cursor(),
        };
        Ok(())
    }

    fn copy(&mut self, _: &str) -> io::Result<()> {
        Ok(())
    }

    fn present(&mut self) -> io::Result<()> {
        Ok(())
    }
}
