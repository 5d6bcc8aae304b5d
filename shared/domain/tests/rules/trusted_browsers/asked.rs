//! Trust counts only where the proof that earned it would be asked for, and could be given.

use super::{code, is_in, open_in, remember, trusted, verify, would_let_in};
use crate::world::World;
use portcullis_domain::{
    BrowserToken,
    policy::{DestinationSource, EmailFallback, MethodPolicy, SwitchedBy, WhenOff},
    sign_in::Remember,
};
use portcullis_model::{Act, Answer, Contact, Method as Way};

/// A user whose browser is trusted by a code to the contact record's address.
fn trusted_by_record() -> (World, BrowserToken) {
    let mut world = World::new("always_on");
    world.portal.policy.switched_by = SwitchedBy::PortalAdmin;
    world.portal.policy.remember_browser = Some(remember(7));
    world.open(1);
    let sent = world.perform(&Act::Challenge(1, Way::Email)).messages.remove(0).secret;
    let view = verify(&mut world, 1, &sent, Remember::ThisBrowser).unwrap();
    (world, view.browser_token.unwrap())
}

fn record(world: &mut World, email: Option<&str>, phone: Option<&str>) {
    let contact = Contact {
        email: email.map(str::to_owned),
        verified: email.is_some(),
        phone: phone.map(str::to_owned),
    };
    assert_eq!(world.perform(&Act::SetContact(contact)).answer, Answer::Done);
}

#[test]
fn t4_another_address_in_the_record_ends_the_trust_that_codes_to_the_old_one_earned() {
    let (world, token) = trusted_by_record();
    let known = World::contact();
    let (email, phone) = (known.email.as_deref(), known.phone.as_deref());
    for (email, phone, is_trusted) in [
        (email, phone, true),
        (email, Some("+64211234599"), true),
        (Some("ANNA@example.com"), phone, true),
        (Some("anna.two@example.com"), phone, false),
        (None, phone, false),
    ] {
        let mut world = world.clone();
        record(&mut world, email, phone);
        assert_eq!(would_let_in(&world, token), is_trusted, "{email:?} {phone:?}");
        assert_eq!(world.user().unwrap().trusted_browsers.is_empty(), !is_trusted);
    }
}

#[test]
fn t3_trust_of_the_record_is_none_while_only_what_is_bound_is_asked_for() {
    let (mut world, _) = World::with_app("authenticator_app");
    let policy = &mut world.portal.policy;
    policy.methods.push(MethodPolicy::Email { destination: DestinationSource::Directory });
    policy.remember_browser = Some(remember(7));
    policy.when_off = WhenOff::ChallengeEnrolled;
    world.open(1);
    let sent = world.perform(&Act::Challenge(1, Way::Email)).messages.remove(0).secret;
    let view = verify(&mut world, 1, &sent, Remember::ThisBrowser).unwrap();
    let token = view.browser_token.unwrap();
    assert!(would_let_in(&world, token));
    world.portal.policy.enabled = false;
    assert!(!would_let_in(&world, token));
}

#[test]
fn t3_trust_by_a_number_is_none_while_no_code_can_go_there() {
    let mut world = World::new("sms_enrolment");
    world.portal.policy.remember_browser = Some(remember(7));
    world.open(0);
    let number = Some("+64211234501".to_owned());
    let sent = world.perform(&Act::Enrol(0, Way::Sms, number)).messages.remove(0).secret;
    world.perform(&Act::Confirm(0, sent));
    world.now = world.now.plus(60);
    let opened = world.perform(&Act::Open {
        sign_in: 1,
        ticket: None,
        contact: World::contact(),
        browser: None,
    });
    let sent = opened.messages[0].secret.clone();
    let view = verify(&mut world, 1, &sent, Remember::ThisBrowser).unwrap();
    let token = view.browser_token.unwrap();
    assert!(would_let_in(&world, token));
    let mut elsewhere = world.clone();
    elsewhere.settings.countries = vec![portcullis_domain::Country::parse("AU").unwrap()];
    assert!(!would_let_in(&elsewhere, token), "the country is not allowed");
    world.settings.sms = None;
    assert!(!would_let_in(&world, token), "nobody sends");
}

#[test]
fn t4_what_a_backup_brings_back_is_no_trust() {
    let (mut world, secret, token) = trusted("authenticator_app");
    assert!(would_let_in(&world, token));
    world.settings.restore_number += 1;
    assert!(!would_let_in(&world, token));
    open_in(&mut world, 2, token);
    let right = code(&world, &secret);
    let view = verify(&mut world, 2, &right, Remember::ThisBrowser).unwrap();
    assert!(would_let_in(&world, view.browser_token.unwrap()));
}

#[test]
fn t5_whoever_brings_an_old_copy_is_a_stranger() {
    let (mut world, _, first) = trusted("authenticator_app");
    let second = open_in(&mut world, 2, first).browser_token.unwrap();
    assert!(is_in(&open_in(&mut world, 3, second)));
    world.change(|user| user.sign_ins.clear());
    open_in(&mut world, 4, first);
    let sign_in = &world.user().unwrap().sign_ins[0];
    assert_eq!((sign_in.known_browser, sign_in.trusted_in), (None, None));
}

#[test]
fn t1_a_code_that_stands_in_for_the_app_is_no_proof_of_the_record() {
    let (mut world, _) = World::with_app("authenticator_app_with_email");
    let fallback = world.portal.policy.email_fallback();
    assert_eq!(fallback, EmailFallback::AllowedAsDefault);
    world.portal.policy.remember_browser = Some(remember(7));
    world.open(1);
    let sent = world.perform(&Act::Challenge(1, Way::Email)).messages.remove(0).secret;
    verify(&mut world, 1, &sent, Remember::ThisBrowser).unwrap();
    assert_eq!(world.user().unwrap().trusted_browsers, []);
}
