//! Bypass codes: five tries in a sign-in, one use, ten minutes.

use crate::world::World;
use portcullis_domain::{
    decision::NextStep,
    sign_in::Status,
    user::{EntryKind, Failures},
};
use portcullis_model::{Act, Answer};

const WRONG: &str = "0000-0000-0000-0000";

/// A user with an app, an open sign-in, and the bypass code for it.
fn issued(preset: &str) -> (World, String) {
    let (mut world, _) = World::with_app(preset);
    world.open(1);
    let code = world.perform(&Act::IssueBypass).secret.unwrap();
    (world, code)
}

#[test]
fn s36_the_fifth_wrong_try_ends_the_sign_in_and_never_the_code() {
    let (mut world, code) = issued("authenticator_app");
    for left in [4, 3, 2, 1] {
        assert_eq!(world.verify(1, WRONG, None), Answer::Wrong("code_wrong", left, None));
    }
    assert!(world.user().unwrap().bypass.is_some());
    assert_eq!(world.verify(1, WRONG, None), Answer::Wrong("code_wrong", 0, None));
    assert_eq!(world.verify(1, &code, None), Answer::Refused("sign_in_dead", None));
    assert_eq!(
        world.user().unwrap().failures,
        Failures::default(),
        "outside the locks of wrong codes"
    );
    world.open(2);
    assert_eq!(world.verify(2, &code, None), Answer::Verified("allowed"));
}

#[test]
fn a_code_that_is_right_after_four_wrong_ones_works_once() {
    let (mut world, code) = issued("authenticator_app");
    for _ in 0..4 {
        world.verify(1, WRONG, None);
    }
    assert_eq!(world.verify(1, &code, None), Answer::Verified("allowed"));
    assert_eq!(world.verify(1, &code, None), Answer::Refused("sign_in_done", None));
    world.open(2);
    assert_eq!(world.verify(2, &code, None), Answer::Refused("no_code_requested", None));
    let last = world.user().unwrap().activity.last().cloned().unwrap();
    assert_eq!(last.kind, EntryKind::BypassAccepted);
}

#[test]
fn a_code_ends_in_its_last_second() {
    for (after, answer) in
        [(-1, Answer::Verified("allowed")), (0, Answer::Refused("no_code_requested", None))]
    {
        let (mut world, code) = issued("authenticator_app");
        let ends_at = world.user().unwrap().bypass.unwrap().expires_at;
        world.now = ends_at.plus(-60);
        world.open(2);
        world.now = ends_at.plus(after);
        assert_eq!(world.verify(2, &code, None), answer, "{after} s");
    }
}

#[test]
fn a_code_opens_the_enrolment_where_that_waits_for_a_link_and_nothing_more() {
    let (mut world, _) = World::with_app("managed");
    world.perform(&Act::Reset);
    world.open(1);
    let code = world.perform(&Act::IssueBypass).secret.unwrap();
    assert_eq!(world.verify(1, &code, None), Answer::Verified("enrol"));
    assert_eq!(world.verify(1, &code, None), Answer::Refused("another_step", None));
    let id = world.id(1);
    let view = world
        .run(|context, user| portcullis_domain::sign_in::open::look(context, user, &id))
        .unwrap();
    assert!(matches!(view.status, Status::Waiting(NextStep::Enrol { skippable: false })));
}

#[test]
fn no_code_helps_who_is_disabled_or_has_no_way_in() {
    let (mut world, code) = issued("authenticator_app");
    let now = world.now;
    world.change(|user| user.disabled_at = Some(now));
    assert_eq!(world.verify(1, &code, None), Answer::Refused("authenticator_disabled", None));

    let mut nowhere = World::new("always_on");
    nowhere.open(0);
    let code = nowhere.perform(&Act::IssueBypass).secret.unwrap();
    nowhere.settings.email_from = None;
    nowhere.settings.sms = None;
    assert_eq!(nowhere.verify(0, &code, None), Answer::Refused("no_usable_method", None));
}
