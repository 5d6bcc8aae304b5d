//! A changed password, as the portal tells of it: what was begun with the old one ends.

use super::User;
use crate::{Malformed, Method, Timestamp, limits, values::named::named};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasswordChange {
    /// The moment of the change, by the portal's clock.
    pub at: Timestamp,
    pub by: PasswordProof,
    /// The moment we were told, and acted.
    pub told_at: Timestamp,
}

/// The proof by which a password was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordProof {
    OldPassword,
    /// A link or a code by email.
    Email,
    Sms,
    Support,
}

impl PasswordChange {
    /// Takes what a portal tells of a change.
    ///
    /// # Errors
    /// [`Malformed`] for a moment that has not come yet, which later changes would be older than.
    pub fn told(at: Timestamp, by: PasswordProof, now: Timestamp) -> Result<Self, Malformed> {
        if at.since(now) > limits::CLOCK_SKEW_SECONDS {
            return Err(Malformed::new("password_changed.at", "must not lie in the future"));
        }
        Ok(Self { at, by, told_at: now })
    }

    /// Returns the method that whoever changed the password may hold without being the user: codes
    /// by the same channel prove nothing more for a day.
    pub fn barred_method(&self, now: Timestamp) -> Option<Method> {
        let recent = now.since(self.told_at) < limits::DAY_SECONDS;
        match self.by {
            PasswordProof::Email => recent.then_some(Method::Email),
            PasswordProof::Sms => recent.then_some(Method::Sms),
            PasswordProof::OldPassword | PasswordProof::Support => None,
        }
    }
}

impl User {
    /// Ends what the old password began: open sign-ins, known and trusted browsers, and the lock of
    /// strangers, whom the new password shuts out. It acts once for each change, and never ends
    /// what is disabled. It returns false if the change was known.
    pub fn change_password(&mut self, change: PasswordChange) -> bool {
        if self.password_change.is_some_and(|known| change.at <= known.at) {
            return false;
        }
        self.password_change = Some(change);
        self.sign_ins.clear();
        self.end_trust();
        self.failures.admit_strangers(change.told_at);
        true
    }
}

named! {
    PasswordProof {
        OldPassword: "old_password", Email: "email", Sms: "sms", Support: "support"
    }
}
