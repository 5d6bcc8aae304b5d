//! R4: a user who is locked or was disabled gets in with a recovery code, and enrols anew.

use super::{Anna, WRONG, anna, anna_under, enrol, view};
use crate::{portal_keys::totp, world::World};
use portcullis_domain::{
    Code, Refusal,
    decision::{FirstProof, NextStep},
    policy::{Enforcement, RecoveryCodesPolicy},
    sign_in::{Ground, Question, RecoveryOffer, Status, skip},
    user::Lock,
};
use portcullis_model::{Act, Answer, Method as Way};

fn disable(world: &mut World) {
    let now = world.now;
    world.change(|user| user.disabled_at = Some(now));
}

/// As many wrong codes as close the day for strangers.
fn lock(world: &mut World) -> Lock {
    let now = world.now;
    world.change(|user| (0..14).for_each(|_| user.failures.count(None, now)));
    world.user().unwrap().failures.lock(None, now).unwrap()
}

#[test]
fn r4_a_disabled_user_gets_in_with_one_and_has_to_enrol_anew() {
    let mut anna = anna();
    disable(&mut anna.world);
    let row = anna.world.user().unwrap().failures.clone();
    anna.world.open(1);
    let seen = view(&mut anna.world, 1);
    let first = NextStep::ChallengeThenEnrol(FirstProof::RecoveryCode);
    assert_eq!((seen.status, seen.recovery), (Status::Waiting(first), RecoveryOffer::Only));
    assert!(matches!(seen.question(), Question::RecoveryCode));
    let app = anna.app_code();
    let refused = Answer::Refused("method_not_offered", None);
    assert_eq!(anna.world.verify(1, &app, Some(Way::App)), refused, "the app is disabled");
    let code = anna.codes[0].clone();
    assert_eq!(anna.world.verify(1, &code, None), Answer::Verified("enrol"));
    let another = anna.codes[1].clone();
    let refused = Answer::Refused("method_not_offered", None);
    assert_eq!(anna.world.verify(1, &another, None), refused, "one code per sign-in");
    assert!(anna.user().disabled_at.is_some(), "until the enrolment is confirmed");

    let (secret, new) = enrol(&mut anna.world, 1);
    let user = anna.user();
    assert_eq!((user.disabled_at, user.authenticators.len(), new.len()), (None, 1, 10));
    assert_eq!(user.failures, row, "nothing was counted");
    assert_ne!(secret, anna.secret);
    let kinds = anna.world.activity();
    let wanted = ["code_accepted", "enrolled", "authenticator_removed", "recovery_codes_made"];
    assert_eq!(kinds[kinds.len() - 4..], wanted, "the user is told also of the app that went");
    assert_eq!(anna.typed(2, &another), Answer::Wrong("code_wrong", 4, None), "S48: the old set");
    assert_eq!(anna.world.verify(2, &new[0], None), Answer::Verified("allowed"));
}

#[test]
fn r4_a_locked_user_gets_in_with_one_and_has_to_enrol_anew_and_the_month_stays() {
    let mut anna = anna();
    lock(&mut anna.world);
    anna.world.open(1);
    let seen = view(&mut anna.world, 1);
    assert_eq!((seen.recovery, seen.options.len()), (RecoveryOffer::Only, 0));
    let locked = |answer| matches!(answer, Answer::Refused("locked", Some(_)));
    let app = anna.app_code();
    assert!(locked(anna.world.verify(1, &app, None)));
    let code = anna.codes[0].clone();
    assert_eq!(anna.world.verify(1, &code, None), Answer::Verified("enrol"));
    assert!(anna.user().failures.lock(None, anna.world.now).is_some(), "still locked");
    let secret = anna.world.perform(&Act::Enrol(1, Way::App, None)).secret.unwrap();
    let wrong = anna.world.perform(&Act::Confirm(1, "000000".to_owned())).answer;
    assert_eq!(wrong, Answer::Wrong("code_wrong", 4, None), "a wrong one brings no wait");
    let code = totp(&secret, anna.world.now.unix() / 30);
    assert_eq!(anna.world.perform(&Act::Confirm(1, code)).answer, Answer::Verified("allowed"));
    let (user, now) = (anna.user(), anna.world.now);
    assert_eq!(user.failures.lock(None, now), None);
    let strangers = &user.failures.codes().strangers;
    assert_eq!((strangers.in_a_row, strangers.within_a_month(now)), (0, 15));
}

#[test]
fn r4_without_codes_that_count_nothing_changes_for_who_is_locked_or_disabled() {
    for policy in [RecoveryCodesPolicy::Off, RecoveryCodesPolicy::Offered] {
        let mut anna = anna_under("authenticator_app", policy);
        anna.world.change(|user| user.recovery_codes = None);
        disable(&mut anna.world);
        assert_eq!(anna.world.open(1).reason, "authenticator_disabled");
        let refused = Answer::Refused("authenticator_disabled", None);
        assert_eq!(anna.world.verify(1, WRONG, None), refused);
        anna.world.change(|user| user.disabled_at = None);
        lock(&mut anna.world);
        let contact = World::contact();
        let open = Act::Open { sign_in: 2, ticket: None, contact, browser: None };
        assert!(matches!(anna.world.perform(&open).answer, Answer::Refused("locked", Some(_))));
    }
}

#[test]
fn r4_the_right_to_enrol_ends_if_the_policy_has_no_recovery_codes_any_more() {
    for is_disabled in [true, false] {
        let mut anna = anna();
        if is_disabled {
            disable(&mut anna.world);
        } else {
            lock(&mut anna.world);
        }
        let code = anna.codes[0].clone();
        assert_eq!(anna.typed(1, &code), Answer::Verified("enrol"));
        let secret = anna.world.perform(&Act::Enrol(1, Way::App, None)).secret.unwrap();
        for end in [
            |world: &mut World| world.portal.policy.recovery_codes = RecoveryCodesPolicy::Off,
            |world: &mut World| world.portal.policy.enabled = false,
        ] {
            let portal = anna.world.portal.clone();
            end(&mut anna.world);
            let code = Code::parse(&totp(&secret, anna.world.now.unix() / 30)).unwrap();
            let before = anna.user();
            let confirmed = anna.world.perform(&Act::Confirm(1, code.expose().to_owned())).answer;
            assert!(matches!(confirmed, Answer::Refused(..)), "{confirmed:?}");
            assert_eq!(anna.user(), before, "nothing is bound");
            anna.world.portal = portal;
        }
    }
}

#[test]
fn r4_who_recovers_may_not_skip_and_is_not_let_in_by_anything_else() {
    let mut anna = anna();
    disable(&mut anna.world);
    let (generation, at) = (anna.world.portal.generation, anna.world.now);
    anna.world.portal.policy.enforcement = Enforcement::OptOut;
    anna.world.change(|user| {
        user.opt_out = Some(portcullis_domain::user::Mark { generation, at });
    });
    let code = anna.codes[0].clone();
    assert_eq!(anna.typed(1, &code), Answer::Verified("enrol"));
    let id = anna.world.id(1);
    let skipped = anna.world.run(|context, user| skip::skip_enrolment(context, user, &id));
    assert_eq!(skipped.unwrap_err(), Refusal::SkipNotAllowed);
    let status = view(&mut anna.world, 1).status;
    assert_eq!(status, Status::Waiting(NextStep::Enrol { skippable: false }));
}

#[test]
fn r4_a_bypass_code_opens_nothing_for_who_was_disabled_whatever_codes_are_left() {
    let mut anna = anna();
    let bypass = anna.world.perform(&Act::IssueBypass).secret.unwrap();
    disable(&mut anna.world);
    let refused = Answer::Refused("authenticator_disabled", None);
    assert_eq!(anna.typed(1, &bypass), refused);
    assert!(anna.user().bypass.is_some(), "it was not judged");
}

#[test]
fn r4_while_the_policy_is_off_a_code_lets_in_who_is_asked_and_helps_nobody_who_would_enrol() {
    let off = |anna: &mut Anna| {
        anna.world.portal.policy.enabled = false;
        anna.world.portal.policy.when_off = portcullis_domain::policy::WhenOff::ChallengeEnrolled;
    };
    let mut asked = anna();
    off(&mut asked);
    let code = asked.codes[0].clone();
    assert_eq!(asked.typed(1, &code), Answer::Verified("allowed"));

    let mut disabled = anna();
    off(&mut disabled);
    disable(&mut disabled.world);
    let refused = Answer::Refused("authenticator_disabled", None);
    assert_eq!(disabled.typed(1, &code), refused);

    let mut locked = anna();
    off(&mut locked);
    locked.world.open(1);
    lock(&mut locked.world);
    assert_eq!(view(&mut locked.world, 1).recovery, RecoveryOffer::None);
    assert!(matches!(locked.world.verify(1, &code, None), Answer::Refused("locked", Some(_))));
    assert_eq!(locked.user().recovery_codes.unwrap().left(), 10);
}

#[test]
fn r4_where_the_method_left_the_policy_a_code_leads_to_the_enrolment_too() {
    let mut anna = anna();
    anna.world.portal.policy.methods =
        portcullis_domain::policy::Preset::EmailEnrolment.policy().methods;
    let code = anna.codes[0].clone();
    assert_eq!(anna.typed(1, &code), Answer::Verified("enrol"));
    let ground = anna.user().sign_ins.last().unwrap().ground;
    assert_eq!(ground, Ground::RecoveryCode);
}

#[test]
fn r4_no_code_that_is_sent_stands_in_for_the_enrolment_and_none_is_judged_past_the_lock() {
    let mut anna = anna_under("authenticator_app_with_email", RecoveryCodesPolicy::Offered);
    lock(&mut anna.world);
    let code = anna.codes[0].clone();
    assert_eq!(anna.typed(1, &code), Answer::Verified("enrol"));
    let refused = Answer::Refused("method_not_offered", None);
    assert_eq!(anna.world.perform(&Act::Challenge(1, Way::Email)).answer, refused);
    assert_eq!(anna.world.verify(1, "123456", Some(Way::Email)), refused);
    assert_eq!(anna.world.verify(1, &anna.app_code(), Some(Way::App)), refused);
    let methods: Vec<_> = view(&mut anna.world, 1).options.iter().map(|o| o.role).collect();
    assert_eq!(methods, [portcullis_domain::sign_in::Role::Enrol]);
}
