//! A code that comes with the opening: one decision for the whole sign-in of an app's user.

use crate::{portal_keys::totp, world::World};
use portcullis_domain::{
    Code, Refusal, WrongCode,
    sign_in::{Mfa, Status, open::Opened},
};
use portcullis_model::{Act, Answer, Method};

fn code(world: &World, secret: &str) -> Code {
    Code::parse(&totp(secret, world.now.unix() / 30)).unwrap()
}

fn open(world: &mut World, n: usize, code: &Code) -> Result<Opened, Refusal> {
    world.open_with_code(n, &World::contact(), code)
}

fn refused(why: WrongCode, guesses_left: u8) -> Refusal {
    let method = Some(portcullis_domain::Method::AuthenticatorApp);
    Refusal::CodeNotAccepted { why, method, guesses_left, until: None }
}

fn is_in(opened: &Opened) -> bool {
    matches!(opened.view.status, Status::Allowed(accepted) if accepted.mfa == Mfa::Done)
}

#[test]
fn a_right_code_ends_the_sign_in_it_came_with_in_one_write() {
    let (mut world, secret) = World::with_app("authenticator_app");
    let (code, before) = (code(&world, &secret), world.activity().len());
    let opened = open(&mut world, 1, &code).unwrap();
    assert!(is_in(&opened) && opened.view.browser_token.is_some());
    assert_eq!(world.activity()[before..], ["code_accepted"]);
    let again = open(&mut world, 1, &code).unwrap();
    assert_eq!(again.view.id, opened.view.id, "its reply was lost");
    assert!(is_in(&again));
    let reused = refused(WrongCode::Reused, 4);
    assert_eq!(open(&mut world, 2, &code).map(drop), Err(reused), "in another sign-in");
}

#[test]
fn a_wrong_code_counts_and_the_same_nonce_finds_its_sign_in_again() {
    let (mut world, secret) = World::with_app("authenticator_app");
    let (right, wrong) = (code(&world, &secret), Code::parse("000000").unwrap());
    for left in (1..5).rev() {
        let refusal = refused(WrongCode::Wrong, left);
        assert_eq!(open(&mut world, 1, &wrong).map(drop), Err(refusal));
    }
    assert_eq!(world.user().unwrap().failures.codes().strangers.in_a_row, 4);
    assert!(is_in(&open(&mut world, 1, &right).unwrap()));
    let other = refused(WrongCode::Wrong, 0);
    assert_eq!(open(&mut world, 1, &wrong).map(drop), Err(other), "it is always compared");
}

#[test]
fn a_code_that_nobody_asks_for_is_not_checked_and_the_answer_says_what_comes_next() {
    let some_code = Code::parse("000000").unwrap();
    for preset in ["authenticator_app", "always_on", "email_enrolment_opt_out"] {
        let mut world = World::new(preset);
        let opened = open(&mut world, 0, &some_code).unwrap();
        assert!(matches!(opened.view.status, Status::Waiting(_)), "{preset}");
        assert!(open(&mut world, 0, &some_code).is_ok(), "{preset}: the same nonce");
        assert_eq!(world.user().unwrap().failures, <_>::default(), "{preset}");
    }
    let (mut world, _) = World::with_app("authenticator_app");
    world.portal.policy.enabled = false;
    for _ in 0..2 {
        let opened = open(&mut world, 1, &some_code).unwrap();
        assert!(matches!(opened.view.status, Status::Allowed(a) if a.mfa == Mfa::NotRequired));
    }
}

#[test]
fn no_code_is_sent_to_who_brings_the_apps() {
    let (mut world, secret) = World::with_app("authenticator_app_with_email");
    world.open(1);
    let sent = world.perform(&Act::Challenge(1, Method::Email)).messages.remove(0).secret;
    let make_default = Act::Verify { sign_in: 1, code: sent, by: None, make_default: true };
    assert_eq!(world.perform(&make_default).answer, Answer::Verified("allowed"));
    world.now = world.now.plus(60);
    let code = code(&world, &secret);
    let opened = open(&mut world, 2, &code).unwrap();
    assert!(is_in(&opened) && opened.dispatch.is_none());
}

#[test]
fn s36_a_locked_user_is_told_so_and_no_code_is_checked() {
    let (mut world, secret) = World::with_app("authenticator_app");
    let now = world.now;
    world.change(|user| (0..5).for_each(|_| user.failures.count(None, now)));
    let code = code(&world, &secret);
    assert!(matches!(open(&mut world, 1, &code), Err(Refusal::Locked { .. })));
}
