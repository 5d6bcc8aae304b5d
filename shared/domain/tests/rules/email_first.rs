//! An emailed code before the first enrolment, if the policy wants one.

use crate::world::World;
use portcullis_domain::{
    Decision, Method, Refusal, SignInKey, Timestamp, UserId,
    admin::AdminId,
    decision::{DeniedReason, FirstProof, NextStep},
    sign_in::{Ground, MethodOptions, Progress, UnavailableReason},
    user::{By, EntryKind, How},
};
use portcullis_model::{Act, Answer, Contact, Method as Way};

const EMAIL: &str = "anna@example.com";

fn options(world: &mut World) -> MethodOptions {
    let listed = world.run(|context, user| {
        let stage = user.as_ref().unwrap().sign_ins.last().unwrap().stage();
        Ok(Decision::unchanged(MethodOptions::of(context, &user.unwrap(), stage)))
    });
    listed.unwrap()
}

fn without_address() -> Contact {
    Contact { verified: false, ..World::contact() }
}

#[test]
fn s8_the_emailed_code_comes_first_and_then_the_enrolment_in_the_same_sign_in() {
    let mut world = World::with_email_first("authenticator_app");
    let view = world.open(0);
    assert_eq!((view.status, view.reason), ("challenge", "enrolment_proof"));
    assert!(world.messages.is_empty(), "an address of the directory waits for the choice");
    assert_eq!(view.options, [(Way::Email, false)]);
    let enrol = Act::Enrol(0, Way::App, None);
    assert!(matches!(world.perform(&enrol).answer, Answer::Refused("another_step", _)));
    let sent = world.perform(&Act::Challenge(0, Way::Email));
    assert_eq!(sent.messages[0].to, EMAIL);
    let code = sent.messages[0].secret.clone();
    assert_eq!(world.verify(0, &code, None), Answer::Verified("enrol"));
    assert!(world.user().unwrap().authenticators.is_empty(), "nothing is bound by it");
    let secret = world.perform(&enrol).secret.unwrap();
    let right = crate::portal_keys::totp(&secret, world.now.unix() / 30);
    assert_eq!(world.perform(&Act::Confirm(0, right)).answer, Answer::Verified("allowed"));
    // The next sign-in asks for the app.
    world.now = world.now.plus(60);
    assert_eq!(world.open(1).reason, "usable");
}

#[test]
fn s8_the_proof_holds_for_its_own_sign_in_alone() {
    let mut world = World::with_email_first("authenticator_app");
    world.open(0);
    world.open(1);
    let code = world.perform(&Act::Challenge(0, Way::Email)).messages[0].secret.clone();
    let elsewhere = world.verify(1, &code, Some(Way::Email));
    assert!(matches!(elsewhere, Answer::Refused("no_code_requested", _)), "{elsewhere:?}");
    assert_eq!(world.verify(0, &code, None), Answer::Verified("enrol"));
    let other = world.perform(&Act::Enrol(1, Way::App, None)).answer;
    assert!(matches!(other, Answer::Refused("another_step", _)), "{other:?}");
    let again = world.verify(0, &code, Some(Way::Email));
    assert!(matches!(again, Answer::Refused(..)), "{again:?}");
}

#[test]
fn s8_without_an_address_that_a_code_can_go_to_nobody_enrols_and_a_bypass_code_is_the_way_out() {
    let mut world = World::with_email_first("authenticator_app");
    world.perform(&Act::SetContact(without_address()));
    let act = Act::Open { sign_in: 0, ticket: None, contact: without_address(), browser: None };
    let Answer::View(view) = world.perform(&act).answer else { panic!() };
    assert_eq!((view.status, view.reason), ("denied", "no_verified_email"));
    let denied = options(&mut world);
    assert_eq!(denied.next_step, NextStep::Denied(DeniedReason::NoVerifiedEmail));
    let [missing] = denied.unavailable.as_slice() else { panic!("{denied:?}") };
    assert_eq!(
        (missing.method, missing.reason),
        (Method::Email, UnavailableReason::NoVerifiedEmail)
    );
    let refused = world.perform(&Act::Enrol(0, Way::App, None)).answer;
    assert!(matches!(refused, Answer::Refused("no_usable_method", _)), "{refused:?}");
    let bypass = world.perform(&Act::IssueBypass).secret.unwrap();
    assert_eq!(world.verify(0, &bypass, None), Answer::Verified("enrol"));
    let sign_in = world.user().unwrap().sign_ins.last().unwrap().clone();
    assert_eq!((sign_in.progress, sign_in.ground), (Progress::MayEnrol, Ground::BypassCode));
    // A provider that is gone, or an address that the policy holds, is no way either.
    let mut world = World::with_email_first("authenticator_app");
    world.open(0);
    let first = NextStep::ChallengeThenEnrol(FirstProof::EmailedCode);
    assert_eq!(options(&mut world).next_step, first);
    let sender = world.settings.email_from.take();
    assert_eq!(options(&mut world).unavailable[0].reason, UnavailableReason::ProviderNotSet);
    world.settings.email_from = sender;
    world.portal.policy.contact_hold = true;
    let thief = Contact { email: Some("thief@example.com".to_owned()), ..World::contact() };
    world.perform(&Act::SetContact(thief));
    assert_eq!(options(&mut world).unavailable[0].reason, UnavailableReason::NewAddress);
}

#[test]
fn h3_an_enrolment_says_on_what_ground_it_was_made() {
    let ground = |email_first: bool| {
        let mut world = World::new("email_enrolment");
        if email_first {
            world = World::with_email_first("email_enrolment");
        }
        world.open(0);
        if email_first {
            let code = world.perform(&Act::Challenge(0, Way::Email)).messages[0].secret.clone();
            assert_eq!(world.verify(0, &code, None), Answer::Verified("enrol"));
        }
        let enrol = Act::Enrol(0, Way::Email, Some("own@example.org".to_owned()));
        let code = world.perform(&enrol).messages[0].secret.clone();
        let id = world.id(0);
        let entries = world.run(|context, user| {
            let code = portcullis_domain::Code::parse(&code)?;
            let decided =
                portcullis_domain::sign_in::confirm::confirm_enrolment(context, user, &id, &code)?;
            Ok::<_, Refusal>(Decision::unchanged(decided.change.unwrap().entries))
        });
        let entries = entries.unwrap();
        entries.into_iter().find(|entry| entry.kind == EntryKind::Enrolled).unwrap().ground
    };
    assert_eq!(ground(false), Some(Ground::PasswordAlone));
    assert_eq!(ground(true), Some(Ground::EmailCode));
}

#[test]
fn h3_a_change_came_about_by_whoever_is_known_to_have_made_it() {
    let at = Timestamp::from_unix(0);
    let by = |by| EntryKind::Reset.at(at).done_by(by);
    let within = |kind: EntryKind| kind.at(at).within(SignInKey::new([1; 21]));
    let jo = By::Admin(AdminId::parse("jo").unwrap());
    for (entry, how) in [
        (by(jo), How::Admin),
        (by(By::Portal(UserId::parse("boss").unwrap())), How::PortalAdmin),
        (EntryKind::Erased.at(at), How::Portal),
        (EntryKind::ContactChanged.at(at), How::Portal),
        (within(EntryKind::ContactChanged), How::Portal),
        (within(EntryKind::Locked), How::SignIn),
        (within(EntryKind::Enrolled).on(Ground::PasswordAlone), How::PasswordAlone),
        (within(EntryKind::Enrolled).on(Ground::MailedLink), How::MailedLink),
        (within(EntryKind::DefaultSet).on(Ground::EmailCode), How::EmailCode),
    ] {
        assert_eq!(entry.how(), Some(how), "{entry:?}");
    }
}

#[test]
fn a_reset_and_an_erasure_say_from_when_on_the_portals_sessions_count() {
    let (mut world, _) = World::with_app("authenticator_app");
    assert_eq!(world.user().unwrap().sessions_not_before, None);
    world.perform(&Act::Reset);
    let reset_at = world.now;
    assert_eq!(world.user().unwrap().sessions_not_before, Some(reset_at));
    world.now = world.now.plus(3_600);
    world.open(1);
    assert_eq!(world.user().unwrap().sessions_not_before, Some(reset_at), "it stays");
    world.perform(&Act::Erase);
    let erased_at = world.now;
    world.now = world.now.plus(3_600);
    world.open(2);
    assert_eq!(world.user().unwrap().sessions_not_before, Some(erased_at), "it goes on");
}
