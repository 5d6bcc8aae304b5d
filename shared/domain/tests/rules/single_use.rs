//! S10: a code counts once. An app's by its step, over every sign-in; a delivered one by the
//! sign-in it was sent in.

use crate::{portal_keys, world::World};
use portcullis_model::{Act, Answer, Method};

fn app_code(world: &World, secret: &str, steps: i64) -> String {
    portal_keys::totp(secret, world.now.unix() / 30 + steps)
}

#[test]
fn s10_an_apps_code_and_every_older_one_are_used_up() {
    let (mut world, secret) = World::with_app("authenticator_app");
    world.change(|user| user.sign_ins.clear());
    for n in 1..=3 {
        world.open(n);
    }
    let reused = |left| Answer::Wrong("code_reused", left, None);
    let enrolled_with = app_code(&world, &secret, -1);
    assert_eq!(world.verify(1, &enrolled_with, None), reused(4), "it confirmed the app");
    let now = app_code(&world, &secret, 0);
    assert_eq!(world.verify(2, &now, None), Answer::Verified("allowed"));
    assert_eq!(world.verify(3, &now, None), reused(4), "in another sign-in");
    world.now = world.now.plus(30);
    assert_eq!(world.verify(3, &now, None), reused(3), "in the next step");
    let next = app_code(&world, &secret, 0);
    assert_eq!(world.verify(3, &next, None), Answer::Verified("allowed"));
    let ahead = app_code(&world, &secret, 1);
    assert_eq!(world.verify(1, &ahead, None), Answer::Wrong("code_wrong", 3, None));
    world.now = world.now.plus(60);
    let before = app_code(&world, &secret, -1);
    assert_eq!(world.verify(1, &before, None), Answer::Verified("allowed"));
}

/// Enrols an app by the code it shows `ahead` steps from now.
fn enrolled_ahead(ahead: i64) -> (World, String) {
    let mut world = World::new("authenticator_app");
    world.open(0);
    let enrolling = Act::Enrol(0, Method::App, None);
    let secret = world.perform(&enrolling).secret.unwrap();
    let code = app_code(&world, &secret, ahead);
    let confirmed = world.perform(&Act::Confirm(0, code));
    assert_eq!(confirmed.answer, Answer::Verified("allowed"));
    world.now = world.now.plus(90);
    (world, secret)
}

#[test]
fn a_phone_a_step_ahead_enrols_and_its_codes_are_accepted_by_its_own_clock() {
    // The codes of two steps, by the clock of the phone that enrolled; each in a sign-in of its
    // own, the oldest first.
    for (ahead, good) in [(1, [0, 1]), (0, [-1, 0]), (-1, [-1, 0])] {
        let (mut world, secret) = enrolled_ahead(ahead);
        for (n, steps) in (-2..=2).enumerate() {
            world.open(n + 1);
            let code = app_code(&world, &secret, steps);
            let answer = world.verify(n + 1, &code, None);
            let accepted = answer == Answer::Verified("allowed");
            assert_eq!(accepted, good.contains(&steps), "{ahead}, {steps}: {answer:?}");
            assert!(accepted || matches!(answer, Answer::Wrong("code_wrong", ..)), "{answer:?}");
        }
    }
}

#[test]
fn a_phone_two_steps_ahead_does_not_enrol() {
    let mut world = World::new("authenticator_app");
    world.open(0);
    let enrolling = Act::Enrol(0, Method::App, None);
    let secret = world.perform(&enrolling).secret.unwrap();
    for steps in [2, -2] {
        let code = app_code(&world, &secret, steps);
        let confirmed = world.perform(&Act::Confirm(0, code));
        assert!(matches!(confirmed.answer, Answer::Wrong("code_wrong", ..)), "{steps}");
    }
}

#[test]
fn s10_a_delivered_code_is_of_its_sign_in_and_ends_with_it() {
    let mut world = World::new("always_on");
    world.open(0);
    world.open(1);
    let first = world.perform(&Act::Challenge(0, Method::Email)).messages.remove(0).secret;
    let second = world.perform(&Act::Challenge(1, Method::Email)).messages.remove(0).secret;
    assert_eq!(world.verify(1, &first, None), Answer::Wrong("code_wrong", 4, None));
    assert_eq!(world.verify(0, &first, None), Answer::Verified("allowed"));
    assert_eq!(world.verify(0, &first, None), Answer::Refused("sign_in_done", None));
    assert_eq!(world.verify(1, &second, None), Answer::Verified("allowed"));
}

#[test]
fn f8_who_has_the_app_and_chose_it_may_still_type_the_emailed_code_and_is_in() {
    let (mut world, _) = World::with_app("authenticator_app_with_email");
    world.open(1);
    let code = world.perform(&Act::Challenge(1, Method::Email)).messages.remove(0).secret;
    let by_email = Act::Verify { sign_in: 1, code, by: None, make_default: true };
    assert_eq!(world.perform(&by_email).answer, Answer::Verified("allowed"));
    world.now = world.now.plus(60);
    let act = Act::Open { sign_in: 2, ticket: None, contact: World::contact(), browser: None };
    let code = world.perform(&act).messages.remove(0).secret;
    assert_eq!(world.perform(&Act::Challenge(2, Method::App)).answer, Answer::AppChosen);
    let typed = world.verify(2, &code, Some(Method::Email));
    assert_eq!(typed, Answer::Verified("allowed"), "there is nothing to enrol");
}
