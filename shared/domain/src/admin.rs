//! The people who run it: who they are, what each may do and where, and how they are signed in.

pub mod change;
mod door;
mod id;
mod password;
mod policy;
mod proof;
mod reach;
mod right;
mod role;
mod roster;
mod session;
mod sessions;

pub use door::{PasswordBudget, SubscriberAddress, Visitor};
pub use id::AdminId;
pub use password::{Chosen, FirstPassword, PasswordHash};
pub use proof::Proof;
pub use reach::Reach;
pub use right::Right;
pub use role::Role;
pub use roster::Roster;
pub use session::{AdminSession, Awaiting, SessionHash, SessionId, SignInFor, Stage};
pub use sessions::{Ended, SessionEnd};

use crate::{Acted, Locator, Refusal, Timestamp, limits};

/// One admin, as stored: everything but the second step, which is a user of the portal `console`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admin {
    pub id: AdminId,
    pub role: Role,
    pub password: PasswordHash,
    /// The password is one that somebody else made; nothing but changing it is possible.
    pub first_password: Option<FirstPassword>,
    pub created_at: Timestamp,
    /// The moment the admin was removed. The name stays taken, so that the log names one person
    /// only.
    pub removed_at: Option<Timestamp>,
    /// Sessions, oldest first.
    pub sessions: Vec<AdminSession>,
    pub acted: Acted,
    /// The moments in the last month at which other admins lifted locks, oldest first.
    pub unlocked_at: Vec<Timestamp>,
    /// The moment at which another admin reset or unlocked this one: wrong passwords before it no
    /// longer count.
    pub counted_since: Option<Timestamp>,
    /// The moment of the last sign-in, which stays when its session has ended.
    pub last_in_at: Option<Timestamp>,
}

impl Admin {
    /// A new admin, whose password somebody else made.
    pub fn new(id: AdminId, role: Role, password: PasswordHash, now: Timestamp) -> Self {
        Self {
            id,
            role,
            password,
            first_password: Some(FirstPassword::made_at(now)),
            created_at: now,
            removed_at: None,
            sessions: vec![],
            acted: Acted::default(),
            unlocked_at: vec![],
            counted_since: None,
            last_in_at: None,
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

    /// Refuses another admin's help under a name in another case, for somebody removed, or for the
    /// own account.
    ///
    /// # Errors
    /// [`Refusal::UnknownAdmin`] or [`Refusal::NotPermitted`] then.
    pub fn helped_by(&self, id: &AdminId, by: &AdminId) -> Result<(), Refusal> {
        if !self.is_active() || self.id != *id {
            return Err(Refusal::UnknownAdmin);
        }
        if self.id == *by { Err(Refusal::NotPermitted) } else { Ok(()) }
    }

    /// Another password to begin with, by another admin.
    ///
    /// # Errors
    /// Those of [`Admin::helped_by`].
    pub fn reset(
        &mut self,
        id: &AdminId,
        by: &AdminId,
        password: PasswordHash,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        self.helped_by(id, by)?;
        self.password = password;
        self.first_password = Some(FirstPassword::made_at(now));
        self.sessions.clear();
        self.counted_since = Some(now);
        Ok(())
    }

    /// Lets the admin give passwords again, because another admin says so.
    ///
    /// # Errors
    /// [`Refusal::UnlockLimit`] if it was done too often within a month.
    pub fn unlock(&mut self, now: Timestamp) -> Result<(), Refusal> {
        let month = limits::MONTH_DAYS * limits::DAY_SECONDS;
        self.unlocked_at.retain(|at| now.since(*at) < month);
        match self.unlocked_at.first() {
            Some(first) if self.unlocked_at.len() >= limits::LIFTS_PER_MONTH => {
                Err(Refusal::UnlockLimit { until: first.plus(month) })
            }
            Some(_) | None => {
                self.unlocked_at.push(now);
                self.counted_since = Some(now);
                Ok(())
            }
        }
    }

    /// Returns true if nothing but choosing a password is possible.
    pub const fn must_choose_password(&self) -> bool {
        self.first_password.is_some()
    }

    /// Refuses to begin a session with a first password that is over.
    ///
    /// # Errors
    /// [`Refusal::FirstPasswordOver`] then.
    pub fn may_begin(&self, now: Timestamp) -> Result<(), Refusal> {
        match self.first_password {
            Some(FirstPassword { used: true, .. }) => Err(Refusal::FirstPasswordOver),
            Some(first) if first.until <= now => Err(Refusal::FirstPasswordOver),
            Some(_) | None => Ok(()),
        }
    }

    /// Takes a password that the admin chose in this session. Every session ends; only the one
    /// in which a first password was replaced goes on, as that password opens no other.
    pub fn choose_password(&mut self, password: PasswordHash, session: &SessionHash) -> Chosen {
        self.password = password;
        match self.first_password.take() {
            Some(_) => {
                self.sessions.retain(|other| other.hash == *session);
                Chosen::First
            }
            None => {
                self.sessions.clear();
                Chosen::Another
            }
        }
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
    use crate::portal::KeyHash;

    const NOW: Timestamp = Timestamp::from_unix(1_800_000_000);

    fn name(text: &str) -> AdminId {
        AdminId::parse(text).unwrap()
    }

    fn hash(text: &str) -> PasswordHash {
        PasswordHash::new(text.to_owned())
    }

    fn admin(text: &str, role: Role) -> Admin {
        Admin::new(name(text), role, hash("first"), NOW)
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
        assert_eq!(jo.reset(&name("Jo"), &boss, hash("new"), NOW), Err(Refusal::UnknownAdmin));
        assert_eq!(
            jo.reset(&name("jo"), &name("jo"), hash("new"), NOW),
            Err(Refusal::NotPermitted)
        );
        assert_eq!(jo.still_has(&hash("first")), Ok(()), "nothing has changed");
        assert_eq!(jo.reset(&name("jo"), &boss, hash("new"), NOW), Ok(()));
        assert_eq!((jo.still_has(&hash("new")), jo.must_choose_password()), (Ok(()), true));
        jo.removed_at = Some(NOW);
        assert_eq!(jo.reset(&name("jo"), &boss, hash("new"), NOW), Err(Refusal::UnknownAdmin));
    }

    #[test]
    fn s33_admin_door_an_admin_is_unlocked_twice_in_a_month_and_reset_at_any_time() {
        let boss = name("boss");
        let mut jo = admin("jo", Role::Operator);
        assert_eq!(jo.helped_by(&name("jo"), &name("jo")), Err(Refusal::NotPermitted));
        assert_eq!(jo.helped_by(&name("jo"), &boss), Ok(()));
        for at in [1, 2] {
            assert_eq!(jo.unlock(NOW.plus(at)), Ok(()));
            assert_eq!(jo.counted_since, Some(NOW.plus(at)));
        }
        let until = NOW.plus(1 + 30 * 86_400);
        assert_eq!(jo.unlock(until.plus(-1)), Err(Refusal::UnlockLimit { until }));
        assert_eq!(jo.reset(&name("jo"), &boss, hash("new"), NOW.plus(3)), Ok(()));
        assert_eq!(jo.counted_since, Some(NOW.plus(3)));
        assert_eq!(jo.unlock(until), Ok(()));
    }

    #[test]
    fn nobody_changes_the_own_role_and_the_last_operator_stays() {
        let (here, there) = (Locator::new([1; 16]), Locator::new([2; 16]));
        let roster = Roster { operators: vec![here], used: vec![] };
        let jo = || admin("jo", Role::Operator);
        let boss = name("boss");
        let own = change_role(roster.clone(), jo(), here, &name("jo"), None, NOW);
        assert_eq!(own.map(drop), Err(Refusal::NotPermitted));
        let last = change_role(roster.clone(), jo(), here, &boss, Some(Role::Auditor), NOW);
        assert_eq!(last.map(drop), Err(Refusal::LastOperator));
        let two = Roster { operators: vec![here, there], used: vec![] };
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
        roster.disarm(secret).unwrap();
        let other = KeyHash::new([2; 32]);
        assert!(!roster.is_armed(&secret) && roster.is_armed(&other));
        roster.disarm(other).unwrap();
        for used in [secret, other] {
            assert_eq!(roster.disarm(used), Err(Refusal::SetUpSecretRefused), "for good");
        }
    }
}
