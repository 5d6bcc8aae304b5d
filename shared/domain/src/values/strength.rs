//! The strength of a proof.

use super::Method;

/// The strength of a proof of who is signing in, the stronger the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    PasswordAlone,
    /// A code to the address of the contact record, which stands in for something else.
    Fallback,
    Delivered,
    App,
    /// It cannot be given away to a page that only looks like the right one.
    Passkey,
    /// Something that only a newer release knows.
    Unknown,
    /// It stands for everything that the user has bound: a recovery code, or an admin who issued a
    /// bypass code.
    Vouched,
}

impl Method {
    pub const fn strength(self) -> Strength {
        match self {
            Self::AuthenticatorApp => Strength::App,
            Self::Email | Self::Sms => Strength::Delivered,
            Self::Passkey => Strength::Passkey,
            Self::RecoveryCode => Strength::Vouched,
        }
    }
}
