//! Tests of the view of a sign-in: the ways on offer and not, the open question, the link on its
//! way.

use crate::world::World;
use portcullis_domain::{
    DestinationHash, Method, User,
    policy::Preset,
    sign_in::{Progress, SignInView, Unavailable, UnavailableReason, open},
    user::EntryKind,
};
use portcullis_model::{Act, Answer, Method as Way};

fn look(world: &mut World, n: usize) -> SignInView {
    let id = world.id(n);
    world.run(|context, user| open::look(context, user, &id)).unwrap()
}

fn asked(world: &mut World, n: usize) -> Option<Method> {
    look(world, n).sent_code.map(|sent| sent.method)
}

#[test]
fn a_link_is_shown_as_mailed_until_it_ends() {
    let (mut world, _) = World::with_app("managed");
    world.perform(&Act::Reset);
    world.open(1);
    let ends_at = world.user().unwrap().ticket.unwrap().expires_at;
    for (after, mailed) in [(-1, true), (0, false)] {
        world.now = ends_at.plus(-300);
        world.open(2);
        world.now = ends_at.plus(after);
        world.change(|user| user.ticket.as_mut().unwrap().expires_at = ends_at);
        assert_eq!(look(&mut world, 2).link_mailed, mailed, "{after} s");
    }
}

#[test]
fn a_code_is_asked_for_while_it_is_good_by_the_way_it_went_and_for_signing_in() {
    let mut world = World::new("always_on");
    world.open(0);
    assert_eq!(asked(&mut world, 0), None);
    world.perform(&Act::Challenge(0, Way::Email));
    assert_eq!(asked(&mut world, 0), Some(Method::Email));
    world.perform(&Act::Challenge(0, Way::Sms));
    assert_eq!(asked(&mut world, 0), Some(Method::Sms), "the newest");
    let ends_at = look(&mut world, 0).sent_code.unwrap().expires_at;
    for (after, shown) in [(-1, Some(Method::Sms)), (0, None)] {
        world.now = ends_at.plus(after);
        assert_eq!(asked(&mut world, 0), shown, "{after} s");
    }

    let mut world = World::new("email_enrolment");
    world.open(0);
    let own = Some("anna@example.com".to_owned());
    world.perform(&Act::Enrol(0, Way::Email, own));
    assert_eq!(asked(&mut world, 0), None, "it confirms an address");
    world.portal.policy = Preset::AlwaysOn.policy();
    assert_eq!(asked(&mut world, 0), None, "and does nothing else, to the same address either");
}

#[test]
fn a_code_to_an_address_that_has_changed_is_asked_for_no_more() {
    let mut world = World::new("always_on");
    world.open(0);
    world.perform(&Act::Challenge(0, Way::Email));
    let email = Some("new@example.com".to_owned());
    world.perform(&Act::SetContact(portcullis_model::Contact { email, ..World::contact() }));
    assert_eq!(asked(&mut world, 0), None);
}

#[test]
fn what_is_done_offers_nothing_more() {
    let mut world = World::new("authenticator_app_with_email");
    world.open(0);
    let code = world.perform(&Act::Challenge(0, Way::Email)).messages.remove(0).secret;
    let default = Act::Verify { sign_in: 0, code, by: None, make_default: true };
    assert_eq!(world.perform(&default).answer, Answer::Verified("allowed"));
    let view = look(&mut world, 0);
    assert_eq!((view.options.len(), view.unavailable.len()), (0, 0));
    assert_eq!((view.app_instead, view.sent_code, view.uses_app), (None, None, false));

    world.now = world.now.plus(60);
    world.open(1);
    let view = look(&mut world, 1);
    assert_eq!((view.app_instead, view.uses_app), (Some(false), false));
    world.perform(&Act::Challenge(1, Way::App));
    let view = look(&mut world, 1);
    assert_eq!((view.app_instead, view.uses_app), (None, false), "there is no app yet");
}

#[test]
fn a_way_that_cannot_be_used_says_why() {
    let why = |change: fn(&mut World), contact: fn(&mut User)| {
        let mut world = World::new("always_on");
        world.open(0);
        world.change(contact);
        change(&mut world);
        look(&mut world, 0).unavailable
    };
    let one = |method, reason| vec![Unavailable { method, reason }];
    let nothing = |_: &mut World| {};
    let all = |_: &mut User| {};
    assert_eq!(why(nothing, all), []);
    let unset = UnavailableReason::ProviderNotSet;
    assert_eq!(why(|w| w.settings.email_from = None, all), one(Method::Email, unset));
    assert_eq!(why(|w| w.settings.sms = None, all), one(Method::Sms, unset));
    let country = UnavailableReason::CountryNotAllowed;
    assert_eq!(why(|w| w.settings.countries = vec![], all), one(Method::Sms, country));
    let no_phone = one(Method::Sms, UnavailableReason::NoPhone);
    assert_eq!(why(nothing, |user| user.contact.phone = None), no_phone);
    let no_email = one(Method::Email, UnavailableReason::NoVerifiedEmail);
    assert_eq!(why(nothing, |user| user.contact.email = None), no_email);
}

#[test]
fn no_way_in_is_noted_once() {
    let mut world = World::new("always_on");
    world.open(0);
    (world.settings.email_from, world.settings.sms) = (None, None);
    for n in 1..4 {
        assert_eq!(world.open(n).status, "denied");
    }
    let noted = |kind| world.user().unwrap().activity.iter().filter(|e| e.kind == kind).count();
    assert_eq!(noted(EntryKind::Denied), 1);
}

#[test]
fn s9_an_enrolment_ends_every_other_right_to_enrol_and_revives_nothing() {
    let (mut world, _) = World::with_app("managed");
    world.perform(&Act::Reset);
    let mut secrets = vec![];
    for n in [1, 2, 3] {
        world.open(n);
        let code = world.perform(&Act::IssueBypass).secret.unwrap();
        let bypass = Act::Verify { sign_in: n, code, by: None, make_default: false };
        assert_eq!(world.perform(&bypass).answer, Answer::Verified("enrol"));
        secrets.push(world.perform(&Act::Enrol(n, Way::App, None)).secret.unwrap());
    }
    world.change(|user| {
        user.sign_ins.iter_mut().nth_back(0).unwrap().progress = Progress::Dead;
        user.authenticators.clear();
    });
    let code = crate::portal_keys::totp(&secrets[0], world.now.unix() / 30);
    assert_eq!(world.perform(&Act::Confirm(1, code)).answer, Answer::Verified("allowed"));
    let user = world.user().unwrap();
    assert!(user.sign_ins.iter().all(|sign_in| sign_in.pending.is_none()));
    let progress: Vec<_> = user.sign_ins.iter().map(|sign_in| sign_in.progress).collect();
    assert!(matches!(progress[..], [Progress::Done(_), Progress::Open, Progress::Dead]));
}

#[test]
fn a_default_is_offered_with_the_fallbacks_code_where_the_policy_and_the_user_leave_room() {
    use portcullis_domain::policy::{EmailFallback, MethodPolicy};
    let offered = |world: &mut World, n: usize| {
        world.perform(&Act::Challenge(n, Way::Email));
        look(world, n).sent_code.unwrap().offer_default
    };
    let mut world = World::new("authenticator_app_with_email");
    world.open(0);
    assert!(offered(&mut world, 0));
    let allowed = EmailFallback::Allowed;
    world.portal.policy.methods =
        vec![MethodPolicy::AuthenticatorApp { issuer: None, email_fallback: allowed }];
    assert!(!look(&mut world, 0).sent_code.unwrap().offer_default, "for this once");

    let mut world = World::new("authenticator_app_with_email");
    world.open(0);
    world.change(|user| {
        user.email_default = Some(portcullis_domain::user::EmailDefault {
            generation: 1,
            at: user.sign_ins[0].expires_at,
            to: DestinationHash::new([1; 8]),
            replaced: false,
        });
    });
    assert!(!offered(&mut world, 0), "it is the default already");

    let mut world = World::new("always_on");
    world.portal.policy.methods.push(MethodPolicy::AuthenticatorApp {
        issuer: None,
        email_fallback: EmailFallback::AllowedAsDefault,
    });
    world.open(0);
    assert!(!offered(&mut world, 0), "its own way, and no fallback");
}
