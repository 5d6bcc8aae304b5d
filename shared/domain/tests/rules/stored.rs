//! Tests of what a user's item keeps, until when, and in which words.

use crate::world::World;
use portcullis_domain::{
    AuthenticatorId, Contact, Destination, DisplayName, Email, KnownEmail, Method, Phone,
    Timestamp, UnknownMembers, User, limits,
    user::{Authenticator, Binding, Entry, EntryKind, contact_entry},
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
fn the_last_entries_are_kept_in_short() {
    let mut user = user();
    let to = Destination::Email(address("anna@example.com")).masked();
    let at = |n: i64| Timestamp::from_unix(1_800_000_000 + n);
    let long = |n| Entry {
        method: Some(Method::Email),
        to: Some(to.clone()),
        why: Some("asked".to_owned()),
        ..EntryKind::CodeSent.at(at(n))
    };
    let entries: Vec<_> = (0..i64::try_from(limits::ENTRIES_KEPT).unwrap() + 2).map(long).collect();
    user.remember(&entries);
    assert_eq!(user.activity.len(), limits::ENTRIES_KEPT);
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
    let kind = |one: &User, other: &User| contact_entry(one, other, now).kind;
    let named = Contact { display_name: DisplayName::parse("Anna").ok(), ..before.contact.clone() };
    assert_eq!(kind(&before, &with(named)), EntryKind::DetailsChanged);

    let known = |text, verified| Some(KnownEmail { address: address(text), verified });
    let notified = |after: &User| {
        User::notified_destinations(EntryKind::ContactChanged, Some(&before), Some(after))
    };
    let phone = Destination::Sms(before.contact.phone.clone().unwrap());
    let anna = Destination::Email(address("anna@example.com"));
    for verified in [true, false] {
        let moved =
            with(Contact { email: known("new@example.com", verified), ..before.contact.clone() });
        assert_eq!(kind(&before, &moved), EntryKind::ContactChanged);
        let mut whom = vec![anna.clone(), phone.clone()];
        whom.extend(verified.then(|| Destination::Email(address("new@example.com"))));
        assert_eq!(notified(&moved), whom);
    }
    let unverified = |text| with(Contact { email: known(text, false), ..Contact::default() });
    let (one, other) = (unverified("a@example.com"), unverified("b@example.com"));
    assert_eq!(kind(&one, &other), EntryKind::ContactChanged);
    assert_eq!(
        User::notified_destinations(EntryKind::ContactChanged, Some(&one), Some(&other)),
        []
    );
    let number = Phone::parse("+64211234511", None).unwrap();
    let added = with(Contact { phone: Some(number.clone()), ..before.contact.clone() });
    assert_eq!(notified(&added), [anna.clone(), phone, Destination::Sms(number)]);
    assert_eq!(notified(&with(Contact::default())).len(), 2, "what is gone is told");
}

#[test]
fn s31_a_new_authenticator_is_told_everywhere_but_at_its_own_destination() {
    let before = user();
    let mut after = before.clone();
    let enrol = |user: &mut User, to: &str| {
        user.authenticators = vec![Authenticator {
            id: AuthenticatorId::new([1; 8]),
            generation: 1,
            bound_at: Timestamp::from_unix(0),
            name: None,
            binding: Binding::Email(address(to)),
            unknown: UnknownMembers::default(),
        }];
    };
    // The mask of this one is the mask of the victim's: anna*****.com.
    enrol(&mut after, "anna.evil@example.com");
    let notified =
        |after: &User| User::notified_destinations(EntryKind::Enrolled, Some(&before), Some(after));
    assert_eq!(notified(&after), before.known_destinations());
    enrol(&mut after, "ANNA@example.com");
    assert_eq!(notified(&after), before.known_destinations(), "known before, so told");
    assert_eq!(
        User::notified_destinations(EntryKind::Erased, Some(&before), None),
        before.known_destinations()
    );
    assert_eq!(User::notified_destinations(EntryKind::Enrolled, None, Some(&after)), []);
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
    assert_eq!(after.failures.codes().strangers.within_a_month(now), 4);
    assert_eq!([&before, &after].map(|user| user.sent.strangers.count(now)), [1, 1]);
    assert_eq!(after.opened.strangers.count(now), before.opened.strangers.count(now) + 1);
    assert!(after.authenticators.is_empty() && after.sign_ins.len() == 1);
}
