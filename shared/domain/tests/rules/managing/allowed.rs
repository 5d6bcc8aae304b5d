//! The proof that allows changes, and what ends it.

use super::*;
use portcullis_domain::{
    LockKind, UserId, account,
    account::{Actor, WhoAsks},
    admin::Reach,
    limits,
    policy::{EmailFallback, WhenOff},
    sign_in::prompt::Step,
};
use portcullis_model::{Act, Method as Way};

const URL: &str = "https://portal.example/back";

fn opened(answer: Answer) -> (&'static str, &'static str) {
    let Answer::View(view) = answer else { panic!("{answer:?}") };
    (view.status, view.reason)
}

fn actor() -> Actor {
    Actor { by: None, reach: Reach::Portal, reason: None, form: None }
}

#[test]
fn s8_nothing_changes_by_the_password_alone_nor_in_a_sign_in_for_something_else() {
    let (mut world, secret) = anna();
    let [(app, _)] = bound(&world)[..] else { panic!() };
    for (n, refusal) in without_proof(&mut world, &secret) {
        let before = world.user();
        assert_eq!(remove(&mut world, n, app).map(drop), Err(refusal.clone()));
        assert_eq!(rename(&mut world, n, app, Some("Mine")).map(drop), Err(refusal.clone()));
        assert_eq!(unset_default(&mut world, n).map(drop), Err(refusal));
        assert!(start_app(&mut world, n, &Place::default()).is_err());
        assert_eq!(world.user(), before);
    }
}

#[test]
fn h1_a_proof_is_asked_whatever_the_policy_asks_of_others() {
    let (mut world, secret) = anna();
    world.portal.policy.enabled = false;
    for when_off in [WhenOff::ChallengeNobody, WhenOff::ChallengeEnrolled] {
        world.portal.policy.when_off = when_off;
        let answer = world.open_settings(1, None).unwrap();
        assert_eq!(opened(answer), ("challenge", "usable"));
        world.now = world.now.plus(600);
    }
    prove(&mut world, 2, &secret);
    assert!(settings(&mut world, 2).is_some());
}

#[test]
fn h2_with_nothing_bound_the_settings_enrol_where_anybody_enrols_and_else_are_denied() {
    let mut world = World::new("authenticator_app");
    world.portal.policy.self_service = SelfService::WithProof;
    assert_eq!(opened(world.open_settings(0, None).unwrap()), ("enrol", "nothing_bound"));
    let secret = world.perform(&Act::Enrol(0, Way::App, None)).secret.unwrap();
    let right = code(&world, &secret);
    assert_eq!(world.perform(&Act::Confirm(0, right)).answer, Answer::Verified("allowed"));
    assert!(settings(&mut world, 0).is_some(), "what was just set up is the proof");

    let denied = ("denied", "nothing_to_manage");
    let mut off = World::new("authenticator_app");
    assert_eq!(opened(off.open_settings(0, None).unwrap()), denied, "no self-service");
    off.portal.policy.self_service = SelfService::WithProof;
    off.portal.policy.enabled = false;
    assert_eq!(opened(off.open_settings(1, None).unwrap()), denied, "nobody enrols");

    let mut first = World::with_email_first("authenticator_app");
    first.portal.policy.self_service = SelfService::WithProof;
    assert_eq!(opened(first.open_settings(0, None).unwrap()), ("challenge", "enrolment_proof"));

    let mut after_reset = World::with_app("managed").0;
    after_reset.portal.policy.self_service = SelfService::WithProof;
    after_reset.perform(&Act::Reset);
    assert_eq!(opened(after_reset.open_settings(1, None).unwrap()), ("check_email", "link_needed"));
}

#[test]
fn s48_a_weaker_code_is_neither_offered_nor_judged_as_proof() {
    let (mut world, secret) = World::with_app("authenticator_app_with_email");
    world.portal.policy.self_service = SelfService::WithProof;
    world.now = world.now.plus(60);
    let Answer::View(view) = world.open_settings(1, None).unwrap() else { panic!() };
    assert_eq!(view.options, [(Way::App, true)]);
    let before = world.user();
    let refused = world.perform(&Act::Challenge(1, Way::Email));
    assert_eq!(refused.answer, Answer::Refused("method_not_offered", None));
    assert!(refused.messages.is_empty());
    let guessed = world.verify(1, "000000", Some(Way::Email));
    assert_eq!(guessed, Answer::Refused("method_not_offered", None));
    assert_eq!(world.user(), before);
    let right = code(&world, &secret);
    assert_eq!(world.verify(1, &right, None), Answer::Verified("allowed"));
}

#[test]
fn s48_with_a_number_and_an_app_the_number_proves_too_little() {
    let (mut world, secret) = anna();
    prove(&mut world, 1, &secret);
    add_destination(&mut world, 1, "+64211234511").unwrap();
    assert!(settings(&mut world, 1).is_some());
    let Answer::View(view) = world.open_settings(2, None).unwrap() else { panic!() };
    assert_eq!(view.options, [(Way::App, true)]);
}

#[test]
fn h1_an_app_added_after_the_proof_of_a_number_ends_nothing_in_that_sign_in() {
    let mut world = World::new("sms_enrolment");
    world.portal.policy.self_service = SelfService::WithProof;
    let (issuer, email_fallback) = (None, EmailFallback::Forbidden);
    world.portal.policy.methods.push(MethodPolicy::AuthenticatorApp { issuer, email_fallback });
    world.open(0);
    let enrol = Act::Enrol(0, Way::Sms, Some("+64211234511".to_owned()));
    let sent = world.perform(&enrol).messages[0].secret.clone();
    assert_eq!(world.perform(&Act::Confirm(0, sent)).answer, Answer::Verified("allowed"));
    world.now = world.now.plus(60);
    let sent = world.open_settings(1, None).map(|_| world.messages.pop().unwrap().secret).unwrap();
    assert_eq!(world.verify(1, &sent, None), Answer::Verified("allowed"));
    world.now = world.now.plus(5);
    add_app(&mut world, 1, &Place::default()).unwrap();
    assert!(settings(&mut world, 1).is_some());
    let Answer::View(view) = world.open_settings(2, None).unwrap() else { panic!() };
    assert_eq!(view.options, [(Way::App, true)], "the next proof is by the app");
}

#[test]
fn h1_the_right_lasts_ten_minutes_from_the_proof_and_the_sign_in_with_it() {
    let (mut world, secret) = anna();
    let [(app, _)] = bound(&world)[..] else { panic!() };
    world.open_settings(1, None).unwrap();
    world.now = world.now.plus(540);
    let right = code(&world, &secret);
    assert_eq!(world.verify(1, &right, None), Answer::Verified("allowed"));
    world.now = world.now.plus(limits::MANAGE_SECONDS - 1);
    rename(&mut world, 1, app, Some("Phone")).unwrap();
    world.now = world.now.plus(1);
    assert_eq!(rename(&mut world, 1, app, None).map(drop), Err(Refusal::SignInExpired));
}

#[test]
fn h1_in_the_prompt_the_right_lasts_until_the_portal_fetches_the_result() {
    let (mut world, secret) = anna();
    world.portal.profile.return_urls = vec![URL.to_owned()];
    let [(app, _)] = bound(&world)[..] else { panic!() };
    world.now = world.now.plus(60);
    world.open_settings(1, Some(URL)).unwrap();
    assert_eq!(visit(&mut world, 1).step, Step::Challenge);
    let right = code(&world, &secret);
    assert_eq!(world.verify(1, &right, None), Answer::Verified("allowed"));
    rename(&mut world, 1, app, Some("Phone")).unwrap();
    let id = world.id(1);
    let cookie = |context: &DecisionContext<'_>, user: &User| {
        let version = user.sign_in(id.key).unwrap().browser.unwrap();
        context.keys.secret_mac(version, &user.id, &format!("result {}", id.key)).unwrap()
    };
    let redeemed = world.run(|context, user| {
        let result = cookie(context, user.as_ref().unwrap());
        portcullis_domain::sign_in::result::redeem_result(context, user, &id, &result, "k1")
    });
    assert_eq!(redeemed.unwrap().view.changed.len(), 1);
    assert_eq!(rename(&mut world, 1, app, None).map(drop), Err(Refusal::SettingsClosed));
}

#[test]
fn s9_a_change_elsewhere_ends_the_right_and_the_enrolment_under_way_in_every_other_sign_in() {
    let (mut world, secret) = anna();
    let [(app, _)] = bound(&world)[..] else { panic!() };
    prove(&mut world, 1, &secret);
    let pending = start_app(&mut world, 1, &Place::default()).unwrap();
    prove(&mut world, 2, &secret);
    add_app(&mut world, 2, &Place::default()).unwrap();
    let right = code(&world, &pending);
    assert_eq!(confirm(&mut world, 1, &right).map(drop), Err(Refusal::SettingsClosed));
    assert_eq!(remove(&mut world, 1, app).map(drop), Err(Refusal::SettingsClosed));
    assert_eq!(bound(&world).len(), 2);
    remove(&mut world, 2, app).unwrap();
}

#[test]
fn s11_a_reset_a_new_generation_and_the_policy_end_the_right() {
    let (mut world, secret) = anna();
    let [(app, _)] = bound(&world)[..] else { panic!() };
    prove(&mut world, 1, &secret);
    world.portal.policy.self_service = SelfService::Off;
    let denied = Err(Refusal::Denied { disabled: false });
    assert_eq!(rename(&mut world, 1, app, Some("Phone")).map(drop), denied);
    world.portal.policy.self_service = SelfService::WithProof;
    world.portal.generation += 1;
    assert!(rename(&mut world, 1, app, Some("Phone")).is_err());
    world.portal.generation -= 1;
    let now = world.now;
    world.change(|user| user.disabled_at = Some(now));
    let disabled = Err(Refusal::Denied { disabled: true });
    assert_eq!(rename(&mut world, 1, app, Some("Phone")).map(drop), disabled);
    world.change(|user| user.disabled_at = None);
    rename(&mut world, 1, app, Some("Phone")).unwrap();
    let anna = UserId::parse("anna").unwrap();
    let reset = |context: &DecisionContext<'_>, user| {
        account::reset(context, user, &anna, &actor(), &WhoAsks::Unsaid)
    };
    world.run(reset).unwrap();
    assert_eq!(rename(&mut world, 1, app, None).map(drop), Err(Refusal::UnknownSignIn));
}

#[test]
fn n2_a_lock_keeps_codes_from_being_compared_behind_the_proof_and_does_not_end_it() {
    let (mut world, secret) = anna();
    let [(app, _)] = bound(&world)[..] else { panic!() };
    prove(&mut world, 1, &secret);
    let pending = start_app(&mut world, 1, &Place::default()).unwrap();
    let now = world.now;
    world.change(|user| (0..5).for_each(|_| user.failures.count(None, now)));
    let right = code(&world, &pending);
    let locked = confirm(&mut world, 1, &right).map(drop);
    assert!(matches!(locked, Err(Refusal::Locked { kind: LockKind::Wait, .. })), "{locked:?}");
    rename(&mut world, 1, app, Some("Phone")).unwrap();
    world.now = world.now.plus(30);
    let right = code(&world, &pending);
    confirm(&mut world, 1, &right).unwrap();
}

#[test]
fn n2_wrong_codes_while_adding_count_as_everywhere_and_the_fifth_ends_the_sign_in() {
    let (mut world, secret) = anna();
    prove(&mut world, 1, &secret);
    start_app(&mut world, 1, &Place::default()).unwrap();
    for left in (0..5).rev() {
        let wrong = confirm(&mut world, 1, "000000");
        let Err(Refusal::CodeNotAccepted { guesses_left, .. }) = wrong else { panic!() };
        assert_eq!(guesses_left, left);
    }
    assert_eq!(world.user().unwrap().failures.codes().strangers.in_a_row, 5);
    let dead = start_app(&mut world, 1, &Place::default()).map(drop);
    assert_eq!(dead, Err(Refusal::SignInDead));
    assert_eq!(bound(&world).len(), 1);
}

#[test]
fn n2_a_bypass_code_allows_what_the_strongest_proof_does() {
    let (mut world, _) = anna();
    let [(app, _)] = bound(&world)[..] else { panic!() };
    let bypass = world.perform(&Act::IssueBypass).secret.unwrap();
    world.open_settings(1, None).unwrap();
    assert_eq!(world.verify(1, &bypass, None), Answer::Verified("allowed"));
    let place = Place { replaces: Some(app), name: None };
    add_app(&mut world, 1, &place).unwrap();
    assert_eq!(bound(&world).len(), 1);
}

#[test]
fn an_admin_removes_one_of_several_and_never_the_last() {
    let (mut world, secret) = anna();
    let [(app, _)] = bound(&world)[..] else { panic!() };
    let anna = UserId::parse("anna").unwrap();
    let remove = |world: &mut World, id| {
        world.run(|context, user| account::remove_authenticator(context, user, &anna, id, &actor()))
    };
    assert_eq!(remove(&mut world, app), Err(Refusal::LastAuthenticator));
    prove(&mut world, 1, &secret);
    add_app(&mut world, 1, &Place::default()).unwrap();
    start_app(&mut world, 1, &Place { replaces: Some(app), name: None }).unwrap();
    assert_eq!(remove(&mut world, app), Ok(()));
    assert_eq!(bound(&world).len(), 1);
    assert!(settings(&mut world, 1).is_none(), "what was under way ends");
    assert_eq!(remove(&mut world, app), Err(Refusal::UnknownAuthenticator));
    assert_eq!(world.activity().last().unwrap(), "authenticator_removed");
}
