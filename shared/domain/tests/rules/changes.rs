//! Tests of the changes in an entry: each field that differs, with old and new value, within
//! bounds.

use portcullis_domain::{
    Acted, Caps, Country, Email, KeyDescription, KeyVersion, Locale, OrganisationId, Policy,
    Portal, PortalId, Scope, Scopes, Sealed, Settings, SmsProvider, SourceRange, Sources,
    Timestamp, UnknownMembers,
    admin::Role,
    change::{self, Change, Values},
    passkey::{Origin, RelyingParty, RpId},
    policy::{
        AfterReset, CodeLifetime, DestinationSource, EarnedBy, EmailFallback, Enforcement,
        EnrolmentProof, Issuer, MethodPolicy, Preset, RecoveryCodesPolicy, RememberBrowser,
        SelfService, SwitchedBy, TrustDays, WhenOff, WhenOnAgain,
    },
    portal::{
        Audience, Colour, KeyHash, KeyTerms, LogDays, LogoId, PortalKey, PortalSalt, Profile,
        Sending, Share,
    },
};

/// The whole `field: old -> new` of every change.
pub fn lines(changes: &[Change]) -> Vec<String> {
    let line = |Change { field, values }: &Change| match values {
        Some(Values { old, new }) => format!("{field}: {old} -> {new}"),
        None => format!("{field}: changed"),
    };
    changes.iter().map(line).collect()
}

pub fn portal() -> Portal {
    Portal {
        acted: Acted::default(),
        unknown: UnknownMembers::default(),
        id: PortalId::parse("acme").unwrap(),
        profile: Profile::plain("Acme"),
        policy: Preset::AuthenticatorApp.policy(),
        generation: 1,
        salt: PortalSalt::new([7; 16]),
        trust_not_before: None,
        share: None,
        log_days: LogDays::MOST,
        sending: Sending::default(),
        keys: vec![],
    }
}

const REMEMBER: RememberBrowser =
    RememberBrowser { days: TrustDays::MOST, earned_by: EarnedBy::Any };

/// Returns the changes of a portal after this was done to it.
fn of_portal(change: impl FnOnce(&mut Portal)) -> Vec<String> {
    let before = portal();
    let mut after = before.clone();
    change(&mut after);
    lines(&change::of_portal(Some(&before), &after))
}

pub fn app(issuer: Option<&str>, email_fallback: EmailFallback) -> MethodPolicy {
    let issuer = issuer.map(|text| Issuer::parse(text).unwrap());
    MethodPolicy::AuthenticatorApp { issuer, email_fallback }
}

pub fn country(code: &str) -> Country {
    Country::parse(code).unwrap()
}

#[test]
fn nothing_is_said_of_what_stays_as_it_was() {
    assert_eq!(of_portal(|_| ()), [""; 0]);
    assert_eq!(change::of_settings(&Settings::default(), &Settings::default()), []);
    assert_eq!(change::of_role(Some(&Role::Auditor), &Role::Auditor), []);
}

#[test]
fn each_setting_of_a_policy_is_told_with_its_old_and_its_new_value() {
    type Set = fn(&mut Policy);
    let cases: [(Set, &[&str]); 16] = [
        (|p| p.enabled = false, &["enabled: on -> off"]),
        (|p| p.enforcement = Enforcement::OptOut, &["enforcement: required -> opt_out"]),
        (|p| p.switched_by = SwitchedBy::Nobody, &["switched_by: portal_admin -> nobody"]),
        (
            |p| p.when_off = WhenOff::ChallengeEnrolled,
            &["when_off: challenge_nobody -> challenge_enrolled"],
        ),
        (
            |p| p.when_on_again = WhenOnAgain::EnrolAgain,
            &["when_on_again: keep_enrolments -> enrol_again"],
        ),
        (|p| p.after_reset = AfterReset::EmailedLink, &["after_reset: open -> emailed_link"]),
        (
            |p| p.allowed_countries = vec![country("NZ"), country("AU")],
            &["allowed_countries: all of the system's -> NZ, AU"],
        ),
        (
            |p| p.code_lifetime_seconds = CodeLifetime::parse(60).unwrap(),
            &["code_lifetime_seconds: 300 -> 60"],
        ),
        (|p| p.contact_hold = true, &["contact_hold: off -> on"]),
        (
            |p| p.enrolment_proof = EnrolmentProof::EmailedCode,
            &["enrolment_proof: none -> emailed_code"],
        ),
        (|p| p.self_service = SelfService::WithProof, &["self_service: off -> with_proof"]),
        (
            |p| p.recovery_codes = RecoveryCodesPolicy::Required,
            &["recovery_codes: off -> required"],
        ),
        (|p| p.remember_browser = Some(REMEMBER), &["remember_browser: none -> 90 days by any"]),
        (
            |p| p.methods = vec![app(Some("Acme"), EmailFallback::AllowedAsDefault)],
            &[
                "authenticator_app.issuer: none -> \"Acme\"",
                "authenticator_app.email_fallback: forbidden -> allowed_as_default",
            ],
        ),
        (
            |p| p.methods.push(MethodPolicy::Sms { destination: DestinationSource::User }),
            &[
                "methods: authenticator_app -> authenticator_app, sms",
                "sms.destination: none -> user",
            ],
        ),
        (
            |p| p.methods = vec![MethodPolicy::Email { destination: DestinationSource::Directory }],
            &[
                "methods: authenticator_app -> email",
                "authenticator_app.email_fallback: forbidden -> none",
                "email.destination: none -> directory",
            ],
        ),
    ];
    for (set, said) in cases {
        assert_eq!(of_portal(|portal| set(&mut portal.policy)), said);
    }
}

#[test]
fn each_part_of_a_profile_is_told_with_its_old_and_its_new_value() {
    type Set = fn(&mut Profile);
    let cases: [(Set, &str); 11] = [
        (|p| p.description = "Acme \"2\"".into(), "description: \"Acme\" -> \"Acme \"2\"\""),
        (|p| p.audience = Audience::Staff, "audience: clients -> staff"),
        (|p| p.default_country = Some(country("NZ")), "default_country: none -> NZ"),
        (|p| p.locale = Locale::parse("fr").ok(), "locale: none -> fr"),
        (|p| p.sender_name = Some("Acme Ltd".into()), "sender_name: none -> \"Acme Ltd\""),
        (|p| p.sms_name = Some("ACME".into()), "sms_name: none -> \"ACME\""),
        (|p| p.support = Some("Call us".into()), "support: none -> \"Call us\""),
        (
            |p| p.enrolment_url = Some("https://a.example/enrol".into()),
            "enrolment_url: none -> \"https://a.example/enrol\"",
        ),
        (
            |p| p.return_urls = vec!["https://a.example/1".into(), "https://a.example/2".into()],
            "return_urls: none -> https://a.example/1, https://a.example/2",
        ),
        (|p| p.color = Colour::parse("#0b5fff").ok(), "color: none -> #0b5fff"),
        (
            |p| p.logo = Some(LogoId::new([0; LogoId::LEN])),
            "logo: none -> AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        ),
    ];
    for (set, said) in cases {
        assert_eq!(of_portal(|portal| set(&mut portal.profile)), [said]);
    }
    let origins = ["https://a.example", "https://login.a.example"];
    let origins = origins.map(|text| Origin::parse(text).unwrap()).to_vec();
    let party = RelyingParty::new(RpId::parse("a.example").unwrap(), origins).ok();
    assert_eq!(
        of_portal(|portal| portal.profile.passkeys = party),
        [
            "passkeys.rp_id: none -> \"a.example\"",
            "passkeys.origins: none -> https://a.example, https://login.a.example",
        ]
    );
}

#[test]
fn a_new_generation_and_other_keys_are_told_without_salt_and_hash() {
    let ended = |at| move |portal: &mut Portal| portal.trust_not_before = at;
    assert_eq!(
        of_portal(ended(Some(Timestamp::from_unix(1_800_000_000)))),
        ["trust_not_before: none -> 1800000000"]
    );
    assert_eq!(of_portal(|portal| portal.share = Share::parse(600).ok()), ["share: none -> 600"]);
    let days = |portal: &mut Portal| portal.log_days = LogDays::USUAL;
    assert_eq!(of_portal(days), ["log_days: 400 -> 90"]);
    let sending = Sending::parse(Some("codes@a.example"), Some("ACME"), Some(7), None).unwrap();
    assert_eq!(
        of_portal(|portal| portal.sending = sending),
        [
            "sending.email_from: none -> \"codes@a.example\"",
            "sending.sms_from: none -> \"ACME\"",
            "sending.emails_per_day: none -> 7",
        ]
    );
    let key = |id: &str, terms| PortalKey {
        id: id.to_owned(),
        hash: KeyHash::new([9; 32]),
        created_at: Timestamp::from_unix(0),
        terms,
        unknown: UnknownMembers::default(),
    };
    let usual = || KeyTerms { expires_at: None, ..KeyTerms::usual(Timestamp::from_unix(0)) };
    let said = of_portal(|portal| {
        portal.generation = 2;
        portal.salt = PortalSalt::new([8; 16]);
        portal.keys = vec![key("ab12", usual())];
    });
    assert_eq!(
        said,
        [
            "generation: 1 -> 2",
            "keys: none -> ab12",
            "keys.scopes: none -> ab12 sign_in, ab12 contacts",
            "keys.expires_at: none -> ab12 never",
        ]
    );

    let (mut before, mut after) = (portal(), portal());
    let range = SourceRange::parse("192.0.2.0/24").unwrap();
    let limited = KeyTerms {
        scopes: Scopes::of(&[Scope::Reset]).unwrap(),
        sources: Sources::of(vec![range]).unwrap(),
        description: KeyDescription::parse("Help desk").ok(),
        expires_at: Some(Timestamp::from_unix(1_800_000_000)),
    };
    before.keys = vec![key("ab12", usual()), key("cd34", usual())];
    after.keys = vec![key("cd34", usual()), key("ef56", limited)];
    assert_eq!(
        lines(&change::of_portal(Some(&before), &after)),
        [
            "keys: ab12, cd34 -> cd34, ef56",
            "keys.description: none -> ef56 \"Help desk\"",
            "keys.scopes: ab12 sign_in, ab12 contacts -> ef56 reset",
            "keys.sources: none -> ef56 192.0.2.0/24",
            "keys.expires_at: ab12 never -> ef56 1800000000",
        ]
    );
}

#[test]
fn a_portal_that_is_made_is_told_with_everything_it_begins_with() {
    let said = lines(&change::of_portal(None, &portal()));
    assert_eq!(
        said,
        [
            "description: none -> \"Acme\"",
            "audience: none -> clients",
            "enabled: none -> on",
            "enforcement: none -> required",
            "switched_by: none -> portal_admin",
            "methods: none -> authenticator_app",
            "authenticator_app.email_fallback: none -> forbidden",
            "when_off: none -> challenge_nobody",
            "when_on_again: none -> keep_enrolments",
            "after_reset: none -> open",
            "allowed_countries: none -> all of the system's",
            "code_lifetime_seconds: none -> 300",
            "contact_hold: none -> off",
            "enrolment_proof: none -> none",
            "self_service: none -> off",
            "recovery_codes: none -> off",
            "text_needs: none -> any",
        ]
    );
}

fn twilio(secret: u8, from: &str) -> Option<SmsProvider> {
    Some(SmsProvider::Twilio {
        account: None,
        client_id: format!("AC{}", "0".repeat(32)),
        client_secret: Sealed { version: KeyVersion(1), bytes: vec![secret; 40] },
        auth_token: None,
        from: from.to_owned(),
    })
}

#[test]
fn settings_are_told_with_their_values_and_a_secret_only_as_changed() {
    let settings = |sms| Settings { sms, ..Settings::default() };
    let sns = || Some(SmsProvider::Sns { from: Some("ACME".to_owned()) });
    let account = "AC00000000000000000000000000000000";
    let added = format!("sms.client_id: none -> \"{account}\"");
    let gone = format!("sms.client_id: \"{account}\" -> none");
    let email_from = Email::parse("no-reply@a.example").ok();
    let caps = Caps { texts_per_portal_per_day: 5_000, ..Caps::default() };
    let countries = vec![country("NZ")];
    for (before, after, said) in [
        (
            Settings::default(),
            Settings { email_from, caps, countries, ..Settings::default() },
            vec![
                "email_from: none -> \"no-reply@a.example\"",
                "countries: none -> NZ",
                "caps.texts_per_portal_per_day: 2000 -> 5000",
            ],
        ),
        (
            Settings::default(),
            Settings {
                caps: Caps { texts_per_prefix_per_day: 1, ..Caps::default() },
                ..Settings::default()
            },
            vec!["caps.texts_per_prefix_per_day: 100 -> 1"],
        ),
        (
            Settings { passkey_domain: RpId::parse("a.example").ok(), ..Settings::default() },
            Settings { passkey_domain: RpId::parse("b.example").ok(), ..Settings::default() },
            vec!["passkey_domain: \"a.example\" -> \"b.example\""],
        ),
        (
            settings(sns()),
            settings(twilio(1, "+12025550100")),
            vec![
                "sms.provider: sns -> twilio",
                "sms.client_id",
                "sms.client_secret: changed",
                "sms.from: \"ACME\" -> \"+12025550100\"",
            ],
        ),
        (settings(twilio(1, "A")), settings(twilio(2, "A")), vec!["sms.client_secret: changed"]),
        (
            settings(twilio(1, "A")),
            settings(None),
            vec![
                "sms.provider: twilio -> none",
                "sms.client_id",
                "sms.client_secret: changed",
                "sms.from: \"A\" -> none",
            ],
        ),
    ] {
        let changes = lines(&change::of_settings(&before, &after));
        let id = if after.sms.is_some() { &added } else { &gone };
        let said: Vec<&str> =
            said.into_iter().map(|line| if line == "sms.client_id" { id } else { line }).collect();
        assert_eq!(changes, said);
    }
}

#[test]
fn a_role_is_told_with_where_it_holds() {
    let id = |text: &str| PortalId::parse(text).unwrap();
    let technician = Role::Technician { portals: vec![id("acme"), id("beta")] };
    let organisation = OrganisationId::parse("Widgets").unwrap();
    let org_admin = Role::OrgAdmin { portal: id("acme"), organisation };
    for (before, after, said) in [
        (
            Some(&technician),
            &org_admin,
            vec![
                "role: technician -> org_admin",
                "portals: acme, beta -> acme",
                "organization: none -> \"Widgets\"",
            ],
        ),
        (
            Some(&technician),
            &Role::Operator,
            vec!["role: technician -> operator", "portals: acme, beta -> all"],
        ),
        (
            Some(&technician),
            &Role::Technician { portals: vec![id("beta")] },
            vec!["portals: acme, beta -> beta"],
        ),
        (None, &Role::Auditor, vec!["role: none -> auditor", "portals: none -> all"]),
    ] {
        assert_eq!(lines(&change::of_role(before, after)), said);
    }
}
