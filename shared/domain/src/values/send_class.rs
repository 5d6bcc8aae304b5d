//! The caps that users share, as a message meets them.

use crate::Timestamp;

/// The standing of a message's destination, which says against which caps it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SendClass {
    /// The user typed it, and nobody has confirmed it yet: it shares no counter with the others.
    Unconfirmed,
    /// It is bound or in the contact record, and no code from it got this user in yet.
    Known,
    /// A code from it got this user in before: it may use what is kept of each cap.
    Proven,
}

/// The window of a cap that is full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FullWindow {
    pub began_at: Timestamp,
    /// The moment it ends, from which messages can be sent again.
    pub ends_at: Timestamp,
}
