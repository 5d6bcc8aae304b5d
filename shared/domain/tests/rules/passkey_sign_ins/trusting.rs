//! Trust that a passkey earned, and trust beside a passkey that the policy insists on.

use super::{Authenticator, insisting, press, with_passkey};
use crate::{
    trusted_browsers::{code, remember, verify as verify_code, would_let_in},
    world::World,
};
use portcullis_domain::{
    BrowserToken, Method,
    passkey::ServiceAddress,
    policy::{
        EarnedBy, MethodPolicy, RememberBrowser, SyncedPasskeys, UserVerification, WhenBound,
    },
    sign_in::{Remember, passkey::verify_passkey},
};

/// Uses the passkey in a sign-in, and has the browser remembered.
fn trust_by_passkey(world: &mut World, n: usize, device: &mut Authenticator) -> BrowserToken {
    world.open(n);
    let (id, press) = (world.id(n), press(world, n, device));
    let data = press.client_data();
    let view = world.run(|context, user| {
        verify_passkey(context, user, &id, &press.used(&data), Remember::ThisBrowser)
    });
    world.now = world.now.plus(60);
    view.unwrap().browser_token.unwrap()
}

#[test]
fn t1_t3_a_passkey_earns_trust_where_only_what_resists_phishing_does() {
    let (mut world, mut device) = with_passkey();
    let earned_by = EarnedBy::PhishingResistant;
    world.portal.policy.remember_browser = Some(RememberBrowser { earned_by, ..remember(30) });
    let token = trust_by_passkey(&mut world, 1, &mut device);
    let trusted = world.user().unwrap().trusted_browsers[0];
    assert_eq!((trusted.method, token.counter), (Method::Passkey, Some(1)));
    assert!(trusted.passkey.unwrap().is_user_verified);
    assert!(would_let_in(&world, token));
    let mut moved = world.clone();
    moved.service = ServiceAddress::of("https://other.example.com");
    assert!(!would_let_in(&moved, token), "the passkey could not be used");
}

#[test]
fn t3_trust_by_a_passkey_that_the_policy_takes_no_more_is_worth_nothing() {
    let (mut world, mut device) = with_passkey();
    world.portal.policy.remember_browser = Some(remember(30));
    let token = trust_by_passkey(&mut world, 1, &mut device);
    let hold_to = |world: &mut World, verification, copies| {
        for method in &mut world.portal.policy.methods {
            if let MethodPolicy::Passkey { rules, .. } = method {
                (rules.user_verification, rules.synced) = (verification, copies);
            }
        }
    };
    hold_to(&mut world, UserVerification::Required, SyncedPasskeys::Refused);
    assert!(would_let_in(&world, token), "it checked its user, and is not synced");
    let show = |world: &mut World, is_user_verified, is_synced| {
        world.change(|user| {
            let shown = user.trusted_browsers[0].passkey.as_mut().unwrap();
            (shown.is_user_verified, shown.is_synced) = (is_user_verified, is_synced);
        });
    };
    show(&mut world, false, false);
    assert!(!would_let_in(&world, token), "its user was not checked");
    show(&mut world, true, true);
    assert!(!would_let_in(&world, token), "it was copied");
    hold_to(&mut world, UserVerification::Preferred, SyncedPasskeys::Allowed);
    assert!(would_let_in(&world, token));
}

#[test]
fn t3_p5_where_a_passkey_is_insisted_on_only_a_passkeys_trust_counts() {
    let (mut world, mut device, secret) = insisting::with_everything(WhenBound::Prefer);
    world.portal.policy.remember_browser = Some(remember(30));
    world.change(|user| user.email_default = None);
    world.open(2);
    let right = code(&world, &secret);
    let view = verify_code(&mut world, 2, &right, Remember::ThisBrowser).unwrap();
    let by_app = view.browser_token.unwrap();
    world.now = world.now.plus(60);
    let by_passkey = trust_by_passkey(&mut world, 3, &mut device);
    assert!(would_let_in(&world, by_app) && would_let_in(&world, by_passkey));
    insisting::insist(&mut world, WhenBound::Insist);
    assert!(!would_let_in(&world, by_app), "no downgrade by an earlier code");
    assert!(would_let_in(&world, by_passkey));
}
