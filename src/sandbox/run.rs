//! A sandbox that runs: a thread of its own with a runtime of its own, so that whoever starts it
//! can be synchronous, paused or in a test.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread::JoinHandle;

use serde_json::Value;
use tokio::sync::oneshot;

use super::configuration::configuration;
use super::desk::Desk;
use super::faults::{Faults, ScriptError};
use super::options::Options;
use super::{Dialect, control, server};

/// A sandbox that runs. It ends when this is dropped.
pub struct Sandbox {
    desk: Arc<Desk>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Sandbox {
    /// Starts one on 127.0.0.1; it serves when this returns.
    ///
    /// # Errors
    /// When the port is taken, the script is bad, or the machine has no thread to give.
    pub fn start(options: Options) -> io::Result<Self> {
        let faults = Faults::read(&options.script)
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port))?;
        listener.set_nonblocking(true)?;
        let desk = Arc::new(Desk::new(options, listener.local_addr()?, faults));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (stop, stopped) = oneshot::channel();
        let served = Arc::clone(&desk);
        let serve = move || {
            runtime.block_on(async {
                if let Ok(listener) = tokio::net::TcpListener::from_std(listener) {
                    server::serve(listener, served, stopped).await;
                }
            });
            // Connections end here; a render that goes on is told to stop.
            runtime.shutdown_background();
        };
        let thread = std::thread::Builder::new().name("sandbox".into()).spawn(serve)?;
        Ok(Self { desk, stop: Some(stop), thread: Some(thread) })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.desk.address
    }

    /// The base URL of a dialect, as a profile's `base_url` names it.
    pub fn base_url(&self, dialect: Dialect) -> String {
        format!("http://{}{}", self.address(), dialect.base())
    }

    /// The key of a dialect.
    pub fn key(&self, dialect: Dialect) -> &'static str {
        dialect.key()
    }

    /// A configuration with a profile for each dialect, as TOML.
    pub fn config(&self) -> String {
        configuration(self.address().port())
    }

    /// Replaces the script of faults; the module's head says what can be in one.
    ///
    /// # Errors
    /// When the script is bad; the one before goes on.
    pub fn set_script(&self, script: &str) -> Result<(), ScriptError> {
        let faults = Faults::read(script)?;
        self.desk.books().faults = faults;
        Ok(())
    }

    /// What happened, as `GET /_sandbox/ledger` tells it.
    pub fn ledger(&self) -> Value {
        control::ledger(&self.desk)
    }

    /// Forgets what happened: tasks, ledger and accounts are as at the start, and the script
    /// begins anew.
    pub fn reset(&self) {
        self.desk.reset();
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.desk.recordings.close();
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // If it panicked it has ended too.
            let _ = thread.join();
        }
    }
}
