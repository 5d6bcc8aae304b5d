//! What a user's item keeps, until when, and in which words.

use crate::world::World;
use portcullis_domain::{
    Contact, Destination, DisplayName, Email, KnownEmail, Method, Phone, Timestamp, User, budget,
    upkeep::contact_entry,
    user::{Entry, EntryKind, Mark},
};
use portcullis_model::{Act, Answer};

fn user() -> User {
    let mut world = World::new("managed");
    world.open(0);
    world.user().unwrap()
}

fn address(text: &str) -> Email {
    Email::parse(text).unwrap()
}

#[test]
fn what_has_run_out_goes_with_the_next_write_and_not_a_second_before() {
    let (mut world, _) = World::with_app("managed");
    world.perform(&Act::Reset);
    world.open(1);
    world.perform(&Act::IssueBypass);
    let user = world.user().unwrap();
    let (sign_in, ticket) = (user.sign_ins[0].expires_at, user.ticket.unwrap().expires_at);
    let bypass = user.bypass.unwrap().expires_at;
    let kept = |now: Timestamp| {
        let mut user = user.clone();
        user.tidy(now);
        (user.sign_ins.len(), user.ticket.is_some(), user.bypass.is_some())
    };
    for (what, ends_at) in [("sign-in", sign_in), ("ticket", ticket), ("bypass code", bypass)] {
        let (before, after) = (kept(ends_at.plus(-1)), kept(ends_at));
        assert_ne!(before, after, "the {what} ends at its moment");
        assert_eq!(kept(ends_at.plus(1)), after, "the {what}");
    }
}

#[test]
fn an_email_default_counts_in_its_generation_for_a_verified_address() {
    let mut user = user();
    assert_eq!(user.default_email(1), None);
    user.email_default = Some(Mark { generation: 1, at: Timestamp::from_unix(0) });
    assert_eq!(user.default_email(1), Some(&address("anna@example.com")));
    assert_eq!(user.default_email(2), None);
    user.contact.email = None;
    assert_eq!(user.default_email(1), None);
}

#[test]
fn the_last_entries_are_kept_in_short() {
    let mut user = user();
    let to = Destination::Email(address("anna@example.com")).masked();
    let at = |n: i64| Timestamp::from_unix(1_800_000_000 + n);
    let long = |n| Entry {
        method: Some(Method::Email),
        to: Some(to.clone()),
        why: Some("asked".to_owned()),
        tell: user.known_destinations(),
        ..EntryKind::CodeSent.at(at(n))
    };
    let entries: Vec<_> = (0..i64::try_from(budget::ENTRIES_KEPT).unwrap() + 2).map(long).collect();
    user.remember(&entries);
    assert_eq!(user.activity.len(), budget::ENTRIES_KEPT);
    let short = Entry {
        method: Some(Method::Email),
        to: Some(to.clone()),
        ..EntryKind::CodeSent.at(at(2))
    };
    assert_eq!(user.activity[0], short);
}

#[test]
fn a_changed_destination_is_told_where_it_was_and_anything_else_is_a_detail() {
    let now = Timestamp::from_unix(1_800_000_000);
    let before = user();
    let with = |contact| User { contact, ..before.clone() };
    let named = Contact { display_name: DisplayName::parse("Anna").ok(), ..before.contact.clone() };
    let entry = contact_entry(&before, &with(named), now);
    assert_eq!((entry.kind, entry.tell), (EntryKind::DetailsChanged, vec![]));

    let known = |verified| KnownEmail { address: address("new@example.com"), verified };
    for verified in [true, false] {
        let moved = Contact { email: Some(known(verified)), ..before.contact.clone() };
        let entry = contact_entry(&before, &with(moved), now);
        assert_eq!(entry.kind, EntryKind::ContactChanged);
        assert_eq!(entry.tell, [Destination::Email(address("anna@example.com"))]);
    }
    let unverified = |text| Contact {
        email: Some(KnownEmail { address: address(text), verified: false }),
        ..Contact::default()
    };
    let (one, other) = (with(unverified("a@example.com")), with(unverified("b@example.com")));
    let entry = contact_entry(&one, &other, now);
    assert_eq!((entry.kind, entry.tell), (EntryKind::ContactChanged, vec![]));
    let added =
        Contact { phone: Phone::parse("+64211234511", None).ok(), ..before.contact.clone() };
    let entry = contact_entry(&before, &with(added), now);
    assert_eq!(entry.tell, [Destination::Sms(Phone::parse("+64211234500", None).unwrap())]);
}

#[test]
fn what_a_sign_in_ends_with_is_refused_in_the_second_it_runs_out() {
    let mut world = World::new("always_on");
    world.open(0);
    let ends_at = world.user().unwrap().sign_ins[0].expires_at;
    world.now = ends_at.plus(-1);
    assert!(matches!(world.perform(&Act::Look(0)).answer, Answer::View(_)));
    world.now = ends_at;
    assert_eq!(world.perform(&Act::Look(0)).answer, Answer::Over);
}

#[test]
fn s26_erasing_a_user_clears_everything_but_what_limits_guessing_and_sending() {
    let (mut world, _) = World::with_app("authenticator_app_with_email");
    world.open(1);
    world.perform(&Act::Challenge(1, portcullis_model::Method::Email));
    for n in 1..=2 {
        world.open(n);
        (0..2).for_each(|_| drop(world.verify(n, "000000", None)));
    }
    let now = world.now;
    world.change(|user| user.disabled_at = Some(now));
    let before = world.user().unwrap();
    assert_eq!(world.perform(&Act::Erase).answer, Answer::Done);
    assert!(world.user().is_none());
    world.now = now.plus(10);
    assert_eq!(world.open(3).status, "denied");
    let after = world.user().unwrap();
    assert_eq!((&after.failures, after.disabled_at), (&before.failures, Some(now)));
    assert_eq!(after.failures.within_a_month(now), 4);
    assert_eq!((before.sent.count(now), after.sent.count(now)), (1, 1));
    assert_eq!(after.opened.count(now), before.opened.count(now) + 1);
    assert!(after.authenticators.is_empty() && after.sign_ins.len() == 1);
}
