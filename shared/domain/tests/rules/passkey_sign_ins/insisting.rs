//! A policy that insists: beside a passkey nothing weaker is offered, nor led to by anything else.

use super::{Authenticator, ORIGIN, answer, look, start, with_passkey, world};
use crate::{portal_keys::totp, world::World};
use portcullis_domain::{
    Email, Method, Refusal,
    passkey::ServiceAddress,
    policy::{DestinationSource, EmailFallback, MethodPolicy, WhenBound},
    sign_in::{
        Question, Remember, SignInView, Status, UnavailableReason, challenge,
        enrol::{self, Enrol},
        verify::{self, Guess, Typed},
    },
    user::EmailDefault,
};
use portcullis_model::{Act, Answer, Method as Way};

pub(super) fn insist(world: &mut World, when: WhenBound) {
    for method in &mut world.portal.policy.methods {
        match method {
            MethodPolicy::Passkey { when_bound, .. } => *when_bound = when,
            MethodPolicy::AuthenticatorApp { email_fallback, .. } => {
                *email_fallback = EmailFallback::AllowedAsDefault;
            }
            MethodPolicy::Email { .. } | MethodPolicy::Sms { .. } => {}
        }
    }
}

/// A user with an app and a passkey, who made email the default, of a portal that also sends codes
/// to the number of the contact record.
pub(super) fn with_everything(when: WhenBound) -> (World, Authenticator, String) {
    let (mut world, mut device) = with_passkey();
    world.open_settings(1, None).unwrap();
    answer(&mut world, 1, &mut device).unwrap();
    let secret = world.perform(&Act::Enrol(1, Way::App, None)).secret.unwrap();
    let code = totp(&secret, world.now.unix() / 30);
    world.perform(&Act::Confirm(1, code));
    world.now = world.now.plus(60);
    let sms = MethodPolicy::Sms { destination: DestinationSource::Directory };
    world.portal.policy.methods.push(sms);
    insist(&mut world, when);
    let address = Email::parse("anna@example.com").unwrap();
    let to = portcullis_domain::Destination::Email(address);
    let to = portcullis_domain::PortalKeys::destination_hash(&crate::portal_keys::Keys, &to);
    let at = world.now;
    world.change(|user| {
        user.email_default = Some(EmailDefault { generation: 1, at, to, replaced: false });
    });
    assert_eq!(world.user().unwrap().authenticators.len(), 2);
    (world, device, secret)
}

pub(super) fn methods(view: &SignInView) -> Vec<Method> {
    view.options.iter().map(|option| option.method).collect()
}

#[test]
fn p5_who_has_a_passkey_is_offered_nothing_weaker_but_a_recovery_code() {
    let (mut world, mut device, secret) = with_everything(WhenBound::Insist);
    world.open(2);
    assert!(world.messages.is_empty(), "the default sends nothing");
    let view = look(&mut world, 2);
    assert_eq!(methods(&view), [Method::Passkey]);
    assert!(!view.email_default && view.app_instead.is_none() && view.sent_code.is_none());
    assert!(matches!(view.question(), Question::Passkey(_)));
    let reason = UnavailableReason::PasskeyOnly;
    assert!(view.unavailable.iter().all(|unavailable| unavailable.reason == reason));
    assert_eq!(view.unavailable.len(), 3, "app, email and text message: {:?}", view.unavailable);
    // Asked for all the same, nothing is sent, judged or enrolled.
    let (before, id) = (world.user(), world.id(2));
    for method in [Method::AuthenticatorApp, Method::Email, Method::Sms] {
        let asked = world.run(|context, user| challenge::request_code(context, user, &id, method));
        assert_eq!(asked.err(), Some(Refusal::NotOffered(method)));
        let guess = Guess {
            typed: Typed::parse(&totp(&secret, world.now.unix() / 30)).unwrap(),
            method: Some(method),
            make_email_default: false,
            remember: Remember::Nothing,
        };
        let judged = world.run(|context, user| verify::verify_code(context, user, &id, &guess));
        assert_eq!(judged.err(), Some(Refusal::NotOffered(method)));
    }
    for enrol in [Enrol::App, Enrol::Passkey] {
        let started = |world: &mut World| {
            world.run(|context, user| enrol::start_enrolment(context, user, &id, &enrol))
        };
        assert_eq!(started(&mut world).err(), Some(Refusal::AnotherStep));
    }
    assert_eq!(world.user(), before, "nothing was written");
    assert!(answer(&mut world, 2, &mut device).is_ok());
}

#[test]
fn p5_a_recovery_code_and_a_bypass_code_stand_in_for_the_passkey() {
    let (mut world, mut device) = with_passkey();
    insist(&mut world, WhenBound::Insist);
    world.perform(&Act::IssueBypass);
    world.open_settings(1, None).unwrap();
    answer(&mut world, 1, &mut device).unwrap();
    let codes = world.perform(&Act::RenewCodes(1)).recovery_codes;
    world.open(2);
    assert_eq!(look(&mut world, 2).recovery, portcullis_domain::sign_in::RecoveryOffer::Offered);
    let judged = world.verify(2, &codes[0], None);
    assert_eq!(judged, Answer::Verified("allowed"));
    let secret = world.perform(&Act::IssueBypass).secret.unwrap();
    world.open(3);
    assert_eq!(world.verify(3, &secret, None), Answer::Verified("allowed"));
}

#[test]
fn p5_a_policy_that_prefers_asks_for_the_passkey_first_and_keeps_the_other_ways() {
    let (mut world, mut device, secret) = with_everything(WhenBound::Prefer);
    world.change(|user| user.email_default = None);
    world.open(2);
    let view = look(&mut world, 2);
    let offered = [Method::Passkey, Method::AuthenticatorApp, Method::Sms, Method::Email];
    assert_eq!(methods(&view), offered);
    assert!(matches!(view.question(), Question::Passkey(_)));
    assert_eq!(view.app_instead, Some(true));
    let id = world.id(2);
    let ask = |world: &mut World, method| {
        world.run(|context, user| challenge::request_code(context, user, &id, method)).unwrap();
        look(world, 2)
    };
    let view = ask(&mut world, Method::AuthenticatorApp);
    assert!(matches!(view.question(), Question::AppCode));
    let view = ask(&mut world, Method::Passkey);
    assert!(matches!(view.question(), Question::Passkey(_)));
    let view = ask(&mut world, Method::Email);
    assert!(matches!(view.question(), Question::SentCode(_)));
    let view = ask(&mut world, Method::Passkey);
    assert!(
        matches!(view.question(), Question::Passkey(_)),
        "a sent code does not stand before it"
    );
    let code = totp(&secret, world.now.unix() / 30);
    let judged = world.verify(2, &code, Some(Way::App));
    assert_eq!(judged, Answer::Verified("allowed"));
    world.open(3);
    assert!(answer(&mut world, 3, &mut device).is_ok());
}

#[test]
fn p5_while_no_passkey_can_be_used_nothing_weaker_takes_its_place() {
    let moved = ServiceAddress::of("https://other.example.org");
    for (service, reason) in [
        (moved, UnavailableReason::OtherPasskeyDomain),
        (ServiceAddress::default(), UnavailableReason::NoPasskeyDomain),
    ] {
        let (mut world, _, secret) = with_everything(WhenBound::Insist);
        world.service = service;
        world.change(|user| user.recovery_codes = None);
        world.open(2);
        let view = look(&mut world, 2);
        assert_eq!((methods(&view), view.unusable_passkey), (vec![], Some(reason)));
        let of_passkey = view.unavailable.iter().find(|of| of.method == Method::Passkey);
        assert_eq!(of_passkey.map(|of| of.reason), Some(reason));
        let only = UnavailableReason::PasskeyOnly;
        let weaker = view.unavailable.iter().filter(|of| of.reason == only);
        assert_eq!(weaker.count(), 3, "app, email and text message: {:?}", view.unavailable);
        assert!(matches!(view.question(), Question::BypassCode), "{:?}", view.question());
        let (before, id) = (world.user(), world.id(2));
        let code = totp(&secret, world.now.unix() / 30);
        let judged = world.verify(2, &code, Some(Way::App));
        assert_eq!(judged, Answer::Refused("method_not_offered", None));
        for method in [Method::AuthenticatorApp, Method::Email, Method::Sms] {
            let ask =
                world.run(|context, user| challenge::request_code(context, user, &id, method));
            assert_eq!(ask.err(), Some(Refusal::NotOffered(method)));
        }
        assert_eq!(start(&mut world, 2).err(), Some(Refusal::AnotherStep));
        assert!(world.user() == before && world.messages.is_empty(), "nothing written or sent");
        // Where the policy only prefers passkeys, the other ways are there.
        insist(&mut world, WhenBound::Prefer);
        let view = look(&mut world, 2);
        assert!(methods(&view).contains(&Method::AuthenticatorApp));
        assert_eq!(view.unusable_passkey, None);
    }
}

#[test]
fn p5_a_recovery_code_a_bypass_code_and_a_reset_lead_past_a_passkey_that_cannot_be_used() {
    let (mut world, mut device, _) = with_everything(WhenBound::Insist);
    world.open_settings(2, None).unwrap();
    answer(&mut world, 2, &mut device).unwrap();
    let codes = world.perform(&Act::RenewCodes(2)).recovery_codes;
    world.service = ServiceAddress::default();
    world.open(3);
    let view = look(&mut world, 3);
    assert!(matches!(view.question(), Question::RecoveryCode), "{:?}", view.question());
    assert_eq!(world.verify(3, &codes[0], None), Answer::Verified("allowed"));
    let bypass = world.perform(&Act::IssueBypass).secret.unwrap();
    world.open(4);
    assert_eq!(world.verify(4, &bypass, None), Answer::Verified("allowed"));
    world.perform(&Act::Reset);
    world.open(5);
    let offered = methods(&look(&mut world, 5));
    assert!(offered.contains(&Method::Sms), "nothing is bound any more: {offered:?}");
}

#[test]
fn p5_the_settings_ask_for_as_much_as_a_passkey_that_cannot_be_used() {
    let (mut world, _, _) = with_everything(WhenBound::Prefer);
    world.service = ServiceAddress::of("https://other.example.org");
    world.change(|user| user.email_default = None);
    world.open_settings(3, None).unwrap();
    assert!(methods(&look(&mut world, 3)).is_empty());
    let id = world.id(3);
    let started =
        world.run(|context, user| enrol::start_enrolment(context, user, &id, &Enrol::Passkey));
    assert!(started.is_err());
}

#[test]
fn p5_s8_with_the_password_alone_or_a_weaker_proof_nothing_is_added_beside_a_passkey() {
    let (mut world, mut device, secret) = with_everything(WhenBound::Prefer);
    // An app's code lets in, and opens nothing.
    world.open(2);
    let code = totp(&secret, world.now.unix() / 30);
    world.verify(2, &code, Some(Way::App));
    assert_eq!(start(&mut world, 2).err(), Some(Refusal::SignInDone));
    world.open_settings(3, None).unwrap();
    let offered = methods(&look(&mut world, 3));
    assert_eq!(offered, [Method::Passkey], "the settings want a proof as strong");
    assert_eq!(start(&mut world, 3).err(), Some(Refusal::AnotherStep));
    let view = answer(&mut world, 3, &mut device).unwrap();
    assert!(view.settings.is_some() && matches!(view.status, Status::Allowed(_)));
    assert!(start(&mut world, 3).is_ok());
}

#[test]
fn p5_insisting_begins_with_the_first_passkey() {
    let mut world = world();
    insist(&mut world, WhenBound::Insist);
    world.open(0);
    let mut offered = methods(&look(&mut world, 0));
    offered.sort_by_key(|method| method.as_str());
    assert!(offered.contains(&Method::AuthenticatorApp) && offered.contains(&Method::Passkey));
    let mut device = Authenticator::new(3);
    assert_eq!(device.origin, ORIGIN);
    super::enrol(&mut world, 0, &mut device);
    world.open(1);
    assert_eq!(methods(&look(&mut world, 1)), [Method::Passkey]);
}
