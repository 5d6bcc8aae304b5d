//! Nobody gains anything for a day by changing an address or the password.

use crate::world::World;
use portcullis_domain::{
    Email, KnownEmail, Method, Timestamp,
    sign_in::{Event, MethodOptions, Stage, Unavailable, UnavailableReason},
    user::{PasswordChange, PasswordProof},
};
use portcullis_model::{Act, Answer, Contact, Method as Way};

const DAY: i64 = 86_400;

/// The ways to prove who is signing in, and those that cannot be used now.
fn ways(world: &mut World) -> (Vec<Method>, Vec<Unavailable>) {
    let listed = world.run(|context, user| {
        let stage = Stage::begun(Event::Login, context.portal.usual_pages());
        let options = MethodOptions::of(context, &user.unwrap(), stage);
        Ok(portcullis_domain::Decision::unchanged(options))
    });
    let listed = listed.unwrap();
    (listed.list.iter().map(|option| option.method).collect(), listed.unavailable)
}

fn changed_to(address: &str) -> Act {
    let email = Some(address.to_owned());
    Act::SetContact(Contact { email, verified: true, ..World::contact() })
}

fn tell(world: &mut World, by: PasswordProof, at: Timestamp) {
    let now = world.now;
    let change = PasswordChange::told(at, by, now).unwrap();
    world.change(|user| {
        user.change_password(change);
    });
}

#[test]
fn a_changed_address_stands_in_for_the_app_after_a_day_where_the_policy_holds_it() {
    let (mut world, _) = World::with_app("authenticator_app_with_email");
    let both = vec![Method::AuthenticatorApp, Method::Email];
    world.portal.policy.contact_hold = true;
    assert_eq!(ways(&mut world).0, both, "the address the user came with");
    world.perform(&changed_to("Anna@example.com"));
    assert_eq!(ways(&mut world).0, both, "another spelling of it");
    world.perform(&changed_to("thief@example.com"));
    let held = Unavailable { method: Method::Email, reason: UnavailableReason::NewAddress };
    assert_eq!(ways(&mut world), (vec![Method::AuthenticatorApp], vec![held]));
    world.now = world.now.plus(DAY - 1);
    assert_eq!(ways(&mut world).0, [Method::AuthenticatorApp]);
    world.now = world.now.plus(1);
    assert_eq!(ways(&mut world).0, both);
    world.perform(&changed_to("other@example.com"));
    world.portal.policy.contact_hold = false;
    assert_eq!(ways(&mut world).0, both, "the policy does not ask for it");
}

#[test]
fn an_address_that_comes_to_a_user_with_an_app_is_held_too() {
    let (mut world, _) = World::with_app("authenticator_app_with_email");
    world.portal.policy.contact_hold = true;
    world.change(|user| user.contact.email = None);
    world.perform(&changed_to("thief@example.com"));
    assert_eq!(ways(&mut world).0, [Method::AuthenticatorApp]);
}

#[test]
fn no_link_goes_to_a_held_address() {
    let (mut world, _) = World::with_app("managed");
    world.portal.policy.contact_hold = true;
    world.perform(&changed_to("thief@example.com"));
    world.perform(&Act::Reset);
    let open = |n| Act::Open { sign_in: n, ticket: None, contact: held_contact(), browser: None };
    assert_eq!(world.perform(&open(1)).messages.len(), 0);
    world.now = world.now.plus(DAY);
    assert_eq!(world.perform(&open(2)).messages.len(), 1);
}

fn held_contact() -> Contact {
    Contact { email: Some("thief@example.com".to_owned()), ..World::contact() }
}

#[test]
fn codes_by_the_channel_that_changed_the_password_prove_nothing_for_a_day() {
    let (mut world, _) = World::with_app("authenticator_app_with_email");
    world.open(1);
    let code = world.perform(&Act::Challenge(1, Way::Email)).messages.remove(0).secret;
    let now = world.now;
    for by in [PasswordProof::OldPassword, PasswordProof::Support, PasswordProof::Sms] {
        tell(&mut world, by, now);
        assert_eq!(ways(&mut world).0, [Method::AuthenticatorApp, Method::Email], "{by:?}");
        world.change(|user| user.password_change = None);
    }
    tell(&mut world, PasswordProof::Email, now);
    let barred = Unavailable { method: Method::Email, reason: UnavailableReason::ChangedPassword };
    assert_eq!(ways(&mut world), (vec![Method::AuthenticatorApp], vec![barred]));
    assert_eq!(world.verify(1, &code, Some(Way::Email)), Answer::Over, "its sign-in ended");
    world.now = now.plus(DAY);
    assert_eq!(ways(&mut world).0, [Method::AuthenticatorApp, Method::Email]);
}

#[test]
fn the_only_way_is_never_barred() {
    let mut world = World::new("always_on");
    world.open(0);
    world.change(|user| user.contact.phone = None);
    let now = world.now;
    tell(&mut world, PasswordProof::Email, now);
    assert_eq!(ways(&mut world).0, [Method::Email]);
    let address = Email::parse("anna@example.com").unwrap();
    world.change(|user| {
        user.contact.email = Some(KnownEmail { address: address.clone(), verified: true })
    });
    assert_eq!(ways(&mut world).0, [Method::Email]);
}

#[test]
fn a_change_of_the_password_acts_once_and_cannot_lie_in_the_future() {
    let (world, _) = World::with_app("authenticator_app");
    let now = world.now;
    let told = |at| PasswordChange::told(at, PasswordProof::Support, now);
    assert!(told(now.plus(60)).is_ok());
    assert!(told(now.plus(61)).is_err());
    let mut user = world.user().unwrap();
    assert!(user.change_password(told(now.plus(-100)).unwrap()));
    assert!(user.sign_ins.is_empty());
    for at in [-100, -101] {
        assert!(!user.change_password(told(now.plus(at)).unwrap()), "{at}");
    }
    assert!(user.change_password(told(now.plus(-99)).unwrap()));
}
