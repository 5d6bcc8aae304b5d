//! Everything that ends trust: without it, each was a published fault of another product.

use super::{code, in_force, remember, told, trusted, trusted_with_settings, verify, would_let_in};
use crate::world::World;
use portcullis_domain::{
    BrowserToken, DestinationHash, UserId,
    account::{self, Actor},
    admin::Reach,
    policy::{RecoveryCodesPolicy, SelfService},
    sign_in::Remember,
    user::PasswordProof,
};
use portcullis_model::Act;

/// Returns true if no browser is trusted any more, and this one is asked.
fn is_over(world: &World, token: BrowserToken) -> bool {
    in_force(&world.user().unwrap()) == 0 && !would_let_in(world, token)
}

#[test]
fn t4_a_reset_a_freeze_and_an_erasure_end_trust() {
    let (world, _, token) = trusted_with_settings();
    for act in [Act::Reset, Act::Erase] {
        let mut world = world.clone();
        world.perform(&act);
        assert!(!would_let_in(&world, token), "{act:?}");
    }
    let mut world = world.clone();
    let now = world.now;
    world.change(|user| user.freeze(DestinationHash::new([1; 8]), now));
    assert!(is_over(&world, token), "a freeze");
}

#[test]
fn t4_an_older_releases_reset_ends_trust_by_the_epoch() {
    let (mut world, _, token) = trusted("authenticator_app");
    world.change(|user| user.epoch += 1);
    assert_eq!(in_force(&world.user().unwrap()), 1, "it does not know of the list");
    assert!(!would_let_in(&world, token));
}

#[test]
fn t4_a_changed_password_ends_trust_whoever_changed_it() {
    use PasswordProof::{Email, OldPassword, Sms, Support};
    for by in [OldPassword, Email, Sms, Support] {
        let (mut world, _, token) = trusted("authenticator_app");
        let change = told(world.now, by);
        world.change(|user| assert!(user.change_password(change)));
        assert!(is_over(&world, token), "{by:?}");
    }
}

#[test]
fn t4_a_recovery_code_and_a_bypass_code_end_trust() {
    let (mut world, _, token) = trusted("authenticator_app");
    let bypass = world.perform(&Act::IssueBypass).secret.unwrap();
    assert!(would_let_in(&world, token), "issuing one does not");
    world.open(2);
    assert!(verify(&mut world, 2, "0000 0000 0000 0000", Remember::Nothing).is_err());
    assert!(would_let_in(&world, token), "nor does a wrong one");
    verify(&mut world, 2, &bypass, Remember::Nothing).unwrap();
    assert!(is_over(&world, token), "a bypass code");

    let mut world = World::new("authenticator_app");
    world.portal.policy.self_service = SelfService::WithProof;
    world.portal.policy.recovery_codes = RecoveryCodesPolicy::Offered;
    world.portal.policy.remember_browser = Some(remember(30));
    world.open(0);
    let secret = world.perform(&Act::Enrol(0, portcullis_model::Method::App, None)).secret.unwrap();
    let right = code(&world, &secret);
    let codes = world.perform(&Act::Confirm(0, right)).recovery_codes;
    world.now = world.now.plus(60);
    world.open(1);
    let right = code(&world, &secret);
    let view = verify(&mut world, 1, &right, Remember::ThisBrowser).unwrap();
    let token = view.browser_token.unwrap();
    assert!(would_let_in(&world, token));
    world.open(2);
    let view = verify(&mut world, 2, &codes[0], Remember::ThisBrowser).unwrap();
    assert_eq!(view.browser_token, None);
    assert!(is_over(&world, token), "a recovery code");
}

#[test]
fn t4_removing_what_is_bound_ends_trust_and_adding_to_it_does_not() {
    let (mut world, _, token) = trusted_with_settings();
    let second = world.user().unwrap().authenticators[0].clone();
    let id = portcullis_domain::AuthenticatorId::new([9; 8]);
    world.change(|user| {
        let second = portcullis_domain::user::Authenticator { id, ..second.clone() };
        user.authenticators.push(second);
    });
    assert!(would_let_in(&world, token), "one more");
    let (anna, actor) = (
        UserId::parse("anna").unwrap(),
        Actor { by: None, reach: Reach::Portal, reason: None, form: None },
    );
    world
        .run(|context, user| account::remove_authenticator(context, user, &anna, id, &actor))
        .unwrap();
    assert!(is_over(&world, token));
}

#[test]
fn t4_trust_is_of_one_user_on_a_computer_that_two_share() {
    let (world, _, token) = trusted("authenticator_app");
    let mut ben = world.user().unwrap();
    ben.id = UserId::parse("ben").unwrap();
    let now = world.now;
    let known = |user: &portcullis_domain::User| {
        user.known_browser(&crate::portal_keys::Keys, &[token], 0, now).unwrap()
    };
    assert_eq!(known(&ben), None);
    assert!(known(&world.user().unwrap()).is_some());
}
