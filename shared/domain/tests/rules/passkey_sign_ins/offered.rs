//! The offer of a passkey after a sign-in by something weaker.

use super::{Authenticator, confirm, look, start};
use crate::{portal_keys::totp, world::World};
use portcullis_domain::{
    Refusal, User,
    passkey::ServiceAddress,
    policy::{DestinationSource, EnrolmentProof, MethodPolicy, Promotion, SelfService},
    sign_in::{Question, SignInView, passkey::offer},
    user::LinkOnly,
};
use portcullis_model::{Act, Answer, Method as Way};

/// A user with an app, in a step that no code was accepted in.
fn with_app() -> (World, String) {
    let mut world = World::new("passkey_first");
    world.portal.policy.enrolment_proof = EnrolmentProof::None;
    world.open(0);
    let secret = world.perform(&Act::Enrol(0, Way::App, None)).secret.unwrap();
    let code = totp(&secret, world.now.unix() / 30);
    assert_eq!(world.perform(&Act::Confirm(0, code)).answer, Answer::Verified("allowed"));
    (world, secret)
}

fn by_app(world: &mut World, n: usize, secret: &str) -> SignInView {
    world.now = world.now.plus(60);
    world.open(n);
    let code = totp(secret, world.now.unix() / 30);
    assert_eq!(world.verify(n, &code, None), Answer::Verified("allowed"));
    look(world, n)
}

#[test]
fn p6_after_a_right_code_a_passkey_is_offered_and_can_be_added_at_once() {
    let (mut world, secret) = with_app();
    let view = by_app(&mut world, 1, &secret);
    assert!(view.passkey_offered && view.second_way.is_empty(), "one offer at a time");
    let id = world.id(1);
    let view = world.run(|context, user| offer::accept(context, user, &id)).unwrap();
    assert!(view.settings.is_some() && !view.passkey_offered);
    let view = start(&mut world, 1).unwrap();
    let Question::NewPasskey(new) = view.question() else { panic!() };
    let made = Authenticator::new(1).make(new);
    confirm(&mut world, 1, &made).unwrap();
    assert!(!look(&mut world, 1).passkey_offered);
    world.open(2);
    assert!(look(&mut world, 2).passkey.is_some());
}

#[test]
fn p6_a_no_is_remembered_until_a_new_generation_or_a_reset() {
    let (mut world, secret) = with_app();
    assert!(by_app(&mut world, 1, &secret).passkey_offered);
    let id = world.id(1);
    let view = world.run(|context, user| offer::decline(context, user, &id)).unwrap();
    assert!(!view.passkey_offered);
    assert!(!view.second_way.is_empty(), "then a second way is offered");
    let again = world.run(|context, user| offer::decline(context, user, &id)).err();
    assert_eq!(again, Some(Refusal::SettingsClosed));
    assert!(!by_app(&mut world, 2, &secret).passkey_offered);
    assert_eq!(world.user().unwrap().declined_passkey, Some(1));
    world.perform(&Act::Reset);
    assert_eq!(world.user().unwrap().declined_passkey, None);
}

#[test]
fn p6_nothing_is_offered_that_could_not_be_added() {
    let cases: [fn(&mut World); 4] = [
        |world| world.service = ServiceAddress::default(),
        |world| world.portal.policy.self_service = SelfService::Off,
        |world| world.portal.policy.methods.retain(|method| method.settings().passkey.is_none()),
        |world| {
            for method in &mut world.portal.policy.methods {
                if let MethodPolicy::Passkey { promotion, .. } = method {
                    *promotion = Promotion::Off;
                }
            }
        },
    ];
    for change in cases {
        let (mut world, secret) = with_app();
        change(&mut world);
        assert!(!by_app(&mut world, 1, &secret).passkey_offered);
        let (before, id) = (world.user(), world.id(1));
        let refused = world.run(|context, user| offer::accept(context, user, &id)).err();
        assert_eq!(refused, Some(Refusal::SettingsClosed));
        assert_eq!(world.user(), before);
    }
}

/// A portal whose users get codes to the contact record, and are offered passkeys.
fn with_directory() -> World {
    let mut world = World::new("passkey_first");
    let directory = World::new("always_on").portal.policy.methods;
    world.portal.policy.methods.retain(|method| method.settings().passkey.is_some());
    world.portal.policy.methods.extend(directory);
    world
}

fn by_email(world: &mut World, n: usize) -> SignInView {
    world.now = world.now.plus(60);
    world.open(n);
    let code = world.perform(&Act::Challenge(n, Way::Email)).messages.remove(0).secret;
    assert_eq!(world.verify(n, &code, None), Answer::Verified("allowed"));
    look(world, n)
}

#[test]
fn s34_h3_where_a_link_is_needed_a_code_to_the_contact_record_binds_no_passkey() {
    let needs: [fn(&mut User); 2] = [
        |user| user.link_only_to = Some(LinkOnly::Nowhere),
        |user| user.reset_at = Some(portcullis_domain::Timestamp::from_unix(1_800_000_000)),
    ];
    for need in needs {
        let mut world = with_directory();
        assert!(by_email(&mut world, 0).passkey_offered);
        let id = world.id(0);
        world.run(|context, user| offer::accept(context, user, &id)).unwrap();
        assert!(start(&mut world, 0).is_ok());
        world.change(need);
        assert_eq!(start(&mut world, 0).err(), Some(Refusal::SettingsClosed));
        assert!(!by_email(&mut world, 1).passkey_offered);
        let id = world.id(1);
        let refused = world.run(|context, user| offer::accept(context, user, &id)).err();
        assert_eq!(refused, Some(Refusal::SettingsClosed));
    }
}

#[test]
fn p6_a_code_that_proves_less_than_what_is_bound_leads_to_no_passkey() {
    let (mut world, secret) = with_app();
    let number = MethodPolicy::Sms { destination: DestinationSource::User };
    world.portal.policy.methods.truncate(1);
    world.portal.policy.methods.push(number);
    world.now = world.now.plus(60);
    world.open(1);
    let code = totp(&secret, world.now.unix() / 30);
    assert_eq!(world.verify(1, &code, None), Answer::Verified("enrol"));
    let sent =
        world.perform(&Act::Enrol(1, Way::Sms, Some("+64211234502".to_owned()))).messages.remove(0);
    let bound = world.perform(&Act::Confirm(1, sent.secret)).answer;
    assert_eq!(bound, Answer::Verified("allowed"));
    world.now = world.now.plus(60);
    let contact = World::contact();
    let opened = Act::Open { sign_in: 2, ticket: None, contact, browser: None };
    let sent = world.perform(&opened).messages.remove(0);
    assert_eq!(world.verify(2, &sent.secret, None), Answer::Verified("allowed"));
    assert!(!look(&mut world, 2).passkey_offered, "the app is still bound, and proves more");
    let id = world.id(2);
    let refused = world.run(|context, user| offer::accept(context, user, &id)).err();
    assert_eq!(refused, Some(Refusal::SettingsClosed));
}
