use aws_sdk_dynamodb::types::AttributeValue;
use portcullis_domain::{Settings, User, UserId, WriteKind};

use super::{first_copy, samples::*};
use crate::{
    StoreError,
    item::{Item, string, user_item, user_state},
    key::Copied,
    portals,
    recent_writes::RecentWrites,
    system::{document_item, read},
};

#[test]
fn z2_what_is_nothing_special_takes_no_room() {
    let user = User::new(portal_id(), UserId::parse("u-1842").unwrap());
    let change = changed(user, &[], WriteKind::Opened);
    let item = user_item(&user_key(), &change, &RecentWrites::default(), WRITE).unwrap();
    assert_eq!(string(&item, "state").unwrap(), r#"{"w":"o"}"#);
    assert_eq!(string(&item, "listed").unwrap(), r#"{"i":"u-1842"}"#);
}

fn of_user() -> Item {
    let change = changed(user(), &[], WriteKind::Reset);
    user_item(&user_key(), &change, &RecentWrites::default(), WRITE).unwrap()
}

#[test]
fn an_item_of_an_unknown_format_or_of_none_is_refused_and_never_absent() {
    let of_settings =
        document_item("settings", Copied::Settings.first(), &settings(), WRITE, None).unwrap();
    let of_portal = first_copy(&portal());
    let number = |number: &str| Some(AttributeValue::N(number.to_owned()));
    for (format, newer) in [
        (None, false),
        (Some(AttributeValue::Bool(true)), false),
        (number("0"), false),
        (number("-2"), false),
        (number("3"), true),
    ] {
        let altered = |item: &Item| {
            let mut item = item.clone();
            item.remove("format");
            item.extend(format.clone().map(|format| ("format".to_owned(), format)));
            item
        };
        let refused = [
            user_state(Some(&altered(&of_user()))).err(),
            read::<Settings>("settings", &altered(&of_settings)).err(),
            portals::read(&altered(&of_portal)).err(),
        ];
        for refused in refused {
            match refused.unwrap() {
                StoreError::NewerRelease { .. } => assert!(newer, "{format:?}"),
                StoreError::Undecodable { .. } => assert!(!newer, "{format:?}"),
                other => panic!("{other:?}"),
            }
        }
    }
}

#[test]
fn what_the_rules_would_not_make_is_refused() {
    for (attribute, good, bad) in [
        ("users_of", "acme", "ac me"),
        ("listed", r#""u-1842""#, r#""""#),
        ("listed", "[1,3],", ""),
        ("listed", "[1,3]", "[2,3]"),
        ("listed", r#""s":3,"#, ""),
        ("listed", r#""e":3,"#, ""),
        ("state", "anna.smith@example.com", "anna smith"),
        ("state", "+64211234589", "64211234589"),
        ("state", r#""+64211234589",64]"#, r#""+64211234589",49]"#),
        ("state", r#""p":"m""#, r#""p":"z""#),
        ("state", r#""d":[60,1,1,1,3]"#, r#""d":[60,1,9,1,3]"#),
        ("state", "*****", "*"),
        ("state", r#""k":[2,""#, r#""k":[2,"=="#),
        ("state", r#""c":{"#, r#""c":{"zip":1,"#),
        ("state", r#""f":{"k":{"r"#, r#""f":{"q":1,"k":{"r"#),
    ] {
        let mut item = of_user();
        let text = string(&item, attribute).unwrap();
        assert!(text.contains(good), "{good} in {text}");
        let text = AttributeValue::S(text.replacen(good, bad, 1));
        item.insert(attribute.to_owned(), text);
        assert!(user_state(Some(&item)).is_err(), "{bad}");
    }
}
