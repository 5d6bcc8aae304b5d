//! The reminder to set a second step up: who gets one, and how often.

use crate::{portal_keys::Keys, returned::Mac, world::World};
use portcullis_domain::{
    Channel, Destination, Email, KnownEmail, ListedState, Locator, MfaState, PortalKeys, Refusal,
    Timestamp, User, UserId,
    account::{self, Actor, ReminderOutcome, Report, WhoAsks, note_report, remind_to_enrol},
    admin::{AdminId, Reach},
    decision::{Reminder, Selection},
    policy::{AfterReset, Enforcement, EnrolmentProof},
    user::{By, EntryKind, Fate, LinkOnly, MessageKind, ReturnReason, SentMessage},
};
use portcullis_model::{Act, Answer, Method};

const DAY: i64 = 86_400;

fn anna() -> UserId {
    UserId::parse("anna").unwrap()
}

fn actor() -> Actor {
    let by = Some(By::Admin(AdminId::parse("desk").unwrap()));
    Actor { by, reach: Reach::Portal, reason: None, form: None }
}

fn everyone() -> Selection {
    Selection::Filtered { state: None, organisation: None }
}

/// Reminds the user, and returns the outcome beside what the list foresees.
fn remind(world: &mut World) -> (ReminderOutcome, Reminder) {
    let (before, selection) = (world.user().unwrap(), everyone());
    let foreseen = MfaState::of(&before).reminder(&world.portal, &world.settings, world.now);
    let outcome = world
        .run(|context, user| remind_to_enrol(context, user, &anna(), &actor(), &selection))
        .unwrap();
    let after = world.user().unwrap();
    let wrote = outcome == ReminderOutcome::Reminded;
    assert_eq!(after != before, wrote, "{outcome:?}");
    let kept = wrote.then_some(world.now).or(before.reminded_at);
    assert_eq!(after.reminded_at, kept, "{outcome:?}");
    (outcome, foreseen)
}

/// A user who opened a sign-in once, and has set nothing up.
fn newcomer(preset: &str) -> World {
    let mut world = World::new(preset);
    assert_eq!(world.open(0).status, "enrol");
    world
}

#[test]
fn a_user_is_reminded_once_a_day_to_the_second_and_the_entry_names_the_admin() {
    let mut world = newcomer("authenticator_app");
    let begun = world.now;
    let done = (ReminderOutcome::Reminded, Reminder::Due);
    let before = (ReminderOutcome::RemindedBefore, Reminder::RemindedBefore);
    assert_eq!(remind(&mut world), done);
    assert_eq!(world.activity().last().map(String::as_str), Some("enrolment_reminder"));
    for seconds in [0, 1, DAY - 1] {
        world.now = begun.plus(seconds);
        assert_eq!(remind(&mut world), before, "{seconds}");
    }
    // The clock of another process may be behind.
    world.now = begun.plus(-2);
    assert_eq!(remind(&mut world), before);
    world.now = begun.plus(DAY);
    assert_eq!(remind(&mut world), done);
    let user = world.user().unwrap();
    let reminders = user.activity.iter().filter(|one| one.kind == EntryKind::EnrolmentReminder);
    assert_eq!(reminders.count(), 2);
    let entry = actor().entry(EntryKind::EnrolmentReminder, world.now);
    assert_eq!(entry.by, actor().by);
}

#[test]
fn a_reminder_is_forgotten_after_a_day_and_with_whatever_is_set_up() {
    let mut world = newcomer("authenticator_app");
    remind(&mut world);
    let reminded = world.user().unwrap();
    world.now = world.now.plus(DAY - 1);
    world.open(1);
    assert_eq!(world.user().unwrap().reminded_at, reminded.reminded_at);
    let secret = world.perform(&Act::Enrol(1, Method::App, None)).secret.unwrap();
    assert!(world.user().unwrap().reminded_at.is_some(), "nothing is confirmed yet");
    let code = crate::portal_keys::totp(&secret, world.now.unix() / 30);
    assert_eq!(world.perform(&Act::Confirm(1, code)).answer, Answer::Verified("allowed"));
    assert_eq!(world.user().unwrap().reminded_at, None);
    assert_eq!(remind(&mut world), (ReminderOutcome::NotNeeded, Reminder::NotNeeded));
    let mut later = newcomer("authenticator_app");
    remind(&mut later);
    later.now = later.now.plus(DAY);
    later.open(1);
    assert_eq!(later.user().unwrap().reminded_at, None);
}

type Case = (&'static str, fn(&mut World), ReminderOutcome, Reminder);

#[test]
fn only_who_has_to_set_something_up_and_can_be_mailed_is_reminded() {
    use ReminderOutcome::{NoAddress, NotNeeded, Reminded};
    let not_needed = |name, change: fn(&mut World)| (name, change, NotNeeded, Reminder::NotNeeded);
    let due = |name, change: fn(&mut World)| (name, change, Reminded, Reminder::Due);
    let cases: [Case; 16] = [
        due("the policy requires it", |_| {}),
        due("it can be declined", |world| {
            world.portal.policy.enforcement = Enforcement::OptOut;
        }),
        due("an emailed code comes first", |world| {
            world.portal.policy.enrolment_proof = EnrolmentProof::EmailedCode;
        }),
        due("reset, and not enrolled again", |world| {
            world.portal.policy.after_reset = AfterReset::EmailedLink;
            world.change(|user| user.reset_at = Some(user.sign_ins[0].expires_at));
        }),
        not_needed("the policy is off", |world| world.portal.policy.enabled = false),
        not_needed("nothing can be enrolled", |world| world.portal.policy.methods.clear()),
        not_needed("declined", |world| {
            world.portal.policy.enforcement = Enforcement::OptOut;
            assert!(matches!(world.perform(&Act::Skip(0)).answer, Answer::View(_)));
        }),
        not_needed("disabled", |world| {
            world.change(|user| user.disabled_at = Some(user.sign_ins[0].expires_at));
        }),
        not_needed("frozen", |world| {
            world.change(|user| user.frozen_at = Some(user.sign_ins[0].expires_at));
        }),
        not_needed("bound in an older generation", |world| {
            *world = World::with_app("authenticator_app").0;
            world.portal.generation = 2;
        }),
        (
            "no address",
            |world| world.change(|user| user.contact.email = None),
            NoAddress,
            Reminder::NoAddress,
        ),
        (
            "an address that is not verified",
            |world| {
                world.change(|user| {
                    let email = user.contact.email.take();
                    user.contact.email = email.map(|email| KnownEmail { verified: false, ..email });
                });
            },
            NoAddress,
            Reminder::NoAddress,
        ),
        (
            "an emailed code comes first, and there is no address",
            |world| {
                world.portal.policy.enrolment_proof = EnrolmentProof::EmailedCode;
                world.change(|user| user.contact.email = None);
            },
            NoAddress,
            Reminder::NoAddress,
        ),
        (
            "no email is set up",
            |world| world.settings.email_from = None,
            NoAddress,
            Reminder::NoAddress,
        ),
        (
            "the policy holds the address",
            |world| {
                world.portal.policy.contact_hold = true;
                let now = world.now;
                world.change(|user| user.address_since = Some(now));
            },
            NoAddress,
            Reminder::Due,
        ),
        (
            "another address than the one of the freeze",
            |world| {
                world.change(|user| user.link_only_to = Some(LinkOnly::Nowhere));
            },
            NoAddress,
            Reminder::Due,
        ),
    ];
    for (name, change, outcome, foreseen) in cases {
        let mut world = newcomer("authenticator_app");
        change(&mut world);
        assert_eq!(remind(&mut world), (outcome, foreseen), "{name}");
    }
    let mut by_record = World::new("always_on");
    assert_eq!(by_record.open(0).status, "challenge");
    assert_eq!(remind(&mut by_record), (NotNeeded, Reminder::NotNeeded), "nothing to enrol");
}

/// Has a message to the address come back.
fn bounce(world: &mut World, at: Timestamp) {
    let to = Destination::Email(Email::parse("anna@example.com").unwrap());
    let place = (world.portal.id.clone(), Locator::new([7; 16]), 0);
    let kind = (MessageKind::Code, Channel::Email);
    let sent = SentMessage::new(&Mac, place, kind, Keys.destination_hash(&to), at).unwrap();
    let report = Report { fate: Fate::Returned(ReturnReason::Bounced), at, detail: None };
    world.run(|context, user| note_report(context, user, &sent, &report)).unwrap();
}

#[test]
fn nothing_is_mailed_for_a_day_to_an_address_that_sends_emails_back() {
    let mut world = newcomer("authenticator_app");
    let at = world.now;
    bounce(&mut world, at);
    world.now = at.plus(DAY - 1);
    assert_eq!(remind(&mut world), (ReminderOutcome::NoAddress, Reminder::Due));
    world.now = at.plus(DAY);
    assert_eq!(remind(&mut world), (ReminderOutcome::Reminded, Reminder::Due));
}

#[test]
fn who_is_not_selected_or_not_there_or_out_of_reach_is_not_reminded() {
    let mut world = newcomer("authenticator_app");
    let by_state = |state| Selection::Filtered { state: Some(state), organisation: None };
    let other = Selection::named(vec![UserId::parse("ben").unwrap()]).unwrap();
    let own = Selection::named(vec![anna()]).unwrap();
    for (selection, outcome) in [
        (other, ReminderOutcome::NotSelected),
        (by_state(ListedState::Enrolled), ReminderOutcome::NotSelected),
        (by_state(ListedState::NotEnrolled), ReminderOutcome::Reminded),
        (own, ReminderOutcome::RemindedBefore),
    ] {
        let done = world
            .run(|context, user| remind_to_enrol(context, user, &anna(), &actor(), &selection));
        assert_eq!(done, Ok(outcome), "{selection:?}");
    }
    let own = portcullis_domain::OrganisationId::parse("acme").unwrap();
    let narrow = Actor { reach: Reach::Organisation(own), ..actor() };
    let out_of_reach =
        world.run(|context, user| remind_to_enrol(context, user, &anna(), &narrow, &everyone()));
    assert_eq!(out_of_reach, Err(Refusal::UnknownUser));
    let nobody =
        world.run(|context, _| remind_to_enrol(context, None, &anna(), &actor(), &everyone()));
    assert_eq!(nobody, Err(Refusal::UnknownUser));
}

#[test]
fn a_reminder_goes_by_email_alone_and_carries_no_freeze_link() {
    let mut world = newcomer("authenticator_app");
    remind(&mut world);
    let user = world.user().unwrap();
    assert!(user.contact.phone.is_some());
    let told = |kind| User::notified_destinations(kind, Some(&user), Some(&user));
    assert_eq!(told(EntryKind::Reset).len(), 2);
    let [Destination::Email(address)] = &told(EntryKind::EnrolmentReminder)[..] else { panic!() };
    assert_eq!(address.as_str(), "anna@example.com");
    let entry = actor().entry(EntryKind::EnrolmentReminder, world.now);
    let to = Destination::Email(address.clone());
    assert_eq!(User::freeze_ground(&entry, Some(&user), Some(&user), &to), None);
    assert_eq!(world.notices(), [], "nobody's way in was changed");
    // A reset leaves the moment, so that nobody is mailed twice within a day.
    let reset = world
        .run(|context, user| account::reset(context, user, &anna(), &actor(), &WhoAsks::Unsaid));
    reset.unwrap();
    let before = (ReminderOutcome::RemindedBefore, Reminder::RemindedBefore);
    assert_eq!(remind(&mut world), before);
}
