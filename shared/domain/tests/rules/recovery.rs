//! Recovery codes: made at an enrolment, shown there and nowhere else, each good once.

mod locked_out;

use crate::{portal_keys::totp, world::World};
use portcullis_domain::{
    Bucket, Refusal, Timestamp, User, limits,
    policy::RecoveryCodesPolicy,
    sign_in::{
        Ground, Progress, Question, RecoveryOffer, SignInView, Status,
        challenge::{self, Asked},
        open,
        recovery::{self, Kept},
    },
    user::EntryKind,
};
use portcullis_model::{Act, Answer, Method as Way};

const WRONG: &str = "00000-00000-00000";
const DAY: i64 = 86_400;

/// A user who has set up an app, under a policy with recovery codes.
struct Anna {
    world: World,
    secret: String,
    codes: Vec<String>,
}

fn view(world: &mut World, n: usize) -> SignInView {
    let id = world.id(n);
    world.run(|context, user| open::look(context, user, &id)).unwrap()
}

fn shown(view: &SignInView) -> Vec<String> {
    let made = view.made_codes.as_ref();
    made.map(|made| made.codes.iter().map(|c| c.grouped()).collect()).unwrap_or_default()
}

fn enrol(world: &mut World, n: usize) -> (String, Vec<String>) {
    let secret = world.perform(&Act::Enrol(n, Way::App, None)).secret.unwrap();
    let code = totp(&secret, world.now.unix() / 30);
    assert_eq!(world.perform(&Act::Confirm(n, code)).answer, Answer::Verified("allowed"));
    (secret, shown(&view(world, n)))
}

fn anna_under(preset: &str, policy: RecoveryCodesPolicy) -> Anna {
    let mut world = World::new(preset);
    world.portal.policy.recovery_codes = policy;
    world.open(0);
    let (secret, codes) = enrol(&mut world, 0);
    world.now = world.now.plus(30);
    Anna { world, secret, codes }
}

fn anna() -> Anna {
    anna_under("authenticator_app", RecoveryCodesPolicy::Offered)
}

impl Anna {
    fn typed(&mut self, n: usize, code: &str) -> Answer {
        self.world.open(n);
        self.world.verify(n, code, None)
    }

    fn user(&self) -> User {
        self.world.user().unwrap()
    }

    fn app_code(&self) -> String {
        totp(&self.secret, self.world.now.unix() / 30)
    }
}

#[test]
fn r1_a_confirmed_enrolment_makes_ten_codes_which_are_told_and_shown_in_that_sign_in_alone() {
    let Anna { mut world, codes, .. } = anna();
    let different: std::collections::BTreeSet<_> = codes.iter().collect();
    assert_eq!((codes.len(), different.len()), (10, 10));
    assert!(codes.iter().all(|code| code.len() == 17 && code.matches('-').count() == 2));
    assert_eq!(world.activity()[1..], ["enrolled", "recovery_codes_made"]);
    assert!(world.notices().iter().any(|(kind, _)| kind == "recovery_codes_made"));
    assert_eq!(shown(&view(&mut world, 0)), codes, "after a lost reply, too");
    world.open(1);
    assert!(view(&mut world, 1).made_codes.is_none(), "another sign-in");
    let accepted = world.user().unwrap().recovery_codes.unwrap().made_at;
    world.now = accepted.plus(limits::ASSERTION_SECONDS);
    let id = world.id(0);
    let late = world.run(|context, user| open::look(context, user, &id)).unwrap_err();
    assert_eq!(late, Refusal::SignInDone);
}

#[test]
fn r1_codes_are_made_under_a_policy_that_has_them_and_a_set_that_counts_stays() {
    let off = anna_under("authenticator_app", RecoveryCodesPolicy::Off);
    assert_eq!((off.codes.len(), off.user().recovery_codes), (0, None));
    assert_eq!(off.world.activity().last().unwrap(), "enrolled");

    let mut anna = anna();
    let set = anna.user().recovery_codes.unwrap();
    // A second method joins the first.
    let sms = portcullis_domain::policy::Preset::SmsEnrolment.policy().methods;
    anna.world.portal.policy.methods.extend(sms);
    anna.world.open(1);
    anna.world.change(|user| {
        let sign_in = user.sign_ins.last_mut().unwrap();
        (sign_in.progress, sign_in.ground) = (Progress::MayEnrol, Ground::AppCode);
    });
    let to = Some("+64211234511".to_owned());
    let code = anna.world.perform(&Act::Enrol(1, Way::Sms, to)).messages.remove(0).secret;
    let confirmed = anna.world.perform(&Act::Confirm(1, code)).answer;
    assert_eq!(confirmed, Answer::Verified("allowed"));
    assert_eq!(anna.user().recovery_codes, Some(set));
    assert!(view(&mut anna.world, 1).made_codes.is_none());
}

#[test]
fn r1_who_must_say_that_the_codes_are_kept_sees_them_until_then() {
    for (policy, kept, done) in [
        (RecoveryCodesPolicy::Required, Kept::Unsaid, false),
        (RecoveryCodesPolicy::Required, Kept::Confirmed, true),
        (RecoveryCodesPolicy::Offered, Kept::Unsaid, true),
    ] {
        let mut world = anna_under("authenticator_app", policy).world;
        let must_confirm = view(&mut world, 0).made_codes.unwrap().must_confirm;
        assert_eq!(must_confirm, policy == RecoveryCodesPolicy::Required);
        let (id, before) = (world.id(0), world.user());
        let answer = world.run(|context, user| recovery::keep_codes(context, user, &id, kept));
        if done {
            assert!(answer.unwrap().made_codes.is_none());
            let again = world.run(|context, user| recovery::keep_codes(context, user, &id, kept));
            assert_eq!(again.unwrap_err(), Refusal::AnotherStep);
        } else {
            assert_eq!(answer.unwrap_err(), Refusal::CodesNotKept);
            assert_eq!(world.user(), before, "nothing is written");
        }
    }
}

#[test]
fn r1_s48_a_set_that_another_sign_in_replaced_is_shown_in_neither_of_the_old_ones() {
    let Anna { mut world, .. } = anna();
    world.change(|user| {
        let codes = user.recovery_codes.as_mut().unwrap();
        codes.set = portcullis_domain::RecoverySetId::new([9; 8]);
    });
    assert!(view(&mut world, 0).made_codes.is_none());
}

#[test]
fn r2_a_set_ends_with_its_epoch_its_generation_and_a_restore_and_the_last_is_told() {
    let ended = |end: fn(&mut World), died: bool| {
        let mut anna = anna();
        end(&mut anna.world);
        anna.world.now = anna.world.now.plus(60);
        let code = anna.codes[0].clone();
        let answer = anna.typed(1, &code);
        let refused = ["method_not_offered", "another_step"];
        assert!(
            matches!(answer, Answer::Refused(word, None) if refused.contains(&word)),
            "{answer:?}"
        );
        let shown = view(&mut anna.world, 1);
        assert_eq!((shown.recovery, shown.codes_died), (RecoveryOffer::None, died));
    };
    ended(|world| drop(world.perform(&Act::Reset)), false);
    ended(|world| world.change(|user| user.epoch += 1), false);
    ended(|world| world.portal.generation += 1, false);
    ended(|world| world.settings.restore_number += 1, true);
    ended(|world| world.portal.policy.recovery_codes = RecoveryCodesPolicy::Off, false);
    ended(|world| world.change(|user| user.recovery_codes.as_mut().unwrap().used = 0x3ff), false);
}

#[test]
fn r2_s11_a_set_that_ended_is_replaced_by_the_next_enrolment() {
    let Anna { mut world, codes, .. } = anna();
    world.perform(&Act::Reset);
    assert_eq!(world.user().unwrap().recovery_codes, None);
    world.open(1);
    let (_, new) = enrol(&mut world, 1);
    assert_eq!(new.len(), 10);
    world.open(2);
    let refused = Answer::Wrong("code_wrong", 4, None);
    assert_eq!(world.verify(2, &codes[0], None), refused, "a code of the old set");
    assert_eq!(world.verify(2, &new[9], None), Answer::Verified("allowed"));
}

#[test]
fn r3_each_code_lets_the_user_in_once_in_whatever_form_it_is_typed() {
    let mut anna = anna();
    for (n, code) in (1..).zip(anna.codes.clone()) {
        anna.world.now = anna.world.now.plus(600);
        let typed = if n % 2 == 0 { code.to_lowercase().replace('-', " ") } else { code.clone() };
        assert_eq!(anna.typed(n, &typed), Answer::Verified("allowed"));
        assert_eq!(anna.world.verify(n, &code, None), Answer::Refused("sign_in_done", None));
        let left = 10 - u8::try_from(n).unwrap();
        assert_eq!(anna.user().recovery_codes.unwrap().left(), left);
        if left > 0 {
            let again = anna.typed(100 + n, &code);
            assert_eq!(again, Answer::Wrong("code_wrong", 4, None), "it was used");
        }
    }
    anna.world.open(99);
    let answer = anna.world.verify(99, &anna.codes[0], None);
    assert_eq!(answer, Answer::Refused("method_not_offered", None), "none is left");
}

#[test]
fn r6_from_three_left_on_the_user_is_warned_in_the_flow_and_told() {
    let mut anna = anna();
    for (n, code) in (1..).zip(anna.codes.clone()) {
        anna.world.now = anna.world.now.plus(600);
        assert_eq!(anna.typed(n, &code), Answer::Verified("allowed"));
        let left = 10 - u8::try_from(n).unwrap();
        let seen = view(&mut anna.world, n).few_codes_left;
        assert_eq!(seen, Some(left).filter(|left| *left <= 3));
        let told = anna.world.activity().last().unwrap() == "recovery_codes_low";
        assert_eq!(told, left <= 3, "{left} left");
    }
    let told = |kind: &str| anna.world.notices().iter().filter(|(of, _)| of == kind).count();
    assert_eq!(told("recovery_code_used"), 10 * told("recovery_codes_made"));
}

#[test]
fn r5_a_recovery_code_makes_no_browser_known_and_no_default() {
    let mut anna = anna();
    let code = anna.codes[0].clone();
    anna.world.open(1);
    let verify = Act::Verify { sign_in: 1, code, by: None, make_default: false };
    let given = anna.world.perform(&verify);
    assert_eq!((given.answer, given.browser_token), (Answer::Verified("allowed"), None));
    let Status::Allowed(accepted) = view(&mut anna.world, 1).status else { panic!("not in") };
    assert_eq!(accepted.method, Some(portcullis_domain::Method::RecoveryCode));
    let (code, before) = (anna.codes[1].clone(), anna.user());
    anna.world.open(2);
    let verify = Act::Verify { sign_in: 2, code, by: None, make_default: true };
    assert_eq!(anna.world.perform(&verify).answer, Answer::Refused("default_not_allowed", None));
    assert_eq!(anna.user().recovery_codes, before.recovery_codes, "it was not judged");
}

#[test]
fn r3_five_wrong_codes_of_any_kind_end_a_sign_in_and_those_of_recovery_lock_nobody() {
    let mut anna = anna();
    anna.world.open(1);
    for left in [4, 3, 2] {
        assert_eq!(anna.world.verify(1, WRONG, None), Answer::Wrong("code_wrong", left, None));
    }
    assert_eq!(anna.world.verify(1, "123456", None), Answer::Wrong("code_wrong", 1, None));
    assert_eq!(anna.world.verify(1, WRONG, None), Answer::Wrong("code_wrong", 0, None));
    let right = anna.codes[0].clone();
    assert_eq!(anna.world.verify(1, &right, None), Answer::Refused("sign_in_dead", None));
    assert_eq!(anna.user().failures.codes().strangers.in_a_row, 1, "that of six digits");
    assert_eq!(anna.typed(2, &right), Answer::Verified("allowed"), "the code lives on");
    assert_eq!(anna.user().failures.codes().strangers.in_a_row, 1, "and ends no row");
}

#[test]
fn r3_a_hundred_wrong_codes_a_day_are_judged_for_strangers_and_known_browsers_have_their_own() {
    let mut anna = anna();
    let code = anna.codes[0].clone();
    anna.world.now = anna.world.now.plus(60);
    anna.world.open(1);
    let app = Act::Verify { sign_in: 1, code: anna.app_code(), by: None, make_default: false };
    let home = anna.world.perform(&app).browser_token;
    let mut judged = 0;
    for n in 0..40 {
        anna.world.change(|user| (user.sign_ins, user.opened) = Default::default());
        anna.world.open(2 + n);
        for _ in 0..4 {
            judged += u16::from(matches!(anna.world.verify(2 + n, WRONG, None), Answer::Wrong(..)));
        }
    }
    assert_eq!(judged, limits::WRONG_RECOVERY_CODES_PER_DAY.strangers);
    let noted = |user: &User, kind| user.activity.iter().filter(|e| e.kind == kind).count();
    assert_eq!(noted(&anna.user(), EntryKind::RecoveryCodesLocked), 1, "the state begins once");
    let before = anna.user();
    let Answer::Refused("locked", Some(wait)) = anna.world.verify(41, &code, None) else {
        panic!("a stranger is judged")
    };
    assert!((1..=DAY).contains(&wait));
    assert_eq!(anna.user(), before, "nothing is written");
    assert!(anna.user().failures.lock(None, anna.world.now).is_none(), "six digits go on");

    anna.world.change(|user| user.sign_ins.clear());
    anna.world.open_in(50, None, home.clone());
    for left in [4, 3, 2, 1] {
        assert_eq!(anna.world.verify(50, WRONG, None), Answer::Wrong("code_wrong", left, None));
    }
    let counts = anna.user().wrong_recovery_codes;
    let count = |bucket| counts.of(bucket).count(anna.world.now);
    assert_eq!((count(Bucket::Known), count(Bucket::Strangers)), (4, 100));
    assert_eq!(anna.world.verify(50, &code, None), Answer::Verified("allowed"));

    anna.world.now = anna.world.now.plus(DAY);
    let next = anna.codes[1].clone();
    assert_eq!(anna.typed(60, &next), Answer::Verified("allowed"), "a day later");
}

#[test]
fn r3_it_is_one_of_the_ways_and_can_be_chosen_and_left_again() {
    let mut anna = anna_under("authenticator_app_with_email", RecoveryCodesPolicy::Offered);
    let world = &mut anna.world;
    world.open(1);
    let asked = |world: &mut World| match view(world, 1).question() {
        Question::RecoveryCode => "recovery",
        Question::AppCode => "app",
        Question::SentCode(_) => "sent",
        _ => "other",
    };
    assert_eq!((view(world, 1).recovery, asked(world)), (RecoveryOffer::Offered, "app"));
    let id = world.id(1);
    let choose = |world: &mut World, method| {
        let asked = world.run(|context, user| challenge::request_code(context, user, &id, method));
        match asked.unwrap() {
            Asked::Chosen(_) => "chosen",
            Asked::Code(_) => "sent",
        }
    };
    use portcullis_domain::Method::{AuthenticatorApp, Email, RecoveryCode};
    assert_eq!(choose(world, RecoveryCode), "chosen");
    assert_eq!((view(world, 1).recovery, asked(world)), (RecoveryOffer::Chosen, "recovery"));
    assert_eq!(view(world, 1).app_instead, Some(true));
    assert_eq!(choose(world, AuthenticatorApp), "chosen");
    assert_eq!(asked(world), "app");
    assert_eq!(choose(world, RecoveryCode), "chosen");
    assert_eq!(choose(world, Email), "sent");
    assert_eq!(asked(world), "sent");
    assert_eq!(choose(world, RecoveryCode), "chosen");
    assert_eq!((choose(world, Email), asked(world)), ("chosen", "sent"), "the code sent before");
    let entries = world.activity();
    assert_eq!(entries.iter().filter(|kind| *kind == "code_requested").count(), 1);
}

#[test]
fn r3_who_has_nothing_bound_or_is_not_asked_is_offered_none() {
    let mut anna = anna();
    anna.world.change(|user| user.authenticators.clear());
    anna.world.open(1);
    assert_eq!(view(&mut anna.world, 1).recovery, RecoveryOffer::None);
    let code = anna.codes[0].clone();
    assert_eq!(anna.world.verify(1, &code, None), Answer::Refused("method_not_offered", None));
    assert_eq!(anna.user().recovery_codes.unwrap().left(), 10, "it was not used");
}

#[test]
fn s6_a_code_of_another_user_portal_or_set_is_a_wrong_one() {
    let mut anna = anna();
    let user = anna.user();
    let codes = user.recovery_codes.unwrap();
    let of = |user: &User, codes: &portcullis_domain::user::RecoveryCodes| {
        codes.derive(&crate::portal_keys::Keys, user).unwrap()[0].grouped()
    };
    let own = of(&user, &codes);
    let other = portcullis_domain::UserId::parse("ben").unwrap();
    let portal = portcullis_domain::PortalId::parse("initech").unwrap();
    let set = portcullis_domain::RecoverySetId::new([7; 8]);
    let wrong = [
        of(&User { id: other, ..user.clone() }, &codes),
        of(&User { portal, ..user.clone() }, &codes),
        of(&user, &portcullis_domain::user::RecoveryCodes { set, ..codes }),
        of(&user, &portcullis_domain::user::RecoveryCodes { restore: 1, ..codes }),
    ];
    anna.world.open(1);
    for (code, left) in wrong.iter().zip([4, 3, 2, 1]) {
        assert_eq!(anna.world.verify(1, code, None), Answer::Wrong("code_wrong", left, None));
    }
    assert_eq!(anna.world.verify(1, &own, None), Answer::Verified("allowed"));
}

#[test]
fn a_moment_of_making_is_kept_for_who_asks() {
    let anna = anna();
    let made_at: Timestamp = anna.user().recovery_codes.unwrap().made_at;
    assert_eq!(anna.world.now.since(made_at), 30);
}
