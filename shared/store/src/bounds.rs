//! A user filled to every bound still fits: DynamoDB bills writes by the kilobyte, and an item has
//! to stay cheap however it is attacked. So do the settings and a portal, which every sign-in
//! reads, with the entry of the fullest change.

use portcullis_domain::{
    Acted, AuthenticatorId, BrowserId, Bucket, Caps, Contact, Country, Destination,
    DestinationHash, Device, DisplayName, Email, FormId, KeyDescription, KeyVersion, KnownEmail,
    Locale, Locator, Method, Named, Nonce, OrganisationId, Phone, Policy, Portal, PortalId,
    Purpose, Scope, Scopes, Sealed, SecretMac, Settings, SignIn, SignInKey, SmsProvider,
    SourceRange, Sources, StateChange, Timestamp, UnknownMembers, User, UserId, UserState, WriteId,
    WriteKind,
    admin::AdminId,
    change::{self, Change},
    limits,
    policy::{DestinationSource, EmailFallback, Issuer, MethodPolicy, Preset, SwitchedBy},
    portal::ReturnTo,
    portal::{Audience, Colour, KeyHash, KeyTerms, LogoId, PortalKey, PortalSalt, Profile},
    sign_in::{Challenge, Event, Ground, Pending, Progress},
    user::{
        Authenticator, Binding, By, Bypass, ClockDrift, DestinationCheck, EmailDefault, Entry,
        EntryKind, Mark, PasswordChange, PasswordProof, Proof, Ticket,
    },
};

use crate::{
    AuditEntries, UserKey,
    conditional_put::CopiedItem,
    item::{Item, READ_UNIT, size, user_item},
    key::Copied,
    portals,
    recent_writes::RecentWrites,
    stored::tests::one_user::{OneUser, Release},
    stream_entries,
    system::settings_item,
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

fn device() -> Option<Device> {
    Device::seen(Some("Windows NT Edg/"), Some("ffff:ffff:ffff::"))
}

/// The first holds a destination that is being enrolled, of which there is one at a time; the
/// others an app.
fn sign_in(n: u8) -> SignIn {
    let id = AuthenticatorId::new([0xff; 8]);
    let (purpose, pending) = match n {
        0 => (Purpose::Enrolment, Pending::Destination { id, to: Destination::Email(email()) }),
        _ => (Purpose::SignIn, Pending::App { id, secret: sealed() }),
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
        event: Event::Invitation,
        expires_at: NOW,
        progress: Progress::MayEnrol,
        return_to: Some(ReturnTo(4)),
        browser: Some(KeyVersion(9_999)),
        known_browser: n.is_multiple_of(2).then_some(BrowserId::new([0xff; 8])),
        device: device(),
        ground: Ground::BypassCode,
        fetched: None,
        chose_app: true,
        wrong: 4,
        sends: 5,
        last_send: Some(NOW),
        issued: 9_999,
        challenges: vec![challenge; limits::GOOD_CODES],
        late: vec![challenge.n; limits::GOOD_CODES],
        pending: Some(pending),
        enrolling: Some(Method::AuthenticatorApp),
        unknown: UnknownMembers::default(),
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
        binding,
        unknown: UnknownMembers::default(),
    };
    user.authenticators = vec![
        bound(Binding::App {
            secret: sealed(),
            last_step: 99_999_999,
            drift: ClockDrift::StepAhead,
        }),
        bound(Binding::Email(email())),
        bound(Binding::Sms(phone())),
    ];
    let mark = Some(Mark { generation: 9_999_999, at: NOW });
    (user.opt_out, user.reset_at, user.disabled_at) = (mark, Some(NOW), Some(NOW));
    let to = DestinationHash::new([0xff; 8]);
    user.email_default = Some(EmailDefault { generation: 9_999_999, at: NOW, to, replaced: true });
    user.sign_ins = (0..).take(2 * limits::SIGN_INS_KEPT).map(sign_in).collect();
    for bucket in [Bucket::Known, Bucket::Strangers] {
        (0..20).for_each(|_| user.opened.of_mut(bucket).add(NOW));
        (0..10).for_each(|_| user.sent.of_mut(bucket).add(NOW));
    }
    (user.epoch, user.address_since) = (9_999, Some(NOW));
    user.sessions_not_before = Some(NOW);
    let change = PasswordChange { at: NOW, by: PasswordProof::OldPassword, told_at: NOW };
    user.password_change = Some(change);
    let proof = Proof { to, day: 99_999, sent: limits::KEPT_SENDS_PER_DAY };
    user.proofs = vec![proof; limits::PROOFS_KEPT];
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
    user
}

#[test]
fn z1_a_user_filled_to_every_bound_is_at_most_ten_kilobytes() {
    for forms in 0..=8 {
        let size = size_of(full_user(forms));
        println!("a full user has {size} bytes, forms kept: {forms}");
        assert!(size <= 10 * 1024, "{size} bytes, forms kept: {forms}");
        assert!(size > 4 * 1024, "{size} bytes: is it still filled?");
    }
}

/// Recovery codes and a trusted browser are to come: as much is left for them.
const LEFT: usize = 150;

#[test]
fn z1_a_settled_users_verify_writes_one_kilobyte() {
    let mut user = OneUser::with_app(Preset::AuthenticatorApp);
    for _ in 0..30 {
        user.now = user.now.plus(86_400 + 3_599);
        let id = user.open(Release::This).unwrap().id;
        user.now = user.now.plus(21);
        user.verify(Release::This, &id).unwrap();
    }
    let item = user.item.unwrap();
    for (name, value) in &item {
        println!("{name}: {value:?}");
    }
    let size = size(&item);
    println!("a settled user's verify writes {size} bytes");
    assert!(size <= 1_024 - LEFT, "{size} bytes");
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

/// Every country there is with such a first letter.
fn countries(first: impl Iterator<Item = char>) -> Vec<Country> {
    let codes = first.flat_map(|first| ('A'..='Z').map(move |second| format!("{first}{second}")));
    codes.filter_map(|code| Country::parse(&code).ok()).collect()
}

/// A portal with every text one `part`th of its longest.
fn portal(letter: &str, part: usize) -> Portal {
    let text = |bytes: usize| letter.repeat(bytes / part);
    let url = |n: usize| format!("https://a.example/{n}{}", text(237));
    let app = MethodPolicy::AuthenticatorApp {
        issuer: Issuer::parse(&text(50)).ok(),
        email_fallback: EmailFallback::AllowedAsDefault,
    };
    let key = |n: u8| PortalKey {
        id: format!("{letter}key0{n}"),
        hash: KeyHash::new([n; 32]),
        created_at: NOW,
        terms: KeyTerms { scopes: Scopes::of(Scope::ALL).unwrap(), ..KeyTerms::usual(NOW) },
        unknown: UnknownMembers::default(),
    };
    let profile = Profile {
        description: text(128),
        audience: Audience::Clients,
        default_country: Country::parse("NZ").ok(),
        locale: Locale::parse(&text(16)).ok(),
        sender_name: Some(text(64)),
        sms_name: Some(text(20)),
        support: Some(text(200)),
        enrolment_url: Some(url(0)),
        return_urls: (1..=Profile::RETURN_URLS).map(url).collect(),
        color: Colour::parse("#0b5fff").ok(),
        logo: Some(LogoId::new([letter.as_bytes()[0]; LogoId::LEN])),
    };
    let destination = DestinationSource::Directory;
    let policy = Policy {
        switched_by: SwitchedBy::PortalAdmin,
        methods: vec![app, MethodPolicy::Email { destination }, MethodPolicy::Sms { destination }],
        allowed_countries: countries('A'..='Z'),
        ..Preset::Managed.policy()
    };
    policy.check(&profile).unwrap();
    Portal {
        acted: acted(),
        id: PortalId::parse(&"p".repeat(32)).unwrap(),
        profile,
        policy,
        generation: 9_999_999,
        salt: PortalSalt::new([0xff; 16]),
        keys: (1..=4).map(key).collect(),
        unknown: UnknownMembers::default(),
    }
}

fn changed(kind: EntryKind, changes: Vec<Change>) -> AuditEntries {
    let by = By::Admin(AdminId::parse(&"a".repeat(64)).unwrap());
    let entry = kind.at(NOW).done_by(by).changing(changes);
    AuditEntries::of(&PortalId::parse(&"p".repeat(32)).unwrap(), entry)
}

/// The first copy of a document, which is the largest: it has the entry too. A second one is as
/// large as every other.
fn first_two(copied: Copied<'_>, item: CopiedItem) -> [Item; 2] {
    let mut items = item.of(copied).into_iter();
    [items.next().unwrap(), items.next().unwrap()]
}

/// The write units of a change: two for every kilobyte of every copy, because it is a transaction.
fn units(copied: Copied<'_>, item: CopiedItem) -> usize {
    item.of(copied).iter().map(|item| 2 * size(item).div_ceil(1_024)).sum()
}

/// The size of a portal's first copy with the entry of what was done to it, and how much of it the
/// changed fields take.
fn with_change(before: Option<&Portal>, after: &Portal, kind: EntryKind) -> (usize, usize) {
    let changes = change::of_portal(before, after);
    assert!(changes.len() >= 8, "{changes:?}: is it a full change?");
    let of = |changes| {
        let item = portals::item(after, WriteId::new([0xff; 12]), Some(&changed(kind, changes)));
        let [first, other] = first_two(Copied::Portal(&after.id), item.unwrap());
        assert!(size(&other) < size(&first));
        let entries = stream_entries(&first).unwrap().unwrap().entries;
        (size(&first), entries[0].changes.len())
    };
    let count = changes.len();
    let ((without, _), (whole, told)) = (of(vec![]), of(changes));
    assert_eq!(told, count, "every changed field is named");
    (whole, whole - without)
}

#[test]
fn the_fullest_portal_fits_with_the_entry_of_the_fullest_change_in_four_kilobytes() {
    // Filled to every bound; and with texts of a third, such as links of a hundred characters.
    for part in [1, 3] {
        let (before, after) = (portal("o", part), portal("u", part));
        let profile = Portal { profile: after.profile.clone(), ..before.clone() };
        let policy = Preset::EmailEnrolmentOptOut.policy();
        let policy = Portal { policy: Policy { enabled: false, ..policy }, ..before.clone() };
        // No form of the console has changed a new portal yet, and it has one key.
        let keys = after.keys.iter().take(1).cloned().collect();
        let created = Portal { acted: Acted::default(), keys, ..after };
        for (before, after, kind) in [
            (Some(&before), &profile, EntryKind::PortalChanged),
            (Some(&before), &policy, EntryKind::PolicyChanged),
            (None, &created, EntryKind::PortalCreated),
        ] {
            let (whole, changes) = with_change(before, after, kind);
            let entry = changed(kind, change::of_portal(before, after));
            let item = portals::item(after, WriteId::new([0xff; 12]), Some(&entry)).unwrap();
            let units = units(Copied::Portal(&after.id), item);
            println!("{kind:?}: {whole} bytes, {changes} for what was changed, {units} units");
            assert!(whole <= READ_UNIT, "{whole} bytes");
            assert!(whole > READ_UNIT / 2, "{whole} bytes: is it still filled?");
        }
    }
}

/// Keys with every limit, and texts as long as they may be beside them.
#[test]
fn s49_the_fullest_keys_fit_with_their_entry_in_four_kilobytes() {
    let range =
        |n: u8| SourceRange::parse(&format!("2001:db8:1111:2222:3333:4444:5555:666{n}")).unwrap();
    let mut full = portal("o", 3);
    for key in &mut full.keys {
        key.terms.sources = Sources::of((0..8).map(range).collect()).unwrap();
        key.terms.description = KeyDescription::parse(&"\"".repeat(64)).ok();
    }
    full.profile = Profile::plain("o");
    while full.check_room().is_ok() {
        full.profile.description.push('o');
    }
    full.profile.description.pop();
    assert!(full.profile.description.len() > 100, "there is room for short texts");
    let before = Portal { keys: full.keys.get(..3).unwrap().to_vec(), ..full.clone() };
    let entry = changed(EntryKind::KeyAdded, change::of_portal(Some(&before), &full));
    let item = portals::item(&full, WriteId::new([0xff; 12]), Some(&entry)).unwrap();
    let [first, _] = first_two(Copied::Portal(&full.id), item);
    println!("a portal with four full keys has {} bytes", size(&first));
    assert!(size(&first) <= READ_UNIT, "{} bytes", size(&first));
}

#[test]
fn the_fullest_settings_fit_with_the_entry_of_the_fullest_change_in_four_kilobytes() {
    let account = |digit: &str| Some(format!("AC{}", digit.repeat(32)));
    let settings = |digit: &str, cap: u32, countries| Settings {
        acted: acted(),
        unknown: UnknownMembers::default(),
        email_from: Some(email()),
        sms: Some(SmsProvider::Twilio {
            account: account(digit),
            client_id: format!("SK{}", digit.repeat(32)),
            client_secret: Sealed { version: KeyVersion(9_999), bytes: vec![0xff; 12 + 128 + 16] },
            from: format!("MG{}", digit.repeat(32)),
        }),
        countries,
        caps: Caps {
            texts_per_prefix_per_day: cap,
            texts_per_portal_per_day: cap,
            emails_per_portal_per_day: cap,
        },
    };
    let before = Settings { email_from: None, ..settings("1", u32::MAX - 1, countries('A'..='M')) };
    let after = settings("2", u32::MAX, countries('A'..='Z'));
    let entries = changed(EntryKind::SettingsChanged, change::of_settings(&before, &after));
    let item = || settings_item(&after, WriteId::new([0xff; 12]), Some(&entries)).unwrap();
    let [first, other] = first_two(Copied::Settings, item());
    let (size, other) = (size(&first), size(&other));
    let units = units(Copied::Settings, item());
    println!("full settings have {size} bytes, other copies {other}; a change costs {units} units");
    assert!(size <= READ_UNIT, "{size} bytes");
}
