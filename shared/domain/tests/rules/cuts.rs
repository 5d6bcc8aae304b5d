//! Long values in an entry of a change: cut to what differs, so that the whole stays small.

use crate::changes::{app, country, lines, portal};
use portcullis_domain::{
    Acted, Country, KeyDescription, Locale, Policy, Portal, PortalId, Settings, SourceRange,
    Sources, Timestamp, UnknownMembers,
    admin::Role,
    change::{self, Change},
    passkey::{Origin, RelyingParty, RpId},
    policy::{
        AfterReset, CodeLifetime, DestinationSource, EarnedBy, EmailFallback, Enforcement,
        EnrolmentProof, Grace, GraceDays, MethodPolicy, RecoveryCodesPolicy, RememberBrowser,
        SelfService, SwitchedBy, TextNeeds, TrustDays, WhenOff, WhenOnAgain,
    },
    portal::{
        Audience, Colour, KeyHash, KeyTerms, LogDays, LogoId, PortalKey, PortalSalt, Profile,
        Sending,
    },
};

#[test]
fn a_long_text_is_cut_to_where_it_differs() {
    let url = |end: &str| Some(format!("https://a.example/{}/{end}", "x".repeat(200)));
    let mut before = portal();
    before.profile.enrolment_url = url("one");
    let mut after = before.clone();
    after.profile.enrolment_url = url("two");
    let x = "x".repeat(24);
    let said = lines(&change::of_portal(Some(&before), &after));
    assert_eq!(said, [format!("enrolment_url: \"…{x}/one\" -> \"…{x}/two\"")]);
    // From a text that is short to one that is long.
    after.profile.enrolment_url = None;
    after.profile.support = Some("é".repeat(100));
    let said = lines(&change::of_portal(Some(&before), &after));
    assert_eq!(said[0], format!("support: none -> \"{}\"", "é".repeat(100)));
    let start = format!("https://a.example/{}", "x".repeat(82));
    assert_eq!(said[1], format!("enrolment_url: \"{start}…\" -> none"));
}

#[test]
fn of_long_lists_only_what_differs_is_told() {
    const EUROPE: &str = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO \
                          SE SI SK";
    let countries = |codes: &str| codes.split_whitespace().map(country).collect::<Vec<Country>>();
    let said = |after: Vec<Country>| {
        let before = Settings { countries: countries(EUROPE), ..Settings::default() };
        lines(&change::of_settings(&before, &Settings { countries: after, ..Settings::default() }))
    };
    let with = countries(&EUROPE.replace("FR", "NZ AU"));
    assert_eq!(said(with), ["countries: FR and 26 that stay -> NZ, AU and 26 that stay"]);
    let more = countries(&format!("{EUROPE} NZ"));
    assert_eq!(said(more), ["countries: 27 that stay -> NZ and 27 that stay"]);
    let mut turned = countries(EUROPE);
    turned.reverse();
    assert_eq!(said(turned), ["countries: 27 in one order -> the same in another"]);
    let all = EUROPE.split_whitespace().collect::<Vec<_>>().join(", ");
    let cut: String = all.chars().take(100).collect();
    assert_eq!(said(vec![]), [format!("countries: {cut}… -> none")]);
}

/// Five long origins on a long domain.
fn relying_party(letter: &str) -> RelyingParty {
    let domain = format!("{}.{}.example", letter.repeat(60), letter.repeat(60));
    let origins = (1..=5).map(|n| Origin::parse(&format!("https://{n}.{domain}")).unwrap());
    RelyingParty::new(RpId::parse(&domain).unwrap(), origins.collect()).unwrap()
}

/// Everything is different, and everything is as long as it can be.
pub fn fullest(letter: &str) -> Portal {
    let url = |n: usize| format!("https://{}.example/{n}/{}", letter.repeat(9), letter.repeat(220));
    let odd = letter == "ü";
    let source = |odd| if odd { DestinationSource::User } else { DestinationSource::Directory };
    let plain = if odd { "u" } else { "o" };
    let fallback = if odd { EmailFallback::AllowedAsDefault } else { EmailFallback::Forbidden };
    let issuer = letter.repeat(50);
    let mut methods = vec![
        app(Some(&issuer), fallback),
        MethodPolicy::Email { destination: source(odd) },
        MethodPolicy::Sms { destination: source(!odd) },
    ];
    if odd {
        methods.reverse();
    }
    let code = |second: char, first: char| Country::parse(&format!("{first}{second}"));
    let starts = if odd { 'A'..='M' } else { 'N'..='Z' };
    let countries = starts.flat_map(|first| ('A'..='Z').filter_map(move |s| code(s, first).ok()));
    let range = |n| SourceRange::parse(&format!("2001:db8:1:2:3:4:5:{n}")).unwrap();
    let limits = KeyTerms {
        sources: Sources::of((0..8).map(range).collect()).unwrap(),
        description: KeyDescription::parse(&letter.repeat(32)).ok(),
        ..KeyTerms::usual(Timestamp::from_unix(1_999_999_999))
    };
    let key = |n: u8| PortalKey {
        id: format!("{plain}key{n}"),
        hash: KeyHash::new([n; 32]),
        created_at: Timestamp::from_unix(1_999_999_999),
        terms: limits.clone(),
        unknown: UnknownMembers::default(),
    };
    Portal {
        acted: Acted::default(),
        unknown: UnknownMembers::default(),
        id: PortalId::parse(&"p".repeat(32)).unwrap(),
        profile: Profile {
            description: letter.repeat(64),
            audience: if odd { Audience::Clients } else { Audience::Staff },
            default_country: Some(country(if odd { "NZ" } else { "AU" })),
            locale: Locale::parse(&plain.repeat(16)).ok(),
            sender_name: Some(letter.repeat(32)),
            sms_name: Some(plain.repeat(20)),
            support: Some(letter.repeat(100)),
            enrolment_url: Some(url(0)),
            return_urls: (1..=5).map(url).collect(),
            color: Colour::parse(if odd { "#000000" } else { "#0b5fff" }).ok(),
            logo: Some(LogoId::new([if odd { 1 } else { 2 }; LogoId::LEN])),
            passkeys: Some(relying_party(plain)),
        },
        policy: Policy {
            enabled: odd,
            enforcement: if odd {
                Enforcement::OptOut
            } else {
                Enforcement::Required { grace: Some(Grace::Days(GraceDays::parse(90).unwrap())) }
            },
            switched_by: if odd { SwitchedBy::PortalAdmin } else { SwitchedBy::Provider },
            methods,
            when_off: if odd { WhenOff::ChallengeNobody } else { WhenOff::ChallengeEnrolled },
            when_on_again: if odd { WhenOnAgain::EnrolAgain } else { WhenOnAgain::KeepEnrolments },
            after_reset: if odd { AfterReset::Open } else { AfterReset::EmailedLink },
            allowed_countries: countries.collect(),
            code_lifetime_seconds: CodeLifetime::parse(if odd { 599 } else { 600 }).unwrap(),
            contact_hold: odd,
            enrolment_proof: if odd { EnrolmentProof::None } else { EnrolmentProof::EmailedCode },
            self_service: if odd { SelfService::Off } else { SelfService::WithProof },
            recovery_codes: if odd {
                RecoveryCodesPolicy::Offered
            } else {
                RecoveryCodesPolicy::Required
            },
            remember_browser: Some(RememberBrowser {
                days: TrustDays::parse(if odd { 89 } else { 90 }).unwrap(),
                earned_by: EarnedBy::PhishingResistant,
            }),
            text_needs: if odd { TextNeeds::Any } else { TextNeeds::Bound },
        },
        generation: if odd { 9_999_998 } else { 9_999_999 },
        salt: PortalSalt::new([7; 16]),
        trust_not_before: None,
        share: None,
        log_days: LogDays::MOST,
        sending: Sending::default(),
        keys: vec![key(1), key(2)],
    }
}

#[test]
fn the_fullest_change_names_every_field_and_is_small() {
    let fields = |changes: &[Change]| changes.iter().map(|c| c.field.clone()).collect::<Vec<_>>();
    let (before, after) = (fullest("ø"), fullest("ü"));
    // In quotation marks, with the commas and brackets of a list.
    let size = |changes: &[Change]| {
        let values = |change: &Change| {
            change
                .values
                .as_ref()
                .map_or(0, |values| format!("{:?},{:?},[]", values.old, values.new).len())
        };
        changes.iter().map(|change| change.field.len() + 3 + values(change)).sum::<usize>() + 1
    };
    let whole = change::of_portal(Some(&before), &after);
    assert_eq!(whole.len(), 39, "{:?}", fields(&whole));
    assert!(whole.iter().all(|change| change.values.is_some()), "{:?}", lines(&whole));
    assert!(size(&whole) <= 2_048, "{} bytes", size(&whole));
    // The two calls of the API that change a portal change one half each.
    let profile = Portal { profile: after.profile.clone(), ..before.clone() };
    let policy = Portal { policy: after.policy.clone(), ..before.clone() };
    for (half, count) in [(profile, 13), (policy, 20)] {
        let changes = change::of_portal(Some(&before), &half);
        assert_eq!(changes.len(), count, "{:?}", fields(&changes));
        assert!(size(&changes) <= 1_280, "{} bytes", size(&changes));
    }
    let made = change::of_portal(None, &after);
    assert!(made.len() == 37 && size(&made) <= 1_536, "{} bytes", size(&made));

    let portals = |word: &str| Role::Technician {
        portals: (10..60)
            .map(|n| PortalId::parse(&format!("{word}{n}{}", "x".repeat(27))).unwrap())
            .collect(),
    };
    let moved = change::of_role(Some(&portals("one")), &portals("two"));
    assert!(moved.len() == 1 && size(&moved) <= 512, "{} bytes", size(&moved));
}
