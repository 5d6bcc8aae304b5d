//! This release beside the next one, on the same item.

use portcullis_domain::{
    Refusal, Settings, UnknownMembers, UserState,
    admin::Admin,
    decision::{DeniedReason, NextStep},
    policy::Preset,
    sign_in::{SignInView, Status},
};

use super::{
    first_copy,
    one_user::{NEXT_DEFAULT, OneUser, PASSKEY, Refused, Release, member},
    samples::{self, WRITE},
};
use crate::{
    StoreError,
    item::{Item, string, user_state},
    key::{self, Copied},
    portals,
    system::{document_item, read},
};
use aws_sdk_dynamodb::types::AttributeValue;

fn is_in(view: &SignInView) -> bool {
    match view.status {
        Status::Allowed(_) => true,
        Status::Waiting(_) | Status::Dead => false,
    }
}

fn needs_newer<T: std::fmt::Debug>(answer: Result<T, Refused>) -> bool {
    matches!(answer, Err(Refused::NewerRelease))
}

/// Every release for each step of two sign-ins in a row, so that each may be rolled back at any
/// moment; and the number of steps the next release handled.
fn every_mix() -> impl Iterator<Item = ([Release; 4], u32)> {
    (0..16_u32).map(|mix| {
        let of = |step: u32| if mix >> step & 1 == 1 { Release::Next } else { Release::This };
        ([0, 1, 2, 3].map(of), mix.count_ones())
    })
}

#[test]
fn z3_s47_sign_ins_mix_over_two_releases_and_nothing_of_the_newer_one_is_lost() {
    let mut user = OneUser::with_app(Preset::AuthenticatorApp);
    user.bind_next();
    let mut handled = 0;
    for ([open, verify, open_again, verify_again], by_next) in every_mix() {
        for (open, verify) in [(open, verify), (open_again, verify_again)] {
            user.now = user.now.plus(3_000);
            let view = user.open(open).unwrap();
            assert!(is_in(&user.verify(verify, &view.id).unwrap()));
        }
        handled += by_next;
        let known = user.user();
        assert_eq!(known.unknown.found(), [member("handled", &handled.to_string())]);
        let uses = format!(r#"{{"spki":"MFkw","uses":{handled}}}"#);
        let found: Vec<_> =
            known.unknown_bound.iter().map(|bound| (bound.kind, bound.value.as_str())).collect();
        assert_eq!(found, [(PASSKEY, uses.as_str()), (NEXT_DEFAULT, "[1,{}]")]);
        assert_eq!(known.authenticators.len(), 1);
    }
    assert_eq!(handled, 32);
}

#[test]
fn s47_an_authenticator_or_a_default_that_is_not_known_guards_the_door_and_never_lets_in() {
    for preset in [
        Preset::AuthenticatorApp,
        Preset::AuthenticatorAppWithEmail,
        Preset::Managed,
        Preset::EmailEnrolmentOptOut,
    ] {
        for kind in [PASSKEY, NEXT_DEFAULT] {
            let mut user = OneUser::new(preset);
            user.open(Release::This).unwrap();
            user.bind_next();
            user.as_next(|user| user.unknown_bound.retain(|bound| bound.kind == kind));
            let view = user.open(Release::This).unwrap();
            let denied = NextStep::Denied(DeniedReason::NoUsableMethod);
            assert_eq!(view.status, Status::Waiting(denied), "{preset:?} {kind}");
            assert_eq!(user.user().unknown_bound.len(), 1, "and it is still there");
        }
    }
}

#[test]
fn s47_a_must_that_is_not_known_ends_every_command_of_the_old_release_and_none_of_the_new() {
    let mut user = OneUser::with_app(Preset::AuthenticatorApp);
    let id = user.open(Release::This).unwrap().id;
    user.as_next(|user| user.unknown = UnknownMembers::new(vec![member("Frozen", "true")]));
    let before = user.item.clone();
    assert!(needs_newer(user.open(Release::This)));
    assert!(needs_newer(user.verify(Release::This, &id)));
    assert!(needs_newer(user.reset(Release::This)));
    assert!(needs_newer(user.erase(Release::This)));
    assert_eq!(user.item, before, "nothing was written");
    assert!(is_in(&user.verify(Release::Next, &id).unwrap()));
    assert_eq!(user.user().unknown.found(), [member("Frozen", "true")]);
    user.as_next(|user| user.unknown = UnknownMembers::default());
    user.open(Release::This).unwrap();
}

#[test]
fn s47_a_must_of_one_sign_in_holds_as_long_as_the_sign_in_is_open() {
    let mut user = OneUser::with_app(Preset::AuthenticatorApp);
    let id = user.open(Release::Next).unwrap().id;
    user.as_next(|user| {
        user.sign_ins[0].unknown = UnknownMembers::new(vec![member("Demand", "[\"passkey\"]")]);
    });
    assert!(needs_newer(user.verify(Release::This, &id)));
    assert!(needs_newer(user.open(Release::This)));
    user.now = user.now.plus(600);
    let id = user.open(Release::This).unwrap().id;
    assert!(is_in(&user.verify(Release::This, &id).unwrap()));
}

#[test]
fn s47_a_reset_and_an_erasure_by_the_old_release_end_what_it_does_not_know() {
    let mut user = OneUser::with_app(Preset::AuthenticatorApp);
    user.bind_next();
    user.reset(Release::This).unwrap();
    assert_eq!(user.user().unknown_bound, []);
    let id = user.open(Release::Next).unwrap().id;
    user.enrol(Release::This, &id);

    user.bind_next();
    user.erase(Release::This).unwrap();
    assert!(matches!(user_state(user.item.as_ref()), Ok(Some(UserState::Erased(_)))));
    assert!(!format!("{:?}", user.item).contains("spki"), "nothing of it is left");
    let view = user.open(Release::This).unwrap();
    assert_eq!(view.status, Status::Waiting(NextStep::Enrol { skippable: false }));
    assert_eq!(user.user().unknown_bound, []);
}

#[test]
fn s47_what_a_tombstone_has_more_comes_back_with_the_user() {
    let mut user = OneUser::with_app(Preset::AuthenticatorApp);
    user.erase(Release::This).unwrap();
    let mut item = user.item.take().unwrap();
    let erased = string(&item, "erased").unwrap().replacen('{', r#"{"recovery":[3],"#, 1);
    item.insert("erased".to_owned(), AttributeValue::S(erased));
    user.item = Some(item);
    user.open(Release::This).unwrap();
    assert_eq!(user.user().unknown.found(), [member("recovery", "[3]")]);
}

#[test]
fn s47_a_remembered_entry_of_an_unknown_kind_is_left_out_and_the_others_stay() {
    let mut user = OneUser::with_app(Preset::AuthenticatorApp);
    let before = user.user().activity;
    let mut item = user.item.take().unwrap();
    let state = string(&item, "state").unwrap();
    let state = state.replacen(r#""a":[["#, r#""a":[[7,900,1,"a*****b"],["#, 1);
    item.insert("state".to_owned(), AttributeValue::S(state));
    user.item = Some(item);
    let after = user.user().activity;
    assert_eq!(after.len(), before.len());
    assert!(before.iter().zip(&after).all(|(before, after)| after.kind == before.kind));
}

/// A portal's item, changed as a newer release may.
fn portal_item(attribute: &str, old: &str, new: &str, format: &str) -> Item {
    let mut item = first_copy(&samples::portal());
    let text = string(&item, attribute).unwrap();
    assert!(text.contains(old), "{text}");
    let text = text.replacen(old, new, 1);
    item.insert(attribute.to_owned(), AttributeValue::S(text));
    item.insert("format".to_owned(), AttributeValue::N(format.to_owned()));
    item
}

#[test]
fn s47_a_portal_keeps_what_is_not_known_and_is_refused_for_a_policy_that_is_not() {
    let item = portal_item("state", "{", r#"{"logo":{"w":64},"#, "2");
    let portal = portals::read(&item).unwrap().unwrap();
    assert_eq!(portal.unknown.found(), [member("logo", r#"{"w":64}"#)]);
    let again = first_copy(&portal);
    assert_eq!(portals::read(&again).unwrap(), Some(portal));
    for (attribute, old, new) in [
        ("state", "{", r#"{"Frozen":true,"#),
        ("state", r#""p":{"#, r#""p":{"passkeys":{},"#),
        ("listed", r#""p":{"#, r#""p":{"text_needs":"bound","#),
        ("listed", "[2,1,null]", "[4,1,null]"),
        ("listed", "[2,1,null]", "[2,9,null]"),
        ("listed", r#""f":1"#, r#""f":9"#),
    ] {
        let refused = portals::read(&portal_item(attribute, old, new, "2"));
        assert!(matches!(refused, Err(StoreError::NewerRelease { kind: "portal" })), "{new}");
    }
}

#[test]
fn s47_settings_keep_what_is_not_known_and_are_refused_for_what_must_be() {
    let key = || Copied::Settings.first();
    let item = document_item("settings", key(), &samples::settings(), WRITE, None).unwrap();
    let with = |member: &str| {
        let mut item = item.clone();
        let text = string(&item, "state").unwrap().replacen('{', &format!("{{{member},"), 1);
        item.insert("state".to_owned(), AttributeValue::S(text));
        item.insert("format".to_owned(), AttributeValue::N("2".to_owned()));
        read::<Settings>("settings", &item)
    };
    let kept = with(r#""voice_from":"a.example""#).unwrap().value;
    assert_eq!(kept.unknown.found(), [member("voice_from", r#""a.example""#)]);
    let again = document_item("settings", key(), &kept, WRITE, None).unwrap();
    assert_eq!(read::<Settings>("settings", &again).unwrap().value, kept);
    assert!(matches!(with(r#""Halted":true"#), Err(StoreError::NewerRelease { .. })));
}

#[test]
fn s47_sessions_of_an_admin_keep_what_is_not_known() {
    let key = || key::admin(samples::user_key().locator);
    let mut item = document_item("admin", key(), &samples::admin(), WRITE, None).unwrap();
    let text = string(&item, "state").unwrap();
    let text = text.replacen(r#"{"hash""#, r#"{"place":"NZ","Pinned":[1],"hash""#, 1);
    item.insert("state".to_owned(), AttributeValue::S(text));
    let kept = read::<Admin>("admin", &item).unwrap().value;
    let found = [member("place", r#""NZ""#), member("Pinned", "[1]")];
    assert_eq!(kept.sessions[0].unknown.found(), found);
    let again = document_item("admin", key(), &kept, WRITE, None).unwrap();
    assert_eq!(read::<Admin>("admin", &again).unwrap().value, kept);
}

#[test]
fn a_refusal_of_the_rules_is_not_one_of_the_release() {
    let mut user = OneUser::with_app(Preset::AuthenticatorApp);
    let id = user.open(Release::This).unwrap().id;
    user.now = user.now.plus(600);
    let refused = user.verify(Release::This, &id);
    assert!(matches!(refused, Err(Refused::Rules(Refusal::SignInExpired))), "{refused:?}");
}
