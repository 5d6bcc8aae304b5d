//! Portals whose policy becomes another while users have something bound: the model knows one
//! policy at a time.

use crate::{portal_keys, world::World};
use portcullis_domain::policy::Preset;
use portcullis_model::{Act, Answer, Method};

fn become_preset(world: &mut World, preset: Preset) {
    world.portal = world.portal.clone().with_policy(preset.policy()).unwrap();
}

#[test]
fn x1_a_method_that_left_the_policy_is_asked_for_once_more_before_the_new_one_is_enrolled() {
    let (mut world, secret) = World::with_app("authenticator_app");
    become_preset(&mut world, Preset::EmailEnrolment);
    let view = world.open(1);
    assert_eq!((view.status, view.reason), ("challenge", "method_left_policy"));
    assert_eq!(view.options, [(Method::App, true)]);
    let own = Act::Enrol(1, Method::Email, Some("own@example.org".to_owned()));
    assert_eq!(world.perform(&own).answer, Answer::Refused("another_step", None));
    let code = portal_keys::totp(&secret, world.now.unix() / 30);
    assert_eq!(world.verify(1, &code, None), Answer::Verified("enrol"));
    assert_eq!(world.open(2).status, "challenge", "in that sign-in alone");
    let sent = world.perform(&own);
    assert_eq!(sent.answer, Answer::Sent);
    let done = world.perform(&Act::Confirm(1, sent.messages[0].secret.clone())).answer;
    assert_eq!(done, Answer::Verified("allowed"));
    let methods: Vec<_> = world.user().unwrap().authenticators.iter().map(|a| a.method()).collect();
    assert_eq!(methods.len(), 2, "what was bound before stays bound");
    assert_eq!(world.open(3).options, [(Method::Email, true)]);
}

#[test]
fn f8_who_chose_the_app_instead_of_the_default_sets_it_up_after_the_emailed_code() {
    let mut world = World::with_email_default();
    world.now = world.now.plus(60);
    let act = Act::Open { sign_in: 1, ticket: None, contact: World::contact(), browser: None };
    let opened = world.perform(&act);
    assert_eq!(opened.messages.len(), 1, "the default is sent at once");
    assert_eq!(world.perform(&Act::Challenge(1, Method::App)).answer, Answer::AppChosen);
    assert_eq!(
        world.perform(&Act::Challenge(1, Method::App)).answer,
        Answer::Refused("method_not_offered", None)
    );
    assert_eq!(world.verify(1, &opened.messages[0].secret, None), Answer::Verified("enrol"));
    let secret = world.perform(&Act::Enrol(1, Method::App, None)).secret.unwrap();
    let shown = portal_keys::totp(&secret, world.now.unix() / 30);
    assert_eq!(world.perform(&Act::Confirm(1, shown)).answer, Answer::Verified("allowed"));
}

#[test]
fn s20_a_secret_of_another_user_does_not_open() {
    let (mut world, secret) = World::with_app("authenticator_app");
    world.open(1);
    let id = world.id(1);
    let code =
        portcullis_domain::Code::parse(&portal_keys::totp(&secret, world.now.unix() / 30)).unwrap();
    let guess = portcullis_domain::sign_in::verify::Guess {
        typed: portcullis_domain::sign_in::verify::Typed::Code(code),
        method: None,
        make_email_default: false,
        remember: portcullis_domain::sign_in::Remember::Nothing,
    };
    let copied = world.run(|context, user| {
        let mut user = user.unwrap();
        user.id = portcullis_domain::UserId::parse("ben").unwrap();
        portcullis_domain::sign_in::verify::verify_code(context, Some(user), &id, &guess)
    });
    assert_eq!(copied.map(drop), Err(portcullis_domain::Unreadable::DoesNotOpen.into()));
}

#[test]
fn a_policys_countries_and_the_systems_both_have_to_allow_a_number() {
    let mut world = World::new("always_on");
    assert_eq!(world.open(0).options.len(), 2);
    world.portal.policy.allowed_countries = vec![portcullis_domain::Country::parse("DE").unwrap()];
    assert_eq!(world.open(1).options, [(Method::Email, false)]);
    world.portal.policy.allowed_countries = vec![];
    world.settings.countries = vec![];
    assert_eq!(world.open(2).options, [(Method::Email, false)]);
    world.settings.email_from = None;
    let view = world.open(3);
    assert_eq!((view.status, view.reason), ("denied", "no_usable_method"));
}

#[test]
fn r2_after_a_reset_a_mailed_link_lets_one_sign_in_enrol() {
    let (mut world, _) = World::with_app("managed");
    world.perform(&Act::Reset);
    let asked = Act::Open { sign_in: 1, ticket: None, contact: World::contact(), browser: None };
    let opened = world.perform(&asked);
    assert!(matches!(opened.answer, Answer::View(view) if view.status == "check_email"));
    let ticket = opened.messages[0].secret.clone();
    assert_eq!(world.open_with(2, Some(ticket.clone())).status, "enrol");
    assert_eq!(world.open(3).status, "check_email", "in that sign-in alone");
    assert!(world.perform(&Act::Enrol(2, Method::App, None)).secret.is_some());
    let again =
        Act::Open { sign_in: 4, ticket: Some(ticket), contact: World::contact(), browser: None };
    assert_eq!(world.perform(&again).answer, Answer::Refused("ticket_refused", None));
}
