//! A dry run says of a user what the next sign-in does.

use super::{Authenticator, ORIGIN, answer, look, with_passkey};
use crate::{portal_keys::totp, world::World};
use portcullis_domain::{
    Method, MfaState, Portal,
    dry_run::{Configuration, Consequence, consequences},
    passkey::ServiceAddress,
    policy::{EmailFallback, MethodPolicy, SyncedPasskeys, WhenBound},
};
use portcullis_model::{Act, Method as Way};

/// A user with a passkey, which can be copied, and perhaps an app.
fn with_app(world: &mut World, device: &mut Authenticator) {
    world.open_settings(1, None).unwrap();
    answer(world, 1, device).unwrap();
    let secret = world.perform(&Act::Enrol(1, Way::App, None)).secret.unwrap();
    let code = totp(&secret, world.now.unix() / 30);
    world.perform(&Act::Confirm(1, code));
    world.now = world.now.plus(60);
}

fn variants(portal: &Portal) -> Vec<Portal> {
    let mut all = vec![];
    for fallback in [EmailFallback::Forbidden, EmailFallback::Allowed] {
        for insists in [WhenBound::Prefer, WhenBound::Insist] {
            for refuses in [SyncedPasskeys::Allowed, SyncedPasskeys::Refused] {
                let mut changed = portal.clone();
                for method in &mut changed.policy.methods {
                    match method {
                        MethodPolicy::AuthenticatorApp { email_fallback, .. } => {
                            *email_fallback = fallback;
                        }
                        MethodPolicy::Passkey { rules, when_bound, .. } => {
                            (rules.synced, *when_bound) = (refuses, insists);
                        }
                        MethodPolicy::Email { .. } | MethodPolicy::Sms { .. } => {}
                    }
                }
                let mut without = changed.clone();
                without.policy.methods.retain(|method| method.method() != Method::Passkey);
                all.extend([changed, without]);
            }
        }
    }
    all
}

#[test]
fn p4_p5_who_would_have_no_way_in_is_offered_nothing_at_the_next_sign_in() {
    let (mut lost, mut spared) = (0, 0);
    for has_app in [false, true] {
        for has_address in [true, false] {
            let (mut world, mut device) = with_passkey();
            if has_app {
                with_app(&mut world, &mut device);
            }
            world.open(2);
            world.change(|user| {
                if !has_address {
                    user.contact.email = None;
                }
                for bound in &mut user.authenticators {
                    if let portcullis_domain::user::Binding::Passkey(passkey) = &mut bound.binding {
                        passkey.backup = portcullis_domain::passkey::Backup::BackedUp;
                    }
                }
            });
            let user = MfaState::of(&world.user().unwrap());
            let (before, was) = (world.portal.clone(), world.service.clone());
            for portal in variants(&before) {
                for service in [ORIGIN, "https://mfa.example.org", ""] {
                    let is = ServiceAddress::of(service);
                    let settings = world.settings.clone();
                    let under =
                        |portal, service| Configuration { portal, settings: &settings, service };
                    let changes =
                        consequences(under(&before, &was), under(&portal, &is), &user, world.now);
                    (world.portal, world.service) = (portal.clone(), is);
                    let view = look(&mut world, 2);
                    let is_lost = view.options.is_empty();
                    let what =
                        format!("{has_app} {has_address} {service} {:?}", portal.policy.methods);
                    assert_eq!(changes.contains(&Consequence::NoWayIn), is_lost, "{what}");
                    *(if is_lost { &mut lost } else { &mut spared }) += 1;
                }
            }
        }
    }
    assert!(lost > 20 && spared > 20, "{lost} {spared}");
}
