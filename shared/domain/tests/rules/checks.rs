//! Codes outside of a sign-in: where they go, how often, what ends them, and that they buy nobody a
//! guess.

use crate::world::World;
use portcullis_domain::{
    Channel, Code, Email, FormId, FullWindow, Refusal, SendClass, UserId, WrongCode,
    account::{
        self, Actor, ResetReport, WhoAsks,
        destination_check::{CheckDispatch, record},
    },
    admin::{AdminId, Reach},
    decision::SendOutcome,
    limits,
    user::{By, CheckedBy, EntryKind, PasswordChange, PasswordProof},
};
use portcullis_model::{Act, Contact, Method};

fn anna() -> UserId {
    UserId::parse("anna").unwrap()
}

fn admin() -> Actor {
    let by = Some(By::Admin(AdminId::parse("jo").unwrap()));
    Actor { by, reach: Reach::Portal, reason: Some("lost phone".to_owned()), form: None }
}

fn send(world: &mut World, channel: Channel) -> Result<CheckDispatch, Refusal> {
    world.run(|context, user| account::send_reset_code(context, user, &anna(), channel, &admin()))
}

fn sent(world: &mut World, channel: Channel) -> CheckDispatch {
    let dispatch = send(world, channel).unwrap();
    become_of(world, &dispatch, SendOutcome::Sent);
    dispatch
}

fn become_of(world: &mut World, dispatch: &CheckDispatch, outcome: SendOutcome) {
    world.run(|context, user| Ok(record(context, user.unwrap(), dispatch, outcome))).unwrap();
}

fn reset(world: &mut World, code: &Code) -> Result<ResetReport, Refusal> {
    let who_asks = WhoAsks::CodeReadOut(code.clone());
    world.run(|context, user| account::reset(context, user, &anna(), &admin(), &who_asks))
}

fn wrong(code: &Code) -> Code {
    let number: u32 = code.expose().parse().unwrap();
    Code::from_number((number + 1) % 1_000_000)
}

fn with_app() -> World {
    World::with_app("authenticator_app").0
}

#[test]
fn m6_a_code_that_was_read_out_resets_once_and_the_log_says_so() {
    let mut world = with_app();
    let code = sent(&mut world, Channel::Email).code;
    assert_eq!(reset(&mut world, &code).map(|done| done.had_bound), Ok(true));
    let user = world.user().unwrap();
    assert!(user.authenticators.is_empty());
    assert_eq!(reset(&mut world, &code), Err(Refusal::NoCodeRequested), "it is spent");
    let mut world = with_app();
    let code = sent(&mut world, Channel::Email).code;
    let who_asks = WhoAsks::CodeReadOut(code);
    let entries = world
        .run(|context, user| {
            let decision = account::reset(context, user, &anna(), &admin(), &who_asks)?;
            let entries = decision.change.clone().map(|change| change.entries).unwrap_or_default();
            Ok(decision.map(|_| entries.clone()))
        })
        .unwrap();
    let said: Vec<_> = entries.iter().map(|entry| (entry.kind, entry.checked)).collect();
    assert_eq!(said, [(EntryKind::Reset, Some(CheckedBy::CodeReadOut))]);
}

#[test]
fn s3_five_wrong_codes_a_day_are_judged_whatever_is_sent_between_and_no_lock_comes_of_it() {
    let mut world = with_app();
    let first = world.now;
    let locks = world.user().unwrap().failures;
    for left in [4, 3, 2, 1, 0] {
        let code = sent(&mut world, Channel::Email).code;
        let refused = reset(&mut world, &wrong(&code));
        let (why, method) = (WrongCode::Wrong, Some(portcullis_domain::Method::Email));
        let counted = Refusal::CodeNotAccepted { why, method, guesses_left: left, until: None };
        assert_eq!(refused, Err(counted));
        world.now = world.now.plus(limits::RESEND_SECONDS);
    }
    let used_up = Refusal::ChecksUsedUp { until: first.plus(limits::DAY_SECONDS) };
    let code = world.user().unwrap().destination_check.unwrap();
    assert_eq!(code.wrong, 5);
    assert_eq!(reset(&mut world, &Code::from_number(1)), Err(used_up.clone()));
    assert_eq!(send(&mut world, Channel::Email).unwrap_err(), used_up);
    assert_eq!(world.user().unwrap().failures, locks, "the user's own guesses are untouched");
    // A day after the first code the counts begin anew, to the second.
    world.now = first.plus(limits::DAY_SECONDS - 1);
    assert_eq!(send(&mut world, Channel::Email).unwrap_err(), used_up);
    world.now = first.plus(limits::DAY_SECONDS);
    let code = sent(&mut world, Channel::Email).code;
    assert!(reset(&mut world, &code).is_ok());
}

#[test]
fn five_codes_a_day_are_sent_thirty_seconds_apart_and_one_that_was_not_sent_is_given_back() {
    let mut world = with_app();
    let lost = send(&mut world, Channel::Email).unwrap();
    become_of(&mut world, &lost, SendOutcome::NotSent);
    assert_eq!(reset(&mut world, &lost.code), Err(Refusal::NoCodeRequested), "it is no code");
    for n in 1..=limits::CHECKS_PER_DAY {
        sent(&mut world, Channel::Email);
        let until = world.now.plus(limits::RESEND_SECONDS);
        world.now = until.plus(-1);
        if n < limits::CHECKS_PER_DAY {
            let too_soon = Refusal::ResendTooSoon { until };
            assert_eq!(send(&mut world, Channel::Email).unwrap_err(), too_soon);
        }
        world.now = until;
    }
    assert!(matches!(send(&mut world, Channel::Email), Err(Refusal::ChecksUsedUp { .. })));
    // Sends of sign-ins are counted apart.
    assert_eq!(world.user().unwrap().sent.strangers.count(world.now), 0);
}

#[test]
fn a_code_dies_with_its_time_its_destination_the_next_code_and_a_reset() {
    type End = fn(&mut World);
    let ends: [End; 4] = [
        |world| world.now = world.now.plus(limits::CHECK_SECONDS),
        |world| {
            let other = Contact { email: Some("other@example.com".to_owned()), ..World::contact() };
            world.perform(&Act::SetContact(other));
        },
        |world| {
            world.now = world.now.plus(limits::RESEND_SECONDS);
            sent(world, Channel::Sms);
        },
        |world| {
            world.perform(&Act::Reset);
        },
    ];
    for (n, end) in ends.into_iter().enumerate() {
        let mut world = with_app();
        let code = sent(&mut world, Channel::Email).code;
        end(&mut world);
        let refused = reset(&mut world, &code);
        assert!(refused.is_err(), "{n}");
        let is_wrong = matches!(refused, Err(Refusal::CodeNotAccepted { .. }));
        assert_eq!((n, is_wrong), (n, n == 2), "{refused:?}");
    }
    let mut world = with_app();
    let code = sent(&mut world, Channel::Email).code;
    world.now = world.now.plus(limits::CHECK_SECONDS - 1);
    assert!(reset(&mut world, &code).is_ok());
}

#[test]
fn s6_a_code_to_read_out_lets_nobody_in_and_one_of_a_sign_in_resets_nobody() {
    let mut world = World::new("always_on");
    world.open(0);
    world.perform(&Act::Challenge(0, Method::Email));
    let read_out = sent(&mut world, Channel::Email).code;
    let answer = world.verify(0, read_out.expose(), Some(Method::Email));
    assert!(format!("{answer:?}").contains("code_wrong"), "{answer:?}");
    world.now = world.now.plus(30);
    let message = world.perform(&Act::Challenge(0, Method::Email)).messages;
    let lets_in = Code::parse(&message[0].secret).unwrap();
    assert!(matches!(reset(&mut world, &lets_in), Err(Refusal::CodeNotAccepted { .. })));
}

#[test]
fn a_bound_destination_goes_before_the_contact_record_and_a_held_address_is_none() {
    let mut world = World::new("email_enrolment");
    world.open(0);
    let own = Some("own@example.com".to_owned());
    let code = world.perform(&Act::Enrol(0, Method::Email, own)).messages[0].secret.clone();
    world.perform(&Act::Confirm(0, code));
    let to = |world: &mut World, channel| {
        send(world, channel).map(|sent| (sent.to.normalised(), sent.class))
    };
    assert_eq!(
        to(&mut world, Channel::Email),
        Ok(("own@example.com".to_owned(), SendClass::Proven)),
        "a code got the user in from there"
    );
    assert_eq!(
        to(&mut world, Channel::Sms),
        Ok(("+64211234500".to_owned(), SendClass::Known)),
        "the number of the contact record"
    );
    let mut world = with_app();
    world.portal.policy.contact_hold = true;
    let other = Contact { email: Some("other@example.com".to_owned()), ..World::contact() };
    world.perform(&Act::SetContact(other));
    let none = Refusal::NotOffered(portcullis_domain::Method::Email);
    assert_eq!(send(&mut world, Channel::Email).unwrap_err(), none);
    let no_number = Refusal::NotOffered(portcullis_domain::Method::Sms);
    assert_eq!(send(&mut world, Channel::Sms).unwrap_err(), no_number, "it may be as new");
    world.now = world.now.plus(limits::DAY_SECONDS);
    assert_eq!(to(&mut world, Channel::Email).unwrap().0, "other@example.com");
    world.settings.email_from = None;
    world.now = world.now.plus(limits::DAY_SECONDS);
    assert_eq!(send(&mut world, Channel::Email).unwrap_err(), none, "nothing can be sent");
}

#[test]
fn the_channel_through_which_the_password_was_changed_checks_nobody_for_a_day() {
    let mut world = with_app();
    let code = sent(&mut world, Channel::Email).code;
    let (at, by) = (world.now, PasswordProof::Email);
    world.change(|user| user.password_change = Some(PasswordChange { at, by, told_at: at }));
    assert_eq!(reset(&mut world, &code), Err(Refusal::NoCodeRequested), "nor a code under way");
    let barred = Refusal::NotOffered(portcullis_domain::Method::Email);
    assert_eq!(send(&mut world, Channel::Email).unwrap_err(), barred);
    assert!(send(&mut world, Channel::Sms).is_ok());
    world.now = world.now.plus(limits::DAY_SECONDS);
    assert!(send(&mut world, Channel::Email).is_ok());
}

#[test]
fn s42_a_form_whose_code_was_wrong_or_not_sent_can_be_sent_again_and_acts_once() {
    let mut world = with_app();
    let form = Some(FormId::new([7; 12]));
    let by_form = Actor { form, ..admin() };
    let send = |world: &mut World| {
        let channel = Channel::Email;
        world.run(|context, user| {
            account::send_reset_code(context, user, &anna(), channel, &by_form)
        })
    };
    let lost = send(&mut world).unwrap();
    become_of(&mut world, &lost, SendOutcome::NotSent);
    world.now = world.now.plus(limits::RESEND_SECONDS);
    let dispatch = send(&mut world).unwrap();
    become_of(&mut world, &dispatch, SendOutcome::Sent);
    assert_eq!(send(&mut world).unwrap_err(), Refusal::FormUsed);
    let by_other = Actor { form: Some(FormId::new([8; 12])), ..admin() };
    let reset = |world: &mut World, code: &Code| {
        let who_asks = WhoAsks::CodeReadOut(code.clone());
        world.run(|context, user| account::reset(context, user, &anna(), &by_other, &who_asks))
    };
    let refused = reset(&mut world, &wrong(&dispatch.code));
    assert!(matches!(refused, Err(Refusal::CodeNotAccepted { .. })));
    assert!(reset(&mut world, &dispatch.code).is_ok(), "the same form, with the right code");
    assert_eq!(reset(&mut world, &dispatch.code), Err(Refusal::FormUsed));
}

#[test]
fn s38_a_full_cap_holds_a_code_back_and_one_entry_says_so() {
    let mut world = with_app();
    let (began_at, ends_at) = (world.now, world.now.plus(600));
    world.full = Some(FullWindow { began_at, ends_at });
    for _ in 0..3 {
        let refused = send(&mut world, Channel::Email).unwrap_err();
        assert_eq!(refused.until(), Some(ends_at));
    }
    let limited = world.activity().into_iter().filter(|kind| kind == "send_limited").count();
    assert_eq!((limited, world.user().unwrap().destination_check), (1, None));
}

#[test]
fn s33_admin_door_an_address_is_an_admins_once_its_code_was_entered_and_the_old_one_is_told() {
    let mut world = with_app();
    let address = Email::parse("new@example.com").unwrap();
    let send = |world: &mut World| {
        world.run(|context, user| {
            account::send_address_code(context, user, &anna(), &address, &admin())
        })
    };
    let confirm = |world: &mut World, code: &Code| {
        world.run(|context, user| account::confirm_address(context, user, &anna(), code, &admin()))
    };
    let known = |world: &World| world.user().unwrap().contact.verified_email().cloned();
    let old = known(&world);
    let dispatch = send(&mut world).unwrap();
    become_of(&mut world, &dispatch, SendOutcome::Sent);
    assert_eq!(dispatch.class, SendClass::Unconfirmed);
    assert_eq!(known(&world), old, "nothing is known before the code");
    assert!(reset(&mut world, &dispatch.code).is_err(), "it resets nobody");
    assert!(confirm(&mut world, &wrong(&dispatch.code)).is_err());
    assert_eq!(confirm(&mut world, &dispatch.code), Ok(address.clone()));
    assert_eq!(known(&world), Some(address.clone()));
    let told: Vec<String> = world.notices().into_iter().map(|(_, to)| to).collect();
    assert!(told.contains(&old.unwrap().as_str().to_owned()), "{told:?}");
    assert_eq!(confirm(&mut world, &dispatch.code), Err(Refusal::NoCodeRequested));
    // A code to read out confirms no address.
    world.now = world.now.plus(limits::RESEND_SECONDS);
    let code = sent(&mut world, Channel::Email).code;
    assert_eq!(confirm(&mut world, &code), Err(Refusal::NoCodeRequested));
}
