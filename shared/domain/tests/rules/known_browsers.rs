//! Tokens of known browsers: each is proof of one success of one user, for a while.

use crate::{
    portal_keys::{self, Keys},
    world::World,
};
use portcullis_domain::{
    BrowserToken, Bucket, Timestamp, UserId,
    sign_in::open,
    user::{PasswordChange, PasswordProof},
};
use portcullis_model::{Act, Answer, Given, Method};

const HALF_A_YEAR: i64 = 180 * 86_400;

/// A user with an app, who got in a moment ago; the app's secret, and the token of that browser.
fn with_token() -> (World, String, BrowserToken) {
    let (mut world, secret) = World::with_app("authenticator_app");
    world.open(1);
    let token = verify(&mut world, 1, &secret).browser_token.unwrap();
    (world, secret, BrowserToken::parse(&token).unwrap())
}

fn verify(world: &mut World, n: usize, secret: &str) -> Given {
    let code = portal_keys::totp(secret, world.now.unix() / 30);
    world.perform(&Act::Verify { sign_in: n, code, by: None, make_default: false })
}

fn is_known(world: &World, token: BrowserToken, now: Timestamp) -> bool {
    world.user().unwrap().known_browser(&Keys, &[token], 0, now).unwrap().is_some()
}

#[test]
fn a_token_is_of_its_user_and_nothing_in_it_can_be_changed() {
    let (world, _, token) = with_token();
    assert!(is_known(&world, token, world.now));
    let mut other = world.user().unwrap();
    other.id = UserId::parse("ben").unwrap();
    assert_eq!(other.known_browser(&Keys, &[token], 0, world.now), Ok(None), "another user");
    let text = token.expose();
    for (n, was) in text.char_indices() {
        for new in ['A', 'Q', 'x', '_'].into_iter().filter(|new| *new != was) {
            let changed = format!("{}{new}{}", &text[..n], &text[n + 1..]);
            let still_good = BrowserToken::parse(&changed)
                .is_ok_and(|changed| is_known(&world, changed, world.now));
            assert!(!still_good, "{new} at {n}");
        }
    }
}

#[test]
fn a_token_is_good_for_180_days_to_the_second() {
    let (world, _, token) = with_token();
    assert_eq!(token.since, world.now);
    for (after, wanted) in
        [(0, true), (HALF_A_YEAR - 1, true), (HALF_A_YEAR, false), (HALF_A_YEAR + 1, false)]
    {
        assert_eq!(is_known(&world, token, world.now.plus(after)), wanted, "{after} s");
    }
    assert!(!is_known(&world, token, world.now.plus(-1)), "it was not given yet");
}

#[test]
fn a_token_dies_with_a_reset_and_with_the_password_it_was_given_beside() {
    let (mut world, _, token) = with_token();
    let change = |told_at| PasswordChange { at: told_at, by: PasswordProof::Support, told_at };
    for (after, wanted) in [(-1, true), (0, false), (1, false)] {
        let told_at = token.since.plus(after);
        world.change(|user| user.password_change = Some(change(told_at)));
        assert_eq!(is_known(&world, token, world.now), wanted, "{after} s");
    }
    world.change(|user| user.password_change = None);
    assert!(is_known(&world, token, world.now));
    world.perform(&Act::Reset);
    assert!(!is_known(&world, token, world.now));
}

#[test]
fn only_a_code_makes_a_browser_known_and_its_token_is_told_again_while_the_sign_in_is() {
    let (mut world, secret) = World::with_app("authenticator_app");
    world.open(1);
    let code = world.perform(&Act::IssueBypass).secret.unwrap();
    let verify_bypass = Act::Verify { sign_in: 1, code, by: None, make_default: false };
    let by_bypass = world.perform(&verify_bypass);
    assert_eq!(by_bypass.answer, Answer::Verified("allowed"));
    assert_eq!(by_bypass.browser_token, None, "a bypass code");
    world.open(2);
    let given = verify(&mut world, 2, &secret).browser_token;
    world.now = world.now.plus(60);
    for (n, wanted) in [(1, None), (2, given)] {
        let id = world.id(n);
        let looked = world.run(|context, user| open::look(context, user, &id)).unwrap();
        assert_eq!(looked.browser_token.map(|token| token.expose()), wanted);
    }

    let mut world = World::new("sms_enrolment_opt_out");
    world.open(0);
    world.perform(&Act::Skip(0));
    let id = world.id(0);
    let looked = world.run(|context, user| open::look(context, user, &id)).unwrap();
    assert_eq!(looked.browser_token, None, "a skip");
    world.portal.policy.enabled = false;
    world.open(1);
    let id = world.id(1);
    let looked = world.run(|context, user| open::look(context, user, &id)).unwrap();
    assert_eq!(looked.browser_token, None, "a policy that asks nothing");
}

#[test]
fn an_enrolment_makes_the_browser_known_and_a_proof_before_it_does_not() {
    let mut world = World::new("authenticator_app_with_email");
    world.open(0);
    let code = world.perform(&Act::Challenge(0, Method::Email)).messages.remove(0).secret;
    let set = Act::Verify { sign_in: 0, code, by: None, make_default: true };
    assert!(world.perform(&set).browser_token.is_some());
    world.now = world.now.plus(60);
    let contact = World::contact();
    let open = Act::Open { sign_in: 1, ticket: None, contact, browser: None };
    let sent = world.perform(&open).messages.remove(0).secret;
    world.perform(&Act::Challenge(1, Method::App));
    let proof =
        Act::Verify { sign_in: 1, code: sent, by: Some(Method::Email), make_default: false };
    let proved = world.perform(&proof);
    assert_eq!((proved.answer, proved.browser_token), (Answer::Verified("enrol"), None));
    let secret = world.perform(&Act::Enrol(1, Method::App, None)).secret.unwrap();
    let code = portal_keys::totp(&secret, world.now.unix() / 30);
    assert!(world.perform(&Act::Confirm(1, code)).browser_token.is_some());
}

#[test]
fn five_wrong_codes_in_a_browser_make_its_next_sign_in_a_strangers() {
    let (mut world, secret, token) = with_token();
    let bucket = |world: &World| world.user().unwrap().sign_ins.last().map(|s| s.bucket());
    world.open_in(2, None, Some(token.expose()));
    assert_eq!(bucket(&world), Some(Bucket::Known));
    for _ in 0..5 {
        world.verify(2, "000000", None);
    }
    assert!(!is_known(&world, token, world.now));
    world.now = world.now.plus(86_400);
    world.open_in(3, None, Some(token.expose()));
    assert_eq!(bucket(&world), Some(Bucket::Strangers), "also a day later");
    let new = verify(&mut world, 3, &secret).browser_token;
    world.open_in(4, None, new);
    assert_eq!(bucket(&world), Some(Bucket::Known), "until its next success");
}

#[test]
fn a_lock_of_strangers_is_told_once_also_if_a_known_browser_becomes_one_of_them() {
    let (mut world, _, token) = with_token();
    let told = |world: &World| world.activity().iter().filter(|entry| *entry == "locked").count();
    world.open(2);
    world.open_in(3, None, Some(token.expose()));
    for (sign_in, browser) in [(2, "a stranger's"), (3, "the known one")] {
        for _ in 0..5 {
            world.verify(sign_in, "000000", None);
        }
        assert_eq!(told(&world), 1, "{browser}");
    }
}
