//! The session of the console to which a sign-in of an admin belongs.

use super::SignIn;
use crate::{
    Refusal, SignInId, Timestamp, User,
    admin::{Admin, SessionHash},
};

/// The session of the console that a browser brings to the prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BrowserSession {
    Open(SessionHash),
    /// It is not stored any more, or is of no use: it ran out, was ended, or has another secret.
    Ended(SessionHash),
}

impl BrowserSession {
    /// Asks what is stored of the admin whose sign-in it is.
    pub fn of(hash: SessionHash, admin: Option<&Admin>, now: Timestamp) -> Self {
        match admin.map(|admin| admin.session(&hash, now)) {
            Some(Ok(_)) => Self::Open(hash),
            Some(Err(_)) | None => Self::Ended(hash),
        }
    }

    fn began(self, sign_in: &SignIn) -> bool {
        let (Self::Open(hash) | Self::Ended(hash)) = self;
        hash.began(&sign_in.nonce)
    }
}

/// Refuses an admin's sign-in to browsers without the session that began it, and once that session
/// has ended: so nothing that was opened in a session outlasts it, however it ends.
pub(super) fn in_its_session(
    id: &SignInId,
    sign_in: &SignIn,
    session: Option<BrowserSession>,
) -> Result<(), Refusal> {
    if !id.portal.is_console() {
        return Ok(());
    }
    match session.filter(|session| session.began(sign_in)) {
        Some(BrowserSession::Open(_)) => Ok(()),
        Some(BrowserSession::Ended(_)) => Err(Refusal::SignInExpired),
        None => Err(Refusal::OtherBrowser),
    }
}

/// Lets a browser in with the session that began an admin's sign-in; any other sign-in needs none.
///
/// # Errors
/// [`Refusal::OtherBrowser`] without that session, and [`Refusal::SignInExpired`] once it ended.
pub fn admit_session(
    user: Option<&User>,
    id: &SignInId,
    session: Option<BrowserSession>,
) -> Result<(), Refusal> {
    let sign_in = user.and_then(|user| user.sign_in(id.key)).ok_or(Refusal::UnknownSignIn)?;
    in_its_session(id, sign_in, session)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        SignInKey, UnknownMembers,
        admin::{AdminId, Ended, PasswordHash, Role},
    };

    const NOW: Timestamp = Timestamp::from_unix(1_800_000_000);
    const OWN: SessionHash = SessionHash::new([1; 32]);

    fn begin(admin: &mut Admin, n: u8, now: Timestamp) -> SessionHash {
        let (pending, secret) = (SessionHash::new([n; 32]), SessionHash::new([n + 100; 32]));
        admin.begin_session(pending, SignInKey::new([n; 21]), None, now);
        let awaiting = admin.awaiting(&pending, now).unwrap();
        admin.activate_session(&awaiting, secret, now).unwrap();
        secret
    }

    /// An admin with two sessions, this one and another.
    fn admin() -> (Admin, SessionHash, SessionHash) {
        let id = AdminId::parse("jo").unwrap();
        let mut admin = Admin::new(id, Role::Operator, PasswordHash::new(String::new()), NOW);
        admin.first_password = None;
        let [this, other] = [2, 3].map(|n| begin(&mut admin, n, NOW));
        (admin, this, other)
    }

    #[test]
    fn s30_a_session_is_over_for_the_prompt_in_whatever_way_it_ended() {
        type Way = (&'static str, fn(&mut Admin, &SessionHash, &SessionHash) -> Timestamp);
        let ways: [Way; 11] = [
            ("signed out", |admin, this, _| {
                admin.end_session(this);
                NOW
            }),
            ("one ended", |admin, this, other| {
                admin.end_sessions(other, Ended::One(this.id()), NOW).unwrap();
                NOW
            }),
            ("others ended", |admin, _, other| {
                admin.end_sessions(other, Ended::Others, NOW).unwrap();
                NOW
            }),
            ("ended by another admin", |admin, _, _| {
                let [jo, boss] = ["jo", "boss"].map(|name| AdminId::parse(name).unwrap());
                admin.end_every_session(&jo, &boss, NOW).unwrap();
                NOW
            }),
            ("reset", |admin, _, _| {
                let [jo, boss] = ["jo", "boss"].map(|name| AdminId::parse(name).unwrap());
                admin.reset(&jo, &boss, PasswordHash::new(String::new()), NOW).unwrap();
                NOW
            }),
            ("another password", |admin, this, _| {
                admin.choose_password(PasswordHash::new("x".to_owned()), this);
                NOW
            }),
            ("removed", |admin, _, _| {
                admin.removed_at = Some(NOW);
                NOW
            }),
            ("newer ones", |admin, _, _| {
                for n in 10..14 {
                    begin(admin, n, NOW);
                }
                NOW
            }),
            ("not used", |_, _, _| NOW.plus(1_800)),
            ("eight hours", |admin, this, _| {
                for minute in 0..480 {
                    admin.touch_session(this, NOW.plus(minute * 60));
                }
                NOW.plus(8 * 3_600)
            }),
            ("a newer release", |admin, _, _| {
                let member = ("Pinned".to_owned(), "1".to_owned());
                admin.sessions[0].unknown = UnknownMembers::new(vec![member]);
                NOW
            }),
        ];
        for (name, end) in ways {
            let (mut admin, this, other) = admin();
            let of = |admin: &Admin, now| BrowserSession::of(this, Some(admin), now);
            assert_eq!(of(&admin, NOW), BrowserSession::Open(this), "{name}");
            let now = end(&mut admin, &this, &other);
            assert_eq!(of(&admin, now), BrowserSession::Ended(this), "{name}");
        }
        assert_eq!(BrowserSession::of(OWN, None, NOW), BrowserSession::Ended(OWN));
    }

    #[test]
    fn s30_a_session_that_waits_is_open_until_it_has_another_secret() {
        let (mut admin, ..) = admin();
        admin.begin_session(OWN, SignInKey::new([1; 21]), None, NOW);
        let of = |admin: &Admin, at| BrowserSession::of(OWN, Some(admin), NOW.plus(at));
        assert_eq!(of(&admin, 599), BrowserSession::Open(OWN));
        assert_eq!(of(&admin, 600), BrowserSession::Ended(OWN));
        let awaiting = admin.awaiting(&OWN, NOW).unwrap();
        admin.activate_session(&awaiting, SessionHash::new([9; 32]), NOW).unwrap();
        assert_eq!(of(&admin, 0), BrowserSession::Ended(OWN));
    }
}
