//! Passkeys that can be copied, after the policy refuses them.

use super::{
    Authenticator, answer, enrol,
    insisting::{insist, methods},
    look, press, verify, world,
};
use crate::world::World;
use portcullis_domain::{
    Method, Refusal,
    passkey::NotMet,
    policy::{MethodPolicy, SyncedPasskeys, WhenBound},
    sign_in::{Question, UnavailableReason},
};
use portcullis_model::{Act, Method as Way};

fn refuse_synced(world: &mut World) {
    for method in &mut world.portal.policy.methods {
        match method {
            MethodPolicy::Passkey { rules, .. } => rules.synced = SyncedPasskeys::Refused,
            MethodPolicy::AuthenticatorApp { .. }
            | MethodPolicy::Email { .. }
            | MethodPolicy::Sms { .. } => {}
        }
    }
}

/// A user with an app, and with a passkey on a phone that copies it.
fn with_synced() -> (World, Authenticator) {
    let mut world = world();
    let mut phone = Authenticator { is_synced: true, ..Authenticator::new(1) };
    world.open(0);
    enrol(&mut world, 0, &mut phone);
    world.open_settings(1, None).unwrap();
    answer(&mut world, 1, &mut phone).unwrap();
    let secret = world.perform(&Act::Enrol(1, Way::App, None)).secret.unwrap();
    let code = crate::portal_keys::totp(&secret, world.now.unix() / 30);
    world.perform(&Act::Confirm(1, code));
    (world, phone)
}

#[test]
fn p1_a_passkey_that_is_refused_by_now_is_not_asked_for_and_other_ways_are_offered_at_once() {
    let (mut world, mut phone) = with_synced();
    world.open(2);
    let early = press(&mut world, 2, &mut phone);
    refuse_synced(&mut world);
    let view = look(&mut world, 2);
    assert_eq!(methods(&view), [Method::AuthenticatorApp]);
    assert!(matches!(view.question(), Question::AppCode) && view.passkey.is_none());
    let of_passkey = view.unavailable.iter().find(|of| of.method == Method::Passkey);
    assert_eq!(of_passkey.map(|of| of.reason), Some(UnavailableReason::SyncedPasskey));
    let before = world.user();
    let answered = verify(&mut world, 2, &early).err();
    assert_eq!(answered, Some(Refusal::NotOffered(Method::Passkey)));
    assert_eq!(world.user(), before, "nothing was counted");
}

#[test]
fn p5_under_a_policy_that_insists_a_refused_passkey_opens_no_weaker_way() {
    let (mut world, _) = with_synced();
    refuse_synced(&mut world);
    insist(&mut world, WhenBound::Insist);
    world.open(2);
    let view = look(&mut world, 2);
    assert_eq!(methods(&view), []);
    assert_eq!(view.unusable_passkey, Some(UnavailableReason::SyncedPasskey));
    assert!(matches!(view.question(), Question::RecoveryCode), "{:?}", view.question());
}

#[test]
fn p1_beside_a_refused_passkey_one_that_stays_on_its_device_is_asked_for_alone() {
    let (mut world, mut phone) = with_synced();
    world.open_settings(2, None).unwrap();
    answer(&mut world, 2, &mut phone).unwrap();
    let mut key = Authenticator::new(2);
    enrol(&mut world, 2, &mut key);
    refuse_synced(&mut world);
    world.open(3);
    let view = look(&mut world, 3);
    let Question::Passkey(asked) = view.question() else { panic!("{:?}", view.question()) };
    let usable = key.get(asked);
    assert_eq!(asked.allowed, std::slice::from_ref(&usable.credential));
    let copied = phone.get(asked);
    let refused = verify(&mut world, 3, &copied).err();
    assert_eq!(refused, Some(Refusal::PasskeyRefused(NotMet::Synced)));
    assert!(verify(&mut world, 3, &usable).is_ok());
}
