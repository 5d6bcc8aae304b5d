//! A copied token is noticed: each use turns its counter.

use super::{acceptance, code, is_in, looked, open_in, trusted, verify, would_let_in};
use portcullis_domain::{BrowserToken, sign_in::Remember};

#[test]
fn t5_the_token_before_the_newest_is_good_until_the_newest_was_brought() {
    let (mut world, _, first) = trusted("authenticator_app");
    let second = open_in(&mut world, 2, first).browser_token.unwrap();
    let again = open_in(&mut world, 3, first);
    assert!(is_in(&again), "the answer with the second one was lost");
    assert_eq!(again.browser_token, Some(second), "and it is the same");
    let third = open_in(&mut world, 4, second).browser_token.unwrap();
    assert_eq!(third.counter, Some(3));
    assert!(would_let_in(&world, second) && would_let_in(&world, third));
    assert!(!would_let_in(&world, first));
}

#[test]
fn t5_an_older_token_ends_the_trust_in_its_browser_and_the_user_is_told() {
    let (mut world, secret, first) = trusted("authenticator_app");
    let second = open_in(&mut world, 2, first).browser_token.unwrap();
    let third = open_in(&mut world, 3, second).browser_token.unwrap();
    world.change(|user| user.sign_ins.clear());
    let thief = open_in(&mut world, 4, first);
    assert_eq!(acceptance(&thief), None);
    assert_eq!(world.user().unwrap().trusted_browsers, []);
    let told = world.activity().iter().filter(|kind| *kind == "trust_copied").count();
    assert_eq!(told, 1);
    for token in [first, second, third] {
        assert!(!would_let_in(&world, token), "{:?}", token.counter);
    }
    open_in(&mut world, 5, second);
    let told = world.activity().iter().filter(|kind| *kind == "trust_copied").count();
    assert_eq!(told, 1, "there is nothing left to end");
    // The user comes in by a code, and may have the browser remembered again.
    let right = code(&world, &secret);
    let view = verify(&mut world, 5, &right, Remember::ThisBrowser).unwrap();
    assert_eq!(view.browser_token.unwrap().counter, Some(1));
}

#[test]
fn t5_a_token_is_used_up_by_one_opening_and_told_again_by_every_look() {
    let (mut world, _, first) = trusted("authenticator_app");
    let opened = open_in(&mut world, 2, first);
    let before = world.user();
    assert_eq!(looked(&mut world, 2).unwrap().browser_token, opened.browser_token);
    let nonce = open_in(&mut world, 2, first);
    assert_eq!(nonce.browser_token, opened.browser_token, "the same nonce again");
    assert_eq!(world.user(), before, "nothing is written");
}

#[test]
fn t5_a_counter_that_was_never_given_out_says_nothing() {
    let (mut world, _, first) = trusted("authenticator_app");
    let second = open_in(&mut world, 2, first).browser_token.unwrap();
    let third = open_in(&mut world, 3, second).browser_token.unwrap();
    // As after a restore of the table from a backup.
    world.change(|user| {
        user.sign_ins.clear();
        user.trusted_browsers[0].counter = 1;
    });
    assert!(!would_let_in(&world, third));
    assert!(would_let_in(&world, first));
    let forged = BrowserToken { counter: Some(1), ..second };
    assert!(!would_let_in(&world, forged), "its hash is of another counter");
    let known = BrowserToken { counter: None, ..first };
    assert!(!would_let_in(&world, known));
}
