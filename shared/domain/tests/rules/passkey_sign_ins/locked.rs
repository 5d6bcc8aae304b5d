//! Locks that wrong codes of six digits earned: they keep no passkey out, because nobody guesses
//! one, and hold for everything else.

use super::{
    Authenticator, Press, answer,
    insisting::{methods, with_everything},
    look, press, verify,
};
use crate::{portal_keys::totp, world::World};
use portcullis_domain::{
    LockKind, Method, Refusal,
    policy::{DestinationSource, MethodPolicy, WhenBound},
    sign_in::{Question, RecoveryOffer, Status, UnavailableReason, challenge},
    user::Lock,
};
use portcullis_model::{Act, Answer, Method as Way};

/// As many wrong codes as close the day for strangers.
fn lock(world: &mut World) -> Lock {
    let now = world.now;
    world.change(|user| (0..14).for_each(|_| user.failures.count(None, now)));
    world.user().unwrap().failures.lock(None, now).unwrap()
}

/// A user with an app and a passkey, whose codes are locked.
fn locked() -> (World, Authenticator, String, Lock) {
    let (mut world, device, secret) = with_everything(WhenBound::Prefer);
    let lock = lock(&mut world);
    (world, device, secret, lock)
}

#[test]
fn p5_while_codes_are_locked_a_passkey_lets_in_and_nothing_else_is_judged_or_sent() {
    let (mut world, mut device, secret, lock) = locked();
    world.open(2);
    let view = look(&mut world, 2);
    assert_eq!((methods(&view), view.codes_locked), (vec![Method::Passkey], Some(lock)));
    assert!(matches!(view.question(), Question::Passkey(_)) && view.app_instead.is_none());
    let of_locked = view.unavailable.iter().filter(|of| of.reason == UnavailableReason::Locked);
    assert_eq!(of_locked.count(), 3, "app, email and text message: {:?}", view.unavailable);
    let (before, id) = (world.user(), world.id(2));
    let code = totp(&secret, world.now.unix() / 30);
    assert!(matches!(world.verify(2, &code, Some(Way::App)), Answer::Refused("locked", Some(_))));
    for method in [Method::AuthenticatorApp, Method::Email, Method::Sms] {
        let asked = world.run(|context, user| challenge::request_code(context, user, &id, method));
        assert!(matches!(asked.err(), Some(Refusal::Locked { .. })), "{method}");
    }
    assert!(world.user() == before && world.messages.is_empty(), "nothing written or sent");
    let view = answer(&mut world, 2, &mut device).unwrap();
    assert!(matches!(view.status, Status::Allowed(_)));
    let codes = world.user().unwrap().failures.codes().clone();
    assert_eq!(codes.strangers.within_a_month(world.now), 14, "the month stays");
}

#[test]
fn p5_s24_a_passkey_ends_no_lock_that_only_an_admin_ends() {
    let (mut world, mut device, _) = with_everything(WhenBound::Prefer);
    let now = world.now;
    world.change(|user| (0..60).for_each(|_| user.failures.count(None, now)));
    let lock = world.user().unwrap().failures.lock(None, now);
    assert_eq!(lock.map(|lock| lock.kind), Some(LockKind::InARow));
    for n in [2, 3] {
        world.open(n);
        assert_eq!(look(&mut world, n).codes_locked, lock);
        assert!(answer(&mut world, n, &mut device).is_ok());
        assert_eq!(world.user().unwrap().failures.lock(None, world.now), lock);
    }
}

#[test]
fn p5_s24_a_wrong_signature_behind_a_lock_costs_a_try_of_its_sign_in_and_lifts_nothing() {
    let (mut world, mut device, _, lock) = locked();
    world.open(2);
    let good = press(&mut world, 2, &mut device);
    let failures = world.user().unwrap().failures;
    for _ in 0..5 {
        let forged = Press { signature: vec![9; 32], ..good.clone() };
        let refused = verify(&mut world, 2, &forged).err();
        assert!(matches!(refused, Some(Refusal::CodeNotAccepted { .. })), "{refused:?}");
    }
    assert_eq!(verify(&mut world, 2, &good).err(), Some(Refusal::SignInDead));
    let user = world.user().unwrap();
    assert_eq!((user.failures.lock(None, world.now), &user.failures), (Some(lock), &failures));
}

#[test]
fn p5_a_frozen_or_disabled_user_is_not_let_in_by_a_passkey() {
    let (mut world, mut device, _, _) = locked();
    world.open(2);
    let good = press(&mut world, 2, &mut device);
    let now = world.now;
    world.change(|user| user.disabled_at = Some(now));
    let refused = verify(&mut world, 2, &good).err();
    assert_ne!(refused, None);
    world.change(|user| (user.disabled_at, user.frozen_at) = (None, Some(now)));
    let before = world.user();
    assert_eq!(verify(&mut world, 2, &good).err(), Some(Refusal::Frozen));
    assert_eq!(world.user(), before);
}

#[test]
fn r4_p5_a_locked_user_with_a_passkey_may_still_use_a_recovery_code_and_enrols_anew() {
    let (mut world, mut device, _) = with_everything(WhenBound::Prefer);
    world.open_settings(2, None).unwrap();
    answer(&mut world, 2, &mut device).unwrap();
    let codes = world.perform(&Act::RenewCodes(2)).recovery_codes;
    lock(&mut world);
    world.open(3);
    assert_eq!(look(&mut world, 3).recovery, RecoveryOffer::Offered);
    let id = world.id(3);
    let chosen = Method::RecoveryCode;
    world.run(|context, user| challenge::request_code(context, user, &id, chosen)).unwrap();
    let view = look(&mut world, 3);
    assert!(matches!(view.question(), Question::RecoveryCode));
    assert_eq!(methods(&view), [Method::Passkey], "the way back");
    world
        .run(|context, user| challenge::request_code(context, user, &id, Method::Passkey))
        .unwrap();
    assert!(matches!(look(&mut world, 3).question(), Question::Passkey(_)));
    assert_eq!(world.verify(3, &codes[0], None), Answer::Verified("enrol"));
}

#[test]
fn x1_behind_a_lock_a_passkey_that_left_the_policy_leads_to_no_enrolment() {
    let (mut world, mut device, _, _) = locked();
    world.open(2);
    let good = press(&mut world, 2, &mut device);
    let destination = DestinationSource::User;
    world.portal.policy.methods = vec![MethodPolicy::Email { destination }];
    let before = world.user();
    assert!(matches!(verify(&mut world, 2, &good).err(), Some(Refusal::Locked { .. })));
    assert_eq!(world.user(), before);
}

#[test]
fn s7_r4_codes_that_were_disabled_do_not_come_back_with_the_enrolment_of_a_passkey() {
    let (mut world, mut device, secret) = with_everything(WhenBound::Prefer);
    world.open_settings(2, None).unwrap();
    answer(&mut world, 2, &mut device).unwrap();
    let codes = world.perform(&Act::RenewCodes(2)).recovery_codes;
    let now = world.now;
    world.change(|user| (user.disabled_at, user.email_default) = (Some(now), None));
    world.open(3);
    assert_eq!(world.verify(3, &codes[0], None), Answer::Verified("enrol"));
    let mut new = Authenticator::new(2);
    super::enrol(&mut world, 3, &mut new);
    let bound = world.user().unwrap().authenticators;
    assert_eq!(bound.iter().map(|bound| bound.method()).collect::<Vec<_>>(), [Method::Passkey]);
    let activity = world.activity();
    let removed = activity.iter().filter(|kind| *kind == "authenticator_removed").count();
    assert_eq!(removed, 2, "the user is told of the app and of the passkey: {activity:?}");
    world.open(4);
    let code = totp(&secret, world.now.unix() / 30);
    let judged = world.verify(4, &code, Some(Way::App));
    assert_eq!(judged, Answer::Refused("method_not_offered", None));
}

#[test]
fn r4_a_passkey_outlives_the_enrolment_of_an_app_that_a_recovery_code_opened() {
    for disabled in [false, true] {
        let (mut world, mut device, _) = with_everything(WhenBound::Prefer);
        world.open_settings(2, None).unwrap();
        answer(&mut world, 2, &mut device).unwrap();
        let codes = world.perform(&Act::RenewCodes(2)).recovery_codes;
        let now = world.now;
        world.change(|user| {
            (user.disabled_at, user.email_default) = (disabled.then_some(now), None);
        });
        lock(&mut world);
        world.open(3);
        assert_eq!(world.verify(3, &codes[0], None), Answer::Verified("enrol"));
        let secret = world.perform(&Act::Enrol(3, Way::App, None)).secret.unwrap();
        let code = totp(&secret, world.now.unix() / 30);
        world.perform(&Act::Confirm(3, code));
        let bound = world.user().unwrap().authenticators;
        let methods: Vec<_> = bound.iter().map(|bound| bound.method()).collect();
        assert_eq!(methods, [Method::Passkey, Method::AuthenticatorApp], "{disabled}");
        world.open(4);
        assert!(answer(&mut world, 4, &mut device).is_ok());
    }
}

#[test]
fn p5_n1_while_codes_are_locked_a_passkey_is_added_in_the_settings_and_no_app_is() {
    let (mut world, mut device, _) = with_everything(WhenBound::Prefer);
    let now = world.now;
    // A lock that no success ends.
    world.change(|user| (0..60).for_each(|_| user.failures.count(None, now)));
    world.portal.policy.self_service = portcullis_domain::policy::SelfService::WithProof;
    world.open_settings(2, None).unwrap();
    assert!(answer(&mut world, 2, &mut device).unwrap().settings.is_some());
    super::enrol(&mut world, 2, &mut Authenticator::new(9));
    let bound = world.user().unwrap().authenticators;
    let passkeys = bound.iter().filter(|bound| bound.method() == Method::Passkey);
    assert_eq!(passkeys.count(), 2);
    let secret = world.perform(&Act::Enrol(2, Way::App, None)).secret.unwrap();
    let code = totp(&secret, world.now.unix() / 30);
    let confirmed = world.perform(&Act::Confirm(2, code)).answer;
    assert!(matches!(confirmed, Answer::Refused("locked", _)), "{confirmed:?}");
}
