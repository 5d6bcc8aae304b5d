//! The time limits of an invocation: of a send, so that its outcome can still be written down, and
//! of one more call.

use portcullis_delivery::SEND_SECONDS;
use portcullis_domain::Timestamp;

use crate::{Deadline, start::CALL_SECONDS};

/// Returns whether there is time to send and then to write down what became of it, before Lambda
/// ends the invocation. A code that was sent and never recorded would be one that nobody can type.
pub(crate) fn leaves_time_to_send(deadline: &Deadline, now: Timestamp) -> bool {
    deadline.leaves(SEND_SECONDS + CALL_SECONDS, now)
}

/// Returns whether there is time for one more call to the table or another service of AWS.
pub(crate) fn leaves_time_for_a_call(deadline: &Deadline, now: Timestamp) -> bool {
    deadline.leaves(CALL_SECONDS, now)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A send begins after one batch and one write at least; they and the counters have the seconds
    /// that are left.
    #[test]
    fn a_send_and_its_record_fit_into_an_invocation_with_time_before_them() {
        let template = include_str!("../../../template.yaml");
        let timeout = template.lines().find_map(|line| line.trim().strip_prefix("Timeout: "));
        let timeout: u64 = timeout.unwrap().parse().unwrap();
        let began = Timestamp::from_unix(1_800_000_000);
        let deadline = Deadline::default();
        deadline.set((1_800_000_000 + timeout) * 1_000);
        assert!(leaves_time_to_send(&deadline, began.plus(3)), "of {timeout} seconds");
        assert!(!leaves_time_to_send(&deadline, began.plus(4)), "of {timeout} seconds");
    }
}
