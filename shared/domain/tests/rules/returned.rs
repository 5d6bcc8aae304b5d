//! A destination from which messages come back is not offered for a day. Nothing else changes: no
//! weaker way is offered than before, and no enrolment opens.

use crate::{portal_keys::Keys, world::World};
use portcullis_domain::{
    AuthenticatorId, Channel, DecisionContext, Destination, Email, KeyVersion, Locator, Method,
    Phone, PortalKeys, SecretMac, Timestamp, UnknownMembers, Unreadable,
    account::{Noted, Report, destination_check::checkable_destinations, note_report},
    decision::NextStep,
    sign_in::{Event, MethodOptions, SignInView, Stage, Unavailable, UnavailableReason, open},
    user::{
        Authenticator, Binding, Fate, MessageKind, PasswordChange, PasswordProof, ReturnReason,
        SentMessage, TokenKeys, TokenKind,
    },
};
use portcullis_model::{Act, Answer, Contact, Method as Way};

const DAY: i64 = 86_400;
const BOUNCED: Fate = Fate::Returned(ReturnReason::Bounced);

pub struct Mac;

impl TokenKeys for Mac {
    fn token_version(&self) -> Result<KeyVersion, Unreadable> {
        Ok(KeyVersion(1))
    }

    fn token_mac(&self, _: TokenKind, _: KeyVersion, _: &str) -> Result<SecretMac, Unreadable> {
        Ok(SecretMac::new([1; 16]))
    }
}

fn address() -> Destination {
    Destination::Email(Email::parse("anna@example.com").unwrap())
}

fn number() -> Destination {
    Destination::Sms(Phone::parse("+64211234500", None).unwrap())
}

/// A code that was sent to a destination at this moment.
fn code_to(world: &World, to: &Destination, at: Timestamp) -> SentMessage {
    message(world, MessageKind::Code, to, at)
}

fn message(world: &World, kind: MessageKind, to: &Destination, at: Timestamp) -> SentMessage {
    let epoch = world.user().map_or(0, |user| user.epoch);
    let place = (world.portal.id.clone(), Locator::new([7; 16]), epoch);
    let channel = match to {
        Destination::Email(_) => Channel::Email,
        Destination::Sms(_) => Channel::Sms,
    };
    SentMessage::new(&Mac, place, (kind, channel), Keys.destination_hash(to), at).unwrap()
}

fn report(world: &mut World, message: &SentMessage, fate: Fate) -> Noted {
    let report = Report { fate, at: world.now, detail: Some("General".to_owned()) };
    world.run(|context, user| note_report(context, user, message, &report)).unwrap()
}

fn bounce(world: &mut World, to: &Destination) -> Noted {
    let message = code_to(world, to, world.now);
    report(world, &message, BOUNCED)
}

fn options(world: &mut World) -> MethodOptions {
    let listed = world.run(|context: &DecisionContext<'_>, user| {
        let stage = Stage::begun(Event::Login, context.portal.usual_pages());
        let options = MethodOptions::of(context, &user.unwrap(), stage);
        Ok(portcullis_domain::Decision::unchanged(options))
    });
    listed.unwrap()
}

fn ways(world: &mut World) -> Vec<Method> {
    options(world).list.iter().map(|option| option.method).collect()
}

fn look(world: &mut World, n: usize) -> SignInView {
    let id = world.id(n);
    world.run(|context, user| open::look(context, user, &id)).unwrap()
}

#[test]
fn s51_a_bounce_takes_its_destination_off_for_a_day_and_other_ways_stay() {
    let mut world = World::new("always_on");
    world.open(0);
    assert_eq!(ways(&mut world), [Method::Email, Method::Sms]);
    let sent_at = world.now;
    assert_eq!(bounce(&mut world, &address()), Noted::Written);
    let before = options(&mut world);
    assert_eq!(before.list.iter().map(|o| o.method).collect::<Vec<_>>(), [Method::Sms]);
    let named = Unavailable { method: Method::Email, reason: UnavailableReason::Undeliverable };
    assert_eq!(before.unavailable, [named]);
    assert_eq!(before.returned[0].until, sent_at.plus(DAY));
    assert_eq!(world.activity().last().map(String::as_str), Some("message_returned"));
    let refused = world.perform(&Act::Challenge(0, Way::Email));
    assert!(refused.messages.is_empty(), "nothing is sent there");
    world.now = sent_at.plus(DAY - 1);
    assert_eq!(ways(&mut world), [Method::Sms]);
    world.now = sent_at.plus(DAY);
    assert_eq!(ways(&mut world), [Method::Email, Method::Sms], "it is tried again");
    let again = code_to(&world, &address(), world.now);
    assert_eq!(report(&mut world, &again, Fate::Delivered), Noted::Written);
    assert_eq!(world.activity().last().map(String::as_str), Some("message_delivered"));
}

#[test]
fn s51_soft_bounces_take_nothing_away_and_a_later_delivery_puts_back() {
    let mut world = World::new("always_on");
    world.open(0);
    let first = code_to(&world, &address(), world.now);
    assert_eq!(report(&mut world, &first, Fate::Delayed), Noted::Written);
    assert_eq!(ways(&mut world), [Method::Email, Method::Sms]);
    assert_eq!(report(&mut world, &first, BOUNCED), Noted::Written);
    assert_eq!(ways(&mut world), [Method::Sms]);
    world.now = world.now.plus(60);
    let notice = message(&world, MessageKind::Notice, &address(), world.now);
    assert_eq!(report(&mut world, &notice, Fate::Delivered), Noted::Written);
    assert_eq!(ways(&mut world), [Method::Email, Method::Sms]);
    world.now = world.now.plus(60);
    let notice = message(&world, MessageKind::Notice, &address(), world.now);
    assert_eq!(report(&mut world, &notice, Fate::Delivered), Noted::Known, "not worth a write");
}

#[test]
fn s51_reports_that_come_twice_late_or_of_what_is_no_longer_change_nothing() {
    let mut world = World::new("always_on");
    world.open(0);
    let sent = code_to(&world, &address(), world.now);
    let old_epoch = world.user().unwrap();
    assert_eq!(report(&mut world, &sent, BOUNCED), Noted::Written);
    let after = world.user().unwrap();
    assert_eq!(report(&mut world, &sent, BOUNCED), Noted::Known, "twice");
    assert_eq!(report(&mut world, &sent, Fate::Delivered), Noted::Written, "the order it came in");
    assert_eq!(ways(&mut world), [Method::Sms], "and it came back all the same");
    let other = Destination::Email(Email::parse("somebody@example.com").unwrap());
    let to_other = code_to(&world, &other, world.now);
    assert_eq!(report(&mut world, &to_other, BOUNCED), Noted::OldDestination);
    let mut wrong_channel = sent.clone();
    wrong_channel.channel = Channel::Sms;
    assert_eq!(report(&mut world, &wrong_channel, BOUNCED), Noted::OldDestination);
    world.change(|user| *user = old_epoch.clone());
    world.perform(&Act::Reset);
    assert_eq!(report(&mut world, &sent, BOUNCED), Noted::OtherEpoch);
    assert_eq!(world.user().unwrap().deliveries, []);
    world.change(|user| *user = after.clone());
    world.now = world.now.plus(7 * DAY);
    assert_eq!(report(&mut world, &sent, BOUNCED), Noted::Late);
    world.perform(&Act::Erase);
    let late = code_to(&world, &address(), world.now);
    assert_eq!(report(&mut world, &late, BOUNCED), Noted::NoUser);
    assert!(world.user().is_none());
}

#[test]
fn s51_another_contact_is_offered_at_once_and_the_old_one_is_forgotten() {
    let mut world = World::new("always_on");
    world.open(0);
    bounce(&mut world, &address());
    let other = Contact { email: Some("new@example.com".to_owned()), ..World::contact() };
    world.perform(&Act::SetContact(other));
    assert_eq!(ways(&mut world), [Method::Email, Method::Sms]);
    assert_eq!(world.user().unwrap().deliveries, []);
}

#[test]
fn s51_when_nothing_reaches_the_user_the_sign_in_asks_and_opens_no_enrolment() {
    for preset in ["sms_enrolment", "email_enrolment", "sms_enrolment_opt_out", "always_on"] {
        let mut world = World::new(preset);
        let is_sms = preset.starts_with("sms");
        world.open(0);
        if preset != "always_on" {
            let (way, to) =
                if is_sms { (Way::Sms, "+64211234500") } else { (Way::Email, "anna@example.com") };
            let code = world.perform(&Act::Enrol(0, way, Some(to.to_owned()))).messages.remove(0);
            let confirmed = world.perform(&Act::Confirm(0, code.secret));
            assert_eq!(confirmed.answer, Answer::Verified("allowed"), "{preset}");
        }
        world.now = world.now.plus(60);
        let before = options(&mut world).next_step;
        assert_eq!(before, NextStep::Challenge, "{preset}");
        bounce(&mut world, &address());
        bounce(&mut world, &number());
        let after = options(&mut world);
        assert_eq!((after.next_step, after.list.len()), (before, 0), "{preset}");
        world.open(1);
        let view = look(&mut world, 1);
        assert_eq!(view.options, [], "{preset}");
        assert_eq!(view.returned.len(), after.returned.len(), "{preset}");
        let enrol = world.perform(&Act::Enrol(1, Way::App, None));
        assert!(enrol.secret.is_none() && enrol.messages.is_empty(), "{preset}");
        let skipped = world.perform(&Act::Skip(1)).answer;
        assert!(!matches!(skipped, Answer::Verified(_)), "{preset}: {skipped:?}");
        world.now = world.now.plus(DAY);
        assert!(!ways(&mut world).is_empty(), "{preset}: tried again");
    }
}

#[test]
fn s51_whoever_makes_a_message_come_back_gets_no_way_that_was_barred() {
    let mut world = World::new("always_on");
    world.open(0);
    let now = world.now;
    let change = PasswordChange::told(now, PasswordProof::Email, now).unwrap();
    world.change(|user| {
        user.change_password(change);
    });
    assert_eq!(ways(&mut world), [Method::Sms], "codes by email prove nothing for a day");
    bounce(&mut world, &number());
    assert_eq!(ways(&mut world), [], "and they do not now either");
}

#[test]
fn s51_an_app_is_never_taken_away_and_its_fallback_is() {
    let (mut world, _) = World::with_app("authenticator_app_with_email");
    assert_eq!(ways(&mut world), [Method::AuthenticatorApp, Method::Email]);
    bounce(&mut world, &address());
    assert_eq!(ways(&mut world), [Method::AuthenticatorApp]);
}

#[test]
fn s51_a_code_that_was_sent_before_the_report_still_lets_in() {
    let mut world = World::new("always_on");
    world.open(0);
    let code = world.perform(&Act::Challenge(0, Way::Email)).messages.remove(0).secret;
    let sent = code_to(&world, &address(), world.now);
    world.now = world.now.plus(20);
    assert_eq!(report(&mut world, &sent, BOUNCED), Noted::Written);
    assert_eq!(ways(&mut world), [Method::Sms]);
    assert_eq!(world.verify(0, &code, Some(Way::Email)), Answer::Verified("allowed"));
}

#[test]
fn s51_a_complaint_is_told_and_takes_nothing_away() {
    let mut world = World::new("always_on");
    world.open(0);
    let sent = code_to(&world, &address(), world.now);
    let complained = Fate::Returned(ReturnReason::Complained);
    assert_eq!(report(&mut world, &sent, complained), Noted::Written);
    assert_eq!(world.activity().last().map(String::as_str), Some("message_complained"));
    assert_eq!(ways(&mut world), [Method::Email, Method::Sms]);
}

#[test]
fn s51_no_link_goes_to_an_address_from_which_messages_come_back() {
    let (mut world, _) = World::with_app("managed");
    world.perform(&Act::Reset);
    bounce(&mut world, &address());
    let contact = World::contact();
    let open = |n| Act::Open { sign_in: n, ticket: None, contact: contact.clone(), browser: None };
    assert_eq!(world.perform(&open(1)).messages.len(), 0);
    world.now = world.now.plus(DAY);
    assert_eq!(world.perform(&open(2)).messages.len(), 1);
}

/// Binds one address, which is not that of the contact record.
fn bind_another(world: &mut World) -> Destination {
    let bound = Email::parse("bound@example.com").unwrap();
    let (now, generation) = (world.now, world.portal.generation);
    world.change(|user| {
        user.authenticators.push(Authenticator {
            id: AuthenticatorId::new([7; 8]),
            generation,
            bound_at: now,
            name: None,
            binding: Binding::Email(bound.clone()),
            unknown: UnknownMembers::default(),
        });
    });
    Destination::Email(bound)
}

#[test]
fn s51_the_contact_record_takes_not_the_place_of_a_bound_address_that_comes_back() {
    let mut world = World::new("always_on");
    world.open(0);
    let bound = bind_another(&mut world);
    let listed = options(&mut world);
    assert_eq!(listed.proof_option(Method::Email).unwrap().to, Some(bound.clone()));
    bounce(&mut world, &bound);
    assert_eq!(ways(&mut world), [Method::Sms]);
}

#[test]
fn s51_a_code_before_a_reset_goes_to_no_weaker_address_when_the_bound_one_comes_back() {
    let mut world = World::new("always_on");
    world.open(0);
    let bound = bind_another(&mut world);
    let emails = |world: &mut World| {
        let listed = world.run(|context: &DecisionContext<'_>, user| {
            let known = checkable_destinations(context, &user.unwrap());
            Ok(portcullis_domain::Decision::unchanged(known))
        });
        listed.unwrap().into_iter().filter(|to| to.method() == Method::Email).collect::<Vec<_>>()
    };
    assert_eq!(emails(&mut world), [bound.clone(), address()]);
    bounce(&mut world, &bound);
    assert_eq!(emails(&mut world), []);
}
