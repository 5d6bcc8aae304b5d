//! A portal with a domain of its own, whose users also use the hosted prompt: each kind of page has
//! passkeys of its own.

use super::{Authenticator, answer, enrol, look, start, verify, world};
use crate::world::World;
use portcullis_domain::{
    Method, Refusal,
    passkey::{Origin, RelyingParty, RpId, ServiceAddress},
    sign_in::{Question, SignInView, UnavailableReason},
};
use portcullis_model::Act;

const OWN_PAGE: &str = "https://login.portal.example";
const URL: &str = "https://www.portal.example/back";

/// A portal whose pages lie on `portal.example`, and the prompt on `mfa.example.com`.
fn with_pages() -> World {
    let mut world = world();
    let origins = vec![Origin::parse(OWN_PAGE).unwrap()];
    let party = RelyingParty::new(RpId::parse("portal.example").unwrap(), origins).unwrap();
    world.portal.profile.passkeys = Some(party);
    world.portal.profile.return_urls = vec![URL.to_owned()];
    world
}

fn open_prompt(world: &mut World, n: usize) {
    world.open_for(n, None, &World::contact(), Some(URL)).unwrap();
}

fn on_own_page(number: u8) -> Authenticator {
    Authenticator { origin: OWN_PAGE, ..Authenticator::new(number) }
}

fn reason(view: &SignInView) -> Option<UnavailableReason> {
    let mut unavailable = view.unavailable.iter();
    unavailable.find(|of| of.method == Method::Passkey).map(|of| of.reason)
}

#[test]
fn p4_each_kind_of_page_makes_and_asks_for_passkeys_of_its_own_domain() {
    let mut world = with_pages();
    open_prompt(&mut world, 0);
    let view = start(&mut world, 0).unwrap();
    let Question::NewPasskey(new) = view.question() else { panic!("{:?}", view.question()) };
    assert_eq!(new.rp_id.as_str(), "mfa.example.com");
    let mut of_prompt = Authenticator::new(1);
    enrol(&mut world, 0, &mut of_prompt);
    open_prompt(&mut world, 1);
    assert!(answer(&mut world, 1, &mut of_prompt).is_ok());

    world.open(2);
    let view = look(&mut world, 2);
    assert_eq!(reason(&view), Some(UnavailableReason::OtherPasskeyDomain));
    assert!(view.passkey.is_none());

    world.perform(&Act::Reset);
    world.portal.policy.after_reset = portcullis_domain::policy::AfterReset::Open;
    world.open(3);
    let view = start(&mut world, 3).unwrap();
    let Question::NewPasskey(new) = view.question() else { panic!("{:?}", view.question()) };
    assert_eq!(new.rp_id.as_str(), "portal.example");
    let mut of_portal = on_own_page(2);
    enrol(&mut world, 3, &mut of_portal);
    world.open(4);
    assert!(answer(&mut world, 4, &mut of_portal).is_ok());
    open_prompt(&mut world, 5);
    assert_eq!(reason(&look(&mut world, 5)), Some(UnavailableReason::OtherPasskeyDomain));
}

#[test]
fn p3_p4_a_page_of_one_kind_is_refused_by_a_sign_in_of_the_other() {
    let mut world = with_pages();
    // The prompt lies on the portal's domain, so that both use the same passkeys.
    world.service = ServiceAddress::of("https://mfa.portal.example");
    world.open(0);
    let mut device = on_own_page(1);
    enrol(&mut world, 0, &mut device);
    open_prompt(&mut world, 1);
    let before = world.user();
    for origin in [OWN_PAGE, "https://mfa.example.com"] {
        device.origin = origin;
        let press = super::press(&mut world, 1, &mut device);
        let refused = verify(&mut world, 1, &press).err();
        assert!(matches!(refused, Some(Refusal::PasskeyRefused(_))), "{origin}: {refused:?}");
    }
    assert_eq!(world.user(), before, "nothing was counted");
    device.origin = "https://mfa.portal.example";
    assert!(answer(&mut world, 1, &mut device).is_ok());
    world.open(2);
    let press = super::press(&mut world, 2, &mut device);
    assert!(matches!(verify(&mut world, 2, &press).err(), Some(Refusal::PasskeyRefused(_))));
}
