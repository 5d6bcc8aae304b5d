//! Sealing a user's secrets anew.

use crate::portal_keys::Keys;
use portcullis_domain::{
    AuthenticatorId, Email, KeyVersion, PortalId, PortalKeys, Sealed, SecretOwner, Timestamp,
    TotpSecret, UnknownMembers, Unreadable, User, UserId, limits,
    user::{Authenticator, Binding, Bypass, ClockDrift, RecoveryCodes, Ticket, WithdrawnCodes},
};
use portcullis_domain::{RecoverySetId, SecretMac};

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

#[test]
fn s43_what_was_derived_from_a_key_that_leaked_goes_and_all_else_stays() {
    let (at, leaked) = (Timestamp::from_unix(1_800_000_000), KeyVersion(7));
    let mut user = anna();
    user.authenticators = vec![app(&user, 1, leaked.0)];
    let codes = |version| RecoveryCodes {
        version,
        set: RecoverySetId::new([1; 8]),
        used: 0,
        made_at: at,
        restore: 0,
        epoch: 0,
        generation: 1,
    };
    let mac = || SecretMac::new([1; 16]);
    let newer = KeyVersion(8);
    user.recovery_codes = Some(codes(newer));
    user.bypass = Some(Bypass { version: newer, mac: mac(), expires_at: at });
    let untouched = user.clone();
    let nothing = WithdrawnCodes { recovery_codes: false, others: 0 };
    assert_eq!(user.withdraw_codes(leaked), nothing);
    assert_eq!(user, untouched);

    user.recovery_codes = Some(codes(leaked));
    user.bypass = Some(Bypass { version: leaked, mac: mac(), expires_at: at });
    user.ticket = Some(Ticket { version: leaked, mac: mac(), expires_at: at });
    let all = WithdrawnCodes { recovery_codes: true, others: 2 };
    assert_eq!(user.withdraw_codes(leaked), all);
    assert_eq!(user.withdraw_codes(leaked), nothing, "run again, it finds nothing");
    let wanted = User { recovery_codes: None, bypass: None, ticket: None, ..untouched };
    assert_eq!(user, wanted);
}
