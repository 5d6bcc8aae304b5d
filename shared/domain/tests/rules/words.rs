//! Tests of printed values: secrets show only their name, destinations only what people may see.

use portcullis_domain::{
    Code, Destination, Email, KeyVersion, Method, Named, Phone, PortalId, Purpose, RecoveryCode,
    Sealed, SignInKey, Timestamp, TotpSecret, User, UserId,
    admin::{AdminId, PasswordHash, Role},
    change,
    sign_in::Event,
    sign_in::Ground,
    user::{By, Entry, EntryKind, TicketSecret},
};

#[test]
fn s21_secrets_print_as_their_names() {
    let sealed = Sealed { version: KeyVersion(1), bytes: b"secret".to_vec() };
    for (printed, name) in [
        (format!("{:?}", Code::from_number(123_456)), "Code"),
        (format!("{:?}", TotpSecret::new([7; 20])), "TotpSecret"),
        (format!("{:?}", RecoveryCode::of_bits(&[7; 10])), "RecoveryCode"),
        (format!("{sealed:?}"), "Sealed"),
        (format!("{:?}", TicketSecret::new([7; 16])), "TicketSecret"),
        (format!("{:?}", PasswordHash::new("$argon2id$".to_owned())), "PasswordHash"),
    ] {
        assert_eq!(printed, name);
    }
}

#[test]
fn destinations_print_shortened() {
    let email = Destination::Email(Email::parse("anna.smith@example.com").unwrap());
    assert_eq!(format!("{email:?}"), "Destination(anna*****.com)");
    assert_eq!(email.masked().to_string(), "anna*****.com");
    let sms = Destination::Sms(Phone::parse("+64211234589", None).unwrap());
    assert_eq!(format!("{sms:?}"), "Destination(+64*****89)");
}

#[test]
fn what_a_code_and_a_sign_in_are_for_has_its_word() {
    assert_eq!(
        Purpose::ALL.iter().map(|purpose| purpose.as_str()).collect::<Vec<_>>(),
        ["sign_in", "enrolment", "read_out", "admin_address"]
    );
    assert_eq!([Event::Login, Event::Invitation].map(Event::name), ["login", "invitation"]);
}

#[test]
fn whoever_acts_is_read_back_from_the_log() {
    let portal = By::Portal(UserId::parse("boss").unwrap());
    let jo = || AdminId::parse("jo").unwrap();
    for by in [portal, By::Admin(jo()), By::SetUp, By::Ops(jo())] {
        assert_eq!(By::parse(&by.to_string()), Ok(by));
    }
    for other in ["", "set-up ", "somebody", "admin:", "portal:", "ops:"] {
        assert!(By::parse(other).is_err(), "{other}");
    }
}

#[test]
fn an_entry_says_all_it_was_given_and_the_user_is_told_what_somebody_else_may_have_done() {
    let (at, key) = (Timestamp::from_unix(1_800_000_000), SignInKey::new([1; 21]));
    let to = Destination::Email(Email::parse("anna.smith@example.com").unwrap());
    let entry = EntryKind::Reset
        .at(at)
        .by_method(Method::Email)
        .to(Some(to.masked()))
        .within(key)
        .on(Ground::MailedLink)
        .done_by(By::SetUp)
        .because("asked")
        .changing(change::of_role(Some(&Role::Auditor), &Role::Operator));
    let said = Entry {
        at,
        kind: EntryKind::Reset,
        method: Some(Method::Email),
        to: Some(to.masked()),
        sign_in: Some(key),
        device: None,
        ground: Some(Ground::MailedLink),
        by: Some(By::SetUp),
        checked: None,
        why: Some("asked".to_owned()),
        changes: change::of_role(Some(&Role::Auditor), &Role::Operator),
    };
    assert_eq!(entry, said);

    use EntryKind::*;
    let notified: Vec<_> =
        EntryKind::ALL.iter().copied().filter(|kind| kind.is_notified()).collect();
    let mut expected = vec![
        Enrolled,
        OptedOut,
        Erased,
        Locked,
        Disabled,
        DefaultSet,
        DefaultUnset,
        ContactChanged,
        AuthenticatorRemoved,
        OptedIn,
        Reset,
        Frozen,
        Unlocked,
        SkipCleared,
        BypassIssued,
        BypassAccepted,
        RecoveryCodesMade,
        RecoveryCodeUsed,
        RecoveryCodesLow,
        RecoveryCodesLocked,
        RecoveryCodesWithdrawn,
        TrustCopied,
        EnrolmentReminder,
        Exported,
    ];
    expected.sort_by_key(|kind| EntryKind::ALL.iter().position(|one| one == kind));
    assert_eq!(notified, expected);

    // In the user's item: when, what, by which method, where to.
    let portal = PortalId::parse("acme").unwrap();
    let mut user = User::new(portal, UserId::parse("anna").unwrap());
    user.remember(&[entry]);
    let kept = EntryKind::Reset.at(at).by_method(Method::Email).to(Some(to.masked()));
    assert_eq!(user.activity, [kept]);
}
