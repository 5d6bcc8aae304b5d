//! Filled things of every kind.

use portcullis_domain::{
    Acted, AuthenticatorId, BrowserId, Caps, Contact, Country, Destination, DestinationHash,
    Device, DisplayName, Email, FormId, KeyDescription, KeyVersion, KnownEmail, Locale, Locator,
    Method, Nonce, OrganisationId, Phone, Portal, PortalId, Purpose, Scope, Scopes, Sealed,
    SecretMac, Settings, SignIn, SignInKey, SmsProvider, SourceRange, Sources, StateChange,
    Timestamp, UnknownMembers, User, UserId, UserState, WriteId, WriteKind,
    admin::{
        Admin, AdminId, AdminSession, Awaiting, FirstPassword, PasswordHash, Role, SessionHash,
        Stage,
    },
    change,
    policy::{DestinationSource, EmailFallback, Issuer, MethodPolicy, Preset},
    portal::{
        Audience, Colour, KeyHash, KeyTerms, LogDays, LogoId, PortalKey, PortalSalt, Profile,
        ReturnTo, Sending,
    },
    sign_in::{
        self, Acceptance, Acr, Challenge, Event, Fetched, Ground, Managed, Mfa, Pending, Place,
        Progress,
    },
    user::{
        Authenticator, Binding, By, Bypass, ClockDrift, EmailDefault, Entry, EntryKind, Mark,
        PasswordChange, PasswordProof, Proof, Ticket,
    },
};

use crate::{AuditEntries, UserKey};

pub(crate) const NOW: Timestamp = Timestamp::from_unix(1_800_000_000);
pub(crate) const WRITE: WriteId = WriteId::new([7; 12]);

pub(crate) fn portal_id() -> PortalId {
    PortalId::parse("acme").unwrap()
}

pub(crate) fn email() -> Email {
    Email::parse("anna.smith@example.com").unwrap()
}

pub(crate) fn phone() -> Phone {
    Phone::parse("+64211234589", None).unwrap()
}

pub(crate) fn sealed(byte: u8) -> Sealed {
    Sealed { version: KeyVersion(2), bytes: vec![byte; 48] }
}

pub(crate) fn acted() -> Acted {
    Acted::from_kept(vec![(FormId::new([1; 12]), NOW), (FormId::new([2; 12]), NOW.plus(5))])
}

pub(crate) fn entry() -> Entry {
    EntryKind::Reset
        .at(NOW)
        .by_method(Method::Sms)
        .to(Some(Destination::Sms(phone()).masked()))
        .within(SignInKey::new([3; 21]))
        .done_by(By::Admin(AdminId::parse("jo").unwrap()))
        .because("asked on the phone")
}

pub(crate) fn sign_ins() -> Vec<SignIn> {
    let plain = SignIn {
        key: SignInKey::opened(NOW.plus(-60), [1; 16]),
        nonce: Nonce::parse("0123456789abcdef").unwrap(),
        event: Event::Login,
        acr: Acr::Delivered,
        max_age: None,
        oidc: None,
        text: None,
        expires_at: NOW,
        progress: Progress::Open,
        return_to: None,
        browser: None,
        known_browser: None,
        trusted_in: None,
        device: None,
        ground: Ground::PasswordAlone,
        fetched: None,
        chose_app: false,
        chose_passkey: false,
        chose_recovery: false,
        made_codes: None,
        wrong: 0,
        sends: 0,
        last_send: None,
        issued: 0,
        passkeys: 0,
        challenges: vec![],
        late: vec![],
        pending: None,
        enrolling: None,
        opened_settings: false,
        managed: Managed::default(),
        unknown: UnknownMembers::default(),
    };
    let challenge = |purpose| Challenge {
        n: 4,
        version: KeyVersion(2),
        method: Method::Email,
        purpose,
        destination: DestinationHash::new([4; 8]),
        expires_at: NOW,
    };
    let id = AuthenticatorId::new([5; 8]);
    let full = SignIn {
        event: Event::Invitation,
        return_to: Some(ReturnTo(1)),
        browser: Some(KeyVersion(2)),
        known_browser: Some(BrowserId::new([3; 8])),
        chose_app: true,
        wrong: 1,
        sends: 2,
        last_send: Some(NOW),
        issued: 4,
        challenges: vec![challenge(Purpose::SignIn), challenge(Purpose::Enrolment)],
        late: vec![],
        pending: Some(Pending::App { id, secret: sealed(6), place: Place::default() }),
        ..plain.clone()
    };
    let to = |to| Some(Pending::Destination { id, to, place: Place::default() });
    let done = Acceptance {
        at: NOW,
        mfa: Mfa::Done,
        method: Some(Method::AuthenticatorApp),
        role: Some(sign_in::Role::Bound),
        generation: 3,
        passkey: None,
        proven_at: None,
    };
    let fetched = Some(Fetched { at: NOW, key: "0aB1cD".to_owned() });
    let skipped = Acceptance { mfa: Mfa::Skipped, method: None, role: None, ..done };
    vec![
        full,
        SignIn { pending: to(Destination::Email(email())), ..plain.clone() },
        SignIn {
            progress: Progress::MayEnrol,
            pending: to(Destination::Sms(phone())),
            ..plain.clone()
        },
        SignIn { progress: Progress::Done(done), fetched, ..plain.clone() },
        SignIn { progress: Progress::Done(skipped), ..plain.clone() },
        SignIn { progress: Progress::Dead, ..plain },
    ]
}

pub(crate) fn user() -> User {
    let mut user = User::new(portal_id(), UserId::parse("u-1842").unwrap());
    user.contact = Contact {
        display_name: DisplayName::parse("Anna Smith").ok(),
        email: Some(KnownEmail { address: email(), verified: true }),
        phone: Some(phone()),
        phone_rejected: true,
        organisation: OrganisationId::parse("north").ok(),
        locale: Locale::parse("en-NZ").ok(),
    };
    let bound = |binding| Authenticator {
        id: AuthenticatorId::new([8; 8]),
        generation: 3,
        bound_at: NOW,
        name: None,
        binding,
        unknown: UnknownMembers::default(),
    };
    user.authenticators = vec![
        bound(Binding::App {
            secret: sealed(9),
            last_step: 60_000_000,
            drift: ClockDrift::StepAhead,
        }),
        bound(Binding::Email(email())),
        bound(Binding::Sms(phone())),
    ];
    user.opt_out = Some(Mark { generation: 3, at: NOW });
    let to = DestinationHash::new([4; 8]);
    user.email_default = Some(EmailDefault { generation: 3, at: NOW, to, replaced: true });
    (user.reset_at, user.disabled_at) = (Some(NOW), Some(NOW));
    user.sign_ins = sign_ins();
    user.failures.unlock(NOW.plus(-90_000)).unwrap();
    for seconds in [-9_000, -60, 0] {
        user.failures.count(None, NOW.plus(seconds));
    }
    user.failures.count(Some(BrowserId::new([3; 8])), NOW);
    (user.epoch, user.address_since) = (3, Some(NOW));
    user.password_change = PasswordChange::told(NOW.plus(-9), PasswordProof::Email, NOW).ok();
    user.opened.strangers.add(NOW);
    user.sent.known.add(NOW);
    user.proofs = vec![Proof { to: DestinationHash::new([18; 8]), day: NOW.day(), sent: 3 }];
    let (version, mac, expires_at) = (KeyVersion(2), SecretMac::new([10; 16]), NOW);
    user.ticket = Some(Ticket { version, mac, expires_at });
    user.bypass = Some(Bypass { version, mac, expires_at });
    user.acted = acted();
    user.remember(&[EntryKind::Denied.at(NOW), entry()]);
    user
}

/// The write of this user, with these entries.
pub(crate) fn changed(user: User, entries: &[Entry], kind: WriteKind) -> StateChange {
    let state = UserState::Known(Box::new(user));
    StateChange { state, entries: entries.to_vec(), kind }
}

pub(crate) fn user_key() -> UserKey {
    UserKey { portal: portal_id(), locator: Locator::new([11; 16]) }
}

pub(crate) fn portal() -> Portal {
    let url = |page: &str| format!("https://portal.example/{page}");
    let profile = Profile {
        description: "Acme customer portal".to_owned(),
        audience: Audience::Staff,
        default_country: Country::parse("NZ").ok(),
        locale: Locale::parse("en-NZ").ok(),
        sender_name: Some("Acme".to_owned()),
        sms_name: Some("ACME".to_owned()),
        support: Some("Call 0800 123 456".to_owned()),
        enrolment_url: Some(url("enrol")),
        return_urls: vec![url("back"), url("return")],
        color: Colour::parse("#0b5fff").ok(),
        logo: Some(LogoId::new([18; LogoId::LEN])),
        passkeys: None,
    };
    let mut policy = Preset::Managed.policy();
    policy.allowed_countries = vec![Country::parse("NZ").unwrap(), Country::parse("AU").unwrap()];
    policy.methods = vec![
        MethodPolicy::AuthenticatorApp {
            issuer: Issuer::parse("Acme").ok(),
            email_fallback: EmailFallback::AllowedAsDefault,
        },
        MethodPolicy::Email { destination: DestinationSource::Directory },
        MethodPolicy::Sms { destination: DestinationSource::User },
    ];
    Portal {
        id: portal_id(),
        profile,
        policy,
        generation: 3,
        salt: PortalSalt::new([13; 16]),
        trust_not_before: None,
        share: None,
        log_days: LogDays::MOST,
        sending: Sending::default(),
        keys: vec![unlimited_key("0aB1cD", None), unlimited_key("2eF3gH", Some(NOW))],
        acted: acted(),
        unknown: UnknownMembers::default(),
    }
}

fn unlimited_key(id: &str, expires_at: Option<Timestamp>) -> PortalKey {
    let scopes = Scopes::unlimited();
    let terms = KeyTerms { scopes, sources: Sources::default(), description: None, expires_at };
    PortalKey {
        id: id.to_owned(),
        hash: KeyHash::new([12; 32]),
        created_at: NOW,
        terms,
        unknown: UnknownMembers::default(),
    }
}

/// The portal with two more keys: one with every limit, one with the scopes of most.
pub(crate) fn with_limited_keys() -> Portal {
    let range = |text| SourceRange::parse(text).unwrap();
    let terms = KeyTerms {
        scopes: Scopes::of(&[Scope::Reset, Scope::Erase, Scope::Oidc]).unwrap(),
        sources: Sources::of(vec![range("192.0.2.0/24"), range("2001:db8::7")]).unwrap(),
        description: KeyDescription::parse("Help desk").ok(),
        expires_at: None,
    };
    let mut portal = portal();
    for (id, terms) in [("4iJ5kL", terms), ("6mN7oP", KeyTerms::usual(NOW))] {
        let key = unlimited_key(id, None);
        portal.keys.push(PortalKey { terms, created_at: NOW.plus(60), ..key });
    }
    portal
}

pub(crate) fn settings() -> Settings {
    Settings {
        email_from: Some(email()),
        sms: Some(SmsProvider::Twilio {
            account: Some("AC0".to_owned()),
            client_id: "SK0".to_owned(),
            client_secret: sealed(14),
            auth_token: None,
            from: "MG0".to_owned(),
        }),
        countries: vec![Country::parse("NZ").unwrap()],
        caps: Caps {
            texts_per_prefix_per_day: 7,
            texts_per_portal_per_day: 70,
            emails_per_portal_per_day: 700,
        },
        passkey_domain: None,
        prices: None,
        restore_number: 0,
        acted: acted(),
        unknown: UnknownMembers::default(),
    }
}

pub(crate) fn admin() -> Admin {
    let awaiting = Awaiting {
        hash: SessionHash::new([15; 32]),
        sign_in: SignInKey::new([16; 21]),
        until: NOW.plus(60),
    };
    let session = |stage, before| AdminSession {
        hash: SessionHash::new([17; 32]),
        started_at: NOW,
        seen_at: NOW.plus(60),
        proved_at: NOW,
        stage,
        before,
        device: None,
        unknown: UnknownMembers::default(),
    };
    Admin {
        id: AdminId::parse("jo").unwrap(),
        role: Role::OrgAdmin {
            portal: portal_id(),
            organisation: OrganisationId::parse("north").unwrap(),
        },
        password: PasswordHash::new("$argon2id$v=19$".to_owned()),
        first_password: Some(FirstPassword::made_at(NOW)),
        created_at: NOW,
        removed_at: Some(NOW),
        sessions: vec![
            session(Stage::AwaitsMfa(awaiting.sign_in), None),
            session(Stage::Active, Some(awaiting)),
        ],
        acted: acted(),
        unlocked_at: vec![],
        counted_since: None,
        last_in_at: None,
    }
}

/// An admin with everything that the door knows of one.
pub(crate) fn admin_at_the_door() -> Admin {
    let mut admin = admin();
    for session in &mut admin.sessions {
        session.proved_at = NOW.plus(30);
    }
    Admin {
        first_password: Some(FirstPassword { until: NOW.plus(7), used: true }),
        unlocked_at: vec![NOW, NOW.plus(1)],
        counted_since: Some(NOW.plus(2)),
        ..admin
    }
}

pub(crate) fn admin_in_a_browser() -> Admin {
    let mut admin = admin();
    for session in &mut admin.sessions {
        session.device = Device::seen(Some("Windows NT 10.0 Firefox/143.0"), Some("203.0.113.77"));
    }
    admin
}

pub(crate) fn audit_entries() -> AuditEntries {
    let changes = change::of_settings(&Settings::default(), &settings());
    AuditEntries::of(&portal_id(), entry().changing(changes))
}
