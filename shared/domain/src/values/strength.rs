//! The strength of a proof.

use super::Method;

/// The strength of a proof of who is signing in, the stronger the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// The password alone.
    PasswordAlone,
    /// A code to the address of the contact record, which stands in for something else.
    Fallback,
    /// A code that was sent to a destination.
    Delivered,
    /// A code of an authenticator app.
    App,
    /// Something that only a newer release knows.
    Unknown,
    /// Somebody vouches for the user, such as the admin who issued a bypass code.
    Vouched,
}

impl Method {
    /// Returns the strength of a code by it.
    pub const fn strength(self) -> Strength {
        match self {
            Self::AuthenticatorApp => Strength::App,
            Self::Email | Self::Sms => Strength::Delivered,
        }
    }
}
