//! Grace: the time to set something up, once a policy requires it. It is for users who
//! never had anything bound, and nothing gives it twice.

use crate::{portal_keys::totp, world::World};
use portcullis_domain::{
    Day, MfaState, Portal, Refusal, Settings, Timestamp,
    decision::Rule,
    dry_run::{Configuration, Consequence, consequences},
    passkey::ServiceAddress,
    policy::{Enforcement, EnrolmentProof, Grace, GraceDays, GraceSignIns, Preset, WhenOff},
    sign_in::{Acr, SignInView, open, skip},
    user::{GraceLeft, GraceState},
};
use portcullis_model::{Act, Answer, Method};

const DAY: i64 = 86_400;
const REFUSED: Answer = Answer::Refused("skip_not_allowed", None);

fn sign_ins(count: u8) -> Grace {
    Grace::SignIns(GraceSignIns::parse(count).unwrap())
}

fn days(count: u8) -> Grace {
    Grace::Days(GraceDays::parse(count).unwrap())
}

fn give(world: &mut World, grace: Grace) {
    world.portal.policy.enforcement = Enforcement::Required { grace: Some(grace) };
}

fn world(grace: Grace) -> World {
    let mut world = World::new("authenticator_app");
    give(&mut world, grace);
    world
}

fn look(world: &mut World, n: usize) -> SignInView {
    let id = world.id(n);
    world.run(|context, user| open::look(context, user, &id)).unwrap()
}

/// Opens a sign-in and skips in it. Returns true if that was allowed.
fn skips(world: &mut World, n: usize) -> bool {
    let opened = world.open(n);
    assert_eq!(opened.status, "enrol");
    let before = world.user();
    match world.perform(&Act::Skip(n)).answer {
        Answer::View(view) => {
            assert_eq!((view.status, view.reason, opened.skippable), ("allowed", "grace", true));
            true
        }
        refused => {
            assert_eq!((refused, opened.skippable), (REFUSED, false));
            assert_eq!(world.user(), before, "nothing was written");
            false
        }
    }
}

fn state(world: &World) -> GraceState {
    world.user().unwrap().grace
}

fn enrol(world: &mut World, n: usize) {
    let secret = world.perform(&Act::Enrol(n, Method::App, None)).secret.unwrap();
    let code = totp(&secret, world.now.unix() / 30);
    assert_eq!(world.perform(&Act::Confirm(n, code)).answer, Answer::Verified("allowed"));
}

#[test]
fn g1_a_user_may_skip_so_many_times_and_is_asked_again_at_each_sign_in() {
    let mut world = world(sign_ins(3));
    for n in 0..3 {
        world.open(n);
        let left = 3 - u8::try_from(n).unwrap();
        assert_eq!(look(&mut world, n).grace, Some(GraceLeft::SignIns(left)));
        assert!(skips(&mut world, n));
        assert_eq!(look(&mut world, n).grace, None, "the user is in");
    }
    assert_eq!(world.activity(), ["grace_used", "grace_used", "grace_used"]);
    assert_eq!(world.user().unwrap().opt_out, None, "a skip in grace is no opt-out");
    assert_eq!(world.notices(), [], "nothing changed for good");
    assert!(!skips(&mut world, 3));
    assert_eq!(look(&mut world, 3).grace, None);
    enrol(&mut world, 3);
    assert_eq!(state(&world), GraceState::Over);
}

#[test]
fn g1_the_last_day_is_included_and_ends_for_everybody_at_once() {
    let mut world = world(Grace::Until(Day::of(Timestamp::from_unix(1_800_000_600))));
    let last = Day::of(world.now);
    assert!(skips(&mut world, 0));
    world.now = last.plus(1).begins().plus(-1);
    world.open(1);
    assert_eq!(look(&mut world, 1).grace, Some(GraceLeft::Until(last)));
    assert!(skips(&mut world, 1));
    world.open(2);
    world.now = last.plus(1).begins();
    assert_eq!(world.perform(&Act::Skip(2)).answer, REFUSED, "opened before the end");
    assert!(!skips(&mut world, 3));
}

#[test]
fn g1_days_count_from_the_first_sign_in_that_met_them_also_if_nothing_was_skipped() {
    let mut world = world(days(14));
    let begun = world.now;
    world.open(0);
    assert_eq!(state(&world), GraceState::Begun { since: begun, sign_ins: 0 });
    let last = Day::of(begun).plus(14);
    world.now = begun.plus(7 * DAY);
    assert!(skips(&mut world, 1));
    assert_eq!(state(&world), GraceState::Begun { since: begun, sign_ins: 1 });
    world.now = last.plus(1).begins().plus(-1);
    world.open(2);
    assert_eq!(look(&mut world, 2).grace, Some(GraceLeft::Until(last)));
    assert!(skips(&mut world, 2));
    world.now = last.plus(1).begins();
    assert!(!skips(&mut world, 3));
}

#[test]
fn g2_a_user_who_ever_had_something_bound_has_no_grace() {
    let (mut world, _) = World::with_app("authenticator_app");
    give(&mut world, sign_ins(20));
    assert_eq!(world.open(1).status, "challenge");
    assert_eq!(world.perform(&Act::Skip(1)).answer, REFUSED);
    world.perform(&Act::Reset);
    assert!(!skips(&mut world, 2), "after a reset");
    assert_eq!(world.perform(&Act::Erase).answer, Answer::Done);
    assert!(!skips(&mut world, 3), "after an erasure");
    assert_eq!(state(&world), GraceState::Over);
    // Bound in an older generation of the portal only, by a release that wrote no such state.
    let (mut old, _) = World::with_app("authenticator_app");
    give(&mut old, sign_ins(20));
    old.change(|user| user.grace = GraceState::NotBegun);
    old.portal.generation = 2;
    assert!(!skips(&mut old, 1));
    old.perform(&Act::Reset);
    assert!(!skips(&mut old, 2));
}

#[test]
fn g2_a_saved_default_ends_the_grace_also_once_it_is_taken_back() {
    let mut world = World::with_email_default();
    give(&mut world, sign_ins(20));
    // A release that knew no grace saved it.
    world.change(|user| user.grace = GraceState::NotBegun);
    world.perform(&Act::UnsetDefault);
    assert_eq!(state(&world), GraceState::Over);
    let rule = MfaState::of(&world.user().unwrap()).grace_left(&world.portal.policy, world.now);
    assert_eq!(rule, None);
}

#[test]
fn g2_nothing_gives_what_was_used_again() {
    type Try = fn(&mut World);
    let tries: [(&str, Try); 7] = [
        ("switched off and on", |world| {
            world.perform(&Act::Switch(false));
            world.perform(&Act::Switch(true));
        }),
        ("everyone enrols again", |world| world.portal.generation += 1),
        ("another preset and back", |world| {
            world.portal.policy = Preset::SmsEnrolmentOptOut.policy();
            world.portal.policy = Preset::AuthenticatorApp.policy();
            give(world, sign_ins(2));
        }),
        ("reset", |world| assert_eq!(world.perform(&Act::Reset).answer, Answer::Done)),
        ("erased", |world| assert_eq!(world.perform(&Act::Erase).answer, Answer::Done)),
        ("another kind of grace before", |world| {
            give(world, days(14));
            assert!(skips(world, 8));
            give(world, sign_ins(2));
        }),
        ("time passes", |world| world.now = world.now.plus(400 * DAY)),
    ];
    for (what, act) in tries {
        let mut world = world(sign_ins(2));
        assert!(skips(&mut world, 0) && skips(&mut world, 1), "{what}");
        let since = world.now;
        act(&mut world);
        assert!(!skips(&mut world, 2), "{what}");
        let GraceState::Begun { since: kept, sign_ins } = state(&world) else { panic!("{what}") };
        assert!(kept == since && sign_ins >= 2, "{what}");
    }
}

#[test]
fn g2_sign_ins_side_by_side_share_what_is_left() {
    let mut world = world(sign_ins(1));
    for n in 0..3 {
        assert!(world.open(n).skippable);
    }
    let mut skipped = 0;
    for n in 0..3 {
        match world.perform(&Act::Skip(n)).answer {
            Answer::View(view) => skipped += usize::from(view.status == "allowed"),
            refused => assert_eq!(refused, REFUSED),
        }
    }
    assert_eq!(skipped, 1);
    assert_eq!(world.activity(), ["grace_used"]);
    // The same sign-in cannot be skipped twice.
    let id = world.id(0);
    let twice = world.run(|context, user| skip::skip_enrolment(context, user, &id));
    assert_eq!(twice.err(), Some(Refusal::SignInDone));
}

#[test]
fn g2_what_demands_a_proof_knows_no_grace() {
    let mut world = world(sign_ins(3));
    let Answer::View(step_up) = world.open_step_up(0, Acr::Delivered, None).unwrap() else {
        panic!()
    };
    assert_eq!((step_up.status, step_up.reason), ("denied", "cannot_step_up"));
    let mut managed = World::new("authenticator_app").with_self_service();
    give(&mut managed, sign_ins(3));
    managed.open(0);
    let Answer::View(settings) = managed.open_settings(1, None).unwrap() else { panic!() };
    assert!(!settings.skippable && settings.status == "enrol");
    assert_eq!(managed.perform(&Act::Skip(1)).answer, REFUSED);
    assert_eq!(state(&managed), GraceState::Begun { since: managed.now, sign_ins: 0 });
}

#[test]
fn g1_where_an_emailed_code_comes_first_it_comes_before_a_skip_too() {
    let mut world = world(sign_ins(1));
    world.portal.policy.enrolment_proof = EnrolmentProof::EmailedCode;
    assert_eq!(world.open(0).reason, "enrolment_proof");
    assert_eq!(world.perform(&Act::Skip(0)).answer, REFUSED);
    let sent = world.perform(&Act::Challenge(0, Method::Email));
    let code = sent.messages[0].secret.clone();
    assert_eq!(world.verify(0, &code, None), Answer::Verified("enrol"));
    assert_eq!(look(&mut world, 0).grace, Some(GraceLeft::SignIns(1)));
    let Answer::View(view) = world.perform(&Act::Skip(0)).answer else { panic!() };
    assert_eq!((view.status, view.reason), ("allowed", "grace"));
}

#[test]
fn g1_while_the_policy_is_off_nobody_is_in_grace() {
    let mut world = world(sign_ins(1));
    world.portal.policy.enabled = false;
    for when_off in [WhenOff::ChallengeNobody, WhenOff::ChallengeEnrolled] {
        world.portal.policy.when_off = when_off;
        assert_eq!(world.open(0).reason, "not_required");
        assert_eq!(state(&world), GraceState::NotBegun);
        world = self::world(sign_ins(1));
        world.portal.policy.enabled = false;
    }
}

#[test]
fn g1_the_list_says_who_is_in_grace_and_until_when() {
    let mut world = world(sign_ins(2));
    assert!(skips(&mut world, 0));
    let in_grace = |world: &World| {
        let state = MfaState::of(&world.user().unwrap());
        let rule = state.rule(&world.portal, &world.settings, world.now);
        (rule, state.grace_in(&world.portal, &world.settings, world.now))
    };
    assert_eq!(in_grace(&world), (Rule::Grace, Some(GraceLeft::SignIns(1))));
    assert!(skips(&mut world, 1));
    assert_eq!(in_grace(&world), (Rule::Enrol, None));
    let last = Day::of(world.now).plus(30);
    give(&mut world, Grace::Until(last));
    assert_eq!(in_grace(&world), (Rule::Grace, Some(GraceLeft::Until(last))));
    world.open(2);
    enrol(&mut world, 2);
    assert_eq!(in_grace(&world), (Rule::BoundInPolicy, None));
}

fn dry_run(world: &World, after: &Portal, now: Timestamp) -> Vec<Consequence> {
    let service = ServiceAddress::default();
    let settings: &Settings = &world.settings;
    let under = |portal| Configuration { portal, settings, service: &service };
    let state = MfaState::of(&world.user().unwrap());
    consequences(under(&world.portal), under(after), &state, now)
}

#[test]
fn g2_the_dry_run_counts_who_stands_without_an_authenticator_and_who_of_them_was_here_lately() {
    let mut world = World::new("authenticator_app");
    world.portal.policy.enabled = false;
    world.open(0);
    let mut after = world.portal.clone();
    after.policy.enabled = true;
    let required = after.clone();
    after.policy.enforcement = Enforcement::Required { grace: Some(days(90)) };
    let both = [Consequence::NothingSetUp, Consequence::NothingSetUpAndActive];
    let counted = |world: &World, after: &Portal, days: i64| {
        let now = Day::of(world.now).begins().plus(days * DAY);
        let all = dry_run(world, after, now);
        all.into_iter().filter(|consequence| both.contains(consequence)).collect::<Vec<_>>()
    };
    assert_eq!(counted(&world, &after, 0), both);
    assert_eq!(counted(&world, &after, 7), both);
    assert_eq!(counted(&world, &after, 8), both[..1]);
    assert_eq!(counted(&world, &required, 0), [], "without a grace they have to at once");
    let (mut enrolled, _) = World::with_app("authenticator_app");
    enrolled.portal.policy.enabled = false;
    assert_eq!(counted(&enrolled, &after, 0), []);
    assert_eq!(
        MfaState::of(&enrolled.user().unwrap()).last_in,
        None,
        "only while nothing is bound"
    );
    assert!(both.iter().all(|consequence| !consequence.is_change()));
}
