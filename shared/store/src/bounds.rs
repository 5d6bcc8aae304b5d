//! A user filled to every bound still fits: DynamoDB bills writes by the kilobyte, and an item has
//! to stay cheap however it is attacked.

mod documents;

use portcullis_domain::{
    Acted, AuthenticatorId, AuthenticatorName, BrowserId, Bucket, Contact, Destination,
    DestinationHash, Device, DisplayName, Email, FormId, KeyVersion, KnownEmail, Locale, Locator,
    Method, Named, Nonce, OrganisationId, Phone, PortalId, Purpose, RecoverySetId, Sealed,
    SecretMac, SignIn, SignInKey, StateChange, TextHash, Timestamp, UnknownMembers, User, UserId,
    UserState, WriteId, WriteKind, limits,
    passkey::{Backup, CredentialId, PasskeyAlgorithm, PasskeyKey, RpId},
    policy::{Preset, TrustDays},
    portal::ReturnTo,
    sign_in::{
        Acr, Challenge, Event, Ground, Managed, MaxAge, Pending, Place, Progress, Role,
        SettingsChange,
    },
    user::{
        Authenticator, Binding, Bypass, Delivery, DestinationCheck, EmailDefault, Entry, EntryKind,
        GraceState, LinkOnly, Mark, Passkey, PasskeyUse, PasswordChange, PasswordProof, Proof,
        RecoveryCodes, ReturnReason, Returned, Ticket, TrustedBrowser,
    },
};

use crate::{
    UserKey,
    item::{size, user_item},
    recent_writes::RecentWrites,
    stored::tests::one_user::{OneUser, Release},
};

const NOW: Timestamp = Timestamp::from_unix(1_999_999_999);

/// The longest address: 254 bytes, with a suffix no list knows.
fn email() -> Email {
    let (local, label) = ("l".repeat(64), "d".repeat(62));
    Email::parse(&format!("{local}@{label}.{label}.{}", "s".repeat(63))).unwrap()
}

fn phone() -> Phone {
    Phone::parse("+64211234589", None).unwrap()
}

fn sealed() -> Sealed {
    Sealed { version: KeyVersion(9_999), bytes: vec![0xff; 12 + 20 + 16] }
}

/// The longest name, in letters of three bytes.
fn name() -> AuthenticatorName {
    AuthenticatorName::parse(&"客".repeat(AuthenticatorName::MAX_CHARS)).unwrap()
}

fn place() -> Place {
    Place { replaces: Some(AuthenticatorId::new([0xff; 8])), name: Some(name()) }
}

fn managed() -> Managed {
    let kinds = SettingsChange::ALL.to_vec();
    Managed { kinds, changes: limits::CHANGES_PER_PROOF, last_at: Some(NOW), ended: true }
}

/// Passkeys that fill the room for them: the largest one, an RSA key of 4,096 bits with the longest
/// id for the longest domain, and two as they are usual.
fn passkeys() -> [Passkey; 3] {
    let head = [
        0x30, 0x82, 0x02, 0x22, 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01,
        0x01, 0x01, 0x05, 0x00, 0x03, 0x82, 0x02, 0x0f, 0x00, 0x30, 0x82, 0x02, 0x0a, 0x02, 0x82,
        0x02, 0x01, 0x00,
    ];
    let spki = [&head[..], &[0xff; 512], &[0x02, 0x03, 0x01, 0x00, 0x01]].concat();
    let label = "d".repeat(63);
    let domain = format!("{label}.{label}.{label}.{}.com", "d".repeat(57));
    let largest = Passkey {
        credential: CredentialId::new(&[0xff; CredentialId::MAX]).unwrap(),
        key: PasskeyKey::parse(PasskeyAlgorithm::Rs256, &spki).unwrap(),
        rp_id: RpId::parse(&domain).unwrap(),
        counter: u32::MAX,
        backup: Backup::BackedUp,
    };
    let head = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
    let eddsa = [&head[..], &[0xff; 32]].concat();
    let usual = Passkey {
        credential: CredentialId::new(&[0xff; 48]).unwrap(),
        key: PasskeyKey::parse(PasskeyAlgorithm::EdDsa, &eddsa).unwrap(),
        ..largest.clone()
    };
    let third = Passkey { rp_id: RpId::parse("example.com").unwrap(), ..usual.clone() };
    let all = [largest, usual, third];
    let room: usize = all.iter().map(Passkey::room).sum();
    assert!((1_800..=limits::PASSKEYS_ROOM).contains(&room), "{room}");
    all
}

fn device() -> Option<Device> {
    Device::seen(Some("Windows NT Edg/"), Some("ffff:ffff:ffff::"))
}

/// The first holds a destination that is being enrolled, of which there is one at a time; the
/// others an app.
fn sign_in(n: u8) -> SignIn {
    let id = AuthenticatorId::new([0xff; 8]);
    let (purpose, pending) = match n {
        0 => (
            Purpose::Enrolment,
            Pending::Destination { id, to: Destination::Email(email()), place: place() },
        ),
        _ => (Purpose::SignIn, Pending::App { id, secret: sealed(), place: place() }),
    };
    let challenge = Challenge {
        n: 9_999,
        version: KeyVersion(9_999),
        method: Method::Email,
        purpose,
        destination: DestinationHash::new([0xff; 8]),
        expires_at: NOW,
    };
    SignIn {
        key: SignInKey::opened(NOW.plus(-600), [0xff - n; 16]),
        nonce: Nonce::parse(&"n".repeat(64)).unwrap(),
        event: Event::Login,
        acr: Acr::default(),
        // A login alone has one; a step-up has a strength in its place, and enrols nothing.
        max_age: MaxAge::parse(31_536_000).ok(),
        text: None,
        // One by OpenID Connect has a nonce of 43 characters, and at most 20 for its classes.
        oidc: None,
        expires_at: NOW,
        progress: Progress::MayEnrol,
        return_to: Some(ReturnTo(4)),
        browser: Some(KeyVersion(9_999)),
        known_browser: n.is_multiple_of(2).then_some(BrowserId::new([0xff; 8])),
        trusted_in: n.is_multiple_of(2).then_some(BrowserId::new([0xff; 8])),
        device: device(),
        ground: Ground::RecoveryCode,
        fetched: None,
        // Each choice ends the others.
        chose_app: false,
        chose_passkey: true,
        chose_recovery: false,
        made_codes: Some(RecoverySetId::new([0xff; 8])),
        wrong: 4,
        sends: 5,
        last_send: Some(NOW),
        issued: 9_999,
        passkeys: 9,
        challenges: vec![challenge; limits::GOOD_CODES],
        late: vec![challenge.n; limits::GOOD_CODES],
        pending: Some(pending),
        enrolling: Some(Method::AuthenticatorApp),
        opened_settings: true,
        managed: managed(),
        unknown: UnknownMembers::default(),
    }
}

fn trusted_browser() -> TrustedBrowser {
    TrustedBrowser {
        id: BrowserId::new([0xff; 8]),
        counter: u32::MAX,
        since: NOW,
        days: TrustDays::MOST,
        method: Method::Passkey,
        role: Role::Bound,
        passkey: Some(PasskeyUse { is_user_verified: true, is_synced: true }),
        generation: 9_999_999,
        device: device().map(|device| Device { network: None, ..device }),
    }
}

fn fill_failures(user: &mut User) {
    for day in 0..60 {
        for browser in [None, Some(BrowserId::new([u8::try_from(day).unwrap(); 8]))] {
            user.failures.count(browser, NOW.plus((day - 60) * limits::DAY_SECONDS));
        }
    }
    // As far apart as they can be within a day, so that each takes the most digits.
    (0..14).for_each(|n| user.failures.count(None, NOW.plus(n * 6_000 - 13 * 6_000)));
    for n in 0..6 {
        let browser = Some(BrowserId::new([u8::try_from(n).unwrap(); 8]));
        user.failures.count(browser, NOW.plus(n * 14_000 - 5 * 14_000));
    }
}

fn full_user(forms: u8) -> User {
    let portal = PortalId::parse(&"p".repeat(32)).unwrap();
    let mut user = User::new(portal, UserId::parse(&"u".repeat(256)).unwrap());
    user.contact = Contact {
        display_name: DisplayName::parse(&"n".repeat(128)).ok(),
        email: Some(KnownEmail { address: email(), verified: true }),
        phone: Some(phone()),
        phone_rejected: true,
        organisation: OrganisationId::parse(&"o".repeat(64)).ok(),
        locale: Locale::parse(&"l".repeat(16)).ok(),
    };
    let bound = |binding| Authenticator {
        id: AuthenticatorId::new([0xff; 8]),
        generation: 9_999_999,
        bound_at: NOW,
        name: Some(name()),
        binding,
        unknown: UnknownMembers::default(),
    };
    // An app takes less.
    let others = [bound(Binding::Email(email())), bound(Binding::Sms(phone()))];
    let passkeys = passkeys().map(|passkey| bound(Binding::Passkey(passkey)));
    user.authenticators = passkeys.into_iter().chain(others).collect();
    assert_eq!(user.authenticators.len(), limits::AUTHENTICATORS);
    let mark = Some(Mark { generation: 9_999_999, at: NOW });
    // A reset takes what is bound, and whatever is bound next ends what it left.
    (user.opt_out, user.disabled_at) = (mark, Some(NOW));
    let to = DestinationHash::new([0xff; 8]);
    user.email_default = Some(EmailDefault { generation: 9_999_999, at: NOW, to, replaced: true });
    // Whoever has something bound has no more of a grace than this.
    user.grace = GraceState::Over;
    // And has no reminder: a rule's test says so.
    user.reminded_at = None;
    user.sign_ins = (0..).take(2 * limits::SIGN_INS_KEPT).map(sign_in).collect();
    for bucket in [Bucket::Known, Bucket::Strangers] {
        (0..20).for_each(|_| user.opened.of_mut(bucket).add(NOW));
        (0..10).for_each(|_| user.sent.of_mut(bucket).add(NOW));
    }
    (user.epoch, user.address_since) = (9_999, Some(NOW));
    (user.new_address_at, user.frozen_at) = (Some(NOW), Some(NOW));
    user.link_only_to = Some(LinkOnly::To(to));
    user.sessions_not_before = Some(NOW);
    let change = PasswordChange { at: NOW, by: PasswordProof::OldPassword, told_at: NOW };
    user.password_change = Some(change);
    let proof = Proof { to, day: 99_999, sent: limits::KEPT_SENDS_PER_DAY };
    user.proofs = vec![proof; limits::PROOFS_KEPT];
    let returned = Some(Returned { message: NOW, at: NOW, why: ReturnReason::Complained });
    let delivery = Delivery { to, delivered: Some(NOW), delayed: Some(NOW), returned };
    user.deliveries = vec![delivery; limits::DELIVERIES_KEPT];
    for n in 0..forms {
        user.acted.note(Some(FormId::new([n; 12])), NOW).unwrap();
    }
    let entry = EntryKind::CodeUnknown
        .at(NOW)
        .by_method(Method::AuthenticatorApp)
        .within(SignInKey::new([0xff; 21]));
    let entry = entry.to(Some(Destination::Email(email()).masked())).because("x".repeat(200));
    user.remember(&vec![entry; 40]);
    user.failures.unlock(NOW.plus(-1)).unwrap();
    user.failures.unlock(NOW.plus(-1)).unwrap();
    fill_failures(&mut user);
    let mac = SecretMac::new([0xff; 16]);
    user.ticket = Some(Ticket { version: KeyVersion(9_999), mac, expires_at: NOW });
    user.destination_check = Some(DestinationCheck {
        key: SignInKey::opened(NOW, [0xff; 16]),
        version: KeyVersion(9_999),
        epoch: u32::MAX,
        purpose: Purpose::AdminAddress,
        to: Destination::Email(email()),
        expires_at: NOW,
        since: NOW,
        sends: 5,
        wrong: 5,
    });
    user.bypass = Some(Bypass { version: KeyVersion(9_999), mac, expires_at: NOW });
    user.recovery_codes = Some(RecoveryCodes {
        version: KeyVersion(9_999),
        set: RecoverySetId::new([0xff; 8]),
        used: 0x3ff,
        made_at: NOW,
        restore: u32::MAX,
        epoch: user.epoch,
        generation: 9_999_999,
    });
    user.trusted_browsers = vec![trusted_browser(); limits::TRUSTED_BROWSERS];
    for bucket in [Bucket::Known, Bucket::Strangers] {
        (0..100).for_each(|_| user.wrong_recovery_codes.of_mut(bucket).add(NOW));
    }
    user
}

/// A user who is not frozen. Only a reset ends a freeze, and what it leaves ends with the next
/// thing that is bound.
fn trusting(forms: u8) -> User {
    User { frozen_at: None, link_only_to: None, ..full_user(forms) }
}

/// A frozen user, who trusts no browser.
fn frozen(forms: u8) -> User {
    let mut user = User { trusted_browsers: vec![], ..full_user(forms) };
    user.sign_ins.iter_mut().for_each(|sign_in| sign_in.trusted_in = None);
    user
}

/// A step-up with a text, which enrols nothing, makes no recovery codes and changes no settings,
/// and is no ground for that; a rule's test says so.
fn confirming(n: u8) -> SignIn {
    SignIn {
        event: Event::StepUp,
        acr: Acr::Passkey,
        max_age: None,
        oidc: None,
        text: Some(TextHash::new([0xff; 32])),
        progress: Progress::Open,
        ground: Ground::PasswordAlone,
        made_codes: None,
        pending: None,
        enrolling: None,
        opened_settings: false,
        managed: Managed::default(),
        ..sign_in(n)
    }
}

#[test]
fn z1_u2_a_sign_in_with_a_text_takes_no_more_than_one_that_enrols() {
    let size_with = |sign_in: fn(u8) -> SignIn| {
        let mut user = trusting(8);
        user.sign_ins = (0..).take(2 * limits::SIGN_INS_KEPT).map(sign_in).collect();
        size_of(user)
    };
    let (with_text, enrolling) = (size_with(confirming), size_with(sign_in));
    println!("a full user has {with_text} bytes if each sign-in has a text, else {enrolling}");
    assert!(with_text <= enrolling, "{with_text} bytes, and {enrolling}");
    // A few of each.
    let mixed = size_with(|n| if n % 2 == 0 { confirming(n) } else { sign_in(n) });
    assert!(mixed <= 10 * 1024, "{mixed} bytes");
}

#[test]
fn z1_a_user_filled_to_every_bound_is_at_most_ten_kilobytes() {
    for forms in 0..=8 {
        for user in [trusting(forms), frozen(forms)] {
            let size = size_of(user);
            println!("a full user has {size} bytes, forms kept: {forms}");
            assert!(size <= 10 * 1024, "{size} bytes, forms kept: {forms}");
            assert!(size > 4 * 1024, "{size} bytes: is it still filled?");
        }
    }
}

#[test]
fn z1_a_settled_users_verify_writes_one_kilobyte() {
    let mut user = OneUser::with_app(Preset::AuthenticatorApp);
    user.give_codes(0b111_0111);
    user.trust(trusted_browser());
    for _ in 0..30 {
        user.now = user.now.plus(86_400 + 3_599);
        let id = user.open(Release::This).unwrap().id;
        user.now = user.now.plus(21);
        user.verify(Release::This, &id).unwrap();
    }
    assert_eq!(user.user().trusted_browsers.len(), 1);
    let item = user.item.unwrap();
    for (name, value) in &item {
        println!("{name}: {value:?}");
    }
    let size = size(&item);
    println!("a settled user's verify writes {size} bytes");
    assert!(size <= 1_024, "{size} bytes");
    assert_eq!((user.opened, item.contains_key("entries")), (31, true));
}

/// The size of a user's item after many writes.
fn size_of(user: User) -> usize {
    // The largest entry of a write that takes nothing away.
    let masked = Destination::Email(email()).masked();
    let sent = EntryKind::CodeRequested.at(NOW).by_method(Method::AuthenticatorApp);
    let sent = sent.to(Some(masked)).within(SignInKey::new([0xff; 21]));
    let entries = [Entry { device: device(), ..sent.on(Ground::BypassCode) }];
    let user_key = UserKey { portal: user.portal.clone(), locator: Locator::new([0xff; 16]) };
    let state = UserState::Known(Box::new(user));
    let mut change = StateChange { state, entries: vec![], kind: WriteKind::Code };
    let first = WriteId::new([0xff; 12]);
    let mut item = user_item(&user_key, &change, &RecentWrites::default(), first).unwrap();
    (change.entries, change.kind) = (entries.to_vec(), WriteKind::BypassAccepted);
    for n in 0..20 {
        let (writes, write) = (RecentWrites::of(&item), WriteId::new([n; 12]));
        item = user_item(&user_key, &change, &writes, write).unwrap();
    }
    size(&item)
}

/// As many forms of the console as are kept.
fn acted() -> Acted {
    let mut acted = Acted::default();
    (0..8).for_each(|n| acted.note(Some(FormId::new([n; 12])), NOW).unwrap());
    acted
}
