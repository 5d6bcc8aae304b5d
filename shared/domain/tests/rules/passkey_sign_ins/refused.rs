//! Answers that are no use of the user's passkey in this sign-in: refused before a signature is
//! looked at, at no cost, and without a write.

use super::{
    Authenticator, Press, confirm, enrol, look, press, start, verify, with_passkey, world,
};
use crate::world::World;
use portcullis_domain::{
    Method, Refusal, WrongCode,
    passkey::{CredentialId, NotMet, PasskeyChallenge},
    sign_in::Question,
};
use portcullis_model::Act;

fn refused(world: &mut World, n: usize, press: &Press, why: NotMet) {
    let before = world.user();
    assert_eq!(verify(world, n, press).err(), Some(Refusal::PasskeyRefused(why)));
    assert_eq!(world.user(), before, "nothing was written: {why}");
}

#[test]
fn s3_p3_the_same_answer_is_accepted_once() {
    let (mut world, mut device) = with_passkey();
    world.open(1);
    let once = press(&mut world, 1, &mut device);
    assert!(verify(&mut world, 1, &once).is_ok());
    assert_eq!(verify(&mut world, 1, &once).err(), Some(Refusal::SignInDone));
    world.open(2);
    refused(&mut world, 2, &once, NotMet::Challenge);
}

#[test]
fn s6_p3_an_answer_is_of_its_sign_in_page_user_and_ceremony() {
    let (mut world, mut device) = with_passkey();
    world.open(1);
    world.open(2);
    let other = press(&mut world, 2, &mut device);
    refused(&mut world, 1, &other, NotMet::Challenge);
    let good = press(&mut world, 1, &mut device);
    let handle = Some(vec![7; 32]);
    refused(&mut world, 1, &Press { user_handle: handle, ..good.clone() }, NotMet::UserHandle);
    let stranger = CredentialId::new(&[9; 16]).unwrap();
    refused(
        &mut world,
        1,
        &Press { credential: stranger, ..good.clone() },
        NotMet::CredentialUnknown,
    );
    refused(&mut world, 1, &Press { kind: "webauthn.create", ..good.clone() }, NotMet::Type);
    let evil = "https://mfa.example.com.evil.org";
    refused(&mut world, 1, &Press { origin: evil, ..good.clone() }, NotMet::Origin);
    refused(&mut world, 1, &Press { cross_origin: true, ..good.clone() }, NotMet::CrossOrigin);
    for version in [0, 2, u32::MAX] {
        let challenge = PasskeyChallenge::under(version, &[0; 28]).to_string();
        refused(&mut world, 1, &Press { challenge, ..good.clone() }, NotMet::Challenge);
    }
    refused(&mut world, 1, &Press { challenge: String::new(), ..good.clone() }, NotMet::Challenge);
    assert!(verify(&mut world, 1, &good).is_ok(), "none of it cost a try");
}

#[test]
fn p3_a_counter_that_goes_back_costs_a_try_and_lets_nobody_in() {
    let (mut world, mut device) = with_passkey();
    world.open(1);
    super::answer(&mut world, 1, &mut device).unwrap();
    device.counter -= 2;
    world.open(2);
    let method = Some(Method::Passkey);
    let (why, guesses_left) = (WrongCode::Reused, 4);
    let cloned = Refusal::CodeNotAccepted { why, method, guesses_left, until: None };
    assert_eq!(super::answer(&mut world, 2, &mut device).err(), Some(cloned));
    assert_eq!(world.activity().last().unwrap(), "code_reused");
    device.counter += 9;
    assert!(super::answer(&mut world, 2, &mut device).is_ok());
}

#[test]
fn s11_a_reset_ends_a_passkey_its_questions_and_its_making() {
    let (mut world, mut device) = with_passkey();
    world.portal.policy.after_reset = portcullis_domain::policy::AfterReset::Open;
    world.open(1);
    let under_way = press(&mut world, 1, &mut device);
    world.perform(&Act::Reset);
    assert_eq!(verify(&mut world, 1, &under_way).err(), Some(Refusal::UnknownSignIn));
    world.open(2);
    let view = start(&mut world, 2).unwrap();
    let Question::NewPasskey(new) = view.question() else { panic!() };
    assert!(new.excluded.is_empty());
    let made = device.make(new);
    world.perform(&Act::Reset);
    assert_eq!(confirm(&mut world, 2, &made).err(), Some(Refusal::UnknownSignIn));
    assert!(world.user().unwrap().authenticators.is_empty());
}

#[test]
fn s7_a_passkey_of_an_older_generation_counts_for_nothing() {
    let (mut world, mut device) = with_passkey();
    world.open(1);
    let old = press(&mut world, 1, &mut device);
    world.portal.generation += 1;
    world.portal.policy.after_reset = portcullis_domain::policy::AfterReset::Open;
    assert_eq!(verify(&mut world, 1, &old).err(), Some(Refusal::NotOffered(Method::Passkey)));
    world.open(2);
    assert!(look(&mut world, 2).passkey.is_none());
    enrol(&mut world, 2, &mut device);
    assert_eq!(world.user().unwrap().authenticators.len(), 1, "the old one is replaced");
}

#[test]
fn s6_a_passkey_is_made_in_the_sign_in_and_for_the_place_that_asked() {
    let mut world = world();
    let mut device = Authenticator::new(1);
    world.open(0);
    world.open(1);
    let view = start(&mut world, 0).unwrap();
    let Question::NewPasskey(new) = view.question() else { panic!() };
    let made = device.make(new);
    assert_eq!(confirm(&mut world, 1, &made).err(), Some(Refusal::AnotherStep));
    start(&mut world, 1).unwrap();
    let before = world.user();
    let refused = Some(Refusal::PasskeyRefused(NotMet::Challenge));
    assert_eq!(confirm(&mut world, 1, &made).err(), refused);
    let elsewhere = Press { origin: "https://shop.example.com", ..made.clone() };
    let refused = Some(Refusal::PasskeyRefused(NotMet::Origin));
    assert_eq!(confirm(&mut world, 0, &elsewhere).err(), refused);
    assert_eq!(world.user(), before, "nothing was counted");
    assert!(confirm(&mut world, 0, &made).is_ok());
    // The other enrolment that was under way has ended with it.
    assert_eq!(confirm(&mut world, 1, &made).err(), Some(Refusal::AnotherStep));
}
