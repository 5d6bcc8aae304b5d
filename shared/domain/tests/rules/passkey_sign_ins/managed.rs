//! Passkeys in the settings: several, each by a question of its own, named and removed.

use super::{Authenticator, answer, confirm, start, with_passkey};
use crate::world::World;
use portcullis_domain::{
    AuthenticatorName, Method, Refusal, User,
    passkey::{CredentialId, NotMet, PasskeyAlgorithm, PasskeyKey, ServiceAddress},
    sign_in::{
        Place, Question,
        enrol::{self, Enrol, Start},
        manage, open,
    },
    user::Binding,
};

fn settings(world: &mut World, n: usize, device: &mut Authenticator) {
    world.now = world.now.plus(60);
    world.open_settings(n, None).unwrap();
    let view = answer(world, n, device).unwrap();
    assert!(view.settings.is_some());
}

fn add(world: &mut World, n: usize, device: &mut Authenticator) -> Result<(), Refusal> {
    let view = start(world, n)?;
    let Question::NewPasskey(new) = view.question() else { panic!("{:?}", view.question()) };
    let made = device.make(new);
    confirm(world, n, &made).map(drop)
}

#[test]
fn p1_n1_three_passkeys_fit_and_each_lets_in() {
    let (mut world, mut first) = with_passkey();
    settings(&mut world, 1, &mut first);
    let (mut second, mut third) = (Authenticator::new(2), Authenticator::new(3));
    let again = add(&mut world, 1, &mut first);
    assert_eq!(again, Err(Refusal::PasskeyRefused(NotMet::AlreadyRegistered)));
    add(&mut world, 1, &mut second).unwrap();
    add(&mut world, 1, &mut third).unwrap();
    assert_eq!(add(&mut world, 1, &mut Authenticator::new(4)), Err(Refusal::TooManyAuthenticators));
    for (n, device) in [(2, &mut third), (3, &mut second), (4, &mut first)] {
        world.open(n);
        assert!(answer(&mut world, n, device).is_ok());
    }
}

#[test]
fn s3_the_answer_that_made_one_passkey_makes_no_other() {
    let (mut world, mut first) = with_passkey();
    settings(&mut world, 1, &mut first);
    let view = start(&mut world, 1).unwrap();
    let Question::NewPasskey(new) = view.question() else { panic!() };
    let made = Authenticator::new(2).make(new);
    assert!(confirm(&mut world, 1, &made).is_ok());
    assert_eq!(confirm(&mut world, 1, &made).err(), Some(Refusal::AnotherStep));
    start(&mut world, 1).unwrap();
    let other = super::Press { credential: made.credential.clone(), ..made };
    let refused = Some(Refusal::PasskeyRefused(NotMet::Challenge));
    assert_eq!(confirm(&mut world, 1, &other).err(), refused);
}

#[test]
fn n3_a_passkey_is_named_replaced_and_removed_after_a_proof() {
    let (mut world, mut first) = with_passkey();
    settings(&mut world, 1, &mut first);
    let old = world.user().unwrap().authenticators[0].id;
    let id = world.id(1);
    let removed = world.run(|context, user| manage::remove::remove(context, user, &id, old));
    assert_eq!(removed.err(), Some(Refusal::LastAuthenticator));
    let name = AuthenticatorName::parse("Work laptop").ok();
    let place = Place { replaces: Some(old), name: name.clone() };
    let started = Start { enrol: Enrol::Passkey, place };
    let shown =
        world.run(|context, user| enrol::start_enrolment_in(context, user, &id, &started)).unwrap();
    let enrol::Enrolling::Shown(view) = shown else { panic!() };
    let Question::NewPasskey(new) = view.question() else { panic!() };
    let made = Authenticator::new(2).make(new);
    confirm(&mut world, 1, &made).unwrap();
    let bound = world.user().unwrap().authenticators;
    assert_eq!((bound.len(), &bound[0].name), (1, &name));
    let looked = world.run(|context, user| open::look(context, user, &id)).unwrap();
    let listed = looked.settings.unwrap().authenticators;
    assert_eq!((listed[0].method, listed[0].to.is_none()), (Method::Passkey, true));
    world.open(2);
    let refused = answer(&mut world, 2, &mut first).err();
    assert_eq!(refused, Some(Refusal::PasskeyRefused(NotMet::CredentialUnknown)));
}

#[test]
fn r6_a_recovery_code_replaces_every_passkey_at_once() {
    let (mut world, mut first) = with_passkey();
    settings(&mut world, 1, &mut first);
    add(&mut world, 1, &mut Authenticator::new(2)).unwrap();
    let at = world.now;
    world.change(|user| user.disabled_at = Some(at));
    let codes = {
        let made = portcullis_model::Act::Look(1);
        world.perform(&made);
        world.change(|user| user.disabled_at = None);
        let codes = world.perform(&portcullis_model::Act::RenewCodes(1)).recovery_codes;
        world.change(|user| user.disabled_at = Some(at));
        codes
    };
    world.open(2);
    assert_eq!(world.verify(2, &codes[0], None), portcullis_model::Answer::Verified("enrol"));
    let mut new = Authenticator::new(5);
    add(&mut world, 2, &mut new).unwrap();
    assert_eq!(world.user().unwrap().authenticators.len(), 1);
    world.open(3);
    let refused = answer(&mut world, 3, &mut first).err();
    assert_eq!(refused, Some(Refusal::PasskeyRefused(NotMet::CredentialUnknown)));
    assert!(answer(&mut world, 3, &mut new).is_ok());
}

/// A key of RSA that is as long as one can be.
fn longest_key() -> PasskeyKey {
    let head = [0x30, 0x82, 2, 0x22, 0x30, 0x0d, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1];
    let bits = [5, 0, 3, 0x82, 2, 0x0f, 0, 0x30, 0x82, 2, 0x0a, 2, 0x82, 2, 1, 0];
    let spki = [&head[..], &bits, &[0xff; 512], &[2, 3, 1, 0, 1]].concat();
    PasskeyKey::parse(PasskeyAlgorithm::Rs256, &spki).unwrap()
}

#[test]
fn n1_two_of_the_longest_passkeys_leave_no_room_for_a_third() {
    let (mut world, mut first) = with_passkey();
    settings(&mut world, 1, &mut first);
    add(&mut world, 1, &mut Authenticator::new(2)).unwrap();
    let id = CredentialId::new(&[7; CredentialId::MAX]).unwrap();
    let lengthened = |user: &mut User, place: usize| {
        let Binding::Passkey(passkey) = &mut user.authenticators[place].binding else { panic!() };
        (passkey.key, passkey.credential) = (longest_key(), id.clone());
    };
    world.change(|user| lengthened(user, 0));
    let before = world.user();
    world.change(|user| lengthened(user, 1));
    let full = world.user();
    let third = add(&mut world, 1, &mut Authenticator::new(3));
    assert_eq!(third, Err(Refusal::TooManyAuthenticators));
    assert_eq!(world.user().unwrap().authenticators, full.unwrap().authenticators);
    world.change(|user| user.authenticators = before.clone().unwrap().authenticators);
    add(&mut world, 1, &mut Authenticator::new(3)).unwrap();
}

#[test]
fn p4_a_passkey_of_another_domain_proves_nothing_beside_one_of_this() {
    let (mut world, mut first) = with_passkey();
    settings(&mut world, 1, &mut first);
    world.service = ServiceAddress::of("https://other.example.org");
    let mut second = Authenticator::new(2);
    (first.origin, second.origin) = ("https://other.example.org", "https://other.example.org");
    add(&mut world, 1, &mut second).unwrap();
    world.open(2);
    let before = world.user();
    let refused = answer(&mut world, 2, &mut first).err();
    assert_eq!(refused, Some(Refusal::PasskeyRefused(NotMet::CredentialUnknown)));
    assert_eq!(world.user(), before);
    assert!(answer(&mut world, 2, &mut second).is_ok());
}
