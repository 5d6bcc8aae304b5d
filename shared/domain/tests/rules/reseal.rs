//! Sealing a user's secrets anew.

use crate::portal_keys::Keys;
use portcullis_domain::{
    AuthenticatorId, Email, KeyVersion, PortalId, PortalKeys, Sealed, SecretOwner, Timestamp,
    TotpSecret, UnknownMembers, Unreadable, User, UserId, limits,
    user::{Authenticator, Binding, ClockDrift},
};

const NONCES: [[u8; 12]; limits::AUTHENTICATORS] = [[0; 12]; limits::AUTHENTICATORS];
/// The version under which the keys of these tests seal.
const IN_USE: KeyVersion = KeyVersion(1);

fn bound(id: u8, binding: Binding) -> Authenticator {
    Authenticator {
        id: AuthenticatorId::new([id; 8]),
        generation: 1,
        bound_at: Timestamp::from_unix(1_800_000_000),
        name: None,
        binding,
        unknown: UnknownMembers::default(),
    }
}

fn app(user: &User, id: u8, version: u32) -> Authenticator {
    let owner = SecretOwner {
        portal: &user.portal,
        user: &user.id,
        authenticator: AuthenticatorId::new([id; 8]),
    };
    let Sealed { bytes, .. } = Keys.seal(owner, &TotpSecret::new([id; 20]), [0; 12]).unwrap();
    let secret = Sealed { version: KeyVersion(version), bytes };
    bound(id, Binding::App { secret, last_step: 7, drift: ClockDrift::StepAhead })
}

fn anna() -> User {
    User::new(PortalId::parse("acme").unwrap(), UserId::parse("anna").unwrap())
}

#[test]
fn s43_secrets_under_an_older_version_are_sealed_anew_and_all_else_stays() {
    let mut user = anna();
    let email = bound(9, Binding::Email(Email::parse("anna@example.com").unwrap()));
    user.authenticators = vec![app(&user, 1, 7), email, app(&user, 2, IN_USE.0)];
    let mut wanted = user.clone();
    wanted.authenticators[0] = app(&user, 1, IN_USE.0);
    assert_eq!(user.reseal(&Keys, IN_USE, &NONCES), Ok(1));
    assert_eq!(user, wanted);
    assert_eq!(user.reseal(&Keys, IN_USE, &NONCES), Ok(0), "a second time there is nothing to do");
}

#[test]
fn s43_a_secret_that_does_not_open_leaves_its_user_as_it_was() {
    let mut user = anna();
    let mut copied = app(&user, 1, 7);
    copied.id = AuthenticatorId::new([3; 8]);
    user.authenticators = vec![app(&user, 2, 7), copied];
    let before = user.clone();
    assert_eq!(user.reseal(&Keys, IN_USE, &NONCES), Err(Unreadable::DoesNotOpen));
    assert_eq!(user, before);
}
