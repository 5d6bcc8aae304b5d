//! Changes of the settings, and the entries that tell of them.

use super::*;
use portcullis_domain::{
    limits,
    sign_in::{Ground, SettingsChange},
    user::EntryKind,
};
use portcullis_model::Act;

const APP: Method = Method::AuthenticatorApp;

#[test]
fn n1_a_second_app_is_added_beside_the_first_and_each_of_them_gets_in() {
    let (mut world, first) = anna();
    prove(&mut world, 1, &first);
    let name = Some(AuthenticatorName::parse("Tablet").unwrap());
    let second = add_app(&mut world, 1, &Place { replaces: None, name }).unwrap();
    assert_eq!(methods(&world), [APP, APP]);
    let view = look(&mut world, 1).unwrap();
    assert_eq!(view.changed, [SettingsChange::AuthenticatorAdded]);
    let listed = view.settings.unwrap().authenticators;
    let names: Vec<_> =
        listed.iter().map(|a| a.name.as_ref().map(AuthenticatorName::as_str)).collect();
    assert_eq!(names, [None, Some("Tablet")]);
    for (n, secret) in [(2, &first), (3, &second)] {
        world.now = world.now.plus(60);
        assert_eq!(world.open(n).options.len(), 1, "one way: the app");
        let right = code(&world, secret);
        assert_eq!(world.verify(n, &right, None), Answer::Verified("allowed"));
        let replayed = world.verify(0, &right, None);
        assert!(!matches!(replayed, Answer::Verified(_)), "{replayed:?}");
    }
}

#[test]
fn n1_the_replaced_app_goes_in_the_write_that_confirms_the_new_one_and_not_before() {
    let (mut world, old) = anna();
    let [(first, _)] = bound(&world)[..] else { panic!() };
    prove(&mut world, 1, &old);
    let place = Place { replaces: Some(first), name: None };
    let new = start_app(&mut world, 1, &place).unwrap();
    assert_eq!(bound(&world)[0].0, first, "nothing is removed yet");
    let wrong = confirm(&mut world, 1, "000000");
    assert!(matches!(wrong, Err(Refusal::CodeNotAccepted { .. })));
    assert_eq!(bound(&world)[0].0, first);
    let right = code(&world, &new);
    let view = confirm(&mut world, 1, &right).unwrap();
    use SettingsChange::{AuthenticatorAdded, AuthenticatorRemoved};
    assert_eq!(view.changed, [AuthenticatorRemoved, AuthenticatorAdded]);
    assert_eq!(methods(&world), [APP]);
    assert_ne!(bound(&world)[0].0, first);
    let last: Vec<String> = world.activity().into_iter().rev().take(3).collect();
    assert_eq!(last, ["authenticator_removed", "enrolled", "code_accepted"]);
    world.now = world.now.plus(60);
    world.open(2);
    let of_old = code(&world, &old);
    assert!(matches!(world.verify(2, &of_old, None), Answer::Wrong("code_wrong", ..)));
    let of_new = code(&world, &new);
    assert_eq!(world.verify(2, &of_new, None), Answer::Verified("allowed"));
}

#[test]
fn n1_another_place_makes_another_secret_so_that_a_code_confirms_what_its_secret_was_made_for() {
    let (mut world, secret) = anna();
    let [(first, _)] = bound(&world)[..] else { panic!() };
    prove(&mut world, 1, &secret);
    let beside = start_app(&mut world, 1, &Place::default()).unwrap();
    assert_eq!(start_app(&mut world, 1, &Place::default()).as_ref(), Ok(&beside), "the same again");
    let instead = Place { replaces: Some(first), name: None };
    let other = start_app(&mut world, 1, &instead).unwrap();
    assert_ne!(beside, other);
    let old = code(&world, &beside);
    assert!(confirm(&mut world, 1, &old).is_err());
    assert_eq!(bound(&world).len(), 1);
}

#[test]
fn n1_there_is_room_for_two_apps_one_address_and_one_number_and_each_new_one_replaces_its_kind() {
    let (mut world, secret) = anna();
    prove(&mut world, 1, &secret);
    add_app(&mut world, 1, &Place::default()).unwrap();
    add_destination(&mut world, 1, "own@example.com").unwrap();
    add_destination(&mut world, 1, "+64211234511").unwrap();
    assert_eq!(methods(&world), [APP, APP, Method::Email, Method::Sms]);
    let full = start_app(&mut world, 1, &Place::default()).map(drop);
    assert_eq!(full, Err(Refusal::TooManyAuthenticators));
    let listed = settings(&mut world, 1).unwrap();
    assert_eq!(listed.can_add, [Method::Email, Method::Sms]);
    let unknown = Place { replaces: Some(AuthenticatorId::new([9; 8])), name: None };
    let refused = start_app(&mut world, 1, &unknown).map(drop);
    assert_eq!(refused, Err(Refusal::UnknownAuthenticator));
    world.now = world.now.plus(30);
    add_destination(&mut world, 1, "+64211234512").unwrap();
    assert_eq!(methods(&world), [APP, APP, Method::Email, Method::Sms]);
    let of_app = Place { replaces: Some(bound(&world)[0].0), name: None };
    add_app(&mut world, 1, &of_app).unwrap();
    assert_eq!(methods(&world), [APP, Method::Email, Method::Sms, APP]);
    assert!(bound(&world).len() <= limits::AUTHENTICATORS);
}

#[test]
fn n3_the_last_way_in_stays_while_the_policy_requires_one() {
    let (mut world, secret) = anna();
    let [(app, _)] = bound(&world)[..] else { panic!() };
    prove(&mut world, 1, &secret);
    let before = world.user();
    assert_eq!(remove(&mut world, 1, app).map(drop), Err(Refusal::LastAuthenticator));
    assert_eq!(world.user(), before, "nothing was written");
    assert!(!settings(&mut world, 1).unwrap().authenticators[0].is_removable);
    add_destination(&mut world, 1, "+64211234511").unwrap();
    assert!(settings(&mut world, 1).unwrap().authenticators[0].is_removable);
    // A number that no message can go to is no other way in.
    let countries = std::mem::take(&mut world.settings.countries);
    assert_eq!(remove(&mut world, 1, app).map(drop), Err(Refusal::LastAuthenticator));
    world.settings.countries = countries;
    let view = remove(&mut world, 1, app).unwrap();
    assert_eq!(methods(&world), [Method::Sms]);
    let listed = view.settings.unwrap();
    assert!(!listed.authenticators[0].is_removable, "now the number is the last");
    let number = listed.authenticators[0].id;
    assert_eq!(remove(&mut world, 1, number).map(drop), Err(Refusal::LastAuthenticator));
    assert_eq!(remove(&mut world, 1, app).map(drop), Err(Refusal::UnknownAuthenticator));
}

#[test]
fn n3_where_nobody_is_required_to_have_one_the_last_goes_too() {
    for change in
        [(|world: &mut World| world.portal.policy.enabled = false) as fn(&mut World), |world| {
            world.portal.policy.enforcement = portcullis_domain::policy::Enforcement::OptOut
        }]
    {
        let (mut world, secret) = anna();
        let [(app, _)] = bound(&world)[..] else { panic!() };
        change(&mut world);
        prove(&mut world, 1, &secret);
        remove(&mut world, 1, app).unwrap();
        assert!(bound(&world).is_empty());
    }
}

#[test]
fn h1_each_change_has_its_entry_with_its_ground_and_a_name_is_told_to_nobody() {
    let (mut world, secret) = anna();
    let [(app, _)] = bound(&world)[..] else { panic!() };
    prove(&mut world, 1, &secret);
    let told = world.notices().len();
    rename(&mut world, 1, app, Some("Old phone")).unwrap();
    let view = rename(&mut world, 1, app, Some("Old phone")).unwrap();
    assert_eq!(view.settings.unwrap().changes_left, 19, "the same name is no change");
    assert_eq!(world.notices().len(), told);
    let second = add_app(&mut world, 1, &Place::default()).unwrap();
    let _ = second;
    assert!(world.notices().len() > told, "who gets in was changed");
    let id = world.id(1);
    let removed = world.run(|context, user| {
        let decision = manage::remove::remove(context, user, &id, app)?;
        let entries = decision.change.as_ref().unwrap().entries.clone();
        assert_eq!(entries[0].kind, EntryKind::AuthenticatorRemoved);
        assert_eq!(entries[0].ground, Some(Ground::AppCode));
        assert!(entries[0].kind.changes_who_gets_in());
        assert!(!EntryKind::AuthenticatorRenamed.is_notified());
        Ok(decision)
    });
    use SettingsChange::{AuthenticatorAdded, AuthenticatorRemoved, AuthenticatorRenamed};
    let in_order = [AuthenticatorRenamed, AuthenticatorAdded, AuthenticatorRemoved];
    assert_eq!(removed.unwrap().changed, in_order);
    assert!(look(&mut world, 1).unwrap().event.allows_changes());
}

#[test]
fn h1_twenty_changes_are_made_with_one_proof_and_no_more() {
    let (mut world, secret) = anna();
    let [(app, _)] = bound(&world)[..] else { panic!() };
    prove(&mut world, 1, &secret);
    for n in 0..limits::CHANGES_PER_PROOF {
        rename(&mut world, 1, app, Some(&format!("Phone {n}"))).unwrap();
    }
    assert_eq!(rename(&mut world, 1, app, None).map(drop), Err(Refusal::SettingsClosed));
    assert!(settings(&mut world, 1).is_none());
    prove(&mut world, 2, &secret);
    rename(&mut world, 2, app, None).unwrap();
}

#[test]
fn h1_the_default_is_taken_back_unless_it_is_the_only_way_in() {
    let (mut world, secret) = World::with_app("authenticator_app_with_email");
    world.portal.policy.self_service = SelfService::WithProof;
    world.now = world.now.plus(60);
    world.open(1);
    let sent = world.perform(&Act::Challenge(1, portcullis_model::Method::Email)).messages;
    let verify =
        Act::Verify { sign_in: 1, code: sent[0].secret.clone(), by: None, make_default: true };
    assert_eq!(world.perform(&verify).answer, Answer::Verified("allowed"));
    prove(&mut world, 2, &secret);
    let [(app, _)] = bound(&world)[..] else { panic!() };
    let listed = settings(&mut world, 2).unwrap();
    assert!(listed.email_default && listed.can_unset_default);
    assert!(listed.authenticators[0].is_removable, "the saved default is another way in");
    remove(&mut world, 2, app).unwrap();
    assert_eq!(unset_default(&mut world, 2).map(drop), Err(Refusal::LastAuthenticator));
    add_app(&mut world, 2, &Place::default()).unwrap();
    unset_default(&mut world, 2).unwrap();
    assert!(world.user().unwrap().email_default.is_none());
}
