//! A changed password, as the portal tells of it.

use crate::world::World;
use portcullis_domain::{
    Method, Timestamp,
    sign_in::{UnavailableReason, open},
    user::PasswordChange,
};
use portcullis_model::{Act, Answer, Contact, Method as Way, PasswordProof};

const DAY: i64 = 86_400;

fn change(world: &mut World, at: Timestamp, by: PasswordProof) {
    let contact = world.contact_of_user();
    let act = Act::ChangePassword { contact, at: at.unix(), by };
    assert_eq!(world.perform(&act).answer, Answer::Done);
}

/// Opens a sign-in, and returns true if the change that follows ended it.
fn ends_a_sign_in(world: &mut World, n: usize, at: Timestamp) -> bool {
    world.open(n);
    let before = world.activity().len();
    change(world, at, PasswordProof::Support);
    let ended = world.perform(&Act::Look(n)).answer == Answer::Over;
    let noted = world.activity().len() > before;
    assert_eq!(ended, noted, "what acts is written down, and nothing else");
    ended
}

#[test]
fn a_change_acts_once_for_each_newer_moment() {
    let (mut world, _) = World::with_app("authenticator_app");
    let at = world.now;
    assert!(ends_a_sign_in(&mut world, 1, at));
    for (n, (after, wanted)) in
        [(0, false), (-1, false), (1, true), (1, false)].into_iter().enumerate()
    {
        world.now = world.now.plus(10);
        assert_eq!(ends_a_sign_in(&mut world, n + 2, at.plus(after)), wanted, "{after} s");
    }
    assert_eq!(world.activity().last().map(String::as_str), Some("password_changed"));
}

#[test]
fn a_change_that_has_not_come_yet_is_refused() {
    let now = Timestamp::from_unix(1_800_000_000);
    let told = |ahead| {
        PasswordChange::told(now.plus(ahead), portcullis_domain::user::PasswordProof::Email, now)
    };
    assert!(told(60).is_ok(), "a clock may be a minute ahead");
    assert!(told(61).is_err());
    assert_eq!(told(-99 * DAY).map(|change| change.told_at), Ok(now));
}

/// Returns the ways on offer, and those that the change bars.
fn offered(world: &mut World, n: usize) -> (Vec<Method>, Vec<Method>) {
    let contact = world.contact_of_user();
    world.perform(&Act::Open { sign_in: n, ticket: None, contact, browser: None });
    let id = world.id(n);
    let view = world.run(|context, user| open::look(context, user, &id)).unwrap();
    let barred = view.unavailable.iter().filter(|u| u.reason == UnavailableReason::ChangedPassword);
    (view.options.iter().map(|o| o.method).collect(), barred.map(|u| u.method).collect())
}

#[test]
fn the_way_a_password_was_changed_by_proves_nothing_for_a_day() {
    use Method::{Email, Sms};
    for (by, left, barred) in [
        (PasswordProof::Email, vec![Sms], vec![Email]),
        (PasswordProof::Sms, vec![Email], vec![Sms]),
        (PasswordProof::OldPassword, vec![Email, Sms], vec![]),
        (PasswordProof::Support, vec![Email, Sms], vec![]),
    ] {
        let mut world = World::new("always_on");
        world.open(0);
        let told_at = world.now;
        change(&mut world, told_at, by);
        for (n, after) in [0, DAY - 1].into_iter().enumerate() {
            world.now = told_at.plus(after);
            assert_eq!(
                offered(&mut world, n + 1),
                (left.clone(), barred.clone()),
                "{by:?} {after}"
            );
        }
        world.now = told_at.plus(DAY);
        assert_eq!(offered(&mut world, 3), (vec![Email, Sms], vec![]), "{by:?} after a day");
    }
}

#[test]
fn the_only_way_is_never_barred_and_an_app_is_another_way() {
    let (mut world, _) = World::with_app("authenticator_app_with_email");
    let now = world.now;
    change(&mut world, now, PasswordProof::Email);
    assert_eq!(offered(&mut world, 1), (vec![Method::AuthenticatorApp], vec![Method::Email]));
    let asked = world.perform(&Act::Challenge(1, Way::Email)).answer;
    assert_eq!(asked, Answer::Refused("method_not_offered", None));

    let mut world = World::new("always_on");
    world.perform(&Act::SetContact(Contact { phone: None, ..World::contact() }));
    change(&mut world, now, PasswordProof::Email);
    assert_eq!(offered(&mut world, 0), (vec![Method::Email], vec![]));
}

#[test]
fn a_change_ends_no_disabled_state_and_leaves_what_is_bound_and_issued() {
    let (mut world, _) = World::with_app("authenticator_app");
    let code = world.perform(&Act::IssueBypass).secret.unwrap();
    let now = world.now;
    change(&mut world, now, PasswordProof::Email);
    let user = world.user().unwrap();
    assert_eq!((user.authenticators.len(), user.epoch, user.bypass.is_some()), (1, 0, true));
    world.open(1);
    assert_eq!(world.verify(1, &code, None), Answer::Verified("allowed"));
    world.change(|user| user.disabled_at = Some(now));
    change(&mut world, now.plus(1), PasswordProof::Support);
    assert_eq!(world.user().unwrap().disabled_at, Some(now));
    let opened = world.open(2);
    assert_eq!((opened.status, opened.reason), ("denied", "authenticator_disabled"));
}

#[test]
fn a_code_that_was_sent_before_the_change_is_of_no_use_after_it() {
    let mut world = World::new("always_on");
    world.open(0);
    let code = world.perform(&Act::Challenge(0, Way::Email)).messages.remove(0).secret;
    let now = world.now;
    change(&mut world, now, PasswordProof::OldPassword);
    assert_eq!(world.verify(0, &code, None), Answer::Over);
    world.open(1);
    world.perform(&Act::Challenge(1, Way::Email));
    assert!(matches!(world.verify(1, &code, None), Answer::Wrong("code_wrong", 4, None)));
}
