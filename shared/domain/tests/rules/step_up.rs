//! Step-up: a fresh proof of at least the strength that the portal asks for, whatever the policy
//! asks at a sign-in.

use crate::{portal_keys::totp, world::World};
use portcullis_domain::{
    Method, Named, Refusal,
    policy::{DestinationSource, MethodPolicy, SelfService, WhenOff},
    sign_in::{
        Acr, Event, Question, SignInView, UnavailableReason, challenge,
        enrol::{self, Enrol},
        open,
    },
};
use portcullis_model::{Act, Answer, Contact, Method as Way};

const URL: &str = "https://portal.example/back";

fn opened(world: &mut World, n: usize, acr: Acr) -> (&'static str, &'static str) {
    let Answer::View(view) = world.open_step_up(n, acr, None).unwrap() else { panic!() };
    (view.status, view.reason)
}

fn look(world: &mut World, n: usize) -> SignInView {
    let id = world.id(n);
    world.run(|context, user| open::look(context, user, &id)).unwrap()
}

fn methods(view: &SignInView) -> Vec<Method> {
    view.options.iter().map(|option| option.method).collect()
}

fn request(world: &mut World, n: usize, method: Method) -> Option<Refusal> {
    let id = world.id(n);
    world.run(|context, user| challenge::request_code(context, user, &id, method)).err()
}

/// A user with an app, of a portal that also sends codes to the number of the contact record.
fn with_app_and_number() -> (World, String) {
    let (mut world, secret) = World::with_app("authenticator_app_with_email");
    let sms = MethodPolicy::Sms { destination: DestinationSource::Directory };
    world.portal.policy.methods.push(sms);
    world.now = world.now.plus(60);
    (world, secret)
}

#[test]
fn u1_a_step_up_is_proven_by_what_is_strong_enough_and_by_nothing_weaker() {
    for (acr, offered) in [
        (Acr::Delivered, vec![Method::AuthenticatorApp, Method::Sms]),
        (Acr::App, vec![Method::AuthenticatorApp]),
    ] {
        let (mut world, secret) = with_app_and_number();
        assert_eq!(opened(&mut world, 1, acr), ("challenge", "usable"));
        let view = look(&mut world, 1);
        assert_eq!(methods(&view), offered, "the code by email stands in for the app");
        assert_eq!((view.event, view.acr), (Event::StepUp, acr));
        let before = world.user();
        for method in [Method::Email, Method::Sms] {
            if !offered.contains(&method) {
                assert_eq!(request(&mut world, 1, method), Some(Refusal::NotOffered(method)));
            }
        }
        assert_eq!(world.user(), before, "nothing was written or sent");
        let code = totp(&secret, world.now.unix() / 30);
        assert_eq!(world.verify(1, &code, None), Answer::Verified("allowed"));
        let acceptance = *look(&mut world, 1).status.acceptance().unwrap();
        assert_eq!(acceptance.method, Some(Method::AuthenticatorApp));
    }
}

#[test]
fn u1_a_step_up_is_asked_where_a_sign_in_is_not() {
    let (mut world, secret) = with_app_and_number();
    world.portal.policy.enabled = false;
    for (n, when_off) in [(1, WhenOff::ChallengeNobody), (2, WhenOff::ChallengeEnrolled)] {
        world.portal.policy.when_off = when_off;
        assert_eq!(opened(&mut world, n, Acr::App), ("challenge", "usable"));
        let code = totp(&secret, world.now.unix() / 30);
        assert_eq!(world.verify(n, &code, None), Answer::Verified("allowed"));
        world.now = world.now.plus(60);
    }
    let mut skipper = World::new("sms_enrolment_opt_out");
    skipper.open(0);
    skipper.perform(&Act::Skip(0));
    assert_eq!(skipper.open(1).status, "allowed");
    assert_eq!(opened(&mut skipper, 2, Acr::Delivered), ("denied", "cannot_step_up"));
}

#[test]
fn u1_who_has_nothing_strong_enough_is_told_and_enrols_nothing() {
    let (mut world, secret) = with_app_and_number();
    let passkeys = portcullis_domain::policy::Preset::PasskeyFirst.policy().methods.remove(0);
    world.portal.policy.methods.push(passkeys);
    assert_eq!(opened(&mut world, 1, Acr::Passkey), ("denied", "cannot_step_up"));
    let view = look(&mut world, 1);
    let named: Vec<_> = view.unavailable.iter().map(|u| (u.method, u.reason)).collect();
    assert_eq!(named, [(Method::Passkey, UnavailableReason::NotEnrolled)]);
    assert!(view.options.is_empty() && matches!(view.question(), Question::Nothing));
    let (before, id) = (world.user(), world.id(1));
    for step in [Enrol::App, Enrol::Passkey] {
        let started = world.run(|context, user| enrol::start_enrolment(context, user, &id, &step));
        assert!(started.is_err(), "{step:?}");
    }
    let code = totp(&secret, world.now.unix() / 30);
    assert_eq!(world.verify(1, &code, None), Answer::Refused("no_usable_method", None));
    assert_eq!(world.user(), before, "the code was not judged");

    let mut newcomer = World::new("authenticator_app");
    for (n, acr) in Acr::ALL.iter().enumerate() {
        assert_eq!(opened(&mut newcomer, n, *acr), ("denied", "cannot_step_up"));
    }
    assert_eq!(newcomer.activity(), ["denied"]);
}

#[test]
fn u1_what_left_the_policy_does_not_count() {
    let (mut world, _) = with_app_and_number();
    let app = |method: &MethodPolicy| method.method() == Method::AuthenticatorApp;
    world.portal.policy.methods.retain(|method| !app(method));
    assert_eq!(opened(&mut world, 1, Acr::App), ("denied", "cannot_step_up"));
    assert_eq!(opened(&mut world, 2, Acr::Delivered), ("challenge", "usable"));
    assert_eq!(methods(&look(&mut world, 2)), [Method::Sms]);
}

#[test]
fn r5_u1_neither_a_recovery_code_nor_a_bypass_code_steps_up() {
    let mut world = World::new("app_modern").with_self_service();
    world.portal.policy.enrolment_proof = portcullis_domain::policy::EnrolmentProof::None;
    world.open(0);
    let secret = world.perform(&Act::Enrol(0, Way::App, None)).secret.unwrap();
    let code = totp(&secret, world.now.unix() / 30);
    let codes = world.perform(&Act::Confirm(0, code)).recovery_codes;
    let bypass = world.perform(&Act::IssueBypass).secret.unwrap();
    world.now = world.now.plus(60);
    assert_eq!(opened(&mut world, 1, Acr::Delivered), ("challenge", "usable"));
    let (view, before) = (look(&mut world, 1), world.user());
    assert_eq!(view.recovery, portcullis_domain::sign_in::RecoveryOffer::None);
    assert!(!view.takes_bypass_code());
    let recovered = world.verify(1, &codes[0], None);
    assert_eq!(recovered, Answer::Refused("method_not_offered", None));
    assert_eq!(world.verify(1, &bypass, None), Answer::Refused("another_step", None));
    assert_eq!(world.user(), before, "both are good as before");
    world.open(2);
    assert_eq!(world.verify(2, &bypass, None), Answer::Verified("allowed"));
}

#[test]
fn u1_a_user_who_is_kept_out_steps_up_by_nothing() {
    let (mut world, _) = with_app_and_number();
    let at = world.now;
    world.change(|user| user.disabled_at = Some(at));
    assert_eq!(opened(&mut world, 1, Acr::App), ("denied", "authenticator_disabled"));
    world.change(|user| user.frozen_at = Some(at));
    assert_eq!(opened(&mut world, 2, Acr::App), ("denied", "frozen"));
}

#[test]
fn u1_wrong_codes_count_as_in_a_sign_in() {
    let (mut world, _) = with_app_and_number();
    opened(&mut world, 1, Acr::App);
    let wrong: Vec<_> = (0..5).map(|_| world.verify(1, "000000", None)).collect();
    assert!(wrong.iter().all(|answer| matches!(answer, Answer::Wrong(..))), "{wrong:?}");
    assert!(world.user().unwrap().failures.lock(None, world.now).is_some());
    assert_eq!(world.verify(1, "000000", None), Answer::Refused("sign_in_dead", None));
}

#[test]
fn u1_a_step_up_opens_no_settings_and_offers_nothing_to_add() {
    let (mut world, secret) = with_app_and_number();
    world.portal.policy.self_service = SelfService::WithProof;
    for url in [None, Some(URL)] {
        world.portal.profile.return_urls = vec![URL.to_owned()];
        let n = usize::from(url.is_some()) + 1;
        world.open_step_up(n, Acr::App, url).unwrap();
        let code = totp(&secret, world.now.unix() / 30);
        assert_eq!(world.verify(n, &code, None), Answer::Verified("allowed"));
        let view = look(&mut world, n);
        assert!(view.settings.is_none() && view.second_way.is_empty() && !view.passkey_offered);
        let id = world.id(n);
        let added =
            world.run(|context, user| enrol::start_enrolment(context, user, &id, &Enrol::App));
        assert_eq!(added.err(), Some(Refusal::SignInDone));
        world.now = world.now.plus(60);
    }
}

#[test]
fn s34_u1_a_new_address_that_the_policy_holds_steps_nobody_up() {
    let (mut world, _) = with_app_and_number();
    let email = MethodPolicy::Email { destination: DestinationSource::Directory };
    world.portal.policy.methods = vec![email];
    assert_eq!(opened(&mut world, 1, Acr::Delivered), ("challenge", "usable"), "it is known");
    world.portal.policy.contact_hold = true;
    world.now = world.now.plus(600);
    let contact = world.contact_of_user();
    let moved = Contact { email: Some("other@example.com".to_owned()), ..contact };
    world.perform(&Act::SetContact(moved));
    assert_eq!(opened(&mut world, 2, Acr::Delivered), ("denied", "cannot_step_up"));
    let view = look(&mut world, 2);
    let named: Vec<_> = view.unavailable.iter().map(|u| (u.method, u.reason)).collect();
    assert_eq!(named, [(Method::Email, UnavailableReason::NewAddress)]);
    let before = world.user();
    assert!(request(&mut world, 2, Method::Email).is_some());
    assert_eq!(world.user(), before, "nothing is sent");
    // Beside the app it is not offered, either.
    let app = portcullis_domain::policy::Preset::AuthenticatorApp.policy().methods.remove(0);
    world.portal.policy.methods.push(app);
    assert_eq!(opened(&mut world, 3, Acr::Delivered), ("challenge", "usable"));
    assert_eq!(methods(&look(&mut world, 3)), [Method::AuthenticatorApp]);
    assert_eq!(request(&mut world, 3, Method::Email), Some(Refusal::NotOffered(Method::Email)));
}

#[test]
fn u1_a_nonce_stays_with_its_event_and_its_strength() {
    let (mut world, secret) = with_app_and_number();
    assert_eq!(opened(&mut world, 1, Acr::App), ("challenge", "usable"));
    let code = totp(&secret, world.now.unix() / 30);
    assert_eq!(world.verify(1, &code, None), Answer::Verified("allowed"));
    let before = world.user();
    assert!(world.open_step_up(1, Acr::App, None).is_ok(), "the same again is the same");
    for refused in [
        world.open_step_up(1, Acr::Passkey, None),
        world.open_step_up(1, Acr::Delivered, None),
        world.open_settings(1, None),
    ] {
        let Err(Refusal::Malformed(malformed)) = refused else { panic!("{refused:?}") };
        assert_eq!(malformed.what, "nonce");
    }
    assert_eq!(world.user(), before);
}

#[test]
fn u1_what_is_removed_while_a_step_up_waits_ends_it() {
    let (mut world, secret) = with_app_and_number();
    assert_eq!(opened(&mut world, 1, Acr::App), ("challenge", "usable"));
    world.perform(&Act::Reset);
    let code = totp(&secret, world.now.unix() / 30);
    assert!(!matches!(world.verify(1, &code, None), Answer::Verified(_)));
}
