//! Shows progress on a terminal when a run takes longer than half a second.

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::diagnostic::{Lang, Say};

/// Nothing is shown during the first half second.
const PATIENCE: Duration = Duration::from_millis(500);

/// Shows the current step on standard error, and clears it at the end. In a pipe it does nothing.
pub(super) struct Progress(Option<(Sender<String>, JoinHandle<()>)>);

impl Progress {
    pub(super) fn start() -> Self {
        Self(std::io::stderr().is_terminal().then(|| {
            let (sender, receiver) = channel();
            (sender, std::thread::spawn(move || show(&receiver)))
        }))
    }

    /// Sets the current step of a report.
    pub(super) fn step(&self, report: &Path, step: &Say, lang: Lang) {
        if let Some((sender, _)) = &self.0 {
            // The thread that receives lives until `stop`, so sending does not fail.
            _ = sender.send(format!("{}: {}…", report.display(), step.get(lang)));
        }
    }

    /// Clears the line and ends the thread.
    pub(super) fn stop(self) {
        if let Some((sender, thread)) = self.0 {
            drop(sender);
            _ = thread.join();
        }
    }
}

fn show(steps: &Receiver<String>) {
    let mut step = String::new();
    let mut patient = true;
    loop {
        match steps.recv_timeout(PATIENCE) {
            Ok(next) if patient => step = next,
            Ok(next) => {
                step = next;
                put(&step);
            }
            Err(RecvTimeoutError::Timeout) if patient && !step.is_empty() => {
                patient = false;
                put(&step);
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    if !patient {
        put("");
    }
}

/// Overwrite the line: return, text, clear to its end.
fn put(text: &str) {
    let mut err = std::io::stderr();
    _ = write!(err, "\r{text}\x1b[K");
    _ = err.flush();
}
