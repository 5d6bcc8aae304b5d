//! Trusted browsers and the policy that remembers them, as they lie in the table.

use portcullis_domain::{
    BrowserFamily, BrowserId, Device, KeyVersion, Method, OperatingSystem, Portal, UserState,
    WriteKind,
    policy::{EarnedBy, RememberBrowser, TrustDays},
    sign_in::{Acceptance, MaxAge, Mfa, Progress, Role},
    user::{PasskeyUse, TrustedBrowser},
};

use super::{first_copy, golden_item, samples::*};
use crate::{
    item::{user_item, user_state},
    portals,
    recent_writes::RecentWrites,
};

#[test]
fn t2_trusted_browsers_lie_in_the_table_as_in_the_file() {
    let mut user = user();
    let by_app = TrustedBrowser {
        id: BrowserId::new([7; 8]),
        counter: 3,
        since: NOW.plus(-86_400),
        days: TrustDays::parse(30).unwrap(),
        method: Method::AuthenticatorApp,
        role: Role::Bound,
        passkey: None,
        generation: 3,
        device: Device::of(Some(BrowserFamily::Chrome), Some(OperatingSystem::Windows), None),
    };
    let by_passkey = TrustedBrowser {
        id: BrowserId::new([8; 8]),
        counter: 1,
        since: NOW,
        method: Method::Passkey,
        passkey: Some(PasskeyUse { is_user_verified: true, is_synced: false }),
        device: None,
        ..by_app
    };
    user.trusted_browsers = vec![by_app, by_passkey];
    let sign_in = &mut user.sign_ins[3];
    sign_in.browser = Some(KeyVersion(2));
    (sign_in.known_browser, sign_in.trusted_in) = (Some(by_app.id), Some(by_app.id));
    sign_in.max_age = MaxAge::parse(172_800).ok();
    sign_in.progress = Progress::Done(Acceptance {
        at: NOW,
        mfa: Mfa::TrustedBrowser,
        method: Some(by_app.method),
        role: Some(by_app.role),
        generation: 3,
        passkey: None,
        proven_at: Some(by_app.since),
    });
    let change = changed(user.clone(), &[entry()], WriteKind::Opened);
    let item = user_item(&user_key(), &change, &RecentWrites::default(), WRITE).unwrap();
    let item = golden_item("trusted-browsers", &item);
    let Some(UserState::Known(read)) = user_state(Some(&item)).unwrap() else { panic!() };
    assert_eq!(*read, user);
}

#[test]
fn t1_a_policy_that_remembers_browsers_lies_in_the_table_as_in_the_file() {
    let mut remembering: Portal = portal();
    let days = TrustDays::parse(30).unwrap();
    let remember = RememberBrowser { days, earned_by: EarnedBy::PhishingResistant };
    remembering.policy.remember_browser = Some(remember);
    let item = golden_item("portal-with-trust", &first_copy(&remembering));
    assert_eq!(portals::read(&item).unwrap(), Some(remembering));
}
