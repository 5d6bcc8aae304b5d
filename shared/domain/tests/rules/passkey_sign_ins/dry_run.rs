//! What a dry run says of a user is what the next sign-in does.

use super::{ORIGIN, look, with_passkey};
use portcullis_domain::{
    MfaState,
    dry_run::{Configuration, Consequence, consequences},
    passkey::ServiceAddress,
    policy::{EmailFallback, MethodPolicy},
};

#[test]
fn p4_who_would_have_no_way_in_is_offered_nothing_at_the_next_sign_in() {
    let mut seen = vec![];
    for service in [ORIGIN, "https://mfa.example.org", ""] {
        for fallback in [EmailFallback::Forbidden, EmailFallback::Allowed] {
            for has_address in [true, false] {
                let (mut world, _) = with_passkey();
                for method in &mut world.portal.policy.methods {
                    if let MethodPolicy::AuthenticatorApp { email_fallback, .. } = method {
                        *email_fallback = fallback;
                    }
                }
                world.open(1);
                if !has_address {
                    world.change(|user| user.contact.email = None);
                }
                let user = MfaState::of(&world.user().unwrap());
                let (was, is) = (world.service.clone(), ServiceAddress::of(service));
                let (portal, settings) = (&world.portal, &world.settings);
                let under = |service| Configuration { portal, settings, service };
                let changes = consequences(under(&was), under(&is), &user);
                world.service = is;
                let is_lost = look(&mut world, 1).options.is_empty();
                let what = format!("{service} {fallback:?} {has_address}");
                assert_eq!(changes.contains(&Consequence::NoWayIn), is_lost, "{what}");
                seen.push(is_lost);
            }
        }
    }
    assert!(seen.contains(&true) && seen.contains(&false));
}
