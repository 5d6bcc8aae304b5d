//! The proof that an act of an admin asks for.

use crate::{Refusal, Timestamp, limits};

/// The age that the second step of a session may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Any: it was done when the session began.
    OfSession,
    /// Within the last [`limits::FRESH_PROOF_SECONDS`]: a session that was left open, or taken, is
    /// not enough for what lets others in or cannot be undone.
    Fresh,
}

impl Proof {
    /// Refuses a second step that was too long ago.
    ///
    /// # Errors
    /// [`Refusal::ProofNeeded`] then.
    pub fn check(self, proved_at: Timestamp, now: Timestamp) -> Result<(), Refusal> {
        match self {
            Self::OfSession => Ok(()),
            Self::Fresh if now.since(proved_at) < limits::FRESH_PROOF_SECONDS => Ok(()),
            Self::Fresh => Err(Refusal::ProofNeeded),
        }
    }
}
