//! The two admins of a bulk reset, and the time that they have.

use portcullis_domain::{
    BulkRefusal, ListedState, OrganisationId, PortalId, Refusal, Timestamp, UserId,
    admin::{Admin, AdminId, PasswordHash, Reach, Role},
    decision::{Approver, BulkReset, BulkResetId, BulkStage, Foreseen, Selection},
};

const NOW: Timestamp = Timestamp::from_unix(1_800_000_000);
const ID: BulkResetId = BulkResetId::new([7; 8]);
const DAY: i64 = 86_400;

fn name(text: &str) -> AdminId {
    AdminId::parse(text).unwrap()
}

fn admin(text: &str, created_at: Timestamp) -> Admin {
    Admin::new(name(text), Role::Operator, PasswordHash::new("hash".to_owned()), created_at)
}

fn asked() -> BulkReset {
    BulkReset {
        id: ID,
        selection: Selection::Filtered { state: None, organisation: None },
        reach: Reach::Portal,
        reason: "phones were stolen".to_owned(),
        about: 7,
        asked_by: name("anna"),
        asked_at: NOW,
        stage: BulkStage::Asked,
    }
}

fn approve(admin: &Admin, reach: &Reach, now: Timestamp) -> Result<BulkReset, Refusal> {
    asked().approve(ID, Approver { admin, reach }, now)
}

#[test]
fn s52_another_admin_of_before_approves_within_a_day() {
    let ben = admin("ben", NOW.plus(-1));
    let begun = approve(&ben, &Reach::Portal, NOW.plus(DAY - 1)).unwrap();
    assert_eq!(begun.begun_at(), Some(NOW.plus(DAY - 1)));
    let again = begun.clone().approve(ID, Approver { admin: &ben, reach: &Reach::Portal }, NOW);
    assert_eq!(again, Ok(begun), "the reply may have been lost");
    let own = OrganisationId::parse("own").unwrap();
    let unlocked = Admin { counted_since: Some(NOW), ..admin("ben", NOW.plus(-1)) };
    for (admin, reach, now, wanted) in [
        (&admin("anna", NOW.plus(-1)), Reach::Portal, NOW, BulkRefusal::OwnRequest.into()),
        (&admin("new", NOW), Reach::Portal, NOW, BulkRefusal::NewAdmin.into()),
        (&unlocked, Reach::Portal, NOW, BulkRefusal::NewAdmin.into()),
        (&ben, Reach::Portal, NOW.plus(DAY), BulkRefusal::Lapsed.into()),
        (&ben, Reach::Organisation(own), NOW, Refusal::NotPermitted),
    ] {
        assert_eq!(approve(admin, &reach, now), Err(wanted));
    }
    let other = BulkResetId::new([8; 8]);
    let approver = Approver { admin: &ben, reach: &Reach::Portal };
    assert_eq!(asked().approve(other, approver, NOW), Err(BulkRefusal::Unknown.into()));
}

#[test]
fn s52_only_its_two_admins_continue_it_or_stop_it_until_it_is_over() {
    let (ben, anna, eve) = (admin("ben", NOW.plus(-1)), name("anna"), name("eve"));
    let begun = approve(&ben, &Reach::Portal, NOW).unwrap();
    for by in [&anna, &ben.id] {
        assert!(begun.check_step(ID, by, NOW.plus(DAY - 1)).is_ok());
        let over = begun.clone().withdraw(ID, by, NOW).unwrap();
        assert_eq!(over.check_step(ID, by, NOW).err(), Some(BulkRefusal::Unknown));
        assert!(!over.is_open(NOW));
    }
    assert_eq!(begun.check_step(ID, &eve, NOW).err(), Some(BulkRefusal::OtherAdmins));
    assert_eq!(begun.check_step(ID, &anna, NOW.plus(DAY)).err(), Some(BulkRefusal::Lapsed));
    assert_eq!(asked().check_step(ID, &anna, NOW).err(), Some(BulkRefusal::NotApproved));
    assert_eq!(asked().withdraw(ID, &ben.id, NOW), Err(BulkRefusal::OtherAdmins));
    let blocked = asked().after(Some(&begun), NOW.plus(DAY - 1));
    assert_eq!(blocked, Err(BulkRefusal::AnotherOpen));
    for before in [None, Some(&begun.clone().ended())] {
        assert_eq!(asked().after(before, NOW), Ok(asked()));
    }
    assert_eq!(asked().after(Some(&begun), NOW.plus(DAY)), Ok(asked()), "it has lapsed");
}

#[test]
fn an_admin_who_reaches_the_users_could_approve() {
    let acme = PortalId::parse("acme").unwrap();
    let own = OrganisationId::parse("own").unwrap();
    let reach = Reach::Organisation(own.clone());
    let of = |role: Role| Admin { role, ..admin("ben", NOW) };
    let portals = |id: &str| vec![PortalId::parse(id).unwrap()];
    for (admin, all, some) in [
        (of(Role::Operator), true, true),
        (of(Role::Auditor), false, false),
        (of(Role::Technician { portals: portals("acme") }), true, true),
        (of(Role::Technician { portals: portals("other") }), false, false),
        (of(Role::OrgAdmin { portal: acme.clone(), organisation: own }), false, true),
        (admin("anna", NOW), false, false),
        (Admin { removed_at: Some(NOW), ..of(Role::Operator) }, false, false),
    ] {
        let could = |reach: &Reach| BulkReset::could_approve(&admin, &name("anna"), &acme, reach);
        assert_eq!((could(&Reach::Portal), could(&reach)), (all, some), "{:?}", admin.role);
    }
}

#[test]
fn a_selection_is_a_filter_or_at_most_a_hundred_ids() {
    let id = |n: usize| UserId::parse(&format!("u{n}")).unwrap();
    let own = OrganisationId::parse("own").unwrap();
    let filter =
        Selection::Filtered { state: Some(ListedState::Enrolled), organisation: Some(own.clone()) };
    assert!(filter.has(&id(1), Some(&own), ListedState::Enrolled));
    assert!(!filter.has(&id(1), None, ListedState::Enrolled));
    assert!(!filter.has(&id(1), Some(&own), ListedState::Ready));
    let named = Selection::named((0..100).map(id).collect()).unwrap();
    assert!(named.has(&id(99), None, ListedState::Ready));
    assert!(!named.has(&id(100), None, ListedState::Ready));
    for refused in [0, 101] {
        assert!(Selection::named((0..refused).map(id).collect()).is_err());
    }
    for (is_guarded, has_link, wanted) in [
        (false, false, Foreseen::NothingSetUp),
        (false, true, Foreseen::NothingSetUp),
        (true, false, Foreseen::NoLink),
        (true, true, Foreseen::Reset),
    ] {
        assert_eq!(Foreseen::of(is_guarded, has_link), wanted);
    }
}
