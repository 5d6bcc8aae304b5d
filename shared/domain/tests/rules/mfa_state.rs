//! From what is stored of a user to the facts that decide, and to the word in a list: one line per
//! way to stand.

use crate::world::World;
use portcullis_domain::{
    Country, Email, ListedState, Method, MfaState, Named, Portal, Settings, Timestamp,
    decision::{Bound, EmailDefaultState},
    dry_run::{Configuration, Consequence, consequences},
    passkey::ServiceAddress,
    policy::Preset,
    user::GraceState,
};
use serde_json::Value;

fn stored(json: &str) -> MfaState {
    let json: Value = serde_json::from_str(json).unwrap();
    let number = |name: &str| json[name].as_u64().map(|number| u32::try_from(number).unwrap());
    let bound = json["b"].as_array().into_iter().flatten().map(|bound| {
        let generation = u32::try_from(bound[1].as_u64().unwrap()).unwrap();
        (Method::from_name(bound[0].as_str().unwrap()).unwrap(), generation)
    });
    MfaState {
        bound: bound.collect(),
        unknown_bound: vec![],
        passkeys: vec![],
        skipped: number("s"),
        email_default: number("e"),
        replaced: json["x"] == true,
        verified_email: json["v"] == true,
        phone: json["p"].as_str().map(|code| Country::parse(code).unwrap()),
        reset: json["r"] == true,
        disabled: json["d"] == true,
        frozen: json["F"] == true,
        link_forced: json["L"] == true,
        recovery: None,
        grace: GraceState::NotBegun,
        last_in: None,
        reminded: None,
    }
}

fn second(preset: &str) -> (Portal, Settings) {
    let world = World::new(preset);
    (Portal { generation: 2, ..world.portal }, world.settings)
}

#[test]
fn every_state_of_a_list_is_told_from_what_is_stored() {
    use ListedState::{
        Disabled, Enrolled, Frozen, NoWayIn, NotEnrolled, Ready, ResetPending, Skipped, Stale,
    };
    for (preset, json, state) in [
        ("authenticator_app", r#"{}"#, NotEnrolled),
        ("authenticator_app", r#"{"b":[["authenticator_app",2]]}"#, Enrolled),
        ("authenticator_app", r#"{"b":[["email",2]]}"#, Enrolled),
        ("authenticator_app", r#"{"b":[["authenticator_app",1]]}"#, Stale),
        ("authenticator_app", r#"{"b":[["authenticator_app",2]],"d":true}"#, Disabled),
        ("authenticator_app", r#"{"b":[["authenticator_app",2]],"F":true,"d":true}"#, Frozen),
        ("authenticator_app", r#"{"r":true}"#, ResetPending),
        ("authenticator_app", r#"{"r":true,"L":true}"#, ResetPending),
        ("authenticator_app", r#"{"e":2,"v":true}"#, ListedState::EmailDefault),
        ("authenticator_app_with_email", r#"{"e":2,"v":true}"#, ListedState::EmailDefault),
        ("authenticator_app_with_email", r#"{"e":1,"v":true}"#, NotEnrolled),
        ("authenticator_app_with_email", r#"{"e":2}"#, NoWayIn),
        ("authenticator_app_with_email", r#"{"e":2,"v":true,"x":true}"#, NoWayIn),
        ("email_enrolment_opt_out", r#"{"s":2}"#, Skipped),
        ("email_enrolment_opt_out", r#"{"s":1}"#, NotEnrolled),
        ("always_on", r#"{"v":true}"#, Ready),
        ("always_on", r#"{"p":"NZ"}"#, Ready),
        ("always_on", r#"{"p":"DE"}"#, NoWayIn),
        ("always_on", r#"{}"#, NoWayIn),
    ] {
        let (portal, settings) = second(preset);
        assert_eq!(stored(json).state(&portal, &settings), state, "{preset} {json}");
    }
}

#[test]
fn a_link_is_needed_after_a_reset_or_a_new_generation_where_the_policy_mails_one() {
    let (managed, settings) = second("managed");
    let (open, _) = second("authenticator_app");
    for (json, needed) in [
        (r#"{}"#, false),
        (r#"{"r":true}"#, true),
        (r#"{"b":[["authenticator_app",1]]}"#, true),
        (r#"{"b":[["authenticator_app",2]]}"#, false),
        (r#"{"e":1,"v":true}"#, true),
        (r#"{"e":2,"v":true}"#, false),
        (r#"{"e":2}"#, true),
    ] {
        assert_eq!(stored(json).facts(&managed, &settings).link_needed, needed, "{json}");
        assert!(!stored(json).facts(&open, &settings).link_needed, "{json}");
    }
}

#[test]
fn s35_a_saved_default_counts_in_its_generation_and_guards_whatever_becomes_of_its_address() {
    let (with_email, settings) = second("authenticator_app_with_email");
    let (without, _) = second("authenticator_app");
    let off = |portal: &Portal| {
        let mut off = portal.clone();
        off.policy.enabled = false;
        off
    };
    let no_sender = Settings { email_from: None, ..settings.clone() };
    use EmailDefaultState::*;
    let made = r#"{"e":2,"v":true}"#;
    for (json, portal, settings, is) in [
        (r#"{"v":true}"#, &with_email, &settings, No),
        (r#"{"e":1,"v":true}"#, &with_email, &settings, No),
        (made, &with_email, &settings, Usable),
        (made, &without, &settings, OutsidePolicy),
        // It was made while it was allowed.
        (made, &off(&with_email), &settings, Usable),
        (made, &off(&without), &settings, Usable),
        (made, &with_email, &no_sender, Doubtful),
        (r#"{"e":2}"#, &with_email, &settings, Doubtful),
        (r#"{"e":2,"v":true,"x":true}"#, &with_email, &settings, Doubtful),
        (r#"{"e":2}"#, &without, &settings, Doubtful),
    ] {
        assert_eq!(stored(json).facts(portal, settings).email_default, is, "{json}");
    }
}

#[test]
fn what_is_bound_counts_in_its_generation_and_for_the_policys_methods() {
    let (portal, settings) = second("authenticator_app");
    for (json, bound, methods) in [
        (r#"{}"#, Bound::Nothing, vec![]),
        (r#"{"b":[["authenticator_app",1]]}"#, Bound::Nothing, vec![]),
        (r#"{"b":[["sms",2]]}"#, Bound::OutsidePolicy, vec![Method::Sms]),
        (
            r#"{"b":[["sms",2],["authenticator_app",2]]}"#,
            Bound::InPolicy,
            vec![Method::Sms, Method::AuthenticatorApp],
        ),
    ] {
        let mfa_state = stored(json);
        assert_eq!(mfa_state.facts(&portal, &settings).bound, bound, "{json}");
        assert_eq!(mfa_state.methods(&portal).collect::<Vec<_>>(), methods, "{json}");
    }
}

#[test]
fn texts_go_where_both_lists_of_countries_have_the_number() {
    let (mut portal, mut settings) = second("always_on");
    let ready = |portal: &Portal, settings: &Settings| {
        stored(r#"{"p":"NZ"}"#).facts(portal, settings).directory
    };
    assert!(ready(&portal, &settings));
    portal.policy.allowed_countries = vec![Country::parse("DE").unwrap()];
    assert!(!ready(&portal, &settings));
    portal.policy.allowed_countries.push(Country::parse("NZ").unwrap());
    assert!(ready(&portal, &settings));
    settings.countries = vec![];
    assert!(!ready(&portal, &settings));
    settings = second("always_on").1;
    settings.sms = None;
    assert!(!ready(&portal, &settings));
    assert!(!stored(r#"{"p":"NZ"}"#).facts(&portal, &Settings::default()).directory);
    let by_email = Settings { email_from: Email::parse("a@example.com").ok(), ..settings };
    assert!(stored(r#"{"v":true}"#).facts(&portal, &by_email).directory);
}

#[test]
fn whoever_is_asked_no_more_is_counted_once_and_nobody_who_was_not_asked_before() {
    let (before, settings) = second("authenticator_app");
    let mut after = before.clone();
    after.policy.enabled = false;
    let of = |before: &Portal, after: &Portal, json| {
        let service = ServiceAddress::default();
        let under = |portal| Configuration { portal, settings: &settings, service: &service };
        consequences(under(before), under(after), &stored(json), Timestamp::from_unix(0))
    };
    let bound = r#"{"b":[["authenticator_app",2]]}"#;
    assert_eq!(of(&before, &after, bound), [Consequence::AskedNoMore]);
    assert_eq!(of(&after, &after, bound), []);
    assert_eq!(of(&after, &before, bound), []);
    assert_eq!(of(&after, &before, "{}"), [Consequence::MustEnrol]);
    let mut email = before.clone();
    email.policy = Preset::EmailEnrolment.policy();
    assert_eq!(of(&before, &email, bound), [Consequence::MustEnrol], "after the old method");
}

#[test]
fn each_method_has_its_own_source_of_destinations_and_the_user_a_language() {
    use portcullis_domain::{
        Locale,
        policy::{DestinationSource as From, MethodPolicy},
        sign_in::open,
    };
    let mut world = World::new("always_on");
    world.portal.policy.methods = vec![
        MethodPolicy::Email { destination: From::Directory },
        MethodPolicy::Sms { destination: From::User },
    ];
    let of = Method::ALL.map(|method| world.portal.policy.source(method));
    assert_eq!(of, [None, Some(From::Directory), Some(From::User), None, None]);

    world.open(0);
    let id = world.id(0);
    let mut spoken = || {
        let seen = world.run(|context, user| open::look(context, user, &id)).unwrap().locale;
        world.change(|user| user.contact.locale = Locale::parse("mi").ok());
        seen.map(|locale| locale.as_str().to_owned())
    };
    assert_eq!((spoken(), spoken().as_deref()), (None, Some("mi")));
}
