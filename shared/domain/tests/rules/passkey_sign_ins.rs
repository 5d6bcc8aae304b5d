//! Passkeys in sign-ins: enrolled, asked for, proven and refused, with an authenticator in memory.

pub mod authenticator;
mod dry_run;
mod insisting;
mod left_policy;
mod locked;
mod managed;
mod offered;
mod refused;
mod synced;
mod trusting;
mod two_pages;

use crate::world::World;
use authenticator::{Authenticator, Press};
use portcullis_domain::{
    Method, Refusal, WrongCode,
    passkey::{NotMet, ServiceAddress},
    sign_in::{
        Ground, Mfa, Progress, Question, Remember, SignInView, Status, UnavailableReason,
        enrol::{self, Enrol, Enrolling},
        open,
        passkey::{confirm_passkey, verify_passkey},
    },
};

pub const ORIGIN: &str = "https://mfa.example.com";

/// A portal with passkeys and apps, without a proof before the first enrolment.
fn world() -> World {
    let mut world = World::new("passkey_first");
    world.portal.policy.enrolment_proof = portcullis_domain::policy::EnrolmentProof::None;
    world
}

fn look(world: &mut World, n: usize) -> SignInView {
    let id = world.id(n);
    world.run(|context, user| open::look(context, user, &id)).unwrap()
}

/// Starts the enrolment of a passkey, and returns the sign-in with its question.
fn start(world: &mut World, n: usize) -> Result<SignInView, Refusal> {
    let id = world.id(n);
    match world.run(|context, user| enrol::start_enrolment(context, user, &id, &Enrol::Passkey))? {
        Enrolling::Shown(view) => Ok(*view),
        Enrolling::Delivered(_) => panic!("nothing is sent for a passkey"),
    }
}

fn confirm(world: &mut World, n: usize, press: &Press) -> Result<SignInView, Refusal> {
    let id = world.id(n);
    let data = press.client_data();
    world.run(|context, user| confirm_passkey(context, user, &id, &press.made(&data)))
}

fn verify(world: &mut World, n: usize, press: &Press) -> Result<SignInView, Refusal> {
    let id = world.id(n);
    let data = press.client_data();
    world.run(|context, user| {
        verify_passkey(context, user, &id, &press.used(&data), Remember::Nothing)
    })
}

/// Enrols one in the sign-in that asks for it.
fn enrol(world: &mut World, n: usize, device: &mut Authenticator) -> SignInView {
    let view = start(world, n).unwrap();
    let Question::NewPasskey(new) = view.question() else { panic!("{:?}", view.question()) };
    let press = device.make(new);
    confirm(world, n, &press).unwrap()
}

/// Answers what the sign-in asks for.
fn answer(world: &mut World, n: usize, device: &mut Authenticator) -> Result<SignInView, Refusal> {
    let press = press(world, n, device);
    verify(world, n, &press)
}

fn press(world: &mut World, n: usize, device: &mut Authenticator) -> Press {
    let view = look(world, n);
    let Question::Passkey(asked) = view.question() else { panic!("{:?}", view.question()) };
    device.get(asked)
}

fn with_passkey() -> (World, Authenticator) {
    let mut world = world();
    let mut device = Authenticator::new(1);
    world.open(0);
    enrol(&mut world, 0, &mut device);
    (world, device)
}

#[test]
fn p1_a_passkey_is_enrolled_and_lets_the_user_in_at_the_next_sign_in() {
    let mut world = world();
    let mut device = Authenticator::new(1);
    world.open(0);
    let view = enrol(&mut world, 0, &mut device);
    let Status::Allowed(acceptance) = view.status else { panic!("{view:?}") };
    assert_eq!((acceptance.mfa, acceptance.method), (Mfa::Done, Some(Method::Passkey)));
    assert!(acceptance.passkey.is_some_and(|shown| shown.is_user_verified && !shown.is_synced));
    assert!(view.made_codes.is_some() && view.browser_token.is_some());
    assert_eq!(world.activity(), ["code_accepted", "enrolled", "recovery_codes_made"]);

    world.open(1);
    let view = answer(&mut world, 1, &mut device).unwrap();
    let Status::Allowed(acceptance) = view.status else { panic!("{view:?}") };
    assert_eq!((acceptance.mfa, acceptance.method), (Mfa::Done, Some(Method::Passkey)));
    let kept = world.user().unwrap();
    let counter = kept.authenticators[0].passkey().unwrap().counter;
    assert_eq!(counter, device.counter, "its counter is kept");
}

#[test]
fn p7_what_a_passkey_showed_of_itself_is_said() {
    let (mut world, mut device) = with_passkey();
    for (n, is_user_verified) in [(1, false), (2, true)] {
        device.verifies = is_user_verified;
        world.open(n);
        let view = answer(&mut world, n, &mut device).unwrap();
        let shown = view.status.acceptance().unwrap().passkey.unwrap();
        assert_eq!((shown.is_user_verified, shown.is_synced), (is_user_verified, false));
    }
    let mut phone = Authenticator { is_synced: true, ..Authenticator::new(2) };
    world.perform(&portcullis_model::Act::Reset);
    world.portal.policy.after_reset = portcullis_domain::policy::AfterReset::Open;
    world.open(3);
    let view = enrol(&mut world, 3, &mut phone);
    assert!(view.status.acceptance().unwrap().passkey.unwrap().is_synced);
}

#[test]
fn p3_the_same_question_is_asked_again_until_it_is_answered() {
    let mut world = world();
    world.open(0);
    let first = start(&mut world, 0).unwrap();
    let again = start(&mut world, 0).unwrap();
    let Question::NewPasskey(new) = first.question() else { panic!() };
    let Question::NewPasskey(same) = again.question() else { panic!() };
    assert_eq!(new, same);
    let (mut world, _) = with_passkey();
    world.open(1);
    let (first, again) = (look(&mut world, 1), look(&mut world, 1));
    assert_eq!(first.passkey, again.passkey);
    assert!(first.passkey.is_some());
    world.open(2);
    assert_ne!(look(&mut world, 2).passkey, first.passkey, "another sign-in asks otherwise");
}

#[test]
fn p4_without_a_domain_no_passkey_is_made_or_used_and_the_reason_is_said() {
    let (mut world, _) = with_passkey();
    let reasons = |world: &mut World, n| {
        let view = look(world, n);
        assert!(view.passkey.is_none());
        assert!(view.options.iter().all(|option| option.method != Method::Passkey));
        let of_passkey = view.unavailable.iter().filter(|u| u.method == Method::Passkey);
        of_passkey.map(|u| u.reason).collect::<Vec<_>>()
    };
    world.service = ServiceAddress::of("https://other.example.org");
    world.open(1);
    assert_eq!(reasons(&mut world, 1), [UnavailableReason::OtherPasskeyDomain]);
    world.service = ServiceAddress::default();
    assert_eq!(reasons(&mut world, 1), [UnavailableReason::NoPasskeyDomain]);
    let mut newcomer = self::world();
    newcomer.service = ServiceAddress::default();
    newcomer.open(0);
    assert_eq!(reasons(&mut newcomer, 0), [UnavailableReason::NoPasskeyDomain]);
    assert_eq!(start(&mut newcomer, 0).err(), Some(Refusal::AnotherStep));
}

#[test]
fn x1_a_passkey_whose_method_left_the_policy_is_asked_for_and_then_an_app_is_enrolled() {
    let (mut world, mut device) = with_passkey();
    world.portal.policy.methods.remove(0);
    world.open(1);
    let press = press(&mut world, 1, &mut device);
    let view = verify(&mut world, 1, &press).unwrap();
    assert!(matches!(view.question(), Question::StartApp), "{:?}", view.question());
    let sign_in = world.user().unwrap().sign_ins.pop().unwrap();
    assert_eq!((sign_in.progress, sign_in.ground), (Progress::MayEnrol, Ground::Passkey));
    // A right to enrol that ends is not had again by the same answer.
    world.change(|user| user.sign_ins.last_mut().unwrap().progress = Progress::Open);
    let again = verify(&mut world, 1, &press).err();
    assert_eq!(again, Some(Refusal::PasskeyRefused(NotMet::Challenge)));
}

#[test]
fn p3_a_wrong_signature_costs_a_try_of_its_sign_in_and_nothing_else() {
    let (mut world, mut device) = with_passkey();
    world.open(1);
    let good = press(&mut world, 1, &mut device);
    let failures = world.user().unwrap().failures;
    for left in (0..5).rev() {
        let forged = Press { signature: vec![9; 32], ..good.clone() };
        let refused = verify(&mut world, 1, &forged).err();
        let method = Some(Method::Passkey);
        let wrong = Refusal::CodeNotAccepted {
            why: WrongCode::Wrong,
            method,
            guesses_left: left,
            until: None,
        };
        assert_eq!(refused, Some(wrong));
    }
    assert_eq!(verify(&mut world, 1, &good).err(), Some(Refusal::SignInDead));
    assert_eq!(world.user().unwrap().failures, failures);
    let mut activity = world.activity();
    assert_eq!(activity.split_off(activity.len() - 2), ["code_wrong", "sign_in_dead"]);
    world.open(2);
    assert!(answer(&mut world, 2, &mut device).is_ok(), "another sign-in has tries of its own");
}
