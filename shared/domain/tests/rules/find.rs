//! The values that help desks find users by, and the users they find.

use portcullis_domain::{
    Contact, Country, DisplayName, Email, KnownEmail, OrganisationId, Phone, PortalId, Timestamp,
    User, UserId,
    admin::Reach,
    user::{FindKey, UserSearch},
};
use std::collections::BTreeSet;

const NOW: Timestamp = Timestamp::from_unix(1_800_000_000);

fn user(id: &str, name: &str) -> User {
    let mut user = User::new(PortalId::parse("acme").unwrap(), UserId::parse(id).unwrap());
    user.contact.display_name = DisplayName::from_any(name);
    user
}

fn anna() -> User {
    let address = Email::parse("Anna@Example.co.nz").unwrap();
    let known = user("u-1842", "Anna Smith");
    let contact = Contact {
        email: Some(KnownEmail { address, verified: false }),
        phone: Some(Phone::parse("+64211234589", None).unwrap()),
        ..known.contact.clone()
    };
    User { contact, ..known }
}

fn own() -> OrganisationId {
    OrganisationId::parse("own").unwrap()
}

fn search(text: &str) -> UserSearch {
    UserSearch::read(text, Country::parse("NZ").ok()).unwrap()
}

/// Returns true if a text finds a user: the key is one of the user's, and the user is looked for.
fn finds(text: &str, user: &User) -> bool {
    let search = search(text);
    let found = search.finds(user);
    let by_id = search.id().is_some_and(|id| id.case_folded() == user.id.case_folded());
    match search.key(&Reach::Portal) {
        Ok(key) => {
            let is_candidate = by_id || user.findable().contains(&key);
            assert!(!found || is_candidate, "{text}: nobody would look at the user");
            found
        }
        // Without a key the table is asked for the id alone.
        Err(_) => found && by_id,
    }
}

#[test]
fn a_user_is_found_by_id_address_number_and_the_first_letters_of_id_and_names() {
    for text in [
        "u-1842",
        "U-1842",
        "u-18",
        "U184",
        "anna@example.co.nz",
        " ANNA@EXAMPLE.CO.NZ ",
        "+64 21 123 4589",
        "021 123 4589",
        "ann",
        "Anna",
        "smi",
        "Smith",
        "smith anna",
        "an smith",
    ] {
        assert!(finds(text, &anna()), "{text}");
    }
    for text in [
        "an",
        "u",
        "nna",
        "annabel",
        "Anna Smithers",
        "anna jones",
        "u-18421",
        "1842",
        "ann@example.co.nz",
        "anna@example.co",
        "+64 21 123 4580",
        "021 123",
        "!!!",
    ] {
        assert!(!finds(text, &anna()), "{text}");
    }
}

#[test]
fn a_name_is_found_however_it_is_written_and_by_each_of_its_parts() {
    for (name, text) in [
        ("José Müller", "jose"),
        ("José Müller", "JOSÉ"),
        ("Jose\u{301} Muller", "josé müller"),
        ("Жанна Иванова", "Жанна"),
        ("Жанна Иванова", "zhanna"),
        ("王小明", "王小明"),
        ("王小明", "xiao"),
        ("Anne-Marie O’Neil", "marie"),
        ("Anne-Marie O’Neil", "annemarie"),
        ("Anne-Marie O’Neil", "anne marie"),
        ("Anne-Marie O’Neil", "o'neil"),
        ("Anne-Marie O’Neil", "oneil"),
        ("Wolfeschlegelstein", "wolfeschlegels"),
        ("Smith, Anna", "smith"),
    ] {
        assert!(finds(text, &user("u", name)), "{text} {name}");
    }
    assert!(!finds("wolfeschlegelx", &user("u", "Wolfeschlegelstein")), "past the letters kept");
    assert!(finds("anna@exa", &user("anna@example.com", "")), "an address that is an id");
    assert!(finds("boss of", &user("boss of all", "")));
    assert!(finds("42", &user("42", "")), "a whole id has any length");
    assert!(!finds("42", &user("421", "")));
}

#[test]
fn a_name_of_two_letters_is_found_whole_and_by_no_beginning() {
    for (name, text) in [
        ("Li Wu", "li"),
        ("Li Wu", "WU"),
        ("Li Wu", "wu li"),
        ("Bo Jansen", "bo"),
        ("Bo Jansen", "bo jansen"),
        ("Anne-Jo O’Neil", "jo"),
        ("李", "李"),
        ("李 王", "li"),
        ("Li", "李"),
        ("이 민호", "이"),
    ] {
        assert!(finds(text, &user("u-1842", name)), "{text} {name}");
    }
    for (name, text) in [
        ("Lisa Wulf", "li"),
        ("Lisa Wulf", "wu"),
        ("Li Wulf", "li wu"),
        ("Anna J. Smith", "j"),
        ("", "u1"),
        ("", "li"),
    ] {
        assert!(!finds(text, &user("u-1842", name)), "{text} {name}");
    }
    assert!(!finds("li", &user("lisa", "")), "no beginning of an id");
    assert!(finds("li", &user("li", "")), "a whole id");
    let short =
        |name: &str| user("u-1842", name).findable().len() - user("u-1842", "").findable().len();
    assert_eq!([short("Li"), short("Li Wu"), short("Li J."), short("Bob")], [1, 2, 1, 1]);
}

#[test]
fn too_few_letters_find_nobody_and_say_what_to_do() {
    for text in ["", "  ", &"x".repeat(257)] {
        assert!(UserSearch::read(text, None).is_err(), "{text:?}");
    }
    for text in ["a", "a b", "?!", "42", "u 1"] {
        let refused = search(text).key(&Reach::Portal).unwrap_err();
        assert!(refused.to_string().contains("3 letters"), "{refused}");
    }
    assert_eq!(format!("{:?} {:?}", search("anna"), anna().findable().first()), {
        "UserSearch Some(FindKey)"
    });
}

#[test]
fn an_organisation_has_keys_of_its_own() {
    let mut user = anna();
    let alone = user.findable();
    user.contact.organisation = Some(own());
    let both = user.findable();
    assert!(alone.is_subset(&both) && both.len() == 2 * alone.len());
    let within = |of: &str| Reach::Organisation(OrganisationId::parse(of).unwrap());
    let key = |text: &str, reach: &Reach| search(text).key(reach).unwrap();
    for text in ["anna", "anna@example.co.nz", "021 123 4589"] {
        assert!(both.contains(&key(text, &within("own"))), "{text}");
        assert!(!both.contains(&key(text, &within("other"))), "{text}");
        assert!(!alone.contains(&key(text, &within("own"))), "{text}");
    }
}

#[test]
fn only_a_change_of_what_a_user_is_found_by_changes_the_keys() {
    let before = anna().findable();
    let changed = |change: fn(&mut User)| {
        let mut user = anna();
        change(&mut user);
        let after = user.findable();
        let changed: BTreeSet<FindKey> = before.symmetric_difference(&after).cloned().collect();
        changed.len()
    };
    // Numbers of keys that come and go.
    for (change, keys) in [
        (changed(|user| user.epoch = 9), 0),
        (changed(|user| user.reset_at = Some(NOW)), 0),
        (changed(|user| user.contact.email.as_mut().unwrap().verified = true), 0),
        (changed(|user| user.contact.phone = None), 1),
        (changed(|user| user.contact.display_name = DisplayName::from_any("Anna Smyth")), 6),
        (changed(|user| (0..4).for_each(|_| user.failures.count(None, NOW))), 0),
        (changed(|user| (0..5).for_each(|_| user.failures.count(None, NOW))), 1),
    ] {
        assert_eq!(change, keys);
    }
}

#[test]
fn a_user_is_among_the_locked_until_the_lock_is_gone_for_good() {
    let mut user = anna();
    let is_listed = |user: &User| user.findable().contains(&FindKey::locked(&Reach::Portal));
    (0..5).for_each(|_| user.failures.count(None, NOW));
    assert!(is_listed(&user) && user.failures.has_lock(NOW));
    let later = NOW.plus(60);
    assert!(is_listed(&user), "nothing is written when a lock ends by itself");
    assert!(!user.failures.has_lock(later), "whoever looks sees that it did");
    user.failures.succeed(None);
    assert!(!is_listed(&user));
    (0..40).for_each(|_| user.failures.count(None, later));
    user.failures.succeed(None);
    assert!(is_listed(&user), "the month is used up");
    assert_eq!(user.failures.locked_until(later).is_some(), user.failures.has_lock(later));
    user.failures.unlock(later).unwrap();
    assert!(!is_listed(&user));
}
