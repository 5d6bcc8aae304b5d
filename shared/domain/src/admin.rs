//! The people who run it: who they are, what each may do and where, and how they are signed in.

mod right;
mod role;
mod roster;
mod session;

pub use right::Right;
pub use role::Role;
pub use roster::Roster;
pub use session::{AdminSession, SessionHash, Stage};

use serde::{Deserialize, Serialize};
use std::fmt;
use zeroize::Zeroize;

use crate::{Locator, Malformed, PortalId, Refusal, Timestamp, UserId, id::text_outside};

/// The id of the portal whose users are the admins.
const CONSOLE: &str = "console";

impl PortalId {
    /// The portal whose users are the admins.
    pub fn console() -> Self {
        Self::reserved(CONSOLE)
    }

    /// Whether it is the portal whose users are the admins.
    pub fn is_console(&self) -> bool {
        self.as_str() == CONSOLE
    }
}

/// The name an admin signs in with: 2 to 64 printable ASCII characters without spaces, compared byte for byte.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct AdminId(UserId);

impl AdminId {
    /// Takes the text if it is one.
    ///
    /// # Errors
    /// [`Malformed`] with what it must be.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let good = (2..=64).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_graphic() && b != b'/');
        if good {
            Ok(Self(UserId::parse(text)?))
        } else {
            let why = "must be 2 to 64 printable ASCII characters without spaces and slashes";
            Err(Malformed::new("name", why))
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The admin as a user of the console.
    pub const fn as_user(&self) -> &UserId {
        &self.0
    }
}

impl fmt::Display for AdminId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

text_outside!(AdminId, |id| id.as_str().to_owned());

/// A password at rest, as a PHC string of argon2id (RFC 9106).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// Takes a PHC string.
    pub const fn new(phc: String) -> Self {
        Self(phc)
    }

    /// The PHC string, for the comparison.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash")
    }
}

impl Drop for PasswordHash {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// One admin, as stored: everything but the second step, which is a user of the portal `console`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Admin {
    /// The name.
    pub id: AdminId,
    /// What the admin may do, and where.
    pub role: Role,
    /// The password.
    pub password: PasswordHash,
    /// The password was made by another admin; nothing but changing it is possible.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub must_change_password: bool,
    /// When the admin was made.
    pub created_at: Timestamp,
    /// When the admin was removed; the name stays taken, so that the log names one person only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub removed_at: Option<Timestamp>,
    /// Sessions, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sessions: Vec<AdminSession>,
}

impl Admin {
    /// A new admin, whose password is the admin's own or has to be changed first.
    pub fn new(
        id: AdminId,
        role: Role,
        password: PasswordHash,
        must_change_password: bool,
        now: Timestamp,
    ) -> Self {
        let (removed_at, sessions) = (None, vec![]);
        Self { id, role, password, must_change_password, created_at: now, removed_at, sessions }
    }

    /// Whether the admin is still one.
    pub const fn is_active(&self) -> bool {
        self.removed_at.is_none()
    }

    /// Refuses what was begun with a password that is no longer the one, or by somebody who was removed meanwhile.
    ///
    /// # Errors
    /// [`Refusal::SessionRefused`] then.
    pub fn still_has(&self, password: &PasswordHash) -> Result<(), Refusal> {
        let same = self.is_active() && self.password == *password;
        if same { Ok(()) } else { Err(Refusal::SessionRefused) }
    }

    /// Another password to begin with, by another admin.
    ///
    /// # Errors
    /// [`Refusal::UnknownAdmin`] for a name in another case or of somebody removed, [`Refusal::NotPermitted`] for the
    /// own account.
    pub fn reset(
        &mut self,
        id: &AdminId,
        by: &AdminId,
        password: PasswordHash,
    ) -> Result<(), Refusal> {
        if !self.is_active() || self.id != *id {
            return Err(Refusal::UnknownAdmin);
        }
        if self.id == *by {
            return Err(Refusal::NotPermitted);
        }
        self.change_password(password, true);
        Ok(())
    }

    /// Another password; every session ends.
    pub fn change_password(&mut self, password: PasswordHash, must_change: bool) {
        self.password = password;
        self.must_change_password = must_change;
        self.sessions.clear();
    }
}

/// Another role for an admin, or none: the roster and the admin after it. Sessions go on, and are asked the new role
/// with the next request.
///
/// # Errors
/// [`Refusal::LastOperator`], [`Refusal::UnknownAdmin`], and [`Refusal::NotPermitted`] for the admin's own account.
pub fn change_role(
    mut roster: Roster,
    mut admin: Admin,
    locator: Locator,
    by: &AdminId,
    role: Option<Role>,
    now: Timestamp,
) -> Result<(Roster, Admin), Refusal> {
    if !admin.is_active() {
        return Err(Refusal::UnknownAdmin);
    }
    if admin.id == *by {
        return Err(Refusal::NotPermitted);
    }
    match role {
        Some(role) => {
            roster.note(locator, &role)?;
            admin.role = role;
        }
        None => {
            roster.forget(locator)?;
            admin.removed_at = Some(now);
            admin.sessions.clear();
        }
    }
    Ok((roster, admin))
}
