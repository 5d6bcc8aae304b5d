use super::*;
use crate::{api_key::tests::portal, keyring::tests::keyring};
use portcullis_domain::{
    AuthenticatorId, BrowserId, BrowserToken, Email, Method, Purpose as For, RecoverySetId,
    Timestamp, User, portal::PortalSalt, user::ClockDrift,
};

const SECRET: TotpSecret = TotpSecret::new(*b"12345678901234567890");

/// RFC 6238, appendix B, SHA-1; the last six of its eight digits.
const VECTORS: [(i64, &str); 6] = [
    (59, "287082"),
    (1_111_111_109, "081804"),
    (1_111_111_111, "050471"),
    (1_234_567_890, "005924"),
    (2_000_000_000, "279037"),
    (20_000_000_000, "353130"),
];

#[test]
fn the_vectors_of_rfc_6238() {
    for (at, digits) in VECTORS {
        let now = Timestamp::from_unix(at);
        let (guess, step) = (Code::parse(digits).unwrap(), now.totp_step());
        assert_eq!(matched_step(&SECRET, &guess, &[step]), Some(step), "at {at}");
    }
}

#[test]
fn a_code_is_good_for_two_steps_which_begin_with_its_own_by_the_phones_clock() {
    let made = Timestamp::from_unix(1_111_111_110);
    let guess = Code::parse("050471").unwrap();
    let accepted = |drift: ClockDrift| {
        [-31, -30, -1, 0, 29, 30, 59, 60].map(|offset| {
            let steps = drift.steps_accepted(made.plus(offset));
            let step = matched_step(&SECRET, &guess, &steps);
            assert!(step.is_none_or(|step| step == made.totp_step()));
            step.is_some()
        })
    };
    let on_time = [false, false, false, true, true, true, true, false];
    assert_eq!(accepted(ClockDrift::None), on_time);
    let ahead = [false, true, true, true, true, false, false, false];
    assert_eq!(accepted(ClockDrift::StepAhead), ahead);
}

/// Acme, and the same with a salt of its own.
fn two_portals() -> (Portal, Portal) {
    (portal(vec![]), Portal { salt: PortalSalt::new([1; 16]), ..portal(vec![]) })
}

fn two_users() -> (UserId, UserId) {
    (UserId::parse("anna").unwrap(), UserId::parse("ben").unwrap())
}

#[test]
fn a_delivered_code_depends_on_everything_it_is_for() {
    let (keyring, (acme, salted)) = (keyring(), two_portals());
    let (keys, other) =
        (PortalKeyring::new(&keyring, &acme), PortalKeyring::new(&keyring, &salted));
    let initech = PortalId::parse("initech").unwrap();
    let (anna, ben) = two_users();
    let to = |text| Destination::Email(Email::parse(text).unwrap());
    let (home, work) = (to("anna@example.com"), to("anna@example.org"));
    let subject = CodeSubject {
        version: keys.version().unwrap(),
        portal: &acme.id,
        user: &anna,
        sign_in: SignInKey::new([1; 21]),
        method: Method::Email,
        destination: &home,
        purpose: For::SignIn,
        n: 1,
        text: None,
    };
    let code = keys.delivered(&subject).unwrap();
    assert_eq!(keys.delivered(&subject).unwrap().expose(), code.expose());
    assert_ne!(other.delivered(&subject).unwrap().expose(), code.expose());
    for changed in [
        CodeSubject { version: KeyVersion(1), ..subject },
        CodeSubject { portal: &initech, ..subject },
        CodeSubject { user: &ben, ..subject },
        CodeSubject { sign_in: SignInKey::new([2; 21]), ..subject },
        CodeSubject { method: Method::Sms, ..subject },
        CodeSubject { destination: &work, ..subject },
        CodeSubject { purpose: For::Enrolment, ..subject },
        CodeSubject { n: 2, ..subject },
        CodeSubject { text: Some(TextHash::new([0; 32])), ..subject },
        CodeSubject { text: Some(TextHash::new([1; 32])), ..subject },
    ] {
        assert_ne!(keys.delivered(&changed).unwrap().expose(), code.expose(), "{changed:?}");
    }
    let unknown = keys.delivered(&CodeSubject { version: KeyVersion(3), ..subject });
    assert_eq!(unknown.unwrap_err(), Unreadable::UnknownVersion(KeyVersion(3)));
    assert_eq!(keys.destination_hash(&home), keyring.destination_hash(&home));
}

#[test]
fn r2_s6_a_recovery_code_depends_on_everything_it_is_for() {
    let (keyring, (acme, salted)) = (keyring(), two_portals());
    let (keys, other) =
        (PortalKeyring::new(&keyring, &acme), PortalKeyring::new(&keyring, &salted));
    let initech = PortalId::parse("initech").unwrap();
    let (anna, ben) = two_users();
    let subject = RecoverySubject {
        version: keys.version().unwrap(),
        portal: &acme.id,
        user: &anna,
        set: RecoverySetId::new([1; 8]),
        index: 0,
        restore: 0,
    };
    let code = keys.recovery_code(&subject).unwrap();
    assert!(keys.recovery_code(&subject).unwrap().is(&code));
    assert!(!other.recovery_code(&subject).unwrap().is(&code));
    for changed in [
        RecoverySubject { version: KeyVersion(1), ..subject },
        RecoverySubject { portal: &initech, ..subject },
        RecoverySubject { user: &ben, ..subject },
        RecoverySubject { set: RecoverySetId::new([2; 8]), ..subject },
        RecoverySubject { index: 1, ..subject },
        RecoverySubject { restore: 1, ..subject },
    ] {
        assert!(!keys.recovery_code(&changed).unwrap().is(&code), "{changed:?}");
    }
    let unknown = keys.recovery_code(&RecoverySubject { version: KeyVersion(3), ..subject });
    assert_eq!(unknown.unwrap_err(), Unreadable::UnknownVersion(KeyVersion(3)));
}

#[test]
fn s6_the_challenge_of_a_passkey_depends_on_everything_it_is_for() {
    let (keyring, (acme, salted)) = (keyring(), two_portals());
    let (keys, other) =
        (PortalKeyring::new(&keyring, &acme), PortalKeyring::new(&keyring, &salted));
    let initech = PortalId::parse("initech").unwrap();
    let (anna, ben) = two_users();
    let subject = PasskeySubject {
        version: keys.version().unwrap(),
        portal: &acme.id,
        user: &anna,
        epoch: 0,
        sign_in: SignInKey::new([1; 21]),
        ceremony: PasskeyCeremony::Get(0),
        text: None,
    };
    let challenge = keys.passkey_challenge(&subject).unwrap();
    assert_eq!(keys.passkey_challenge(&subject).unwrap(), challenge);
    assert_eq!(challenge.version(), subject.version.0);
    assert_ne!(other.passkey_challenge(&subject).unwrap(), challenge);
    for changed in [
        PasskeySubject { version: KeyVersion(1), ..subject },
        PasskeySubject { portal: &initech, ..subject },
        PasskeySubject { user: &ben, ..subject },
        PasskeySubject { epoch: 1, ..subject },
        PasskeySubject { sign_in: SignInKey::new([2; 21]), ..subject },
        PasskeySubject { ceremony: PasskeyCeremony::Get(1), ..subject },
        PasskeySubject { text: Some(TextHash::new([0; 32])), ..subject },
        PasskeySubject { text: Some(TextHash::new([1; 32])), ..subject },
        PasskeySubject {
            ceremony: PasskeyCeremony::Create(AuthenticatorId::new([0; 8])),
            ..subject
        },
        PasskeySubject {
            ceremony: PasskeyCeremony::Create(AuthenticatorId::new([1; 8])),
            ..subject
        },
    ] {
        assert_ne!(keys.passkey_challenge(&changed).unwrap(), challenge, "{changed:?}");
    }
    let unknown = keys.passkey_challenge(&PasskeySubject { version: KeyVersion(3), ..subject });
    assert_eq!(unknown.unwrap_err(), Unreadable::UnknownVersion(KeyVersion(3)));
}

#[test]
fn s20_an_apps_secret_opens_for_its_owner_under_its_key_only() {
    let (keyring, (acme, salted)) = (keyring(), two_portals());
    let (keys, other) =
        (PortalKeyring::new(&keyring, &acme), PortalKeyring::new(&keyring, &salted));
    let initech = PortalId::parse("initech").unwrap();
    let (anna, ben) = two_users();
    let authenticator = AuthenticatorId::new([1; 8]);
    let owner = SecretOwner { portal: &acme.id, user: &anna, authenticator };
    let sealed = keys.seal(owner, &SECRET, [5; 12]).unwrap();
    assert_eq!(sealed.version, KeyVersion(2));
    assert_eq!(keys.open(owner, &sealed).unwrap().expose(), SECRET.expose());
    let none = |opened: Result<TotpSecret, _>| opened.unwrap_err() == Unreadable::DoesNotOpen;
    for stranger in [
        SecretOwner { portal: &initech, ..owner },
        SecretOwner { user: &ben, ..owner },
        SecretOwner { authenticator: AuthenticatorId::new([2; 8]), ..owner },
    ] {
        assert!(none(keys.open(stranger, &sealed)), "{stranger:?}");
    }
    assert!(none(other.open(owner, &sealed)));
    assert!(none(keys.open(owner, &Sealed { version: KeyVersion(1), ..sealed.clone() })));

    let guess = Code::parse("287082").unwrap();
    let step = |keys: &PortalKeyring<'_>, owner| keys.totp_step(owner, &sealed, &guess, &[1]);
    assert_eq!(step(&keys, owner), Ok(Some(1)));
    assert_eq!(step(&keys, SecretOwner { user: &ben, ..owner }), Err(Unreadable::DoesNotOpen));
}

#[test]
fn a_random_secret_is_known_again_for_its_user_and_portal() {
    let (keyring, (acme, salted)) = (keyring(), two_portals());
    let (keys, other) =
        (PortalKeyring::new(&keyring, &acme), PortalKeyring::new(&keyring, &salted));
    let (anna, ben) = two_users();
    let mac = keys.secret_mac(KeyVersion(1), &anna, "secret").unwrap();
    assert_eq!(keys.secret_mac(KeyVersion(1), &anna, "secret"), Ok(mac));
    assert_ne!(keys.secret_mac(KeyVersion(2), &anna, "secret"), Ok(mac));
    assert_ne!(keys.secret_mac(KeyVersion(1), &ben, "secret"), Ok(mac));
    assert_ne!(keys.secret_mac(KeyVersion(1), &anna, "secrets"), Ok(mac));
    assert_ne!(other.secret_mac(KeyVersion(1), &anna, "secret"), Ok(mac));
    assert!(keys.secret_mac(KeyVersion(3), &anna, "secret").is_err());
}

#[test]
fn a_browser_is_known_to_its_portal_and_its_user_while_its_key_is_there() {
    let (keyring, (acme, salted)) = (keyring(), two_portals());
    let (keys, other) =
        (PortalKeyring::new(&keyring, &acme), PortalKeyring::new(&keyring, &salted));
    let [anna, ben] = <[UserId; 2]>::from(two_users()).map(|id| User::new(acme.id.clone(), id));
    let now = Timestamp::from_unix(1_800_000_000);
    let token = anna.browser_token(&keys, BrowserId::new([1; 8]), now, None, 0).unwrap();
    assert_eq!(anna.is_browser_token(&keys, &token, 0, now), Ok(true));
    assert_eq!(anna.is_browser_token(&other, &token, 0, now), Ok(false), "another portal");
    assert_eq!(ben.is_browser_token(&keys, &token, 0, now), Ok(false), "another user");
    for version in [1, 3].map(KeyVersion) {
        let token = BrowserToken { version, ..token };
        assert_eq!(anna.is_browser_token(&keys, &token, 0, now), Ok(false), "{version:?}");
    }
}
