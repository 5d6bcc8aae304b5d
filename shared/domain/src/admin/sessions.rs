//! The sessions of one admin: begun, made active, used and ended.

use super::{Admin, AdminSession, Awaiting, SessionHash, Stage};
use crate::{Refusal, SignInKey, Timestamp, limits};

impl Admin {
    pub fn session(&self, hash: &SessionHash, now: Timestamp) -> Result<&AdminSession, Refusal> {
        self.sessions
            .iter()
            .find(|session| session.hash == *hash && now < session.ends_at())
            .filter(|_| self.is_active())
            .ok_or(Refusal::SessionRefused)
    }

    /// Begins a session that awaits the second step; the oldest goes where there are too many.
    pub fn begin_session(&mut self, hash: SessionHash, sign_in: SignInKey, now: Timestamp) {
        self.sessions.retain(|session| now < session.ends_at());
        let surplus = (self.sessions.len() + 1).saturating_sub(limits::ADMIN_SESSIONS_KEPT);
        self.sessions.drain(..surplus.min(self.sessions.len()));
        let stage = Stage::AwaitsMfa(sign_in);
        let before = None;
        self.sessions.push(AdminSession { hash, started_at: now, seen_at: now, stage, before });
    }

    /// Returns the second step that a session awaits, or that was done a moment ago.
    pub fn awaiting(&self, hash: &SessionHash, now: Timestamp) -> Result<Awaiting, Refusal> {
        self.sessions
            .iter()
            .filter_map(AdminSession::awaiting)
            .find(|awaiting| awaiting.hash == *hash && now < awaiting.until)
            .filter(|_| self.is_active())
            .ok_or(Refusal::SessionRefused)
    }

    /// Lets the admin in: the second step of this session was done. The session has another secret
    /// from now on, so that whoever knew or planted the one before has nothing. Done again after a
    /// lost reply, it has yet another.
    ///
    /// # Errors
    /// [`Refusal::SessionRefused`] if it ended meanwhile.
    pub fn activate_session(
        &mut self,
        awaiting: &Awaiting,
        secret: SessionHash,
        now: Timestamp,
    ) -> Result<&AdminSession, Refusal> {
        self.awaiting(&awaiting.hash, now)?;
        let is_it = |session: &&mut AdminSession| {
            session.awaiting().is_some_and(|other| other.hash == awaiting.hash)
        };
        let session = self.sessions.iter_mut().find(is_it).ok_or(Refusal::SessionRefused)?;
        let until = awaiting.until.min(now.plus(limits::RESULT_AGAIN_SECONDS));
        session.before.get_or_insert(Awaiting { until, ..*awaiting });
        (session.hash, session.stage, session.seen_at) = (secret, Stage::Active, now);
        Ok(session)
    }

    /// Takes down that the session was used, once a minute; whether anything changed.
    pub fn touch_session(&mut self, hash: &SessionHash, now: Timestamp) -> bool {
        let used = self.sessions.iter_mut().find(|session| session.hash == *hash);
        match used.filter(|session| now.since(session.seen_at) >= limits::ADMIN_SEEN_SECONDS) {
            Some(session) => {
                session.seen_at = now;
                true
            }
            None => false,
        }
    }

    pub fn end_session(&mut self, hash: &SessionHash) {
        self.sessions.retain(|session| session.hash != *hash);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::admin::{AdminId, PasswordHash, Role};

    const NOW: Timestamp = Timestamp::from_unix(1_800_000_000);
    const PENDING: SessionHash = SessionHash::new([7; 32]);
    const HASH: SessionHash = SessionHash::new([1; 32]);

    fn signed_in() -> Admin {
        let id = AdminId::parse("operator").unwrap();
        let mut admin =
            Admin::new(id, Role::Operator, PasswordHash::new(String::new()), false, NOW);
        admin.begin_session(PENDING, SignInKey::new([2; 21]), NOW);
        let awaiting = admin.awaiting(&PENDING, NOW).unwrap();
        admin.activate_session(&awaiting, HASH, NOW).unwrap();
        admin
    }

    #[test]
    fn s30_the_secret_changes_when_the_second_step_is_done() {
        let mut admin = signed_in();
        assert!(admin.session(&PENDING, NOW).is_err() && admin.session(&HASH, NOW).is_ok());
        // A lost reply is asked for again within a minute, and makes yet another secret of the one
        // session.
        let (again, other) = (NOW.plus(59), SessionHash::new([9; 32]));
        let awaiting = admin.awaiting(&PENDING, again).unwrap();
        assert!(admin.activate_session(&awaiting, other, again).is_ok());
        assert!(admin.session(&HASH, again).is_err() && admin.session(&other, again).is_ok());
        assert_eq!(admin.sessions.len(), 1);
        assert_eq!(admin.awaiting(&PENDING, NOW.plus(60)), Err(Refusal::SessionRefused));
        let late = admin.activate_session(&awaiting, HASH, NOW.plus(60)).map(|_| ());
        assert_eq!(late, Err(Refusal::SessionRefused));
        admin.removed_at = Some(NOW);
        assert_eq!(admin.awaiting(&PENDING, NOW), Err(Refusal::SessionRefused));
    }

    #[test]
    fn a_session_ends_after_thirty_idle_minutes() {
        let mut admin = signed_in();
        assert!(admin.session(&HASH, NOW.plus(1_799)).is_ok());
        assert_eq!(admin.session(&HASH, NOW.plus(1_800)), Err(Refusal::SessionRefused));
        assert!(!admin.touch_session(&HASH, NOW.plus(59)));
        assert!(admin.touch_session(&HASH, NOW.plus(1_000)));
        assert!(admin.session(&HASH, NOW.plus(2_799)).is_ok());
    }

    #[test]
    fn a_session_in_use_ends_after_eight_hours() {
        let mut admin = signed_in();
        for minute in 0..480 {
            let now = NOW.plus(minute * 60);
            assert!(admin.session(&HASH, now).is_ok(), "minute {minute}");
            admin.touch_session(&HASH, now);
        }
        assert!(admin.session(&HASH, NOW.plus(8 * 3_600)).is_err());
    }

    #[test]
    fn a_session_that_awaits_the_second_step_ends_with_the_sign_in() {
        let mut admin = signed_in();
        let other = SessionHash::new([3; 32]);
        admin.begin_session(other, SignInKey::new([4; 21]), NOW);
        assert!(admin.session(&other, NOW.plus(599)).is_ok());
        assert!(admin.session(&other, NOW.plus(600)).is_err());
    }

    #[test]
    fn one_session_is_ended_and_what_ran_out_goes_when_another_begins() {
        let mut admin = signed_in();
        let [two, three] = [[3; 32], [4; 32]].map(SessionHash::new);
        admin.begin_session(two, SignInKey::new([4; 21]), NOW);
        admin.end_session(&HASH);
        assert!(admin.session(&HASH, NOW).is_err() && admin.session(&two, NOW).is_ok());
        admin.begin_session(three, SignInKey::new([5; 21]), NOW.plus(600));
        assert_eq!(admin.sessions.len(), 1, "the one that ends in this second is gone");
    }

    #[test]
    fn a_sixth_session_ends_the_first_and_a_new_password_ends_all() {
        let mut admin = signed_in();
        for n in 10..15 {
            admin.begin_session(SessionHash::new([n; 32]), SignInKey::new([n; 21]), NOW);
        }
        assert!(admin.session(&HASH, NOW).is_err());
        assert_eq!(admin.sessions.len(), 5);
        admin.change_password(PasswordHash::new(String::new()), false);
        assert!(admin.sessions.is_empty());
    }
}
