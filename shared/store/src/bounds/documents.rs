//! A portal and the settings filled to every bound, with the entry of the fullest change: every
//! sign-in reads both.

use portcullis_domain::{
    Acted, CallingCode, Caps, Country, KeyDescription, KeyVersion, Locale, Named, Policy, Portal,
    PortalId, Scope, Scopes, Sealed, Settings, SmsProvider, SourceRange, Sources, UnknownMembers,
    WriteId,
    admin::AdminId,
    change::{self, Change},
    limits,
    passkey::{Origin, RelyingParty, RpId},
    policy::{
        DestinationSource, EarnedBy, EmailFallback, Issuer, MethodPolicy, Preset, RememberBrowser,
        SwitchedBy, TextNeeds, TrustDays,
    },
    portal::{
        Audience, Colour, KeyHash, KeyTerms, LogDays, LogoId, PortalKey, PortalSalt, Profile,
        Sending, Share,
    },
    settings::{Currency, Price, Prices},
    user::{By, EntryKind},
};

use crate::{
    AuditEntries,
    conditional_put::CopiedItem,
    item::{Item, READ_UNIT, size},
    key::Copied,
    portals, stream_entries,
    system::settings_item,
};

use super::{NOW, acted, email};

/// A domain of 253 characters, the most that there can be.
fn long_domain(letter: &str) -> String {
    let label = |bytes: usize| letter.repeat(bytes);
    let domain = format!("{0}.{0}.{0}.{1}.example", label(63), label(53));
    assert!(domain.len() == 253 && RpId::parse(&domain).is_ok());
    domain
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
        passkeys: None,
    };
    let destination = DestinationSource::Directory;
    let policy = Policy {
        switched_by: SwitchedBy::PortalAdmin,
        methods: vec![app, MethodPolicy::Email { destination }, MethodPolicy::Sms { destination }],
        allowed_countries: countries('A'..='Z'),
        remember_browser: Some(RememberBrowser {
            days: TrustDays::MOST,
            earned_by: EarnedBy::PhishingResistant,
        }),
        text_needs: TextNeeds::Bound,
        ..Preset::AppModern.policy()
    };
    policy.check(&profile).unwrap();
    Portal {
        acted: acted(),
        id: PortalId::parse(&"p".repeat(32)).unwrap(),
        profile,
        policy,
        generation: 9_999_999,
        salt: PortalSalt::new([0xff; 16]),
        trust_not_before: Some(NOW),
        share: Share::parse(limits::SHARE_MOST_PER_MINUTE).ok(),
        log_days: LogDays::USUAL,
        sending: Sending::default(),
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

/// A relying party as long as the room is that it shares with the other texts.
#[test]
fn p4_the_fullest_domain_of_passkeys_fits_in_four_kilobytes() {
    let mut full = portal("o", 3);
    let domain = long_domain("o");
    let party = |count: usize| {
        let origins = vec![Origin::parse(&format!("https://{domain}")).unwrap(); count];
        RelyingParty::new(RpId::parse(&domain).unwrap(), origins).ok()
    };
    full.profile.return_urls.clear();
    full.profile.passkeys = party(RelyingParty::ORIGINS);
    assert!(full.check_room().is_ok(), "five of the longest origins");
    while full.check_room().is_ok() {
        full.profile.return_urls.push(format!("https://{domain}/"));
    }
    full.profile.return_urls.pop();
    let before =
        Portal { profile: Profile { passkeys: None, ..full.profile.clone() }, ..full.clone() };
    let entry = changed(EntryKind::PortalChanged, change::of_portal(Some(&before), &full));
    let item = portals::item(&full, WriteId::new([0xff; 12]), Some(&entry)).unwrap();
    let [first, _] = first_two(Copied::Portal(&full.id), item);
    println!("a portal with a full domain of passkeys has {} bytes", size(&first));
    assert!(size(&first) <= READ_UNIT, "{} bytes", size(&first));
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

/// Senders as long as they may be, and the entry of their change, beside texts of a third.
#[test]
fn e8_the_fullest_senders_fit_with_their_entry_in_four_kilobytes() {
    let sending = |letter: &str| {
        let (local, label) = (letter.repeat(64), letter.repeat(59));
        let address = format!("{local}@{label}.{label}.{label}.example");
        let service = format!("MG{}", "0".repeat(32));
        Sending::parse(Some(&address), Some(&service), Some(u32::MAX), Some(u32::MAX)).unwrap()
    };
    let mut full = Portal { sending: sending("o"), ..portal("o", 3) };
    while full.check_room().is_ok() {
        full.profile.description.push('o');
    }
    full.profile.description.pop();
    assert!(full.profile.description.len() > 100, "there is room for short texts");
    let before = Portal { sending: sending("u"), ..full.clone() };
    let entry = changed(EntryKind::PortalChanged, change::of_portal(Some(&before), &full));
    let item = portals::item(&full, WriteId::new([0xff; 12]), Some(&entry)).unwrap();
    let [first, _] = first_two(Copied::Portal(&full.id), item);
    println!("a portal with full senders has {} bytes", size(&first));
    assert!(size(&first) <= READ_UNIT, "{} bytes", size(&first));
    assert!(size(&first) > READ_UNIT / 2, "{} bytes: is it still filled?", size(&first));
}

/// As many prices as there can be, the longest.
fn prices(less: u32) -> Prices {
    let price = Price::from_millionths(1_000_000_000 - less % 2).unwrap();
    let code = |n: usize| CallingCode::parse(&format!("+{}", 900 + n)).unwrap();
    let texts_to = (0..Prices::CODES).map(|n| (code(n), price)).collect();
    let currency = Currency::parse(if less.is_multiple_of(2) { "EUR" } else { "NZD" }).unwrap();
    Prices::new(currency, Some(price), Some(price), texts_to).unwrap()
}

#[test]
fn the_fullest_settings_fit_with_the_entry_of_the_fullest_change_in_four_kilobytes() {
    let account = |digit: &str| Some(format!("AC{}", digit.repeat(32)));
    let settings = |digit: &str, cap: u32, countries| Settings {
        acted: acted(),
        restore_number: u32::MAX,
        unknown: UnknownMembers::default(),
        email_from: Some(email()),
        sms: Some(SmsProvider::Twilio {
            account: account(digit),
            client_id: format!("SK{}", digit.repeat(32)),
            client_secret: Sealed { version: KeyVersion(9_999), bytes: vec![0xff; 12 + 128 + 16] },
            auth_token: Some(Sealed {
                version: KeyVersion(9_999),
                bytes: vec![0xff; 12 + 32 + 16],
            }),
            from: format!("MG{}", digit.repeat(32)),
        }),
        countries,
        passkey_domain: RpId::parse(&long_domain(digit)).ok(),
        prices: Some(prices(cap)),
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
