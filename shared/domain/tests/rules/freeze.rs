//! The freeze link and the state frozen: who gets a link, what kills it, what a freeze ends, and
//! how a user comes out of it.

use crate::{portal_keys::Keys, world::World};
use portcullis_domain::{
    ContactUpdate, DecisionContext, Destination, DestinationHash, Email, Locator, PortalKeys,
    Refusal, User, UserId,
    account::{self, Actor, ChangedBy, ResetReport, WhoAsks, freeze::FreezeState},
    admin::{AdminId, Reach},
    decision::{DeniedReason, NextStep},
    policy::{AfterReset, SelfService},
    sign_in::{Status, open},
    user::{By, Entry, EntryKind, FreezeGround, FreezeLink, LinkOnly},
};
use portcullis_model::{Act, Answer};

const DAY: i64 = 86_400;

fn anna() -> UserId {
    UserId::parse("anna").unwrap()
}

fn email(address: &str) -> Destination {
    Destination::Email(Email::parse(address).unwrap())
}

fn hash(address: &str) -> DestinationHash {
    Keys.destination_hash(&email(address))
}

/// An address that a portal vouches for.
fn verified(address: &str) -> ContactUpdate {
    ContactUpdate {
        email: Some(Some(Email::parse(address).unwrap())),
        email_verified: Some(true),
        ..ContactUpdate::default()
    }
}

fn set_address(world: &mut World, address: &str, by: ChangedBy) {
    let update = verified(address);
    let done = world
        .run(|context, known| account::replace_contact(context, known, &anna(), &update, None, by));
    done.unwrap();
}

/// A portal whose notices carry links.
fn with_links(preset: &str) -> World {
    let mut world = World::new(preset);
    world.portal.policy.self_service = SelfService::WithProof;
    world
}

/// A user with an app, and a verified address that is two days old.
fn settled(preset: &str) -> (World, String) {
    let mut world = with_links(preset);
    set_address(&mut world, "anna@example.com", ChangedBy::User);
    world.now = world.now.plus(2 * DAY);
    world.open(0);
    let secret = world.perform(&Act::Enrol(0, portcullis_model::Method::App, None)).secret.unwrap();
    let code = crate::portal_keys::totp(&secret, world.now.unix() / 30);
    assert_eq!(world.perform(&Act::Confirm(0, code)).answer, Answer::Verified("allowed"));
    world.now = world.now.plus(30);
    (world, secret)
}

/// The link to an address, for the user as they stand.
fn link(world: &World, address: &str, dropped: bool) -> FreezeLink {
    let epoch = world.user().unwrap().epoch;
    let place = (world.portal.id.clone(), Locator::new([7; 16]));
    let ground = FreezeGround { epoch, dropped };
    FreezeLink::new(&Keys, place, (EntryKind::Enrolled, world.now), ground, hash(address)).unwrap()
}

fn press(world: &mut World, link: &FreezeLink) -> Result<FreezeState, Refusal> {
    world.run(|context, known| account::freeze::freeze(context, known, link)).map(|page| page.state)
}

fn look(world: &mut World, link: &FreezeLink) -> Result<FreezeState, Refusal> {
    let before = world.user();
    let seen = world
        .run(|context, known| account::freeze::look(context, known, link))
        .map(|page| page.state);
    assert_eq!(world.user(), before, "a look writes nothing");
    seen
}

fn reset(world: &mut World) -> ResetReport {
    let by = Some(By::Admin(AdminId::parse("otto").unwrap()));
    let actor = Actor { by, reach: Reach::Portal, reason: Some("called".to_owned()), form: None };
    let asked = WhoAsks::Unsaid;
    world.run(|context, known| account::reset(context, known, &anna(), &actor, &asked)).unwrap()
}

fn bypass(world: &mut World) -> Result<String, Refusal> {
    let actor = Actor { by: None, reach: Reach::Portal, reason: None, form: None };
    let issued = |context: &DecisionContext<'_>, known| {
        account::issue_bypass(context, known, &anna(), &actor)
    };
    world.run(issued).map(|(code, _)| code.grouped())
}

fn next_step(world: &mut World, n: usize) -> NextStep {
    let contact = world.contact_of_user();
    world.open_for(n, None, &contact, None).unwrap();
    let id = world.id(n);
    let view = world.run(|context, user| open::look(context, user, &id)).unwrap();
    match view.status {
        Status::Waiting(next_step) => next_step,
        other => panic!("{other:?}"),
    }
}

const FROZEN: NextStep = NextStep::Denied(DeniedReason::Frozen);

#[test]
fn h3_a_press_ends_all_that_was_issued_and_keeps_what_is_bound_and_every_count() {
    let (mut world, secret) = settled("authenticator_app");
    world.open(1);
    world.verify(1, "000000", None);
    bypass(&mut world).unwrap();
    let before = world.user().unwrap();
    assert!(before.bypass.is_some() && !before.sign_ins.is_empty());
    let link = link(&world, "anna@example.com", false);
    assert_eq!(look(&mut world, &link), Ok(FreezeState::Asks));
    world.now = world.now.plus(60);
    assert_eq!(press(&mut world, &link), Ok(FreezeState::Done));
    let after = world.user().unwrap();
    assert_eq!(after.epoch, before.epoch + 1);
    assert_eq!((after.frozen_at, after.sessions_not_before), (Some(world.now), Some(world.now)));
    assert!(after.sign_ins.is_empty() && after.bypass.is_none() && after.ticket.is_none());
    assert_eq!(after.authenticators, before.authenticators);
    assert_eq!((&after.failures, after.opened), (&before.failures, before.opened));
    assert_eq!(world.activity().last().map(String::as_str), Some("frozen"));
    assert!(world.notices().contains(&("frozen".to_owned(), "anna@example.com".to_owned())));
    // A second press finds it done.
    let frozen = world.user();
    world.now = world.now.plus(60);
    assert_eq!(press(&mut world, &link), Ok(FreezeState::Done));
    assert_eq!(look(&mut world, &link), Ok(FreezeState::Done));
    assert_eq!(world.user(), frozen, "nothing is written again");
    // Nothing opens the door: a right code, an enrolment, a bypass code.
    assert_eq!(next_step(&mut world, 2), FROZEN);
    let code = crate::portal_keys::totp(&secret, world.now.unix() / 30);
    assert_eq!(world.verify(2, &code, None), Answer::Refused("frozen", None));
    let enrolled = world.perform(&Act::Enrol(2, portcullis_model::Method::App, None)).answer;
    assert_eq!(enrolled, Answer::Refused("frozen", None));
    assert_eq!(world.verify(2, "0123-4567-89AB-CDEF", None), Answer::Refused("frozen", None));
    assert_eq!(bypass(&mut world), Err(Refusal::FrozenUntilReset));
    world.perform(&Act::Unlock);
    assert_eq!(next_step(&mut world, 3), FROZEN, "an unlock does not end it");
}

#[test]
fn h3_a_frozen_user_is_denied_where_nothing_would_be_asked_too() {
    for preset in ["authenticator_app", "always_on", "email_enrolment_opt_out", "managed"] {
        let mut world = with_links(preset);
        set_address(&mut world, "anna@example.com", ChangedBy::User);
        world.now = world.now.plus(2 * DAY);
        let link = link(&world, "anna@example.com", false);
        press(&mut world, &link).unwrap();
        for enabled in [true, false] {
            world.portal.policy.enabled = enabled;
            assert_eq!(next_step(&mut world, usize::from(enabled)), FROZEN, "{preset} {enabled}");
        }
    }
}

#[test]
fn h3_a_link_dies_after_a_week_with_its_address_and_with_the_epoch() {
    let (mut world, _) = settled("authenticator_app");
    let (old, dropped) =
        (link(&world, "anna@example.com", false), link(&world, "x@example.com", true));
    let refused = Err(Refusal::FreezeLinkRefused);
    assert_eq!(look(&mut world, &dropped), Ok(FreezeState::Asks), "taken away by its own change");
    let sent = world.now;
    world.now = sent.plus(7 * DAY - 1);
    assert_eq!(look(&mut world, &old), Ok(FreezeState::Asks));
    world.now = sent.plus(7 * DAY);
    assert_eq!(
        (look(&mut world, &old), press(&mut world, &old)),
        (refused.clone(), refused.clone())
    );
    world.now = sent;
    set_address(&mut world, "new@example.com", ChangedBy::User);
    assert_eq!(look(&mut world, &old), Ok(FreezeState::Asks), "a thief would begin with that");
    let shown = world.run(|context, user| account::freeze::look(context, user, &old)).unwrap();
    let own = world.user().unwrap().account();
    assert_ne!(shown.account, own, "the present address is not shown");
    world.now = world.now.plus(1);
    set_address(&mut world, "other@example.com", ChangedBy::Admin);
    assert_eq!(press(&mut world, &old), refused, "an admin took the address away");
    set_address(&mut world, "anna@example.com", ChangedBy::User);
    assert_eq!(look(&mut world, &old), Ok(FreezeState::Asks), "the user's again");
    world.portal.policy.self_service = SelfService::Off;
    assert_eq!(press(&mut world, &old), refused, "the portal has no links any more");
    world.portal.policy.self_service = SelfService::WithProof;
    reset(&mut world);
    assert_eq!(press(&mut world, &old), refused, "a reset raised the epoch");
    assert_eq!(press(&mut world, &dropped), refused);
    assert_eq!(world.user().unwrap().frozen_at, None);
    let again = link(&world, "anna@example.com", false);
    world.perform(&Act::Erase);
    assert_eq!(press(&mut world, &again), refused, "an erased user is unknown");
}

/// The ground of a notice to an address, for the last entry of a change.
fn ground(before: &User, after: &User, entry: &Entry, to: &str) -> Option<FreezeGround> {
    User::freeze_ground(entry, Some(before), Some(after), &email(to))
}

#[test]
fn h3_an_address_gets_a_link_if_it_was_verified_a_day_before_and_no_admin_took_it_away() {
    let (mut world, _) = settled("authenticator_app");
    let before = world.user().unwrap();
    set_address(&mut world, "new@example.com", ChangedBy::User);
    let after = world.user().unwrap();
    let entry = EntryKind::ContactChanged.at(world.now);
    let dropped = Some(FreezeGround { epoch: 0, dropped: true });
    assert_eq!(ground(&before, &after, &entry, "anna@example.com"), dropped);
    assert_eq!(ground(&before, &after, &entry, "new@example.com"), None, "new with this change");
    let by_admin = entry.clone().done_by(By::PortalAdmin);
    assert_eq!(ground(&before, &after, &by_admin, "anna@example.com"), None, "taken away by one");
    let phone = Destination::Sms(portcullis_domain::Phone::parse("+64211234500", None).unwrap());
    assert_eq!(User::freeze_ground(&entry, Some(&before), Some(&after), &phone), None);
    // The next change, before and after the new address is a day old.
    for (seconds, carries) in [(DAY - 1, false), (DAY, true)] {
        let entry = EntryKind::Enrolled.at(world.now.plus(seconds));
        let ground = ground(&after, &after, &entry, "new@example.com");
        assert_eq!(ground, carries.then_some(FreezeGround { epoch: 0, dropped: false }));
    }
    let later = |kind: EntryKind| kind.at(world.now.plus(2 * DAY)).done_by(By::PortalAdmin);
    let by_admin = later(EntryKind::BypassIssued);
    assert!(ground(&after, &after, &by_admin, "new@example.com").is_some(), "an admin's act too");
    for kind in [EntryKind::Locked, EntryKind::Disabled, EntryKind::Unlocked, EntryKind::Frozen] {
        let entry = kind.at(world.now.plus(2 * DAY));
        assert_eq!(ground(&after, &after, &entry, "new@example.com"), None, "{kind:?}");
    }
    let erased = EntryKind::Erased.at(world.now.plus(2 * DAY));
    assert_eq!(User::freeze_ground(&erased, Some(&after), None, &email("new@example.com")), None);
    assert_eq!(User::freeze_ground(&entry, None, Some(&after), &email("new@example.com")), None);
}

#[test]
fn h3_the_first_address_of_a_user_is_new_for_a_day_and_is_not_held_back() {
    let mut world = World::new("authenticator_app");
    set_address(&mut world, "anna@example.com", ChangedBy::User);
    let first = world.user().unwrap();
    assert_eq!((first.new_address_at, first.address_since), (Some(world.now), None));
    world.now = world.now.plus(DAY);
    set_address(&mut world, "anna@example.com", ChangedBy::User);
    world.open(0);
    assert_eq!(world.user().unwrap().new_address_at, None, "tidied away");
}

#[test]
fn h3_s48_only_an_admins_reset_ends_it_and_then_a_link_or_a_bypass_code_is_needed() {
    let (mut world, _) = settled("authenticator_app");
    assert_eq!(world.portal.policy.after_reset, AfterReset::Open);
    let link = link(&world, "anna@example.com", false);
    press(&mut world, &link).unwrap();
    let report = reset(&mut world);
    assert_eq!(report, ResetReport { had_bound: true, link_can_be_mailed: Some(true) });
    assert_eq!(next_step(&mut world, 4), NextStep::CheckEmail);
    let user = world.user().unwrap();
    assert_eq!((user.frozen_at, user.authenticators.len()), (None, 0));
    // Without a page to lead to no link is mailed, and the enrolment stays shut.
    world.portal.profile.enrolment_url = None;
    assert_eq!(reset(&mut world).link_can_be_mailed, Some(false));
    world.now = world.now.plus(700);
    world.perform(&Act::Reset);
    assert_eq!(next_step(&mut world, 5), NextStep::CheckEmail);
    assert!(world.user().unwrap().ticket.is_none());
    let code = bypass(&mut world).unwrap();
    assert_eq!(world.verify(5, &code, None), Answer::Verified("enrol"));
    let secret = world.perform(&Act::Enrol(5, portcullis_model::Method::App, None)).secret.unwrap();
    let code = crate::portal_keys::totp(&secret, world.now.unix() / 30);
    assert_eq!(world.perform(&Act::Confirm(5, code)).answer, Answer::Verified("allowed"));
    assert_eq!(world.user().unwrap().link_only_to, None, "the next enrolment ends it");
}

#[test]
fn h3_s48_a_changed_address_takes_no_link_after_a_freeze_unless_an_admin_changed_it() {
    let (mut world, _) = settled("authenticator_app");
    let link = link(&world, "anna@example.com", false);
    press(&mut world, &link).unwrap();
    set_address(&mut world, "thief@example.com", ChangedBy::User);
    reset(&mut world);
    world.now = world.now.plus(3 * DAY);
    assert_eq!(next_step(&mut world, 6), NextStep::CheckEmail);
    assert!(world.user().unwrap().ticket.is_none(), "nothing is mailed to the thief, ever");
    assert_eq!(reset(&mut world).link_can_be_mailed, Some(false));
    set_address(&mut world, "anna@example.org", ChangedBy::Admin);
    let to = LinkOnly::To(hash("anna@example.org"));
    assert_eq!(world.user().unwrap().link_only_to, Some(to));
    assert_eq!(reset(&mut world).link_can_be_mailed, Some(true));
    world.now = world.now.plus(700);
    next_step(&mut world, 7);
    assert!(world.user().unwrap().ticket.is_some(), "the admin's address gets it");
}

#[test]
fn h3_an_admin_who_names_the_address_that_is_there_sends_the_link_to_it() {
    let (mut world, _) = settled("authenticator_app");
    let link = link(&world, "anna@example.com", false);
    press(&mut world, &link).unwrap();
    set_address(&mut world, "anna@example.org", ChangedBy::User);
    reset(&mut world);
    set_address(&mut world, "anna@example.org", ChangedBy::User);
    assert_eq!(reset(&mut world).link_can_be_mailed, Some(false), "users move it nowhere");
    set_address(&mut world, "anna@example.org", ChangedBy::Admin);
    let user = world.user().unwrap();
    assert_eq!(user.link_only_to, Some(LinkOnly::To(hash("anna@example.org"))));
    assert_eq!(user.activity.last().map(|entry| entry.kind), Some(EntryKind::ContactChanged));
    let before = user.activity.len();
    set_address(&mut world, "anna@example.org", ChangedBy::Admin);
    assert_eq!(world.user().unwrap().activity.len(), before, "the second time changes nothing");
}

#[test]
fn h3_erasing_a_frozen_user_ends_neither_the_freeze_nor_what_it_leaves() {
    let (mut world, _) = settled("authenticator_app");
    let link = link(&world, "anna@example.com", false);
    press(&mut world, &link).unwrap();
    let frozen_at = world.user().unwrap().frozen_at;
    world.perform(&Act::Erase);
    assert_eq!(world.user(), None);
    world.perform(&Act::SetContact(World::contact()));
    assert_eq!(next_step(&mut world, 8), FROZEN);
    let user = world.user().unwrap();
    assert_eq!((user.frozen_at, user.link_only_to), (frozen_at, Some(LinkOnly::Nowhere)));
    assert_eq!(reset(&mut world).link_can_be_mailed, Some(false), "an admin has to say where");
    assert_eq!(next_step(&mut world, 9), NextStep::CheckEmail);
    assert!(world.user().unwrap().ticket.is_none());
}

#[test]
fn h3_s48_a_second_freeze_before_the_next_enrolment_turns_the_link_to_no_other_address() {
    let (mut world, _) = settled("authenticator_app");
    let first = link(&world, "anna@example.com", false);
    press(&mut world, &first).unwrap();
    set_address(&mut world, "thief@example.com", ChangedBy::User);
    reset(&mut world);
    let thiefs = link(&world, "thief@example.com", false);
    assert_eq!(press(&mut world, &thiefs), Ok(FreezeState::Done));
    reset(&mut world);
    let to = LinkOnly::To(hash("anna@example.com"));
    assert_eq!(world.user().unwrap().link_only_to, Some(to));
    assert_eq!(reset(&mut world).link_can_be_mailed, Some(false));
}

#[test]
fn h3_whoever_reads_an_address_that_was_taken_away_is_not_shown_the_one_after_it() {
    let (mut world, _) = settled("authenticator_app");
    let account = |world: &mut World, link: &FreezeLink| {
        let page = world.run(|context, known| account::freeze::look(context, known, link));
        page.unwrap().account.to_string()
    };
    let known = link(&world, "anna@example.com", false);
    assert_eq!(account(&mut world, &known), "ann*****.com");
    set_address(&mut world, "new@example.com", ChangedBy::User);
    let dropped = link(&world, "anna@example.com", true);
    assert_eq!(account(&mut world, &dropped), "ann*****");
}
