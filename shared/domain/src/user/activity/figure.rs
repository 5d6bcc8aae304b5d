//! What the numbers of a day are shown as.

use crate::values::named::named;

/// A number that people look at. The row of a kind of entry says which one it counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// Users got in: by a code, by a passkey, or without either where the policy allows it.
    LetIn,
    /// Codes were wrong, too late or used before.
    Refused,
    /// Codes and links were sent, or may have been.
    Sent,
    NotSent,
    /// Providers reported that they delivered messages.
    Delivered,
    /// Messages came back.
    Returned,
    Enrolled,
    /// Users were locked, or what they had was disabled or frozen.
    Locked,
    /// Admins reset or unlocked users, or issued bypass codes.
    Helped,
    /// Users had no way to sign in.
    Denied,
}

named! {
    Figure {
        LetIn: "let_in", Refused: "refused", Sent: "sent", NotSent: "not_sent",
        Delivered: "delivered", Returned: "returned",
        Enrolled: "enrolled", Locked: "locked", Helped: "helped", Denied: "denied",
    }
}
