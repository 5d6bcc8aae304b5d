//! The people who run it: who they are, what each may do and where, and how they are signed in.

pub mod change;
mod policy;
mod reach;
mod right;
mod role;
mod roster;
mod session;
mod sessions;

pub use reach::Reach;
pub use right::Right;
pub use role::Role;
pub use roster::Roster;
pub use session::{AdminSession, Awaiting, SessionHash, Stage};
use std::fmt;
use zeroize::Zeroize;

use crate::{Acted, Locator, Malformed, Refusal, Timestamp, UserId, values::id::text_outside};

/// The name an admin signs in with, compared byte for byte: 2 to 64 characters that stand in a path
/// as they are (RFC 3986, section 2.3), the first a letter or digit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdminId(UserId);

impl AdminId {
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let good = (2..=64).contains(&text.len())
            && text.starts_with(|first: char| first.is_ascii_alphanumeric())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~".contains(&b));
        if good {
            Ok(Self(UserId::parse(text)?))
        } else {
            let why =
                "must be 2 to 64 letters, digits and \"-._~\", beginning with a letter or digit";
            Err(Malformed::new("name", why))
        }
    }

    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

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
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl PasswordHash {
    pub const fn new(phc: String) -> Self {
        Self(phc)
    }

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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admin {
    pub id: AdminId,
    pub role: Role,
    pub password: PasswordHash,
    /// The password was made by another admin; nothing but changing it is possible.
    pub must_change_password: bool,
    pub created_at: Timestamp,
    /// The moment the admin was removed. The name stays taken, so that the log names one person
    /// only.
    pub removed_at: Option<Timestamp>,
    /// Sessions, oldest first.
    pub sessions: Vec<AdminSession>,
    pub acted: Acted,
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
        Self {
            id,
            role,
            password,
            must_change_password,
            created_at: now,
            removed_at: None,
            sessions: vec![],
            acted: Acted::default(),
        }
    }

    pub const fn is_active(&self) -> bool {
        self.removed_at.is_none()
    }

    /// Refuses what was begun with a password that is no longer the one, or by somebody who was
    /// removed meanwhile.
    pub fn still_has(&self, password: &PasswordHash) -> Result<(), Refusal> {
        let same = self.is_active() && self.password == *password;
        if same { Ok(()) } else { Err(Refusal::SessionRefused) }
    }

    /// Another password to begin with, by another admin.
    ///
    /// # Errors
    /// [`Refusal::UnknownAdmin`] for a name in another case or of somebody removed,
    /// [`Refusal::NotPermitted`] for the own account.
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

/// Another role for an admin, or none: the roster and the admin after it. Sessions go on, and are
/// asked the new role with the next request.
///
/// # Errors
/// [`Refusal::LastOperator`], [`Refusal::UnknownAdmin`], and [`Refusal::NotPermitted`] for the
/// admin's own account.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{PortalId, portal::KeyHash};

    const NOW: Timestamp = Timestamp::from_unix(1_800_000_000);

    fn name(text: &str) -> AdminId {
        AdminId::parse(text).unwrap()
    }

    fn hash(text: &str) -> PasswordHash {
        PasswordHash::new(text.to_owned())
    }

    fn admin(text: &str, role: Role) -> Admin {
        Admin::new(name(text), role, hash("first"), true, NOW)
    }

    #[test]
    fn a_name_is_two_to_sixty_four_characters_that_stand_in_a_path_as_they_are() {
        for good in ["jo", "jo.smith-2_~", &"x".repeat(64)] {
            assert_eq!(AdminId::parse(good).unwrap().to_string(), good);
        }
        for wrong in [
            "",
            "j",
            "..",
            "-jo",
            "jo smith",
            "jo/s",
            "jo@a.b",
            "jo#",
            "jö",
            "jo\n",
            &"x".repeat(65),
        ] {
            assert!(AdminId::parse(wrong).is_err(), "{wrong}");
        }
        assert!(PortalId::console().is_console());
        assert!(!PortalId::parse("acme").unwrap().is_console());
    }

    #[test]
    fn a_hash_is_compared_and_never_printed() {
        assert_eq!(
            (hash("phc").expose(), format!("{:?}", hash("phc")).as_str()),
            ("phc", "PasswordHash")
        );
    }

    #[test]
    fn s11_what_was_begun_with_another_password_or_before_the_removal_is_refused() {
        let mut jo = admin("jo", Role::Auditor);
        assert_eq!(jo.still_has(&hash("first")), Ok(()));
        assert_eq!(jo.still_has(&hash("second")), Err(Refusal::SessionRefused));
        jo.removed_at = Some(NOW);
        assert_eq!(
            (jo.is_active(), jo.still_has(&hash("first"))),
            (false, Err(Refusal::SessionRefused))
        );
    }

    #[test]
    fn an_admin_is_reset_by_another_one_under_exactly_that_name() {
        let boss = name("boss");
        let mut jo = admin("jo", Role::Auditor);
        assert_eq!(jo.reset(&name("Jo"), &boss, hash("new")), Err(Refusal::UnknownAdmin));
        assert_eq!(jo.reset(&name("jo"), &name("jo"), hash("new")), Err(Refusal::NotPermitted));
        assert_eq!(jo.still_has(&hash("first")), Ok(()), "nothing has changed");
        assert_eq!(jo.reset(&name("jo"), &boss, hash("new")), Ok(()));
        assert_eq!((jo.still_has(&hash("new")), jo.must_change_password), (Ok(()), true));
        jo.removed_at = Some(NOW);
        assert_eq!(jo.reset(&name("jo"), &boss, hash("new")), Err(Refusal::UnknownAdmin));
    }

    #[test]
    fn nobody_changes_the_own_role_and_the_last_operator_stays() {
        let (here, there) = (Locator::new([1; 16]), Locator::new([2; 16]));
        let roster = Roster { operators: vec![here], used: None };
        let jo = || admin("jo", Role::Operator);
        let boss = name("boss");
        let own = change_role(roster.clone(), jo(), here, &name("jo"), None, NOW);
        assert_eq!(own.map(drop), Err(Refusal::NotPermitted));
        let last = change_role(roster.clone(), jo(), here, &boss, Some(Role::Auditor), NOW);
        assert_eq!(last.map(drop), Err(Refusal::LastOperator));
        let two = Roster { operators: vec![here, there], used: None };
        let (roster, gone) = change_role(two.clone(), jo(), here, &boss, None, NOW).unwrap();
        assert_eq!((roster.operators, gone.removed_at), (vec![there], Some(NOW)));
        let again = change_role(two.clone(), gone, here, &boss, Some(Role::Operator), NOW);
        assert_eq!(again.map(drop), Err(Refusal::UnknownAdmin));
        let (roster, jo) = change_role(two, jo(), here, &boss, Some(Role::Auditor), NOW).unwrap();
        assert_eq!((roster.operators, jo.role), (vec![there], Role::Auditor));
    }

    #[test]
    fn there_are_twenty_operators_at_most_and_each_secret_arms_once() {
        let mut roster = Roster::default();
        for n in 0..20 {
            roster.note(Locator::new([n; 16]), &Role::Operator).unwrap();
        }
        roster.note(Locator::new([0; 16]), &Role::Operator).unwrap();
        let more = roster.note(Locator::new([20; 16]), &Role::Operator);
        assert_eq!((more, roster.operators.len()), (Err(Refusal::TooManyOperators), 20));
        let secret = KeyHash::new([1; 32]);
        assert!(roster.is_armed(&secret));
        roster.used = Some(secret);
        assert!(!roster.is_armed(&secret) && roster.is_armed(&KeyHash::new([2; 32])));
    }
}
