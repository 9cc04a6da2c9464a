//! How a command ended, in a number for scripts. The README and the help tell the same.

use crate::song::{FailureClass, JobState};

/// The exit codes, for the help.
pub(super) const TABLE: &str = "\
Exit codes:
  0  done; with --detach or --dry-run: handed over, shown
  1  anything else: a library in use, a full disk, takes that are gone, a cancelled job
  2  the command is wrong
  3  the song cannot be sent as it stands, or was refused as invalid
  4  there is no key, or the gateway does not accept it
  5  the account is empty
  6  moderation refused the words
  7  the gateway is busy or cannot be reached
  8  outcome unknown: the gateway may have the request, and may have charged
  9  the task failed at the gateway
  130 or 143  interrupted; what is open stays open";

/// What every failure has that no other code is for.
pub(super) const FAILED: u8 = 1;
/// The command is wrong.
pub(super) const USAGE: u8 = 2;
/// There is no key.
pub(super) const NO_KEY: u8 = 4;

/// The code for a class of failure.
pub(super) fn of_class(class: FailureClass) -> u8 {
    match class {
        FailureClass::Invalid => 3,
        FailureClass::Auth => NO_KEY,
        FailureClass::Funds => 5,
        FailureClass::Moderation => 6,
        FailureClass::Busy => 7,
        FailureClass::Unknown => 8,
        FailureClass::Task => 9,
        FailureClass::Gone | FailureClass::Storage => FAILED,
    }
}

/// The code for where a job stands.
pub(super) fn of_state(state: &JobState) -> u8 {
    match state {
        JobState::Done { .. } => 0,
        // However the answer was lost.
        JobState::Unknown { .. } => of_class(FailureClass::Unknown),
        state => state.failure().map_or(FAILED, |failure| of_class(failure.class)),
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::song::Failure;

    #[test]
    fn every_class_has_its_code() {
        let codes = FailureClass::ALL.map(of_class);
        assert_eq!(codes, [3, 4, 5, 6, 7, 8, 9, 1, 1]);
        for code in 0..=9 {
            assert!(TABLE.contains(&format!("\n  {code}  ")), "{code} is not in the help");
        }
    }

    #[test]
    fn every_state_has_its_code() {
        let at = Timestamp::UNIX_EPOCH;
        let failure = Failure::new(FailureClass::Busy, "", "");
        let since = at;
        assert_eq!(of_state(&JobState::Done { since, at }), 0);
        assert_eq!(of_state(&JobState::Cancelled { at }), 1);
        assert_eq!(of_state(&JobState::Failed { at, failure: failure.clone() }), 7);
        assert_eq!(of_state(&JobState::Stalled { since, at, failure: failure.clone() }), 7);
        assert_eq!(of_state(&JobState::Unknown { since, at, failure }), 8);
    }
}
