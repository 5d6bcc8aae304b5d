//! Codes and links that are sent: when again, which one, what a failed send gives back, and to the
//! second when they end.

use crate::world::World;
use portcullis_domain::{
    Destination, Email, Phone, Refusal, SendClass, TypedPhone, User,
    policy::Preset,
    sign_in::{
        challenge::{self, Asked, Dispatch, SendOutcome},
        enrol::{self, Enrol, Enrolling},
        link,
    },
};
use portcullis_model::{Act, Answer, Method};

/// Asks for a code, and leaves open what becomes of it.
fn charge(world: &mut World, n: usize, method: portcullis_domain::Method) -> Dispatch {
    let id = world.id(n);
    match world.run(|context, user| challenge::request_code(context, user, &id, method)).unwrap() {
        Asked::Code(dispatch) => *dispatch,
        Asked::Chosen(_) => panic!("a code was asked for"),
    }
}

fn enrol(world: &mut World, n: usize, enrol: &Enrol) -> Result<Enrolling, Refusal> {
    let id = world.id(n);
    world.run(|context, user| enrol::start_enrolment(context, user, &id, enrol))
}

fn delivered(world: &mut World, n: usize, way: &Enrol) -> Dispatch {
    match enrol(world, n, way).unwrap() {
        Enrolling::Delivered(dispatch) => *dispatch,
        Enrolling::Shown(_) => panic!("an address was entered"),
    }
}

fn record(world: &mut World, dispatch: &Dispatch, outcome: SendOutcome) {
    let (receipt, locator) = (dispatch.receipt(), world.id(0).locator);
    world
        .run(|context, user| {
            Ok(challenge::record(context, user.unwrap(), locator, &receipt, outcome))
        })
        .unwrap();
}

fn user(world: &World) -> User {
    world.user().unwrap()
}

fn email(text: &str) -> Enrol {
    Enrol::Email(Email::parse(text).unwrap())
}

#[test]
fn the_same_way_again_waits_and_another_does_not() {
    let mut world = World::new("always_on");
    world.open(0);
    let asked_at = world.now;
    assert_eq!(world.perform(&Act::Challenge(0, Method::Email)).answer, Answer::Sent);
    world.now = asked_at.plus(29);
    let again = Answer::Refused("resend_too_soon", Some(1));
    assert_eq!(world.perform(&Act::Challenge(0, Method::Email)).answer, again);
    assert_eq!(world.perform(&Act::Challenge(0, Method::Sms)).answer, Answer::Sent);
    world.now = asked_at.plus(59);
    assert_eq!(world.perform(&Act::Challenge(0, Method::Email)).answer, Answer::Sent);

    let mut world = World::new("email_enrolment");
    world.open(0);
    delivered(&mut world, 0, &email("a@example.org"));
    delivered(&mut world, 0, &email("b@example.org"));
    let same = enrol(&mut world, 0, &email("b@example.org")).map(drop);
    assert!(matches!(same, Err(Refusal::ResendTooSoon { .. })), "{same:?}");
}

#[test]
fn the_same_code_goes_again_while_more_than_half_of_its_time_is_left() {
    for (after, same) in [(30, true), (149, true), (150, false), (151, false)] {
        let mut world = World::new("always_on");
        world.portal.policy.code_lifetime_seconds =
            portcullis_domain::policy::CodeLifetime::parse(300).unwrap();
        world.open(0);
        let first = charge(&mut world, 0, portcullis_domain::Method::Email);
        world.now = world.now.plus(after);
        let second = charge(&mut world, 0, portcullis_domain::Method::Email);
        assert_eq!(first.code.expose() == second.code.expose(), same, "after {after} s");
        assert_eq!((second.fresh, second.n), (!same, if same { 1 } else { 2 }));
        assert_eq!(first.others.iter().map(|o| o.method.as_str()).collect::<Vec<_>>(), ["sms"]);
    }
}

#[test]
fn s7_a_code_ends_in_its_last_second() {
    for (after, answer) in
        [(299, Answer::Verified("allowed")), (300, Answer::Wrong("code_expired", 5, None))]
    {
        let mut world = World::new("always_on");
        world.portal.policy.code_lifetime_seconds =
            portcullis_domain::policy::CodeLifetime::parse(300).unwrap();
        world.open(0);
        let code = charge(&mut world, 0, portcullis_domain::Method::Email).code;
        world.now = world.now.plus(after);
        assert_eq!(world.verify(0, code.expose(), None), answer, "after {after} s");
    }
}

#[test]
fn s6_a_code_is_compared_for_its_method_its_destination_and_its_purpose_alone() {
    let uncounted = Answer::Refused("no_code_requested", None);
    let mut world = World::new("always_on");
    world.open(0);
    let code = charge(&mut world, 0, portcullis_domain::Method::Email).code;
    assert_eq!(world.verify(0, code.expose(), Some(Method::Sms)), uncounted);
    let moved =
        portcullis_model::Contact { email: Some("new@example.com".to_owned()), ..World::contact() };
    world.perform(&Act::SetContact(moved));
    assert_eq!(world.verify(0, code.expose(), Some(Method::Email)), uncounted);

    // Sent to confirm an address that, in the same sign-in, becomes one to sign in with.
    let mut world = World::new("email_enrolment");
    world.open(0);
    let sent = delivered(&mut world, 0, &email("anna@example.com"));
    world.portal.policy = Preset::AlwaysOn.policy();
    assert_eq!(world.verify(0, sent.code.expose(), Some(Method::Email)), uncounted);
    assert_eq!(user(&world).failures, portcullis_domain::user::Failures::default());
}

#[test]
fn a_sure_non_send_gives_back_the_send_and_what_was_made_for_it() {
    let mut world = World::new("always_on");
    world.open(0);
    let first = charge(&mut world, 0, portcullis_domain::Method::Email);
    record(&mut world, &first, SendOutcome::NotSent);
    let sign_in = &user(&world).sign_ins[0];
    assert_eq!((sign_in.sends_left(), sign_in.challenges.len(), sign_in.last_send), (5, 0, None));
    assert_eq!(user(&world).sent.strangers.count(world.now), 0);

    let first = charge(&mut world, 0, portcullis_domain::Method::Email);
    record(&mut world, &first, SendOutcome::Sent);
    world.now = world.now.plus(40);
    let again = charge(&mut world, 0, portcullis_domain::Method::Email);
    record(&mut world, &again, SendOutcome::NotSent);
    let sign_in = &user(&world).sign_ins[0];
    assert_eq!((sign_in.sends_left(), sign_in.challenges.len()), (4, 1), "the first went out");
    assert_eq!(sign_in.last_send, None);
    let text = charge(&mut world, 0, portcullis_domain::Method::Sms);
    world.now = world.now.plus(1);
    let email = charge(&mut world, 0, portcullis_domain::Method::Email);
    record(&mut world, &text, SendOutcome::NotSent);
    assert_eq!(user(&world).sign_ins[0].last_send, Some(email.charged_at), "the later one stands");
    assert_eq!(user(&world).sign_ins[0].challenges.len(), 1);
}

#[test]
fn what_was_being_enrolled_goes_with_a_first_send_that_failed_and_with_no_other() {
    let pending = |world: &World| user(world).sign_ins[0].pending.is_some();
    let mut world = World::new("email_enrolment");
    world.open(0);
    let first = delivered(&mut world, 0, &email("a@example.org"));
    record(&mut world, &first, SendOutcome::NotSent);
    assert!(!pending(&world));

    let first = delivered(&mut world, 0, &email("a@example.org"));
    let corrected = delivered(&mut world, 0, &email("b@example.org"));
    record(&mut world, &first, SendOutcome::NotSent);
    assert!(pending(&world), "the corrected address is being enrolled");
    record(&mut world, &corrected, SendOutcome::Sent);
    world.now = world.now.plus(40);
    let way = Enrol::Again(portcullis_domain::Method::Email);
    let again = delivered(&mut world, 0, &way);
    assert!(!again.fresh && again.to == corrected.to);
    record(&mut world, &again, SendOutcome::NotSent);
    assert!(pending(&world), "a code for it went out before");
}

#[test]
fn again_is_for_what_is_being_enrolled_by_that_method() {
    let mut world = World::new("email_enrolment");
    world.portal.policy.methods.extend(Preset::SmsEnrolment.policy().methods);
    world.open(0);
    let again = |world: &mut World, method| enrol(world, 0, &Enrol::Again(method)).map(drop);
    assert_eq!(again(&mut world, portcullis_domain::Method::Email), Err(Refusal::AnotherStep));
    let sent = delivered(&mut world, 0, &Enrol::Sms(TypedPhone::new("+64211234511".to_owned())));
    assert_eq!(sent.to, Destination::Sms(Phone::parse("+64211234511", None).unwrap()));
    assert_eq!(again(&mut world, portcullis_domain::Method::Email), Err(Refusal::AnotherStep));
    world.now = world.now.plus(40);
    assert_eq!(again(&mut world, portcullis_domain::Method::Sms), Ok(()));
}

#[test]
fn v21_an_app_is_shown_the_address_else_the_name_else_the_id() {
    for (has_email, name, shown) in [
        (true, "Anna", "anna@example.com"),
        (false, "Anna: Smith", "Anna Smith"),
        (false, "urn:acme:42", "urn acme 42"),
        (false, "", "anna"),
        (false, ":", "account"),
    ] {
        let mut world = World::new("authenticator_app");
        world.open(0);
        world.change(|user| {
            user.contact.email = user.contact.email.clone().filter(|_| has_email);
            user.contact.display_name = portcullis_domain::DisplayName::parse(name).ok();
        });
        let Enrolling::Shown(view) = enrol(&mut world, 0, &Enrol::App).unwrap() else {
            panic!("an app was to be enrolled")
        };
        assert_eq!(view.app_key().unwrap().account, shown);
    }
}

#[test]
fn whoever_is_denied_is_told_which_way() {
    let mut world = World::with_app("authenticator_app_with_email").0;
    world.open(1);
    let now = world.now;
    world.change(|user| user.disabled_at = Some(now));
    let denied = world.perform(&Act::Challenge(1, Method::Email)).answer;
    assert_eq!(denied, Answer::Refused("authenticator_disabled", None));
    let mut world = World::new("always_on");
    world.open(0);
    (world.settings.email_from, world.settings.sms) = (None, None);
    let denied = world.perform(&Act::Challenge(0, Method::Email)).answer;
    assert_eq!(denied, Answer::Refused("no_usable_method", None));
}

#[test]
fn a_new_enrolment_takes_the_place_of_its_method_and_of_older_generations() {
    let mut world = World::with_app("authenticator_app").0;
    let ids = |world: &World| user(world).authenticators.iter().map(|a| a.id).collect::<Vec<_>>();
    let first = ids(&world);
    world.portal.generation = 2;
    world.open(1);
    world.open(2);
    world.perform(&Act::Enrol(2, Method::App, None));
    let secret = world.perform(&Act::Enrol(1, Method::App, None)).secret.unwrap();
    let code = crate::portal_keys::totp(&secret, world.now.unix() / 30);
    assert_eq!(world.perform(&Act::Confirm(1, code)).answer, Answer::Verified("allowed"));
    assert_eq!(ids(&world).len(), 1);
    assert_ne!(ids(&world), first);
    // Of another method, and of a generation that is over: gone too.
    world.portal.policy = Preset::EmailEnrolment.policy();
    world.portal.generation = 3;
    world.open(3);
    let sent = delivered(&mut world, 3, &email("own@example.org"));
    let confirmed = world.perform(&Act::Confirm(3, sent.code.expose().to_owned())).answer;
    assert_eq!(confirmed, Answer::Verified("allowed"));
    assert_eq!(user(&world).authenticators.iter().map(|a| a.generation).collect::<Vec<_>>(), [3]);
    assert!(user(&world).sign_ins.iter().all(|sign_in| sign_in.pending.is_none()));
}

/// A user who has to wait for a link, and the ticket in it.
fn with_ticket() -> (World, String) {
    let (mut world, _) = World::with_app("managed");
    world.perform(&Act::Reset);
    let asked = Act::Open { sign_in: 1, ticket: None, contact: World::contact(), browser: None };
    let ticket = world.perform(&asked).messages.remove(0).secret;
    (world, ticket)
}

fn open(world: &mut World, n: usize, ticket: Option<&str>) -> (Answer, usize) {
    let ticket = ticket.map(str::to_owned);
    let given =
        world.perform(&Act::Open { sign_in: n, ticket, contact: World::contact(), browser: None });
    (given.answer, given.messages.len())
}

#[test]
fn s8_a_ticket_ends_in_its_last_second_and_another_opens_nothing() {
    for (after, good) in [(1_799, true), (1_800, false)] {
        let (mut world, ticket) = with_ticket();
        let other = "A".repeat(22);
        let refused = Answer::Refused("ticket_refused", None);
        assert_eq!(open(&mut world, 2, Some(&other)).0, refused);
        world.now = world.now.plus(after);
        let opened = open(&mut world, 3, Some(&ticket)).0;
        assert_eq!(opened != refused, good, "after {after} s");
    }
}

#[test]
fn a_link_is_mailed_once_in_five_minutes_and_within_the_hours_sends() {
    let (mut world, _) = with_ticket();
    for (n, after, mailed) in [(2, 299, 0), (3, 1, 1), (4, 299, 0)] {
        world.now = world.now.plus(after);
        assert_eq!(open(&mut world, n, None).1, mailed);
    }
    let (mut world, _) = with_ticket();
    let now = world.now;
    world.change(|user| (0..6).for_each(|_| user.sent.strangers.add(now)));
    world.now = now.plus(400);
    assert_eq!(open(&mut world, 2, None).1, 0, "six sends in this hour");
    world.now = now.plus(3_600);
    assert_eq!(open(&mut world, 3, None).1, 1);
}

#[test]
fn a_link_that_was_surely_not_sent_leaves_room_for_another_at_once() {
    let (mut world, _) = with_ticket();
    let kept = user(&world);
    let to = Email::parse("anna@example.com").unwrap();
    let ticket = portcullis_domain::user::TicketSecret::new([0; 16]);
    let mail = |expires_at| link::LinkMail {
        sign_in: kept.sign_ins[0].key,
        to: to.clone(),
        class: SendClass::Known,
        ticket: ticket.clone(),
        expires_at,
        charged_to: portcullis_domain::Bucket::Strangers,
        replaced: None,
    };
    let ends_at = kept.ticket.unwrap().expires_at;
    for (expires_at, outcome, stays, sends) in [
        (ends_at, SendOutcome::Sent, true, 1),
        (ends_at, SendOutcome::Unknown, true, 1),
        (ends_at.plus(1), SendOutcome::NotSent, true, 0),
        (ends_at, SendOutcome::NotSent, false, 0),
    ] {
        world.change(|user| *user = kept.clone());
        let mail = mail(expires_at);
        world
            .run(|context, user| Ok(link::record(context, user.unwrap(), &mail, outcome)))
            .unwrap();
        let user = user(&world);
        assert_eq!((user.ticket.is_some(), user.sent.strangers.count(world.now)), (stays, sends));
    }
}
