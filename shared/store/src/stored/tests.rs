//! Filled items of every kind, as files: every later release reads what is stored now. A released
//! file is never changed; another form has another version.

use aws_sdk_dynamodb::types::AttributeValue;
use portcullis_domain::{
    Acted, AuthenticatorId, Caps, Contact, Country, Destination, DestinationHash, DisplayName,
    Email, FormId, KeyVersion, KnownEmail, Locale, Locator, Method, Nonce, OrganisationId, Phone,
    Portal, PortalId, Purpose, Sealed, SecretMac, Settings, SignIn, SignInKey, SmsProvider,
    Timestamp, User, UserId, UserState, WriteId,
    admin::{
        Admin, AdminId, AdminSession, Awaiting, PasswordHash, Role, Roster, SessionHash, Stage,
    },
    change,
    policy::{DestinationSource, EmailFallback, Issuer, MethodPolicy, Preset},
    portal::ReturnTo,
    portal::{Audience, Colour, KeyHash, PortalKey, PortalSalt, Profile},
    sign_in::{self, Acceptance, Challenge, Event, Fetched, Mfa, Pending, Progress},
    user::{
        Authenticator, Binding, By, Bypass, EmailDefault, Entry, EntryKind, Mark, Notices,
        Recipient, Ticket, Tombstone, Unsent,
    },
};
use serde_json::{Value, json};

use crate::{
    AuditEntries, Listed, ListedPortal, LogLine, NoticesChange, NoticesKey, StoreError,
    StreamEntries, UserKey,
    item::{Item, Writes, formatted, json, parse, string, user_item, user_state},
    key,
    notices::notices_item,
    portals, stream_entries,
    system::{document_item, read},
};

const NOW: Timestamp = Timestamp::from_unix(1_800_000_000);
const WRITE: WriteId = WriteId::new([7; 12]);

/// An item as a file has it: texts that are JSON themselves are written out.
fn shown(item: &Item) -> Value {
    let value = |value: &AttributeValue| match value {
        AttributeValue::S(text) if text.starts_with(['{', '[']) => {
            serde_json::from_str(text).unwrap()
        }
        AttributeValue::S(text) => json!(text),
        AttributeValue::N(number) => json!(number.parse::<i64>().unwrap()),
        AttributeValue::L(list) => list.iter().map(|text| text.as_s().unwrap().as_str()).collect(),
        other => panic!("{other:?}"),
    };
    item.iter().map(|(name, content)| (name.clone(), value(content))).collect()
}

/// The item that a file shows.
fn item_of(shown: &Value) -> Item {
    let value = |value: &Value| match value {
        Value::String(text) => AttributeValue::S(text.clone()),
        Value::Number(number) => AttributeValue::N(number.to_string()),
        Value::Array(list) if list.iter().all(Value::is_string) && !list.is_empty() => {
            let texts = list.iter().map(|text| text.as_str().unwrap().to_owned());
            AttributeValue::L(texts.map(AttributeValue::S).collect())
        }
        other => AttributeValue::S(other.to_string()),
    };
    let all = shown.as_object().unwrap().iter();
    all.map(|(name, content)| (name.clone(), value(content))).collect()
}

/// Compares an item with its file, and returns the item that the file shows.
fn golden(kind: &str, item: &Item) -> Item {
    let path = format!("{}/tests/golden/{kind}.json", env!("CARGO_MANIFEST_DIR"));
    let made = serde_json::to_string_pretty(&shown(item)).unwrap();
    let file: Value = std::fs::read_to_string(&path)
        .ok()
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_else(|| panic!("{path} should be:\n{made}"));
    assert_eq!(shown(item), file, "{path}");
    item_of(&file)
}

fn portal_id() -> PortalId {
    PortalId::parse("acme").unwrap()
}

fn email() -> Email {
    Email::parse("anna.smith@example.com").unwrap()
}

fn phone() -> Phone {
    Phone::parse("+64211234589", None).unwrap()
}

fn sealed(byte: u8) -> Sealed {
    Sealed { version: KeyVersion(2), bytes: vec![byte; 48] }
}

fn acted() -> Acted {
    Acted::from_kept(vec![(FormId::new([1; 12]), NOW), (FormId::new([2; 12]), NOW.plus(5))])
}

fn entry() -> Entry {
    EntryKind::Reset
        .at(NOW)
        .by_method(Method::Sms)
        .to(Some(Destination::Sms(phone()).masked()))
        .within(SignInKey::new([3; 21]))
        .done_by(By::Admin(AdminId::parse("jo").unwrap()))
        .because("asked on the phone")
}

fn sign_ins() -> Vec<SignIn> {
    let plain = SignIn {
        key: SignInKey::new([1; 21]),
        nonce: Nonce::parse("0123456789abcdef").unwrap(),
        event: Event::Login,
        expires_at: NOW,
        progress: Progress::Open,
        return_to: None,
        browser: None,
        fetched: None,
        chose_app: false,
        wrong: 0,
        sends: 0,
        last_send: None,
        issued: 0,
        challenges: vec![],
        pending: None,
    };
    let challenge = |purpose| Challenge {
        n: 4,
        version: KeyVersion(2),
        method: Method::Email,
        purpose,
        destination: DestinationHash::new([4; 16]),
        expires_at: NOW,
    };
    let id = AuthenticatorId::new([5; 8]);
    let full = SignIn {
        event: Event::Invitation,
        return_to: Some(ReturnTo(1)),
        browser: Some(KeyVersion(2)),
        chose_app: true,
        wrong: 1,
        sends: 2,
        last_send: Some(NOW),
        issued: 4,
        challenges: vec![challenge(Purpose::SignIn), challenge(Purpose::Enrolment)],
        pending: Some(Pending::App { id, secret: sealed(6) }),
        ..plain.clone()
    };
    let to = |to| Some(Pending::Destination { id, to });
    let done = Acceptance {
        at: NOW,
        mfa: Mfa::Done,
        method: Some(Method::AuthenticatorApp),
        role: Some(sign_in::Role::Bound),
        generation: 3,
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

fn user() -> User {
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
        binding,
    };
    user.authenticators = vec![
        bound(Binding::App { secret: sealed(9), last_step: 60_000_000 }),
        bound(Binding::Email(email())),
        bound(Binding::Sms(phone())),
    ];
    user.opt_out = Some(Mark { generation: 3, at: NOW });
    let to = DestinationHash::new([4; 16]);
    user.email_default = Some(EmailDefault { generation: 3, at: NOW, to, replaced: true });
    (user.reset_at, user.disabled_at) = (Some(NOW), Some(NOW));
    user.sign_ins = sign_ins();
    user.failures.unlock(NOW.plus(-90_000)).unwrap();
    for seconds in [-9_000, -60, 0] {
        user.failures.count(NOW.plus(seconds));
    }
    user.opened.add(NOW);
    user.sent.add(NOW);
    let (version, mac, expires_at) = (KeyVersion(2), SecretMac::new([10; 16]), NOW);
    user.ticket = Some(Ticket { version, mac, expires_at });
    user.bypass = Some(Bypass { version, mac, expires_at, wrong: 1 });
    user.acted = acted();
    user.remember(&[EntryKind::Denied.at(NOW), entry()]);
    user
}

fn user_key() -> UserKey {
    UserKey { portal: portal_id(), locator: Locator::new([11; 16]) }
}

fn portal() -> Portal {
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
        logo_url: Some(url("logo.png")),
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
    let key = |id: &str, expires_at| PortalKey {
        id: id.to_owned(),
        hash: KeyHash::new([12; 32]),
        created_at: NOW,
        expires_at,
    };
    Portal {
        id: portal_id(),
        profile,
        policy,
        generation: 3,
        salt: PortalSalt::new([13; 16]),
        keys: vec![key("0aB1cD", None), key("2eF3gH", Some(NOW))],
        acted: acted(),
    }
}

fn settings() -> Settings {
    Settings {
        email_from: Some(email()),
        sms: Some(SmsProvider::Twilio {
            account: Some("AC0".to_owned()),
            client_id: "SK0".to_owned(),
            client_secret: sealed(14),
            from: "MG0".to_owned(),
        }),
        countries: vec![Country::parse("NZ").unwrap()],
        caps: Caps { texts_per_prefix_per_day: 7, texts_per_portal_per_day: 70 },
        acted: acted(),
    }
}

fn admin() -> Admin {
    let awaiting = Awaiting {
        hash: SessionHash::new([15; 32]),
        sign_in: SignInKey::new([16; 21]),
        until: NOW.plus(60),
    };
    let session = |stage, before| AdminSession {
        hash: SessionHash::new([17; 32]),
        started_at: NOW,
        seen_at: NOW.plus(60),
        stage,
        before,
    };
    Admin {
        id: AdminId::parse("jo").unwrap(),
        role: Role::OrgAdmin {
            portal: portal_id(),
            organisation: OrganisationId::parse("north").unwrap(),
        },
        password: PasswordHash::new("$argon2id$v=19$".to_owned()),
        must_change_password: true,
        created_at: NOW,
        removed_at: Some(NOW),
        sessions: vec![
            session(Stage::AwaitsMfa(awaiting.sign_in), None),
            session(Stage::Active, Some(awaiting)),
        ],
        acted: acted(),
    }
}

fn audit_entries() -> AuditEntries {
    let changes = change::of_settings(&Settings::default(), &settings());
    AuditEntries::of(&portal_id(), entry().changing(changes))
}

#[test]
fn a_user_lies_in_the_table_as_in_the_file() {
    let state = UserState::Known(Box::new(user()));
    let before = Writes::default();
    let item = user_item(&user_key(), &state, &[entry()], &before, WRITE, "reset").unwrap();
    let item = golden("user", &item);
    let Some(UserState::Known(read)) = user_state(Some(&item)).unwrap() else { panic!() };
    assert_eq!(*read, user());
    let listed: Listed = parse("user", &item, "listed").unwrap();
    assert_eq!((&listed.id, listed.mfa_state), (&read.id, portcullis_domain::MfaState::of(&read)));
    assert!(Writes::of(&item).contains(WRITE));
    let caused = StreamEntries {
        portal: portal_id(),
        locator: Some(user_key().locator),
        write: WRITE,
        entries: vec![entry()],
    };
    assert_eq!(stream_entries(&item).unwrap(), Some(caused));
}

#[test]
fn an_erased_user_lies_in_the_table_as_in_the_file() {
    let tombstone = Tombstone::of(user(), NOW);
    let state = UserState::Erased(tombstone.clone());
    let item = user_item(&user_key(), &state, &[], &Writes::default(), WRITE, "erased").unwrap();
    let item = golden("tombstone", &item);
    let Some(UserState::Erased(read)) = user_state(Some(&item)).unwrap() else { panic!() };
    assert_eq!(read, tombstone);
}

#[test]
fn a_portal_lies_in_the_table_as_in_the_file() {
    let item = golden("portal", &portals::item(&portal(), WRITE, Some(&audit_entries())).unwrap());
    assert_eq!(read::<Portal>("portal", &item).unwrap().value, portal());
    let listed: ListedPortal = parse("portal", &item, "listed").unwrap();
    assert_eq!(listed, ListedPortal::of(&portal()));
    assert_eq!(stream_entries(&item).unwrap().unwrap().entries, audit_entries().entries);
}

#[test]
fn the_settings_lie_in_the_table_as_in_the_file() {
    let key = key::alone(key::SETTINGS);
    let item = document_item("settings", key, &settings(), WRITE, Some(&audit_entries())).unwrap();
    let item = golden("settings", &item);
    assert_eq!(read::<Settings>("settings", &item).unwrap().value, settings());
    let sns = Settings { sms: Some(SmsProvider::Sns { from: None }), ..settings() };
    let item = document_item("settings", key::alone(key::SETTINGS), &sns, WRITE, None).unwrap();
    assert_eq!(read::<Settings>("settings", &item).unwrap().value, sns);
}

#[test]
fn admins_and_their_roster_lie_in_the_table_as_in_the_files() {
    let key = || key::admin(user_key().locator);
    let item = document_item("admin", key(), &admin(), WRITE, None).unwrap();
    let item = golden("admin", &item);
    assert_eq!(read::<Admin>("admin", &item).unwrap().value, admin());
    for role in [
        Role::Operator,
        Role::Technician { portals: vec![portal_id()] },
        Role::PortalAdmin { portal: portal_id() },
        Role::Auditor,
    ] {
        let other = Admin { role, removed_at: None, sessions: vec![], ..admin() };
        let item = document_item("admin", key(), &other, WRITE, None).unwrap();
        assert_eq!(read::<Admin>("admin", &item).unwrap().value, other);
    }
    let roster = Roster { operators: vec![user_key().locator], used: Some(KeyHash::new([18; 32])) };
    let item = document_item("roster", key::alone(key::ROSTER), &roster, WRITE, None).unwrap();
    let item = golden("roster", &item);
    assert_eq!(read::<Roster>("roster", &item).unwrap().value, roster);
}

#[test]
fn notices_lie_in_the_table_as_in_the_file_and_in_the_index_while_one_is_unsent() {
    let key = NoticesKey { user_key: user_key(), to: DestinationHash::new([19; 16]) };
    let unsent = |kind, claim| Unsent {
        kind,
        count: 2,
        newest: NOW,
        since: NOW.plus(-60),
        due: NOW.plus(300),
        claim,
    };
    let notices = Notices {
        recipient: Some(Recipient { sealed: sealed(20), locale: Locale::parse("nl").ok() }),
        at_once: vec![(EntryKind::Reset, NOW.plus(-60))],
        unsent: vec![unsent(EntryKind::Reset, None), unsent(EntryKind::Locked, Some(WRITE))],
        taken: vec!["BwcHBwcHBwcHBwcH.0".to_owned()],
    };
    let item_of = |notices: &Notices| {
        let change = NoticesChange { notices: notices.clone(), until: NOW };
        notices_item(&key, &change, WRITE).unwrap()
    };
    let item = golden("notices", &item_of(&notices));
    assert_eq!(read::<Notices>("notices", &item).unwrap().value, notices);
    assert_eq!(string(&item, "locator").unwrap(), "001800000300", "due in five minutes");
    let sent = Notices { recipient: None, unsent: vec![], ..notices };
    let item = item_of(&sent);
    assert!(!item.contains_key("users_of") && !item.contains_key("locator"), "{item:?}");
    assert_eq!(read::<Notices>("notices", &item).unwrap().value, sent);
}

#[test]
fn a_line_of_the_log_lies_in_the_table_as_in_the_file() {
    let line = LogLine::of(WRITE, Some(user_key().locator), vec![entry()]).next().unwrap();
    let mut item = formatted(key::pair("LOG#acme#20833", "001800000000#x.0"));
    item.insert("line".to_owned(), json("log line", &line).unwrap());
    assert_eq!(parse::<LogLine>("log line", &golden("line", &item), "line").unwrap(), line);
}

#[test]
fn what_is_nothing_special_takes_no_room() {
    let user = User::new(portal_id(), UserId::parse("u-1842").unwrap());
    let stored = json("user", &user).unwrap();
    assert_eq!(stored.as_s().unwrap(), r#"{"portal":"acme","id":"u-1842"}"#);
}

#[test]
fn an_item_of_another_format_or_of_none_is_refused_and_never_absent() {
    let state = UserState::Known(Box::new(user()));
    let of_user = user_item(&user_key(), &state, &[], &Writes::default(), WRITE, "reset").unwrap();
    let of_settings =
        document_item("settings", key::alone(key::SETTINGS), &settings(), WRITE, None).unwrap();
    for format in [None, Some(AttributeValue::N("2".to_owned())), Some(AttributeValue::Bool(true))]
    {
        let altered = |item: &Item| {
            let mut item = item.clone();
            item.remove("format");
            item.extend(format.clone().map(|format| ("format".to_owned(), format)));
            item
        };
        let refused = user_state(Some(&altered(&of_user)));
        assert!(matches!(refused, Err(StoreError::Undecodable { .. })), "{format:?}");
        let refused = read::<Settings>("settings", &altered(&of_settings));
        assert!(matches!(refused, Err(StoreError::Undecodable { .. })), "{format:?}");
    }
}

#[test]
fn what_the_rules_would_not_make_is_refused() {
    let state = UserState::Known(Box::new(user()));
    let item = user_item(&user_key(), &state, &[], &Writes::default(), WRITE, "reset").unwrap();
    let state = string(&item, "state").unwrap();
    for (good, bad) in [
        ("\"acme\"", "\"ac me\""),
        ("anna.smith@example.com", "anna smith"),
        ("+64211234589", "64211234589"),
        ("\"calling_code\":64", "\"calling_code\":49"),
        ("\"may_enrol\"", "\"may_do_it\""),
        ("\"authenticator_app\"", "\"crystal_ball\""),
        ("\"denied\"", "\"applauded\""),
        ("*****", "*"),
        ("\"c\":\"", "\"c\":\"=="),
    ] {
        assert!(state.contains(good), "{good}");
        let mut item = item.clone();
        item.insert("state".to_owned(), AttributeValue::S(state.replace(good, bad)));
        assert!(user_state(Some(&item)).is_err(), "{bad}");
    }
}
