//! Tests of actors: the users they reach, their entries in the log, and the report of a reset.

use crate::world::World;
use portcullis_domain::{
    OrganisationId, Refusal, UserId,
    account::{self, Actor, ResetReport, WhoAsks},
    admin::{AdminId, Reach},
    user::{By, EntryKind},
};

fn actor(by: Option<By>, reach: Reach) -> Actor {
    Actor { by, reach, reason: Some("asked by telephone".to_owned()), form: None }
}

fn anna() -> UserId {
    UserId::parse("anna").unwrap()
}

fn of(name: &str) -> Reach {
    Reach::Organisation(OrganisationId::parse(name).unwrap())
}

#[test]
fn an_organisations_admin_reaches_its_own_users_and_no_others() {
    let mut world = World::with_app("authenticator_app").0;
    let Reach::Organisation(initech) = of("initech") else { panic!("an organisation") };
    let mut user = world.user().unwrap();
    assert!(!of("initech").covers(user.contact.organisation.as_ref()));
    user.contact.organisation = Some(initech);
    for (reach, reached) in [(Reach::Portal, true), (of("initech"), true), (of("acme"), false)] {
        assert_eq!(reach.covers(user.contact.organisation.as_ref()), reached, "{reach:?}");
        let found = actor(None, reach).reach_user(Some(user.clone()), &anna()).map(drop);
        assert_eq!(found, if reached { Ok(()) } else { Err(Refusal::UnknownUser) });
    }
    let answer = world.run(|context, known| {
        account::reset(context, known, &anna(), &actor(None, of("initech")), &WhoAsks::Unsaid)
    });
    assert_eq!(answer, Err(Refusal::UnknownUser));
    assert_eq!(world.user().unwrap().authenticators.len(), 1);
}

#[test]
fn nobody_acts_on_their_own_account_and_whoever_acts_is_written_down() {
    let (world, _) = World::with_app("authenticator_app");
    let user = || world.user();
    let ben = UserId::parse("ben").unwrap();
    let own = actor(Some(By::Portal(anna())), Reach::Portal);
    assert_eq!(own.reach_user(user(), &anna()).map(drop), Err(Refusal::NotPermitted));
    let admin = By::Admin(AdminId::parse("anna").unwrap());
    for by in [Some(By::Portal(ben)), Some(admin), Some(By::SetUp), None] {
        let other = actor(by.clone(), Reach::Portal);
        assert!(other.reach_user(user(), &anna()).is_ok(), "{by:?}");
        let entry = other.entry(EntryKind::Reset, world.now);
        assert_eq!((entry.by, entry.at, entry.kind), (by, world.now, EntryKind::Reset));
        assert_eq!(entry.why.as_deref(), Some("asked by telephone"));
    }
}

#[test]
fn a_reset_reports_what_was_there_and_whether_the_link_can_be_mailed() {
    let reset = |world: &mut World| {
        world.run(|context, known| {
            account::reset(context, known, &anna(), &actor(None, Reach::Portal), &WhoAsks::Unsaid)
        })
    };
    let was = |had_bound, link_can_be_mailed| Ok(ResetReport { had_bound, link_can_be_mailed });

    let (mut open, _) = World::with_app("authenticator_app");
    assert_eq!(reset(&mut open), was(true, None), "no link is needed");
    assert_eq!(reset(&mut open), was(true, None), "a pending reset is one");
    assert!(open.user().unwrap().reset_at.is_some());

    let mut nothing = World::new("managed");
    nothing.open(0);
    assert_eq!(reset(&mut nothing), was(false, None));
    assert!(nothing.user().unwrap().reset_at.is_none());

    let (mut managed, _) = World::with_app("managed");
    assert_eq!(reset(&mut managed), was(true, Some(true)));
    managed.settings.email_from = None;
    assert_eq!(reset(&mut managed), was(true, Some(false)), "nothing to mail it with");
    let (mut unverified, _) = World::with_app("managed");
    unverified.change(|user| user.contact.email = None);
    assert_eq!(reset(&mut unverified), was(true, Some(false)), "nowhere to mail it to");

    let mut disabled = World::new("authenticator_app");
    disabled.open(0);
    let now = disabled.now;
    disabled.change(|user| user.disabled_at = Some(now));
    assert_eq!(reset(&mut disabled), was(true, None), "disabled without anything left");
    assert!(disabled.user().unwrap().disabled_at.is_none());
}
