//! The sessions of one admin: begun, made active, used and ended.

use super::{Admin, AdminId, AdminSession, Awaiting, SessionHash, SessionId, Stage};
use crate::{Device, Refusal, SignInKey, Timestamp, UnknownMembers, limits};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    One(SessionId),
    /// Every other one, also those that await their second step.
    Others,
}

/// The reason for which a session no longer lets its browser in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionEnd {
    /// It was not used for too long.
    Idle,
    /// It had lasted as long as one may.
    Expired,
    /// It is gone: someone ended it, or a new password or a reset did.
    Ended,
}

impl SessionEnd {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Expired => "expired",
            Self::Ended => "ended",
        }
    }
}

impl Admin {
    /// Returns the reason for which a session ended, or `None` if it is open, or its second step
    /// was never done.
    pub fn end_of_session(&self, hash: &SessionHash, now: Timestamp) -> Option<SessionEnd> {
        let session = self.sessions.iter().find(|session| session.hash == *hash);
        let Some(session) = session.filter(|_| self.is_active()) else {
            return Some(SessionEnd::Ended);
        };
        match session.stage {
            Stage::AwaitsMfa(_) => None,
            Stage::Active if now < session.ends_at() => None,
            Stage::Active if now >= session.started_at.plus(limits::ADMIN_SESSION_SECONDS) => {
                Some(SessionEnd::Expired)
            }
            Stage::Active => Some(SessionEnd::Idle),
        }
    }

    pub fn session(&self, hash: &SessionHash, now: Timestamp) -> Result<&AdminSession, Refusal> {
        self.sessions
            .iter()
            .find(|session| session.hash == *hash && session.is_open(now))
            .filter(|_| self.is_active())
            .ok_or(Refusal::SessionRefused)
    }

    /// Begins a session that awaits the second step. If too many do, the oldest of them goes; one
    /// in use never does, because the password alone begins sessions.
    pub fn begin_session(
        &mut self,
        hash: SessionHash,
        sign_in: SignInKey,
        device: Option<Device>,
        now: Timestamp,
    ) {
        self.sessions.retain(|session| now < session.ends_at());
        self.sessions.push(AdminSession {
            hash,
            started_at: now,
            seen_at: now,
            proved_at: now,
            stage: Stage::AwaitsMfa(sign_in),
            before: None,
            device,
            unknown: UnknownMembers::default(),
        });
        self.keep_newest(limits::ADMIN_SESSIONS_WAITING, |stage| match stage {
            Stage::AwaitsMfa(_) => true,
            Stage::Active => false,
        });
    }

    /// Keeps so many of the sessions at this stage, the newest.
    fn keep_newest(&mut self, kept: usize, at_stage: impl Fn(Stage) -> bool) {
        let count = self.sessions.iter().filter(|session| at_stage(session.stage)).count();
        let mut surplus = count.saturating_sub(kept);
        self.sessions.retain(|session| {
            let goes = surplus > 0 && at_stage(session.stage);
            surplus -= usize::from(goes);
            !goes
        });
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
        if session.stage != Stage::Active {
            session.proved_at = now;
            self.last_in_at = Some(now);
        }
        (session.hash, session.stage, session.seen_at) = (secret, Stage::Active, now);
        if let Some(first) = &mut self.first_password
            && !first.used
        {
            first.used = true;
            self.sessions.retain(|session| session.hash == secret);
        }
        self.keep_newest(limits::ADMIN_SESSIONS_KEPT, |stage| stage == Stage::Active);
        self.session(&secret, now)
    }

    /// Returns the moment of the last sign-in. An older release took it down in sessions alone.
    pub fn last_sign_in(&self) -> Option<Timestamp> {
        let active = self.sessions.iter().filter(|session| session.stage == Stage::Active);
        self.last_in_at.or_else(|| active.map(|session| session.started_at).max())
    }

    /// Takes down that the second step was done again in this session, at this moment.
    ///
    /// # Errors
    /// [`Refusal::SessionRefused`] if it ended meanwhile.
    pub fn prove_session(&mut self, hash: &SessionHash, at: Timestamp) -> Result<(), Refusal> {
        self.session(hash, at)?;
        let proved = self.sessions.iter_mut().find(|session| session.hash == *hash);
        let proved = proved.ok_or(Refusal::SessionRefused)?;
        proved.proved_at = proved.proved_at.max(at);
        Ok(())
    }

    /// Takes down that the session was used, once a minute; true if anything changed.
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

    pub fn sessions_left(&self, now: Timestamp) -> impl Iterator<Item = &AdminSession> {
        self.sessions.iter().filter(move |session| self.is_active() && now < session.ends_at())
    }

    pub fn end_session(&mut self, hash: &SessionHash) {
        self.sessions.retain(|session| session.hash != *hash);
    }

    /// Ends sessions from another one of the same admin; true if there were any.
    pub fn end_sessions(
        &mut self,
        from: &SessionHash,
        ended: Ended,
        now: Timestamp,
    ) -> Result<bool, Refusal> {
        self.session(from, now)?;
        let left = self.sessions_left(now).count();
        self.sessions.retain(|session| match ended {
            Ended::One(id) => session.hash.id() != id,
            Ended::Others => session.hash == *from,
        });
        Ok(self.sessions_left(now).count() < left)
    }

    /// Ends every session, because another admin says so; true if there were any.
    pub fn end_every_session(
        &mut self,
        id: &AdminId,
        by: &AdminId,
        now: Timestamp,
    ) -> Result<bool, Refusal> {
        self.helped_by(id, by)?;
        let any = self.sessions_left(now).next().is_some();
        self.sessions.clear();
        Ok(any)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::admin::{AdminId, Chosen, PasswordHash, Proof, Role};

    const NOW: Timestamp = Timestamp::from_unix(1_800_000_000);
    const PENDING: SessionHash = SessionHash::new([7; 32]);
    const HASH: SessionHash = SessionHash::new([1; 32]);

    fn signed_in() -> Admin {
        let id = AdminId::parse("operator").unwrap();
        let mut admin = Admin::new(id, Role::Operator, PasswordHash::new(String::new()), NOW);
        admin.first_password = None;
        admin.begin_session(PENDING, SignInKey::new([2; 21]), None, NOW);
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
    fn the_last_sign_in_is_known_without_its_session_and_no_password_alone_is_one() {
        let mut admin = signed_in();
        assert_eq!(admin.last_sign_in(), Some(NOW));
        let later = NOW.plus(60);
        let pending = SessionHash::new([6; 32]);
        admin.begin_session(pending, SignInKey::new([3; 21]), None, later);
        assert_eq!(admin.last_sign_in(), Some(NOW), "its second step was not done");
        let awaiting = admin.awaiting(&pending, later).unwrap();
        let [other, again] = [[8; 32], [9; 32]].map(SessionHash::new);
        admin.activate_session(&awaiting, other, later).unwrap();
        assert_eq!(admin.last_sign_in(), Some(later));
        admin.activate_session(&awaiting, again, later.plus(30)).unwrap();
        assert_eq!(admin.last_sign_in(), Some(later), "a lost reply is no other sign-in");
        admin.touch_session(&again, later.plus(600));
        admin.sessions.clear();
        assert_eq!(admin.last_sign_in(), Some(later));
        let mut older = signed_in();
        older.last_in_at = None;
        assert_eq!(older.last_sign_in(), Some(NOW), "as an older release left it");
    }

    #[test]
    fn the_reason_for_which_a_session_ended_is_known_until_the_next_one_begins() {
        let mut admin = signed_in();
        let end = |admin: &Admin, at: i64| admin.end_of_session(&HASH, NOW.plus(at));
        assert_eq!(end(&admin, 1_799), None);
        assert_eq!(end(&admin, 1_800), Some(SessionEnd::Idle));
        assert_eq!(end(&admin, 8 * 3_600), Some(SessionEnd::Expired));
        admin.begin_session(PENDING, SignInKey::new([3; 21]), None, NOW);
        assert_eq!(admin.end_of_session(&PENDING, NOW.plus(86_400)), None, "it never began");
        admin.end_session(&HASH);
        assert_eq!(end(&admin, 0), Some(SessionEnd::Ended));
        let mut removed = signed_in();
        removed.removed_at = Some(NOW);
        assert_eq!(end(&removed, 0), Some(SessionEnd::Ended));
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
    fn s33_admin_session_a_proof_is_fresh_for_five_minutes_and_given_again() {
        let mut admin = signed_in();
        let check = |admin: &Admin, at: i64| {
            let now = NOW.plus(at);
            admin.session(&HASH, now).and_then(|session| Proof::Fresh.check(session.proved_at, now))
        };
        assert_eq!((check(&admin, 299), check(&admin, 300)), (Ok(()), Err(Refusal::ProofNeeded)));
        assert_eq!(Proof::OfSession.check(NOW, NOW.plus(300)), Ok(()));
        admin.touch_session(&HASH, NOW.plus(1_000));
        assert_eq!(check(&admin, 1_000), Err(Refusal::ProofNeeded), "use proves nothing");
        // Nor does a lost reply that is asked for again.
        let awaiting = admin.awaiting(&PENDING, NOW.plus(59)).unwrap();
        admin.activate_session(&awaiting, HASH, NOW.plus(59)).unwrap();
        assert_eq!(check(&admin, 300), Err(Refusal::ProofNeeded));
        admin.prove_session(&HASH, NOW.plus(1_000)).unwrap();
        assert_eq!(check(&admin, 1_299), Ok(()));
        let ended = admin.prove_session(&PENDING, NOW.plus(1_000));
        assert_eq!(ended, Err(Refusal::SessionRefused));
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
        admin.begin_session(other, SignInKey::new([4; 21]), None, NOW);
        assert!(admin.session(&other, NOW.plus(599)).is_ok());
        assert!(admin.session(&other, NOW.plus(600)).is_err());
    }

    #[test]
    fn one_session_is_ended_and_what_ran_out_goes_when_another_begins() {
        let mut admin = signed_in();
        let [two, three] = [[3; 32], [4; 32]].map(SessionHash::new);
        admin.begin_session(two, SignInKey::new([4; 21]), None, NOW);
        admin.end_session(&HASH);
        assert!(admin.session(&HASH, NOW).is_err() && admin.session(&two, NOW).is_ok());
        admin.begin_session(three, SignInKey::new([5; 21]), None, NOW.plus(600));
        assert_eq!(admin.sessions.len(), 1, "the one that ends in this second is gone");
    }

    #[test]
    fn s33_admin_session_one_session_ends_others_and_nobody_elses() {
        let mut admin = signed_in();
        let [pending, two] = [[3; 32], [4; 32]].map(SessionHash::new);
        for hash in [pending, two] {
            admin.begin_session(hash, SignInKey::new([4; 21]), None, NOW);
        }
        let mut end = |from: &SessionHash, ended| admin.end_sessions(from, ended, NOW);
        let nobodys = Ended::One(SessionHash::new([5; 32]).id());
        assert_eq!(end(&HASH, nobodys), Ok(false));
        assert_eq!(end(&HASH, Ended::One(two.id())), Ok(true));
        assert_eq!(end(&HASH, Ended::One(two.id())), Ok(false));
        assert_eq!(end(&two, Ended::Others), Err(Refusal::SessionRefused));
        assert_eq!(end(&HASH, Ended::Others), Ok(true));
        assert_eq!(end(&HASH, Ended::Others), Ok(false));
        assert!(admin.session(&HASH, NOW).is_ok() && admin.awaiting(&pending, NOW).is_err());
        assert_eq!(admin.end_sessions(&HASH, Ended::One(HASH.id()), NOW), Ok(true));
        assert!(admin.session(&HASH, NOW).is_err());
    }

    #[test]
    fn s33_admin_session_another_admin_ends_every_session_that_is_left() {
        let [jo, boss] = ["operator", "boss"].map(|name| AdminId::parse(name).unwrap());
        let mut admin = signed_in();
        assert_eq!(admin.end_every_session(&jo, &jo, NOW), Err(Refusal::NotPermitted));
        assert_eq!(admin.end_every_session(&boss, &jo, NOW), Err(Refusal::UnknownAdmin));
        let mut late = admin.clone();
        assert_eq!(late.end_every_session(&jo, &boss, NOW.plus(1_800)), Ok(false));
        assert_eq!(admin.end_every_session(&jo, &boss, NOW), Ok(true));
        assert_eq!(admin.sessions_left(NOW).count(), 0);
        assert_eq!(admin.awaiting(&PENDING, NOW), Err(Refusal::SessionRefused));
    }

    #[test]
    fn s33_admin_session_what_a_newer_release_demands_of_a_session_closes_it_here() {
        for (name, open) in [("Pinned", false), ("pinned", true)] {
            let mut admin = signed_in();
            let member = (name.to_owned(), "1".to_owned());
            admin.sessions[0].unknown = UnknownMembers::new(vec![member]);
            assert_eq!(admin.session(&HASH, NOW).is_ok(), open, "{name}");
            assert_eq!(admin.awaiting(&PENDING, NOW).is_ok(), open, "{name}");
            assert_eq!(admin.sessions_left(NOW).count(), 1, "it is listed, and can be ended");
        }
    }

    #[test]
    fn s33_admin_session_sessions_that_await_their_second_step_end_none_in_use() {
        let mut admin = signed_in();
        for n in 10..30 {
            admin.begin_session(SessionHash::new([n; 32]), SignInKey::new([n; 21]), None, NOW);
        }
        assert!(admin.session(&HASH, NOW).is_ok());
        let waiting = |n: u8| admin.session(&SessionHash::new([n; 32]), NOW).is_ok();
        assert_eq!((waiting(24), waiting(25), waiting(29)), (false, true, true));
        assert_eq!(admin.sessions.len(), 1 + 5);
    }

    #[test]
    fn a_sixth_session_in_use_ends_the_first_and_a_new_password_ends_all() {
        let mut admin = signed_in();
        for n in 10..15 {
            assert!(admin.session(&HASH, NOW).is_ok(), "{n}");
            let (before, secret) = (SessionHash::new([n; 32]), SessionHash::new([n + 100; 32]));
            admin.begin_session(before, SignInKey::new([n; 21]), None, NOW);
            let awaiting = admin.awaiting(&before, NOW).unwrap();
            admin.activate_session(&awaiting, secret, NOW).unwrap();
        }
        assert!(admin.session(&HASH, NOW).is_err());
        assert!(admin.session(&SessionHash::new([110; 32]), NOW).is_ok());
        assert_eq!(admin.sessions.len(), 5);
        let last = SessionHash::new([114; 32]);
        let chosen = admin.choose_password(PasswordHash::new(String::new()), &last);
        assert_eq!((chosen, admin.sessions.len()), (Chosen::Another, 0));
    }

    #[test]
    fn s33_admin_door_a_first_password_opens_one_session_within_seven_days() {
        let id = AdminId::parse("jo").unwrap();
        let mut admin = Admin::new(id, Role::Auditor, PasswordHash::new(String::new()), NOW);
        let until = NOW.plus(7 * 86_400);
        assert_eq!(admin.may_begin(until.plus(-1)), Ok(()));
        assert_eq!(admin.may_begin(until), Err(Refusal::FirstPasswordOver));
        // Two sessions are begun; the second step of one ends the other.
        let [one, two, active] = [1, 2, 3].map(|n| SessionHash::new([n; 32]));
        for hash in [one, two] {
            admin.begin_session(hash, SignInKey::new([0; 21]), None, NOW);
        }
        let awaiting = admin.awaiting(&one, NOW).unwrap();
        admin.activate_session(&awaiting, active, NOW).unwrap();
        assert_eq!(admin.may_begin(NOW), Err(Refusal::FirstPasswordOver), "it was used");
        assert!(admin.awaiting(&two, NOW).is_err());
        // A lost reply is asked for again.
        let again = SessionHash::new([4; 32]);
        admin.activate_session(&awaiting, again, NOW).unwrap();
        assert!(admin.must_choose_password());
        let chosen = admin.choose_password(PasswordHash::new(String::new()), &again);
        assert_eq!((chosen, admin.must_choose_password()), (Chosen::First, false));
        assert!(admin.session(&again, NOW).is_ok(), "the session goes on");
        assert_eq!(admin.may_begin(until), Ok(()));
    }
}
