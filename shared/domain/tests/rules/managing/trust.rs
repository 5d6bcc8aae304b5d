//! Trusted browsers as they are listed and ended: by the user, by an admin, by the portal's back
//! end, and for everybody at once.

use super::*;
use portcullis_domain::{
    BrowserFamily, BrowserId, Device, OperatingSystem, Timestamp, UserId,
    account::{self, Actor},
    admin::{AdminId, Reach},
    policy::{EarnedBy, RememberBrowser, TrustDays},
    sign_in::{ListedBrowser, Role, SettingsChange},
    user::{By, EntryKind, TrustedBrowser, Untrusted},
};

const FIRST: BrowserId = BrowserId::new([1; BrowserId::LEN]);
const SECOND: BrowserId = BrowserId::new([2; BrowserId::LEN]);
const UNKNOWN: BrowserId = BrowserId::new([9; BrowserId::LEN]);

fn days(days: u8) -> TrustDays {
    TrustDays::parse(days).unwrap()
}

fn remember(days: TrustDays, earned_by: EarnedBy) -> Option<RememberBrowser> {
    Some(RememberBrowser { days, earned_by })
}

fn trusted(id: BrowserId, since: Timestamp) -> TrustedBrowser {
    TrustedBrowser {
        id,
        counter: 7,
        since,
        days: days(30),
        method: Method::AuthenticatorApp,
        role: Role::Bound,
        passkey: None,
        generation: 1,
        device: Device::of(Some(BrowserFamily::Chrome), Some(OperatingSystem::Windows), None),
    }
}

/// Anna, who trusts two browsers, an hour after the second.
fn with_two() -> (World, String) {
    let (mut world, secret) = anna();
    world.portal.policy.remember_browser = remember(days(30), EarnedBy::Any);
    let now = world.now;
    world.change(|user| {
        user.trusted_browsers = vec![trusted(FIRST, now), trusted(SECOND, now.plus(60))];
    });
    world.now = now.plus(3_660);
    (world, secret)
}

fn listed(world: &mut World) -> Vec<ListedBrowser> {
    world
        .run(|context, user| Ok(Decision::unchanged(ListedBrowser::all(context, &user.unwrap()))))
        .unwrap_or_else(|_: Refusal| panic!())
}

fn ids(world: &mut World) -> Vec<BrowserId> {
    listed(world).into_iter().map(|browser| browser.id).collect()
}

fn end(world: &mut World, n: usize, untrusted: Untrusted) -> Done {
    run(world, n, |context, user, id| manage::end_trust::end_trust(context, user, id, untrusted))
}

fn actor(by: Option<By>) -> Actor {
    Actor { by, reach: Reach::Portal, reason: Some("stolen laptop".into()), form: None }
}

fn end_by(world: &mut World, untrusted: Untrusted, actor: &Actor) -> Result<bool, Refusal> {
    let anna = UserId::parse("anna").unwrap();
    let ended =
        world.run(|context, user| account::end_trust(context, user, &anna, untrusted, actor));
    ended.map(|ended| ended.changed)
}

fn last_kind(world: &World) -> Option<EntryKind> {
    world.user().unwrap().activity.last().map(|entry| entry.kind)
}

#[test]
fn t2_each_browser_is_listed_with_its_device_and_with_the_days_that_count_now() {
    let (mut world, _) = with_two();
    let [first, second] = listed(&mut world)[..] else { panic!() };
    let device = Device::of(Some(BrowserFamily::Chrome), Some(OperatingSystem::Windows), None);
    assert_eq!((first.id, first.device), (FIRST, device));
    assert_eq!(second.since, first.since.plus(60));
    assert_eq!(first.until, first.since.plus(30 * 86_400));
    world.portal.policy.remember_browser = remember(days(7), EarnedBy::Any);
    assert_eq!(listed(&mut world)[0].until, first.since.plus(7 * 86_400), "the policy gives fewer");
    world.portal.policy.remember_browser = remember(days(90), EarnedBy::Any);
    assert_eq!(listed(&mut world)[0].until, first.until, "nobody was granted more");
}

#[test]
fn t2_a_browser_that_counts_no_more_is_not_listed() {
    type Change = fn(&mut World);
    let cases: [(Change, &[BrowserId]); 7] = [
        (|_| (), &[FIRST, SECOND]),
        (|world| world.portal.policy.remember_browser = None, &[]),
        (|world| world.portal.generation += 1, &[]),
        (
            |world| {
                let passkeys = EarnedBy::PhishingResistant;
                world.portal.policy.remember_browser = remember(days(30), passkeys);
            },
            &[],
        ),
        (|world| world.now = world.now.plus(30 * 86_400 - 3_660), &[SECOND]),
        (
            |world| {
                let since = world.user().unwrap().trusted_browsers[0].since;
                world.portal = world.portal.clone().with_trust_ended(since);
            },
            &[SECOND],
        ),
        (|world| world.portal = world.portal.clone().with_trust_ended(world.now), &[]),
    ];
    for (change, wanted) in cases {
        let (mut world, _) = with_two();
        change(&mut world);
        assert_eq!(ids(&mut world), wanted);
    }
}

#[test]
fn t2_a_user_ends_trust_in_one_browser_or_in_all_after_a_proof() {
    let (mut world, secret) = with_two();
    prove(&mut world, 1, &secret);
    let shown = settings(&mut world, 1).unwrap();
    assert_eq!(shown.trusted_browsers, listed(&mut world));
    let before = world.user();
    end(&mut world, 1, Untrusted::One(UNKNOWN)).unwrap();
    assert_eq!(world.user(), before, "nothing is written for what is not there");

    let view = end(&mut world, 1, Untrusted::One(FIRST)).unwrap();
    assert_eq!(view.changed, [SettingsChange::TrustEnded]);
    let after = view.settings.unwrap();
    assert_eq!(after.changes_left, shown.changes_left - 1);
    assert_eq!(after.trusted_browsers, shown.trusted_browsers[1..]);
    assert_eq!(last_kind(&world), Some(EntryKind::TrustEnded));
    assert_eq!(bound(&world), bound(&world), "what is bound stays");

    end(&mut world, 1, Untrusted::All).unwrap();
    assert_eq!(world.user().unwrap().trusted_browsers, []);
    let before = world.user();
    let view = end(&mut world, 1, Untrusted::All).unwrap();
    assert_eq!((view.changed, world.user()), (vec![SettingsChange::TrustEnded], before));
}

#[test]
fn t2_trust_is_ended_by_nobody_who_gave_no_proof() {
    let (mut world, secret) = with_two();
    for (n, refusal) in without_proof(&mut world, &secret) {
        let before = world.user();
        for untrusted in [Untrusted::All, Untrusted::One(FIRST)] {
            assert_eq!(end(&mut world, n, untrusted).map(drop), Err(refusal.clone()));
        }
        assert_eq!(world.user(), before);
    }
}

#[test]
fn t2_admins_and_the_portal_end_trust_and_leave_everything_else() {
    let jo = By::Admin(AdminId::parse("jo").unwrap());
    for by in [None, Some(jo)] {
        let (mut world, _) = with_two();
        let (before, actor) = (world.user().unwrap(), actor(by.clone()));
        assert_eq!(end_by(&mut world, Untrusted::One(UNKNOWN), &actor), Ok(false));
        assert_eq!(world.user(), Some(before.clone()));
        assert_eq!(end_by(&mut world, Untrusted::One(SECOND), &actor), Ok(true));
        assert_eq!(ids(&mut world), [FIRST]);
        assert_eq!(end_by(&mut world, Untrusted::All, &actor), Ok(true));
        assert_eq!(ids(&mut world), []);
        let after = world.user().unwrap();
        assert_eq!(after.authenticators, before.authenticators);
        assert_eq!((after.epoch, after.failures), (before.epoch, before.failures));
        let kinds: Vec<EntryKind> = after.activity.iter().rev().map(|entry| entry.kind).collect();
        assert_eq!(kinds[..2], [EntryKind::TrustEnded; 2]);
        assert!(!EntryKind::TrustEnded.is_notified(), "nobody gains anything by it");
    }
}

#[test]
fn t2_trust_outside_the_reach_of_an_actor_stays() {
    let (mut world, _) = with_two();
    let organisation = portcullis_domain::OrganisationId::parse("other").unwrap();
    let elsewhere = Actor { reach: Reach::Organisation(organisation), ..actor(None) };
    let oneself = actor(Some(By::Portal(UserId::parse("anna").unwrap())));
    let before = world.user();
    for (actor, refusal) in [(&elsewhere, Refusal::UnknownUser), (&oneself, Refusal::NotPermitted)]
    {
        assert_eq!(end_by(&mut world, Untrusted::All, actor), Err(refusal));
        assert_eq!(world.user(), before);
    }
}
